"""The Bridges tab: each bridge as a table that adds up by formula, and as a native waterfall."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridge_chart import HEIGHT, add_chart
from reportgen.differences.forms.bridging import has_bars, how
from reportgen.differences.forms.sheets import Filling, Shown, number, shape_of
from reportgen.xlsx.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.attribution.records import Bar, Bridge

AMOUNT, LEVEL, LAST_PRINTED = 2, 3, 15
BRIDGES_A_PAGE = 2
HEAD = ("Bar", "Family", "Amount", "Level after")
DOUBTS = {"sequential": ("Low", "High"), "sampled": ("Std. error",)}
LABELS, DOUBT, NO_DOUBT = 58.0, 10.0, 2.0  # widths of columns


def bridge_sheet(bridges: Sequence[Bridge]) -> Filling:
    """All bridges that have bars, one below the other."""
    sheet = Filling("Bridges", _widths(bridges), printed=LAST_PRINTED)
    sheet.text("From the old values to the new ones", "title")
    sheet.text("Amounts are unrounded; each bridge ends in a check that it closes.", "subtitle")
    sheet.row += 1
    for number_of_bridge, bridge in enumerate(filter(has_bars, bridges)):
        if number_of_bridge and not number_of_bridge % BRIDGES_A_PAGE:
            sheet.breaks += (sheet.row,)
        _bridge(sheet, bridge)
    return sheet


def _widths(bridges: Sequence[Bridge]) -> tuple[float, ...]:
    """Table, chart and the chart's helper block; columns of doubts are narrow where none is."""
    doubt = DOUBT if any(bridge.method in DOUBTS for bridge in bridges) else NO_DOUBT
    table = (LABELS, 17.0, 12.0, 12.0, doubt, doubt, NO_DOUBT, NO_DOUBT)
    return (*table, *(14.5,) * 8, 3.0, 46.0, *(9.0,) * 8)


def _bridge(sheet: Filling, bridge: Bridge) -> None:
    top = sheet.row
    sheet.text(f"{bridge.label}, {bridge.unit}", "section")
    head = (*HEAD, *DOUBTS.get(bridge.method, ()))
    for col in range(1, len(head)):
        sheet.put(top, col, Shown("", "section"))
    first = sheet.row + 1
    levels = list(accumulate((bar.amount for bar in bridge.bars), initial=bridge.old or 0.0))
    rows = [
        _end("Old", bridge.old, bridge.unit),
        *(_row(bar, first + 1 + n, levels[n + 1], bridge) for n, bar in enumerate(bridge.bars)),
        _end("New", bridge.new, bridge.unit),
    ]
    sheet.table(head, rows)
    last = first + len(bridge.bars) + 1
    _check(sheet, last, levels[-1] - (bridge.new or 0.0))
    sheet.put(last + 2, 0, Shown(how(bridge), "note"))
    add_chart(sheet, bridge, top, first)
    sheet.row = max(last + 5, top + HEIGHT + 3)


def _end(label: str, value: float | None, unit: str) -> list[Shown]:
    style = f"label_total.{shape_of(unit)}"
    return [
        Shown(label, "label_total"),
        Shown("", "label_total"),
        Shown(value, style),
        Shown(value, style),
    ]


def _row(bar: Bar, row: int, level: float, bridge: Bridge) -> list[Shown]:
    formula = f"={a1(row - 1, LEVEL)}+{a1(row, AMOUNT)}"
    shape = shape_of(bridge.unit)
    of_method = {"sequential": (bar.low, bar.high), "sampled": (bar.standard_error,)}
    return [
        Shown(bar.label),
        Shown(bar.family, "unit"),
        Shown(bar.amount, "plain.signed"),
        Shown(level, f"plain.{shape}", formula),
        *(number(doubt, bridge.unit) for doubt in of_method.get(bridge.method, ())),
    ]


def _check(sheet: Filling, last: int, gap: float) -> None:
    """Below the bridge: what the bars leave unexplained, to a millionth of the unit."""
    formula = f"=ROUND({a1(last - 1, LEVEL)}-{a1(last, LEVEL)},6)"
    sheet.put(last + 1, 0, Shown("Left unexplained", "note"))
    sheet.put(last + 1, AMOUNT, Shown(round(gap, 6) + 0.0, "note_number.money", formula))
