"""Whether a formula still says the same after sheets, rows and columns were moved about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.xlsx.references import (
    LOST,
    Corner,
    Piece,
    Reference,
    Scope,
    parse_formula,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.xlsx.compare.alignment import AxisMap
    from reportgen.xlsx.compare.maps import MappedSheet, SheetMap


class FormulaMatcher:
    """Compares formulas of the old workbook, rewritten through its maps, with new ones."""

    def __init__(self, sheets: Mapping[str, MappedSheet]) -> None:
        """`sheets` are those of the old workbook, by case-folded name."""
        self._sheets = sheets
        self.all_in_place = all(
            known.name == old and known.map.is_identity for old, known in sheets.items()
        )

    def same(self, old: str, new: str, old_sheet: str, new_sheet: str) -> bool:
        """Whether the new formula on `new_sheet` is what the old one on `old_sheet` became."""
        if old == new and self._stays(old, old_sheet):
            return True
        sheets = old_sheet.casefold(), new_sheet.casefold()
        # Nearly always the text between the references is the same to the letter.
        return self._same_pieces(parse_formula(old), parse_formula(new), sheets) or (
            self._same_pieces(canonical_pieces(old), canonical_pieces(new), sheets)
        )

    def _same_pieces(
        self, old: Sequence[Piece], new: Sequence[Piece], sheets: tuple[str, str]
    ) -> bool:
        return len(old) == len(new) and all(
            left == right if isinstance(left, str) else self._same_place(left, right, *sheets)
            for left, right in zip(old, new, strict=True)
        )

    def _stays(self, formula: str, sheet: str) -> bool:
        """Whether a formula can refer only to what is where it was."""
        if self.all_in_place:
            return True
        own = self._sheets.get(sheet.casefold())
        return "!" not in formula and (own is None or own.map.is_identity)

    def _same_place(
        self, old: Reference | Scope, new: Piece, old_sheet: str, new_sheet: str
    ) -> bool:
        if isinstance(old, Scope):
            return isinstance(new, Scope) and self._new_sheet(old.sheet) == new.sheet.casefold()
        target = (old.sheet or old_sheet).casefold()
        known = self._sheets.get(target)
        if not isinstance(new, Reference):
            return new == LOST and known is not None and _is_lost(old, known.map)
        if self._new_sheet(target) != (new.sheet or new_sheet).casefold():
            return False
        old, new = _of_one_cell(old), _of_one_cell(new)
        if (old.last is None) != (new.last is None):
            return False
        if known is None or known.map.is_identity:
            return (old.first, old.last) == (new.first, new.last)
        if old.last is None or new.last is None:
            return _same_corner(old.first, new.first, known.map, _same_position)
        return _same_corner(old.first, new.first, known.map, _same_start) and _same_corner(
            old.last, new.last, known.map, _same_end
        )

    def _new_sheet(self, sheet: str) -> str:
        """The new name, case-folded, of a sheet or of each end of a span of sheets."""
        names = sheet.casefold().split(":")
        return ":".join(self._sheets[name].name if name in self._sheets else name for name in names)


def _of_one_cell(reference: Reference) -> Reference:
    """A range of one cell as that cell: LibreOffice writes A1 for A1:A1."""
    return reference._replace(last=None) if reference.last == reference.first else reference


def _is_lost(old: Reference, sheet_map: SheetMap) -> bool:
    corner = old.first
    row_lost = corner.row is not None and sheet_map.rows.new(corner.row) is None
    return row_lost or (corner.col is not None and sheet_map.columns.new(corner.col) is None)


def _same_corner(
    old: Corner, new: Corner, sheet_map: SheetMap, same: Callable[[AxisMap, int, int], bool]
) -> bool:
    if (old.row_fixed, old.col_fixed) != (new.row_fixed, new.col_fixed):
        return False
    rows = (
        old.row == new.row
        if old.row is None or new.row is None
        else same(sheet_map.rows, old.row, new.row)
    )
    columns = (
        old.col == new.col
        if old.col is None or new.col is None
        else same(sheet_map.columns, old.col, new.col)
    )
    return rows and columns


def _same_position(axis: AxisMap, old: int, new: int) -> bool:
    return axis.new(old) == new


def _same_start(axis: AxisMap, old: int, new: int) -> bool:
    """Whether a range begins where it did, lines inserted right before it let in or not."""
    start = axis.surviving(old, 1)
    return new in {start, axis.new(old)} or (
        new < start and all(line in axis.inserted for line in range(new, start))
    )


def _same_end(axis: AxisMap, old: int, new: int) -> bool:
    """Whether a range ends where it did, lines inserted right after it let in or not."""
    end = axis.surviving(old, -1)
    return new in {end, axis.new(old)} or (
        new > end and all(line in axis.inserted for line in range(end + 1, new + 1))
    )


_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<space>\s+)
  | (?P<number>(?<![\w.])(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<truth>\b(?:TRUE|FALSE))\(\s*\)
  | (?P<future>_xl(?:fn|ws|udf)\.)
  | (?P<word>[^\W\d][\w.\\?]*)
    """,
    re.VERBOSE | re.IGNORECASE,
)


def canonical_pieces(formula: str) -> list[Piece]:
    """The pieces of a formula: text in canonical spelling, blanks left out.

    Function names are upper case without a prefix for newer functions, numbers as Python prints
    them, and TRUE() is TRUE.
    """
    spelt = [_canonical(p) if isinstance(p, str) else p for p in parse_formula(formula)]
    pieces = [piece for piece in spelt if piece != ""]
    # Of a lost reference, some programs keep the sheet.
    return [
        piece
        for piece, after in zip(pieces, [*pieces, ""][1:], strict=True)
        if not (isinstance(piece, Scope) and after == LOST)
    ]


def _canonical(text: str) -> str:
    return _TOKEN.sub(_spelt, text)


def _spelt(token: re.Match[str]) -> str:
    kind, text = token.lastgroup, token.group()
    if kind == "text":
        return text
    if kind == "number":
        return repr(float(text))
    if kind == "truth":
        return token["truth"].upper()
    return "" if kind in {"space", "future"} else text.upper()
