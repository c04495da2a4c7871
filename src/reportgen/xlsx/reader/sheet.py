"""One sheet: its cells as they come, everything around them as a tree."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.xlsx.reader.around import (
    read_columns,
    read_conditional_formats,
    read_filters,
    read_links,
    read_merges,
    read_protection,
    read_settings,
    read_tables,
    read_validations,
)
from reportgen.xlsx.reader.cells import DATA, MAINS, CellFault, CellReader
from reportgen.xlsx.reader.drawings import read_charts, read_comments
from reportgen.xlsx.reader.package import growing, with_local_names
from reportgen.xlsx.reader.records import EVERYTHING, ReadSheet

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Sequence
    from typing import Literal

    from reportgen.xlsx.reader.cells import BookContext
    from reportgen.xlsx.reader.package import Package
    from reportgen.xlsx.reader.records import ReadCell, Wanted


_ROOTS = {f"{main}{kind}sheet" for main in MAINS for kind in ("work", "chart", "dialog")}


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
    tables = [package.tree(part) for part in package.related(entry.part, "table")]
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
        filters=tuple(one for tree in (root, *tables) for one in read_filters(tree)),
        tables=read_tables(tables),
        protection=read_protection(root, "sheetProtection"),
        heights=parsed.heights,
        settings=read_settings(root),
    )


class ParsedSheet(NamedTuple):
    """The cells, what is known of rows, and the tree of everything around the rows."""

    cells: dict[tuple[int, int], ReadCell]
    hidden_rows: set[int]
    heights: dict[int, float]
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
    read = parts.cells
    return ParsedSheet(read.cells, read.hidden_rows, read.heights, root)


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
            raise CellFault("", f"its part begins with {quote(root.tag)}, as no worksheet does")
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
        if part.tag not in DATA:
            return sum(1 for _ in part.iter())
        self.cells.take(part, is_open=is_open)
        return 1
