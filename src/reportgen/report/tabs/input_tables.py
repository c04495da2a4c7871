"""The parts of the Inputs tab that are tables: company, segments, rates, constants, overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.dims import CURRENCY, MEASURE, PEER, SEGMENT, VARIANT
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.report.tabs.input_rows import (
    ISSUED,
    LABEL,
    LIVE,
    NOTE,
    NUMBER,
    OVERRIDE,
    SOURCE,
    UNIT,
    Form,
    InputRows,
)
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

TINY = 0.0001  # smaller figures are shown with every digit
_EDITED = "edit in place"
_NAMES = {
    description.price_currency: "price_currency",
    description.reporting_currency: "reporting_currency",
}


def company(sheet: InputRows) -> None:
    """Write what company.yaml says, and the day of the report."""
    sheet.band("Company")
    sheet.entry(description.as_of, Form(unit="date", name="as_of"))
    for line in (
        description.company_name,
        description.ticker,
        description.price_currency,
        description.reporting_currency,
    ):
        sheet.typed(line, line.label, _EDITED)
    sheet.entry(description.ordinary_per_ads, Form(unit="shares / ADS", name="ordinary_per_ads"))
    for line in (
        description.own_vendor,
        description.reference_vendor,
        description.reference_product,
    ):
        sheet.typed(line, line.label, "as spelt on Evidence; blank if there is none")
    first = sheet.row
    sheet.row += sheet.tab.put(description.peer, first, ISSUED, down=(PEER,))
    for row in range(first, sheet.row):
        sheet.tab.text(row, LABEL, "Peer")
        sheet.tab.text(row, SOURCE, "company.yaml", "note")
        sheet.tab.text(row, NOTE, "the variant of `pe` claims on Evidence", "note")


def segments(sheet: InputRows) -> None:
    """Write the segments and what they are valued on."""
    captions = {ISSUED: "Id", OVERRIDE: "Valued on", LIVE: "Currency"}
    sheet.band("Segments", captions)
    for line, col in (
        (description.segment_name, LABEL),
        (description.segment_id, ISSUED),
        (description.segment_metric, OVERRIDE),
        (assumptions.base_currency, LIVE),
    ):
        sheet.tab.put(line, sheet.row, col, down=(SEGMENT,))
    sheet.row += sheet.tab.size(SEGMENT)
    currencies = sheet.context.solved.values[assumptions.base_currency].tolist()
    form = Form(unit=[f"{currency} m" for currency in currencies])
    sheet.entry(assumptions.base_stated, form, down=(SEGMENT,))


def launch(sheet: InputRows) -> None:
    """Write which launch is valued."""
    sheet.band("Launch")
    for line in (description.launch_name, description.launch_market):
        sheet.typed(line, line.label, "as spelt on Evidence; blank if there is none")
    sheet.entry(description.launch_date, Form(unit="date", name="launch_date"))


def price_mix(sheet: InputRows) -> None:
    """Write the share of each variant in the units sold."""
    sheet.band("Launch: share of units by variant, as spelt on Evidence")
    sheet.tab.put(assumptions.variant_id, sheet.row, LABEL, down=(VARIANT,))
    sheet.entry(assumptions.launch_price_mix, Form(labelled=False), down=(VARIANT,))


def exchange_rates(sheet: InputRows) -> None:
    """Write the rates against the euro, and the crosses that follow."""
    tab, price = sheet.tab, sheet.context.price_currency
    sheet.band("Exchange rates: units per EUR")
    tab.put(conversion.currency_code, sheet.row, LABEL, down=(CURRENCY,))
    tab.put(conversion.currency_number, sheet.row, NUMBER, down=(CURRENCY,), look="helper")
    sheet.entry(conversion.per_euro, Form(unit="per EUR", labelled=False), down=(CURRENCY,))
    sheet.band(f"Exchange rates: units per {price}")
    first = sheet.row
    sheet.row += _stand(sheet, conversion.cross)
    for row, code in enumerate(tab.places.members[CURRENCY], start=first):
        tab.text(row, LABEL, f"{code} per {price}")
        tab.text(row, UNIT, f"{code} / {price}", "unit_centered")


def _stand(sheet: InputRows, rates: Line) -> int:
    """Place the crosses, or show them if another tab has placed them; return the rows taken."""
    if rates in sheet.tab.places.lines:
        sheet.tab.show(rates, sheet.row, LIVE, down=(CURRENCY,))
    else:
        sheet.tab.put(rates, sheet.row, LIVE, down=(CURRENCY,))
    return sheet.tab.size(CURRENCY)


def units(sheet: InputRows) -> None:
    """Write the units that claims may be stated in."""
    price = sheet.context.price_currency
    numbers = {OVERRIDE: "Millions", LIVE: f"Per {price}"}
    sheet.band("Units of claims", {ISSUED: "Currency"}, numbers)
    first, down = sheet.row, (MEASURE,)
    sheet.tab.put(conversion.measure, first, LABEL, down=down)
    sheet.tab.put(conversion.measure_currency, first, ISSUED, down=down)
    sheet.tab.put(conversion.measure_millions, first, OVERRIDE, down=down, look="input.")
    sheet.tab.put(conversion.measure_divisor, first, LIVE, down=down)
    sheet.tab.put(conversion.measure_number, first, NUMBER, down=down, look="helper")
    sheet.row += sheet.tab.size(MEASURE)
    sheet.rules.numbers(Area(first, OVERRIDE, sheet.row - 1, OVERRIDE))
