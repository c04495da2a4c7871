"""Events: every row known, the newest of each, those ahead in their order and the latest past.

An event that is done, or whose day is past, is past; one without a day yet stands last of those
ahead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    known,
    same,
    where,
)
from reportgen.expr.nodes import Dim, Unit
from reportgen.model.given_values import day_number, numbered
from reportgen.model.inputs.description import as_of
from reportgen.model.keys import member, unique
from reportgen.model.number_text import in_words
from reportgen.model.ranks import Ranked, above, below, first, larger, rank_within, ranked
from reportgen.model.words import case_line, given, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question

EVENT = Dim("event")
NEXT = 4
_ROW = "event[{event}]"
number = row_number(f"{_ROW}.number", EVENT)
name = given(f"{_ROW}.name", "Event", Unit.TEXT, EVENT)
on = given(f"{_ROW}.date", "Day", Unit.DATE, EVENT)
status = given(f"{_ROW}.status", "Status", Unit.TEXT, EVENT)
published = given(f"{_ROW}.published", "Published", Unit.DATE, EVENT)
source = given(f"{_ROW}.source", "Source", Unit.TEXT, EVENT)


def know(question: Question, pack: Pack) -> None:
    """Add every row of events.csv, and the places of the next and of the latest past ones."""
    rows = pack.rows.events
    question.dimension(EVENT, unique(member(row.event, row.published.isoformat()) for row in rows))
    question.give(number, numbered(rows))
    question.give(name, [row.event for row in rows])
    question.give(on, [day_number(row.date) for row in rows])
    question.give(status, [row.status for row in rows])
    question.give(published, [day_number(row.published) for row in rows])
    question.give(source, [row.source for row in rows])
    for side in (AHEAD, PAST):
        question.dimension(side.dim, map(str, range(1, NEXT + 1)))


def _of_row(key: str, label: str, unit: Unit, expr: Node) -> Line:
    return case_line(f"{_ROW}.{key}", label, unit, expr, EVENT)


row = _of_row("row", "Row", Unit.COUNT, or_zero(number))
out = _of_row("out", "Published, 0 if not known yet", Unit.DATE, or_zero(published))
is_known = _of_row("known", "Known", Unit.FLAG, where((out > 0) & (out <= or_zero(as_of)), 1, 0))
place = _of_row(
    "place_by_day",
    "Later rows: by publication, row",
    Unit.COUNT,
    count_where(EVENT, larger(out, below(row))),
)
counts = _of_row(
    "newest",
    "Newest of its event",
    Unit.FLAG,
    first(EVENT, is_known > 0, same(each(name), name) * each(is_known) * above(place)),
)
day = _of_row("day", "Day, 0 if none is named", Unit.COUNT, or_zero(on))
is_past = _of_row(
    "past",
    "Past",
    Unit.FLAG,
    where(
        counts > 0,
        where(same(status, "done") | ((day > 0) & (day < or_zero(as_of))), 1, 0),
        0,
    ),
)
is_ahead = _of_row("ahead", "Ahead", Unit.FLAG, where(counts > 0, where(is_past > 0, 0, 1), 0))
soonest = _of_row("soonest", "The sooner the larger, 0 if no day", Unit.NUMBER, or_zero(1 / day))
passed = _of_row(
    "passed", "Day that passed", Unit.COUNT, where(known(on), on, where(out > 0, out, 0))
)
when = _of_row(
    "when",
    "Past or ahead",
    Unit.TEXT,
    where(is_past > 0, "past", where(known(on), "ahead", "ahead, no day named yet")),
)
state = _of_row(
    "state",
    "What became of it",
    Unit.TEXT,
    where(counts > 0, when, where(is_known > 0, "a newer row counts", "not known yet")),
)
day_told = _of_row(
    "day_told", "Day, as told", Unit.TEXT, where(known(on), in_words(day), "no day yet")
)


class Side(NamedTuple):
    """The events ahead, or past: their places in order, and what stands at each."""

    order: Line
    places: Ranked
    day: Line
    what: Line
    soonest: Line

    @property
    def dim(self) -> Dim:
        """The dimension of the places."""
        return self.places.dim


def _side(key: str, label: str, flag: Line, by_day: Line, said_of: Node) -> Side:
    told_as = _of_row(f"{key}_told", f"Told of those {label}", Unit.TEXT, said_of)
    order = _of_row(
        f"{key}_order",
        f"Place among those {label}",
        Unit.COUNT,
        where(flag > 0, rank_within(EVENT, each(flag) * larger(by_day, below(row))), 0),
    )
    places = ranked(f"event_{key}[{{event_{key}}}]", Dim(f"event_{key}"), order, row)
    none = where(places.place > 1, "", "none is known")
    on_day = where(places.picked(day) > 0, places.picked(day), or_zero(as_of) * 2)
    return Side(
        order,
        places,
        places.line("day", "Day", Unit.TEXT, places.told(day_told)),
        places.line("what", "Event", Unit.TEXT, places.told(told_as, none)),
        places.line(
            "on",
            "Day, later than all if none is named, 0 if no event",
            Unit.COUNT,
            where(places.row >= 1, on_day, 0),
        ),
    )


AHEAD = _side("ahead", "ahead", is_ahead, soonest, concat(name, " (", status, ")"))
PAST = _side("past", "past", is_past, passed, name)
SHOWN = (AHEAD.day, AHEAD.what, PAST.day, PAST.what, state, source)
