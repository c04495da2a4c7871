"""Addresses: which texts are cells or areas, and which areas share a cell."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from openpyxl.utils.cell import column_index_from_string

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384

_CORNER = r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})"
_CELLS = re.compile(f"{_CORNER}(?::{_CORNER})?")
_COLUMNS = re.compile(r"\$?([A-Za-z]{1,3}):\$?([A-Za-z]{1,3})")
_ROWS = re.compile(r"\$?([0-9]{1,7}):\$?([0-9]{1,7})")


class Area(NamedTuple):
    """A rectangle of cells, rows and columns counted from 1, all four inclusive."""

    top: int
    left: int
    bottom: int
    right: int

    def on_sheet(self) -> bool:
        """Whether a sheet is large enough for it, and its corners are in order."""
        return 1 <= self.top <= self.bottom <= LAST_ROW and 1 <= self.left <= self.right <= (
            LAST_COLUMN
        )

    def overlaps(self, other: Area) -> bool:
        """Whether a cell lies in both."""
        return (
            self.top <= other.bottom
            and other.top <= self.bottom
            and self.left <= other.right
            and other.left <= self.right
        )


@cache
def area(text: str) -> Area | None:
    """The area that a text such as B7, $B$7:C9, B:C or 7:9 names; None if it names none."""
    if found := _CELLS.fullmatch(text):
        left, top, right, bottom = found.groups()
        last_row, last_column = int(bottom or top), column_index_from_string(right or left)
        return Area(int(top), column_index_from_string(left), last_row, last_column)
    if found := _COLUMNS.fullmatch(text):
        first, last = (column_index_from_string(column) for column in found.groups())
        return Area(1, first, LAST_ROW, last)
    if found := _ROWS.fullmatch(text):
        return Area(int(found[1]), 1, int(found[2]), LAST_COLUMN)
    return None


def overlapping(areas: Iterable[tuple[str, Area]]) -> Iterator[tuple[str, str]]:
    """The pairs of labelled areas that share a cell."""
    seen: list[tuple[str, Area]] = []
    for label, one in areas:
        yield from ((earlier, label) for earlier, other in seen if one.overlaps(other))
        seen.append((label, one))
