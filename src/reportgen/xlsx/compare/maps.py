"""Where everything of the old workbook stands in the new one: sheets, rows and columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.compare.alignment import IDENTITY, AxisMap, align
from reportgen.xlsx.compare.areas import Run
from reportgen.xlsx.compare.lines import (
    Placed,
    SheetLine,
    Typed,
    build_lines,
    duplicate_keys,
    find_key,
    is_blank,
    token,
)

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Mapping, Sequence

    from reportgen.xlsx.reader.records import ReadBook, ReadSheet


_COLUMNS_ALIKE = 0.5
_FEW = 50
_placed = partial(tuple.__new__, Placed)  # every cell of large sheets: half the time of the class
NONE_KNOWN: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class SheetMap:
    """The maps of a pair of sheets; `duplicates` are keys that name several rows of the new one."""

    rows: AxisMap = IDENTITY
    columns: AxisMap = IDENTITY
    duplicates: Mapping[Hashable, list[int]] = field(default_factory=dict)

    @property
    def is_identity(self) -> bool:
        """Whether every cell is where it was."""
        return self.rows.is_identity and self.columns.is_identity

    def new_place(self, row: int, col: int) -> tuple[int, int] | None:
        """The cell's new place, None if its row or column was deleted."""
        new_row, new_col = self.rows.new(row), self.columns.new(col)
        return None if new_row is None or new_col is None else (new_row, new_col)

    def new_area(self, area: Area) -> Area:
        """The area as insertions and deletions leave it."""
        return Area(
            self.rows.surviving(area.first_row, 1),
            self.columns.surviving(area.first_col, 1),
            self.rows.surviving(area.last_row, -1),
            self.columns.surviving(area.last_col, -1),
        )


class MappedSheet(NamedTuple):
    """What became of an old sheet: the new one's name, case-folded, and the map of its cells."""

    name: str
    map: SheetMap


class BookMap(NamedTuple):
    """The pairs of sheets, the sheets without partner, and the map of each old sheet by name.

    Keys of `sheets` and `removed` are case-folded, as formulas do not heed the case of names.
    """

    pairs: tuple[SheetPair, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]
    sheets: Mapping[str, MappedSheet]

    def map_of(self, pair: SheetPair) -> SheetMap:
        """The map of a pair of sheets."""
        return self.sheets[pair.old.name.casefold()].map

    def disturbed(self) -> tuple[str, ...]:
        """The old sheets that were renamed or removed, or whose cells were shifted."""
        changed = [
            pair.old.name
            for pair in self.pairs
            if pair.old.name.casefold() != pair.new.name.casefold()
            or not self.map_of(pair).is_identity
        ]
        return (*changed, *self.removed)


def map_books(old: ReadBook, new: ReadBook, known: Mapping[str, str] = NONE_KNOWN) -> BookMap:
    """The correspondence of two workbooks: sheets by name, else content; rows and columns.

    `known` maps names of new sheets to the old ones that they are known to be.
    """
    paired = pair_sheets(old.sheets, new.sheets, known)
    sheets = {
        pair.old.name.casefold(): MappedSheet(
            pair.new.name.casefold(), map_sheet(pair.old, pair.new)
        )
        for pair in paired.pairs
    }
    return BookMap(paired.pairs, paired.added, paired.removed, sheets)


def map_sheet(old: ReadSheet, new: ReadSheet) -> SheetMap:
    """The maps of rows and columns; columns first, since rows are compared across them."""
    if _is_in_place(old, new):
        return SheetMap()
    columns = _map_columns(list(_by_column(old)), list(_by_column(new)))
    left = [
        _placed((placed.at, column, placed.cell))
        for placed in _by_row(old)
        if (column := columns.new(placed.across)) is not None
    ]
    right = [placed for placed in _by_row(new) if placed.across not in columns.inserted]
    rows = _map_rows(left, right)
    return SheetMap(rows.map, columns, duplicate_keys(rows.new))


def _is_in_place(old: ReadSheet, new: ReadSheet) -> bool:
    """Whether few rows differ in anything, and none of them stands elsewhere now.

    This spares most sheets the search for what moved.
    """
    if old.cells.keys() != new.cells.keys():
        return False
    suspects = {
        row
        for (row, col), cell in old.cells.items()
        if cell.value != (after := new.cells[row, col]).value or cell.formula != after.formula
    }
    if len(suspects) > _FEW:
        return False
    left = [placed for placed in _by_row(old) if placed.at in suspects]
    right = [placed for placed in _by_row(new) if placed.at in suspects]
    return _map_rows(left, right).map.is_identity


class _MappedRows(NamedTuple):
    """The map of rows, and the new rows as they were compared."""

    map: AxisMap
    new: list[SheetLine]


def _map_rows(left: list[Placed], right: list[Placed]) -> _MappedRows:
    key_at = find_key(left, right)
    old_rows = build_lines(left, key_at, positions=True)
    new_rows = build_lines(right, key_at, positions=True)
    return _MappedRows(align(old_rows, new_rows), new_rows)


def _map_columns(old: list[Placed], new: list[Placed]) -> AxisMap:
    """Columns stay where they are as long as each is like itself; else they are aligned."""
    if _are_alike(_tokens(old), _tokens(new)):
        return IDENTITY
    key_at = find_key(old, new)
    return align(
        build_lines(old, key_at, positions=False), build_lines(new, key_at, positions=False)
    )


def _tokens(cells: Iterable[Placed]) -> dict[int, set[Hashable]]:
    found: dict[int, set[Hashable]] = {}
    for placed in cells:
        found.setdefault(placed.at, set()).add(token(placed.cell))
    return found


def _are_alike(old: dict[int, set[Hashable]], new: dict[int, set[Hashable]]) -> bool:
    return old.keys() == new.keys() and all(
        len(tokens & new[at]) >= _COLUMNS_ALIKE * max(len(tokens), len(new[at]))
        for at, tokens in old.items()
    )


def _by_row(sheet: ReadSheet) -> Iterable[Placed]:
    return (
        _placed((row, col, cell)) for (row, col), cell in sheet.cells.items() if not is_blank(cell)
    )


def _by_column(sheet: ReadSheet) -> Iterable[Placed]:
    return (
        _placed((col, row, cell)) for (row, col), cell in sheet.cells.items() if not is_blank(cell)
    )


_SHEETS_ALIKE = 0.5


class SheetPair(NamedTuple):
    """A sheet before and after."""

    old: ReadSheet
    new: ReadSheet


class PairedSheets(NamedTuple):
    """Pairs in the order of the new workbook; names of sheets without a partner."""

    pairs: tuple[SheetPair, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def pair_sheets(
    old: Sequence[ReadSheet], new: Sequence[ReadSheet], known: Mapping[str, str]
) -> PairedSheets:
    """The pairs: known ones, namesakes, then the most alike of the rest if half of it is alike.

    `known` maps new names to old ones.
    """
    named = {sheet.name.casefold(): sheet for sheet in old}
    old_names = {sheet.name: known.get(sheet.name, sheet.name).casefold() for sheet in new}
    partners = {name: named[before] for name, before in old_names.items() if before in named}
    taken = {sheet.name for sheet in partners.values()}
    left = [sheet for sheet in old if sheet.name not in taken]
    right = [sheet for sheet in new if sheet.name not in partners]
    for pair in _most_alike(left, right):
        partners[pair.new.name] = pair.old
        taken.add(pair.old.name)
    return PairedSheets(
        tuple(SheetPair(partners[sheet.name], sheet) for sheet in new if sheet.name in partners),
        tuple(sheet.name for sheet in new if sheet.name not in partners),
        tuple(sheet.name for sheet in old if sheet.name not in taken),
    )


def _most_alike(left: Sequence[ReadSheet], right: Sequence[ReadSheet]) -> list[SheetPair]:
    contents = {id(sheet): _content(sheet) for sheet in (*left, *right)}
    scores = [
        (-likeness(contents[id(a)], contents[id(b)]), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
    ]
    found: list[SheetPair] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for score, i, j in sorted(scores):
        if -score >= _SHEETS_ALIKE and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append(SheetPair(left[i], right[j]))
    return found


def likeness(left: set[Hashable], right: set[Hashable]) -> float:
    """The share of what stands in either that stands in both; 0 for two empty ones."""
    return len(left & right) / len(left | right) if left or right else 0.0


def _content(sheet: ReadSheet) -> set[Hashable]:
    """What was typed and the shapes of formulas by column: rows may have come or gone."""
    return {(col, token(cell)) for (_, col), cell in sheet.cells.items() if not is_blank(cell)} | {
        ("chart", chart.title) for chart in sheet.charts
    }


RECORDS = (MappedSheet, SheetMap, AxisMap, Run, Typed)  # of which the map of a workbook is made
