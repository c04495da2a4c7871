"""What was done to the workbook itself: formulas, rows, tabs, comments, beyond its inputs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.report.readback.workbook import TYPED
from reportgen.reviews.records import Edit, Kind
from reportgen.xlsx.addresses import a1, quoted_sheet
from reportgen.xlsx.compare.changes import Kind as SheetKind
from reportgen.xlsx.reader.process import compare_safely

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.report.readback.workbook import ReadReport, RegistryRow
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.compare.changes import WorkbookChange

_COMPUTED = frozenset({"calculated", "headline"})
_FOLLOWS = frozenset({SheetKind.CALCULATED, SheetKind.UNCACHED})  # of edits, or of the program
_STACKED_LINE = re.compile(r"kind: (.+) -> \1, stacked")
_NEVER = "formulas of a returned file are never taken over"
_STAYED = "a typed-over formula does not move our model: type the figure under Override"


class SheetChanges(NamedTuple):
    """Formulas that were changed or typed over, and every other change of the workbook."""

    formulas: tuple[Edit, ...]
    workbook: tuple[WorkbookChange, ...]
    notes: tuple[str, ...] = ()


def compared(report: ReadReport, issued: Path) -> SheetChanges:
    """Return how a returned report differs from the file that was issued, inputs left out.

    Errors as reading either file.
    """
    found = compare_safely(issued, report.path)
    typed = {spot for row in report.listed.values() for spot in _typed_spots(row)}
    keys = dict(_computed_spots(report))
    formulas: list[Edit] = []
    workbook: list[WorkbookChange] = []
    for change in filter(_says_something, found):
        spot = f"{quoted_sheet(change.sheet)}!{change.place}"
        if spot in typed:
            continue
        if change.kind in {SheetKind.FORMULA, SheetKind.HARDCODED}:
            formulas.append(_formula(change, spot, keys.get(spot, spot)))
        elif change.kind not in _FOLLOWS:
            workbook.append(change)
    lost = _uncached(report) if any(map(_loses_values, found)) else 0
    notes = (f"{lost:,} computed values were lost when it was saved: all are recomputed here",)
    return SheetChanges(tuple(formulas), tuple(workbook), notes if lost else ())


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
    return SheetChanges(found, ())


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
