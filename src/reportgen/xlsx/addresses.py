"""Where things stand: areas of a sheet, references across sheets, and their A1 spelling."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

MAX_ROWS = 1_048_576
MAX_COLS = 16_384

_BARE_SHEET = re.compile(r"[^\W\d]\w*")
_LIKE_A_CELL = re.compile(
    r"[A-Za-z]{1,3}\d+|[Rr]\d*|[Cc]\d*|[Rr]\d*[Cc]\d*.*|TRUE|FALSE", re.IGNORECASE
)


_WEB = re.compile(
    r"https://(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,63}(?::\d{1,5})?(?:[/?#][!#-;=?-Z_a-z~]*)?"
)
MAX_WEB_ADDRESS = 2_000


def is_web_address(text: str) -> bool:
    """Whether a text is an https address of a named host, spelt out without anything to quote."""
    return len(text) <= MAX_WEB_ADDRESS and _WEB.fullmatch(text) is not None


class Area(NamedTuple):
    """A rectangle of cells, both ends included."""

    first_row: int
    first_col: int
    last_row: int
    last_col: int

    @property
    def corner(self) -> tuple[int, int]:
        """The row and the column of its upper left cell."""
        return self.first_row, self.first_col

    @property
    def is_cell(self) -> bool:
        """Whether it is a single cell."""
        return self.corner == (self.last_row, self.last_col)


class Ref(NamedTuple):
    """Cells of a named sheet; the sheet name stands bare, without quotes."""

    sheet: str
    first_row: int
    first_col: int
    last_row: int
    last_col: int

    @classmethod
    def cell(cls, sheet: str, row: int, col: int) -> Ref:
        """The reference to one cell."""
        return cls(sheet, row, col, row, col)

    @property
    def area(self) -> Area:
        """The cells, whatever sheet they stand on."""
        return Area(self.first_row, self.first_col, self.last_row, self.last_col)


@cache
def column_name(col: int) -> str:
    """The letters of the column that counts `col` from 0: 0 is A, 26 is AA."""
    letters = ""
    number = col + 1
    while number:
        number, remainder = divmod(number - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters


@cache
def column_number(letters: str) -> int:
    """The column that has these letters, counted from 0: A is 0, AA is 26."""
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - ord("A") + 1
    return number - 1


def a1(row: int, col: int) -> str:
    """The relative address of a cell, such as B7."""
    return f"{column_name(col)}{row + 1}"


def area_a1(area: Area) -> str:
    """The relative address of an area, such as B7:C9, or of its only cell."""
    first = a1(area.first_row, area.first_col)
    last = a1(area.last_row, area.last_col)
    return first if first == last else f"{first}:{last}"


def quoted_sheet(name: str) -> str:
    """The sheet name as it stands in a formula: quoted unless it can only be a name."""
    if _BARE_SHEET.fullmatch(name) and not _LIKE_A_CELL.fullmatch(name):
        return name
    return "'" + name.replace("'", "''") + "'"


def seen_from(ref: Ref, sheet: str) -> str:
    """The relative address of a reference as a formula on a sheet says it."""
    cells = area_a1(ref.area)
    return cells if ref.sheet == sheet else f"{quoted_sheet(ref.sheet)}!{cells}"


def ref_a1(ref: Ref) -> str:
    """The absolute address of a reference, such as 'Prices & targets'!$B$7:$B$9."""
    first = f"${column_name(ref.first_col)}${ref.first_row + 1}"
    last = f"${column_name(ref.last_col)}${ref.last_row + 1}"
    cells = first if first == last else f"{first}:{last}"
    return f"{quoted_sheet(ref.sheet)}!{cells}"
