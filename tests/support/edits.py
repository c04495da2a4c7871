"""Typing into a written workbook as a person would, without a program that rewrites it.

The XML of a cell is changed and nothing else, so that what a recalculation then shows is the answer
of the workbook itself.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

from tests.support.stored_cells import MAIN, Value, sheet_parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_FURNITURE = re.compile(
    rb"<conditionalFormatting .*?</conditionalFormatting>|<dataValidations .*?</dataValidations>"
    rb"|<hyperlinks>.*?</hyperlinks>|<(?:drawing|legacyDrawing) [^>]*/>",
    re.DOTALL,
)


class Edit(NamedTuple):
    """What is typed into a cell: a value, where None clears it, or a formula without its =."""

    sheet: str
    address: str
    value: Value | None
    formula: str = ""


def write_edited(source: Path, edits: Iterable[Edit], target: Path) -> None:
    """Write a copy of a workbook with typed cells changed; their look stays.

    Raises LookupError for a cell that does not stand in the file, ValueError for one that holds a
    formula.
    """
    by_sheet: dict[str, list[Edit]] = defaultdict(list)
    for edit in edits:
        by_sheet[edit.sheet].append(edit)
    with zipfile.ZipFile(source) as package:
        parts = sheet_parts(package)
        changed = {
            parts[sheet]: _edited(package.read(parts[sheet]), found)
            for sheet, found in by_sheet.items()
        }
        _write(package, changed, target)


def write_over(source: Path, edits: Iterable[Edit], target: Path) -> None:
    """As `write_edited`, for cells that hold formulas, too."""
    with zipfile.ZipFile(source) as package:
        parts = sheet_parts(package)
        changed: dict[str, bytes] = {}
        for edit in edits:
            part = parts[edit.sheet]
            root = etree.fromstring(changed.get(part) or package.read(part))
            _put(_cells(root)[edit.address], edit)
            changed[part] = _stored(root)
        _write(package, changed, target)


def write_cached(source: Path, wrong: Edit, target: Path) -> None:
    """Write a copy of a workbook in which a formula's cached number is another one."""
    with zipfile.ZipFile(source) as package:
        part = sheet_parts(package)[wrong.sheet]
        root = etree.fromstring(package.read(part))
        value = _cells(root)[wrong.address].find(f"{MAIN}v")
        if value is None:
            raise LookupError(f"{wrong.sheet}!{wrong.address} has no cached value")
        value.text = repr(wrong.value)
        _write(package, {part: _stored(root)}, target)


def write_bare(source: Path, target: Path) -> None:
    """Write a copy of a workbook without charts, links, validations and conditional formats.

    Every cell stays; programs need half the time to load and to save it.
    """
    with zipfile.ZipFile(source) as package:
        parts = sheet_parts(package).values()
        _write(package, {part: _FURNITURE.sub(b"", package.read(part)) for part in parts}, target)


def _write(package: zipfile.ZipFile, changed: Mapping[str, bytes], target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for info in package.infolist():
            copy.writestr(info.filename, changed.get(info.filename) or package.read(info))


def _edited(sheet: bytes, edits: Iterable[Edit]) -> bytes:
    root = etree.fromstring(sheet)
    cells = _cells(root)
    for edit in edits:
        if edit.address not in cells:
            raise LookupError(f"{edit.sheet}!{edit.address} does not stand in the file")
        _type(cells[edit.address], edit)
    return _stored(root)


def _cells(root: etree._Element) -> dict[str, etree._Element]:
    return {cell.get("r", ""): cell for cell in root.iter(f"{MAIN}c")}


def _type(cell: etree._Element, edit: Edit) -> None:
    if cell.find(f"{MAIN}f") is not None:
        raise ValueError(f"{edit.sheet}!{edit.address} holds a formula and is not typed")
    _put(cell, edit)


def _put(cell: etree._Element, edit: Edit) -> None:
    for child in list(cell):
        cell.remove(child)
    if "t" in cell.attrib:
        del cell.attrib["t"]
    if edit.formula:
        etree.SubElement(cell, f"{MAIN}f").text = edit.formula
    elif isinstance(edit.value, str):
        cell.set("t", "inlineStr")
        text = etree.SubElement(etree.SubElement(cell, f"{MAIN}is"), f"{MAIN}t")
        text.text = edit.value
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    elif isinstance(edit.value, bool):
        cell.set("t", "b")
        etree.SubElement(cell, f"{MAIN}v").text = str(int(edit.value))
    elif edit.value is not None:
        etree.SubElement(cell, f"{MAIN}v").text = repr(float(edit.value))


def _stored(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
