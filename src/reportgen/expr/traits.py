"""What the tree alone tells about a node: can it be n/a, can a cell show an error, is it truth.

The printer needs this to put `+0` and IFERROR where they are needed, and nowhere else.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reportgen.expr.functions import children
from reportgen.expr.nodes import (
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
    Pick,
    Previous,
    Reduce,
    Spot,
    SumWhere,
    Unit,
    Varied,
)

BOOLEAN = frozenset({"lt", "le", "gt", "ge", "eq", "same", "and", "or", "not", "known"})
BOOLEANS = BOOLEAN | {"given_text"}
_NEVER = frozenset({"known", "given_text", "same", "concat"})
_TEXT_MAKERS = frozenset({"fixed", "percent", "date_text"})
_FAILS_ALONE = frozenset({"pow", "ln", "months_before", "year", "exp"})


class Traits(NamedTuple):
    """Whether a value may be n/a, and whether its formula may show an error before IFERROR."""

    may_be_na: bool
    may_err: bool


@cache
def traits(of: Node, assumed: frozenset[Node] = frozenset()) -> Traits:
    """Return the traits of a node where the `assumed` nodes are known to be numbers."""
    if of in assumed:
        return Traits(may_be_na=False, may_err=False)
    match of:
        case Line():
            return Traits(line_may_be_na(of), may_err=False)
        case Each() | At() | Spot() | Varied():
            return Traits(line_may_be_na(of.line), may_err=False)
        case Missing() | Previous() | Linked():
            return Traits(may_be_na=True, may_err=False)
        case Reduce():
            return _of_reduce(of)
        case SumWhere():
            inner = traits(of.where, assumed)
            return Traits(inner.may_be_na, inner.may_be_na)
        case AsOf() | Pick():
            return Traits(may_be_na=True, may_err=True)
        case By():
            return _any(of, assumed)
        case Call():
            return _of_call(of, assumed)
        case _:
            return Traits(may_be_na=False, may_err=False)


def line_may_be_na(line: Line) -> bool:
    """Return whether a cell of the line may hold n/a; a given number may, a given text not."""
    if line.expr is None:
        return line.unit is not Unit.TEXT
    return traits(line.expr).may_be_na


def _any(of: Node, assumed: frozenset[Node]) -> Traits:
    inner = [traits(child, assumed) for child in children(of)]
    return Traits(any(t.may_be_na for t in inner), any(t.may_err for t in inner))


def _of_reduce(of: Reduce) -> Traits:
    if of.how in {"sum", "count"}:
        return Traits(may_be_na=False, may_err=False)
    if of.how in {"total", "min", "max"}:
        return Traits(of.how != "total" or line_may_be_na(of.line), may_err=False)
    return Traits(may_be_na=True, may_err=True)


def asserted(condition: Node) -> frozenset[Node]:
    """Return the nodes that are numbers where a condition holds."""
    if isinstance(condition, Call) and condition.name == "known":
        return frozenset({condition.args[0]})
    if isinstance(condition, Call) and condition.name == "and":
        return asserted(condition.args[0]) | asserted(condition.args[1])
    return frozenset()


def _of_call(of: Call, assumed: frozenset[Node]) -> Traits:
    if of.name in _NEVER:
        return Traits(may_be_na=False, may_err=False)
    if of.name == "where":
        return _of_choice(of, assumed)
    inner = _any(of, assumed)
    if of.name in _TEXT_MAKERS or of.name == "plotted":
        return Traits(inner.may_be_na, may_err=False)
    divides = of.name == "div" and not (isinstance(of.args[1], Number) and of.args[1].value)
    fails = divides or inner.may_be_na or (of.name in _FAILS_ALONE and not _safe_power(of))
    return Traits(fails, fails)


def _of_choice(of: Call, assumed: frozenset[Node]) -> Traits:
    condition = traits(of.args[0], assumed)
    yes = traits(of.args[1], assumed | asserted(of.args[0]))
    no = traits(of.args[2], assumed)
    err = condition.may_be_na or yes.may_err or no.may_err
    return Traits(condition.may_be_na or yes.may_be_na or no.may_be_na, err)


def _safe_power(of: Call) -> bool:
    """Return whether a power cannot fail: a positive constant base."""
    base = of.args[0]
    return of.name == "pow" and isinstance(base, Number) and base.value > 0


def is_boolean(of: Node) -> bool:
    """Return whether a node is TRUE or FALSE when printed, rather than 1 or 0."""
    return isinstance(of, Call) and of.name in BOOLEANS


def is_text(of: Node) -> bool:
    """Return whether a node is a text."""
    if isinstance(of, Line):
        return of.unit is Unit.TEXT
    if isinstance(of, Call):
        if of.name == "where":
            return any(is_text(arg) for arg in of.args[1:])
        return of.name in _TEXT_MAKERS | {"concat"}
    if isinstance(of, At | Spot | Pick | Each | Varied):
        return is_text(of.line)
    return False
