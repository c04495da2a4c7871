"""The comparison of two files: sheets that are stored alike are never taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.system import paused_collector
from reportgen.xlsx.addresses import a1
from reportgen.xlsx.compare.cells import CellChange, Dependencies, Touched, compare_cells
from reportgen.xlsx.compare.changes import (
    DEFAULT_OPTIONS,
    ChangeKind,
    Compared,
    CompareOptions,
    WorkbookChange,
)
from reportgen.xlsx.compare.details import (
    compare_active,
    compare_charts,
    compare_comments,
    compare_hidden,
    compare_links,
    compare_looks,
    compare_merges,
    compare_protection,
    compare_settings,
    compare_sizes,
    compare_tables,
)
from reportgen.xlsx.compare.formulas import FormulaMatcher
from reportgen.xlsx.compare.maps import BookMap, map_books
from reportgen.xlsx.compare.parts import same_sheets
from reportgen.xlsx.compare.rules import compare_rules
from reportgen.xlsx.compare.structure import changed_names, compare_lines, compare_sheet_lists
from reportgen.xlsx.reader.active import found_active
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, Limits
from reportgen.xlsx.reader.records import CellError
from reportgen.xlsx.reader.workbook import WorkbookFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
    from pathlib import Path

    from reportgen.values import Value
    from reportgen.xlsx.compare.maps import SheetPair
    from reportgen.xlsx.reader.records import ReadBook, ReadSheet
    from reportgen.xlsx.reader.sheet import SheetEntry

    Test = Callable[[int], bool]


_CHUNK = 1_000_000
_SORTS = {float: "number", str: "text", bool: "truth", CellError: "error"}  # of values


def compare_files(
    old: Path, new: Path, options: CompareOptions = DEFAULT_OPTIONS
) -> tuple[WorkbookChange, ...]:
    """As `compare` for two files. Raises UnreadableFile or HostileFile if one is not read."""
    return compare_and_map(old, new, options).changes


def compare_and_map(
    old: Path,
    new: Path,
    options: CompareOptions = DEFAULT_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
    after_reading: Callable[[], object] = tuple,
) -> Compared:
    """As `compare_files`, and where every cell of the old file stands in the new one.

    `after_reading` is called when the files have been read and only comparing is left to do.
    """
    with WorkbookFile(old, limits) as old_file, WorkbookFile(new, limits) as new_file:
        if _same_bytes(old, new):
            warnings = found_active(new_file)
            return Compared(warnings=tuple(_named(old, warnings) + _named(new, warnings)))
        with paused_collector():
            return _compare_open(old_file, new_file, options, after_reading)


def _compare_open(
    old: WorkbookFile,
    new: WorkbookFile,
    options: CompareOptions,
    after_reading: Callable[[], object],
) -> Compared:
    same = same_sheets(old, new, formats=options.formats)
    left = old.book({pair.old.name for pair in same})
    right = new.book({pair.new.name for pair in same})
    after_reading()
    books = map_books(left, right, {pair.new.name: pair.old.name for pair in same})
    disturbed = books.disturbed()
    # Equal formulas that refer to what was moved do not say the same any more.
    stale = [pair for pair in same if disturbed and _mentions(old, pair.old, disturbed)]
    if stale:
        fresh_left = {pair.old.name: old.sheet(pair.old) for pair in stale}
        fresh_right = {pair.new.name: new.sheet(pair.new) for pair in stale}
        left, right = _with(left, fresh_left), _with(right, fresh_right)
        books = _with_pairs(books, fresh_left, fresh_right)
    warnings = _named(old.path, left.warnings) + _named(new.path, right.warnings)
    return Compared(compare_mapped(left, right, books, options), books.sheets, tuple(warnings))


def _named(path: Path, warnings: Iterable[str]) -> list[str]:
    return [f"{path} {warning}" for warning in warnings]


def _with(book: ReadBook, fresh: Mapping[str, ReadSheet]) -> ReadBook:
    return book._replace(sheets=tuple(fresh.get(sheet.name, sheet) for sheet in book.sheets))


def _with_pairs(
    books: BookMap, old: Mapping[str, ReadSheet], new: Mapping[str, ReadSheet]
) -> BookMap:
    return books._replace(
        pairs=tuple(
            pair._replace(
                old=old.get(pair.old.name, pair.old), new=new.get(pair.new.name, pair.new)
            )
            for pair in books.pairs
        )
    )


def _mentions(file: WorkbookFile, entry: SheetEntry, sheets: Collection[str]) -> bool:
    """Whether the stored sheet may hold a reference to one of the sheets."""
    text = file.read(entry.part).decode("utf-8", "replace").casefold().replace("&apos;", "'")
    names = [_as_stored(name).casefold() for name in sheets]
    return any(f"{name}{end}" in text for name in names for end in ("!", "'!", ":"))


def _as_stored(sheet: str) -> str:
    """The name as XML has it inside a formula."""
    for plain, stored in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "''")):
        sheet = sheet.replace(plain, stored)
    return sheet


def _same_bytes(old: Path, new: Path) -> bool:
    with old.open("rb") as left, new.open("rb") as right:
        while (chunk := left.read(_CHUNK)) == right.read(_CHUNK):
            if not chunk:
                return True
    return False


def compare(
    old: ReadBook, new: ReadBook, options: CompareOptions = DEFAULT_OPTIONS
) -> tuple[WorkbookChange, ...]:
    """What changed from `old` to `new`: sheets and names first, then sheet by sheet.

    Within a sheet: columns and rows, cells in reading order, then what stands around them.
    Equal workbooks give (), and the order depends on nothing but the two workbooks.
    """
    return compare_mapped(old, new, map_books(old, new), options)


def compare_mapped(
    old: ReadBook, new: ReadBook, books: BookMap, options: CompareOptions
) -> tuple[WorkbookChange, ...]:
    """As `compare`, with the correspondence of the two workbooks given."""
    matcher = FormulaMatcher(books.sheets)
    names = changed_names(old, new, books, matcher)
    cells = {
        pair.new.name: compare_cells(pair, books.map_of(pair), matcher, options)
        for pair in books.pairs
    }
    explain = _Explainer(old, new, books, cells, {change.place.upper() for change in names})
    found = [*compare_sheet_lists(old, new, books), *names]
    found += compare_protection(old, new)
    found += compare_active(old, new)
    for pair in books.pairs:
        sheet_map = books.map_of(pair)
        found += compare_lines(pair, sheet_map)
        found += _cell_changes(pair, cells[pair.new.name], explain)
        found += compare_charts(pair, matcher)
        found += compare_comments(pair, sheet_map)
        found += compare_rules(pair, sheet_map, matcher, formats=options.formats)
        found += compare_merges(pair, sheet_map)
        found += compare_hidden(pair, sheet_map)
        found += compare_links(pair, sheet_map, matcher)
        found += compare_tables(pair, sheet_map, formats=options.formats)
        found += compare_protection(*pair)
        if options.formats:
            found += compare_looks(pair, sheet_map, old, new)
            found += compare_sizes(pair, sheet_map)
            found += compare_settings(pair)
    return tuple(found)


class _Explainer:
    """Knows whether a calculated value that moved had a reason to."""

    def __init__(
        self,
        old: ReadBook,
        new: ReadBook,
        books: BookMap,
        cells: dict[str, list[CellChange]],
        names: set[str],
    ) -> None:
        touched_old: Touched = {}
        touched_new: Touched = {}
        for pair in books.pairs:
            sheet_map, changes = books.map_of(pair), cells[pair.new.name]
            rows, columns = sheet_map.rows, sheet_map.columns
            touched_old[pair.old.name.casefold()] = {change.old_place for change in changes} | _on(
                pair.old, rows.has_gone, columns.has_gone
            )
            touched_new[pair.new.name.casefold()] = {change.new_place for change in changes} | _on(
                pair.new, rows.has_come, columns.has_come
            )
        self._old = Dependencies(old.names, touched_old, names)
        self._new = Dependencies(new.names, touched_new, names)

    def __call__(self, change: CellChange, pair: SheetPair) -> bool:
        return self._new.moved(change.new.formula, pair.new.name) or self._old.moved(
            change.old.formula, pair.old.name
        )


def _on(sheet: ReadSheet, rows: Test, columns: Test) -> set[tuple[int, int]]:
    found_rows = {row for row in {row for row, _ in sheet.cells} if rows(row)}
    found_columns = {col for col in {col for _, col in sheet.cells} if columns(col)}
    if not found_rows and not found_columns:
        return set()
    return {(r, c) for r, c in sheet.cells if r in found_rows or c in found_columns}


def _cell_changes(
    pair: SheetPair, changes: list[CellChange], explain: _Explainer
) -> Iterator[WorkbookChange]:
    lost = [change for change in changes if change.kind is ChangeKind.UNCACHED]
    if lost:
        yield _uncached(pair.new.name, lost)
    for change in changes:
        kind = change.kind
        if kind is ChangeKind.UNCACHED:
            continue
        if kind is ChangeKind.CALCULATED and not explain(change, pair):
            kind = ChangeKind.UNEXPLAINED
        before, after = _shown(change, kind)
        yield WorkbookChange(
            kind,
            pair.new.name,
            a1(*change.new_place),
            before,
            after,
            a1(*change.old_place),
            _note(change, kind),
        )


def _uncached(sheet: str, lost: list[CellChange]) -> WorkbookChange:
    """One change for a whole sheet: the number of its formulas that had and have a value."""
    before = sum(change.old.value is not None for change in lost)
    after = sum(change.new.value is not None for change in lost)
    note = f"{len(lost)} formulas have a value in one workbook and none in the other"
    return WorkbookChange(ChangeKind.UNCACHED, sheet, "", float(before), float(after), note=note)


def _shown(change: CellChange, kind: ChangeKind) -> tuple[Value, Value]:
    if kind in {ChangeKind.FORMULA, ChangeKind.HARDCODED}:
        return change.old.formula or change.old.value, change.new.formula or change.new.value
    return change.old.value, change.new.value


def _note(change: CellChange, kind: ChangeKind) -> str:
    if kind not in {ChangeKind.FORMULA, ChangeKind.HARDCODED}:
        sorts = _SORTS.get(type(change.old.value)), _SORTS.get(type(change.new.value))
        return f"{sorts[0]} -> {sorts[1]}" if all(sorts) and sorts[0] != sorts[1] else ""
    if change.old.value == change.new.value:
        return "same value"
    return f"value {change.old.value} -> {change.new.value}"
