"""Does every input lie within its bounds? The least and the most of each kind.

Cells refuse what is out of bounds, but only when a person types it: a program, or a paste, gets
past them. The bounds are those that the reading of a pack holds every row and override to.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    by,
    equal,
    known,
    largest,
    same,
    smallest,
    sum_known,
    total,
    where,
)
from reportgen.expr.nodes import Dim, Number, Role, Unit
from reportgen.facts.bounds import ANY, Bounds
from reportgen.facts.catalogue import CLAIMS, RESULTS, change_bounds
from reportgen.model import fundamentals
from reportgen.model.dims import CLAIM, FUNDAMENTAL, SCENARIO
from reportgen.model.evidence import claims
from reportgen.model.inputs import assumptions as a
from reportgen.model.inputs.constants import policy
from reportgen.model.lines import MODEL_AND_CONSTANTS
from reportgen.model.words import Entry, case_line, given, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


BOUNDED = Dim("bounded")  # a kind of input: all closes, all growth rates, one constant
LARGEST = policy("input.largest")
# Two of the revenues whose change the method reads; a result of any other name may be anything
_REVENUES = ("revenue", "revenue_like_for_like")


def _beyond(least: Node, most: Node, bounds: Bounds) -> Node:
    """Return the condition under which a figure, or an end of some, lies outside."""
    if bounds.whole:
        return (least < 0) | ((least > 0) & (least < 1)) | (most > 1)
    low: Node = -LARGEST if bounds.low is None else Number(bounds.low)
    high: Node = LARGEST if bounds.high is None else Number(bounds.high)
    return (least <= low if bounds.low_open else least < low) | (most > high)


class ByText(NamedTuple):
    """Which bounds a row's text calls for, from 1 (0: none), and whether its figure breaks them."""

    called: Line
    outside: Line


def _by_text(key: str, text: Line, of: Line, bounds: Iterable[tuple[str, Bounds]]) -> ByText:
    groups: dict[Bounds, list[Node]] = {}
    for word, called_for in bounds:
        groups.setdefault(called_for, []).append(same(text, word))
    called: Node = Number(0)
    for number, words in enumerate(groups.values(), start=1):
        called = where(reduce(or_, words), number, called)
    which = line(f"{key}_bounds", "Bounds called for", Unit.COUNT, called)
    broken: Node = where(_beyond(of, of, ANY), 1, 0)
    for number, called_for in enumerate(groups, start=1):
        broken = where(equal(which, number), where(_beyond(of, of, called_for), 1, 0), broken)
    flag = line(key, "Outside its bounds", Unit.FLAG, where(known(of), broken, 0))
    return ByText(which, flag)


claim_outside = _by_text(
    "claim[{claim}].outside", claims.claim_key, claims.claim_amount, CLAIMS.items()
)
result_outside = _by_text(
    f"{fundamentals.ROW}.outside", fundamentals.metric, fundamentals.value, RESULTS.items()
)
change_outside = _by_text(
    f"{fundamentals.ROW}.yoy_outside",
    fundamentals.metric,
    fundamentals.yoy,
    [(word, change_bounds(word)) for word in _REVENUES],
)
_BY_TEXT: Mapping[Line, tuple[ByText, Dim]] = {
    claims.claim_amount: (claim_outside, CLAIM),
    fundamentals.value: (result_outside, FUNDAMENTAL),
    fundamentals.yoy: (change_outside, FUNDAMENTAL),
}


# The ends over the scenarios, segment by segment
def _ends_of_segments(of: Entry, name: str) -> tuple[Line, Line]:
    return (
        line(
            f"segment[{{segment}}].smallest_{name}",
            f"{of.label}: least",
            of.unit,
            smallest(of, SCENARIO),
        ),
        line(
            f"segment[{{segment}}].largest_{name}",
            f"{of.label}: most",
            of.unit,
            largest(of, SCENARIO),
        ),
    )


_BY_SEGMENT: Mapping[Line, tuple[Line, Line]] = {
    of: _ends_of_segments(of, name)
    for of, name in ((a.growth, "growth"), (a.level_stated, "level"), (a.multiple, "multiple"))
}


def bounded(lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return the inputs that are figures; days are any that the calendar has."""
    return tuple(of for of in lines if isinstance(of, Entry) and of.unit is not Unit.DATE)


_KINDS = bounded(MODEL_AND_CONSTANTS)


def _ends(of: Entry) -> tuple[Node, Node]:
    if not of.dims:
        return of, of
    lower, upper = _BY_SEGMENT.get(of, (of, of))
    return smallest(lower, lower.dims[0]), largest(upper, upper.dims[0])


_ROW = "bounds[{bounded}]"
label = given(f"{_ROW}.label", "Input", Unit.TEXT, BOUNDED)
bounds_text = given(f"{_ROW}.bounds", "Bounds", Unit.TEXT, BOUNDED)
least, most = (
    case_line(
        f"{_ROW}.{name.lower()}",
        name,
        Unit.NUMBER,
        by(BOUNDED, **{of.key: _ends(of)[end] for of in _KINDS}),
        BOUNDED,
    )
    for end, name in enumerate(("Least", "Most"))
)


def _outside(of: Entry) -> Node:
    """Return 1 where an end is out of bounds; of claims and results how many rows are.

    A constant that was cleared is outside too: the method cannot do without.
    """
    if of in _BY_TEXT:
        told, dim = _BY_TEXT[of]
        return sum_known(told.outside, dim)
    broken = where(_beyond(least, most, of.bounds), 1, 0)
    return where(known(least), broken, 1 if of.role is Role.CONSTANT else 0)


outside = case_line(
    f"{_ROW}.outside",
    "Outside",
    Unit.COUNT,
    by(BOUNDED, **{of.key: _outside(of) for of in _KINDS}),
    BOUNDED,
)
count = line("check.outside", "Inputs out of bounds", Unit.COUNT, total(outside, BOUNDED))


def ask(question: Question) -> None:
    """Add every kind of input, and what its bounds are."""
    question.dimension(BOUNDED, (of.key for of in _KINDS))
    question.give(label, [of.label for of in _KINDS])
    question.give(bounds_text, [str(of.bounds) for of in _KINDS])
