"""The parts of a workbook that the linter looks at, and what it finds in them."""

from __future__ import annotations

import posixpath
import zipfile
from typing import TYPE_CHECKING, NamedTuple

from lxml import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


class Finding(NamedTuple):
    """One fault: the rule broken, where (such as Valuation!B7, or a part) and what is there."""

    rule: str
    place: str
    what: str


class Sheet(NamedTuple):
    """A worksheet: its name, visibility, XML and the XML of its tables."""

    name: str
    visible: bool
    root: etree._Element
    tables: list[etree._Element]

    def at(self, address: str) -> str:
        """The place of a cell or area of this sheet, for a finding."""
        return f"{self.name}!{address}"


class DefinedName(NamedTuple):
    """A defined name; `scope` is the position of its sheet, None for the whole workbook."""

    name: str
    scope: int | None
    formula: str


class Book(NamedTuple):
    """A workbook in parts. `texts` are the shared strings."""

    sheets: list[Sheet]
    names: list[DefinedName]
    active_tab: int
    texts: list[str]
    styles: etree._Element
    charts: dict[str, etree._Element]


def open_book(path: Path) -> Book:
    """The workbook, unjudged. Raises KeyError or zipfile.BadZipFile if the file is none."""
    with zipfile.ZipFile(path) as package:
        root = etree.fromstring(package.read("xl/workbook.xml"))
        links = _links(package, "xl/workbook.xml")
        view = root.find(f"{MAIN}bookViews/{MAIN}workbookView")
        return Book(
            sheets=[_sheet(package, node, links) for node in root.iter(f"{MAIN}sheet")],
            names=[_defined_name(node) for node in root.iter(f"{MAIN}definedName")],
            active_tab=0 if view is None else int(view.get("activeTab", "0")),
            texts=list(_shared_texts(package)),
            styles=etree.fromstring(package.read("xl/styles.xml")),
            charts={
                part: etree.fromstring(package.read(part))
                for part in package.namelist()
                if part.startswith("xl/charts/chart")
            },
        )


def _links(package: zipfile.ZipFile, part: str) -> dict[str, str]:
    """The parts that a part points to, by relation id."""
    folder, file = posixpath.split(part)
    relations = f"{folder}/_rels/{file}.rels"
    if relations not in package.namelist():
        return {}
    return {
        link.get("Id", ""): posixpath.normpath(
            posixpath.join("/", folder, link.get("Target", ""))
        ).lstrip("/")
        for link in etree.fromstring(package.read(relations))
        if link.get("TargetMode") != "External"
    }


def _sheet(package: zipfile.ZipFile, node: etree._Element, links: dict[str, str]) -> Sheet:
    part = links[node.get(RELATION, "")]
    root = etree.fromstring(package.read(part))
    own = _links(package, part)
    tables = [
        etree.fromstring(package.read(own[link.get(RELATION, "")]))
        for link in root.iter(f"{MAIN}tablePart")
    ]
    visible = node.get("state", "visible") == "visible"
    return Sheet(node.get("name", ""), visible, root, tables)


def _defined_name(node: etree._Element) -> DefinedName:
    scope = node.get("localSheetId")
    return DefinedName(node.get("name", ""), None if scope is None else int(scope), node.text or "")


def _shared_texts(package: zipfile.ZipFile) -> Iterator[str]:
    if "xl/sharedStrings.xml" in package.namelist():
        for item in etree.fromstring(package.read("xl/sharedStrings.xml")).iter(f"{MAIN}si"):
            yield "".join(part.text or "" for part in item.iter(f"{MAIN}t"))
