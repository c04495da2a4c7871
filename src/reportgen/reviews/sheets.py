"""What was done to the workbook itself: formulas, rows, tabs, comments, beyond its inputs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from reportgen.headline import HEADLINES
from reportgen.report.readback.workbook import TYPED
from reportgen.reviews.causes import LOST, by_cause, has_lost
from reportgen.reviews.records import Edit, EditKind
from reportgen.xlsx.addresses import a1, column_number, quoted_sheet
from reportgen.xlsx.compare.cells import NOTHING, same_value
from reportgen.xlsx.compare.changes import DEFAULT_OPTIONS, ChangeKind, WorkbookChange
from reportgen.xlsx.references import LOST as LOST_REFERENCE
from reportgen.xlsx.references import parse_cell

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from reportgen.report.readback.workbook import ReadReport, RegistryRow
    from reportgen.reviews.returned import Returned
    from reportgen.xlsx.addresses import Ref

_COMPUTED = frozenset({"calculated", "headline"})
_FOLLOWS = frozenset({ChangeKind.CALCULATED, ChangeKind.UNCACHED})  # of edits, or of the program
_MAY_MISLEAD = frozenset(
    {
        ChangeKind.FORMULA,
        *(ChangeKind.ROW_INSERTED, ChangeKind.ROW_DELETED, ChangeKind.ROW_MOVED),
        *(ChangeKind.COLUMN_INSERTED, ChangeKind.COLUMN_DELETED, ChangeKind.COLUMN_MOVED),
    }
)
_NEVER = "formulas of a returned file are never taken over"
_STAYED = "a typed-over formula does not move our model: type the figure under Override"


class SheetChanges(NamedTuple):
    """Formulas that were changed or typed over, and every other change of the workbook."""

    formulas: tuple[Edit, ...]
    workbook: tuple[WorkbookChange, ...]
    notes: tuple[str, ...] = ()
    is_beyond_model: bool = False  # the file may come to something else than its inputs do
    is_touched: bool = False  # some of its formulas are not as they were issued


def compared(returned: Returned, found: Sequence[WorkbookChange]) -> SheetChanges:
    """Return how a returned report differs from the file that was issued, inputs left out."""
    report = returned.report
    typed = {spot for row in report.listed.values() for spot in _typed_spots(row)}
    keys = dict(_computed_spots(report))
    formulas: list[tuple[WorkbookChange, Edit]] = []
    workbook: list[WorkbookChange] = []
    for change in _in_place(found, returned, typed):
        spot = f"{quoted_sheet(change.sheet)}!{change.place}"
        if spot in typed:
            continue
        if change.kind in {ChangeKind.FORMULA, ChangeKind.HARDCODED}:
            formulas.append((change, _formula(change, spot, keys.get(spot, spot))))
        elif change.kind not in _FOLLOWS:
            workbook.append(change)
    lost = _uncached(report) if any(map(_loses_values, found)) else 0
    notes = (f"{lost:,} computed values were lost when it was saved: all are recomputed here",)
    told = tuple(by_cause(formulas))
    is_beyond = any(one.kind is ChangeKind.SHEET_REMOVED for one in workbook) or any(
        edit.key != LOST for edit in told
    )
    return SheetChanges(told, tuple(workbook), notes if lost else (), is_beyond, bool(told))


def _in_place(
    changes: Iterable[WorkbookChange], returned: Returned, typed: Collection[str]
) -> Iterator[WorkbookChange]:
    """Yield the changes; on tabs where nothing was shifted, each cell is held to its own place.

    Where rows were sorted or filled in (`typed` are cells for that), or a tab was pasted as values,
    lines look moved, and formulas that did not move with them look changed. What lost its reference
    is told though it follows from a deleted line: a reader sees an error there.
    """
    told: set[tuple[str, str]] = set()
    for change in changes:
        spots = _spots_of(change, returned, typed)
        if spots is None:
            told.add((change.sheet, change.place))
            yield change
            continue
        for one in _typed_over(change.sheet, spots, returned):
            if (one.sheet, one.place) not in told:
                told.add((one.sheet, one.place))
                yield one
    for one in _errors(returned):
        if (one.sheet, one.place) not in told:
            yield one


def _errors(returned: Returned) -> Iterator[WorkbookChange]:
    """Yield the formulas that lost what they refer to, on tabs where nothing was shifted."""
    for name, tab in returned.report.tabs.items():
        if name in returned.still:
            spots = [spot for spot, cell in tab.cells.items() if LOST_REFERENCE in cell.formula]
            yield from _typed_over(tab.name, spots, returned)


def _spots_of(
    change: WorkbookChange, returned: Returned, typed: Collection[str]
) -> set[tuple[int, int]] | None:
    """Return the cells of a change that are what they were, or were typed over; None if not so."""
    origin, name = returned.origin, change.sheet.casefold()
    if origin is None or change.kind not in _MAY_MISLEAD or name not in returned.still:
        return None
    before, now = (report.tabs[name].cells for report in (origin, returned.report))
    if change.kind is ChangeKind.FORMULA:
        spots = {parse_cell(change.place)}
    else:
        rows, columns = _lines_of(change.place, change.old_place)
        spots = {spot for spot in (*before, *now) if spot[0] in rows or spot[1] in columns}
    shifted = [f"{quoted_sheet(tab)}!" for tab in origin.tabs.keys() - returned.still]
    for spot in spots:
        if f"{quoted_sheet(change.sheet)}!{a1(*spot)}" in typed:
            continue
        old, new = before.get(spot, NOTHING), now.get(spot, NOTHING)
        is_typed_over = old.formula and not new.formula and (new.value or not old.value)
        is_formula = old.formula and (
            old.formula == new.formula or has_lost(old.formula, new.formula)
        )
        if not (is_typed_over or is_formula or old == new):
            return None
        if any(tab in new.formula.casefold() for tab in shifted):
            return None
    return spots


def _typed_over(
    sheet: str, spots: Iterable[tuple[int, int]], returned: Returned
) -> Iterator[WorkbookChange]:
    """Yield the formulas at these places that hold a value now, or refer to nothing."""
    if returned.origin is None:
        return
    name = sheet.casefold()
    before, now = (report.tabs[name].cells for report in (returned.origin, returned.report))
    for spot in sorted(spots):
        old, new = before.get(spot, NOTHING), now.get(spot, NOTHING)
        if old.formula and not new.formula:
            is_same = same_value(old.value or None, new.value or None, DEFAULT_OPTIONS)
            note = "same value" if is_same else f"value {old.value} -> {new.value}"
            place = a1(*spot)
            kind = ChangeKind.HARDCODED
            yield WorkbookChange(kind, sheet, place, old.formula, new.value, place, note)
        elif has_lost(old.formula, new.formula):
            place = a1(*spot)
            kind = ChangeKind.FORMULA
            yield WorkbookChange(kind, sheet, place, old.formula, new.formula, place)


def _lines_of(*places: str) -> tuple[set[int], set[int]]:
    """Return the rows and the columns, from 0, of addresses such as 7:9 and C:D."""
    rows: set[int] = set()
    columns: set[int] = set()
    for first, _, last in (place.partition(":") for place in places if place):
        if first.isdigit():
            rows.update(range(int(first) - 1, int(last)))
        else:
            columns.update(range(column_number(first), column_number(last) + 1))
    return rows, columns


def headline_stated(report: ReadReport) -> dict[str, float | None]:
    """Return the headline values that the file itself carries; nan for n/a, None for none."""
    return {one.key: _carried(report, one.key) for one in HEADLINES}


def _carried(report: ReadReport, key: str) -> float | None:
    row = report.listed.get(key)
    cell = report.cells(row.place)[0] if row is not None and row.place is not None else None
    if cell is None or cell.value is None:
        return None
    return cell.value if isinstance(cell.value, float) else math.nan


def _loses_values(change: WorkbookChange) -> bool:
    """Return whether formulas of a tab lost their values, rather than blanks becoming values."""
    return change.kind is ChangeKind.UNCACHED and float(change.new or 0) < float(change.old or 0)


def _uncached(report: ReadReport) -> int:
    """Return how many formulas have no value, those among them that had come to an empty text."""
    cells = (cell for sheet in report.book.sheets for cell in sheet.cells.values())
    return sum(bool(cell.formula) and cell.value is None for cell in cells)


def hardcoded(report: ReadReport) -> SheetChanges:
    """Return the formulas that were typed over, as far as the Registry alone can tell."""
    found = tuple(_hardcoded(report))
    return SheetChanges(found, (), is_beyond_model=bool(found))


def _hardcoded(report: ReadReport) -> Iterator[Edit]:
    for row in report.listed.values():
        if row.kind in _COMPUTED and row.place is not None:
            for spot, cell in zip(_spots(row.place), report.cells(row.place), strict=True):
                # A computed text that cannot change is written as a text, not as a formula
                if cell is not None and isinstance(cell.value, float) and not cell.formula:
                    yield Edit(
                        row.key,
                        row.key,
                        "",
                        EditKind.HARDCODED,
                        spot,
                        "a formula",
                        cell.value,
                        note=_STAYED,
                    )


def _formula(change: WorkbookChange, spot: str, key: str) -> Edit:
    is_typed = change.kind is ChangeKind.HARDCODED
    return Edit(
        key,
        key,
        "",
        EditKind.HARDCODED if is_typed else EditKind.FORMULA,
        spot,
        change.old,
        change.new,
        note=_STAYED if is_typed else _NEVER,
    )


def _typed_spots(row: RegistryRow) -> Iterator[str]:
    places = [row.place] if row.kind in TYPED else []
    for place in (*places, *row.remarks):
        if place is not None:
            yield from _spots(place)


def _computed_spots(report: ReadReport) -> Iterator[tuple[str, str]]:
    """Yield (address, key) of every computed cell."""
    for row in report.listed.values():
        if row.kind in _COMPUTED and row.place is not None:
            for at, spot in enumerate(_spots(row.place)):
                yield spot, f"{row.key} #{at + 1}" if row.is_range else row.key


def _spots(place: Ref) -> Iterator[str]:
    for row in range(place.first_row, place.last_row + 1):
        for col in range(place.first_col, place.last_col + 1):
            yield f"{quoted_sheet(place.sheet)}!{a1(row, col)}"
