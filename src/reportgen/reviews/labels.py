"""How values of inputs, their units and their cells are told to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Line, Unit
from reportgen.model.inputs import description
from reportgen.periods import from_serial
from reportgen.xlsx.addresses import a1, quoted_sheet

if TYPE_CHECKING:
    from reportgen.attribution.records import Value
    from reportgen.model.case.record import Case
    from reportgen.report.readback.workbook import ReadReport
    from reportgen.xlsx.addresses import Ref

_MONEY = {Unit.PER_SHARE: "{price} / share", Unit.PRICE_M: "{price} m"}
_NAMES = {Unit.RATIO: "ratio", Unit.REPORTING_M: "{reporting} m", Unit.TEXT: "", Unit.NUMBER: ""}


def unit_of(line: Line, case: Case) -> str:
    """Return the unit of a line in words, with the company's currencies."""
    name = {**_MONEY, **_NAMES}.get(line.unit, line.unit.value)
    return name.format(
        price=case.given[description.price_currency].item(),
        reporting=case.given[description.reporting_currency].item(),
    )


def address(place: Ref | None) -> str:
    """Return where a field stands, as a formula has it: `Inputs!C45`; "" if it was deleted."""
    if place is None:
        return ""
    return f"{quoted_sheet(place.sheet)}!{a1(place.first_row, place.first_col)}"


def place_in(report: ReadReport, key: str, line: Line, index: tuple[int, ...]) -> Ref | None:
    """Return the cell of a given value, also where the Registry lists its whole column."""
    listed = report.listed.get(key)
    if listed is not None:
        return listed.place
    listed = report.listed.get(line.key)
    if listed is None or listed.place is None or len(index) != 1:
        return None
    return listed.place._replace(first_row=listed.place.first_row + index[0])


def shown(line: Line, value: float | str) -> Value:
    """Return a value of a line for people: a day as text, None where nothing is given."""
    if isinstance(value, str):
        return value or None
    if value != value:  # noqa: PLR0124 - NaN is unequal to itself
        return None
    if line.unit is Unit.DATE:
        try:
            return from_serial(value).isoformat()
        except (ValueError, OverflowError):
            return float(value)
    return float(value)
