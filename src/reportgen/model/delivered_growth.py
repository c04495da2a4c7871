"""Delivered growth: of revenue, of earnings, and what EBITA, EPS and cash flow say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    each,
    either,
    known,
    largest,
    pick,
    same,
    sum_known,
    sum_where,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model.dims import FUNDAMENTAL, SEGMENT
from reportgen.model.fundamentals import (
    ROW,
    end,
    in_price_currency,
    length,
    newest,
    newest_yoy,
    period_end,
    row,
    series,
    yoy,
)
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import segment_id
from reportgen.model.ranks import above, below, first, larger, place_in_order
from reportgen.model.twelve_months import (
    EPS,
    FREE_CASH_FLOW,
    REVENUE,
    SAME_PERIOD,
    counts,
    counts_for_yoy,
    growth,
    of_flow,
    period_slot,
    period_yoy,
)
from reportgen.model.words import line, lines_in, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

_ALIKE = same(each(series), series)
end_and_length = line(
    f"{ROW}.end_and_length",
    "Period end, then shortness, as one number",
    Unit.COUNT,
    1000 * end - length,
)
place_by_length = place_in_order(  # of those that end together the shortest
    f"{ROW}.place_by_length",
    "Later or shorter rows: by period end, length, row",
    FUNDAMENTAL,
    larger(end_and_length, below(row)),
)
has_change = line(
    f"{ROW}.has_change",
    "Newest of its period, with a change",
    Unit.FLAG,
    where(known(period_yoy) & ((counts > 0) | (counts_for_yoy > 0)), 1, 0),
)
change_key = line(
    f"{ROW}.change_key",
    "Series, length and end of a period, where its change counts",
    Unit.TEXT,
    where(
        first(FUNDAMENTAL, has_change > 0, SAME_PERIOD * each(has_change) * below(row)) > 0,
        period_slot,
        "",
    ),
)
newest_change = line(
    f"{ROW}.newest_change",
    "Newest change, stated or computed",
    Unit.FLAG,
    first(FUNDAMENTAL, has_change > 0, _ALIKE * each(has_change) * above(place_by_length)),
)
has_both = line(
    f"{ROW}.has_both",
    "Has a figure and its change",
    Unit.FLAG,
    where(known(period_yoy) & known(in_price_currency) & (counts > 0), 1, 0),
)
newest_both = line(
    f"{ROW}.newest_both",
    "Newest with both",
    Unit.FLAG,
    first(FUNDAMENTAL, has_both > 0, _ALIKE * each(has_both) * above(place_by_length)),
)

# --- of revenue: like for like, else by segment, else the twelve months of the group ---
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
    newest("group/revenue_like_for_like", end, newest_yoy),
)
segment_series = line(
    "segment[{segment}].series", "Revenue series", Unit.TEXT, concat(segment_id, "/revenue")
)


segment_row = line(
    "segment[{segment}].row",
    "Row of its newest period",
    Unit.COUNT,
    sum_where(FUNDAMENTAL, same(each(series), segment_series) * each(newest_both), row),
)


def _of_segment(column: Line) -> Node:
    return pick(column, FUNDAMENTAL, segment_row)


segment_revenue = line(
    "segment[{segment}].revenue",
    "Revenue, newest period",
    Unit.REPORTING_M,
    _of_segment(in_price_currency) * fx,
)
segment_yoy = line(
    "segment[{segment}].yoy", "Growth, newest period", Unit.CHANGE, _of_segment(period_yoy)
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
    "growth.segments_end", "Newest segment period", Unit.DATE, largest(segment_end, SEGMENT)
)
segments_growth = line(
    "growth.segments",
    "Growth of the segments' revenue",
    Unit.CHANGE,
    sum_known(segment_revenue, SEGMENT) / sum_known(segment_before, SEGMENT) - 1,
)
like_for_like_counts = line(
    "growth.like_for_like_counts",
    "Like for like counts",
    Unit.FLAG,
    where(known(like_for_like) & (or_zero(like_for_like_end) >= or_zero(segments_end)), 1, 0),
    note="unless a segment's period is newer",
)
g_delivered_revenue = line(
    "priced_in.g_delivered_revenue",
    "Delivered growth of revenue",
    Unit.CHANGE,
    where(
        like_for_like_counts > 0,
        like_for_like,
        either(segments_growth, of_flow(REVENUE, growth)),
    ),
)

# --- of earnings, which is nearest to the cash flow that the price is set against ---
g_delivered_earnings = line(
    "priced_in.g_delivered_earnings",
    "Delivered growth of earnings",
    Unit.CHANGE,
    of_flow(EPS, growth),
)
g_delivered = line("priced_in.g_delivered", "Delivered growth", Unit.CHANGE, g_delivered_earnings)
ebita_yoy = line(
    "growth.ebita",
    "EBITA, change on a year",
    Unit.CHANGE,
    newest("group/ebita", period_yoy, newest_change),
)
eps_yoy = line(
    "growth.eps",
    "EPS, change on a year",
    Unit.CHANGE,
    newest("group/eps", period_yoy, newest_change),
)
free_cash_flow = line(
    "free_cash_flow",
    "Free cash flow, twelve months",
    Unit.REPORTING_M,
    of_flow(FREE_CASH_FLOW) * fx,
)

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(change_key, g_delivered_revenue, ebita_yoy, eps_yoy, free_cash_flow)
