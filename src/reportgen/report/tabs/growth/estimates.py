"""Consensus by fiscal year: every estimate but `eps_ntm`, beside the figure of our own."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    at,
    each,
    either,
    given_text,
    known,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Unit
from reportgen.model import fundamentals
from reportgen.model.dims import FUNDAMENTAL, SCENARIO
from reportgen.model.given_values import day_number, numbered
from reportgen.model.inputs.conversion import fx, rate_of
from reportgen.model.inputs.description import as_of
from reportgen.model.keys import member, unique
from reportgen.model.ranks import below, first, larger
from reportgen.model.twelve_months import counts, full, period_slot
from reportgen.model.valuation import ebitda_12m, eps_12m
from reportgen.model.words import case_line, given, or_zero, row_number
from reportgen.periods import fiscal_period

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.facts.rows import Estimate
    from reportgen.model.question import Question

YEARLY = Dim("estimate_of_year")
_ROW = "estimate_of_year[{estimate_of_year}]"
_METRIC = re.compile(r"(.+)_fy(\d{4})", re.ASCII | re.IGNORECASE)
_LENGTHS = ("years", "halves", "quarters")
_NEXT = timedelta(days=550)  # as far as our figures in 12 months are held beside a fiscal year
number = row_number(f"{_ROW}.number", YEARLY)
metric = given(f"{_ROW}.metric", "Metric", Unit.TEXT, YEARLY)
value = given(f"{_ROW}.value", "Estimate", Unit.NUMBER, YEARLY)
unit = given(f"{_ROW}.unit", "Unit", Unit.TEXT, YEARLY)
currency = given(f"{_ROW}.currency", "Currency", Unit.TEXT, YEARLY)
published = given(f"{_ROW}.published", "Published", Unit.DATE, YEARLY)
source = given(f"{_ROW}.source", "Source", Unit.TEXT, YEARLY)
# the fiscal year as reported: as a year, or by its last half or quarter with those before it
as_year, as_halves, as_quarters = (
    given(f"{_ROW}.as_{name}", f"Reported in {name}", Unit.TEXT, YEARLY) for name in _LENGTHS
)
coming = given(f"{_ROW}.coming", "Our figure in 12 months beside it", Unit.TEXT, YEARLY)


def shown(pack: Pack) -> tuple[Estimate, ...]:
    """Return the estimates of a pack that the method does not read."""
    return tuple(row for row in pack.rows.estimates if row.metric != "eps_ntm")


def know(question: Question, pack: Pack) -> None:
    """Add every estimate but `eps_ntm`."""
    rows = shown(pack)
    named = (member(row.metric, row.published.isoformat()) for row in rows)
    question.dimension(YEARLY, unique(named))
    question.give(number, numbered(rows))
    question.give(metric, [row.metric for row in rows])
    question.give(value, [row.value for row in rows])
    question.give(unit, [row.unit for row in rows])
    question.give(currency, [row.currency for row in rows])
    question.give(published, [day_number(row.published) for row in rows])
    question.give(source, [row.source for row in rows])
    years = [_METRIC.fullmatch(row.metric) for row in rows]
    for line, months in ((as_year, 12), (as_halves, 6), (as_quarters, 3)):
        question.give(line, [_slot(year, months) if year else "" for year in years])
    year_end, day = pack.company.fiscal_year_end, pack.as_of
    question.give(coming, [coming_metric(row.metric, year_end, day) for row in rows])


def _slot(year: re.Match[str], months: int) -> str:
    """Return the period, as the table of results spells it, with which a fiscal year ends."""
    found = fiscal_period(f"FY{year[2]}")
    return "" if found is None else f"group/{year[1].lower()}|{months}|{found.month_index:.0f}"


def coming_metric(metric: str, year_end: str, as_of: date) -> str:
    """Return the metric of our own in 12 months if that of a fiscal year is of a coming one.

    "" where it is not, or of no fiscal year; `year_end` is MM-DD.
    """
    year = _METRIC.fullmatch(metric)
    if year is None:
        return ""
    month, day = map(int, year_end.split("-"))
    ends = date(int(year[2]), month, min(day, monthrange(int(year[2]), month)[1]))
    return year[1].lower() if as_of < ends <= as_of + _NEXT else ""


def _of(key: str, label: str, unit_: Unit, expr: Node) -> Line:
    return case_line(f"{_ROW}.{key}", label, unit_, expr, YEARLY)


row = _of("row", "Row", Unit.COUNT, or_zero(number))
out = _of("out", "Published, 0 if not known yet", Unit.DATE, or_zero(published))
is_known = _of(
    "known", "Known", Unit.FLAG, where((out > 0) & (out <= or_zero(as_of)) & known(value), 1, 0)
)
newest = _of(
    "newest",
    "Newest",
    Unit.FLAG,
    first(
        YEARLY,
        is_known > 0,
        same(each(metric), metric) * each(is_known) * larger(out, below(row)),
    ),
)
rate = _of("rate", "Its currency per price currency", Unit.NUMBER, rate_of(currency))
in_price_currency = _of(
    "in_price_currency",
    "In price currency",
    Unit.NUMBER,
    where(given_text(currency), value / rate, value),
)


def _reported(key: str, slot: Line) -> Line:
    """Return the twelve months that end with a period, where they are reported in such periods."""
    match = same(each(period_slot), slot) * each(counts)
    found = sum_where(FUNDAMENTAL, match, fundamentals.row)
    at_row = _of(f"{key}.row", f"{slot.label}: row", Unit.COUNT, found)
    return _of(key, slot.label, Unit.NUMBER, pick(full, FUNDAMENTAL, at_row))


in_years, in_halves, in_quarters = map(_reported, _LENGTHS, (as_year, as_halves, as_quarters))
reported = _of(
    "reported",
    "Reported",
    Unit.NUMBER,
    either(in_years, either(in_halves, either(in_quarters, NA))),
)
ahead = _of(
    "ahead",
    "Base in 12 months",
    Unit.NUMBER,
    where(
        same(coming, "eps"),
        at(eps_12m, SCENARIO, "base"),
        where(same(coming, "ebitda"), at(ebitda_12m, SCENARIO, "base") / fx, NA),
    ),
)
ours = _of("ours", "Ours", Unit.NUMBER, where(known(reported), reported, ahead))
ours_is = _of(
    "ours_is",
    "Ours is",
    Unit.TEXT,
    where(known(reported), "as reported", where(known(ours), "base in 12m", "none")),
)
apart = _of(
    "apart", "Estimate / ours", Unit.CHANGE, where(ours > 0, in_price_currency / ours - 1, NA)
)
SHOWN = (newest, in_price_currency, apart, ours_is, unit, source)
