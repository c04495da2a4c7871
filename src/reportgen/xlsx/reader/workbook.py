"""An open workbook file: its sheets are listed at once and read one by one, when asked for.

Files that come from outside are read by `reportgen.xlsx.reader.process`, which runs `read` in a
process of its own, under limits of memory and time.
"""

from __future__ import annotations

from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.errors import quote
from reportgen.system import paused_collector
from reportgen.values import Value
from reportgen.xlsx.reader.active import found_active
from reportgen.xlsx.reader.around import read_protection
from reportgen.xlsx.reader.cells import BookContext, FormulaReader
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, Limits
from reportgen.xlsx.reader.package import Package
from reportgen.xlsx.reader.records import (
    EPOCH_1900,
    EPOCH_1904,
    EVERYTHING,
    ReadBook,
    ReadSheet,
)
from reportgen.xlsx.reader.shared import read_differential_looks, read_strings, read_styles
from reportgen.xlsx.reader.sheet import SheetEntry, read_cells, read_sheet

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Collection, Mapping, Sequence
    from pathlib import Path

    from reportgen.values import Value
    from reportgen.xlsx.reader.limits import Limits
    from reportgen.xlsx.reader.package import Relationship
    from reportgen.xlsx.reader.records import ReadStyle, Wanted


_STATES: dict[str, Literal["hidden", "veryHidden"]] = {
    "hidden": "hidden",
    "veryHidden": "veryHidden",
}
_TRUE = {"1", "true"}


def read(
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    sheets: Collection[str] | None = None,
    *,
    cells_only: bool = False,
    skipped: Collection[str] = (),
    wanted: Mapping[str, Wanted] = MappingProxyType({}),
) -> ReadBook:
    """Everything that stands in the workbook. Raises UnreadableFile or HostileFile.

    With `sheets`, all others stand there by name and state, without content, as do those `skipped`.
    With `cells_only` cells have no looks, and nothing but them and the warnings is read: of each
    sheet what is `wanted` of it, or else of "". Nothing is computed, run or fetched.
    """
    with WorkbookFile(path, limits) as file:
        names = {entry.name for entry in file.entries}
        left_out = names.difference(names if sheets is None else sheets).union(skipped)
        return file.cells_alone(left_out, wanted) if cells_only else file.book(left_out)


def read_values(
    path: Path, sheets: Collection[str] | None = None, limits: Limits = DEFAULT_LIMITS
) -> dict[str, dict[tuple[int, int], Value]]:
    """The values by sheet and (row, column) from 0, of all sheets or of those named.

    Sheets named that do not exist are left out. Errors as for `read`.
    """
    with WorkbookFile(path, limits) as file:
        return {
            entry.name: file.values(entry)
            for entry in file.entries
            if sheets is None or entry.name in sheets
        }


class _Styles(NamedTuple):
    cells: tuple[ReadStyle, ...]
    differential: tuple[str, ...]


class WorkbookFile(Package):
    """A package that is known to hold a workbook. A context manager."""

    def __init__(self, path: Path, limits: Limits) -> None:
        """Open the file and list its sheets. Raises UnreadableFile or HostileFile."""
        super().__init__(path, limits)
        try:
            self._root = self._workbook_tree()
            self.entries = self._sheet_entries()
        except BaseException:
            self.__exit__(None, None, None)
            raise

    @property
    def date_1904(self) -> bool:
        """Whether day 0 is 1904-01-01, as old Macintosh files have it."""
        node = self._root.find("workbookPr")
        return node is not None and node.get("date1904") in _TRUE

    @cached_property
    def strings(self) -> list[str]:
        """The shared strings, none if the file has no such part."""
        found = self.related(self.workbook_part, "sharedStrings")
        return read_strings(self, found[0]) if found else []

    @cached_property
    def context(self) -> BookContext:
        """What the cells of every sheet refer to."""
        return self._context(self._styles.cells)

    def _context(self, styles: Sequence[ReadStyle]) -> BookContext:
        formulas = FormulaReader(self.limits)
        epoch = EPOCH_1904 if self.date_1904 else EPOCH_1900
        return BookContext(self.strings, styles, formulas, self.limits, epoch)

    def sheet(self, entry: SheetEntry) -> ReadSheet:
        """One whole sheet."""
        return read_sheet(self, entry, self.context, self._styles.differential)

    def values(self, entry: SheetEntry) -> dict[tuple[int, int], Value]:
        """The values of one sheet's cells that have one."""
        cells = read_cells(self, entry, self.context)
        return {place: cell.value for place, cell in cells.items() if cell.value is not None}

    def book(self, skipped: Collection[str] = ()) -> ReadBook:
        """The whole workbook; sheets whose name is in `skipped` stand there without content."""
        with paused_collector():
            sheets = tuple(
                ReadSheet(entry.name, entry.state) if entry.name in skipped else self.sheet(entry)
                for entry in self.entries
            )
        return ReadBook(
            sheets=sheets,
            names=self._names(),
            styles=self._styles.cells,
            properties=self._properties(),
            date_1904=self.date_1904,
            warnings=found_active(self, self.context.calls),
            protection=read_protection(self._root, "workbookProtection"),
        )

    def cells_alone(self, skipped: Collection[str], wanted: Mapping[str, Wanted]) -> ReadBook:
        """The values and formulas of the workbook, and nothing of how it looks."""
        context = self._context(())
        of_others = wanted.get("", EVERYTHING)
        with paused_collector():
            sheets = tuple(
                ReadSheet(entry.name, entry.state)
                if entry.name in skipped
                else ReadSheet(
                    entry.name,
                    entry.state,
                    read_cells(self, entry, context, wanted.get(entry.name, of_others)),
                )
                for entry in self.entries
            )
        return ReadBook(
            sheets, date_1904=self.date_1904, warnings=found_active(self, context.calls)
        )

    @cached_property
    def _styles(self) -> _Styles:
        found = self.related(self.workbook_part, "styles")
        if not found:
            return _Styles((), ())
        root = self.tree(found[0])
        return _Styles(read_styles(root), read_differential_looks(root))

    def _workbook_tree(self) -> ET.Element:
        root = self.tree(self.workbook_part)
        if root.tag != "workbook":
            raise self.unreadable(
                self.workbook_part, f"begins with {quote(root.tag)}, as no workbook does"
            )
        return root

    def _sheet_entries(self) -> tuple[SheetEntry, ...]:
        targets = {link.key: link for link in self.relationships(self.workbook_part)}
        listed = self._root.findall("sheets/sheet")
        if len(listed) > self.limits.sheets:
            raise self.hostile("", f"lists {len(listed):,} sheets")
        entries = tuple(self._sheet_entry(node, targets) for node in listed)
        names = {entry.name.casefold() for entry in entries}
        if not entries or len(names) < len(entries):
            raise self.unreadable("", "two sheets share a name" if entries else "holds no sheets")
        return entries

    def _sheet_entry(self, node: ET.Element, targets: Mapping[str, Relationship]) -> SheetEntry:
        name, link = node.get("name", ""), targets.get(node.get("id", ""))
        if link is None or link.external or not self.has(link.target):
            raise self.unreadable(name, "the part that holds this sheet is missing")
        return SheetEntry(name, _STATES.get(node.get("state", ""), "visible"), link.target)

    def _names(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for node in self._root.findall("definedNames/definedName"):
            name, scope = node.get("name", ""), node.get("localSheetId")
            if name == "_xlnm._FilterDatabase":
                continue  # a trace of a filter, written and dropped by programs as they like
            if scope is not None and scope.isdecimal() and int(scope) < len(self.entries):
                name = f"{self.entries[int(scope)].name}!{name}"
            found[name] = (node.text or "").strip()
        return found

    def _properties(self) -> dict[str, str]:
        found = {}
        for kind in ("core-properties", "extended-properties", "extendedProperties"):
            for part in self.related("", kind):
                for node in self.tree(part):
                    if len(node) == 0 and node.text:
                        found[node.tag] = node.text
        return found
