"""The end of the Inputs tab: constants of the method, and the log of overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report.figures import inputs as beside
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
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.facts.policy import PolicyValue

TINY = 0.0001  # smaller figures are shown with every digit
_LOGGED = (
    (beside.logged_key, LABEL, "label"),
    (beside.logged_value, OVERRIDE, "muted"),
    (beside.logged_state, UNIT, "note_center"),
    (beside.logged_published, AS_OF, "note_center"),
    (beside.logged_author, AUTHOR, "note_wrap"),
    (beside.logged_reason, REASON, "note_wrap"),
    (beside.logged_expires, EXPIRES, "note"),
)
_SPARE = (
    (beside.spare_key, LABEL, "remark"),
    (beside.spare_value, OVERRIDE, "override"),
    (beside.spare_published, AS_OF, "remark"),
    (beside.spare_author, AUTHOR, "remark"),
    (beside.spare_reason, REASON, "remark"),
    (beside.spare_expires, EXPIRES, "remark"),
)
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
    tab.text(row, LIVE, f"{constant.value:g}", "muted_right")
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
    first = sheet.row
    _table(sheet, _LOGGED)
    if not sheet.context.pack.rows.overrides:
        sheet.tab.text(first, NOTE, "none so far", "note")
    first = sheet.row
    _table(sheet, _SPARE)
    for row in range(first, sheet.row):
        sheet.tab.text(
            row, NOTE, "a note of who and why; the figure itself is typed beside its input", "note"
        )
    sheet.rules.numbers(Area(first, OVERRIDE, sheet.row - 1, OVERRIDE))
    for col in (AS_OF, EXPIRES):
        sheet.rules.days(Area(first, col, sheet.row - 1, col))


def _table(sheet: InputRows, columns: tuple[tuple[Line, int, str], ...]) -> None:
    """Place columns side by side, and go on below them."""
    for line, col, look in columns:
        sheet.tab.put(line, sheet.row, col, down=line.dims, look=look)
    sheet.row += sheet.tab.size(columns[0][0].dims[0])
