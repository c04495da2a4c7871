"""The references inside a formula: found, shifted, printed."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import (
    MAX_COLS,
    MAX_ROWS,
    Area,
    column_name,
    column_number,
    quoted_sheet,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_CELLS = rf"""(?:{_CELL}(?::{_CELL})?
      | \$?[A-Za-z]{{1,3}}:\$?[A-Za-z]{{1,3}}
      | \$?[1-9]\d{{0,6}}:\$?[1-9]\d{{0,6}})
      (?![\w.\\?(!\[])"""
# What looks like a reference inside text, a table's column or a longer word is none.
_MARK = re.compile(
    rf"""
    (?P<text>"(?:[^"]|"")*")
  | (?P<lost>\#REF!)
  | (?P<sheet>'(?:[^']|'')+'!
      | (?<![\w.\\?#])(?:\[\d+\])?[\w.\\?]+(?::[\w.\\?]+)?!)
    (?P<there>{_CELLS})?
  | (?<![\w.\\?$!])(?P<here>{_CELLS})
  | (?P<table>\[(?:[^\[\]]|\[[^\[\]]*\])*\])
    """,
    re.VERBOSE | re.DOTALL,
)
_ADDRESS = re.compile(r"(?P<col>[A-Za-z]{1,3})(?P<row>[0-9]+)")
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
LOST = "#REF!"


@lru_cache(maxsize=32_768)
def parse_formula(formula: str) -> tuple[Piece, ...]:
    """The formula as references, scopes and the text between them; joined, it is the formula.

    A lost reference, #REF!, is a piece of its own.
    """
    pieces: list[Piece] = []
    begin = 0
    for match in _MARK.finditer(formula):
        kind = match.lastgroup
        if kind in {"text", "table"}:
            continue
        found: list[Piece] = [LOST] if kind == "lost" else _found(match)
        if match.start() > begin:
            pieces.append(formula[begin : match.start()])
        pieces += found
        begin = match.end()
    if begin < len(formula):
        pieces.append(formula[begin:])
    return tuple(pieces)


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


def _found(match: re.Match[str]) -> list[Piece]:
    """What a match of a sheet, a reference, or both stands for."""
    prefix, there = match["sheet"], match["there"]
    sheet = _bare(prefix[:-1]) if prefix else ""
    token = there or match["here"]
    if not token:
        return [Scope(sheet)]
    first, _, last = token.partition(":")
    corners = [_corner(text) for text in (first, last) if text]
    if any((c.row or 0) >= MAX_ROWS or (c.col or 0) >= MAX_COLS for c in corners):
        return [Scope(sheet), token] if prefix else [token]  # off every sheet: a mere word
    return [Reference(sheet, corners[0], corners[1] if last else None)]


@lru_cache(maxsize=4096)
def _corner(text: str) -> Corner:
    first_dollar, letters, second_dollar, digits = _CORNER.findall(text)[0]
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
    if not colon:
        return quoted_sheet(sheet)
    plain = quoted_sheet(first) == first and quoted_sheet(last) == last
    return sheet if plain else "'" + sheet.replace("'", "''") + "'"


DIGITS = "0123456789"


def parse_cell(address: str) -> tuple[int, int]:
    """Row and column of an address such as B7. Raises ValueError if it is none or off the sheet."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise ValueError(address)
    row, col = int(found["row"]) - 1, column_number(found["col"])
    if not (0 <= row < MAX_ROWS and col < MAX_COLS):
        raise ValueError(address)
    return row, col


def parse_area(address: str) -> Area:
    """The area of B7, B7:C9, B:C or 7:9. Raises ValueError if it is none."""
    pieces = parse_formula(address.replace("$", ""))
    if len(pieces) == 1 and isinstance(pieces[0], Reference):
        return reference_area(pieces[0])
    raise ValueError(address)


def parse_areas(addresses: str) -> tuple[Area, ...]:
    """The areas of a list separated by blanks; what is no address is left out."""
    return tuple(_parsable(addresses.split()))


def reference_area(reference: Reference) -> Area:
    """The cells that a reference covers on its sheet, corners in order."""
    first, last = reference.first, reference.last or reference.first
    rows = [0 if first.row is None else first.row, MAX_ROWS - 1 if last.row is None else last.row]
    cols = [0 if first.col is None else first.col, MAX_COLS - 1 if last.col is None else last.col]
    return Area(min(rows), min(cols), max(rows), max(cols))


def area_size(area: Area) -> int:
    """The number of cells of an area."""
    return (area.last_row - area.first_row + 1) * (area.last_col - area.first_col + 1)


def _parsable(addresses: list[str]) -> Iterator[Area]:
    for address in addresses:
        try:
            yield parse_area(address)
        except ValueError:
            continue
