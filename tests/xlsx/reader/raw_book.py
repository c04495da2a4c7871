"""Workbooks put together part by part, so that any part can be odd, wrong or hostile."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"


def sheet_xml(rows: str, after: str = "") -> str:
    """A worksheet part with these rows, and what stands after them."""
    return f'{XML}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'


def relationships_xml(*links: tuple[str, str, str]) -> str:
    """A part of relationships: (id, kind, target)."""
    listed = "".join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for key, kind, target in links
    )
    return f'{XML}<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'


def strings_xml(*texts: str) -> str:
    """A part of shared strings; `texts` are XML."""
    items = "".join(f"<si><t>{text}</t></si>" for text in texts)
    return f'{XML}<sst xmlns="{MAIN}" count="1" uniqueCount="1">{items}</sst>'


def parts(rows: str = "", **changed: str) -> dict[str, str]:
    """The parts of a workbook of one sheet "Sheet1" with these rows.

    `changed` replaces, by short name: sheet, workbook, strings, styles.
    """
    found = {
        "[Content_Types].xml": f'{XML}<Types xmlns="{PACKAGE}/content-types"/>',
        "_rels/.rels": relationships_xml(("rId1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": changed.get(
            "workbook",
            f'{XML}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        ),
        "xl/_rels/workbook.xml.rels": relationships_xml(
            ("rId1", "worksheet", "worksheets/sheet1.xml"),
            ("rId2", "sharedStrings", "sharedStrings.xml"),
            ("rId3", "styles", "styles.xml"),
        ),
        SHEET: changed.get("sheet", sheet_xml(rows)),
    }
    for name, part in (("strings", "xl/sharedStrings.xml"), ("styles", "xl/styles.xml")):
        if name in changed:
            found[part] = changed[name]
    return found


STRICT = "http://purl.oclc.org/ooxml"
_IN_STRICT = (
    (f"{OFFICE}/extended-properties", f"{STRICT}/officeDocument/relationships/extendedProperties"),
    (OFFICE, f"{STRICT}/officeDocument/relationships"),
    (MAIN, f"{STRICT}/spreadsheetml/main"),
    ("http://schemas.openxmlformats.org/drawingml/2006/", f"{STRICT}/drawingml/"),
)


def strict(content: Mapping[str, str]) -> dict[str, str]:
    """The parts of a workbook as Excel stores them in Strict Open XML."""
    found = dict(content)
    for name, part in found.items():
        for usual, new in _IN_STRICT:
            part = part.replace(usual, new)  # noqa: PLW2901 - step by step
        found[name] = part
    return found


def pack(path: Path, content: Mapping[str, str | bytes]) -> Path:
    """The parts as a file at `path`."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in content.items():
            package.writestr(name, part)
    return path


def write_rows(path: Path, rows: str, **changed: str) -> Path:
    """A workbook of one sheet with these rows, as `parts` takes them."""
    return pack(path, parts(rows, **changed))
