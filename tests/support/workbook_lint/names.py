"""Faults of what has a name: sheets, defined names, print areas, tables."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tests.support.workbook_lint.book import Finding
from tests.support.workbook_lint.places import area

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml import etree

    from tests.support.workbook_lint.book import Book, DefinedName

LONGEST_SHEET_NAME = 31
LONGEST_NAME = 255

_LEGAL_NAME = re.compile(r"[^\W\d][\w.\\?]*|\\[\w.\\?]*")
# R, C, RC, R1, C1, R1C1: references in the other notation of Excel, refused in any language.
_OTHER_NOTATION = re.compile(r"(?=.)(R\d*)?(C\d*)?", re.IGNORECASE)
_PRINT_NAMES = {"_xlnm.Print_Area", "_xlnm.Print_Titles"}


def name_faults(book: Book) -> Iterator[Finding]:
    """Illegal and repeated names, print areas that point elsewhere, and a workbook unseen."""
    yield from _sheet_names(book)
    for defined in book.names:
        if defined.name.startswith("_xlnm."):
            yield from _print_area(book, defined)
        elif not _legal(defined.name):
            yield Finding("illegal name", defined.name, "not a name Excel accepts")
    names = [(defined.name.lower(), defined.scope) for defined in book.names]
    names += [(table.get("displayName", "").lower(), None) for table in _tables(book)]
    for (name, _), count in Counter(names).items():
        if count > 1:
            yield Finding("duplicate name", name, f"defined {count} times in one scope")


def _tables(book: Book) -> Iterator[etree._Element]:
    return (table for sheet in book.sheets for table in sheet.tables)


def _legal(name: str) -> bool:
    return (
        _LEGAL_NAME.fullmatch(name) is not None
        and len(name) <= LONGEST_NAME
        and name.upper() not in {"TRUE", "FALSE"}
        and _OTHER_NOTATION.fullmatch(name) is None
        and ((cell := area(name)) is None or not cell.on_sheet())
    )


def _sheet_names(book: Book) -> Iterator[Finding]:
    for name, count in Counter(sheet.name.lower() for sheet in book.sheets).items():
        if count > 1:
            yield Finding("duplicate sheet", name, f"{count} sheets have this name")
    for sheet in book.sheets:
        bare = 0 < len(sheet.name) <= LONGEST_SHEET_NAME and sheet.name.strip("'") == sheet.name
        if not bare or set(sheet.name) & set("[]:*?/\\") or sheet.name.lower() == "history":
            yield Finding("illegal sheet name", sheet.name, "not a name Excel accepts")
    if not any(sheet.visible for sheet in book.sheets):
        yield Finding("no visible sheet", "workbook", "every sheet is hidden")
    elif book.active_tab >= len(book.sheets) or not book.sheets[book.active_tab].visible:
        yield Finding("active sheet", "workbook", f"sheet {book.active_tab} cannot be shown")


def _print_area(book: Book, defined: DefinedName) -> Iterator[Finding]:
    if defined.name not in _PRINT_NAMES:
        return
    if defined.scope is None or defined.scope >= len(book.sheets):
        yield Finding("print area", defined.name, "belongs to no sheet")
        return
    own = book.sheets[defined.scope].name
    quoted = "'" + own.replace("'", "''") + "'"
    for place in re.split(r",(?=(?:[^']*'[^']*')*[^']*$)", defined.formula):
        sheet, _, cells = place.rpartition("!")
        printed = area(cells)
        if sheet not in {own, quoted} or printed is None or not printed.on_sheet():
            yield Finding("print area", own, f"{place!r} is no area of this sheet")
