"""What happened to the cells that stand in both workbooks."""

from __future__ import annotations

from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.compare.changes import CompareOptions, Kind
from reportgen.xlsx.compare.lines import is_blank
from reportgen.xlsx.reading.records import ReadCell, Value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.xlsx.compare.formulas import FormulaMatcher
    from reportgen.xlsx.compare.maps import SheetMap
    from reportgen.xlsx.compare.sheets import SheetPair

NOTHING = ReadCell(None)
_EMPTY = frozenset({None, ""})
_TRUTHS = {"=TRUE()": True, "=FALSE()": False, "=TRUE": True, "=FALSE": False}


class CellChange(NamedTuple):
    """A cell before and after; the places are those in the old and the new sheet."""

    kind: Kind
    old_place: tuple[int, int]
    new_place: tuple[int, int]
    old: ReadCell
    new: ReadCell


def compare_cells(
    pair: SheetPair, sheet_map: SheetMap, matcher: FormulaMatcher, options: CompareOptions
) -> list[CellChange]:
    """The changes of all cells whose row and column stand in both sheets, in reading order."""
    found = []
    for old_place, new_place in _suspects(pair, sheet_map, matcher):
        old = pair.old.cells.get(old_place, NOTHING)
        new = pair.new.cells.get(new_place, NOTHING)
        kind = _kind(old, new, pair, matcher, options)
        if kind is not None:
            found.append(CellChange(kind, old_place, new_place, old, new))
    return sorted(found, key=lambda change: change.new_place)


def same_value(old: Value, new: Value, options: CompareOptions) -> bool:
    """Whether two values are equal, numbers within tolerance; True is not 1."""
    if type(old) is float and type(new) is float:
        return old == new or isclose(
            old, new, rel_tol=options.relative_tolerance, abs_tol=options.absolute_tolerance
        )
    return type(old) is type(new) and old == new


Places = tuple[tuple[int, int], tuple[int, int]]


def _suspects(pair: SheetPair, sheet_map: SheetMap, matcher: FormulaMatcher) -> Iterator[Places]:
    """The old and new places at which there may be a change."""
    if sheet_map.is_identity:
        return _suspects_in_place(pair, matcher)
    return _suspects_moved(pair, sheet_map)


def _suspects_in_place(pair: SheetPair, matcher: FormulaMatcher) -> Iterator[Places]:
    # Half of the time of comparing two large workbooks goes here: no call for an equal cell.
    old_cells, new_cells, shifted = pair.old.cells, pair.new.cells, not matcher.all_in_place
    for place, new in new_cells.items():
        old = old_cells.get(place, NOTHING)
        if (
            old[0] != new[0]
            or old[1] != new[1]
            or type(old[0]) is not type(new[0])
            or (shifted and "!" in new[1])
        ):
            yield place, place
    for place in old_cells.keys() - new_cells.keys():
        yield place, place


def _suspects_moved(pair: SheetPair, sheet_map: SheetMap) -> Iterator[Places]:
    seen = set()
    for place in pair.old.cells:
        new_place = sheet_map.new_place(*place)
        if new_place is not None:
            seen.add(new_place)
            yield place, new_place
    rows, columns = sheet_map.rows, sheet_map.columns
    for (row, col), cell in pair.new.cells.items():
        if (row, col) in seen or is_blank(cell):  # an inserted row has the look of the one above
            continue
        if row not in rows.inserted and col not in columns.inserted:
            # Nothing stood there before, so any old place without a cell describes it as well.
            yield (rows.back.get(row, row), columns.back.get(col, col)), (row, col)


def _kind(
    old: ReadCell,
    new: ReadCell,
    pair: SheetPair,
    matcher: FormulaMatcher,
    options: CompareOptions,
) -> Kind | None:
    if old.formula and new.formula:
        if not matcher.same(old.formula, new.formula, pair.old.name, pair.new.name):
            return Kind.FORMULA
        return _calculated_kind(old.value, new.value, options)
    if bool(old.formula) != bool(new.formula):
        old, new = _typed_truth(old), _typed_truth(new)
    if old.formula:
        return Kind.FORMULA if is_blank(new) else Kind.HARDCODED
    if new.formula:
        return Kind.FORMULA
    return None if same_value(old.value, new.value, options) else Kind.INPUT


def _typed_truth(cell: ReadCell) -> ReadCell:
    """The cell, typed if it is one of the formulas that some programs write for TRUE and FALSE."""
    truth = _TRUTHS.get(cell.formula)
    return cell if truth is None else ReadCell(truth)


def _calculated_kind(old: Value, new: Value, options: CompareOptions) -> Kind | None:
    if same_value(old, new, options) or (old in _EMPTY and new in _EMPTY):
        return None
    return Kind.UNCACHED if old is None or new is None else Kind.CALCULATED
