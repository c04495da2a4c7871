"""The lists for an audit as text: rows of Workings and What-ifs, and the Registry line by line.

Of a row stand its texts, and what its numbers weigh: each by its column, so that no two of them can
change places. Of the Registry the fields of a line are one row: what they are, say and come from.

Keys are told without the members between their brackets. Where the fields of a line differ, stand
the texts in order, the first few of many and a number that stands for the rest. Cells that a link
points to, and how long the list is, are left out: the prints of the tabs tell which key stands
where.
"""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING
from zlib import crc32

from reportgen.report.registry.form import CAPTIONS, HEADER

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.xlsx.book import Book, Cell

FEW = 3
_BETWEEN = re.compile(r"\[.*\]")
_PLACE = re.compile(r"(?:'[^']+'|\w+)!\$?[A-Z]+\$?\d+(?::\$?[A-Z]+\$?\d+)?")
_ROW = re.compile(r"\b([A-Z]+)\d+\b")
_HASH = re.compile(r"\b[0-9a-f]{64}\b")
_UNTOLD = {"Key", "Cell"}


def fields(book: Book) -> Iterator[str]:
    """The fields of a report, those of a line that follow each other together."""
    (sheet,) = (sheet for sheet in book.sheets if sheet.name == "Registry")
    cells = sorted(sheet.cells, key=lambda cell: (cell.row, cell.col))
    rows = [{cell.col: cell for cell in row} for _, row in groupby(cells, lambda cell: cell.row)]
    yield from (" | ".join(_text(cell) for cell in row.values()) for row in rows[:HEADER])
    for key, group in groupby(
        rows[HEADER + 1 :], lambda row: _BETWEEN.sub("[]", f"{row[0].value}")
    ):
        same = list(group)
        told = [
            f"{name.lower()} {_told([row[col] for row in same if col in row], len(same))}"
            for col, name in enumerate(CAPTIONS)
            if name not in _UNTOLD and any(col in row for row in same)
        ]
        yield f"{key} x{len(same)}: {'; '.join(told)}"


def rows(book: Book) -> Iterator[str]:
    """The rows of Workings and What-ifs."""
    for sheet in (sheet for sheet in book.sheets if sheet.name in {"Workings", "What-ifs"}):
        yield f"\n{sheet.name}"
        cells = sorted(sheet.cells, key=lambda cell: (cell.row, cell.col))
        for _, row in groupby(cells, key=lambda cell: cell.row):
            yield _row([cell for cell in row if cell.value not in {None, ""}])


def _row(cells: Sequence[Cell]) -> str:
    texts = [str(cell.value) for cell in cells if isinstance(cell.value, str)]
    numbers = [(cell.col, cell.value) for cell in cells if isinstance(cell.value, float)]
    weight = sum((col + 1) * value for col, value in numbers)
    told = [f"{len(numbers)} numbers weigh {weight:.9g}"] if numbers else []
    return " | ".join([*(text for text, _ in groupby(texts)), *told])


def _told(cells: Sequence[Cell], size: int) -> str:
    """What stands in a column of some rows, of which some may be blank there."""
    texts = list(map(_text, cells))
    kinds = list(dict.fromkeys(texts))
    told = ", ".join(kinds[:FEW])
    if len(kinds) > 1:
        told += f" ... {crc32(repr(texts).encode()):08x}"
    return told + f" ({len(cells)})" * (len(cells) < size)


def _text(cell: Cell) -> str:
    value = f"{cell.value:.10g}" if isinstance(cell.value, float) else f"{cell.value}"
    value = _HASH.sub("(hash)", value)
    formula = _ROW.sub(r"\1_", _PLACE.sub("_", cell.formula))
    return f"{value[:80]} {formula[:160]}".strip() if formula else value[:80]
