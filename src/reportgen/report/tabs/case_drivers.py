"""What moves a case: its drivers, ranked, or the way from the price, each with its bridge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model import valuation
from reportgen.model.dims import BRIDGE_CASE, SCENARIO
from reportgen.model.market import price
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures import drivers
from reportgen.report.figures.case_words import bridge_total
from reportgen.report.mixed_units import by_unit
from reportgen.report.tabs.case_charts import BRIDGE_ROWS, bridge_chart
from reportgen.report.tabs.case_grid import (
    FIRST,
    HELPERS,
    LABEL,
    LAST_COL,
    MONEY,
    NO,
    RIGHT,
    SECOND,
    THIRD,
)
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

_UNIT = HELPERS + 15  # right of what the chart draws


def lay_out_drivers(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the drivers, the largest first, and the bridge beside them; return the row after."""
    titles = {0: "Drivers, from base to this case", RIGHT: f"Bridge from base to {scenario}"}
    section(tab, row, LAST_COL, titles)
    at = {BRIDGE_CASE: scenario}
    place = drivers.PLACE
    columns = (
        ("Driver", drivers.ranked_label, LABEL, ""),
        ("Base", drivers.ranked_base, FIRST, ""),
        (scenario.capitalize(), drivers.ranked_case, SECOND, ""),
        ("Difference", drivers.ranked_difference, THIRD, ""),
        (unit_name(Unit.PER_SHARE, context), drivers.ranked_effect, MONEY, "link.signed"),
        ("Unit", drivers.ranked_unit, _UNIT, "helper"),
    )
    for title, line, col, look in columns:
        head = {LABEL: "header_left", _UNIT: "helper_head"}.get(col, "header")
        tab.text(row + 1, col, title, head)
        tab.show(line, row + 2, col, down=(place,), at=at, look=look)
    tab.text(row + 1, NO, "No.", "header")
    tab.text(row + 1, LABEL + 1, "", "header")
    tab.show(drivers.place, row + 2, NO, down=(place,), look="center.count")
    last = row + 2 + tab.size(place)
    levels = Area(row + 2, FIRST, last - 1, SECOND)
    by_unit(tab, context, (levels,), _UNIT)
    apart = Area(row + 2, THIRD, last - 1, THIRD)
    by_unit(tab, context, (apart,), _UNIT, signed=True)
    _total(tab, last, f"{scenario.capitalize()} less base", bridge_total[scenario])
    bridge_chart(tab, context, scenario, (row + 2, RIGHT), HELPERS)
    return max(last + 1, row + 3 + BRIDGE_ROWS) + 1


def _total(tab: Tab, row: int, label: str, line: Line) -> None:
    """Write the sum below a table, ruled off over its whole width."""
    tab.text(row, LABEL, label, "label_total")
    for col in range(LABEL + 1, MONEY):
        tab.text(row, col, "", "label_total")
    tab.show(line, row, MONEY, look="link_total.signed")


def lay_out_way_from_price(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the way from today's price to the case, method by method; return the row after."""
    titles = {0: "From the price to this case", RIGHT: f"Bridge from the price to {scenario}"}
    section(tab, row, LAST_COL, titles)
    money = unit_name(Unit.PER_SHARE, context)
    for col in range(MONEY + 1):
        caption = {LABEL: "One share", MONEY - 1: "Unit", MONEY: money}.get(col, "")
        tab.text(row + 1, col, caption, "header" if col == MONEY else "header_left")
    at = {SCENARIO: scenario}
    lines: tuple[tuple[str, Line, str], ...] = (
        ("Price today", price, ""),
        ("Sum of the parts, in 12 months", valuation.sotp_12m, ""),
        ("P/E, in 12 months", valuation.pe_12m, ""),
        ("Value in 12 months: both, weighted", valuation.value, "output_link"),
    )
    for k, (label, line, look) in enumerate(lines, start=row + 2):
        tab.text(k, LABEL, label)
        tab.text(k, MONEY - 1, money, "unit")
        tab.show(line, k, MONEY, at=at if SCENARIO in line.dims else {}, look=look)
    last = row + 2 + len(lines)
    _total(tab, last, f"{scenario.capitalize()} less price", bridge_total[scenario])
    bridge_chart(tab, context, scenario, (row + 2, RIGHT), HELPERS)
    return row + 4 + BRIDGE_ROWS
