"""What makes Excel offer to repair a workbook, or quietly drop something: found before writing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.chart_soundness import chart_problems
from reportgen.xlsx.furniture_soundness import furniture_problems
from reportgen.xlsx.places import MAX_COLS, MAX_ROWS, area_a1
from reportgen.xlsx.style_soundness import color_facts, style_facts
from reportgen.xlsx.text import holds_control_characters, utf16_length

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.xlsx.book import Book, Sheet
    from reportgen.xlsx.places import Area

MAX_SHEET_NAME = 31
MAX_NAME = 255
MIN_ZOOM, MAX_ZOOM = 10, 400
MAX_WIDTH, MAX_HEIGHT = 255, 409

_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\]")
_DEFINED_NAME = re.compile(r"[^\W\d][\w.]*")
_LIKE_A_CELL = re.compile(r"[a-z]{1,3}\d+|r\d*c\d*|r\d*|c\d*|true|false", re.IGNORECASE)


def book_problems(book: Book) -> list[str]:
    """A sentence (place, fact, remedy) for everything but the cells that cannot be stored."""
    problems = [*_sheet_list_problems(book), *_name_problems(book), *_property_problems(book)]
    problems += [
        f"style {name!r}: {fact}" for name in book.styles for fact in style_facts(book.styles[name])
    ]
    sheet_names = frozenset(sheet.name for sheet in book.sheets)
    for sheet in book.sheets:
        found = [
            *_merge_problems(sheet.merges),
            *_shape_problems(sheet),
            *furniture_problems(sheet, book.styles, sheet_names),
            *(fact for chart in sheet.charts for fact in chart_problems(chart, sheet_names)),
        ]
        problems += [f"sheet {sheet.name!r}: {fact}" for fact in found]
    return problems


def _sheet_list_problems(book: Book) -> Iterator[str]:
    seen: set[str] = set()
    for sheet in book.sheets:
        yield from (f"sheet {sheet.name!r}: {fact}" for fact in _sheet_name_problems(sheet.name))
        if sheet.name.casefold() in seen:
            yield f"sheet {sheet.name!r}: another sheet has this name; rename one"
        seen.add(sheet.name.casefold())
    if not 0 <= book.active < len(book.sheets):
        yield f"sheet {book.active} is to open first and there are {len(book.sheets)}; choose one"
    elif book.sheets[book.active].hidden:
        name = book.sheets[book.active].name
        yield f"sheet {name!r}: it is to open first and is hidden; show it or open another"


def _sheet_name_problems(name: str) -> Iterator[str]:
    if not name or utf16_length(name) > MAX_SHEET_NAME:
        yield f"a sheet name has 1 to {MAX_SHEET_NAME} characters, this one {utf16_length(name)}"
    if _NOT_IN_SHEET_NAMES.search(name) or name[:1] == "'" or name[-1:] == "'":
        yield "a sheet name has none of [ ] : * ? / \\ and no apostrophe at an end; rename it"
    if holds_control_characters(name):
        yield "a sheet name has no control characters; rename it"
    if name.casefold() == "history":
        yield "Excel keeps this name for itself; rename it"


def _name_problems(book: Book) -> Iterator[str]:
    seen: set[str] = set()
    for name, formula in book.names:
        if not _DEFINED_NAME.fullmatch(name) or len(name) > MAX_NAME:
            yield f"name {name!r}: a name has letters, digits, _ and . and begins with a letter"
        elif _LIKE_A_CELL.fullmatch(name):
            yield f"name {name!r}: it reads as a cell; add a word to it"
        if name.casefold() in seen:
            yield f"name {name!r}: it is given twice; keep one"
        if not formula.startswith("=") or "#REF!" in formula:
            yield f"name {name!r}: {formula!r} points nowhere; give a reference, =Inputs!$C$4"
        seen.add(name.casefold())


def _property_problems(book: Book) -> Iterator[str]:
    properties = book.properties
    for place in ("title", "subject", "author", "company", "comments"):
        text = getattr(properties, place)
        if holds_control_characters(text) or utf16_length(text) > MAX_NAME:
            yield f"document {place}: longer than {MAX_NAME}, or with control characters; change it"


def _merge_problems(merges: tuple[Area, ...]) -> Iterator[str]:
    for index, area in enumerate(merges):
        if area.first_row == area.last_row and area.first_col == area.last_col:
            yield f"{area_a1(area)}: one cell cannot be merged; leave it as it is"
        for other in merges[:index]:
            if _overlap(area, other):
                yield f"{area_a1(area)}: it overlaps the merged {area_a1(other)}; keep one"


def _overlap(one: Area, other: Area) -> bool:
    return (
        one.first_row <= other.last_row
        and other.first_row <= one.last_row
        and one.first_col <= other.last_col
        and other.first_col <= one.last_col
    )


def _shape_problems(sheet: Sheet) -> Iterator[str]:
    yield from color_facts((sheet.tab_color,))
    if not MIN_ZOOM <= sheet.zoom <= MAX_ZOOM:
        yield f"zoom {sheet.zoom} %: Excel zooms from {MIN_ZOOM} to {MAX_ZOOM} %"
    for columns in sheet.column_widths:
        if not (0 <= columns.first <= columns.last < MAX_COLS and 0 <= columns.width <= MAX_WIDTH):
            yield f"columns {columns.first} to {columns.last}: no such columns or width"
    for row, height in sheet.row_heights.items():
        if not (0 <= row < MAX_ROWS and 0 <= height <= MAX_HEIGHT):
            yield f"row {row + 1}: no such row, or a height of {height} beyond {MAX_HEIGHT} points"
