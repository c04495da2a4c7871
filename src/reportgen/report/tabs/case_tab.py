"""One case each for Bull, Base and Bear: views of the one engine, never copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import arguments, valuation
from reportgen.model.dims import SCENARIO, SEGMENT
from reportgen.model.fundamentals import ads_diluted, eps_reference, net_cash
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.market import price
from reportgen.model.priced_in import g_needed
from reportgen.report.assemble import footer
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures.case_words import must_be_true
from reportgen.report.figures.segment_metric import metric_words
from reportgen.report.tables import HEADER_HEIGHT
from reportgen.report.tabs.case_arguments import lay_out_arguments
from reportgen.report.tabs.case_drivers import lay_out_drivers, lay_out_way_from_price
from reportgen.report.tabs.case_grid import LABEL, LAST_COL, MONEY, RIGHT, WIDTHS
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_PAGE_ROWS = 46
SIDES = {"bull": arguments.bull, "bear": arguments.bear}


def build_case(tab: Tab, context: Context, scenario: str) -> None:
    """Lay out the tab of one scenario."""
    tab.text(0, 0, f"{scenario.capitalize()} case", "title")
    tab.show(must_be_true[scenario], 1, 0, look="subtitle")
    row = _headline(tab, scenario, 3)
    lay_out = lay_out_drivers if scenario in SIDES else lay_out_way_from_price
    row = lay_out(tab, context, scenario, row + 1)
    segments_row = row + 1
    row = _segments(tab, context, scenario, segments_row)
    row = _per_share(tab, context, scenario, row + 1)
    breaks: tuple[int, ...] = (row + 1,) if scenario in SIDES else ()
    if row > _PAGE_ROWS:  # rather a page break between blocks than a few rows left over
        breaks = (segments_row, *breaks)
    if scenario in SIDES:
        row = lay_out_arguments(tab, context, SIDES[scenario], row + 1)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.freeze = (3, LABEL + 1)
    tab.page = Page(
        area=Area(0, 0, row, LAST_COL), repeat_rows=(0, 2), breaks=breaks, footer=footer(context)
    )


def _headline(tab: Tab, scenario: str, row: int) -> int:
    """Show value, probability, upside and growth needed; return the row after."""
    at = {SCENARIO: scenario}
    cells: tuple[tuple[str, Line, Mapping[Dim, str]], ...] = (
        ("Value in 12 months", valuation.value, at),
        ("Probability", valuation.scenario_probability, at),
        ("Against the price", valuation.upside, at),
        ("Growth needed", g_needed, {g_needed.dims[0]: scenario}),
        ("Price", price, {}),
    )
    tab.text(row, 0, "", "header")
    tab.text(row, LABEL, "In 12 months", "header_left")
    tab.text(row + 1, LABEL, "One share", "label_strong")
    tab.heights[row] = HEADER_HEIGHT
    for k, (label, line, members) in enumerate(cells, start=LABEL + 1):
        tab.text(row, k, label, "header")
        tab.show(line, row + 1, k, at=members, look="headline")
    return row + 2


def _segments(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show how the segments add up; return the row after."""
    reporting = context.reporting_currency
    section(tab, row, LAST_COL, {0: "Segments"})
    at = {SCENARIO: scenario}
    columns: tuple[tuple[str, Line, int], ...] = (
        ("Segment", description.segment_name, 1),
        ("Valued on", metric_words, 2),
        (f"Base metric, {reporting} m", conversion.base_metric, 3),
        ("Growth", assumptions.growth, 4),
        ("Multiple", assumptions.multiple, 5),
        (f"Value, {reporting} m", valuation.segment_value, 6),
    )
    tab.text(row + 1, 0, "", "header")
    tab.heights[row + 1] = HEADER_HEIGHT
    for title, line, col in columns:
        tab.text(row + 1, col, title, "header" if col > 2 else "header_left")  # noqa: PLR2004
        members = at if SCENARIO in line.dims else {}
        look = "link_wrap.text" if line is description.segment_name else ""
        tab.show(line, row + 2, col, down=(SEGMENT,), at=members, look=look)
    last = row + 2 + tab.size(SEGMENT)
    tab.text(last, LABEL, "All segments", "label_total")
    for col in range(LABEL + 1, MONEY):
        tab.text(last, col, "", "label_total")
    tab.show(valuation.segments_total, last, MONEY, at=at, look="link_total")
    return last + 1


def _per_share(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the way from enterprise value to the value per share; return the row after."""
    section(tab, row, LAST_COL, {0: "To the value per share", RIGHT: "By earnings"})
    at = {SCENARIO: scenario}
    left: tuple[Line, ...] = (
        assumptions.conglomerate_discount,
        valuation.ev,
        net_cash,
        valuation.stakes,
        ads_diluted,
        valuation.launch,
        valuation.sotp_today,
        valuation.sotp_12m,
    )
    right: tuple[Line, ...] = (
        eps_reference,
        assumptions.eps_growth,
        valuation.eps_12m,
        valuation.pe_multiple,
        valuation.pe_12m,
        assumptions.weight_sotp,
        assumptions.weight_pe,
        valuation.value,
    )
    for lines, label, unit, value in (
        (left, LABEL, MONEY - 1, MONEY),
        (right, RIGHT, RIGHT + 3, RIGHT + 4),
    ):
        for k, line in enumerate(lines, start=row + 1):
            look = "output_link" if line is lines[-1] else ""
            tab.text(k, label, line.label)
            tab.text(k, unit, unit_name(line.unit, context), "unit")
            tab.show(line, k, value, at=at if SCENARIO in line.dims else {}, look=look)
    return row + 1 + len(left)
