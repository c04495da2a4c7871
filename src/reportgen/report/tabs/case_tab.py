"""One case each for Bull, Base and Bear: views of the one engine, never copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import arguments, valuation
from reportgen.model.dims import BRIDGE_CASE, SCENARIO, SEGMENT
from reportgen.model.fundamentals.balance import ads_diluted, net_cash
from reportgen.model.fundamentals.earnings import eps_reference
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.market import price
from reportgen.model.priced_in.growth_needed import g_needed
from reportgen.report.assemble import footer
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures import drivers
from reportgen.report.figures.bridge_bars import BRIDGES
from reportgen.report.figures.case_words import bridge_total, must_be_true
from reportgen.report.tabs.case_arguments import lay_out_arguments
from reportgen.report.tabs.case_charts import BRIDGE_ROWS, bridge_chart
from reportgen.report.tabs.case_grid import LAST_COL, WIDTHS
from reportgen.xlsx.book import Area, Columns, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_HELPERS = 14  # the column where what the chart draws stands, off the printed page
SIDES = {"bull": arguments.bull, "bear": arguments.bear}


def build_case(tab: Tab, context: Context, scenario: str) -> None:
    """Lay out the tab of one scenario."""
    tab.text(0, 0, f"{scenario.capitalize()} case", "title")
    tab.show(must_be_true[scenario], 1, 0, look="subtitle")
    row = _headline(tab, scenario, 3)
    if scenario in BRIDGES:
        row = _drivers(tab, context, scenario, row + 1)
    row = _segments(tab, context, scenario, row + 1)
    row = _per_share(tab, context, scenario, row + 1)
    breaks = (row + 1,) if scenario in SIDES else ()
    if scenario in SIDES:
        row = lay_out_arguments(tab, context, SIDES[scenario], row + 1)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.freeze = (3, 1)
    tab.page = Page(
        area=Area(0, 0, row, LAST_COL), repeat_rows=(0, 1), breaks=breaks, footer=footer(context)
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
    for k, (label, line, members) in enumerate(cells):
        tab.text(row, k, label, "header")
        tab.show(line, row + 1, k, at=members, look="headline")
    return row + 2


def _drivers(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the drivers, the largest first, and the bridge beside them; return the row after."""
    titles = {0: "Drivers, base to case", 3: "", 7: f"Bridge from base to {scenario}"}
    section(tab, row, LAST_COL, titles)
    at = {BRIDGE_CASE: scenario}
    place = drivers.PLACE
    columns = (
        ("Driver", drivers.ranked_label, 0),
        ("Base", drivers.ranked_base, 2),
        (scenario.capitalize(), drivers.ranked_case, 3),
        (unit_name(drivers.ranked_effect.unit, context), drivers.ranked_effect, 4),
    )
    for title, line, col in columns:
        tab.text(row + 1, col, title, "header_left" if col == 0 else "header")
        look = "right.text" if col in {2, 3} else ""
        tab.show(line, row + 2, col, down=(place,), at=at, look=look)
    tab.text(row + 1, 1, "No.", "header")
    tab.show(drivers.place, row + 2, 1, down=(place,), look="center.count")
    last = row + 2 + tab.size(place)
    tab.text(last, 0, "Case less base", "label_total")
    tab.show(bridge_total[scenario], last, 4, look="total")
    bridge_chart(tab, context, scenario, row + 2, 7, _HELPERS)
    return max(last + 1, row + 3 + BRIDGE_ROWS) + 1


def _segments(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show how the segments add up; return the row after."""
    reporting = context.reporting_currency
    section(tab, row, LAST_COL, {0: "Segments"})
    at = {SCENARIO: scenario}
    columns: tuple[tuple[str, Line, int], ...] = (
        ("Segment", description.segment_name, 0),
        ("Valued on", description.segment_metric, 1),
        (f"Base metric, {reporting} m", conversion.base_metric, 2),
        ("Growth", assumptions.growth, 3),
        ("Multiple", assumptions.multiple, 4),
        (f"Value, {reporting} m", valuation.segment_value, 5),
    )
    for title, line, col in columns:
        tab.text(row + 1, col, title, "header_left" if col == 0 else "header")
        members = at if SCENARIO in line.dims else {}
        tab.show(line, row + 2, col, down=(SEGMENT,), at=members)
    last = row + 2 + tab.size(SEGMENT)
    tab.text(last, 0, "All segments", "label_total")
    tab.show(valuation.segments_total, last, 5, at=at, look="total")
    return last + 1


def _per_share(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the way from enterprise value to the value per share; return the row after."""
    section(tab, row, LAST_COL, {0: "To the value per share", 7: "By earnings"})
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
    for lines, label, unit, value in ((left, 0, 2, 4), (right, 7, 9, 10)):
        for k, line in enumerate(lines, start=row + 1):
            look = "output_link" if line is lines[-1] else ""
            tab.text(k, label, line.label)
            tab.text(k, unit, unit_name(line.unit, context), "unit")
            tab.show(line, k, value, at=at if SCENARIO in line.dims else {}, look=look)
    return row + 1 + len(left)
