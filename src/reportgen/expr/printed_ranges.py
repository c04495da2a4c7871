"""How nodes that read a whole dimension are said in a formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import AsOf, Call, Each, Line, Node, Pick, Reduce, SumWhere
from reportgen.expr.pieces import (
    ADD,
    ATOM,
    COMPARE,
    JOIN,
    MULTIPLY,
    NOT_AVAILABLE,
    POWER,
    SIGN,
    How,
    Piece,
    Reference,
    bound,
    fill,
    hole,
)
from reportgen.expr.traits import is_text, is_truth, line_may_be_na
from reportgen.expr.tree import is_ranged

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim
    from reportgen.expr.printer import Printer

_REDUCE = {
    "total": "SUM({0})",
    "sum": "SUM({0})",
    "count": "COUNT({0})",
    "mean": "AVERAGE({0})",
    "stdev": "STDEV({0})",
    "min": "IF(COUNT({0})=0,{1},MIN({0}))",
    "max": "IF(COUNT({0})=0,{1},MAX({0}))",
}
# SUM passes over a part that is n/a. Where cells are typed they may also be cleared.
_TOTAL_OF_COMPUTED = 'IF(COUNTIF({0},"n/a")>0,{1},SUM({0}))'
_TOTAL_OF_TYPED = "IF(COUNT({0})<ROWS({0})*COLUMNS({0}),{1},SUM({0}))"


def over_range(printer: Printer, of: Node) -> Piece:
    """Return a node that reads a range as a formula says it. Raises TypeError for other nodes."""
    match of:
        case Each():
            return _range(of.line, of.dim)
        case Reduce():
            return _reduce(of)
        case SumWhere():
            return _sum_where(printer, of)
        case AsOf():
            return _as_of(printer, of)
        case Pick():
            return _pick(printer, of)
        case _:
            msg = f"no way to print {type(of).__name__}"
            raise TypeError(msg)


def _range(line: Line, dim: Dim) -> Piece:
    return hole(Reference(How.RANGE, line, dim))


def _reduce(of: Reduce) -> Piece:
    shape = _REDUCE[of.how]
    if of.how == "total" and line_may_be_na(of.line):
        shape = _TOTAL_OF_TYPED if of.line.expr is None else _TOTAL_OF_COMPUTED
    return fill(shape, _range(of.line, of.dim), NOT_AVAILABLE)


def _as_of(p: Printer, of: AsOf) -> Piece:
    dates, values = _range(of.dates, of.dim), _range(of.values, of.dim)
    found = fill("LOOKUP({0},{1},{2})", p.value(of.at), dates, values)
    return found if of.values is of.dates else _from_range(of.values, found)


def _pick(p: Printer, of: Pick) -> Piece:
    place = fill("INDEX({0},{1})", _range(of.line, of.dim), p.value(of.position))
    position = bound(p.number(of.position), JOIN)
    return fill("IF({0}>=1,{1},{2})", position, _from_range(of.line, place), NOT_AVAILABLE)


def _from_range(line: Line, found: Piece) -> Piece:
    """Return what was found in a line; a typed cell may be cleared, and must not pass for 0."""
    if line.expr is not None or is_text(line):
        return found
    return fill("IF(ISNUMBER({0}),{0},{1})", found, NOT_AVAILABLE)


def _sum_where(p: Printer, of: SumWhere) -> Piece:
    if not is_ranged(of.where):
        msg = f"a condition over {of.dim.name} reads no column: say each() of one"
        raise TypeError(msg)
    held = p.show(of.where)
    if held.binding == COMPARE:
        held = fill("({0})*1", held)
    elif isinstance(of.where, Each):
        held = fill("{0}*1", held)
    if of.value is None:
        return fill("SUMPRODUCT({0})", held)
    return fill("SUMPRODUCT({0},{1})", held, _range(of.value.line, of.value.dim))


def ranged_call(p: Printer, of: Call) -> Piece:
    """Return a function over rows: AND, OR and NOT would make one truth of all rows.

    Raises TypeError for the functions that not every program maps over rows.
    """
    if of.name == "neg":
        return fill("-{0}", p.inside(of.args[0], ATOM), binding=SIGN)
    if of.name not in {"and", "or", "not"}:
        msg = f"no way to print {of.name} over rows: give it a line of its own"
        raise TypeError(msg)
    truths = [_truth(p, arg) for arg in of.args]
    if of.name == "not":
        return fill("1-{0}", bound(truths[0], MULTIPLY), binding=ADD)
    if of.name == "and":
        left, right = bound(truths[0], MULTIPLY), bound(truths[1], POWER)
        return fill("{0}*{1}", left, right, binding=MULTIPLY)
    left, right = bound(truths[0], ADD), bound(truths[1], MULTIPLY)
    return fill("{0}+{1}>0", left, right, binding=COMPARE)


def _truth(p: Printer, of: Node) -> Piece:
    """Return a condition over rows; of a number that need not be 1 or 0, whether it is not 0."""
    if is_truth(of):
        return p.show(of)
    return fill("{0}<>0", bound(p.number(of), JOIN), binding=COMPARE)
