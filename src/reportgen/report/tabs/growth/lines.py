"""The lines of Growth: results by period, looked up live; the newest figure of each series.

A period is as long as those that the group reports most: a quarter, a half or a year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    equal,
    given_text,
    known,
    largest,
    minimum,
    percent,
    pick,
    plotted,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Dim, Line, Node, Operand, Unit
from reportgen.model import fundamentals
from reportgen.model.delivered_growth import change_key, newest_change, segment_series
from reportgen.model.dims import CYCLE, FUNDAMENTAL, SEGMENT
from reportgen.model.fundamentals import ends, length
from reportgen.model.inputs.conversion import fx
from reportgen.model.inputs.description import (
    EBITA_NAME,
    EPS_NAME,
    reporting_currency,
    segment_id,
)
from reportgen.model.keys import escaped
from reportgen.model.ranks import above, first, larger
from reportgen.model.twelve_months import (
    cycle_length,
    cycle_months,
    cycle_row,
    is_rolled,
    period_key,
    period_yoy,
)
from reportgen.model.words import case_line, counted, given, line, or_zero, the

if TYPE_CHECKING:
    from reportgen.model.question import Question


COLUMN = Dim("growth_column")  # one period each, oldest first
MOST_PERIODS = 8


def ask_periods(question: Question) -> None:
    """Set as many columns as there are periods of the company's usual length, within reason."""
    given = question.given
    months, ends = given[fundamentals.months], given[fundamentals.month_index]
    lengths = months[(months > 0) & (given[fundamentals.segment] == "group")].tolist()
    usual = max(sorted(set(lengths)), key=lengths.count, default=0.0)
    found = ends[months == usual] if usual else ends[:0]
    span = int((found.max() - found.min()) / usual) + 1 if found.size else 1
    question.members.update({COLUMN: tuple(str(k + 1) for k in range(min(span, MOST_PERIODS)))})


# --- columns beside the table of fundamentals ---
_ROW = "fundamental[{fundamental}]"
in_reporting = line(
    f"{_ROW}.in_reporting_currency",
    "In reporting currency",
    Unit.NUMBER,
    fundamentals.RESULTS.spare_or(
        where(fundamentals.in_money > 0, fundamentals.in_price_currency * fx, fundamentals.value),
        where(
            same(fundamentals.currency, reporting_currency) | ~given_text(fundamentals.currency),
            fundamentals.value,
            fundamentals.in_price_currency * fx,
        ),
    ),
)
# --- the usual length of a period: quarters, halves or years, whichever the group reports most ---
reported = line(
    "cycle[{cycle}].reported",
    "Figures of the group",
    Unit.COUNT,
    where(
        is_rolled > 0,
        0,
        count_where(
            FUNDAMENTAL,
            equal(each(length), cycle_length)
            * same(each(fundamentals.segment), "group")
            * each(fundamentals.is_known),
        ),
    ),
)
reported_known = line(
    "cycle[{cycle}].reported_known", "The same, 0 if n/a", Unit.COUNT, or_zero(reported)
)
is_usual = line(
    "cycle[{cycle}].usual",
    "Usual",
    Unit.FLAG,
    first(CYCLE, reported_known > 0, larger(reported_known, above(cycle_row))),
)
usual_months = line(
    "growth.months", "Months of a period", Unit.COUNT, the(CYCLE, each(is_usual) * 1, cycle_months)
)
known_end = line(
    f"{_ROW}.known_end",
    "Ends with month, if known and of the usual length",
    Unit.COUNT,
    where((or_zero(fundamentals.is_known) > 0) & equal(length, or_zero(usual_months)), ends, 0),
)
named_end = line(
    f"{_ROW}.named_end",
    "The same, on its first row",
    Unit.COUNT,
    where(
        count_where(FUNDAMENTAL, equal(each(known_end), known_end) * above(fundamentals.row)) < 1,
        known_end,
        0,
    ),
)

# --- the periods ---
newest_end = line(
    "growth.newest_end",
    "Newest period, its last month counted",
    Unit.COUNT,
    where(largest(known_end, FUNDAMENTAL) > 0, largest(known_end, FUNDAMENTAL), NA),
)
position = counted("growth.position[{growth_column}]", "Column", COLUMN)
columns = line("growth.columns", "Periods shown", Unit.COUNT, largest(position, COLUMN))
period_ends = case_line(
    "growth.period[{growth_column}].ends",
    "Last month, counted",
    Unit.COUNT,
    newest_end - (columns - position) * usual_months,
    COLUMN,
)
period_row = case_line(
    "growth.period[{growth_column}].row",
    "Its first row",
    Unit.COUNT,
    sum_where(FUNDAMENTAL, equal(each(named_end), or_zero(period_ends)), fundamentals.row),
    COLUMN,
)
period_name = case_line(
    "growth.period[{growth_column}].name",
    "Period",
    Unit.TEXT,
    pick(fundamentals.period, FUNDAMENTAL, period_row),
    COLUMN,
)
period_end = case_line(
    "growth.period[{growth_column}].end",
    "Period end",
    Unit.DATE,
    pick(fundamentals.period_end, FUNDAMENTAL, period_row),
    COLUMN,
)


def _by_period(key: str, label: str, unit: Unit, expr: Operand) -> Line:
    return case_line(f"growth.{key}[{{growth_column}}]", label, unit, expr, COLUMN)


period_suffix = case_line(
    "growth.period[{growth_column}].suffix",
    "End of the key of a period",
    Unit.TEXT,
    concat("|", usual_months, "|", period_ends),
    COLUMN,
)


def _row(name: str, series: Operand, keys: Line, *dims: Dim) -> Line:
    """Return the row of a series in each period, 0 where there is none."""
    wanted = concat(series, period_suffix)
    return case_line(
        f"growth.{name}_row",
        "Row",
        Unit.COUNT,
        sum_where(FUNDAMENTAL, same(each(keys), wanted), fundamentals.row),
        *dims,
        COLUMN,
    )


def _value(name: str) -> Node:
    row = _row(f"{name}[{{growth_column}}].value", f"group/{name}", period_key)
    return pick(in_reporting, FUNDAMENTAL, row)


def _yoy(name: str) -> Node:
    row = _row(f"{name}[{{growth_column}}].yoy", f"group/{name}", change_key)
    return pick(period_yoy, FUNDAMENTAL, row)


# --- the group ---
revenue = _by_period("revenue", "Revenue", Unit.REPORTING_M, _value("revenue"))
revenue_yoy = _by_period("revenue_yoy", "Revenue on a year before", Unit.CHANGE, _yoy("revenue"))
like_for_like = _by_period(
    "revenue_like_for_like",
    "like for like",
    Unit.CHANGE,
    _yoy("revenue_like_for_like"),
)
ebita = _by_period("ebita", "EBITA", Unit.REPORTING_M, _value("ebita"))
ebita_yoy = _by_period("ebita_yoy", "EBITA on a year before", Unit.CHANGE, _yoy("ebita"))
ebita_margin = _by_period("ebita_margin", "share of revenue", Unit.RATIO, ebita / revenue)
ebitda = _by_period("ebitda", "EBITDA", Unit.REPORTING_M, _value("ebitda"))
ebitda_yoy = _by_period("ebitda_yoy", "EBITDA on a year before", Unit.CHANGE, _yoy("ebitda"))
eps = _by_period("eps", "EPS", Unit.NUMBER, _value("eps"))
eps_yoy = _by_period("eps_yoy", "EPS on a year before", Unit.CHANGE, _yoy("eps"))
free_cash_flow = _by_period(
    "free_cash_flow", "Free cash flow", Unit.REPORTING_M, _value("free_cash_flow")
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


def _of_segment(name: str, series: Line, keys: Line, column: Line) -> Node:
    key = f"segment[{{segment}}].{name}[{{growth_column}}]"
    return pick(column, FUNDAMENTAL, _row(key, series, keys, SEGMENT))


segment_revenue = _segmented(
    "revenue",
    "Revenue",
    Unit.REPORTING_M,
    _of_segment("revenue", segment_series, period_key, in_reporting),
)
segment_yoy = _segmented(
    "revenue_yoy",
    "Revenue growth",
    Unit.CHANGE,
    _of_segment("revenue_yoy", segment_series, change_key, period_yoy),
)
segment_ebita = _segmented(
    "ebita",
    "EBITA",
    Unit.REPORTING_M,
    _of_segment("ebita", segment_ebita_series, period_key, in_reporting),
)

# --- what charts draw: a gap where a value is n/a ---
drawn_like_for_like = _by_period(
    "plot.revenue_like_for_like", "Like for like", Unit.CHANGE, plotted(like_for_like)
)
drawn_revenue_yoy = _by_period(
    "plot.revenue_yoy", "Revenue on a year before", Unit.CHANGE, plotted(revenue_yoy)
)
baseline = _by_period(
    "plot.baseline",
    "Never above zero, so that columns start there",
    Unit.COUNT,
    minimum(0, or_zero(position)),
)
drawn_segment_yoy = _segmented(
    "plot.revenue_yoy", "Revenue growth", Unit.CHANGE, plotted(segment_yoy)
)


# --- in one sentence ---
def _said(key: str, words: Operand, of: Line) -> Line:
    """Return what the newest period says of one figure."""
    name = key.replace("_", " ")
    newest = line(
        f"growth.newest_period.{key}",
        f"Change of {name} in the newest period",
        Unit.CHANGE,
        pick(of, COLUMN, columns),
    )
    told = concat(words, percent(newest, 1))
    return line(f"growth.said.{key}", f"Said of {name}", Unit.TEXT, told)


said_revenue = _said("revenue", "revenue ", revenue_yoy)
said_like_for_like = _said("like_for_like", "like for like ", like_for_like)
said_ebita = _said("ebita", concat(EBITA_NAME, " "), ebita_yoy)
said_eps = _said("eps", concat(EPS_NAME, " "), eps_yoy)
newest_name = line(
    "growth.newest_period.name", "Newest period", Unit.TEXT, pick(period_name, COLUMN, columns)
)
headline = line(
    "growth.headline",
    "What the newest period says",
    Unit.TEXT,
    where(
        known(newest_end),
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
        "No results of a period are known",
    ),
)


METRIC = Dim("growth_metric")
FIRST = (  # in this order, then every other metric of the group by name
    "revenue",
    "revenue_like_for_like",
    "ebita",
    "ebitda",
    "operating_income",
    "eps",
    "free_cash_flow",
    "net_cash",
    "investments",
    "book_value",
    "shares_diluted",
)


def ask_newest(question: Question) -> None:
    """Add every metric that the pack knows of the group."""
    given = question.given
    told = given[fundamentals.metric][given[fundamentals.segment] == "group"].tolist()
    found = sorted(set(told), key=lambda name: (FIRST.index(name) if name in FIRST else 99, name))
    question.dimension(METRIC, map(escaped, found))
    question.give(newest_metric, found)


newest_metric = given("growth.newest[{growth_metric}].metric", "Metric", Unit.TEXT, METRIC)


def _newest(key: str, label: str, unit: Unit, expr: Operand) -> Line:
    return case_line(f"growth.newest[{{growth_metric}}].{key}", label, unit, expr, METRIC)


newest_series = _newest("series", "Series", Unit.TEXT, concat("group/", newest_metric))


def _newest_row(flag: Line) -> Node:
    return sum_where(
        FUNDAMENTAL, same(each(fundamentals.series), newest_series) * each(flag), fundamentals.row
    )


newest_value_row = _newest(
    "value_row", "Row of the value", Unit.COUNT, _newest_row(fundamentals.newest_value)
)
newest_yoy_row = _newest("yoy_row", "Row of the change", Unit.COUNT, _newest_row(newest_change))
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
newest_yoy = _newest("yoy", "Change", Unit.CHANGE, pick(period_yoy, FUNDAMENTAL, newest_row))
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
