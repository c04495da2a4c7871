"""The lines of Summary: figures as issued, news since last month, dates to watch."""

from __future__ import annotations

import operator
from functools import reduce
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    concat,
    count_where,
    each,
    fixed,
    known,
    same,
    where,
)
from reportgen.expr.nodes import Dim, Unit
from reportgen.model import arguments, fundamentals
from reportgen.model.checks import catalogue, freshness
from reportgen.model.dims import CLAIM, FUNDAMENTAL, PRODUCT, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.headlines import VALUES, HeadlineLine
from reportgen.model.hype import price_targets
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.last_month import day as last_day
from reportgen.model.ranks import Ranked, above, rank_within, ranked, smaller
from reportgen.model.words import case_line, given, line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node
    from reportgen.model.arguments import Arguments
    from reportgen.model.question import Question


def _since(published: Line, dim: Dim, is_known: Line, name: str, label: str) -> Line:
    fresh = line(
        f"{published.key.rsplit('.', 1)[0]}.news",
        "New since last month",
        Unit.FLAG,
        where(
            known(published) & known(last_day) & (or_zero(is_known) > 0),
            where(published > last_day, 1, 0),
            0,
        ),
    )
    return line(f"news.{name}", label, Unit.COUNT, count_where(dim, each(fresh)))


NEWS = (
    _since(
        price_targets.published,
        TARGET,
        price_targets.is_known,
        "targets",
        "Price targets published",
    ),
    _since(
        fundamentals.published,
        FUNDAMENTAL,
        fundamentals.is_known,
        "results",
        "Reported figures published",
    ),
    _since(claims.claim_published, CLAIM, claims.claim_known, "claims", "Claims published"),
    _since(
        products.product_published,
        PRODUCT,
        products.product_known,
        "prices",
        "Product prices published",
    ),
)


class Dates(NamedTuple):
    """One side's arguments in the order of their dates."""

    row: Line
    due_on: Line
    due_known: Line
    order: Line
    places: Ranked
    due: Line
    watch: Line
    fired: Line

    @property
    def place_dim(self) -> Dim:
        """The dimension of the places."""
        return self.places.dim


def _dates(side: Arguments) -> Dates:
    dim, place_dim = side.dim, Dim(f"{side.case}_date")
    row_key = f"{side.case}.argument[{{{dim.name}}}]"
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
    places = ranked(f"{place_dim.name}[{{{place_dim.name}}}]", place_dim, order, number)

    def at_place(name: str, of: Line, expr: Node) -> Line:
        return places.line(name, of.label, of.unit, expr)

    has_fired = where(same(places.picked(side.fired), "fired"), "fired: ", "")
    watched = concat(has_fired, places.picked(side.watch))
    return Dates(
        number,
        due,
        due_known,
        order,
        places,
        at_place("due", side.due, places.picked(due)),
        at_place("watch", side.watch, where(places.row >= 1, watched, "no later date is known")),
        at_place("fired", side.fired, places.picked(side.fired)),
    )


DATES = {"bull": _dates(arguments.bull), "bear": _dates(arguments.bear)}
NEXT = 3


def ask_dates(question: Question) -> None:
    """Add the places of the next dates."""
    for dates in DATES.values():
        question.dimension(dates.place_dim, (str(k + 1) for k in range(NEXT)))


issued = {
    of.key: given(f"issued.{of.headline.name}", f"{of.line.label}, as issued", of.line.unit)
    for of in VALUES
}


def _gap(of: HeadlineLine) -> Line:
    return line(
        f"issued.{of.headline.name}.gap",
        f"{of.line.label}: distance from the issue",
        of.line.unit,
        absolute(of.cell - issued[of.key]),
    )


def _moved(of: HeadlineLine) -> Line:
    """Return whether a headline has another value than at issue, or has become n/a or known."""
    at_issue, gap = issued[of.key], gaps[of.key]
    one_is_known = known(of.cell) | known(at_issue)
    return line(
        f"issued.{of.headline.name}.moved",
        f"{of.line.label}: moved since issue",
        Unit.FLAG,
        where(
            known(gap),
            where(gap > policy("tolerance.relative") * (1 + absolute(at_issue)), 1, 0),
            where(one_is_known, 1, 0),
        ),
    )


gaps = {of.key: _gap(of) for of in VALUES}
moved = {of.key: _moved(of) for of in VALUES}
moved_count = line(
    "issued.moved",
    "Headlines moved since issue",
    Unit.COUNT,
    reduce(operator.add, moved.values()),
)
moved_text = line(
    "say.moved",
    "Since issue",
    Unit.TEXT,
    where(
        moved_count > 0,
        concat(fixed(moved_count, 0), " of 6 headlines moved since issue"),
        "no headline moved since issue",
    ),
)

state = line(
    "say.state",
    "State of the report",
    Unit.TEXT,
    concat(
        fixed(catalogue.fails, 0),
        " FAIL, ",
        fixed(catalogue.warns, 0),
        " WARN, ",
        fixed(freshness.stale_count, 0),
        " stale, ",
        fixed(freshness.conflicts, 0),
        " in conflict",
    ),
)


def ask_issued(question: Question) -> None:
    """Copy the headlines as issued."""
    for of in VALUES:
        question.links[issued[of.key]] = (of.cell,)
