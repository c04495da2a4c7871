"""What the tree alone tells about the size of a number: can it be huge, is it positive."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportgen.expr.nodes import (
    At,
    By,
    Call,
    Each,
    Line,
    Missing,
    Node,
    Number,
    Reduce,
    Spot,
    SumWhere,
    Varied,
)
from reportgen.expr.tree import children

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

_TRUTHS = frozenset(
    {"lt", "le", "gt", "ge", "eq", "same", "and", "or", "not", "known", "given_text"}
)


def is_bounded(of: Node) -> bool:
    """Return whether the tree keeps a value from being huge: it is made of counts and flags.

    Only products of numbers that are not can overflow, for inputs that a sheet can hold.
    """
    match of:
        case Number() | Missing():
            return True
        case Line():
            return _line_is_bounded(of)
        case Each() | At() | Spot() | Varied():
            return _line_is_bounded(of.line)
        case Reduce():
            return of.how == "count" or _line_is_bounded(of.line)
        case SumWhere():
            return of.value is None or is_bounded(of.value)
        case By():
            return all(is_bounded(case) for case in of.cases.values())
        case Call(name="where"):
            return all(is_bounded(arg) for arg in of.args[1:])
        case Call(name="add" | "sub" | "mul" | "neg" | "abs" | "whole" | "min" | "max"):
            return all(is_bounded(arg) for arg in children(of))
        case _:
            return isinstance(of, Call) and of.name in _TRUTHS


@cache
def _line_is_bounded(line: Line) -> bool:
    return line.expr is not None and is_bounded(line.expr)


def powers_plainly(of: Call, assumed: AbstractSet[Node] = frozenset()) -> bool:
    """Return whether every program computes a power alike: of a positive base, or a whole power.

    `assumed` are comparisons that hold where the power stands.
    """
    return whole_exponent(of) or _is_positive(of.args[0], assumed)


def whole_exponent(of: Call) -> bool:
    """Return whether the exponent of a power is a constant 1, 2, 3 ..."""
    exponent = of.args[1]
    return isinstance(exponent, Number) and exponent.value > 0 and exponent.value.is_integer()


def _is_positive(of: Node, assumed: AbstractSet[Node]) -> bool:
    """Return whether a node is positive or n/a."""
    if any(_says_positive(fact, of) for fact in assumed):
        return True
    match of:
        case Number():
            return of.value > 0
        case Missing():
            return True
        case Line():
            return _line_is_positive(of)
        case At() | Spot() | Varied():
            return _line_is_positive(of.line)
        case By():
            return all(_is_positive(case, assumed) for case in of.cases.values())
        case Call(name="where", args=(condition, yes, no)):
            return _is_positive(yes, assumed | {condition}) and _is_positive(no, assumed)
        case Call(name="add" | "min"):  # a product or a quotient may vanish
            return all(_is_positive(arg, assumed) for arg in of.args)
        case Call(name="max"):
            return any(_is_positive(arg, assumed) for arg in of.args)
        case _:
            return False


@cache
def _line_is_positive(line: Line) -> bool:
    return line.expr is not None and _is_positive(line.expr, frozenset())


def _says_positive(fact: Node, of: Node) -> bool:
    """Return whether a condition that holds says that a node is positive."""
    match fact:
        case Call(name="and", args=(left, right)):
            return _says_positive(left, of) or _says_positive(right, of)
        case (
            Call(name="gt", args=(large, Number(value)))
            | Call(name="lt", args=(Number(value), large))
        ):
            return value >= 0 and alike(large, of)
        case _:
            return False


def alike(one: Node, other: Node) -> bool:
    """Return whether two nodes are written alike."""
    match one, other:
        case Number(), Number():
            return one.value == other.value
        case Call(), Call():
            return (
                one.name == other.name
                and len(one.args) == len(other.args)
                and all(alike(a, b) for a, b in zip(one.args, other.args, strict=True))
            )
        case At(), At():
            return (one.line, one.dim, one.member) == (other.line, other.dim, other.member)
        case _:
            return one is other
