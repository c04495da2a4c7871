"""Faults of rows and cells: order, numbers that are none, texts that do not fit."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from tests.support.workbook_lint.book import MAIN, Finding
from tests.support.workbook_lint.places import area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tests.support.workbook_lint.book import Book, Sheet

LONGEST_TEXT = 32_767


def cell_faults(book: Book) -> Iterator[Finding]:
    """What is wrong with the rows and cells of every sheet, and with the shared texts."""
    formats = len(book.styles.findall(f"{MAIN}cellXfs/{MAIN}xf"))
    for sheet in book.sheets:
        yield from _order(sheet)
        for cell in sheet.root.iter(f"{MAIN}c"):
            place = sheet.at(cell.get("r", ""))
            yield from _content(cell, place, len(book.texts))
            if int(cell.get("s", "0")) >= formats:
                yield Finding("format", place, f"there is no format {cell.get('s')}")
    for n, text in enumerate(book.texts):
        if len(text) > LONGEST_TEXT:
            yield Finding("long text", f"shared text {n}", f"{len(text)} characters")


def _order(sheet: Sheet) -> Iterator[Finding]:
    row_before = 0
    for row in sheet.root.iter(f"{MAIN}row"):
        number = int(row.get("r", "0"))
        if number <= row_before:
            yield Finding("order", sheet.at(f"{number}:{number}"), f"follows row {row_before}")
        row_before, column_before = number, 0
        for cell in row.iter(f"{MAIN}c"):
            address = cell.get("r", "")
            place = area(address)
            if place is None or not place.on_sheet() or place.top != number:
                yield Finding("address", sheet.at(address), f"is no cell of row {number}")
                continue
            if place.left <= column_before:
                what = "twice in its row" if place.left == column_before else "out of order"
                yield Finding("order", sheet.at(address), what)
            column_before = place.left


def _content(cell: etree._Element, place: str, shared_texts: int) -> Iterator[Finding]:
    kind, value = cell.get("t", "n"), cell.findtext(f"{MAIN}v")
    inline = "".join(part.text or "" for part in cell.iter(f"{MAIN}t"))
    if len(inline) > LONGEST_TEXT or (kind == "str" and len(value or "") > LONGEST_TEXT):
        yield Finding("long text", place, f"{len(inline or value or '')} characters")
    if kind == "n" and value and not _is_number(value):
        yield Finding("not a number", place, f"{value!r} stands where a number should")
    if kind == "s" and not (value and value.isdigit() and int(value) < shared_texts):
        yield Finding("shared text", place, f"there is no shared text {value}")
    if kind == "b" and value not in {"0", "1"}:
        yield Finding("not a boolean", place, f"{value!r} stands where 0 or 1 should")


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False
