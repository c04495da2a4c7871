"""Does every input hold a number within its bounds? The least and the most of each kind.

Cells refuse what is out of bounds, but only when a person types it: a program, or a paste, gets
past them. The bounds are those that the reading of a pack holds every row and override to.
"""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
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
from reportgen.expr.nodes import Dim, Kind, Misfits, Number, Role, Unit
from reportgen.facts.bounds import A_DAY, ANY, Bounds
from reportgen.facts.catalogue import CLAIMS, RESULTS, Family, change_bounds
from reportgen.model import fundamentals, requested
from reportgen.model.dims import CLAIM, FUNDAMENTAL, SCENARIO
from reportgen.model.evidence import claims
from reportgen.model.inputs import assumptions as a
from reportgen.model.inputs.constants import policy
from reportgen.model.keys import NONE
from reportgen.model.lines import MODEL_AND_CONSTANTS
from reportgen.model.whatif import grids
from reportgen.model.words import Entry, case_line, given, line

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.question import Question


BOUNDED = Dim("bounded")  # a kind of input: all closes, all growth rates, one constant
LARGEST = policy("input.largest")
FIRST_DAY, LAST_DAY = policy("input.first_day"), policy("input.last_day")
# Two of the revenues whose change the method reads; a result of any other name may be anything
_REVENUES = ("revenue", "revenue_like_for_like")


def _beyond(least: Node, most: Node, bounds: Bounds) -> Node:
    """Return the condition under which a figure, or an end of some, lies outside."""
    if bounds.whole:
        return (least < 0) | ((least > 0) & (least < 1)) | (most > 1)
    if bounds == A_DAY:
        return (least < FIRST_DAY) | (most > LAST_DAY)
    below = least < -LARGEST if bounds.low is None else _below(least, bounds)
    high: Node = LARGEST if bounds.high is None else Number(bounds.high)
    return below | (most > high)


def _below(least: Node, bounds: Bounds) -> Node:
    low = Number(bounds.low or 0)
    return least <= low if bounds.low_open else least < low


def _beyond_own(of: Node, bounds: Bounds) -> Node:
    """Return the condition under which a figure lies beyond the ends that its bounds have."""
    ends = [] if bounds.low is None else [_below(of, bounds)]
    ends += [] if bounds.high is None else [of > Number(bounds.high)]
    return reduce(or_, ends)


class ByText(NamedTuple):
    """Which bounds a row's text calls for, from 1 (0: none), and whether its figure breaks them."""

    called: Line
    outside: Line


def _by_text(key: str, text: Line, of: Line, bounds: Iterable[tuple[str, Bounds]]) -> ByText:
    """Return the lines that judge a row by its text; where there are several bounds, in steps."""
    groups: dict[Bounds, list[Node]] = {}
    for word, called_for in bounds:
        groups.setdefault(called_for, []).append(same(text, word))
    called: Node = Number(0)
    for number, words in enumerate(groups.values(), start=1):
        called = where(reduce(or_, words), number, called)
        if number == 1 and len(groups) > 1:
            called = line(f"{key}_first", "Calls for the first bounds", Unit.COUNT, called)
    which = line(f"{key}_bounds", "Bounds called for", Unit.COUNT, called)
    own = reduce(
        or_,
        (
            equal(which, number) & _beyond_own(of, called_for)
            for number, called_for in enumerate(groups, start=1)
        ),
    )
    if len(groups) > 1:
        told = where(known(of), where(own, 1, 0), 0)
        own = line(f"{key}_own", "Outside the bounds called for", Unit.FLAG, told) > 0
    broken = where(own | (absolute(of) > LARGEST), 1, 0)  # no figure is larger, whatever it is
    return ByText(which, line(key, "Outside its bounds", Unit.FLAG, where(known(of), broken, 0)))


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


def bounded(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return the inputs that are no texts, and what else is typed as a number: days, choices."""
    return tuple(of for of in lines if of.unit is not Unit.TEXT and _is_typed(of))


def _is_typed(of: Line) -> bool:
    return isinstance(of, Entry) or of.kind in {Kind.GIVEN, Kind.CONTROL}


def bounds_of(of: Line) -> Bounds:
    """Return the bounds of an input, of a day, of a choice."""
    if of.unit is Unit.DATE:
        return A_DAY
    return of.bounds if isinstance(of, Entry) else ANY


_KINDS = bounded((*MODEL_AND_CONSTANTS, grids.segment_choice))


def _ends(of: Line) -> tuple[Node, Node]:
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


def _outside(of: Line) -> Node:
    """Return 1 where an end is out of bounds; of claims and results how many rows are.

    A constant that was cleared is outside too: the method cannot do without.
    """
    if of in _BY_TEXT:
        told, dim = _BY_TEXT[of]
        return sum_known(told.outside, dim)
    broken = where(_beyond(least, most, bounds_of(of)), 1, 0)
    return where(known(least), broken, 1 if of.role is Role.CONSTANT else 0)


outside = case_line(
    f"{_ROW}.outside",
    "Outside",
    Unit.COUNT,
    by(BOUNDED, **{of.key: _outside(of) for of in _KINDS}),
    BOUNDED,
)


def _typed_cells(of: Line) -> Misfits:
    return Misfits(of.issued, of.override) if isinstance(of, Entry) else Misfits(of, of)


misfits = case_line(
    f"{_ROW}.misfits",
    "No number",
    Unit.COUNT,
    by(BOUNDED, **{of.key: _typed_cells(of) for of in _KINDS}),
    BOUNDED,
)
misfit_count = line(
    "check.misfits", "Cells that hold no number", Unit.COUNT, total(misfits, BOUNDED)
)
count = line("check.outside", "Inputs out of bounds", Unit.COUNT, total(outside, BOUNDED))


def _in_words(of: Line) -> str:
    return "a day" if of.unit is Unit.DATE else str(bounds_of(of))


def ask(question: Question) -> None:
    """Add every kind of input that the pack asks for, and what its bounds are."""
    kinds = [of for of in _KINDS if _is_asked(of, question)]
    question.dimension(BOUNDED, (of.key for of in kinds))
    question.give(label, [_named(of) for of in kinds])
    question.give(bounds_text, [_in_words(of) for of in kinds])


def _is_asked(of: Line, question: Question) -> bool:
    """Return whether an input has rows, and is not of a method alone that nobody asks for."""
    if any(question.members[dim] == (NONE,) for dim in of.dims):
        return False
    known = of.parameter if isinstance(of, Entry) else None
    if known is not None and known.family is Family.LAUNCH:
        return requested.launch(question)
    return known is None or not known.method or question.asks_for(known.method)


def _named(of: Line) -> str:
    """Return what an input is called; a day or a number of a table with the table's name."""
    table = of.key.partition("[")[0]
    return of.label if isinstance(of, Entry) or not of.dims else f"{of.label}: {table}"
