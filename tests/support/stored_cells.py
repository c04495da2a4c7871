"""What is stored in the cells of an .xlsx file, read straight from its XML.

Written for the tests alone and without the reader of reportgen, so that neither hides the other's
mistakes.
"""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from lxml import etree

if TYPE_CHECKING:
    from pathlib import Path

Value: TypeAlias = float | str | bool
"""A number (dates are serials), a text (errors are texts such as '#VALUE!') or TRUE or FALSE."""

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_V, _F, _IS = (f"{MAIN}{name}" for name in ("v", "f", "is"))
LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class StoredCell(NamedTuple):
    """One cell: the value cached or typed (None: empty) and the formula (None: typed)."""

    value: Value | None
    formula: str | None


def read_cells(path: Path) -> dict[str, dict[str, StoredCell]]:
    """Every cell that holds something, by sheet in workbook order, then by address such as A1.

    A cell that shares its formula with another has the formula ''.
    """
    with zipfile.ZipFile(path) as package:
        texts = _shared_texts(package)
        return {
            name: _cells(etree.fromstring(package.read(part)), texts)
            for name, part in sheet_parts(package).items()
        }


def read_values(path: Path) -> dict[str, dict[str, Value]]:
    """The values alone: sheet, then address such as A1; empty cells are left out."""
    return {
        sheet: {at: cell.value for at, cell in cells.items() if cell.value is not None}
        for sheet, cells in read_cells(path).items()
    }


def sheet_parts(package: zipfile.ZipFile) -> dict[str, str]:
    """The part of the package that holds each worksheet, by sheet name in workbook order."""
    links = etree.fromstring(package.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): posixpath.join("/xl", link.get("Target", "")) for link in links}
    book = etree.fromstring(package.read("xl/workbook.xml"))
    return {
        sheet.get("name", ""): targets[sheet.get(LINK)].lstrip("/")
        for sheet in book.iter(f"{MAIN}sheet")
    }


def _shared_texts(package: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in package.namelist():
        return []
    table = etree.fromstring(package.read("xl/sharedStrings.xml"))
    return [_text(item) for item in table.iter(f"{MAIN}si")]


def _text(item: etree._Element) -> str:
    # Phonetic runs (rPh) annotate the text for readers of Japanese and are no part of it.
    return "".join(
        part.text or ""
        for part in item.iter(f"{MAIN}t")
        if (above := part.getparent()) is not None and above.tag != f"{MAIN}rPh"
    )


def _cells(sheet: etree._Element, texts: list[str]) -> dict[str, StoredCell]:
    # Programs that format whole columns store cells that hold nothing, by the million.
    filled = (c for c in sheet.iter(f"{MAIN}c") if len(c))
    stored = {c.get("r", ""): _cell(c, texts) for c in filled}
    return {at: cell for at, cell in stored.items() if cell != (None, None)}


def _cell(c: etree._Element, texts: list[str]) -> StoredCell:
    formula, value = None, None
    kind = c.get("t", "n")
    for child in c:
        tag = child.tag
        if tag == _V:
            value = _value(kind, child.text or "", texts)
        elif tag == _F:
            formula = child.text or ""
        elif tag == _IS:
            return StoredCell(_text(child), formula)
    return StoredCell("" if value is None and kind == "str" else value, formula)


def _value(kind: str, v: str, texts: list[str]) -> Value | None:
    if not v:
        return None
    match kind:
        case "n":
            return float(v)
        case "s":
            return texts[int(v)]
        case "b":
            return v == "1"
        case _:
            return v
