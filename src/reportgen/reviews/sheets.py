"""What was done to the workbook itself: formulas, rows, tabs, comments, beyond its inputs."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.headline import HEADLINES
from reportgen.report.readback.workbook import TYPED
from reportgen.reviews.causes import LOST, by_cause
from reportgen.reviews.records import Edit, Kind
from reportgen.xlsx.addresses import a1, quoted_sheet
from reportgen.xlsx.compare.cells import NOTHING
from reportgen.xlsx.compare.changes import Kind as SheetKind
from reportgen.xlsx.references import parse_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from reportgen.report.readback.workbook import ReadReport, RegistryRow
    from reportgen.reviews.returned import Returned
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.compare.changes import WorkbookChange

_COMPUTED = frozenset({"calculated", "headline"})
_FOLLOWS = frozenset({SheetKind.CALCULATED, SheetKind.UNCACHED})  # of edits, or of the program
_ROWS = (SheetKind.ROW_INSERTED, SheetKind.ROW_DELETED, SheetKind.ROW_MOVED)
_STACKED_LINE = re.compile(r"kind: (.+) -> \1, stacked")
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
    for change in filter(_says_something, found):
        spot = f"{quoted_sheet(change.sheet)}!{change.place}"
        if spot in typed or _is_as_issued(change, returned):
            continue
        if change.kind in {SheetKind.FORMULA, SheetKind.HARDCODED}:
            formulas.append((change, _formula(change, spot, keys.get(spot, spot))))
        elif change.kind not in _FOLLOWS:
            workbook.append(change)
    lost = _uncached(report) if any(map(_loses_values, found)) else 0
    notes = (f"{lost:,} computed values were lost when it was saved: all are recomputed here",)
    told = tuple(by_cause(formulas))
    is_beyond = any(one.kind is SheetKind.SHEET_REMOVED for one in workbook) or any(
        edit.key != LOST for edit in told
    )
    return SheetChanges(told, tuple(workbook), notes if lost else (), is_beyond, bool(told))


def _is_as_issued(change: WorkbookChange, returned: Returned) -> bool:
    """Return whether formulas are those that were issued there, and mean the same.

    Where rows were sorted they look moved, and formulas that did not move with them look changed.
    """
    name = change.sheet.casefold()
    origin = returned.origin
    if origin is None or name not in returned.still:
        return False
    if change.kind not in {SheetKind.FORMULA, *_ROWS}:
        return False
    before, now = (report.tabs[name].cells for report in (origin, returned.report))
    if change.kind is SheetKind.FORMULA:
        spots = {parse_cell(change.place)}
    else:
        rows = {row for place in (change.place, change.old_place) for row in _row_numbers(place)}
        spots = {spot for spot in (*before, *now) if spot[0] in rows}
    shifted = [f"{quoted_sheet(tab)}!" for tab in origin.tabs.keys() - returned.still]
    for spot in spots:
        old, new = before.get(spot, NOTHING), now.get(spot, NOTHING)
        if old.formula != new.formula or not (old.formula or old.value == new.value):
            return False
        if any(name in new.formula.casefold() for name in shifted):
            return False
    return True


def _row_numbers(place: str) -> range:
    """Return the rows, from 0, of an address such as 7:9; none for another address."""
    first, _, last = place.partition(":")
    return range(int(first) - 1, int(last)) if first.isdigit() and last.isdigit() else range(0)


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
    return change.kind is SheetKind.UNCACHED and float(change.new or 0) < float(change.old or 0)


def _uncached(report: ReadReport) -> int:
    """Return how many formulas have no value, those among them that had come to an empty text."""
    cells = (cell for sheet in report.book.sheets for cell in sheet.cells.values())
    return sum(bool(cell.formula) and cell.value is None for cell in cells)


def _says_something(change: WorkbookChange) -> bool:
    """Return whether a change is more than another program's way of writing the same.

    LibreOffice calls a line over stacked columns stacked, too.
    """
    return change.kind is not SheetKind.CHART or not _STACKED_LINE.fullmatch(change.note)


def hardcoded(report: ReadReport) -> SheetChanges:
    """Return the formulas that were typed over, as far as the Registry alone can tell."""
    found = tuple(_hardcoded(report))
    return SheetChanges(found, (), is_beyond_model=bool(found))


def _hardcoded(report: ReadReport) -> Iterator[Edit]:
    for row in report.listed.values():
        if row.kind in _COMPUTED and row.place is not None:
            for spot, cell in zip(_spots(row.place), report.cells(row.place), strict=True):
                if cell is not None and cell.value is not None and not cell.formula:
                    yield Edit(
                        row.key,
                        row.key,
                        "",
                        Kind.HARDCODED,
                        spot,
                        "a formula",
                        cell.value,
                        note=_STAYED,
                    )


def _formula(change: WorkbookChange, spot: str, key: str) -> Edit:
    is_typed = change.kind is SheetKind.HARDCODED
    return Edit(
        key,
        key,
        "",
        Kind.HARDCODED if is_typed else Kind.FORMULA,
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
