"""A1 addresses of cells and areas, as files spell them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.places import MAX_COLS, MAX_ROWS, Area
from reportgen.xlsx.reading.references import Reference, column_number, parse_formula

if TYPE_CHECKING:
    from collections.abc import Iterator

_DIGITS = "0123456789"


def parse_cell(address: str) -> tuple[int, int]:
    """Row and column of an address such as B7. Raises ValueError if it is none or off the sheet."""
    letters = address.rstrip(_DIGITS)
    digits = address[len(letters) :]
    if not (digits and letters.isascii() and letters.isalpha() and len(letters) <= 3):  # noqa: PLR2004 - XFD
        raise ValueError(address)
    row, col = int(digits) - 1, column_number(letters)
    if not (0 <= row < MAX_ROWS and col < MAX_COLS):
        raise ValueError(address)
    return row, col


def parse_area(address: str) -> Area:
    """The area of B7, B7:C9, B:C or 7:9. Raises ValueError if it is none."""
    pieces = parse_formula(address.replace("$", ""))
    if len(pieces) == 1 and isinstance(pieces[0], Reference):
        return reference_area(pieces[0])
    raise ValueError(address)


def parse_areas(addresses: str) -> tuple[Area, ...]:
    """The areas of a list separated by blanks; what is no address is left out."""
    return tuple(_parsable(addresses.split()))


def reference_area(reference: Reference) -> Area:
    """The cells that a reference covers on its sheet, corners in order."""
    first, last = reference.first, reference.last or reference.first
    rows = [0 if first.row is None else first.row, MAX_ROWS - 1 if last.row is None else last.row]
    cols = [0 if first.col is None else first.col, MAX_COLS - 1 if last.col is None else last.col]
    return Area(min(rows), min(cols), max(rows), max(cols))


def area_size(area: Area) -> int:
    """The number of cells of an area."""
    return (area.last_row - area.first_row + 1) * (area.last_col - area.first_col + 1)


def _parsable(addresses: list[str]) -> Iterator[Area]:
    for address in addresses:
        try:
            yield parse_area(address)
        except ValueError:
            continue
