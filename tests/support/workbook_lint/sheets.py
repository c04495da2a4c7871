"""Faults of what lies over the cells: merges, tables, filters, validations, links, columns."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tests.support.workbook_lint.book import MAIN, Finding
from tests.support.workbook_lint.places import Area, area, overlapping

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tests.support.workbook_lint.book import Book, Sheet

LONGEST_LIST = 255
WIDEST_COLUMN = 255
LONGEST = {"promptTitle": 32, "errorTitle": 32, "prompt": 255, "error": 225}


def sheet_faults(book: Book) -> Iterator[Finding]:
    """What is wrong with the layers over the cells of every sheet."""
    for sheet in book.sheets:
        yield from _merges(sheet)
        yield from _tables(sheet, book.texts)
        yield from _validations(sheet)
        yield from _columns(sheet)


def _areas(sheet: Sheet, nodes: Iterator[etree._Element]) -> Iterator[tuple[str, Area]]:
    for node in nodes:
        text = node.get("ref", "")
        if (found := area(text)) is not None:
            yield sheet.at(text), found


def _merges(sheet: Sheet) -> Iterator[Finding]:
    merges = list(_areas(sheet, sheet.root.iter(f"{MAIN}mergeCell")))
    tables = list(_areas(sheet, iter(sheet.tables)))
    for place, merged in merges:
        if merged.top == merged.bottom and merged.left == merged.right:
            yield Finding("merge", place, "merges a single cell")
        if not merged.on_sheet():
            yield Finding("merge", place, "reaches beyond the sheet")
    for one, other in overlapping(merges):
        yield Finding("merge", other, f"overlaps the merge {one}")
    for one, other in overlapping([*tables, *merges]):
        if other not in dict(tables) and one in dict(tables):
            yield Finding("merge", other, f"lies in the table {one}")


def _tables(sheet: Sheet, texts: list[str]) -> Iterator[Finding]:
    filters = list(_areas(sheet, sheet.root.iterfind(f"{MAIN}autoFilter")))
    tables = list(_areas(sheet, iter(sheet.tables)))
    for one, other in overlapping([*tables, *filters]):
        yield Finding("table", other, f"overlaps the table {one}")
    for table in sheet.tables:
        yield from _headers(sheet, table, texts)


def _headers(sheet: Sheet, table: etree._Element, texts: list[str]) -> Iterator[Finding]:
    place = sheet.at(table.get("ref", ""))
    extent = area(table.get("ref", ""))
    headers = [column.get("name", "") for column in table.iter(f"{MAIN}tableColumn")]
    for header, count in Counter(header.lower() for header in headers).items():
        if count > 1:
            yield Finding("table", place, f"{count} columns are headed {header!r}")
    if extent is None or extent.right - extent.left + 1 != len(headers):
        yield Finding("table", place, f"has {len(headers)} headers, another number of columns")
    elif table.get("headerRowCount") != "0":
        written = _row_texts(sheet, extent, texts)
        if written != headers:
            yield Finding("table", place, f"says {headers}, its cells say {written}")


def _row_texts(sheet: Sheet, extent: Area, texts: list[str]) -> list[str | None]:
    """The texts in the first row of an area; None for a cell that holds no text."""
    cells = {
        cell.get("r", ""): cell
        for cell in sheet.root.iterfind(f".//{MAIN}row[@r='{extent.top}']/{MAIN}c")
    }
    found: dict[int, str] = {}
    for address, cell in cells.items():
        if (at := area(address)) is not None and cell.get("t") in {"s", "inlineStr"}:
            value = cell.findtext(f"{MAIN}v")
            inline = "".join(part.text or "" for part in cell.iterfind(f"{MAIN}is//{MAIN}t"))
            found[at.left] = inline if value is None else texts[int(value)]
    return [found.get(column) for column in range(extent.left, extent.right + 1)]


def _validations(sheet: Sheet) -> Iterator[Finding]:
    for validation in sheet.root.iter(f"{MAIN}dataValidation"):
        place = sheet.at(validation.get("sqref", ""))
        choices = validation.findtext(f"{MAIN}formula1", "")
        literal = validation.get("type") == "list" and choices.startswith('"')
        if literal and len(choices.strip('"')) > LONGEST_LIST:
            yield Finding("validation", place, f"a list of {len(choices)} characters")
        for attribute, longest in LONGEST.items():
            if len(validation.get(attribute, "")) > longest:
                yield Finding("validation", place, f"{attribute} is longer than {longest}")


def _columns(sheet: Sheet) -> Iterator[Finding]:
    last = 0
    for column in sheet.root.iterfind(f"{MAIN}cols/{MAIN}col"):
        first, width = int(column.get("min", "0")), float(column.get("width", "0"))
        place = sheet.at(f"column {first}")
        if first <= last:
            yield Finding("column", place, "described twice or out of order")
        if not 0 <= width <= WIDEST_COLUMN:
            yield Finding("column", place, f"is {width} wide")
        last = int(column.get("max", "0"))
