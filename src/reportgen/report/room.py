"""Room for what a tab shows: no number is ###, no wrapped line and no text beside the page is cut.

A layout says how wide its columns are and how high its rows. Figures and names of a company may
need more: a share of 3,000 yen, a profit of a long name. So columns are widened and rows
heightened, never made smaller. Measured as issued; programs let a row grow that nobody sized.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.book import Columns
from reportgen.xlsx.writer.soundness import MAX_WIDTH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from reportgen.report.tab import Tab
    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.book import Cell, Style

LINE = 1.3  # height of a line of text, of the size of its letters
_DIGIT, _EDGE = 7, 5  # pixels: of a column's unit of width, and of what a cell keeps free
_DEFAULT, _HEIGHT = 64, 15.0  # a column in pixels, a row in points, where nobody sized them
_REACH = 12  # columns that a text on one line may run over
_WIDEST = 64.0  # characters to which a column is widened for a text beside the printed page
_LABELS = 62.0  # the same for the labels of a tab, its first column
_TWO_LINES = 0.65  # of the width of a text that fits on two lines, wherever its words end
_LONGEST_WORD = 22.0  # a longer one, such as an address, may break
_INDENT = 9  # pixels of a step
_PIXELS = 96 / 72 / 2048  # of a letter's advance width, a point of its size
# Advance widths of Calibri's letters from blank to ~, in 2,048ths of its size
_PLAIN = (
    463, 667, 821, 1020, 1038, 1464, 1397, 452, 621, 621, 1020, 1020, 511, 627, 517, 791,
    1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 548, 548, 1020, 1020, 1020, 949,
    1831, 1185, 1114, 1092, 1260, 1000, 941, 1292, 1276, 516, 653, 1064, 861, 1751, 1322, 1356,
    1058, 1378, 1112, 941, 998, 1314, 1162, 1822, 1063, 998, 959, 628, 791, 628, 1020, 1020,
    596, 981, 1076, 866, 1076, 1019, 625, 964, 1076, 470, 490, 931, 470, 1636, 1076, 1080,
    1076, 1076, 714, 801, 686, 1076, 925, 1464, 887, 927, 809, 644, 943, 644, 1020,
)  # fmt: skip
_BOLD = (
    463, 667, 898, 1020, 1038, 1493, 1443, 478, 638, 638, 1020, 1020, 528, 627, 547, 880,
    1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 1038, 565, 565, 1020, 1020, 1020, 949,
    1840, 1241, 1148, 1084, 1291, 999, 940, 1305, 1292, 546, 678, 1120, 866, 1790, 1349, 1385,
    1090, 1405, 1153, 968, 1014, 1337, 1211, 1856, 1128, 1064, 979, 665, 880, 665, 1020, 1020,
    615, 1011, 1099, 857, 1099, 1031, 648, 971, 1099, 503, 523, 983, 503, 1666, 1099, 1101,
    1099, 1099, 728, 817, 710, 1099, 969, 1526, 941, 970, 814, 704, 973, 704, 1020,
)  # fmt: skip
_ANY_OTHER = 1038  # as wide as a digit
_WIDTHS = tuple(
    defaultdict(lambda: _ANY_OTHER, zip(map(chr, range(32, 127)), widths, strict=True))
    for widths in (_PLAIN, _BOLD)
)
_MOST = max(_BOLD)


def fit(
    tab: Tab, cells: Sequence[Cell], style: Callable[[str], Style], *, texts: bool = True
) -> None:
    """Widen the columns and heighten the rows of a tab as far as its cells need it.

    Without `texts` by its numbers alone, where the layout sizes texts itself.
    """
    room = _Room(tab, cells if texts else ())
    room.widen(_numbers(cells, style, room.merged))
    room.widen(room.words(style))
    room.widen(room.texts_beside(style))
    room.widen(room.texts_at_the_edge(style))
    tab.widths = room.columns()
    for row, height in room.lines(style):
        tab.heights[row] = max(height, tab.heights.get(row, _HEIGHT))


def width_of(text: str, style: Style) -> float:
    """Return the pixels that a text takes on one line, at 100 %."""
    return sum(map(_WIDTHS[style.bold].__getitem__, text)) * style.size * _PIXELS


def _at_most(text: str, style: Style) -> float:
    """Return the pixels that a text of so many letters takes if all are wide: found at once."""
    return len(text) * _MOST * style.size * _PIXELS


def line_count(text: str, style: Style, pixels: float) -> int:
    """Return how many lines a text takes in a cell of that width."""
    if "\n" not in text and (_at_most(text, style) <= pixels or width_of(text, style) <= pixels):
        return 1
    count = 0
    for paragraph in text.split("\n"):
        used, blank = math.inf, width_of(" ", style)
        for word in paragraph.split(" "):
            width = width_of(word, style)
            if used + blank + width > pixels:
                count, used = count + max(1, math.ceil(width / pixels)), width
            else:
                used += blank + width
    return count


class _Shape(NamedTuple):
    """What a number format adds to digits: `around` are the signs besides, places at the end."""

    around: str
    least: int
    most: int
    percent: bool


@cache
def _shape(number_format: str) -> _Shape:
    """Read the widest part of a number format, the one for negative numbers if it has one."""
    parts = [re.sub(r"\[[^\]]*\]|_.", "", part) for part in number_format.split(";")]
    part = max(parts[:2], key=lambda text: len(text.replace('"', "")))
    digits = re.search(r"[#0,]*[#0](?:\.([#0]+))?", part)
    places = (digits[1] or "") if digits else ""
    around = re.sub(r"[#0,.]|\"", "", part)
    return _Shape(around, places.count("0"), len(places), "%" in part)


def _number(value: float, number_format: str) -> str:
    """Return a number about as a program shows it, never narrower."""
    if number_format == "General":
        return f"{value:.10g}"
    if "E+00" in number_format:  # of constants, which stand in columns of their own width
        return f"{value:g}"
    if "yy" in number_format:
        return re.sub("[a-z]", "0", number_format)
    shape = _shape(number_format)
    scaled = abs(value) * 100 if shape.percent else abs(value)
    text = f"{scaled:,.{shape.most}f}"
    for _ in range(shape.most - shape.least):
        text = text.removesuffix("0")
    return text + shape.around


def _numbers(
    cells: Iterable[Cell], style: Callable[[str], Style], merged: Iterable[tuple[int, int]]
) -> dict[int, float]:
    """Return the pixels that the widest number of each column takes."""
    seen: defaultdict[tuple[int, str], set[float]] = defaultdict(set)
    over = set(merged)
    for row, col, value, _, name in cells:
        if isinstance(value, float) and name and (row, col) not in over:
            seen[col, name].add(value)
    needs: dict[int, float] = {}
    for (col, name), values in seen.items():
        look = style(name)
        shape = _shape(look.number_format)
        # without places that may be left out, the largest number is the widest
        ends = values if shape.least < shape.most else (min(values), max(values))
        texts = (_number(value, look.number_format) for value in ends)
        needs[col] = max(width_of(max(texts, key=len), look), needs.get(col, 0.0))
    return needs


class _Room:
    """The cells of a tab and the room that they have."""

    def __init__(self, tab: Tab, cells: Sequence[Cell]) -> None:
        self.tab = tab
        self.last = tab.page.area.last_col if tab.page and tab.page.area else math.inf
        self.texts = [
            cell for cell in cells if isinstance(cell.value, str) and cell.value and cell.style
        ]
        self.taken = {(cell.row, cell.col) for cell in cells if cell.value not in {None, ""}}
        self.taken |= {(link.row, link.col) for link in tab.links if link.text}
        self.merged: dict[tuple[int, int], Area] = {
            (area.first_row, area.first_col): area for area in tab.merges
        }
        self.widths: dict[int, float] = {
            col: part.width for part in tab.widths for col in range(part.first, part.last + 1)
        }

    def widen(self, needs: dict[int, float]) -> None:
        """Give columns at least so many pixels."""
        for col, pixels in needs.items():
            if pixels + _EDGE > self.pixels(col):
                self.widths[col] = math.ceil((pixels + _EDGE) / _DIGIT * 4) / 4

    def pixels(self, col: int) -> int:
        """The width of a column."""
        width = self.widths.get(col)
        return _DEFAULT if width is None else int(width * _DIGIT + _EDGE)

    def room_of(self, cell: Cell) -> int:
        """The pixels from a cell to the next one that holds something, some columns away."""
        cols = range(cell.col + 1, cell.col + _REACH)
        free = takewhile(lambda col: (cell.row, col) not in self.taken, cols)
        return self.pixels(cell.col) + sum(map(self.pixels, free))

    def columns(self) -> list[Columns]:
        """The widths of all columns, those alike beside each other as one."""
        found: list[Columns] = []
        for col, wanted in sorted(self.widths.items()):
            width = min(wanted, MAX_WIDTH)  # a number of 300 digits has no room anywhere
            if found and (found[-1].last, found[-1].width) == (col - 1, width):
                found[-1] = found[-1]._replace(last=col)
            else:
                found.append(Columns(col, col, width))
        return found

    def words(self, style: Callable[[str], Style]) -> dict[int, float]:
        """Return what the longest words of wrapped texts need: a program would break them.

        Beside the printed page there is room for texts of two lines, so that a caption there makes
        no caption of the page taller.
        """
        needs: dict[int, float] = {}
        for cell in self.texts:
            look = style(cell.style)
            if not look.wrap or (cell.row, cell.col) in self.merged:
                continue
            text = str(cell.value)
            word = max(text.split(), key=len, default="")
            pixels = width_of(word, look) + _INDENT * look.indent
            if pixels <= _LONGEST_WORD * _DIGIT:
                if cell.col > self.last:
                    pixels = max(pixels, min(_TWO_LINES * width_of(text, look), _WIDEST * _DIGIT))
                needs[cell.col] = max(pixels, needs.get(cell.col, 0.0))
        return needs

    def texts_beside(self, style: Callable[[str], Style]) -> dict[int, float]:
        """Return what texts on one line need, of labels and right of the printed page."""
        needs: dict[int, float] = {}
        for cell in self.texts:
            at_most = _LABELS if cell.col == 0 else _WIDEST if cell.col > self.last else 0
            look = style(cell.style)
            if not at_most or look.wrap or (cell.row, cell.col) in self.merged:
                continue
            if _at_most(str(cell.value), look) <= needs.get(cell.col, 0.0):
                continue
            pixels = width_of(str(cell.value), look) + _INDENT * look.indent
            pixels = min(pixels, at_most * _DIGIT)
            if pixels + _EDGE > self.room_of(cell):
                needs[cell.col] = max(pixels, needs.get(cell.col, 0.0))
        return needs

    def texts_at_the_edge(self, style: Callable[[str], Style]) -> dict[int, float]:
        """Return what the last printed column needs, so that paper cuts no text on one line."""
        area = self.tab.page.area if self.tab.page else None
        missing = 0.0
        for cell in self.texts:
            if area is None or cell.row > area.last_row or cell.col > area.last_col:
                continue
            look = style(cell.style)
            cols = range(cell.col + 1, area.last_col + 1)
            is_free = all((cell.row, col) not in self.taken for col in cols)
            if look.wrap or look.align not in {"", "left"} or not is_free:
                continue
            if (cell.row, cell.col) not in self.merged:
                pixels = width_of(str(cell.value), look) + _INDENT * look.indent
                missing = max(missing, pixels + _EDGE - sum(map(self.pixels, (cell.col, *cols))))
        if area is None or missing <= 0:
            return {}
        wanted = self.pixels(area.last_col) - _EDGE + missing
        return {area.last_col: min(wanted, _WIDEST * _DIGIT)}

    def lines(self, style: Callable[[str], Style]) -> Iterator[tuple[int, float]]:
        """Yield the heights in points that rows need whose texts wrap into several lines."""
        for cell in self.texts:
            look = style(cell.style)
            if not look.wrap:
                continue
            area = self.merged.get((cell.row, cell.col))
            last_row, last_col = (area.last_row, area.last_col) if area else (cell.row, cell.col)
            cols = range(cell.col, last_col + 1)
            pixels = sum(map(self.pixels, cols)) - _EDGE - _INDENT * look.indent
            lines = line_count(str(cell.value), look, pixels)
            above = sum(self.tab.heights.get(row, _HEIGHT) for row in range(cell.row, last_row))
            if lines > 1:
                yield last_row, math.ceil(lines * look.size * LINE + 1 - above)
