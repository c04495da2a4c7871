"""The Valuation tab's bridges: bull and bear against base, driver by driver, open to an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.checks import differences
from reportgen.model.dims import BRIDGE_CASE, BRIDGE_ORDER, DRIVER
from reportgen.model.whatif import bridges as bridge_lines
from reportgen.report.figures import drivers
from reportgen.report.figures.bridge_notes import SUMS, note_base, note_effect
from reportgen.report.mixed_units import by_unit
from reportgen.report.tabs.valuation_rows import ALL, CASES, CHOSEN, LABEL, LAST, NOTE, UNIT
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from reportgen.report.tabs.valuation_rows import Rows

_MONEY = CASES + 2  # in the bull case, then in the bear case
_AFTER, _REST = NOTE + 1, NOTE + 3
_HELPERS = LAST + 2


def bridges(rows: Rows) -> None:
    """Write what each driver adds, and the values before and after it is switched."""
    captions = {
        ALL: "Base",
        CASES: "Bull",
        CASES + 1: "Bear",
        _MONEY: "Bull, money",
        _MONEY + 1: "Bear, money",
        _AFTER: "Bull, to here",
        _AFTER + 1: "Bear, to here",
        _REST: "Bull, after",
        _REST + 1: "Bear, after",
    }
    rows.band("Bridges from base, by driver", captions, {NOTE: "Note"})
    money = f"{rows.context.price_currency} / share"
    rows.heading("Mean of switching in this order and in reverse")
    rows.tab.text(rows.row - 1, _AFTER, f"value, {money}, with the drivers switched", "note")
    first = rows.row
    rows.tab.put(bridge_lines.label, first, LABEL, down=(DRIVER,), look="label_indent")
    rows.tab.put(drivers.unit, first, UNIT, down=(DRIVER,), look="unit")
    for line, col in (
        (drivers.LEVELS["base"], ALL),
        (drivers.LEVELS["bull"], CASES),
        (drivers.LEVELS["bear"], CASES + 1),
    ):
        rows.tab.put(line, first, col, down=(DRIVER,))
    for line, col in (
        (bridge_lines.effect, _MONEY),
        (bridge_lines.forward, _AFTER),
        (bridge_lines.backward, _REST),
    ):
        look = "calc.signed" if line is bridge_lines.effect else ""
        rows.tab.put(line, first, col, down=(DRIVER,), across=(BRIDGE_CASE,), look=look)
    rows.tab.put(note_effect, first, NOTE, down=(DRIVER,), look="note_indent")
    levels = Area(first, ALL, first + rows.tab.size(DRIVER) - 1, CASES + 1)
    by_unit(rows.tab, rows.context, (levels,), UNIT)
    _helpers(rows, first)
    rows.skip(DRIVER)
    _totals(rows, money)


def _totals(rows: Rows, money: str) -> None:
    """Write what the bars come to, and the values that they lead from and to."""
    tab = rows.tab
    for label, (line, note) in SUMS.items():
        is_total = line is differences.bridge_sum
        tab.text(rows.row, LABEL, label, "label_total" if is_total else "label")
        for col in range(UNIT, CHOSEN):
            unit = money if col == UNIT else ""
            tab.text(rows.row, col, unit, "unit_total" if is_total else "unit")
        look = "total.signed" if is_total else "calc.signed"
        shown = "" if line is bridge_lines.case_raw else look
        tab.put(line, rows.row, _MONEY, across=(BRIDGE_CASE,), look=shown)
        tab.put(note, rows.row, NOTE, look="note_indent")
        rows.row += 1
    rows.place(note_base, NOTE, look="note_indent")
    rows.own(bridge_lines.base_raw)


def _helpers(rows: Rows, first: int) -> None:
    """Place what ranks the drivers right of the printed page, each column with its header."""
    tab, col = rows.tab, _HELPERS
    tab.text(first - 2, col, "Behind the bridges", "helper_title")
    for line in (drivers.row, *drivers.TEXTS.values()):
        tab.text(first - 1, col, line.label, "helper_head")
        tab.put(line, first, col, down=(DRIVER,), look="helper")
        col += 1
    for line in (drivers.size, drivers.size_key, drivers.is_known, drivers.rank):
        for case in tab.places.members[BRIDGE_CASE]:
            tab.text(first - 1, col, f"{line.label}, {case}", "helper_head")
            col += 1
        tab.put(line, first, col - 2, down=(DRIVER,), across=(BRIDGE_CASE,), look="helper")
    across = (BRIDGE_CASE, BRIDGE_ORDER)
    tab.put(bridge_lines.state, first, col, down=(DRIVER,), across=across, look="helper")
    for case in tab.places.members[BRIDGE_CASE]:
        for order in tab.places.members[BRIDGE_ORDER]:
            tab.text(first - 1, col, f"{case.capitalize()}, {order}", "helper_head")
            col += 1
