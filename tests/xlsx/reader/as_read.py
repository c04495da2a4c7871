"""What is read of books with every feature, record by record.

It stands in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from reportgen.xlsx.reader.records import ReadSheet
from reportgen.xlsx.reader.workbook import read
from reportgen.xlsx.writer.workbook import render
from tests.xlsx.compare.rich_book import write_rich_book
from tests.xlsx.reader.odd_book import write_odd_book
from tests.xlsx.writer.gallery import gallery
from tests.xlsx.writer.samples import everything
from tests.xlsx.writer.stored import usual

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.xlsx.reader.records import ReadBook

NAME = "books_as_read.txt"
FIELDS = [name for name in ReadSheet._fields if name not in {"name", "cells"}]


def text() -> str:
    """Return the records of each book, one a line; of the gallery its charts alone."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        for name, make in (("everything", everything), ("usual", usual), ("gallery", gallery)):
            path.write_bytes(render(make()))
            yield from _book(name, read(path), cells=name == "everything")
        yield from _book("rich", read(write_rich_book(path)), cells=True)
        yield from _book("odd", read(write_odd_book(path)), cells=True)


def _book(name: str, book: ReadBook, *, cells: bool) -> Iterator[str]:
    yield f"\n{name}"
    for field, value in zip(book._fields, book, strict=True):
        if field != "sheets" and not (field == "properties" and name == "rich"):  # it is of today
            yield from _field(field, value)
    for sheet in book.sheets:
        yield f"\n{name}: {sheet.name}"
        for field in FIELDS:
            yield from _field(field, getattr(sheet, field))
        if cells:
            yield from (f"{place}: {tuple(cell)}" for place, cell in sorted(sheet.cells.items()))


def _field(name: str, value: object) -> Iterator[str]:
    match value:
        case dict():
            parts: list[object] = sorted(value.items())
        case frozenset() | set():
            parts = sorted(value)
        case tuple():
            parts = list(value)
        case _:
            parts = [value]
    for part in parts:
        yield f"{name}: {part!r}"
