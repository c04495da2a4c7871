"""Changes of sheets, names, rows and columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.compare.alignment import longest_increasing
from reportgen.xlsx.compare.areas import column_place, row_place
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange
from reportgen.xlsx.compare.lines import is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from reportgen.xlsx.compare.alignment import AxisMap
    from reportgen.xlsx.compare.formulas import FormulaMatcher
    from reportgen.xlsx.compare.maps import BookMap, SheetMap, SheetPair
    from reportgen.xlsx.reader.records import ReadBook, ReadSheet

_SHOWN = 8
_PRINTED = "_xlnm.Print_"


class _Way(NamedTuple):
    """Rows or columns: what happens to them, how they are called, which of them has a cell."""

    inserted: ChangeKind
    deleted: ChangeKind
    moved: ChangeKind
    place: Callable[[int, int], str]
    line_of: Callable[[int, int], int]


_ROWS = _Way(
    ChangeKind.ROW_INSERTED,
    ChangeKind.ROW_DELETED,
    ChangeKind.ROW_MOVED,
    row_place,
    lambda row, _col: row,
)
_COLUMNS = _Way(
    ChangeKind.COLUMN_INSERTED,
    ChangeKind.COLUMN_DELETED,
    ChangeKind.COLUMN_MOVED,
    column_place,
    lambda _row, col: col,
)


def compare_sheet_lists(old: ReadBook, new: ReadBook, books: BookMap) -> Iterator[WorkbookChange]:
    """Sheets added, removed, renamed, moved among the others; the system of dates."""
    if old.date_1904 != new.date_1904:
        yield WorkbookChange(
            ChangeKind.DATES,
            "",
            "",
            1904.0 if old.date_1904 else 1900.0,
            1904.0 if new.date_1904 else 1900.0,
        )
    for name in books.removed:
        yield WorkbookChange(ChangeKind.SHEET_REMOVED, name, "", old=name, old_place=name)
    for name in books.added:
        yield WorkbookChange(ChangeKind.SHEET_ADDED, name, "", new=name)
    for pair in books.pairs:
        if pair.old.name != pair.new.name:
            yield WorkbookChange(
                ChangeKind.SHEET_RENAMED,
                pair.new.name,
                "",
                pair.old.name,
                pair.new.name,
                old_place=pair.old.name,
            )
    before = {sheet.name: at for at, sheet in enumerate(old.sheets)}
    places = {before[pair.old.name]: at for at, pair in enumerate(books.pairs)}
    stayed = {pair.new for pair in longest_increasing(places)}
    for at, pair in enumerate(books.pairs):
        if at not in stayed:
            yield WorkbookChange(ChangeKind.SHEET_MOVED, pair.new.name, "", old_place=pair.old.name)


def changed_names(
    old: ReadBook, new: ReadBook, books: BookMap, matcher: FormulaMatcher
) -> list[WorkbookChange]:
    """Defined names that came, went or mean something else."""
    left = {_renamed(name, books): text for name, text in old.names.items()}
    found = []
    for name in sorted(left.keys() | new.names.keys()):
        before, after = left.get(name), new.names.get(name)
        if _PRINTED in name and before and after:  # what is printed has no cell to be relative to
            before, after = before.replace("$", ""), after.replace("$", "")
        if before is None or after is None or not matcher.same(before, after, "", ""):
            found.append(WorkbookChange(ChangeKind.NAME, "", name, before, after))
    return found


def compare_lines(pair: SheetPair, sheet_map: SheetMap) -> Iterator[WorkbookChange]:
    """Rows and columns that came, went or changed places: one change each."""
    yield from _line_changes(_COLUMNS, pair, sheet_map.columns, {})
    notes = {
        place: f"the key {key!r} names rows {', '.join(str(row + 1) for row in places)}"
        for key, places in sheet_map.duplicates.items()
        for place in places
    }
    yield from _line_changes(_ROWS, pair, sheet_map.rows, notes)


def _line_changes(
    way: _Way, pair: SheetPair, axis: AxisMap, notes: Mapping[int, str]
) -> Iterator[WorkbookChange]:
    if axis.is_identity:
        return
    place = way.place
    arrived = {axis.pairs[line] for line in axis.moved}
    old_text = _contents(pair.old, way, axis.deleted | axis.moved)
    new_text = _contents(pair.new, way, axis.inserted | arrived)
    for line in sorted(axis.deleted):
        yield WorkbookChange(
            way.deleted,
            pair.new.name,
            place(line, line),
            old=old_text.get(line),
            old_place=place(line, line),
        )
    for run in axis.blank_deleted:
        yield WorkbookChange(
            way.deleted, pair.new.name, place(*run), old_place=place(*run), note="empty"
        )
    for line in sorted(axis.inserted):
        yield WorkbookChange(
            way.inserted,
            pair.new.name,
            place(line, line),
            new=new_text.get(line),
            note=notes.get(line, ""),
        )
    for run in axis.blank_inserted:
        yield WorkbookChange(way.inserted, pair.new.name, place(*run), note="empty")
    for line in sorted(axis.moved, key=axis.pairs.__getitem__):
        new_line = axis.pairs[line]
        yield WorkbookChange(
            way.moved,
            pair.new.name,
            place(new_line, new_line),
            old_text.get(line),
            new_text.get(new_line),
            place(line, line),
            notes.get(new_line, ""),
        )


def _contents(sheet: ReadSheet, way: _Way, lines: frozenset[int]) -> dict[int, str]:
    """The first contents of these rows or columns, to be recognised by."""
    found: dict[int, list[str]] = {}
    for place in sorted(place for place in sheet.cells if way.line_of(*place) in lines):
        cell = sheet.cells[place]
        shown = found.setdefault(way.line_of(*place), [])
        if not is_blank(cell) and len(shown) < _SHOWN:
            value = cell.formula if cell.value is None else cell.value
            shown.append(f"{value:.10g}" if isinstance(value, float) else str(value))
    return {line: " | ".join(shown) for line, shown in found.items()}


def _renamed(name: str, books: BookMap) -> str:
    """The name with its sheet's new name, if it belongs to a sheet."""
    sheet, mark, own = name.rpartition("!")
    for pair in books.pairs:
        if mark and pair.old.name == sheet:
            return f"{pair.new.name}!{own}"
    return name
