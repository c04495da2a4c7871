"""Growth: results by period with charts, the newest of each series, the table behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.expr.order import in_order
from reportgen.model import delivered_growth, fundamentals, twelve_months
from reportgen.model.dims import CYCLE, FUNDAMENTAL, SEGMENT
from reportgen.model.inputs.description import segment_name
from reportgen.report import optional
from reportgen.report.blocks import by_unit, footer, section, unit_name
from reportgen.report.tables import HEADER_ROWS, Column, days_only, mute, numbers_only, table
from reportgen.report.tabs.growth import LINES, estimates, lines
from reportgen.report.tabs.growth.charts import growth_charts
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


CODE = "input_code"
TOP = 3
NOTE = "oldest left; n/a: not among the figures below"
PERIODS_COL, CHART_COL, LAST_COL, HELPER_COL = 2, 10, 14, 16
WIDTHS = (27, 17, 13, 13, 13, 13, 13, 13, 13, 13, 13, 12, 10, 20, 50, 3)
GROUP_ROWS: dict[tuple[str, ...], tuple[Line, ...]] = {  # by metric; totals first
    ("revenue", "revenue_like_for_like"): (lines.revenue, lines.revenue_yoy, lines.like_for_like),
    ("ebita",): (lines.ebita, lines.ebita_yoy, lines.ebita_margin),
    ("ebitda",): (lines.ebitda, lines.ebitda_yoy),
    ("eps",): (lines.eps, lines.eps_yoy),
    ("free_cash_flow",): (lines.free_cash_flow,),
}
PHRASES = (
    lines.newest_name,
    lines.said_revenue,
    lines.said_like_for_like,
    lines.said_ebita,
    lines.said_eps,
)
DRAWN = {
    lines.like_for_like: lines.drawn_like_for_like,
    lines.revenue_yoy: lines.drawn_revenue_yoy,
}


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: periods and newest figures, charts beside them, the table below all."""
    tab.text(0, 0, tab.name, "title")
    tab.put(lines.headline, 1, 0, look="subtitle")
    for col, phrase in enumerate(PHRASES, start=HELPER_COL):
        tab.put(phrase, 1, col, look="helper")
    row = TOP
    for at, line in enumerate((lines.reported, lines.reported_known, lines.is_usual), start=row):
        tab.put(line, at, HELPER_COL + lines.MOST_PERIODS, across=(CYCLE,), look="helper")
    if context.pack.rows.fundamentals:
        row = _segments(tab, context, _group(tab, context, row))
        row = _newest(tab, context, row + 1)
    estimates_row = row + 1
    if estimates.shown(context.pack):
        row = _estimates(tab, context, estimates_row)
    row = max(row, growth_charts(tab, context, TOP, CHART_COL)) + 2
    _table(tab, context, row)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(HELPER_COL, HELPER_COL + 30, 12))
    tab.freeze = (1, 1)
    tab.page = Page(
        area=Area(0, 0, row - 2, LAST_COL),  # what is typed below is longer than a page
        footer=footer(context),
    )


def _group(tab: Tab, context: Context, row: int) -> int:
    """Lay out the group's results by period; return the row after them."""
    section(tab, row, CHART_COL - 1, {0: "Results by period", 2: NOTE})
    across = (lines.COLUMN,)
    for number, line in enumerate((lines.period_name, lines.period_end), start=1):
        tab.text(row + number, 0, line.label, "label_strong" if number == 1 else "label")
        look = "quarter" if number == 1 else "quarter_end"
        tab.put(line, row + number, PERIODS_COL, across=across, look=look)
    found = (lines.position, lines.period_ends, lines.period_row, lines.baseline)
    for number, line in enumerate(found):
        tab.put(line, row + number, HELPER_COL, across=across, look="helper")
    row += 3
    for metrics, block in GROUP_ROWS.items():
        if not optional.reported(context, *metrics):
            continue
        for line in block:
            _periods(tab, context, row, line, is_total=line is block[0])
            row += 1
    return row


def _periods(tab: Tab, context: Context, row: int, line: Line, *, is_total: bool) -> None:
    """Lay out one figure across the periods, and beside the print area what its chart draws."""
    tab.text(row, 0, context.named(line.label), "label_strong" if is_total else "label_indent")
    tab.text(row, 1, _unit(line, context), "unit")
    tab.put(line, row, PERIODS_COL, across=(lines.COLUMN,))
    if line in DRAWN:
        tab.put(DRAWN[line], row, HELPER_COL, across=(lines.COLUMN,), look="helper")


def _unit(line: Line, context: Context) -> str:
    if line is lines.eps:
        return f"{context.reporting_currency} / share"
    return unit_name(line.unit, context)


def _segments(tab: Tab, context: Context, row: int) -> int:
    """Lay out revenue, its growth and EBITA of each segment; return the row after them."""
    for line, metric in (
        (lines.segment_yoy, "revenue"),
        (lines.segment_revenue, "revenue"),
        (lines.segment_ebita, "ebita"),
    ):
        if not optional.reported_by_segment(context, metric):
            continue
        tab.text(row, 0, context.named(f"{line.label} by segment"), "label_strong")
        tab.text(row, 1, unit_name(line.unit, context), "unit")
        down, across = (SEGMENT,), (lines.COLUMN,)
        tab.show(segment_name, row + 1, 0, down=down, look="label_indent")
        tab.put(line, row + 1, PERIODS_COL, down=down, across=across)
        if line is lines.segment_yoy:
            tab.put(
                lines.drawn_segment_yoy,
                row + 1,
                HELPER_COL,
                down=down,
                across=across,
                look="helper",
            )
        row += 1 + tab.size(SEGMENT)
    return row


def _newest(tab: Tab, context: Context, row: int) -> int:
    """Lay out the newest figure of each series of the group; return the row after them."""
    section(tab, row, CHART_COL - 1, {0: "Newest figure of the group, whatever its period"})
    columns = (
        Column(lines.newest_series),
        Column(lines.newest_period),
        Column(lines.newest_value, unit="as stated"),
        Column(lines.newest_unit, look="code"),
        Column(lines.newest_yoy, unit="on a year"),
        Column(lines.newest_published),
        Column(lines.newest_qualifier, look="code"),
        Column(lines.newest_source),
    )
    table(tab, context, (row + 1, 0), lines.METRIC, columns)
    first = row + 1 + HEADER_ROWS
    figures_col, unit_col = 2, 3
    last = first + tab.size(lines.METRIC) - 1
    by_unit(tab, context, (Area(first, figures_col, last, figures_col),), unit_col)
    rows = (
        lines.newest_value_row,
        lines.newest_yoy_row,
        lines.newest_row,
    )
    table(tab, context, (row + 1, HELPER_COL), lines.METRIC, [Column(line) for line in rows])
    return row + 1 + HEADER_ROWS + tab.size(lines.METRIC)


def _estimates(tab: Tab, context: Context, row: int) -> int:
    """Lay out every estimate of a fiscal year beside our own figure; return the row after them."""
    title = {0: "Consensus by fiscal year, beside ours", 5: "shown, not read by the method"}
    section(tab, row, CHART_COL - 1, title)
    money = f"{context.price_currency}; m of it"
    columns = (
        Column(estimates.metric),
        Column(estimates.unit, look="code"),
        Column(estimates.value, unit="as stated"),
        Column(estimates.in_price_currency, unit=money),
        Column(estimates.ours, unit=money),
        Column(estimates.apart, unit="estimate / ours"),
        Column(estimates.ours_is, unit="", look="label_indent"),
        Column(estimates.published),
        Column(estimates.newest, unit="yes / no"),
        Column(estimates.source),
    )
    table(tab, context, (row + 1, 0), estimates.YEARLY, columns)
    placed = tab.places.lines
    helpers = [
        line for line in context.lines if line.dims == (estimates.YEARLY,) and line not in placed
    ]
    table(tab, context, (row + 1, HELPER_COL), estimates.YEARLY, [Column(of) for of in helpers])
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(estimates.YEARLY) - 1
    newest = int(placed[estimates.newest].cols.min())
    mute(tab, Area(first, 0, last, CHART_COL - 1), f"=${a1(first, newest)}=0")
    return last + 1


def _table(tab: Tab, context: Context, row: int) -> int:
    """Lay out every known figure with the flags that the look-ups read; return its last row."""
    section(
        tab,
        row,
        LAST_COL,
        {0: f"{tab.name}: every figure known", 5: "money in millions of its currency"},
    )
    columns = (
        Column(fundamentals.metric),
        Column(fundamentals.segment),
        Column(fundamentals.period, look=CODE),
        Column(fundamentals.period_end),
        Column(fundamentals.unit, look=CODE),
        Column(fundamentals.value, unit="as stated"),
        Column(fundamentals.yoy, "Change on a year", "% change"),
        Column(fundamentals.published),
        Column(fundamentals.qualifier, unit="= ~ > <", look=CODE),
        Column(fundamentals.source),
        Column(fundamentals.note, look="input_wrap"),
    )
    table(tab, context, (row + 1, 0), FUNDAMENTAL, columns)
    tab.text(row, HELPER_COL, "What the look-ups read", "note")
    table(tab, context, (row + 1, HELPER_COL), FUNDAMENTAL, [Column(of) for of in _helpers(tab)])
    numbers_only(
        tab,
        fundamentals.value,
        fundamentals.yoy,
        what="A figure in the unit beside it; a change as a ratio",
    )
    days_only(tab, fundamentals.period_end, fundamentals.published)
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(FUNDAMENTAL) - 1
    is_known = int(tab.places.lines[fundamentals.is_known].cols.min())
    mute(tab, Area(first, 0, last, LAST_COL), f"=${a1(first, is_known)}=0")
    return last


_HELPERS = tuple(
    of
    for of in in_order((*fundamentals.LINES, *twelve_months.LINES, *delivered_growth.LINES, *LINES))
    if of.dims == (FUNDAMENTAL,)
)


def _helpers(tab: Tab) -> list[Line]:
    """Return every other line along the rows of the table, flags first."""
    along = (of for of in _HELPERS if of not in tab.places.lines)
    return sorted(along, key=lambda of: of.unit is not Unit.FLAG)
