"""Reported figures: which row of a series is the newest, and whether it is weak."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    each,
    equal,
    given_text,
    known,
    same,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model import provenance
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.inputs.conversion import rate_of
from reportgen.model.inputs.description import as_of
from reportgen.model.ordering import below, first, larger
from reportgen.model.words import entry, given, line, or_zero, row_number, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

ROW = "fundamental[{fundamental}]"
number = row_number(f"{ROW}.number", FUNDAMENTAL)
segment = given(f"{ROW}.segment", "Segment", Unit.TEXT, FUNDAMENTAL)
metric = given(f"{ROW}.metric", "Metric", Unit.TEXT, FUNDAMENTAL)
period = given(f"{ROW}.period", "Period", Unit.TEXT, FUNDAMENTAL)
period_end = given(f"{ROW}.period_end", "Period end", Unit.DATE, FUNDAMENTAL)
months = given(f"{ROW}.months", "Months", Unit.COUNT, FUNDAMENTAL)
quarter_index = given(f"{ROW}.quarter", "Fiscal quarter, counted", Unit.COUNT, FUNDAMENTAL)
value = entry(ROW, "Value", Unit.NUMBER, FUNDAMENTAL)
yoy = entry(f"{ROW}.yoy", "Change on a year", Unit.CHANGE, FUNDAMENTAL)
unit = given(f"{ROW}.unit", "Unit", Unit.TEXT, FUNDAMENTAL)
currency = given(f"{ROW}.currency", "Currency", Unit.TEXT, FUNDAMENTAL)
qualifier = given(f"{ROW}.qualifier", "Qualifier", Unit.TEXT, FUNDAMENTAL)
published = given(f"{ROW}.published", "Published", Unit.DATE, FUNDAMENTAL)
source = given(f"{ROW}.source", "Source", Unit.TEXT, FUNDAMENTAL)
note = given(f"{ROW}.note", "Note", Unit.TEXT, FUNDAMENTAL)

series = line(f"{ROW}.series", "Series", Unit.TEXT, concat(segment, "/", metric))
is_known = line(
    f"{ROW}.known",
    "Known",
    Unit.FLAG,
    where(
        known(published) & known(period_end),
        where((published <= as_of) & (period_end <= as_of), 1, 0),
        0,
    ),
)
end = line(f"{ROW}.end", "Period end, 0 if blank", Unit.COUNT, or_zero(period_end))
out = line(f"{ROW}.out", "Published, 0 if blank", Unit.COUNT, or_zero(published))
row = line(f"{ROW}.row", "Row", Unit.COUNT, or_zero(number))
quarter = line(f"{ROW}.quarter_known", "Quarter, 0 if none", Unit.COUNT, or_zero(quarter_index))
has_value = line(f"{ROW}.has_value", "Has a value", Unit.FLAG, where(known(value), is_known, 0))
has_yoy = line(f"{ROW}.has_yoy", "Has a change", Unit.FLAG, where(known(yoy), is_known, 0))
has_both = line(
    f"{ROW}.has_both",
    "Quarter with both",
    Unit.FLAG,
    where((has_value > 0) & (has_yoy > 0) & (quarter > 0), 1, 0),
)


def _later() -> Node:
    """Return whether each row is newer than this one: period end, then publication, then row."""
    same_end = equal(each(end), end)
    same_out = equal(each(out), out)
    return (
        (each(end) > end) + same_end * (each(out) > out) + same_end * same_out * (each(row) > row)
    )


def _newest(eligible: Line) -> Node:
    rivals = same(each(series), series) * each(eligible) * _later()
    return first(FUNDAMENTAL, eligible > 0, rivals)


def newest_of_its_quarter(eligible: Line) -> Node:
    """Return 1 for the row of a series and fiscal quarter that was published last."""
    rivals = same(each(series), series) * each(eligible) * equal(each(quarter), quarter)
    return first(FUNDAMENTAL, (eligible > 0) & (quarter > 0), rivals * larger(out, below(row)))


newest_value = line(f"{ROW}.newest_value", "Newest value", Unit.FLAG, _newest(has_value))
newest_yoy = line(f"{ROW}.newest_yoy", "Newest change", Unit.FLAG, _newest(has_yoy))
newest_both = line(f"{ROW}.newest_both", "Newest with both", Unit.FLAG, _newest(has_both))
newest_of_quarter = line(
    f"{ROW}.newest_of_quarter",
    "Newest of its quarter",
    Unit.FLAG,
    newest_of_its_quarter(has_value),
)
divisor = line(
    f"{ROW}.divisor",
    "Currency per price currency",
    Unit.NUMBER,
    where(given_text(currency), rate_of(currency), 1),
)
in_price_currency = line(
    f"{ROW}.in_price_currency", "In price currency", Unit.NUMBER, value / divisor
)


source_row = provenance.source_row(source, ROW)
tier = provenance.tier_of(source_row, ROW)
weak = provenance.is_weak(tier, qualifier, ROW)


def newest(of_series: str, column: Line = in_price_currency, flag: Line = newest_value) -> Node:
    """Return a column of the newest row of a series such as `group/net_cash`."""
    return the(FUNDAMENTAL, same(each(series), of_series) * each(flag), column)
