"""Building a report in a warm process, everything included, against merely writing its workbook.

Ours reads the inputs, solves, lays out, checks, writes and flushes; theirs hands finished cells,
formats and charts to XlsxWriter in memory as it ships.
"""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from benchmarks import stock_writer
from benchmarks.ratios import Ratio, side_by_side
from reportgen.runs import drafts

ALLOWED = 1.0
ROUNDS = 9
INPUTS = Path(__file__).parents[1] / "inputs"
AS_OF = date(2025, 11, 30)


def main() -> list[Ratio]:
    """The ratio for the report of the example company."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        report = drafts.build("BABA", as_of=AS_OF, inputs=INPUTS, outputs=place)
        cells = sum(len(sheet.cells) for sheet in report.book.sheets)
        return [
            side_by_side(
                f"build the BABA report of {cells:,} cells / XlsxWriter in_memory writes it",
                lambda: drafts.build("BABA", as_of=AS_OF, inputs=INPUTS, outputs=place),
                lambda: stock_writer.write(report.book, place / "stock.xlsx"),
                ALLOWED,
                ROUNDS,
            )
        ]
