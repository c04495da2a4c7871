"""What stands around the cells of a sheet: its rules, links, filters, widths and protection.

Where a program wrote there what cannot be read, nothing stands there: the cells are what counts.
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import MAX_COLS
from reportgen.xlsx.reader.records import (
    ReadColumns,
    ReadConditionalFormat,
    ReadFilter,
    ReadLink,
    ReadTable,
    ReadValidation,
)
from reportgen.xlsx.references import parse_areas

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.xlsx.addresses import Area

_TRUE = {"1", "true"}
# Some programs write the operands of other kinds, empty, at every rule.
_OPERANDS = {
    "cellIs": ("operator",),
    "top10": ("rank", "percent", "bottom"),
    "aboveAverage": ("aboveAverage", "equalAverage", "stdDev"),
    "timePeriod": ("timePeriod",),
    "containsText": ("text",),
    "notContainsText": ("text",),
    "beginsWith": ("text",),
    "endsWith": ("text",),
}
# Bars and icons repeat in the extension what the main part says.
_REPEATED = {"dataBar", "iconSet", "colorScale"}


def read_columns(root: ET.Element) -> tuple[ReadColumns, ...]:
    """The columns that have a width or are hidden."""
    found = []
    for node in root.findall("cols/col"):
        first, last = (_number(node, name) for name in ("min", "max"))
        if first is not None and last is not None and 1 <= first <= last:
            bounds = int(first) - 1, min(int(last), MAX_COLS) - 1
            is_hidden = node.get("hidden") in _TRUE
            found.append(ReadColumns(*bounds, _number(node, "width"), is_hidden))
    return tuple(found)


def _number(node: ET.Element, name: str) -> float | None:
    """The number that an attribute spells; None if it spells none."""
    try:
        value = float(node.get(name, ""))
    except ValueError:
        return None
    return value if isfinite(value) else None


def read_merges(root: ET.Element) -> tuple[Area, ...]:
    """The merged areas."""
    nodes = root.findall("mergeCells/mergeCell")
    return tuple(area for node in nodes for area in parse_areas(node.get("ref", "")))


def read_validations(root: ET.Element) -> tuple[ReadValidation, ...]:
    """What may be typed where, also from Excel's extension for lists on other sheets."""
    return tuple(
        _validation(node)
        for node in root.iter("dataValidation")
        if node.get("type", "none") != "none" or node.get("prompt")
    )


def read_conditional_formats(
    root: ET.Element, looks: Sequence[str]
) -> tuple[ReadConditionalFormat, ...]:
    """The rules of all conditional formats, in the order of the file."""
    found: list[ReadConditionalFormat] = []
    for block in root.iter("conditionalFormatting"):
        areas = parse_areas(block.get("sqref") or block.findtext("sqref") or "")
        extension = block.get("sqref") is None
        found += [
            _conditional_format(areas, rule, looks)
            for rule in block.findall("cfRule")
            if not (extension and rule.get("type") in _REPEATED)
        ]
    return tuple(found)


def read_links(root: ET.Element, targets: Mapping[str, str]) -> tuple[ReadLink, ...]:
    """The hyperlinks; `targets` are the addresses of the sheet's relationships by id."""
    return tuple(
        ReadLink(area, _link_target(node, targets))
        for node in root.findall("hyperlinks/hyperlink")
        for area in parse_areas(node.get("ref", ""))
    )


def _validation(node: ET.Element) -> ReadValidation:
    kind = node.get("type", "none")
    operator = "" if kind in {"none", "list", "custom"} else node.get("operator", "between")
    formulas = [_formula(node, name) for name in ("formula1", "formula2")]
    if operator not in {"between", "notBetween"}:
        formulas = formulas[:1]
    messages = [node.get(name, "") for name in ("promptTitle", "prompt", "errorTitle", "error")]
    areas = parse_areas(node.get("sqref") or node.findtext("sqref") or "")
    texts = tuple(formula for formula in formulas if formula)
    return ReadValidation(areas, f"{kind} {operator}".strip(), texts, "\n".join(messages).strip())


def _formula(node: ET.Element, name: str) -> str:
    child = node.find(name)
    return "" if child is None else "".join(child.itertext()).strip()


def _conditional_format(
    areas: tuple[Area, ...], rule: ET.Element, looks: Sequence[str]
) -> ReadConditionalFormat:
    kind = rule.get("type", "")
    traits = [kind, *(rule.get(name, "") for name in _OPERANDS.get(kind, ()))]
    formulas = [node.text or "" for node in rule.iter() if node.tag in {"formula", "f"}]
    formulas += [f"{node.get('type')} {node.get('val', '')}".strip() for node in rule.iter("cfvo")]
    index = _number(rule, "dxfId")
    look = looks[int(index)] if index is not None and 0 <= index < len(looks) else ""
    return ReadConditionalFormat(areas, " ".join(filter(None, traits)), tuple(formulas), look)


def _link_target(node: ET.Element, targets: Mapping[str, str]) -> str:
    outside = targets.get(node.get("id", ""), "")
    inside = node.get("location", "")
    return f"{outside}#{inside}" if inside else outside


_ALLOWED = {
    "formatCells": "format cells",
    "formatColumns": "format columns",
    "formatRows": "format rows",
    "insertColumns": "insert columns",
    "insertRows": "insert rows",
    "insertHyperlinks": "insert links",
    "deleteColumns": "delete columns",
    "deleteRows": "delete rows",
    "sort": "sort",
    "autoFilter": "filter",
    "pivotTables": "use pivot tables",
}
_LOCKED = {
    "sheet": "cells",
    "content": "cells",
    "objects": "objects",
    "scenarios": "scenarios",
    "lockStructure": "list of sheets",
    "lockWindows": "windows",
    "lockRevision": "record of changes",
    "selectLockedCells": "choice of locked cells",
    "selectUnlockedCells": "choice of open cells",
}
_IN_FORCE = {"sheet", "content", "lockStructure", "lockWindows", "lockRevision"}
_PASSWORDS = {"password", "hashValue", "workbookPassword", "workbookHashValue"}


def read_protection(root: ET.Element, element: str) -> str:
    """What the protection of a sheet or workbook locks and allows, in words; "" without one."""
    node = root.find(element)
    if node is None or not any(node.get(name) in _TRUE for name in _IN_FORCE):
        return ""
    locked = [words for name, words in _LOCKED.items() if node.get(name) in _TRUE]
    allowed = [words for name, words in _ALLOWED.items() if node.get(name, "1") not in _TRUE]
    opened = [range_.get("sqref", "") for range_ in root.findall("protectedRanges/protectedRange")]
    parts = [f"locked: {', '.join(locked)}"]
    parts += ["with a password"] if any(node.get(name) for name in _PASSWORDS) else []
    parts += [f"allowed: {', '.join(allowed)}"] if allowed else []
    parts += [f"open: {', '.join(opened)}"] if opened else []
    return "; ".join(parts)


def read_filters(root: ET.Element) -> Iterator[ReadFilter]:
    """The filter of a sheet or of a table."""
    for node in root.findall("autoFilter"):
        for area in parse_areas(node.get("ref", "")):
            criteria = (
                (area.first_col + int(_number(column, "colId") or 0), _criterion(column[0]))
                for column in node.findall("filterColumn")
                if len(column)
            )
            yield ReadFilter(area, tuple(sorted(criteria)))


_UNSAID = {"operator": "equal", "and": "0", "percent": "0", "top": "1", "blank": "0"}


def _criterion(node: ET.Element) -> str:
    """What one column lets through: "filters 1, 2" or "customFilters greaterThan 5"."""
    own = [f"{name}={value}" for name, value in node.items() if _is_said(name, value)]
    values = (
        " ".join(value for name, value in one.items() if _is_said(name, value)) for one in node
    )
    return " ".join(filter(None, (node.tag, " ".join(own), ", ".join(sorted(values)))))


def _is_said(name: str, value: str) -> bool:
    return _UNSAID.get(name) != {"true": "1", "false": "0"}.get(value, value)


def read_tables(trees: Sequence[ET.Element]) -> tuple[ReadTable, ...]:
    """The tables of a sheet by name."""
    return tuple(
        sorted(
            ReadTable(
                tree.get("displayName", tree.get("name", "")),
                area,
                tuple(
                    column.get("name", "") for column in tree.findall("tableColumns/tableColumn")
                ),
            )
            for tree in trees
            for area in parse_areas(tree.get("ref", ""))
        )
    )


class _Setting(NamedTuple):
    """A trait of how a sheet is shown or printed: in words, where it stands, what is usual."""

    words: str
    path: str
    attribute: str
    usual: str = ""


_SETTINGS = (
    _Setting("tab colour", "sheetPr/tabColor", "rgb"),
    _Setting("tab colour of the theme", "sheetPr/tabColor", "theme"),
    _Setting("zoom", "sheetViews/sheetView", "zoomScale", "100"),
    _Setting("gridlines", "sheetViews/sheetView", "showGridLines", "1"),
    _Setting("zeros", "sheetViews/sheetView", "showZeros", "1"),
    _Setting("right to left", "sheetViews/sheetView", "rightToLeft", "0"),
    _Setting("formulas in place of values", "sheetViews/sheetView", "showFormulas", "0"),
    _Setting("frozen rows", "sheetViews/sheetView/pane", "ySplit", "0"),
    _Setting("frozen columns", "sheetViews/sheetView/pane", "xSplit", "0"),
    _Setting("page", "pageSetup", "orientation", "default"),
    _Setting("paper", "pageSetup", "paperSize", "1"),
)
_PRINTED = ("oddHeader", "oddFooter")


def read_settings(root: ET.Element) -> tuple[tuple[str, str], ...]:
    """How a sheet is shown and printed where that is not the usual: ("zoom", "80")."""
    found = []
    for words, path, attribute, usual in _SETTINGS:
        node = root.find(path)
        value = usual if node is None else node.get(attribute, usual)
        value = {"true": "1", "false": "0"}.get(value, value)
        if value != usual:
            found.append((words, value))
    for name in _PRINTED:
        text = root.findtext(f"headerFooter/{name}")
        found += [(name, text)] if text else []
    return tuple(found)
