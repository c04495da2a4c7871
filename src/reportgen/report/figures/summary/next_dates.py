"""The next dates to watch: the arguments of each side in the order of their dates."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    concat,
    each,
    equal,
    known,
    pick,
    previous,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import Dim, Unit
from reportgen.model import arguments
from reportgen.model.inputs.description import as_of
from reportgen.model.ordering import above, rank_within, smaller
from reportgen.model.words import case_line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.arguments import Arguments
    from reportgen.model.question import Question


class Dates(NamedTuple):
    """One side's arguments in the order of their dates."""

    place_dim: Dim
    row: Line
    due_on: Line
    due_known: Line
    order: Line
    place: Line
    found: Line
    due: Line
    watch: Line
    fired: Line


def _dates(side: Arguments) -> Dates:
    dim, place_dim = side.dim, Dim(f"{side.case}_date")
    row_key = f"{side.case}.argument[{{{dim.name}}}]"
    key = f"{side.case}_date[{{{place_dim.name}}}]"
    number = case_line(f"{row_key}.row", "Row", Unit.COUNT, or_zero(side.number), dim)
    due = case_line(
        f"{row_key}.due_on",
        "Due, 0 if past or none",
        Unit.DATE,
        where(known(side.due), where(side.due >= as_of, side.due, 0), 0),
        dim,
    )
    due_known = case_line(f"{row_key}.due_known", "Due, 0 if n/a", Unit.COUNT, or_zero(due), dim)
    ahead = (each(due_known) > 0) * smaller(due_known, above(number))
    order = case_line(
        f"{row_key}.order",
        "Order by date",
        Unit.COUNT,
        where(due_known > 0, rank_within(dim, ahead), 0),
        dim,
    )
    place = case_line(
        f"{key}.place", "Place", Unit.COUNT, previous(f"{key}.place", place_dim, 0) + 1, place_dim
    )
    found = case_line(
        f"{key}.found",
        "Argument at this place",
        Unit.COUNT,
        sum_where(dim, equal(each(order), place), number),
        place_dim,
    )

    def at_place(name: str, of: Line, expr: Node) -> Line:
        return case_line(f"{key}.{name}", of.label, of.unit, expr, place_dim)

    return Dates(
        place_dim,
        number,
        due,
        due_known,
        order,
        place,
        found,
        at_place("due", side.due, pick(due, dim, found)),
        at_place(
            "watch",
            side.watch,
            where(
                found >= 1,
                concat(
                    where(same(pick(side.fired, dim, found), "fired"), "fired: ", ""),
                    pick(side.watch, dim, found),
                ),
                "no later date is known",
            ),
        ),
        at_place("fired", side.fired, pick(side.fired, dim, found)),
    )


DATES = {"bull": _dates(arguments.bull), "bear": _dates(arguments.bear)}
NEXT = 3


def ask(question: Question) -> None:
    """Add the places of the next dates."""
    for dates in DATES.values():
        question.dimension(dates.place_dim, (str(k + 1) for k in range(NEXT)))
