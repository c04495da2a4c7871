"""Which lines no edit of a workbook can move: they follow from cells that nobody can type into.

n/a spreads through arithmetic: a method of valuation without inputs of its own stays n/a whatever
becomes of the figures of the company that it reads as well. What the tree alone cannot tell counts
as moving.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.evaluate import Evaluator
from reportgen.expr.nodes import (
    NA,
    AsOf,
    At,
    By,
    Call,
    Each,
    Line,
    Linked,
    Missing,
    Node,
    Number,
    Op,
    Pick,
    Reduce,
    Reduction,
    Spot,
    SumWhere,
    Unit,
    Words,
)
from reportgen.expr.traits import traits
from reportgen.expr.tree import reads

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from reportgen.expr.numeric import Array
    from reportgen.expr.order import Links

Constant = Node | None  # what a node comes to for good; None where it may move
_MIXED = Linked()  # settled, and not the same in every cell
_ZERO, _TEXT_NA = Number(0.0), Words("n/a")


def settled(
    lines: Iterable[Line], closed: Collection[Line], values: Mapping[Line, Array], links: Links
) -> frozenset[Line]:
    """Return the lines of which no cell can move; the lines come in the order of calculation.

    The `closed` ones are given, and nothing can be typed into them; `values` are those of all.
    """
    found: dict[Line, Constant] = {}
    for line in lines:
        if line in closed if line.expr is None else _stays(line, found, links):
            found[line] = _constant(values[line])
    return frozenset(found)


def _stays(line: Line, found: Mapping[Line, Constant], links: Links) -> bool:
    """Return whether no cell of a line can move; `found` is what those before it come to."""
    if line in links:
        folding = _Folding(found)
        return all(folding.fold(cell) is not None for cell in links[line])
    return _folds(line, tuple([found.get(read) for read in reads(line).lines]))


@lru_cache(maxsize=8192)  # blocks without inputs are alike in most companies
def _folds(line: Line, known: tuple[Constant, ...]) -> bool:
    """Return whether an expression stays; `known` is what each line that it reads comes to."""
    found = dict(zip(reads(line).lines, known, strict=True))
    return line.expr is not None and _Folding(found).fold(line.expr) is not None


class _Folding:
    """Folds expressions to what they come to for good; `found` is that of the lines they read."""

    def __init__(self, found: Mapping[Line, Constant]) -> None:
        self._found = found
        self._reader = Evaluator({}, {}, {})

    def fold(self, of: Node) -> Constant:
        match of:
            case Number() | Words() | Missing():
                return of
            case Line():
                return self._found.get(of)
            case Each() | At() | Spot():
                return self._found.get(of.line)
            case Call():
                return self._call(of, [self.fold(arg) for arg in of.args])
            case By():
                return _alike([self.fold(case) for case in of.cases.values()])
            case _:
                return self._over_range(of)

    def _call(self, of: Call, args: list[Constant]) -> Constant:
        if of.op is Op.WHERE:
            return _where(*args)
        if of.op in {Op.AND, Op.MUL} and _vanishes(of, args):
            return _ZERO
        if not of.op.never_na and any(isinstance(arg, Missing) for arg in args):
            return NA
        known = [arg for arg in args if arg is not None]
        if len(known) < len(args):
            return None
        if any(arg is _MIXED for arg in known):
            return _MIXED
        with np.errstate(all="ignore"):
            return _constant(self._reader.cell(Call(of.op, tuple(known))))

    def _over_range(self, of: Node) -> Constant:
        match of:
            case Reduce():
                return _reduced(self._found.get(of.line), of.how)
            case SumWhere():
                return self._summed(of)
            case AsOf():
                return self._looked_up(of.at, (of.dates, of.values))
            case Pick():
                return self._looked_up(of.position, (of.line,))
            case _:
                return None

    def _summed(self, of: SumWhere) -> Constant:
        held = self.fold(of.where)
        if _is_false(held):
            return _ZERO
        if held is None or (of.value is not None and self.fold(of.value) is None):
            return None
        return _MIXED

    def _looked_up(self, at: Node, columns: tuple[Line, ...]) -> Constant:
        found = [self._found.get(column) for column in columns]
        place = self.fold(at)
        if isinstance(place, Missing) or isinstance(found[-1], Missing):
            return _TEXT_NA if columns[-1].unit is Unit.TEXT else NA
        return None if place is None or None in found else _MIXED


def _constant(values: Array) -> Node:
    """Return the one value of all cells, if they have the same."""
    first, *others = values.ravel().tolist()
    if first != first:  # NaN  # noqa: PLR0124
        return NA if np.isnan(others).all() else _MIXED
    return _MIXED if any(other != first for other in others) else _leaf(first)


@lru_cache(maxsize=1024)
def _leaf(value: float | str) -> Node:
    """Return a value as a node, the same one each time."""
    return Words(value) if isinstance(value, str) else Number(value)


def _where(condition: Constant, yes: Constant, no: Constant) -> Constant:
    if isinstance(condition, Missing):
        return NA
    if isinstance(condition, Number):
        return yes if condition.value else no
    if isinstance(yes, Missing) and isinstance(no, Missing):
        return NA
    return None if None in {condition, yes, no} else _MIXED


def _vanishes(of: Call, args: Sequence[Constant]) -> bool:
    """Return whether one factor is 0 for good and none of the others can be n/a."""
    rest = [arg for arg, to in zip(of.args, args, strict=True) if not _is_false(to)]
    return len(rest) < len(args) and not any(traits(arg).may_be_na for arg in rest)


def _alike(cases: Sequence[Constant]) -> Constant:
    if None in cases:
        return None
    return NA if all(isinstance(case, Missing) for case in cases) else _MIXED


def _reduced(whole: Constant, how: Reduction) -> Constant:
    if isinstance(whole, Missing):
        return _ZERO if how in {Reduction.SUM, Reduction.COUNT, Reduction.FILLED} else NA
    return None if whole is None else _MIXED


def _is_false(of: Constant) -> bool:
    return isinstance(of, Number) and of.value == 0
