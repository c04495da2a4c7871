"""One sheet: its cells as they come, everything around them as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.reading.cells import DATA, MAIN, CellHandler
from reportgen.xlsx.reading.drawings import read_charts, read_comments
from reportgen.xlsx.reading.faults import CellFault
from reportgen.xlsx.reading.records import ReadSheet
from reportgen.xlsx.reading.rules import (
    read_columns,
    read_conditional_formats,
    read_links,
    read_merges,
    read_validations,
)
from reportgen.xlsx.reading.xml import TreeHandler, feed, local_name, new_parser

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence
    from typing import Literal

    from reportgen.xlsx.reading.context import BookContext
    from reportgen.xlsx.reading.package import Package
    from reportgen.xlsx.reading.records import ReadCell

_ROOTS = {f"{MAIN}worksheet", f"{MAIN}chartsheet", f"{MAIN}dialogsheet"}


class SheetEntry(NamedTuple):
    """A sheet as the workbook lists it."""

    name: str
    state: Literal["visible", "hidden", "veryHidden"]
    part: str


def read_cells(
    package: Package, entry: SheetEntry, context: BookContext
) -> dict[tuple[int, int], ReadCell]:
    """The cells of a sheet alone. Raises UnreadableFile or HostileFile, naming the place."""
    return _parse(package, entry, context).cells


def read_sheet(
    package: Package, entry: SheetEntry, context: BookContext, looks: Sequence[str]
) -> ReadSheet:
    """A whole sheet; `looks` are what conditional formats paint. Errors as above."""
    parsed = _parse(package, entry, context)
    root = parsed.around
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


class _SheetParser:
    """Sends the events of a sheet's data to the cells and all others to a tree."""

    def __init__(self, context: BookContext) -> None:
        self.cells, self.around = CellHandler(context, self._attend_around), TreeHandler()
        self._features_left = context.limits.features
        self._root_seen = False
        self.parser = new_parser()
        self._attend_around()

    def _attend_around(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self.around.end
        self.parser.CharacterDataHandler = self.around.data

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._root_seen:
            self._root_seen = True
            if name not in _ROOTS:
                raise CellFault("", f"this part is no worksheet but {local_name(name)!r}")
        self.around.start(name, attributes)
        self._features_left -= 1
        if self._features_left < 0:
            raise CellFault(
                "",
                "the sheet carries more merged areas, links and rules than any program writes",
                hostile=True,
            )
        if name == DATA:
            self.around.end(name)  # its end is heard by the cells
            self.parser.StartElementHandler = self.cells.start
            self.parser.EndElementHandler = self.cells.end
            self.parser.CharacterDataHandler = self.cells.text.append


class ParsedSheet(NamedTuple):
    """The cells, the hidden rows, and the tree of everything around the rows."""

    cells: dict[tuple[int, int], ReadCell]
    hidden_rows: set[int]
    around: ET.Element


def _parse(package: Package, entry: SheetEntry, context: BookContext) -> ParsedSheet:
    context.formulas.start_sheet()
    parsed = _SheetParser(context)
    try:
        with package.open(entry.part) as stream:
            feed(parsed.parser, stream)
        parsed.cells.finish()
    except CellFault as fault:
        place = f"{entry.name}!{fault.place}" if fault.place else entry.name
        error = package.hostile if fault.hostile else package.unreadable
        raise error(place, fault.fact) from None
    return ParsedSheet(parsed.cells.cells, parsed.cells.hidden_rows, parsed.around.close())
