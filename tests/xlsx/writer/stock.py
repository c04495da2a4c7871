"""XlsxWriter as it ships, but for what our files do otherwise on purpose.

Numbers are spelt as short as they can be without losing a bit (stock rounds typed ones to 16 digits
and appends .0 to cached ones). The caches of charts leave out errors (stock shows zeros). A formula
whose text is empty says that it is a text (stock says nothing, which some programs take for 0).
"""

from __future__ import annotations

import io
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from benchmarks import stock_writer

if TYPE_CHECKING:
    from reportgen.xlsx.book import Book


class LosslessWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    def _xml_number_element(self, number: float, attributes: list[tuple[str, Any]]) -> None:
        named = "".join(f' {name}="{value}"' for name, value in attributes)
        self.fh.write(f"<c{named}><v>{spelt(number)}</v></c>")

    def _xml_formula_element(
        self, formula: str, result: object, attributes: list[tuple[str, Any]]
    ) -> None:
        number = isinstance(result, float) or type(result) is int
        if result == "":
            attributes = [*attributes, ("t", "str")]
        super()._xml_formula_element(formula, spelt(result) if number else result, attributes)

    def _get_range_data(self, *area: int) -> list[Any]:
        first_row, first_col, last_row, last_col = area
        cells = [
            self.table.get(row, {}).get(col)
            for row in range(first_row, last_row + 1)
            for col in range(first_col, last_col + 1)
        ]
        shown = super()._get_range_data(*area)
        return [_shown(cell, value) for cell, value in zip(cells, shown, strict=True)]


class LosslessWorkbook(xlsxwriter.Workbook):  # type: ignore[misc]  # XlsxWriter has no types
    worksheet_class = LosslessWorksheet


def spelt(number: float) -> str:
    return repr(float(number)).removesuffix(".0")


def _shown(cell: object, value: object) -> object:
    if type(cell).__name__ == "Number":
        return spelt(cell.number)  # type: ignore[attr-defined]  # a number cell
    if isinstance(value, bool | int | float):
        return spelt(value)
    return None if value in ("#N/A", "") else value


def stock_parts(book: Book) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "stock.xlsx")
        stock_writer.write(book, path, LosslessWorkbook)
        return parts(path.read_bytes())


def parts(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}
