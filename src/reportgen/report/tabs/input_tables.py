"""The parts of the Inputs tab that are tables: company, segments, rates, constants, overrides."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model import inputs as given
from reportgen.model.dims import CURRENCY, MEASURE, PEER, SEGMENT, VARIANT
from reportgen.periods import serial
from reportgen.report.figures import inputs as beside
from reportgen.report.figures.inputs import OVERRIDE_ROW
from reportgen.report.tabs.input_rows import (
    AS_OF,
    AUTHOR,
    EXPIRES,
    ISSUED,
    KEY,
    LABEL,
    LIVE,
    NOTE,
    NUMBER,
    OVERRIDE,
    REASON,
    SOURCE,
    TIER,
    UNIT,
    InputRows,
)
from reportgen.xlsx.book import Area, Cell

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.facts.policy import PolicyValue
    from reportgen.facts.rows import Override

_NONE = "-"  # the one member of a dimension that the pack leaves empty
_EDITED = "edit in place"
_NAMES = {given.price_currency: "price_currency", given.reporting_currency: "reporting_currency"}


def company(sheet: InputRows) -> None:
    """Write what company.yaml says, and the day of the report."""
    sheet.band("Company")
    sheet.entry(given.as_of, name="as_of", unit="date")
    for line in (
        given.company_name,
        given.ticker,
        given.price_currency,
        given.reporting_currency,
    ):
        sheet.typed(line, line.label, _EDITED)
    sheet.entry(given.ordinary_per_ads, name="ordinary_per_ads", unit="shares / ADS")
    for line in (given.own_vendor, given.reference_vendor, given.reference_product):
        sheet.typed(line, line.label, "as spelt on Evidence; blank if there is none")
    first = sheet.row
    sheet.row += sheet.tab.put(given.peer, first, ISSUED, down=(PEER,))
    for row in range(first, sheet.row):
        sheet.tab.text(row, LABEL, "Peer")
        sheet.tab.text(row, SOURCE, "company.yaml", "note")
        sheet.tab.text(row, NOTE, "the variant of `pe` claims on Evidence", "note")


def segments(sheet: InputRows) -> None:
    """Write the segments and what they are valued on."""
    captions = {ISSUED: "Id", OVERRIDE: "Valued on", LIVE: "Currency"}
    sheet.band("Segments", captions)
    for line, col in (
        (given.segment_name, LABEL),
        (given.segment_id, ISSUED),
        (given.segment_metric, OVERRIDE),
        (given.base_currency, LIVE),
    ):
        sheet.tab.put(line, sheet.row, col, down=(SEGMENT,))
    sheet.row += sheet.tab.size(SEGMENT)
    currencies = sheet.context.solved.values[given.base_currency].tolist()
    units = {at: f"{currency} m" for at, currency in enumerate(currencies)}
    sheet.entry(given.base_stated, down=(SEGMENT,), unit=units)


def launch(sheet: InputRows) -> None:
    """Write which launch is valued."""
    sheet.band("Launch")
    for line in (given.launch_name, given.launch_market):
        sheet.typed(line, line.label, "as spelt on Evidence; blank if there is none")
    sheet.entry(given.launch_date, name="launch_date", unit="date")


def price_mix(sheet: InputRows) -> None:
    """Write the share of each variant in the units sold."""
    sheet.band("Launch: share of units by variant, as spelt on Evidence")
    sheet.tab.put(given.variant_id, sheet.row, LABEL, down=(VARIANT,))
    sheet.entry(given.launch_price_mix, down=(VARIANT,), labels=False)


def exchange_rates(sheet: InputRows) -> None:
    """Write the rates against the euro, and the crosses that follow."""
    tab, price = sheet.tab, sheet.context.price_currency
    sheet.band("Exchange rates: units per EUR")
    tab.put(given.currency_code, sheet.row, LABEL, down=(CURRENCY,))
    tab.put(given.currency_number, sheet.row, NUMBER, down=(CURRENCY,), look="helper")
    sheet.entry(given.per_euro, down=(CURRENCY,), labels=False, unit="per EUR")
    sheet.band(f"Exchange rates: units per {price}")
    first = sheet.row
    sheet.row += _stand(sheet, given.cross)
    for row, code in enumerate(tab.places.members[CURRENCY], start=first):
        tab.text(row, LABEL, f"{code} per {price}")
        tab.text(row, UNIT, f"per {price}", "unit")


def _stand(sheet: InputRows, rates: Line) -> int:
    """Place the crosses, or show them if another tab has placed them; return the rows taken."""
    if rates in sheet.tab.places.lines:
        sheet.tab.show(rates, sheet.row, LIVE, down=(CURRENCY,))
    else:
        sheet.tab.put(rates, sheet.row, LIVE, down=(CURRENCY,))
    return sheet.tab.size(CURRENCY)


def units(sheet: InputRows) -> None:
    """Write the units that claims may be stated in."""
    captions = {ISSUED: "Currency", OVERRIDE: "Millions", LIVE: "Per unit of price ccy"}
    sheet.band("Units of claims", captions)
    first, down = sheet.row, (MEASURE,)
    sheet.tab.put(given.measure, first, LABEL, down=down)
    sheet.tab.put(given.measure_currency, first, ISSUED, down=down)
    sheet.tab.put(given.measure_millions, first, OVERRIDE, down=down)
    sheet.tab.put(given.measure_divisor, first, LIVE, down=down)
    sheet.tab.put(given.measure_number, first, NUMBER, down=down, look="helper")
    sheet.row += sheet.tab.size(MEASURE)
    sheet.rules.numbers(Area(first, OVERRIDE, sheet.row - 1, OVERRIDE))


def policy(sheet: InputRows) -> None:
    """Write the constants of the method: those that formulas read, and those of the loading."""
    sheet.band("Constants of the method")
    read = {entry.key: entry for entry in beside.on_inputs(sheet.context.lines)}
    constants = sheet.context.policy.values.values()
    for constant in constants:
        entry = read.get(f"policy[{constant.key}]")
        if entry is not None:
            sheet.entry(entry, unit=constant.unit, label=constant.label)
    sheet.band("Constants that no formula reads: they act when the inputs are loaded")
    for constant in constants:
        if f"policy[{constant.key}]" not in read:
            _unread(sheet, constant)


def _unread(sheet: InputRows, constant: PolicyValue) -> None:
    tab, row = sheet.tab, sheet.row
    tab.text(row, LABEL, constant.label)
    tab.cells.append(Cell(row, LIVE, constant.value, "", "muted.number"))
    for col, text, look in (
        (UNIT, constant.unit, "unit"),
        (SOURCE, "method", "note"),
        (TIER, "method", "note"),
        (NOTE, constant.reason, "note"),
        (KEY, f"policy[{constant.key}]", "key"),
    ):
        tab.text(row, col, text, look)
    sheet.row += 1


def overrides(sheet: InputRows) -> None:
    """Write the log of overrides, with spare rows for those typed on other tabs."""
    captions = {UNIT: "State", AS_OF: "Published"}
    sheet.band("Overrides: the log, and room for the reasons of those typed on other tabs", captions)
    unused = frozenset(sheet.context.case.unused_overrides)
    for override in sheet.context.pack.rows.overrides:
        _logged(sheet, override, unused)
    first, down = sheet.row, (OVERRIDE_ROW,)
    for line, col in (
        (beside.spare_key, LABEL),
        (beside.spare_value, OVERRIDE),
        (beside.spare_published, AS_OF),
        (beside.spare_author, AUTHOR),
        (beside.spare_reason, REASON),
        (beside.spare_expires, EXPIRES),
    ):
        sheet.tab.put(line, first, col, down=down, look="override")
    sheet.row += sheet.tab.size(OVERRIDE_ROW)
    for row in range(first, sheet.row):
        sheet.tab.text(row, NOTE, "a record: the figure itself is typed beside its input", "note")
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
    tab.text(row, UNIT, _state(override, unused, sheet), "unit")
    tab.cells.append(Cell(row, AS_OF, published, "", "note.date"))
    tab.text(row, AUTHOR, override.author, "note")
    tab.text(row, REASON, override.reason, "note")
    if expires is not None:
        tab.cells.append(Cell(row, EXPIRES, expires, "", "note.date"))
    sheet.row += 1


def _state(override: Override, unused: frozenset[str], sheet: InputRows) -> str:
    if override.active:
        return "names no input" if override.key in unused else "in force"
    if override.revokes and math.isnan(override.value):
        return "revokes"
    ended = override.expires is not None and override.expires < sheet.context.pack.as_of
    return "expired" if ended else "replaced"
