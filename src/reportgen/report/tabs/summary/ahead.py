"""Dates to come, of arguments and of events in one order, and the triggers that fired."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    concat,
    date_text,
    each,
    fixed,
    given_text,
    known,
    percent,
    same,
    spot,
    where,
)
from reportgen.expr.nodes import Dim, Linked, Unit
from reportgen.model import arguments
from reportgen.model.inputs.description import as_of
from reportgen.model.number_text import cents
from reportgen.model.ranks import Ranked, above, larger, rank_within, ranked, smaller
from reportgen.model.words import case_line, comparable, counted, or_zero
from reportgen.report.tabs.summary import events

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.arguments import Arguments
    from reportgen.model.question import Question


OF_A_SIDE = 3  # dates and fired triggers that each side of the argument may bring
NEXT, FIRED = 6, 3  # shown of all


class Side(NamedTuple):
    """One side's arguments: those due, by their dates, and those that fired, by their money."""

    dates: Ranked
    due: Line
    watch: Line
    fired: Ranked
    weight: Line
    fact: Line
    case: Line


def _side(side: Arguments) -> Side:
    dim = side.dim
    row_key = f"{side.case}.argument[{{{dim.name}}}]"
    number = case_line(f"{row_key}.row", "Row", Unit.COUNT, or_zero(side.number), dim)
    due = case_line(
        f"{row_key}.due_on",
        "Due, 0 if past or none",
        Unit.COUNT,
        where(known(side.due), where(side.due >= or_zero(as_of), side.due, 0), 0),
        dim,
    )
    watch = case_line(
        f"{row_key}.watch_for",
        "What to watch, else the argument",
        Unit.TEXT,
        where(given_text(side.watch) > 0, side.watch, side.text),
        dim,
    )
    is_ahead = (each(due) > 0) * smaller(due, above(number))
    order = case_line(
        f"{row_key}.order",
        "Order by date",
        Unit.COUNT,
        where(due > 0, rank_within(dim, is_ahead), 0),
        dim,
    )
    dates = _ranked(side, "date", order, number)
    has_fired = case_line(
        f"{row_key}.has_fired",
        "Fired: 1 and the money at stake in millionths, else 0",
        Unit.COUNT,
        where(same(side.fired, "fired"), comparable(side.at_stake) + 1, 0),
        dim,
    )
    fired_order = case_line(
        f"{row_key}.fired_order",
        "Order of those fired, by money",
        Unit.COUNT,
        where(
            has_fired > 0,
            rank_within(dim, (each(has_fired) > 0) * larger(has_fired, above(number))),
            0,
        ),
        dim,
    )
    fired = _ranked(side, "fired", fired_order, number)
    level, metric = (
        case_line(f"{row_key}.told_{name}", label, Unit.TEXT, _told(side, of, size), dim)
        for name, label, of in (
            ("level", "Level, as told", side.level),
            ("metric", "Where it stands, as told", side.metric),
        )
        for size in [
            case_line(
                f"{row_key}.{name}_size", f"{label}: its size", Unit.NUMBER, absolute(of), dim
            )
        ]
    )
    stands = case_line(
        f"{row_key}.stands",
        "Trigger, and where it stands",
        Unit.TEXT,
        concat(side.watched, " ", level, "; at ", metric),
        dim,
    )
    at_stake = case_line(
        f"{row_key}.told_at_stake",
        "Case, and money at stake",
        Unit.TEXT,
        concat(f"{side.case.capitalize()} ", cents(side.at_stake)),
        dim,
    )
    return Side(
        dates,
        dates.line("due", "Due, 0 if none", Unit.COUNT, or_zero(dates.picked(due))),
        dates.line("watch", "What to watch", Unit.TEXT, dates.told(watch)),
        fired,
        fired.line("weight", "Its order", Unit.COUNT, or_zero(fired.picked(has_fired))),
        fired.line("fact", "What fired", Unit.TEXT, fired.told(stands)),
        fired.line("case", "Case, and money at stake", Unit.TEXT, fired.told(at_stake)),
    )


_LARGE = 100  # from which levels are told without decimals


def _told(side: Arguments, of: Line, size: Line) -> Node:
    """Return a level, or what is held against it, in the unit of the trigger, as cells show it."""
    decimals = where(size >= _LARGE, 0, 2)
    told = where(same(side.unit, "%"), percent(size, 1), fixed(size, decimals))
    below = or_zero(of) < 0
    return concat(where(below, "(", ""), told, where(below, ")", ""))


def _ranked(side: Arguments, name: str, order: Line, number: Line) -> Ranked:
    dim = Dim(f"{side.case}_{name}")
    return ranked(f"{dim.name}[{{{dim.name}}}]", dim, order, number)


SIDES = {side.case: _side(side) for side in (arguments.bull, arguments.bear)}


# --- the dates of both sides and of events, in one order ---
COMING = Dim("coming")
_DATED = "coming[{coming}]"
coming_place = counted(f"{_DATED}.place", "No.", COMING)
coming_number = case_line(f"{_DATED}.number", "Row", Unit.COUNT, or_zero(coming_place), COMING)
coming_linked = case_line(f"{_DATED}.linked", "Day", Unit.COUNT, Linked(), COMING)
coming_day = case_line(
    f"{_DATED}.day", "Day, 0 if none", Unit.COUNT, or_zero(coming_linked), COMING
)
coming_told = case_line(f"{_DATED}.told", "Day, as told", Unit.TEXT, Linked(), COMING)
coming_what = case_line(f"{_DATED}.what", "What is to come", Unit.TEXT, Linked(), COMING)
_sooner = (each(coming_day) > 0) * smaller(coming_day, above(coming_number))
coming_order = case_line(
    f"{_DATED}.order",
    "Place by its day",
    Unit.COUNT,
    where(coming_day > 0, rank_within(COMING, _sooner), 0),
    COMING,
)
NEXT_DATES = ranked("next_date[{next_date}]", Dim("next_date"), coming_order, coming_number)
next_day = NEXT_DATES.line("day", "Day", Unit.TEXT, NEXT_DATES.told(coming_told))
next_what = NEXT_DATES.line(
    "what",
    "What is to come",
    Unit.TEXT,
    NEXT_DATES.told(coming_what, where(NEXT_DATES.place > 1, "", "no date to come is known")),
)

# --- what fired on both sides, the most money first ---
TRIGGER = Dim("trigger")
_TRIGGER = "trigger[{trigger}]"
trigger_place = counted(f"{_TRIGGER}.place", "No.", TRIGGER)
trigger_number = case_line(f"{_TRIGGER}.number", "Row", Unit.COUNT, or_zero(trigger_place), TRIGGER)
trigger_linked = case_line(f"{_TRIGGER}.linked", "Its order", Unit.COUNT, Linked(), TRIGGER)
trigger_weight = case_line(
    f"{_TRIGGER}.weight", "Its order, 0 if none", Unit.COUNT, or_zero(trigger_linked), TRIGGER
)
trigger_case = case_line(
    f"{_TRIGGER}.case", "Case, and money at stake", Unit.TEXT, Linked(), TRIGGER
)
trigger_fact = case_line(f"{_TRIGGER}.fact", "What fired", Unit.TEXT, Linked(), TRIGGER)
_heavier = (each(trigger_weight) > 0) * larger(trigger_weight, above(trigger_number))
trigger_order = case_line(
    f"{_TRIGGER}.order",
    "Place by its money",
    Unit.COUNT,
    where(trigger_weight > 0, rank_within(TRIGGER, _heavier), 0),
    TRIGGER,
)
FIRED_ONES = ranked("fired[{fired}]", Dim("fired"), trigger_order, trigger_number)
fired_case = FIRED_ONES.line(
    "case", "Case, and money at stake", Unit.TEXT, FIRED_ONES.told(trigger_case)
)
fired_fact = FIRED_ONES.line(
    "fact",
    "What fired",
    Unit.TEXT,
    FIRED_ONES.told(trigger_fact, where(FIRED_ONES.place > 1, "", "no trigger has fired")),
)
SHOWN = (next_day, next_what, fired_case, fired_fact)


def ask(question: Question) -> None:
    """Add the places, and link them: events before arguments of the same day."""
    of_a_side = [str(k + 1) for k in range(OF_A_SIDE)]
    for side in SIDES.values():
        question.dimension(side.dates.dim, of_a_side)
        question.dimension(side.fired.dim, of_a_side)
    question.dimension(NEXT_DATES.dim, (str(k + 1) for k in range(NEXT)))
    question.dimension(FIRED_ONES.dim, (str(k + 1) for k in range(FIRED)))
    places = question.members[events.AHEAD.dim]
    parts = [(case, side, k) for case, side in SIDES.items() for k in of_a_side]
    names = [f"{case}_{k}" for case, _, k in parts]
    question.dimension(TRIGGER, names)
    question.links[trigger_linked] = tuple(spot(side.weight, k) for _, side, k in parts)
    question.links[trigger_case] = tuple(spot(side.case, k) for _, side, k in parts)
    question.links[trigger_fact] = tuple(spot(side.fact, k) for _, side, k in parts)
    question.dimension(COMING, (*(f"event_{k}" for k in places), *names))
    ahead = events.AHEAD
    question.links[coming_linked] = (
        *(spot(ahead.soonest, k) for k in places),
        *(spot(side.due, k) for _, side, k in parts),
    )
    question.links[coming_told] = (
        *(spot(ahead.day, k) for k in places),
        *(_day(spot(side.due, k)) for _, side, k in parts),
    )
    question.links[coming_what] = (
        *(spot(ahead.what, k) for k in places),
        *(spot(side.watch, k) for _, side, k in parts),
    )


def _day(due: Node) -> Node:
    return where(due > 0, date_text(due), "")
