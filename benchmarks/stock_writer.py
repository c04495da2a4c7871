"""The same book through XlsxWriter as it ships: the yardstick of our own writer."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, Any

import xlsxwriter

from reportgen.xlsx.writer import charts
from reportgen.xlsx.writer.rows import by_row
from reportgen.xlsx.writer.sheets import format_properties, furnish
from reportgen.xlsx.writer.workbook import finish, written_cells

if TYPE_CHECKING:
    from pathlib import Path

    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Book, Cell


def write(book: Book, path: Path, workbook_class: type[Any] = xlsxwriter.Workbook) -> None:
    """Write `book` to `path` call by call, the way the library's documentation shows."""
    workbook = workbook_class(str(path), {"in_memory": True})
    formats = {
        name: workbook.add_format(format_properties(style)) for name, style in book.styles.items()
    }
    for sheet in book.sheets:
        worksheet = workbook.add_worksheet(sheet.name)
        for cell in chain.from_iterable(by_row(written_cells(sheet)).values()):
            _write_cell(worksheet, cell, formats.get(cell.style))
        furnish(worksheet, sheet, formats)

    def filled(ref: Ref) -> list[bool]:
        table = workbook.get_worksheet_by_name(ref.sheet).table
        return [
            col in table[row] and getattr(table[row][col], "value", 0) != ""
            for row in range(ref.first_row, ref.last_row + 1)
            for col in range(ref.first_col, ref.last_col + 1)
        ]

    for sheet in book.sheets:
        for chart in sheet.charts:
            charts.insert(workbook, workbook.get_worksheet_by_name(sheet.name), chart, filled)
    finish(workbook, book)
    workbook.close()


def _write_cell(worksheet: Worksheet, cell: Cell, style: Format | None) -> None:
    row, col, value, formula, _ = cell
    if formula:
        worksheet.write_formula(row, col, formula, style, "" if value is None else value)
    elif value is None:
        worksheet.write_blank(row, col, None, style)
    elif isinstance(value, str):
        worksheet.write_string(row, col, value, style)
    elif isinstance(value, bool):
        worksheet.write_boolean(row, col, value, style)
    else:
        worksheet.write_number(row, col, value, style)
