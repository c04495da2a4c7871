"""Results and balances: the newest row of each series.

A series is a segment and a metric, such as `group/net_cash`. Of its rows that were published by
as-of the newest counts: by period end, then publication, then place in the table.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    given_text,
    known,
    largest,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model import provenance
from reportgen.model.dims import FUNDAMENTAL, MEASURE, PERIOD, SPARE_ROWS
from reportgen.model.inputs.conversion import (
    measure,
    measure_currency,
    measure_divisor,
    measure_is_whole,
    rate_of,
)
from reportgen.model.inputs.description import as_of
from reportgen.model.ranks import above, below, first, larger, place_in_order
from reportgen.model.words import Table, given, line, lines_in, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


ROW = "fundamental[{fundamental}]"
RESULTS = Table(ROW, FUNDAMENTAL, SPARE_ROWS)
number = row_number(f"{ROW}.number", FUNDAMENTAL)
segment = RESULTS.text("segment", "Segment")
metric = RESULTS.text("metric", "Metric")
period = RESULTS.text("period", "Period")
period_end = RESULTS.given("period_end", "Period end", Unit.DATE)
months = RESULTS.given("months", "Months", Unit.COUNT)
month_index = RESULTS.given("month_index", "Ends with month, counted", Unit.COUNT, at="month")
value = RESULTS.figure("value", "Value", Unit.NUMBER)
yoy = RESULTS.figure("yoy", "Change on a year", Unit.CHANGE, at="yoy")
unit = RESULTS.text("unit", "Unit")
currency = RESULTS.text("currency", "Currency")
qualifier = RESULTS.text("qualifier", "Qualifier")
published = RESULTS.given("published", "Published", Unit.DATE)
source = RESULTS.text("source", "Source")
note = RESULTS.text("note", "Note")

# The periods that a row typed in the workbook may be of; any other one is that of a balance
period_label = given("period[{period}]", "Period", Unit.TEXT, PERIOD)
period_months = given("period[{period}].months", "Months", Unit.COUNT, PERIOD)
period_month = given("period[{period}].month", "Ends with month, counted", Unit.COUNT, PERIOD)
_OF_PERIOD = same(each(period_label), period)
length = line(
    f"{ROW}.length",
    "Months, 0 for a balance",
    Unit.COUNT,
    RESULTS.spare_or(sum_where(PERIOD, _OF_PERIOD, period_months), or_zero(months)),
)
ends = line(
    f"{ROW}.ends",
    "Ends with month, counted",
    Unit.COUNT,
    RESULTS.spare_or(sum_where(PERIOD, _OF_PERIOD, period_month), or_zero(month_index)),
)

series = line(f"{ROW}.series", "Series", Unit.TEXT, concat(segment, "/", metric))
is_known = line(
    f"{ROW}.known",
    "Known",
    Unit.FLAG,
    where(
        known(published) & known(period_end) & known(as_of),
        where((published <= as_of) & (period_end <= as_of), 1, 0),
        0,
    ),
)
end = line(f"{ROW}.end", "Period end, 0 if blank", Unit.COUNT, or_zero(period_end))
out = line(f"{ROW}.out", "Published, 0 if blank", Unit.COUNT, or_zero(published))
row = line(f"{ROW}.row", "Row", Unit.COUNT, or_zero(number))
has_value = line(f"{ROW}.has_value", "Has a value", Unit.FLAG, where(known(value), is_known, 0))
has_yoy = line(f"{ROW}.has_yoy", "Has a change", Unit.FLAG, where(known(yoy), is_known, 0))
change = line(f"{ROW}.change", "Change on a year, 0 if none", Unit.CHANGE, or_zero(yoy))
change_source = line(
    f"{ROW}.change_source",
    "Source of the change, - if none",
    Unit.TEXT,
    where(has_yoy > 0, source, "-"),
)

_ALIKE = same(each(series), series)
place = place_in_order(
    f"{ROW}.place_by_day",
    "Later rows: by period end, publication, row",
    FUNDAMENTAL,
    larger(end, larger(out, below(row))),
)
newest_value = line(
    f"{ROW}.newest_value",
    "Newest value",
    Unit.FLAG,
    first(FUNDAMENTAL, has_value > 0, _ALIKE * each(has_value) * above(place)),
)
newest_yoy = line(
    f"{ROW}.newest_yoy",
    "Newest change",
    Unit.FLAG,
    first(FUNDAMENTAL, has_yoy > 0, _ALIKE * each(has_yoy) * above(place)),
)
_OF_UNIT = same(each(measure), unit)
divisor = line(
    f"{ROW}.divisor",
    "Currency per price currency",
    Unit.NUMBER,
    RESULTS.spare_or(
        sum_where(MEASURE, _OF_UNIT * each(measure_is_whole), measure_divisor),
        where(given_text(currency), rate_of(currency), 1),
    ),
    note="of a row typed in the workbook that of its unit, which has to be one of whole millions",
)
in_money = count_where(MEASURE, _OF_UNIT * ~same(each(measure_currency), ""))
in_price_currency = line(
    f"{ROW}.in_price_currency", "In price currency", Unit.NUMBER, value / divisor
)


source_row = provenance.source_row(source, ROW)
tier = provenance.tier_of(source_row, ROW)
weak = provenance.is_weak(tier, qualifier, ROW)


def newest_row(of_series: str, flag: Line = newest_value) -> Line:
    """Return the number of the newest row of a series such as `group/net_cash`, 0 if none."""
    return _newest_row(of_series, flag)


@cache
def _newest_row(of_series: str, flag: Line) -> Line:
    name = "value" if flag is newest_value else "change"
    return line(
        f"newest[{of_series.replace('/', ',')}].{name}_row",
        f"Newest {name} of {of_series}: row",
        Unit.COUNT,
        sum_where(FUNDAMENTAL, same(each(series), of_series) * each(flag), row),
    )


def newest(of_series: str, column: Line = in_price_currency, flag: Line = newest_value) -> Node:
    """Return a column of the newest row of a series such as `group/net_cash`."""
    return pick(column, FUNDAMENTAL, newest_row(of_series, flag))


# --- the newest balance: diluted shares, net cash, stakes outside the segments, book value ---
shares_diluted = line(
    "shares_diluted", "Diluted listed shares", Unit.SHARES_M, newest("group/shares_diluted")
)
net_cash = line("net_cash", "Net cash", Unit.PRICE_M, newest("group/net_cash"))
investments = line(
    "investments", "Investments outside the segments", Unit.PRICE_M, newest("group/investments")
)
book_value = line("book_value", "Book value", Unit.PRICE_M, newest("group/book_value"))


results_published = line(
    "results_published",
    "Newest results published",
    Unit.DATE,
    largest(published, FUNDAMENTAL),
)


# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(value, yoy, period, unit, note, weak, results_published)
