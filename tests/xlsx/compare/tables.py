"""Small workbooks of typed values and formulas, written down as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.values import Value
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import ReadBook, ReadCell, ReadSheet

if TYPE_CHECKING:
    from reportgen.xlsx.compare.changes import ChangeKind

Row = tuple[Value, ...]


def book(*rows: Row, name: str = "Table", **others: list[Row]) -> ReadBook:
    """A workbook of one sheet of typed values and formulas ("=..."), and of the others named."""
    sheets = [sheet(name, rows), *(sheet(key, tuple(value)) for key, value in others.items())]
    return ReadBook(tuple(sheets))


def sheet(name: str, rows: tuple[Row, ...]) -> ReadSheet:
    cells = {
        (row, col): cell(value)
        for row, line in enumerate(rows)
        for col, value in enumerate(line)
        if value is not None
    }
    return ReadSheet(name, cells=cells)


def cell(value: Value) -> ReadCell:
    if isinstance(value, str) and value.startswith("="):
        return ReadCell(0.0, value)
    return ReadCell(value)


def told(old: ReadBook, new: ReadBook) -> list[tuple[ChangeKind, str]]:
    """The kinds and places of the changes from old to new."""
    return [(change.kind, change.place) for change in compare(old, new)]


TABLE: tuple[Row, ...] = tuple((f"row {n}", float(n), n * 1.5) for n in range(9))
NUMBERS: tuple[Row, ...] = tuple((float(n), n * 2.0) for n in range(9))
