"""What was typed into the cells of the inputs, and how such values and cells are told to people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Line, Unit
from reportgen.model.inputs import description
from reportgen.model.keys import filled
from reportgen.periods import parse_serial
from reportgen.report.readback.given import given_lines
from reportgen.xlsx.addresses import a1, quoted_sheet

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.report.readback.workbook import ReadReport, RegistryRow
    from reportgen.reviews.returned import Returned
    from reportgen.values import Value
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.reader.records import ReadCell


_MONEY = {Unit.PER_SHARE: "{price} / share", Unit.PRICE_M: "{price} m"}
_NAMES = {Unit.RATIO: "ratio", Unit.REPORTING_M: "{reporting} m", Unit.TEXT: "", Unit.NUMBER: ""}


_KEPT = 1e-14  # LibreOffice saves 15 digits of a number
Spot = tuple["Line", tuple[int, ...]]  # a cell of a given line


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
        day = parse_serial(value)
        return float(value) if day is None else day.isoformat()
    return float(value)


class Odd(NamedTuple):
    """A cell of the inputs that holds what is never taken: a formula, or text for a number."""

    place: str
    formula: str
    text: str


@dataclass(frozen=True, slots=True)
class Typed:
    """A given value as issued and as it stands now; `odd` where the cell holds none."""

    key: str
    line: Line
    index: tuple[int, ...]
    issued: float | str
    now: float | str
    odd: Odd | None

    @property
    def is_changed(self) -> bool:
        """Whether another value stands there now."""
        return not same(self.issued, self.now)


def same(one: float | str, other: float | str) -> bool:
    """Whether two given values are equal in the digits that programs keep; nothing is nothing."""
    if isinstance(one, str) or isinstance(other, str):
        return one == other
    return math.isclose(one, other, rel_tol=_KEPT) or (math.isnan(one) and math.isnan(other))


def typed(returned: Returned) -> Mapping[Spot, Typed]:
    """Return every given value that changed or is odd, by line and index at issue.

    What is odd counts as it was issued. Rows that joined or left a series are left out.
    """
    odd = dict(_odd(returned))
    found: dict[Spot, Typed] = {}
    for line in given_lines():
        for key, index, issued, now in _pairs(returned, line):
            if is_gone(returned, key, line):
                continue
            strange = odd.get(key)
            if strange is not None:
                found[line, index] = Typed(key, line, index, issued, issued, strange)
            elif not same(issued, now):
                found[line, index] = Typed(key, line, index, issued, now, None)
    return found


def is_gone(returned: Returned, key: str, line: Line) -> bool:
    """Return whether the cell of a value was deleted, and with it what it says."""
    row = returned.report.listed.get(key) or returned.report.listed.get(line.key)
    return row is not None and row.place is None


def _pairs(
    returned: Returned, line: Line
) -> Iterator[tuple[str, tuple[int, ...], float | str, float | str]]:
    """Yield key, index, value at issue and value now of the cells of a line."""
    issued, now = returned.issued.given[line], returned.now.given[line]
    before, after = (
        {dim: case.members[dim] for dim in line.dims} for case in (returned.issued, returned.now)
    )
    if before == after:
        keys = filled(line, returned.issued.members)
        yield from ((key, index, stated(issued, index), stated(now, index)) for key, index in keys)
        return
    found = {key: stated(now, index) for key, index in filled(line, returned.now.members)}
    for key, index in filled(line, returned.issued.members):
        if key in found:
            yield key, index, stated(issued, index), found[key]


def stated(values: Array, index: tuple[int, ...]) -> float | str:
    """Return one value of a given line."""
    value = values[index]
    return value if isinstance(value, str) else float(np.float64(value))


def _odd(returned: Returned) -> Iterator[tuple[str, Odd]]:
    """Yield key and content of every cell of the inputs that holds no value of its line."""
    report, members = returned.report, returned.issued.members
    for line in given_lines():
        text = line.unit is Unit.TEXT
        row = report.listed.get(line.key)
        if row is not None and row.is_range and line.dims:
            keys = [key for key, _ in filled(line, members)]
            yield from _odd_cells(returned, row, keys, text=text)
            continue
        for key, _ in filled(line, members):
            listed = report.listed.get(key)
            if listed is not None:
                yield from _odd_cells(returned, listed, [key], text=text)


def _odd_cells(
    returned: Returned, row: RegistryRow, keys: list[str], *, text: bool
) -> Iterator[tuple[str, Odd]]:
    if row.place is None:
        return
    for at, (key, cell) in enumerate(zip(keys, returned.report.cells(row.place), strict=False)):
        if cell is not None and _is_odd(cell, text=text):
            spot = row.place._replace(first_row=row.place.first_row + at)
            shown = "" if cell.value is None else str(cell.value)
            yield key, Odd(address(spot), cell.formula, shown)


def _is_odd(cell: ReadCell, *, text: bool) -> bool:
    if cell.formula:
        return True
    return not text and isinstance(cell.value, str | bool) and bool(str(cell.value).strip())
