"""formualizer as a witness: a fast engine by others that computes every formula afresh."""

from __future__ import annotations

from typing import TYPE_CHECKING

import formualizer
from openpyxl.utils.cell import column_index_from_string

from tests.support.stored_cells import Value, read_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from tests.support.stored_cells import StoredCell

ERRORS = {
    "Div": "#DIV/0!",
    "Na": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "Circ": "#CIRC!",
}


def recalculate(
    path: Path, cells: Mapping[str, Mapping[str, StoredCell]] | None = None
) -> dict[str, dict[str, Value]]:
    """Every cell's value, formulas computed afresh: sheet, then address such as A1.

    `cells` are those of the file, where somebody has read them already.

    The engine drops the values cached in the file when it loads it. Errors are texts such as
    '#VALUE!', dates serials; empty cells are left out. A circular reference gives '#CIRC!'.
    """
    cells = read_cells(path) if cells is None else cells
    formulas = {
        sheet: [address for address, cell in stored.items() if cell.formula is not None]
        for sheet, stored in cells.items()
    }
    computed = _evaluated(formualizer.Workbook.load_path(str(path)), formulas)
    return {
        sheet: {
            address: cell.value
            for address, cell in stored.items()
            if cell.formula is None and cell.value is not None
        }
        | computed[sheet]
        for sheet, stored in cells.items()
    }


class OpenBook:
    """A workbook that stays open: cells are typed over, and only what follows is computed again."""

    def __init__(self, path: Path) -> None:
        self._book = formualizer.Workbook.load_path(str(path))
        self._book.set_temporal_egress("serial")

    def type(self, place: tuple[str, str], value: Value | None) -> None:
        """Type into the cell of a sheet; None clears it."""
        sheet, address = place
        self._book.sheet(sheet).set_value(*_row_column(address), value)

    def values(self, places: Sequence[tuple[str, str]]) -> list[Value | None]:
        """The values of cells, each a sheet and an address."""
        self._book.evaluate_all()
        targets = [(sheet, *_row_column(address)) for sheet, address in places]
        found = self._book.evaluate_cells(targets)
        return [None if result is None else _value(result) for result in found]


def evaluate_formulas(cells: Mapping[str, Value | None]) -> dict[str, Value]:
    """The values of one sheet given as address and value, a text that begins with = a formula."""
    book = formualizer.Workbook()
    sheet = book.sheet("Sheet1")
    for address, content in cells.items():
        if isinstance(content, str) and content.startswith("="):
            sheet.set_formula(*_row_column(address), content)
        elif content is not None:
            sheet.set_value(*_row_column(address), content)
    return _evaluated(book, {"Sheet1": cells})["Sheet1"]


def _evaluated(
    book: formualizer.Workbook, addresses: Mapping[str, Iterable[str]]
) -> dict[str, dict[str, Value]]:
    """The values of cells by sheet, all asked for at once: each question plans the book anew."""
    book.set_temporal_egress("serial")
    book.evaluate_all()
    places = [(sheet, address) for sheet, some in addresses.items() for address in some]
    targets = [(sheet, *_row_column(address)) for sheet, address in places]
    found: dict[str, dict[str, Value]] = {sheet: {} for sheet in addresses}
    results = book.evaluate_cells(targets) if targets else []
    for (sheet, address), result in zip(places, results, strict=True):
        if result is not None:
            found[sheet][address] = _value(result)
    return found


def _value(result: object) -> Value:
    match result:
        case {"type": "Error", "kind": kind}:
            return ERRORS.get(str(kind), f"#{str(kind).upper()}!")
        case bool() | str():
            return result
        case int() | float():
            return float(result)
    raise TypeError(f"formualizer returned {result!r}, which no cell can hold")


def _row_column(address: str) -> tuple[int, int]:
    """The row and column of an address such as B7, counted from 1."""
    letters = address.rstrip("0123456789")
    return int(address[len(letters) :]), column_index_from_string(letters)
