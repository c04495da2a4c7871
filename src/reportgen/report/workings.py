"""The Workings tab: every line that no other tab shows, for an audit."""

from __future__ import annotations

import math
from itertools import product
from textwrap import wrap
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.expr.tree import reads
from reportgen.model import fundamentals, peers
from reportgen.model.cell_names import member_name, segment_names
from reportgen.model.dims import (
    BRIDGE_CASE,
    BRIDGE_ORDER,
    COMPONENT,
    CYCLE,
    DIRECTION,
    GRID_COL,
    GROWTH_CASE,
    SCENARIO,
    SETTING,
)
from reportgen.model.evidence.claims import claim_number
from reportgen.model.evidence.products import product_number
from reportgen.model.hype import price_targets
from reportgen.report.blocks import footer, unit_name
from reportgen.report.tables import HEADER_ROWS
from reportgen.report.tabs.growth.lines import COLUMN
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page, RowGroup

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.left_out import LeftOut
    from reportgen.report.tab import Tab

# Dimensions that run across; all others run down, so that columns of one table can be paired.
BESIDE = frozenset(
    {
        SCENARIO,
        GROWTH_CASE,
        BRIDGE_CASE,
        BRIDGE_ORDER,
        DIRECTION,
        SETTING,
        GRID_COL,
        COMPONENT,
        CYCLE,
    }
)

# What runs across wherever people read it: lines along that alone do so here, too, so
# that a formula there can be copied along what it reads here.
ACROSS = frozenset({COLUMN, SCENARIO})

# The tables with spare rows, each by the column that numbers its rows
TABLES = (
    price_targets.number,
    fundamentals.number,
    claim_number,
    product_number,
    peers.number,
)


def beside_their_tables(tabs: Mapping[str, Tab], lines: Iterable[Line]) -> None:
    """Place what is left of the lines along the rows of a table that people type into beside it.

    A row that is inserted into the table then stretches all of its columns alike; a column on
    another tab would stay behind, and whatever pairs the two would be an error.
    """
    placed = tabs["Workings"].places.lines
    for table in (one for one in TABLES if one in placed):
        home = placed[table]
        tab, row = tabs[home.sheet], int(home.rows.min())
        col = tab.free_col(row - HEADER_ROWS, row)
        for line in lines:
            if line.dims == table.dims and line not in placed:
                tab.text(row - HEADER_ROWS, col, line.label, "header")
                tab.put(line, row, col, down=line.dims)
                col += 1


TITLE = "Workings"
_NOTE = "Working numbers that the other tabs read, for an audit on screen: a block for lines alike"
_MEMBER, _KEY, _FIRST = range(3)
_WIDTH = 15  # of a column of a block, in characters
_CHARACTER = 1.0  # the widest that a character is on average, in those of the default font
LINE = 13.5  # the height of a line of text, in points


def build(tab: Tab, context: Context, gone: LeftOut) -> None:
    """Lay out what no other tab shows; on paper there is only what the tab is for."""
    tab.text(0, 0, TITLE, "title")
    tab.text(1, 0, _NOTE, "subtitle")
    tab.page = Page(area=Area(0, 0, 1, 7), footer=footer(context))
    tab.freeze = (2, _KEY)
    blocks, row = _Blocks(tab, context), 3
    left = gone.lines - gone.without_cell
    read = [line for line in context.lines if line in left]
    if read:  # first, where addresses are short: long formulas read it
        tab.text(row, 0, "What the pack does not ask for, and formulas read", "subtitle")
        row = blocks.placed(read, row + 1) + 1
        tab.text(row - 1, 0, "What has no place on another tab", "subtitle")
    blocks.placed([line for line in context.lines if line not in gone.lines], row)
    last = max((int(placed.cols.max()) for placed in tab.placed), default=_FIRST)
    tab.widths = [
        *(Columns(col, col, longest(tab, col, from_row=2)) for col in (_MEMBER, _KEY)),
        Columns(_FIRST, last, _WIDTH),
    ]


def longest(tab: Tab, col: int, *, from_row: int) -> float:
    """Return the width in which the texts of a column stand whole."""
    texts = (word.text for word in tab.words if word.col == col and word.row >= from_row)
    return max((_width(text) for text in texts), default=_WIDTH)


def head_height(captions: Iterable[str], width: int) -> float:
    """Return the height in points of a row of captions, wrapped in columns of that width."""
    fitting = int(width / _CHARACTER) - 1
    return LINE * max((len(wrap(caption, fitting)) for caption in captions), default=1) + 2


def _reads_others(line: Line) -> bool:
    """Return whether a line reads others: what numbers the rows of a block stands before these."""
    return line.expr is None or bool(reads(line).lines)


def _width(text: str) -> float:
    return round(_CHARACTER * len(text) + 1)


class _Blocks:
    """Places lines block by block, each with a title below which it can be folded away."""

    def __init__(self, tab: Tab, context: Context) -> None:
        self.tab, self.context = tab, context
        self.segments = segment_names(context.solved.values, context.members)

    def placed(self, lines: Iterable[Line], row: int) -> int:
        """Place every line that has no place yet, one block for each set of dimensions.

        Returns the next free row.
        """
        groups: dict[tuple[Dim, ...], list[Line]] = {}
        for line in lines:
            if line not in self.tab.places.lines:
                groups.setdefault(line.dims, []).append(line)
        for dims, alike in groups.items():
            title = " and ".join(dim.name.replace("_", " ") for dim in dims)
            self.tab.text(row, _MEMBER, f"By {title}" if dims else "Single numbers", "section")
            if not dims:
                last = self._scalars(alike, row + 1)
            elif ACROSS.issuperset(dims):
                last = self._rows(alike, dims, row + 1)
            else:
                last = self._band(alike, dims, row + 1)
            self.tab.groups.append(RowGroup(row + 1, last))
            row = last + 2
        return row

    def _scalars(self, lines: Sequence[Line], row: int) -> int:
        """Place single numbers below each other; returns the last row."""
        for col, caption in enumerate(("Line", "Key", "Value", "Unit")):
            self.tab.text(row, col, caption, "header_left" if col < _FIRST else "header")
        for at, line in enumerate(lines, row + 1):
            self.tab.text(at, _MEMBER, line.label)
            self.tab.text(at, _KEY, line.key, "note")
            self.tab.put(line, at, _FIRST)
            unit = unit_name(line.unit, self.context)
            if unit:
                self.tab.text(at, _FIRST + 1, unit, "unit_centered")
        return row + len(lines)

    def _rows(self, lines: Sequence[Line], dims: tuple[Dim, ...], row: int) -> int:
        """Place lines below each other, a column a member, as the tabs do that read them.

        Returns the last row.
        """
        members = list(product(*(self._names(dim) for dim in dims)))
        for col, caption in enumerate(("Line", "Key")):
            self.tab.text(row, col, caption, "header_left")
        for col, of in enumerate((*(", ".join(names) for names in members), "Unit"), _FIRST):
            self.tab.text(row, col, of, "header")
        for at, line in enumerate(lines, row + 1):
            self.tab.text(at, _MEMBER, line.label)
            self.tab.text(at, _KEY, line.key, "note")
            look = "calc_wrap" if line.unit is Unit.TEXT and line.expr is not None else ""
            self.tab.put(line, at, _FIRST, across=dims, look=look)
            unit = unit_name(line.unit, self.context)
            if unit:
                self.tab.text(at, _FIRST + len(members), unit, "unit_centered")
        return row + len(lines)

    def _band(self, lines: Sequence[Line], dims: tuple[Dim, ...], row: int) -> int:
        """Place lines of the same dimensions beside each other, the longest dimension downwards.

        Every column has its caption, member and unit above it. Returns the last row.
        """
        tab, long = self.tab, [dim for dim in dims if dim not in BESIDE]
        down = (long or list(dims))[0]
        across = tuple(dim for dim in dims if dim is not down)
        members = list(product(*(self._names(dim) for dim in across)))
        names, start = self._names(down), row + 2 + bool(across)
        tab.text(row, _MEMBER, down.name.replace("_", " ").capitalize(), "header_left")
        tab.text(row, _KEY, "", "header_left")
        for at, (name, member) in enumerate(zip(names, tab.places.members[down], strict=True)):
            tab.text(start + at, _MEMBER, name)
            if name != member:
                tab.text(start + at, _KEY, member, "note")
        col = _FIRST
        for line in sorted(lines, key=_reads_others):
            unit = unit_name(line.unit, self.context)
            for number, of in enumerate(members):
                tab.text(row, col + number, line.label, "header")
                if of:
                    tab.text(row + 1, col + number, ", ".join(of), "header")
                if unit:
                    tab.text(start - 1, col + number, unit, "unit_centered")
            is_wrapped = line.unit is Unit.TEXT and bool(across)
            look = "calc_wrap" if is_wrapped and line.expr is not None else ""
            tab.put(line, start, col, down=(down,), across=across, look=look)
            col += max(len(members), self._room(line))
        tab.heights[row] = head_height((line.label for line in lines), _WIDTH)
        return start + len(names) - 1

    def _names(self, dim: Dim) -> list[str]:
        return [member_name(dim, member, self.segments) for member in self.context.members[dim]]

    def _room(self, line: Line) -> int:
        """Return how many columns the texts of a line take: they run over into empty ones."""
        if line.unit is not Unit.TEXT:
            return 1
        texts = self.context.solved.values[line].ravel().tolist()
        return math.ceil(max(map(_width, texts), default=1) / _WIDTH)
