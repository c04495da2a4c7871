"""What happened to the cells that stand in both workbooks."""

from __future__ import annotations

import re
from math import isclose
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions
from reportgen.xlsx.compare.lines import is_blank
from reportgen.xlsx.reader.records import ReadCell
from reportgen.xlsx.references import Reference, Scope, area_size, parse_formula, reference_area

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.values import Value
    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.compare.formulas import FormulaMatcher
    from reportgen.xlsx.compare.maps import SheetMap, SheetPair


NOTHING = ReadCell(None)
_EMPTY = frozenset({None, ""})
_TRUTHS = {"=TRUE()": True, "=FALSE()": False, "=TRUE": True, "=FALSE": False}


_NUMBER = re.compile(r"\d+(?:[.,'\u2019\u00a0\u202f ]\d+)+")
_SIGNS = {
    ".": str.maketrans(dict.fromkeys(",'\u2019\u00a0\u202f ", "T") | {".": "D"}),
    ",": str.maketrans(dict.fromkeys(".'\u2019\u00a0\u202f ", "T") | {",": "D"}),
}  # fmt: skip


# What these depend on does not stand in their arguments.
_VOLATILE = frozenset({
    "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY", "OFFSET", "INDIRECT", "CELL", "INFO",
    "TABLE", "WEBSERVICE", "RTD", "STOCKHISTORY", "[",
})  # fmt: skip
_DEEPEST_NAME = 8
_WORD = re.compile(r'"(?:[^"]|"")*"|([^\W\d][\w.\\?]*|\[)')
# The cells of each sheet, by case-folded name, in which anything changed, came or went
Touched = dict[str, set[tuple[int, int]]]


class Suspect(NamedTuple):
    """The old and the new place of a cell in which there may be a change."""

    old: tuple[int, int]
    new: tuple[int, int]


class CellChange(NamedTuple):
    """A cell before and after; the places are those in the old and the new sheet."""

    kind: ChangeKind
    old_place: tuple[int, int]
    new_place: tuple[int, int]
    old: ReadCell
    new: ReadCell


def compare_cells(
    pair: SheetPair, sheet_map: SheetMap, matcher: FormulaMatcher, options: CompareOptions
) -> list[CellChange]:
    """The changes of all cells whose row and column stand in both sheets, in reading order."""
    found = []
    for place in _suspects(pair, sheet_map, matcher):
        old = pair.old.cells.get(place.old, NOTHING)
        new = pair.new.cells.get(place.new, NOTHING)
        kind = _kind(old, new, pair, matcher, options)
        if kind is not None:
            found.append(CellChange(kind, place.old, place.new, old, new))
    return sorted(found, key=lambda change: change.new_place)


def same_value(old: Value, new: Value, options: CompareOptions) -> bool:
    """Whether two values are equal, numbers within tolerance; True is not 1."""
    if type(old) is float and type(new) is float:
        return old == new or isclose(
            old, new, rel_tol=options.relative_tolerance, abs_tol=options.absolute_tolerance
        )
    return type(old) is type(new) and old == new


def _suspects(pair: SheetPair, sheet_map: SheetMap, matcher: FormulaMatcher) -> Iterator[Suspect]:
    if sheet_map.is_identity:
        return _suspects_in_place(pair, matcher)
    return _suspects_moved(pair, sheet_map)


def _suspects_in_place(pair: SheetPair, matcher: FormulaMatcher) -> Iterator[Suspect]:
    # Half of the time of comparing two large workbooks goes here: no call for an equal cell.
    old_cells, new_cells, shifted = pair.old.cells, pair.new.cells, not matcher.all_in_place
    for place, new in new_cells.items():
        old = old_cells.get(place, NOTHING)
        if (
            old.value != new.value
            or old.formula != new.formula
            or type(old.value) is not type(new.value)
            or (shifted and "!" in new.formula)
        ):
            yield Suspect(place, place)
    for place in old_cells.keys() - new_cells.keys():
        yield Suspect(place, place)


def _suspects_moved(pair: SheetPair, sheet_map: SheetMap) -> Iterator[Suspect]:
    seen = set()
    for place in pair.old.cells:
        new_place = sheet_map.new_place(*place)
        if new_place is not None:
            seen.add(new_place)
            yield Suspect(place, new_place)
    rows, columns = sheet_map.rows, sheet_map.columns
    for (row, col), cell in pair.new.cells.items():
        if (row, col) in seen or is_blank(cell):  # an inserted row has the look of the one above
            continue
        if row not in rows.inserted and col not in columns.inserted:
            # Nothing stood there before, so any old place without a cell describes it as well.
            before = rows.back.get(row, row), columns.back.get(col, col)
            yield Suspect(before, (row, col))


def _kind(
    old: ReadCell,
    new: ReadCell,
    pair: SheetPair,
    matcher: FormulaMatcher,
    options: CompareOptions,
) -> ChangeKind | None:
    if old.formula and new.formula:
        if not matcher.same(old.formula, new.formula, pair.old.name, pair.new.name):
            return ChangeKind.FORMULA
        return _calculated_kind(old.value, new.value, options)
    if bool(old.formula) != bool(new.formula):
        old, new = _typed_truth(old), _typed_truth(new)
    if old.formula:
        return ChangeKind.FORMULA if is_blank(new) else ChangeKind.HARDCODED
    if new.formula:
        return ChangeKind.FORMULA
    return None if same_value(old.value, new.value, options) else ChangeKind.INPUT


def _typed_truth(cell: ReadCell) -> ReadCell:
    """The cell, typed if it is one of the formulas that some programs write for TRUE and FALSE."""
    truth = _TRUTHS.get(cell.formula)
    return cell if truth is None else ReadCell(truth)


def _calculated_kind(old: Value, new: Value, options: CompareOptions) -> ChangeKind | None:
    if same_value(old, new, options) or (old in _EMPTY and new in _EMPTY):
        return None
    if type(old) is str and type(new) is str and _same_words(old, new):
        return None
    return ChangeKind.UNCACHED if old is None or new is None else ChangeKind.CALCULATED


def _same_words(old: str, new: str) -> bool:
    """Whether two texts differ in the signs of decimals and thousands alone: 1,234.5 is 1.234,5.

    A program writes the numbers in a calculated text as its user's language has them.
    """
    return any(_spelled(old, decimal) == _spelled(new, other) for decimal in ".," for other in ".,")


def _spelled(text: str, decimal: str) -> str:
    """Return a text with the signs in its numbers told apart."""
    return _NUMBER.sub(lambda found: found[0].translate(_SIGNS[decimal]), text)


class Dependencies:
    """Finds whether what a formula of one workbook refers to was touched."""

    def __init__(self, names: Mapping[str, str], touched: Touched, changed_names: set[str]) -> None:
        """`changed_names` are defined names, upper case, that no longer mean the same."""
        self._names = {name.upper(): text for name, text in names.items()}
        self._touched, self._changed_names = touched, changed_names

    def moved(self, formula: str, sheet: str) -> bool:
        """Whether anything the formula depends on was touched, or it cannot be known."""
        return self._moved(formula, sheet.casefold(), 0)

    def _moved(self, formula: str, sheet: str, depth: int) -> bool:
        scope = sheet
        for piece in parse_formula(formula):
            if isinstance(piece, Reference):
                if self._reference_moved(piece, sheet):
                    return True
            elif isinstance(piece, Scope):
                scope = piece.sheet.casefold()
            elif any(self._word_moved(word, scope, depth) for word in _words(piece)):
                return True
            else:
                scope = sheet
        return False

    def _word_moved(self, word: str, sheet: str, depth: int) -> bool:
        if word in _VOLATILE or word in self._changed_names:
            return True
        text = self._names.get(f"{sheet.upper()}!{word}", self._names.get(word))
        return text is not None and depth < _DEEPEST_NAME and self._moved(text, sheet, depth + 1)

    def _reference_moved(self, reference: Reference, sheet: str) -> bool:
        target = (reference.sheet or sheet).casefold()
        if target.startswith("[") or ":" in target:
            return True
        return _touches(reference_area(reference), self._touched.get(target, set()))


def _words(text: str) -> Iterator[str]:
    """The names and functions in text between references, upper case; "[" for a table's part."""
    return (match[1].upper() for match in _WORD.finditer(text) if match[1])


def _touches(area: Area, touched: set[tuple[int, int]]) -> bool:
    if area_size(area) <= len(touched):
        return any(place in touched for place in _places(area))
    return any(
        area.first_row <= row <= area.last_row and area.first_col <= col <= area.last_col
        for row, col in touched
    )


def _places(area: Area) -> Iterator[tuple[int, int]]:
    return (
        (row, col)
        for row in range(area.first_row, area.last_row + 1)
        for col in range(area.first_col, area.last_col + 1)
    )
