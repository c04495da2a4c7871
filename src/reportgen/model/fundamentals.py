"""Results and balances: the newest row of each series, the EPS reference, delivered growth.

A series is a segment and a metric, such as `group/net_cash`. Of its rows that were published by
as-of the newest counts: by period end, then publication, then place in the table.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    each,
    equal,
    given_text,
    known,
    largest,
    previous,
    same,
    sum_known,
    total,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model import provenance
from reportgen.model.dims import FUNDAMENTAL, QUARTER, SEGMENT
from reportgen.model.inputs.conversion import fx, rate_of
from reportgen.model.inputs.description import as_of, segment_id
from reportgen.model.ranks import below, first, larger
from reportgen.model.words import Table, line, lines_in, or_zero, row_number, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


ROW = "fundamental[{fundamental}]"
RESULTS = Table(ROW, FUNDAMENTAL)
number = row_number(f"{ROW}.number", FUNDAMENTAL)
segment = RESULTS.text("segment", "Segment")
metric = RESULTS.text("metric", "Metric")
period = RESULTS.text("period", "Period")
period_end = RESULTS.given("period_end", "Period end", Unit.DATE)
months = RESULTS.given("months", "Months", Unit.COUNT)
quarter_index = RESULTS.given("quarter_index", "Fiscal quarter, counted", Unit.COUNT, at="quarter")
value = RESULTS.figure("value", "Value", Unit.NUMBER)
yoy = RESULTS.figure("yoy", "Change on a year", Unit.CHANGE, at="yoy")
unit = RESULTS.text("unit", "Unit")
currency = RESULTS.text("currency", "Currency")
qualifier = RESULTS.text("qualifier", "Qualifier")
published = RESULTS.given("published", "Published", Unit.DATE)
source = RESULTS.text("source", "Source")
note = RESULTS.text("note", "Note")

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
quarter = line(
    f"{ROW}.quarter_known",
    "Quarter, 0 if none",
    Unit.COUNT,
    where(equal(or_zero(months), 3), or_zero(quarter_index), 0),
)
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


# --- the newest balance: diluted shares, net cash, investments outside the segments ---
shares_diluted = line(
    "shares_diluted", "Diluted listed shares", Unit.SHARES_M, newest("group/shares_diluted")
)
net_cash = line("net_cash", "Net cash", Unit.PRICE_M, newest("group/net_cash"))
investments = line(
    "investments", "Investments outside the segments", Unit.PRICE_M, newest("group/investments")
)


# --- the EPS reference: the sum of the newest four consecutive quarters ---
eps_quarter = line(
    f"{ROW}.eps_quarter",
    "Quarter of an EPS row",
    Unit.COUNT,
    where(same(series, "group/eps") & (newest_of_quarter > 0), quarter, NA),
)
eps_quarter_or_zero = line(
    f"{ROW}.eps_quarter_or_zero", "The same, 0 if none", Unit.COUNT, or_zero(eps_quarter)
)
quarter_number = line(
    "eps_quarter[{quarter}].number",
    "Fiscal quarter, counted",
    Unit.COUNT,
    previous("eps_quarter[{quarter}].number", QUARTER, largest(eps_quarter, FUNDAMENTAL) + 1) - 1,
)
quarter_eps = line(
    "eps_quarter[{quarter}].eps",
    "EPS, non-GAAP",
    Unit.PER_SHARE,
    the(FUNDAMENTAL, equal(each(eps_quarter_or_zero), quarter_number), in_price_currency),
)
eps_four_quarters = line(
    "eps_four_quarters", "Sum of four quarters", Unit.PER_SHARE, total(quarter_eps, QUARTER)
)
eps_reference = line(
    "eps_reference",
    "EPS reference",
    Unit.PER_SHARE,
    where(eps_four_quarters > 0, eps_four_quarters, NA),
    note="sum of the newest four consecutive quarters, at the as-of rate; n/a unless positive",
)


# --- delivered growth: like for like or by segment, and what EBITA, EPS and cash flow say of it ---
like_for_like = line(
    "growth.like_for_like",
    "Like-for-like revenue growth, newest",
    Unit.CHANGE,
    newest("group/revenue_like_for_like", yoy, newest_yoy),
)
like_for_like_end = line(
    "growth.like_for_like_end",
    "Its period end",
    Unit.DATE,
    newest("group/revenue_like_for_like", period_end, newest_yoy),
)
segment_series = line(
    "segment[{segment}].series", "Revenue series", Unit.TEXT, concat(segment_id, "/revenue")
)


def _of_segment(column: Line) -> Node:
    return the(FUNDAMENTAL, same(each(series), segment_series) * each(newest_both), column)


segment_revenue = line(
    "segment[{segment}].revenue",
    "Revenue, newest quarter",
    Unit.REPORTING_M,
    _of_segment(in_price_currency) * fx,
)
segment_yoy = line(
    "segment[{segment}].yoy", "Growth, newest quarter", Unit.CHANGE, _of_segment(yoy)
)
segment_end = line(
    "segment[{segment}].period_end", "Period end", Unit.DATE, _of_segment(period_end)
)
segment_before = line(
    "segment[{segment}].revenue_before",
    "Revenue a year before",
    Unit.REPORTING_M,
    segment_revenue / (1 + segment_yoy),
)
segments_end = line(
    "growth.segments_end", "Newest segment quarter", Unit.DATE, largest(segment_end, SEGMENT)
)
segments_growth = line(
    "growth.segments",
    "Growth of the segments' revenue",
    Unit.CHANGE,
    sum_known(segment_revenue, SEGMENT) / sum_known(segment_before, SEGMENT) - 1,
)
g_delivered = line(
    "priced_in.g_delivered",
    "Delivered growth",
    Unit.CHANGE,
    where(
        known(like_for_like) & (or_zero(like_for_like_end) >= or_zero(segments_end)),
        like_for_like,
        segments_growth,
    ),
)
ebita_yoy = line(
    "growth.ebita",
    "EBITA, change on a year",
    Unit.CHANGE,
    newest("group/ebita", yoy, newest_yoy),
)
eps_yoy = line(
    "growth.eps",
    "EPS, change on a year",
    Unit.CHANGE,
    newest("group/eps", yoy, newest_yoy),
)
free_cash_flow = line(
    "free_cash_flow",
    "Free cash flow, newest",
    Unit.REPORTING_M,
    newest("group/free_cash_flow") * fx,
)
results_published = line(
    "results_published",
    "Newest results published",
    Unit.DATE,
    largest(published, FUNDAMENTAL),
)


# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    value,
    yoy,
    period,
    months,
    unit,
    note,
    weak,
    ebita_yoy,
    eps_yoy,
    free_cash_flow,
    results_published,
)
