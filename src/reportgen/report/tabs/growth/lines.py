"""The lines of Growth: results by quarter, looked up live; the newest figure of each series."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    by,
    concat,
    count_known,
    count_where,
    each,
    equal,
    given_text,
    known,
    largest,
    percent,
    pick,
    plotted,
    previous,
    same,
    sum_known,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Number, Operand, Unit
from reportgen.model import fundamentals
from reportgen.model.dims import FUNDAMENTAL, SEGMENT
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import reporting_currency, segment_id
from reportgen.model.ranks import above
from reportgen.model.words import case_line, line, or_zero, the

if TYPE_CHECKING:
    from reportgen.model.question import Question


COLUMN = Dim("growth_column")  # one quarter each, oldest first
MOST_QUARTERS = 8


def ask_quarters(question: Question) -> None:
    """Set the members of its dimension."""
    indices = question.given[fundamentals.quarter_index]
    found = [index for index in indices.tolist() if index == index]  # noqa: PLR0124 - NaN
    span = int(max(found) - min(found)) + 1 if found else 1
    question.members.update({COLUMN: tuple(str(k + 1) for k in range(min(span, MOST_QUARTERS)))})


# --- columns beside the table of fundamentals ---
_ROW = "fundamental[{fundamental}]"
in_reporting = line(
    f"{_ROW}.in_reporting_currency",
    "In reporting currency",
    Unit.NUMBER,
    where(
        same(fundamentals.currency, reporting_currency) | ~given_text(fundamentals.currency),
        fundamentals.value,
        fundamentals.in_price_currency * fx,
    ),
)
newest_yoy_of_quarter = line(
    f"{_ROW}.newest_yoy_of_quarter",
    "Newest change of its quarter",
    Unit.FLAG,
    fundamentals.newest_of_its_quarter(fundamentals.has_yoy),
)
known_quarter = line(
    f"{_ROW}.known_quarter",
    "Quarter, if known",
    Unit.COUNT,
    where(
        (or_zero(fundamentals.is_known) > 0) & (fundamentals.quarter > 0), fundamentals.quarter, 0
    ),
)
named_quarter = line(
    f"{_ROW}.named_quarter",
    "Quarter, on its first row",
    Unit.COUNT,
    where(
        count_where(
            FUNDAMENTAL,
            equal(each(known_quarter), known_quarter) * above(fundamentals.row),
        )
        < 1,
        known_quarter,
        0,
    ),
)

# --- the quarters ---
newest_quarter = line(
    "growth.newest_quarter",
    "Newest quarter, counted",
    Unit.COUNT,
    where(largest(known_quarter, FUNDAMENTAL) > 0, largest(known_quarter, FUNDAMENTAL), NA),
)
position = case_line(
    "growth.position[{growth_column}]",
    "Column",
    Unit.COUNT,
    previous("growth.position[{growth_column}]", COLUMN, 0) + 1,
    COLUMN,
)
columns = line("growth.columns", "Quarters shown", Unit.COUNT, largest(position, COLUMN))
quarter = case_line(
    "growth.quarter[{growth_column}]",
    "Fiscal quarter, counted",
    Unit.COUNT,
    newest_quarter - columns + position,
    COLUMN,
)
quarter_row = case_line(
    "growth.quarter[{growth_column}].row",
    "Its first row",
    Unit.COUNT,
    sum_where(FUNDAMENTAL, equal(each(named_quarter), quarter), fundamentals.row),
    COLUMN,
)
quarter_name = case_line(
    "growth.quarter[{growth_column}].name",
    "Quarter",
    Unit.TEXT,
    pick(fundamentals.period, FUNDAMENTAL, quarter_row),
    COLUMN,
)
quarter_end = case_line(
    "growth.quarter[{growth_column}].end",
    "Period end",
    Unit.DATE,
    pick(fundamentals.period_end, FUNDAMENTAL, quarter_row),
    COLUMN,
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
ebita = _quarterly("ebita", "EBITA, adjusted", Unit.REPORTING_M, _value("group/ebita"))
ebita_yoy = _quarterly("ebita_yoy", "on a year before", Unit.CHANGE, _yoy("group/ebita"))
ebita_margin = _quarterly("ebita_margin", "share of revenue", Unit.RATIO, ebita / revenue)
ebitda = _quarterly("ebitda", "EBITDA, adjusted", Unit.REPORTING_M, _value("group/ebitda"))
ebitda_yoy = _quarterly("ebitda_yoy", "on a year before", Unit.CHANGE, _yoy("group/ebitda"))
eps = _quarterly("eps", "EPS, non-GAAP", Unit.NUMBER, _value("group/eps"))
eps_yoy = _quarterly("eps_yoy", "on a year before", Unit.CHANGE, _yoy("group/eps"))
free_cash_flow = _quarterly(
    "free_cash_flow", "Free cash flow", Unit.REPORTING_M, _value("group/free_cash_flow")
)

# --- the segments ---
segment_ebita_series = line(
    "growth.segment[{segment}].ebita_series",
    "EBITA series",
    Unit.TEXT,
    concat(segment_id, "/ebita"),
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
said_ebita = _said("ebita", "EBITA ", ebita_yoy)
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


METRIC = Dim("growth_metric")
METRICS = (
    "revenue",
    "revenue_like_for_like",
    "ebita",
    "ebitda",
    "operating_income",
    "eps",
    "free_cash_flow",
    "net_cash",
    "investments",
    "shares_diluted",
)


def ask_newest(question: Question) -> None:
    """Set the members of its dimension."""
    question.members.update({METRIC: METRICS})


def _newest(key: str, label: str, unit: Unit, expr: Operand) -> Line:
    return case_line(f"growth.newest[{{growth_metric}}].{key}", label, unit, expr, METRIC)


newest_series = _newest(
    "series", "Series", Unit.TEXT, by(METRIC, **{name: f"group/{name}" for name in METRICS})
)


def _newest_row(flag: Line) -> Node:
    return sum_where(
        FUNDAMENTAL, same(each(fundamentals.series), newest_series) * each(flag), fundamentals.row
    )


newest_value_row = _newest(
    "value_row", "Row of the value", Unit.COUNT, _newest_row(fundamentals.newest_value)
)
newest_yoy_row = _newest(
    "yoy_row", "Row of the change", Unit.COUNT, _newest_row(fundamentals.newest_yoy)
)
newest_row = _newest(
    "row",
    "Row",
    Unit.COUNT,
    where(newest_value_row >= 1, newest_value_row, newest_yoy_row),
)
newest_value = _newest(
    "value", "Value", Unit.NUMBER, pick(fundamentals.value, FUNDAMENTAL, newest_value_row)
)
newest_unit = _newest("unit", "Unit", Unit.TEXT, pick(fundamentals.unit, FUNDAMENTAL, newest_row))
newest_yoy = _newest("yoy", "Change", Unit.CHANGE, pick(fundamentals.yoy, FUNDAMENTAL, newest_row))
newest_period = _newest(
    "period", "Period", Unit.TEXT, pick(fundamentals.period, FUNDAMENTAL, newest_row)
)
newest_published = _newest(
    "published", "Published", Unit.DATE, pick(fundamentals.published, FUNDAMENTAL, newest_row)
)
newest_qualifier = _newest(
    "qualifier", "Qualifier", Unit.TEXT, pick(fundamentals.qualifier, FUNDAMENTAL, newest_row)
)
newest_source = _newest(
    "source", "Source", Unit.TEXT, pick(fundamentals.source, FUNDAMENTAL, newest_row)
)
