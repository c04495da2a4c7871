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


def recalculate(path: Path) -> dict[str, dict[str, Value]]:
    """Every cell's value, formulas computed afresh: sheet, then address such as A1.

    The engine drops the values cached in the file when it loads it. Errors are texts such as
    '#VALUE!', dates serials; empty cells are left out. A circular reference gives '#CIRC!'.
    """
    book = formualizer.Workbook.load_path(str(path))
    return {sheet: _recalculated(book, sheet, cells) for sheet, cells in read_cells(path).items()}


def _recalculated(
    book: formualizer.Workbook, sheet: str, cells: Mapping[str, StoredCell]
) -> dict[str, Value]:
    """What is typed as it stands in the file, and the formulas evaluated: half the time of all."""
    formulas = [address for address, cell in cells.items() if cell.formula is not None]
    typed = {
        address: cell.value
        for address, cell in cells.items()
        if cell.formula is None and cell.value is not None
    }
    return {**typed, **_evaluated(book, sheet, formulas)}


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
    return _evaluated(book, "Sheet1", cells)


def _evaluated(
    book: formualizer.Workbook, sheet: str, addresses: Iterable[str]
) -> dict[str, Value]:
    book.set_temporal_egress("serial")
    book.evaluate_all()
    targets = [(sheet, *_row_column(address)) for address in addresses]
    results = book.evaluate_cells(targets) if targets else []
    return {
        address: _value(result)
        for address, result in zip(addresses, results, strict=True)
        if result is not None
    }


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
