"""Growth: results by quarter with charts, the newest of each series, the table behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model import fundamentals as f
from reportgen.model.dims import FUNDAMENTAL, SEGMENT
from reportgen.model.inputs import segment_name
from reportgen.report.assemble import footer
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures import growth as figures
from reportgen.report.tables import HEADER_ROWS, Column, days_only, mute, numbers_only, table
from reportgen.report.tabs.growth_charts import CHART_ROWS, growth_charts
from reportgen.xlsx.book import Columns, Page
from reportgen.xlsx.places import Area, a1

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

CODE = "input_code"
QUARTERS_COL, LAST_COL, HELPER_COL = 2, 14, 16
WIDTHS = (24, 18, 13, 13, 13, 13, 13, 13, 13, 13, 13, 10, 12, 20, 44, 3)
GROUP_ROWS = (  # total lines first, what belongs to them indented below
    (figures.revenue, figures.revenue_yoy, figures.like_for_like),
    (figures.ebita, figures.ebita_yoy, figures.ebita_margin),
    (figures.ebitda, figures.ebitda_yoy),
    (figures.eps, figures.eps_yoy),
    (figures.free_cash_flow,),
)
DRAWN = {
    figures.like_for_like: figures.drawn_like_for_like,
    figures.revenue_yoy: figures.drawn_revenue_yoy,
    figures.ebita_margin: figures.drawn_margin,
}


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: the quarters, charts, the newest figures, the table below all."""
    tab.text(0, 0, tab.name, "title")
    tab.put(figures.headline, 1, 0, look="subtitle")
    row = _segments(tab, context, _group(tab, context, 3))
    row = growth_charts(tab, context, row + 1) + 2
    row = _newest(tab, context, row + 1)
    last = _table(tab, context, row + 1)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(HELPER_COL, HELPER_COL + 30, 12))
    tab.freeze = (1, 1)
    tab.page = Page(
        area=Area(0, 0, last, LAST_COL),
        repeat_rows=(0, 0),
        footer=footer(context),
        breaks=(row + 1,),
    )


def _group(tab: Tab, context: Context, row: int) -> int:
    """Lay out the group's results by quarter; return the row after them."""
    caption = f"oldest left; money in {context.reporting_currency} at the as-of rate"
    section(tab, row, LAST_COL, {0: "Results by quarter", 10: caption})
    across = (figures.COLUMN,)
    for number, line in enumerate((figures.quarter_name, figures.quarter_end), start=1):
        tab.text(row + number, 0, line.label, "label_strong" if number == 1 else "label")
        look = "quarter" if number == 1 else "quarter_end"
        tab.put(line, row + number, QUARTERS_COL, across=across, look=look)
    for number, line in enumerate(
        (figures.position, figures.quarter, figures.quarter_row), start=0
    ):
        tab.text(row + number, HELPER_COL - 1, "", "note")
        tab.put(line, row + number, HELPER_COL, across=across, look="helper")
    row += 3
    for block in GROUP_ROWS:
        for line in block:
            _quarters(tab, context, row, line, is_total=line is block[0])
            row += 1
    return row


def _quarters(tab: Tab, context: Context, row: int, line: Line, *, is_total: bool) -> None:
    """Lay out one figure across the quarters, and beside the print area what its chart draws."""
    tab.text(row, 0, line.label, "label_strong" if is_total else "label_indent")
    tab.text(row, 1, _unit(line, context), "unit")
    tab.put(line, row, QUARTERS_COL, across=(figures.COLUMN,))
    if line in DRAWN:
        tab.put(DRAWN[line], row, HELPER_COL, across=(figures.COLUMN,), look="helper")


def _unit(line: Line, context: Context) -> str:
    if line is figures.eps:
        return f"{context.reporting_currency} / share"
    return unit_name(line.unit, context)


def _segments(tab: Tab, context: Context, row: int) -> int:
    """Lay out revenue, its growth and EBITA of each segment; return the row after them."""
    for number, line in enumerate(
        (figures.segment_yoy, figures.segment_revenue, figures.segment_ebita)
    ):
        tab.text(row, 0, f"{line.label} by segment", "label_strong")
        tab.text(row, 1, unit_name(line.unit, context), "unit")
        down, across = (SEGMENT,), (figures.COLUMN,)
        tab.show(segment_name, row + 1, 0, down=down, look="label_indent")
        tab.put(line, row + 1, QUARTERS_COL, down=down, across=across)
        if number == 0:
            tab.put(
                figures.drawn_segment_yoy,
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
    section(tab, row, LAST_COL, {0: "Newest figure of the group, whatever its period"})
    columns = (
        Column(figures.newest_series),
        Column(figures.newest_period),
        Column(figures.newest_value, unit="as stated"),
        Column(figures.newest_unit, look="code"),
        Column(figures.newest_yoy, unit="on a year"),
        Column(figures.newest_qualifier, look="code"),
        Column(figures.newest_published),
        Column(figures.newest_source),
    )
    table(tab, context, row + 1, 0, figures.METRIC, columns)
    rows = (figures.newest_value_row, figures.newest_yoy_row, figures.newest_row)
    table(tab, context, row + 1, HELPER_COL, figures.METRIC, [Column(line) for line in rows])
    return row + 1 + HEADER_ROWS + tab.size(figures.METRIC)


def _table(tab: Tab, context: Context, row: int) -> int:
    """Lay out every known figure with the flags that the look-ups read; return its last row."""
    section(tab, row, LAST_COL, {0: "Every figure known", 5: "money in millions of its currency"})
    columns = (
        Column(f.metric),
        Column(f.segment),
        Column(f.period, look=CODE),
        Column(f.period_end),
        Column(f.unit, look=CODE),
        Column(f.value, unit="as stated"),
        Column(f.yoy, "Change on a year", "% change"),
        Column(f.qualifier, unit="= ~ > <", look=CODE),
        Column(f.published),
        Column(f.source),
        Column(f.note),
    )
    table(tab, context, row + 1, 0, FUNDAMENTAL, columns)
    tab.text(row, HELPER_COL, "What the look-ups read", "note")
    table(tab, context, row + 1, HELPER_COL, FUNDAMENTAL, [Column(of) for of in _helpers(tab)])
    numbers_only(tab, f.value, f.yoy, what="A figure in the unit beside it; a change as a ratio")
    days_only(tab, f.period_end, f.published)
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(FUNDAMENTAL) - 1
    is_known = int(tab.places.lines[f.is_known].cols.min())
    mute(tab, Area(first, 0, last, LAST_COL), f"=${a1(first, is_known)}=0")
    return last


def _helpers(tab: Tab) -> list[Line]:
    """Return every other line along the rows of the table, known ones first."""
    along = [
        line
        for module in (f, figures)
        for line in vars(module).values()
        if getattr(line, "dims", None) == (FUNDAMENTAL,) and line not in tab.places.lines
    ]
    return sorted(dict.fromkeys(along), key=lambda line: line.unit is not Unit.FLAG)
