"""How much of a cell can be seen: a number that is wider than its cell is ###, a text is cut.

Measured with the advance widths of Calibri at 96 dots an inch, which Excel and, by a font of the
same widths, LibreOffice show at 100 %.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from reportgen.report.room import width_of
from reportgen.xlsx.addresses import a1
from tests.support.rendered import rendered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.xlsx.book import Book, Cell, Sheet, Style

_DEFAULT_COLUMN = 64  # pixels of a column whose width nobody sets
_DEFAULT_ROW = 15.0  # points
_EDGE = 4  # pixels that a cell keeps free, both sides together
_INDENT = 9  # pixels of a step
_LINE = 1.22  # height of a line by the size of its font


class Cut(NamedTuple):
    """A cell that shows less than it holds: what it would show, what it has, what it needs."""

    at: str
    text: str
    has: float
    needs: float


class Fit:
    """The cells of a tab, and the room that each has."""

    def __init__(self, book: Book, sheet: Sheet) -> None:
        self.book, self.sheet = book, sheet
        self.widths: defaultdict[int, int] = defaultdict(lambda: _DEFAULT_COLUMN)
        for columns in sheet.column_widths:
            for col in range(columns.first, columns.last + 1):
                self.widths[col] = int(columns.width * 7 + 5)
        self.merged = {(area.first_row, area.first_col): area for area in sheet.merges}
        self.taken = {(cell.row, cell.col) for cell in sheet.cells if cell.value not in {None, ""}}
        self.taken |= {(link.row, link.col) for link in sheet.links if link.text}
        self.last = max((cell.col for cell in sheet.cells), default=0)

    def numbers(self) -> Iterator[Cut]:
        """Numbers that show as ###."""
        for cell, style in self._cells(is_text=False):
            text = rendered(cell.value, style.number_format)
            yield from self._wider(cell, text, width_of(text, style), self._own(cell))

    def texts(self) -> Iterator[Cut]:
        """Texts on one line that run into the next cell that holds something, or off the paper."""
        for cell, style in self._cells(is_text=True):
            if style.wrap:
                continue
            text = str(cell.value)
            needs = width_of(text, style) + _INDENT * style.indent
            yield from self._wider(cell, text, needs, self._own(cell) + self._free(cell, style))

    def lines(self) -> Iterator[Cut]:
        """Wrapped texts with more lines than their row is high: where a row's height is set."""
        for cell, style in self._cells(is_text=True):
            height = self.sheet.row_heights.get(cell.row)
            area = self.merged.get((cell.row, cell.col))
            if not style.wrap or (height is None and area is None):
                continue
            rows = range(cell.row, area.last_row + 1) if area else [cell.row]
            has = sum(self.sheet.row_heights.get(row, _DEFAULT_ROW) for row in rows)
            room = self._own(cell) - _EDGE - _INDENT * style.indent
            needs = len(list(wrapped(str(cell.value), style, room))) * style.size * _LINE
            if needs > has + 1:
                yield Cut(a1(cell.row, cell.col), str(cell.value), has, needs)

    def words(self) -> Iterator[Cut]:
        """Words of wrapped texts that are wider than their cell, and so are broken."""
        for cell, style in self._cells(is_text=True):
            if style.wrap:
                room = self._own(cell) - _INDENT * style.indent
                for word in str(cell.value).split():
                    yield from self._wider(cell, word, width_of(word, style), room)

    def _cells(self, *, is_text: bool) -> Iterator[tuple[Cell, Style]]:
        for cell in self.sheet.cells:
            held = isinstance(cell.value, str) if is_text else isinstance(cell.value, float)
            if held and cell.value != "" and cell.style:
                yield cell, self.book.styles[cell.style]

    def _own(self, cell: Cell) -> int:
        area = self.merged.get((cell.row, cell.col))
        last = area.last_col if area else cell.col
        return sum(self.widths[col] for col in range(cell.col, last + 1))

    def _free(self, cell: Cell, style: Style) -> float:
        """The empty room into which a text may run, by the side to which it is aligned."""
        if (cell.row, cell.col) in self.merged or style.align == "fill":
            return 0
        right = self._empty(cell, range(cell.col + 1, self._end(cell) + 1))
        left = self._empty(cell, range(cell.col - 1, -1, -1))
        return {"right": left, "center": 2 * min(left, right)}.get(style.align, right)

    def _end(self, cell: Cell) -> int:
        """The last column that a text may run over: paper ends with the printed page."""
        page = self.sheet.page.area
        is_printed = page is not None and cell.row <= page.last_row and cell.col <= page.last_col
        return page.last_col if page is not None and is_printed else self.last + 11

    def _empty(self, cell: Cell, cols: range) -> int:
        free = takewhile(lambda col: (cell.row, col) not in self.taken, cols)
        return sum(self.widths[col] for col in free)

    @staticmethod
    def _wider(cell: Cell, text: str, needs: float, room: float) -> Iterator[Cut]:
        if needs > room - _EDGE:
            yield Cut(a1(cell.row, cell.col), text, room - _EDGE, round(needs))


def wrapped(text: str, style: Style, room: float) -> Iterator[str]:
    """The lines of a text in a cell of so many pixels."""
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split(" "):
            longer = f"{line} {word}" if line else word
            if line and width_of(longer, style) > room:
                yield line
                longer = word
            line = longer
        yield line
