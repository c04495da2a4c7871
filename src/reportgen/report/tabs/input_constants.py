"""The end of the Inputs tab: constants of the method, and the log of overrides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.periods import serial
from reportgen.report.figures import inputs as beside
from reportgen.report.figures.inputs import OVERRIDE_ROW
from reportgen.report.tabs.input_rows import (
    AS_OF,
    AUTHOR,
    EXPIRES,
    KEY,
    LABEL,
    LIVE,
    NOTE,
    OVERRIDE,
    REASON,
    SOURCE,
    TIER,
    UNIT,
    Form,
    InputRows,
)
from reportgen.xlsx.book import Area, Cell

if TYPE_CHECKING:
    from reportgen.facts.policy import PolicyValue
    from reportgen.facts.rows import Override

TINY = 0.0001  # smaller figures are shown with every digit
_FORMATS = {"ratio": "ratio", "days": "days", "count": "count", "months": "count", "x": "multiple"}


def policy(sheet: InputRows) -> None:
    """Write the constants of the method: those that formulas read, and those of the loading."""
    sheet.band("Constants of the method")
    read = {entry.key: entry for entry in beside.on_inputs(sheet.context.lines)}
    constants = sheet.context.policy.values.values()
    for constant in constants:
        entry = read.get(f"policy[{constant.key}]")
        if entry is not None:
            sheet.entry(entry, _form(constant))
    sheet.band("Constants that no formula reads: they act when the inputs are loaded")
    for constant in constants:
        if f"policy[{constant.key}]" not in read:
            _unread(sheet, constant)


def _form(constant: PolicyValue) -> Form:
    """Return how a constant is written: by its unit, and in full where it is tiny."""
    if 0 < abs(constant.value) < TINY:
        return Form(unit=constant.unit, label=constant.label, figures="")
    unit = "%" if constant.unit == "ratio" else constant.unit
    return Form(unit=unit, label=constant.label, figures=_FORMATS.get(constant.unit))


def _unread(sheet: InputRows, constant: PolicyValue) -> None:
    tab, row = sheet.tab, sheet.row
    tab.text(row, LABEL, constant.label)
    tab.cells.append(Cell(row, LIVE, constant.value, "", "muted"))
    for col, text, look in (
        (UNIT, constant.unit, "unit_centered"),
        (SOURCE, "method", "note"),
        (TIER, "method", "note"),
        (NOTE, constant.reason, "note"),
        (KEY, f"policy[{constant.key}]", "key"),
    ):
        tab.text(row, col, text, look)
    sheet.row += 1


def overrides(sheet: InputRows) -> None:
    """Write the log of overrides, with spare rows for those typed on other tabs."""
    numbers = {OVERRIDE: "Value", AS_OF: "Published"}
    sheet.band("Overrides by key, and room to note more", {UNIT: "State"}, numbers)
    unused = frozenset(sheet.context.case.unused_overrides)
    for override in sheet.context.pack.rows.overrides:
        _logged(sheet, override, unused)
    first, down = sheet.row, (OVERRIDE_ROW,)
    for line, col, look in (
        (beside.spare_key, LABEL, "remark"),
        (beside.spare_value, OVERRIDE, "override"),
        (beside.spare_published, AS_OF, "remark"),
        (beside.spare_author, AUTHOR, "remark"),
        (beside.spare_reason, REASON, "remark"),
        (beside.spare_expires, EXPIRES, "remark"),
    ):
        sheet.tab.put(line, first, col, down=down, look=look)
    sheet.row += sheet.tab.size(OVERRIDE_ROW)
    for row in range(first, sheet.row):
        sheet.tab.text(
            row, NOTE, "a note of who and why; the figure itself is typed beside its input", "note"
        )
    sheet.rules.numbers(Area(first, OVERRIDE, sheet.row - 1, OVERRIDE))
    for col in (AS_OF, EXPIRES):
        sheet.rules.days(Area(first, col, sheet.row - 1, col))


def _logged(sheet: InputRows, override: Override, unused: frozenset[str]) -> None:
    tab, row = sheet.tab, sheet.row
    published = float(serial(override.published))
    expires = None if override.expires is None else float(serial(override.expires))
    tab.text(row, LABEL, override.key)
    if not math.isnan(override.value):
        tab.cells.append(Cell(row, OVERRIDE, override.value, "", "muted.number"))
    tab.text(row, UNIT, _state(override, unused, sheet), "note_center")
    tab.cells.append(Cell(row, AS_OF, published, "", "note_center.date"))
    tab.text(row, AUTHOR, override.author, "note_wrap")
    tab.text(row, REASON, override.reason, "note_wrap")
    if expires is not None:
        tab.cells.append(Cell(row, EXPIRES, expires, "", "note_center.date"))
    sheet.row += 1


def _state(override: Override, unused: frozenset[str], sheet: InputRows) -> str:
    if override.active:
        return "names no input" if override.key in unused else "in force"
    if override.revokes and math.isnan(override.value):
        return "revokes"
    ended = override.expires is not None and override.expires < sheet.context.pack.as_of
    return "expired" if ended else "replaced"
