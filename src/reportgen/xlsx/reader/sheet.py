"""One sheet: its cells as they come, everything around them as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import MAX_COLS
from reportgen.xlsx.reader.cells import DATA, MAIN, CellFault, CellReader
from reportgen.xlsx.reader.drawings import read_charts, read_comments
from reportgen.xlsx.reader.package import growing, local_name, with_local_names
from reportgen.xlsx.reader.records import (
    EVERYTHING,
    ReadColumns,
    ReadConditionalFormat,
    ReadLink,
    ReadSheet,
    ReadValidation,
)
from reportgen.xlsx.references import parse_area, parse_areas

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.reader.cells import BookContext
    from reportgen.xlsx.reader.package import Package
    from reportgen.xlsx.reader.records import ReadCell, Wanted


_ROOTS = {f"{MAIN}worksheet", f"{MAIN}chartsheet", f"{MAIN}dialogsheet"}


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    state: Literal["visible", "hidden", "veryHidden"]
    part: str


def read_cells(
    package: Package,
    entry: SheetEntry,
    context: BookContext,
    wanted: Wanted = EVERYTHING,
) -> dict[tuple[int, int], ReadCell]:
    """The cells of a sheet alone. Raises UnreadableFile or HostileFile, naming the place."""
    return _parse(package, entry, context, wanted).cells


def read_sheet(
    package: Package, entry: SheetEntry, context: BookContext, looks: Sequence[str]
) -> ReadSheet:
    """A whole sheet; `looks` are what conditional formats paint. Errors as above."""
    parsed = _parse(package, entry, context)
    root = with_local_names(parsed.around)
    targets = {link.key: link.target for link in package.relationships(entry.part) if link.external}
    try:
        return ReadSheet(
            name=entry.name,
            state=entry.state,
            cells=parsed.cells,
            columns=read_columns(root),
            hidden_rows=frozenset(parsed.hidden_rows),
            merges=read_merges(root),
            validations=read_validations(root),
            conditional_formats=read_conditional_formats(root, looks),
            comments=read_comments(package, entry.part),
            charts=read_charts(package, entry.part),
            links=read_links(root, targets),
        )
    except ValueError as error:
        fact = f"the sheet's rules cannot be read ({error})"
        raise package.unreadable(entry.name, fact) from None


class ParsedSheet(NamedTuple):
    """The cells, the hidden rows, and the tree of everything around the rows."""

    cells: dict[tuple[int, int], ReadCell]
    hidden_rows: set[int]
    around: ET.Element


def _parse(
    package: Package,
    entry: SheetEntry,
    context: BookContext,
    wanted: Wanted = EVERYTHING,
) -> ParsedSheet:
    context.formulas.start_sheet()
    parts = _SheetParts(context, wanted)
    try:
        with package.open(entry.part) as stream:
            for root in growing(stream):
                parts.take(root, is_open=True)
        parts.take(root, is_open=False)
        parts.cells.finish()
    except CellFault as fault:
        place = f"{entry.name}!{fault.place}" if fault.place else entry.name
        error = package.hostile if fault.hostile else package.unreadable
        raise error(place, fault.fact) from None
    return ParsedSheet(parts.cells.cells, parts.cells.hidden_rows, root)


class _SheetParts:
    """Takes the rows out of a sheet while it grows, and counts what stands around them."""

    def __init__(self, context: BookContext, wanted: Wanted) -> None:
        self.cells = CellReader(context, wanted)
        self._most = context.limits.features
        self._counted = self._complete = 0

    def take(self, root: ET.Element, *, is_open: bool) -> None:
        """Take in what was parsed of a sheet that still `is_open`, or is whole.

        Raises CellFault if this is no sheet, or it is out of measure.
        """
        if root.tag not in _ROOTS:
            raise CellFault("", f"this part is no worksheet but {local_name(root.tag)!r}")
        parts = root[self._complete :]
        sizes = [self._taken(part, is_open=is_open and part is parts[-1]) for part in parts]
        if self._counted + sum(sizes) > self._most:
            raise CellFault(
                "",
                "the sheet carries more merged areas, links and rules than any program writes",
                hostile=True,
            )
        # The last part may go on: it is looked at again.
        self._counted += sum(sizes[:-1])
        self._complete += len(sizes[:-1])

    def _taken(self, part: ET.Element, *, is_open: bool) -> int:
        """The number of elements of a part, its rows taken to the cells and not counted."""
        if part.tag != DATA:
            return sum(1 for _ in part.iter())
        self.cells.take(part, is_open=is_open)
        return 1


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
