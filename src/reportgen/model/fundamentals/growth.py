"""Delivered growth: like for like or by segment, and what EBITA, EPS and cash flow say of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import concat, each, known, largest, same, sum_known, where
from reportgen.expr.nodes import Unit
from reportgen.model.dims import FUNDAMENTAL, SEGMENT
from reportgen.model.fundamentals.reported import (
    in_price_currency,
    newest,
    newest_both,
    newest_yoy,
    period_end,
    published,
    series,
    yoy,
)
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import segment_id
from reportgen.model.words import line, or_zero, the

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

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
    newest("group/ebita_adjusted", yoy, newest_yoy),
)
eps_yoy = line(
    "growth.eps",
    "EPS, change on a year",
    Unit.CHANGE,
    newest("group/eps_non_gaap_ads", yoy, newest_yoy),
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
