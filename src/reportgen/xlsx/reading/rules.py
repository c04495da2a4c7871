"""What a sheet carries besides cells, taken from the tree of everything around its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.places import MAX_COLS
from reportgen.xlsx.reading.areas import parse_area, parse_areas
from reportgen.xlsx.reading.records import (
    ReadColumns,
    ReadConditionalFormat,
    ReadLink,
    ReadValidation,
)

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping, Sequence

    from reportgen.xlsx.places import Area

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
    return tuple(
        ReadColumns(
            int(node.get("min", "1")) - 1,
            min(int(node.get("max", "1")), MAX_COLS) - 1,
            float(node.get("width", "nan")) if node.get("width") else None,
            node.get("hidden") in _TRUE,
        )
        for node in root.findall("cols/col")
    )


def read_merges(root: ET.Element) -> tuple[Area, ...]:
    """The merged areas. Raises ValueError if one is no area."""
    return tuple(parse_area(node.get("ref", "")) for node in root.findall("mergeCells/mergeCell"))


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
        ReadLink(parse_area(node.get("ref", "")), _link_target(node, targets))
        for node in root.findall("hyperlinks/hyperlink")
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
    index = int(rule.get("dxfId", "-1"))
    look = looks[index] if 0 <= index < len(looks) else ""
    return ReadConditionalFormat(areas, " ".join(filter(None, traits)), tuple(formulas), look)


def _link_target(node: ET.Element, targets: Mapping[str, str]) -> str:
    outside = targets.get(node.get("id", ""), "")
    inside = node.get("location", "")
    return f"{outside}#{inside}" if inside else outside
