"""Words to write expressions with, beyond the operators."""

from __future__ import annotations

from reportgen.expr import tree
from reportgen.expr.nodes import (
    AsOf,
    At,
    By,
    Call,
    Dim,
    Disorder,
    Each,
    Line,
    Node,
    Op,
    Operand,
    Pick,
    Previous,
    Reduce,
    Reduction,
    Spot,
    SumWhere,
    node,
)


def minimum(*args: Operand) -> Node:
    """Return the smallest of the arguments; n/a if any is n/a."""
    return Call(Op.MIN, tuple(node(arg) for arg in args))


def maximum(*args: Operand) -> Node:
    """Return the largest of the arguments; n/a if any is n/a."""
    return Call(Op.MAX, tuple(node(arg) for arg in args))


def where(condition: Node, yes: Operand, no: Operand) -> Node:
    """Return `yes` where the condition holds, else `no`; n/a where the condition is n/a."""
    return Call(Op.WHERE, (condition, node(yes), node(no)))


def known(value: Node) -> Node:
    """Return 1 where the value is a number, else 0; never n/a."""
    return Call(Op.KNOWN, (value,))


def given_text(value: Node) -> Node:
    """Return 1 where a text is not blank, else 0."""
    return Call(Op.GIVEN_TEXT, (value,))


def either(value: Node, otherwise: Operand) -> Node:
    """Return the value where it is a number, else `otherwise`."""
    return where(known(value), value, otherwise)


def same(left: Operand, right: Operand) -> Node:
    """Return 1 where two texts are the same; as in a formula, letter case does not count."""
    return Call(Op.SAME, (node(left), node(right)))


def identical(left: Operand, right: Operand) -> Node:
    """Return 1 where two texts are the same to the letter case: GBp is not GBP. Not over rows."""
    return Call(Op.IDENTICAL, (node(left), node(right)))


def equal(left: Operand, right: Operand) -> Node:
    """Return 1 where two whole numbers are equal; not for computed fractions."""
    return Call(Op.EQ, (node(left), node(right)))


def whole(value: Node) -> Node:
    """Return the nearest whole number, halves away from zero; for ranks, so that ties are ties."""
    return Call(Op.WHOLE, (value,))


def absolute(value: Node) -> Node:
    """Return the value without its sign."""
    return Call(Op.ABS, (value,))


def ln(value: Node) -> Node:
    """Return the natural logarithm; n/a unless positive."""
    return Call(Op.LN, (value,))


def exp(value: Node) -> Node:
    """Return e to the power of the value."""
    return Call(Op.EXP, (value,))


def months_before(date: Node, months: Operand) -> Node:
    """Return the day so many whole months (at most 29) before a date, as EDATE does.

    Days up to September 1902 are n/a: programs count those of early 1900 differently.
    """
    return Call(Op.MONTHS_BEFORE, (date, node(months)))


def fixed(value: Node, decimals: Operand) -> Node:
    """Return a number as text with so many decimals and thousands separators."""
    return Call(Op.FIXED, (value, node(decimals)))


def percent(value: Node, decimals: int = 0) -> Node:
    """Return a ratio as percent text."""
    return Call(Op.PERCENT, (value, node(decimals)))


def date_text(value: Node) -> Node:
    """Return a date as yyyy-mm-dd, whatever the reader's locale; n/a before September 1902."""
    return Call(Op.DATE_TEXT, (value,))


def concat(*parts: Operand) -> Node:
    """Return texts and whole numbers joined; n/a is the word n/a."""
    return Call(Op.CONCAT, tuple(node(part) for part in parts))


def each(line: Line, dim: Dim | None = None) -> Each:
    """Return a line ranged over its (last) dimension, for a condition on every row."""
    return Each(line, dim or line.dims[-1])


def count_where(dim: Dim, condition: Node) -> Node:
    """Return how many members of `dim` meet the condition."""
    return SumWhere(dim, condition, None)


def sum_where(dim: Dim, condition: Node, value: Line) -> Node:
    """Return the sum of a line over the members that meet the condition; n/a counts as 0."""
    return SumWhere(dim, condition, Each(value, dim))


def total(line: Line, dim: Dim) -> Node:
    """Return the sum over a dimension; n/a if any part is."""
    return Reduce(Reduction.TOTAL, line, dim)


def sum_known(line: Line, dim: Dim) -> Node:
    """Return the sum of the known parts; 0 if there is none."""
    return Reduce(Reduction.SUM, line, dim)


def count_known(line: Line, dim: Dim, but_last: int = 0) -> Node:
    """Return how many parts are numbers, so many of the last ones left out."""
    return Reduce(Reduction.COUNT, line, dim, but_last)


def count_filled(line: Line, dim: Dim, but_last: int = 0) -> Node:
    """Return how many typed parts hold anything, so many of the last ones left out."""
    return Reduce(Reduction.FILLED, line, dim, but_last)


def disorder(line: Line, dim: Dim) -> Node:
    """Return how many days are not after the one before them, or follow a blank."""
    return Disorder(line, dim)


def mean(line: Line, dim: Dim) -> Node:
    """Return the mean of the known parts; n/a if there is none."""
    return Reduce(Reduction.MEAN, line, dim)


def smallest(line: Line, dim: Dim) -> Node:
    """Return the smallest known part; n/a if there is none."""
    return Reduce(Reduction.MIN, line, dim)


def largest(line: Line, dim: Dim) -> Node:
    """Return the largest known part; n/a if there is none."""
    return Reduce(Reduction.MAX, line, dim)


def sample_stdev(line: Line, dim: Dim) -> Node:
    """Return the sample standard deviation of the known parts; n/a under two."""
    return Reduce(Reduction.STDEV, line, dim)


def as_of(dates: Line, values: Line, at: Node) -> Node:
    """Return the value of a dated series on the last date at or before `at`."""
    return AsOf(dates, values, dates.dims[-1], at)


def pick(line: Line, dim: Dim, position: Node) -> Node:
    """Return the member of a line at a one-based position."""
    return Pick(line, dim, position)


def at(line: Line, dim: Dim, member: str) -> Node:
    """Return a line at one fixed member."""
    return At(line, dim, member)


def spot(line: Line, *members: str) -> Node:
    """Return one single cell of a line: a member for each dimension, in their order."""
    return Spot(line, members)


def plotted(value: Node) -> Node:
    """Return a value for a chart to draw: its cell is left empty where it is n/a at issue."""
    return Call(Op.PLOTTED, (value,))


def by(dim: Dim, **cases: Operand) -> Node:
    """Return a different expression for each member of a dimension."""
    return By(dim, {member: node(case) for member, case in cases.items()})


def previous(key: str, dim: Dim, first: Operand) -> Node:
    """Return a line's value one member earlier, `first` at the first member."""
    return Previous(key, dim, node(first))


children = tree.children  # for those who walk what they have written
