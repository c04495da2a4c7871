"""Building a whole report in a warm process, against XlsxWriter merely writing the same cells."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

from benchmarks import stock_writer
from benchmarks.ratios import Ratio, side_by_side
from reportgen import pipeline

ALLOWED = 1.0
_ROUNDS = 7
_AS_OF = date(2025, 11, 30)


def main() -> list[Ratio]:
    """The ratio for BABA: load, solve both months, lay out, write safely / XlsxWriter in_memory."""
    inputs = Path(__file__).parent.parent / "inputs"
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder)
        book = pipeline.compose("BABA", _AS_OF, inputs).book
        cells = sum(len(sheet.cells) for sheet in book.sheets)
        return [
            side_by_side(
                f"build BABA, everything included, {cells:,} cells / XlsxWriter in_memory",
                lambda: pipeline.build("BABA", _AS_OF, inputs, outputs),
                lambda: stock_writer.write(book, outputs / "stock.xlsx"),
                ALLOWED,
                _ROUNDS,
            )
        ]
