"""What the tree alone tells about a node: can it be n/a, can a cell show an error, is it truth.

The printer needs this to put `+0` and IFERROR where they are needed, and nowhere else; the
compiler to leave out what cannot happen.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from reportgen.expr.bounds import is_bounded, powers_plainly
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
    Words,
)

Nodes = frozenset[Node]
NONE: Nodes = frozenset()
COMPARISONS = frozenset({"lt", "le", "gt", "ge", "eq"})
BOOLEAN = COMPARISONS | {"same", "and", "or", "not", "known", "given_text"}
_TEXTS = frozenset({"fixed", "percent", "date_text", "concat"})
_NEVER = _TEXTS | {"known", "given_text", "same", "plotted"}


class Traits(NamedTuple):
    """How a node's n/a shows before IFERROR: as the text n/a, or as an error; both may be."""

    may_be_text: bool = False
    may_err: bool = False

    @property
    def may_be_na(self) -> bool:
        """Whether the value may be n/a at all."""
        return self.may_be_text or self.may_err


_SURE = Traits()


def traits(of: Node, assumed: Nodes = NONE) -> Traits:
    """Return the traits of a node where the `assumed` nodes are known to be numbers."""
    if of in assumed:
        return _SURE
    match of:
        case Line():
            return Traits(may_be_text=line_may_be_na(of))
        case Each() | At() | Spot() | Varied():
            return Traits(may_be_text=line_may_be_na(of.line))
        case Missing() | Previous() | Linked():
            return Traits(may_be_text=True)
        case By():
            return _any([traits(case, assumed) for case in of.cases.values()])
        case Call():
            return _of_call(of, assumed)
        case _:
            return _over_range(of, assumed)


def _over_range(of: Node, assumed: Nodes) -> Traits:
    match of:
        case Reduce():
            return _of_reduce(of)
        case SumWhere():
            return Traits(may_err=traits(of.where, assumed).may_be_na)
        case AsOf():
            return Traits(line_may_be_na(of.values), may_err=True)
        case Pick():
            return Traits(may_be_text=True, may_err=True)
        case _:
            return _SURE


@cache
def line_may_be_na(line: Line) -> bool:
    """Return whether a cell of the line may hold n/a; a given number may, a text is a text."""
    if line.unit is Unit.TEXT:
        return False
    return line.expr is None or traits(line.expr).may_be_na


def _any(inner: list[Traits]) -> Traits:
    return Traits(any(t.may_be_text for t in inner), any(t.may_err for t in inner))


def _of_reduce(of: Reduce) -> Traits:
    if of.how in {"sum", "count"}:
        return _SURE
    if of.how in {"mean", "stdev"}:
        return Traits(may_err=True)
    return Traits(may_be_text=of.how != "total" or line_may_be_na(of.line))


def _of_call(of: Call, assumed: Nodes) -> Traits:
    if of.name in _NEVER:
        return _SURE
    if of.name == "where":
        return _of_choice(of, assumed)
    guarded = (of.name == "pow" and not powers_plainly(of, assumed)) or of.name == "months_before"
    inner = any(traits(arg, assumed).may_be_na for arg in of.args)
    return Traits(guarded, inner or _fails_alone(of))


def _of_choice(of: Call, assumed: Nodes) -> Traits:
    condition = traits(of.args[0], assumed)
    yes = traits(of.args[1], assumed | asserted(of.args[0]))
    no = traits(of.args[2], assumed)
    return _any([Traits(may_err=condition.may_be_na), yes, no])


def _fails_alone(of: Call) -> bool:
    """Return whether a function of numbers may still be n/a."""
    match of.name:
        case "div":
            return not (isinstance(of.args[1], Number) and of.args[1].value)
        case "mul":
            return not any(is_bounded(arg) for arg in of.args)
        case "pow" | "ln" | "exp" | "months_before":
            return True
        case _:
            return False


def asserted(condition: Node) -> Nodes:
    """Return the nodes that are numbers where a condition holds, comparisons among them."""
    if isinstance(condition, Call) and condition.name == "known":
        return frozenset(condition.args)
    if isinstance(condition, Call) and condition.name == "and":
        return asserted(condition.args[0]) | asserted(condition.args[1])
    if isinstance(condition, Call) and condition.name in COMPARISONS:
        return frozenset((condition, *condition.args))
    return NONE


def is_boolean(of: Node) -> bool:
    """Return whether a node is TRUE or FALSE when printed, rather than 1 or 0."""
    return isinstance(of, Call) and of.name in BOOLEAN


def is_truth(of: Node) -> bool:
    """Return whether a node is 1 or 0 or n/a: a condition, or a product of conditions."""
    if isinstance(of, Call) and of.name == "mul":
        return all(is_truth(arg) for arg in of.args)
    return is_boolean(of)


def is_text(of: Node) -> bool:
    """Return whether a node is a text."""
    match of:
        case Words():
            return True
        case Line():
            return of.unit is Unit.TEXT
        case At() | Spot() | Pick() | Each() | Varied():
            return of.line.unit is Unit.TEXT
        case By():
            return any(is_text(case) for case in of.cases.values())
        case Previous():
            return is_text(of.first)
        case Call(name="where"):
            return any(is_text(arg) for arg in of.args[1:])
        case _:
            return isinstance(of, Call) and of.name in _TEXTS
