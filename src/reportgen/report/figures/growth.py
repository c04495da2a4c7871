"""Results by quarter: live look-ups into the table of results, oldest quarter first."""

from __future__ import annotations

from reportgen.expr.functions import (
    concat,
    count_known,
    each,
    equal,
    known,
    percent,
    pick,
    plotted,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import NA, Line, Node, Number, Operand, Unit
from reportgen.model import fundamentals
from reportgen.model.dims import FUNDAMENTAL, SEGMENT
from reportgen.model.inputs.description import segment_id
from reportgen.model.words import case_line, line, the
from reportgen.report.figures.quarters import (
    COLUMN,
    columns,
    in_reporting,
    newest_quarter,
    newest_yoy_of_quarter,
    position,
    quarter,
    quarter_name,
)


def _quarterly(key: str, label: str, unit: Unit, expr: Operand) -> Line:
    return case_line(f"growth.{key}[{{growth_column}}]", label, unit, expr, COLUMN)


def _of(series: Operand, column: Line, flag: Line) -> Node:
    """Return a column of the newest row of a series in each quarter; n/a where there is none."""
    match = (
        same(each(fundamentals.series), series)
        * each(flag)
        * equal(each(fundamentals.quarter), quarter)
    )
    return the(FUNDAMENTAL, match, column)


def _value(series: Operand) -> Node:
    return _of(series, in_reporting, fundamentals.newest_of_quarter)


def _yoy(series: Operand) -> Node:
    return _of(series, fundamentals.yoy, newest_yoy_of_quarter)


# --- the group ---
revenue = _quarterly("revenue", "Revenue", Unit.REPORTING_M, _value("group/revenue"))
revenue_yoy = _quarterly("revenue_yoy", "on a year before", Unit.CHANGE, _yoy("group/revenue"))
like_for_like = _quarterly(
    "revenue_like_for_like",
    "like for like",
    Unit.CHANGE,
    _yoy("group/revenue_like_for_like"),
)
ebita = _quarterly("ebita", "EBITA, adjusted", Unit.REPORTING_M, _value("group/ebita_adjusted"))
ebita_yoy = _quarterly("ebita_yoy", "on a year before", Unit.CHANGE, _yoy("group/ebita_adjusted"))
ebita_margin = _quarterly("ebita_margin", "share of revenue", Unit.RATIO, ebita / revenue)
ebitda = _quarterly("ebitda", "EBITDA, adjusted", Unit.REPORTING_M, _value("group/ebitda_adjusted"))
ebitda_yoy = _quarterly(
    "ebitda_yoy", "on a year before", Unit.CHANGE, _yoy("group/ebitda_adjusted")
)
eps = _quarterly("eps", "EPS, non-GAAP", Unit.NUMBER, _value("group/eps_non_gaap_ads"))
eps_yoy = _quarterly("eps_yoy", "on a year before", Unit.CHANGE, _yoy("group/eps_non_gaap_ads"))
free_cash_flow = _quarterly(
    "free_cash_flow", "Free cash flow", Unit.REPORTING_M, _value("group/free_cash_flow")
)

# --- the segments ---
segment_ebita_series = line(
    "growth.segment[{segment}].ebita_series",
    "EBITA series",
    Unit.TEXT,
    concat(segment_id, "/ebita_adjusted"),
)


def _segmented(key: str, label: str, unit: Unit, expr: Operand) -> Line:
    key = f"growth.segment[{{segment}}].{key}[{{growth_column}}]"
    return case_line(key, label, unit, expr, SEGMENT, COLUMN)


segment_revenue = _segmented(
    "revenue", "Revenue", Unit.REPORTING_M, _value(fundamentals.segment_series)
)
segment_yoy = _segmented(
    "revenue_yoy", "Revenue growth", Unit.CHANGE, _yoy(fundamentals.segment_series)
)
segment_ebita = _segmented("ebita", "EBITA", Unit.REPORTING_M, _value(segment_ebita_series))

# --- what charts draw: a gap where a value is n/a ---
drawn_like_for_like = _quarterly(
    "plot.revenue_like_for_like", "Like for like", Unit.CHANGE, plotted(like_for_like)
)
drawn_revenue_yoy = _quarterly(
    "plot.revenue_yoy", "Revenue on a year before", Unit.CHANGE, plotted(revenue_yoy)
)
baseline = _quarterly("plot.baseline", "Zero, so that columns start there", Unit.COUNT, 0)
drawn_segment_yoy = _segmented(
    "plot.revenue_yoy", "Revenue growth", Unit.CHANGE, plotted(segment_yoy)
)


# --- four quarters, for multiples ---
def _recent(key: str, label: str, of: Line) -> Line:
    return _quarterly(
        f"{key}.recent", label, Unit.REPORTING_M, where(position > columns - Number(2) * 2, of, NA)
    )


def _four_quarters(key: str, label: str, recent: Line) -> Line:
    """Return the sum of a figure's newest four quarters; n/a where one is missing."""
    enough = count_known(recent, COLUMN) >= Number(2) * 2
    found = where(enough, sum_known(recent, COLUMN), NA)
    return line(f"growth.{key}.four_quarters", label, Unit.REPORTING_M, found)


revenue_recent = _recent("revenue", "Revenue, one of the newest four", revenue)
ebita_recent = _recent("ebita", "EBITA, one of the newest four", ebita)
revenue_year = _four_quarters("revenue", "Revenue, newest four quarters", revenue_recent)
ebita_year = _four_quarters("ebita", "EBITA, newest four quarters", ebita_recent)


# --- in one sentence ---
def _said(key: str, words: str, of: Line) -> Line:
    """Return what the newest quarter says of one figure."""
    told = concat(words, percent(pick(of, COLUMN, columns), 1))
    return line(f"growth.said.{key}", f"Said of {words.strip()}", Unit.TEXT, told)


said_revenue = _said("revenue", "revenue ", revenue_yoy)
said_like_for_like = _said("like_for_like", "like for like ", like_for_like)
said_ebita = _said("ebita", "adjusted EBITA ", ebita_yoy)
said_eps = _said("eps", "EPS ", eps_yoy)
newest_name = line(
    "growth.newest_quarter.name", "Newest quarter", Unit.TEXT, pick(quarter_name, COLUMN, columns)
)
headline = line(
    "growth.headline",
    "What the newest quarter says",
    Unit.TEXT,
    where(
        known(newest_quarter),
        concat(
            newest_name,
            " on a year before: ",
            said_revenue,
            ", ",
            said_like_for_like,
            ", ",
            said_ebita,
            ", ",
            said_eps,
        ),
        "No quarterly results are known",
    ),
)
