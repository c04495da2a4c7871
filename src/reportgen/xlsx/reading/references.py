"""The references inside a formula: found, shifted, printed."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.places import MAX_COLS, MAX_ROWS, column_name, quoted_sheet

if TYPE_CHECKING:
    from collections.abc import Iterable

# In this order: what looks like a reference inside text, a sheet's name, a table's column or a
# longer word is none.
_TOKEN = re.compile(
    r"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<sheet>'(?:[^']|'')+'!|(?:\[\d+\])?[\w.\\?]+(?::[\w.\\?]+)?!)
  | (?P<error>\#(?:REF!|DIV/0!|N/A|NAME\?|NULL!|NUM!|VALUE!|GETTING_DATA|SPILL!|CALC!))
  | (?P<ref>
      (?:\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}(?::\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6})?
      | \$?[A-Za-z]{1,3}:\$?[A-Za-z]{1,3}
      | \$?[1-9]\d{0,6}:\$?[1-9]\d{0,6})
      (?![\w.\\?(!\[])
    )
  | (?P<table>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
  | (?P<number>(?:\d+\.?\d*|\.\d+)(?:[Ee][+-]?\d+)?)
  | (?P<word>[^\W\d][\w.\\?]*)
  | (?P<space>\s+)
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_CORNER = re.compile(r"(\$?)([A-Za-z]*)(\$?)(\d*)")


class Corner(NamedTuple):
    """One end of a reference; None for the rows of a whole column or the columns of a whole row."""

    row: int | None
    col: int | None
    row_fixed: bool
    col_fixed: bool


class Reference(NamedTuple):
    """Cells named in a formula; `sheet` "" is the formula's own, `last` None is one cell.

    `sheet` stands bare; of a span of sheets it is "first:last", of another file "[1]name".
    """

    sheet: str
    first: Corner
    last: Corner | None


class Scope(NamedTuple):
    """The name of a sheet in front of something that is no reference, such as a defined name."""

    sheet: str


Piece = str | Reference | Scope


@lru_cache(maxsize=4096)
def parse_formula(formula: str) -> tuple[Piece, ...]:
    """The formula as references, scopes and single tokens of text; joined, it is the formula."""
    pieces: list[Piece] = []
    sheet: str | None = None
    for match in _TOKEN.finditer(formula):
        kind, token = match.lastgroup, match.group()
        if kind == "ref" and (reference := _reference(sheet or "", token)):
            pieces.append(reference)
            sheet = None
            continue
        if sheet is not None:
            pieces.append(Scope(sheet))
            sheet = None
        if kind == "sheet":
            sheet = _bare(token[:-1])
        else:
            pieces.append(token)
    return tuple(pieces if sheet is None else [*pieces, Scope(sheet)])


def print_formula(pieces: Iterable[Piece]) -> str:
    """The formula that the pieces spell."""
    return "".join([piece if isinstance(piece, str) else print_piece(piece) for piece in pieces])


def print_piece(piece: Reference | Scope) -> str:
    """A reference or scope as it stands in a formula, such as 'Prices & targets'!$B7."""
    prefix = f"{_quoted(piece.sheet)}!" if piece.sheet else ""
    if isinstance(piece, Scope):
        return prefix
    first = _corner_text(piece.first)
    return (
        f"{prefix}{first}" if piece.last is None else f"{prefix}{first}:{_corner_text(piece.last)}"
    )


def references(formula: str) -> tuple[Reference, ...]:
    """The references of a formula, in order."""
    return tuple(piece for piece in parse_formula(formula) if isinstance(piece, Reference))


def shifted(pieces: tuple[Piece, ...], rows: int, cols: int) -> str:
    """The formula as it reads when copied `rows` down and `cols` to the right."""
    return print_formula(
        _shift(piece, rows, cols) if isinstance(piece, Reference) else piece for piece in pieces
    )


@cache
def column_number(letters: str) -> int:
    """The column that has these letters, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _reference(sheet: str, token: str) -> Reference | None:
    """The reference that the token spells, or None where it lies outside every sheet."""
    first, _, last = token.partition(":")
    corners = [_corner(text) for text in (first, last) if text]
    if any((c.row or 0) >= MAX_ROWS or (c.col or 0) >= MAX_COLS for c in corners):
        return None
    return Reference(sheet, corners[0], corners[1] if last else None)


@lru_cache(maxsize=4096)
def _corner(text: str) -> Corner:
    match = _CORNER.fullmatch(text)
    if match is None:
        raise AssertionError(text)
    first_dollar, letters, second_dollar, digits = match.groups()
    row_dollar = second_dollar if letters else first_dollar
    return Corner(
        int(digits) - 1 if digits else None,
        column_number(letters) if letters else None,
        bool(row_dollar),
        bool(letters and first_dollar),
    )


def _corner_text(corner: Corner) -> str:
    col = "" if corner.col is None else f"{'$' * corner.col_fixed}{column_name(corner.col)}"
    row = "" if corner.row is None else f"{'$' * corner.row_fixed}{corner.row + 1}"
    return col + row


def _shift(reference: Reference, rows: int, cols: int) -> Reference:
    first, last = reference.first, reference.last
    return Reference(
        reference.sheet,
        _shift_corner(first, rows, cols),
        last and _shift_corner(last, rows, cols),
    )


def _shift_corner(corner: Corner, rows: int, cols: int) -> Corner:
    row, col, row_fixed, col_fixed = corner
    if row is not None and not row_fixed:
        row = (row + rows) % MAX_ROWS  # a copy over the edge goes on at the other side, as in Excel
    if col is not None and not col_fixed:
        col = (col + cols) % MAX_COLS
    return Corner(row, col, row_fixed, col_fixed)


def _bare(prefix: str) -> str:
    return prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix


def _quoted(sheet: str) -> str:
    first, colon, last = sheet.partition(":")
    if not colon or sheet.startswith("["):
        return quoted_sheet(sheet)
    plain = quoted_sheet(first) == first and quoted_sheet(last) == last
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"
