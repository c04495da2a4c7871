"""What is stored of books with every feature, element by element: parts, looks, charts.

It stands in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.book import Axis, Book, Chart, Comment, Labels, Legend, Page, Series
from reportgen.xlsx.writer.workbook import render
from tests.xlsx.writer.gallery import gallery
from tests.xlsx.writer.samples import everything
from tests.xlsx.writer.stock import parts

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "parts_of_books.txt"
CACHE = re.compile(r"<c:(num|str)Cache>.*?</c:\1Cache>")
CELLS = Ref("Model", 2, 1, 5, 1)


def text() -> str:
    """Return the elements of the parts of each book, one a line."""
    return "\n".join(_lines()) + "\n"


def usual() -> Book:
    """A book of what the other ones leave unusual, and of what they leave usual."""
    book = everything()
    model, *others = book.sheets
    charts = tuple(
        Chart(
            kind,
            (
                Series("One", CELLS, CELLS, labels=Labels("value", color="7F7F7F", size=7)),
                Series("Two", CELLS, CELLS, labels=Labels("value", number_format="0.0x")),
                Series("Three", CELLS, CELLS, labels=Labels("last_name")),
            ),
            kind.title(),
            "Drawn.",
            (at, 0, 0, 0),
            (300, 200),
            y_axis=Axis(minimum=-1, reverse=True, visible=False),
            legend=Legend("bottom") if at else None,
        )
        for at, kind in enumerate(("line", "bar", "stacked_bar", "area", "scatter"))
    )
    longer = Comment(3, 1, "\n".join("word " * size for size in (1, 11, 12, 13, 30)))
    page = Page("landscape", (1, 0), repeat_rows=(0, 0), footer="&P")
    sheet = replace(model, zoom=100, hidden=False, charts=charts, comments=(longer,), page=page)
    return replace(book, sheets=(sheet, *others))


def _lines() -> Iterator[str]:
    for name, book in (("everything", everything()), ("usual", usual()), ("gallery", gallery())):
        for part, content in parts(render(book)).items():
            if _is_told(name, part):
                yield f"\n{name}: {part}"
                shown = CACHE.sub("", content.decode())
                yield from re.findall(r"<([^/].*?)/?>", shown, re.DOTALL)


def _is_told(name: str, part: str) -> bool:
    """Whether a part of a book is told: all of the first one, of the others what is their own."""
    if "theme" in part or "_rels" in part:
        return False
    if name == "everything" or "charts/" in part:
        return True
    return name == "usual" and part.startswith(OF_FIRST)


OF_FIRST = ("xl/worksheets/sheet1.", "xl/comments", "xl/drawings/vml")
