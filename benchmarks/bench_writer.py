"""Writing a book: ours, checked and stored safely, against XlsxWriter in memory as it ships."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks import stock_writer
from benchmarks.books import report_like
from benchmarks.ratios import Ratio, side_by_side
from reportgen.xlsx.writer.workbook import write

ALLOWED = 0.45


def main() -> list[Ratio]:
    """The ratios for a book of 3,000 cells and one of 15,000."""
    with tempfile.TemporaryDirectory() as folder:
        return [_ratio(cells, Path(folder)) for cells in (3_000, 15_000)]


def _ratio(cells: int, folder: Path) -> Ratio:
    book = report_like(cells)
    count = sum(len(sheet.cells) for sheet in book.sheets)
    formulas = sum(bool(cell.formula) for sheet in book.sheets for cell in sheet.cells)
    charts = sum(len(sheet.charts) for sheet in book.sheets)
    return side_by_side(
        f"write {count:,} cells, {formulas:,} formulas, {charts} charts / XlsxWriter in_memory",
        lambda: write(book, folder / "ours.xlsx"),
        lambda: stock_writer.write(book, folder / "stock.xlsx"),
        ALLOWED,
    )
