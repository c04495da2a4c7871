"""How a tab is cut into pages: upright or across, as few as stay readable, between its blocks."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.report.tab import Tab
    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.book import Page, Paper

BLOCK = "section"  # the look of the title of a block
Orientation = Literal["landscape", "portrait"]
SIZES: Mapping[Paper, tuple[float, float]] = {  # points, upright
    "A4": (595.3, 841.9),
    "A3": (841.9, 1190.6),
    "letter": (612.0, 792.0),
}
LEAST = 41  # percent of the size on screen: letters of 10 points are still read
_ORIENTATIONS: tuple[Orientation, ...] = ("landscape", "portrait")
_INCH = 72.0  # points
_DIGIT = 7.4  # pixels: 7 in Excel, more in other programs; a column too wide would double the pages
_WIDTH, _HEIGHT = 8.43, 15.0  # of what is not told: characters of a column, points of a row
_FULL = (0.6, 0.85)  # of a page, to end before a block: the more, the fewer pages it takes
_ROOM = 0.97  # programs differ by some points in the heights of rows


class _Cut(NamedTuple):
    """A way to print a tab: how it lies, at what scale, before which rows pages begin."""

    orientation: Orientation
    scale: int
    breaks: tuple[int, ...]


def paginated(tab: Tab, page: Page, paper: Paper) -> Page:
    """Return how a tab prints on the fewest pages on which it can be read.

    Where a page would end within a block it ends before it, if it is mostly full by then. Of two
    ways with as many pages the one with larger letters is taken. What is to be one page stays so.
    """
    if page.fit == (1, 1) or page.area is None:
        return page
    tops = list(accumulate(_heights(tab, page.area), initial=0.0))
    first, last = page.repeat_rows or (0, -1)
    repeated = tops[last + 1] - tops[first]
    width = sum(_widths(tab, page.area))
    blocks = sorted(
        {one.row - page.area.first_row for one in tab.words if one.col == 0 and one.look == BLOCK}
    )
    cuts = [
        _Cut(orientation, scale, _breaks(tops, 100 * height / scale, repeated, blocks, full))
        for orientation in _ORIENTATIONS
        for widest, height in [_sheet(page, width, paper, orientation)]
        for scale in _scales(widest, orientation)
        for full in _FULL
    ]
    best = min(cuts, key=lambda cut: (len(cut.breaks), -cut.scale))
    # a scale, and not so many pages: breaks hold only where nothing is to be fitted
    return replace(
        page, orientation=best.orientation, fit=None, scale=best.scale, breaks=best.breaks
    )


def _heights(tab: Tab, area: Area) -> list[float]:
    rows = range(area.first_row, area.last_row + 1)
    return [tab.heights.get(row, _HEIGHT) for row in rows]


def _widths(tab: Tab, area: Area) -> list[float]:
    """Return the widths of the printed columns in points."""
    characters = dict.fromkeys(range(area.first_col, area.last_col + 1), _WIDTH)
    for columns in tab.widths:
        for col in range(columns.first, columns.last + 1):
            if col in characters:
                characters[col] = columns.width
    return [(_DIGIT * width + 5) * 0.75 for width in characters.values()]


def _sheet(page: Page, width: float, paper: Paper, orientation: Orientation) -> tuple[int, float]:
    """Return the scale in percent at which a tab is as wide as a page, and how tall that is."""
    across, upright = sorted(SIZES[paper], reverse=orientation == "landscape")
    left, right, top, bottom = (margin * _INCH for margin in page.margins)
    widest = (across - left - right) * _ROOM / width
    return min(100, int(100 * widest)), (upright - top - bottom) * _ROOM


def _scales(widest: int, orientation: Orientation) -> Iterable[int]:
    """The scales to try; what is too wide to be read upright lies across, however small."""
    if widest >= LEAST:
        return range(LEAST, widest + 1)
    return (widest,) if orientation == "landscape" else ()


def _breaks(
    tops: Sequence[float], room: float, repeated: float, blocks: Sequence[int], full: float
) -> tuple[int, ...]:
    """Return the rows before which a page begins; `tops` are the heights above each row.

    A page ends before a block that begins where it is `full`, else where it is filled.
    """
    found: list[int] = []
    start, left = 0, room
    while tops[-1] - tops[start] > left:
        fits = bisect_right(tops, tops[start] + left) - 1
        least = tops[start] + left * full
        begun = [row for row in blocks if start < row <= fits and tops[row] >= least]
        start = begun[-1] if begun else max(fits, start + 1)
        found.append(start)
        left = room - repeated
    return tuple(found)
