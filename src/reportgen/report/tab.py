"""A tab under construction: what is placed where, before any formula is printed.

Tabs are built first and printed afterwards, because a formula needs to know where everything
that it reads has come to stand.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Kind
from reportgen.report.placement import Placement

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.report.placement import Places
    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.book import (
        Cell,
        Chart,
        Columns,
        Comment,
        ConditionalFormat,
        Link,
        Page,
        RowGroup,
        Validation,
    )

NOWHERE: Mapping[Dim, str] = {}


class Words(NamedTuple):
    """A constant text on a tab."""

    row: int
    col: int
    text: str
    look: str


class Placed(NamedTuple):
    """A line with its one place in the workbook."""

    line: Line
    rows: Array
    cols: Array
    look: str


class View(NamedTuple):
    """Cells that show a line which stands elsewhere; `part` picks them from its values."""

    line: Line
    part: tuple[int | slice, ...]
    rows: Array
    cols: Array
    look: str


@dataclass(slots=True)
class Tab:
    """One tab being built. Rows and columns count from 0."""

    name: str
    places: Places
    words: list[Words] = field(default_factory=list)
    placed: list[Placed] = field(default_factory=list)
    views: list[View] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)  # that no line makes: dates, links, hashes
    charts: list[Callable[[Places], Chart]] = field(default_factory=list)
    widths: list[Columns] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    groups: list[RowGroup] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    validations: list[Validation] = field(default_factory=list)
    conditional_formats: list[ConditionalFormat] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    comments: list[Comment] = field(default_factory=list)
    freeze: tuple[int, int] | None = None
    filter: Area | None = None
    page: Page | None = None
    zoom: int = 100
    tab_color: str = ""

    def free_col(self, *rows: int) -> int:
        """Return the first column right of all that stands in these rows."""
        cols = [word.col for word in self.words if word.row in rows]
        parts: list[Placed | View] = [*self.placed, *self.views]
        cols.extend(int(part.cols.max()) for part in parts if np.isin(part.rows, rows).any())
        return max(cols, default=-1) + 1

    def text(self, row: int, col: int, text: str, look: str = "label") -> None:
        """Write a constant text."""
        self.words.append(Words(row, col, text, look))

    def put(
        self,
        line: Line,
        row: int,
        col: int,
        *,
        down: tuple[Dim, ...] = (),
        across: tuple[Dim, ...] = (),
        look: str = "",
        name: str = "",
        step: tuple[int, int] = (1, 1),
    ) -> int:
        """Give a line its place: members of `down` below, of `across` beside each other.

        Returns the number of rows taken. `step` leaves room between members. Raises ValueError
        where the line already has a place, or where its dimensions are not all laid out.
        """
        if line in self.places.lines:
            msg = f"{line.key} already stands on {self.places.lines[line].sheet}"
            raise ValueError(msg)
        grid = self._grid(line, line.dims, row, col, down, across, step)
        self.places.lines[line] = Placement(
            self.name, grid.rows, grid.cols, name, grid.down, grid.across
        )
        self.placed.append(Placed(line, grid.rows, grid.cols, look))
        return grid.height

    def show(
        self,
        line: Line,
        row: int,
        col: int,
        *,
        down: tuple[Dim, ...] = (),
        across: tuple[Dim, ...] = (),
        at: Mapping[Dim, str] = NOWHERE,
        look: str = "",
        step: tuple[int, int] = (1, 1),
    ) -> None:
        """Show a line that stands elsewhere, at some fixed members.

        A whole input is called up: the formulas of this tab read it here, so that they are short
        and can be copied along, where it is shown last.
        """
        free = tuple(dim for dim in line.dims if dim not in at)
        grid = self._grid(line, free, row, col, down, across, step)
        part = tuple(
            self.places.members[dim].index(at[dim]) if dim in at else slice(None)
            for dim in line.dims
        )
        self.views.append(View(line, part, grid.rows, grid.cols, look))
        if line.kind is Kind.INPUT and line.dims == free and free:
            self.places.called_up[line, self.name] = Placement(
                self.name, grid.rows, grid.cols, "", grid.down, grid.across
            )

    def _grid(
        self,
        line: Line,
        dims: tuple[Dim, ...],
        row: int,
        col: int,
        down: tuple[Dim, ...],
        across: tuple[Dim, ...],
        step: tuple[int, int],
    ) -> Grid:
        sizes = tuple([self.size(dim) for dim in dims])
        grid = _grid((row, col), dims, sizes, down, across, step)
        if grid is None:
            msg = f"{line.key} has {dims}, laid out down {down} and across {across}"
            raise ValueError(msg)
        return grid

    def size(self, dim: Dim) -> int:
        """Return how many members a dimension has."""
        return len(self.places.members[dim])


class Grid(NamedTuple):
    """Where the cells of a line stand: `height` rows, from the first to the last.

    The cells differ along the dimensions `down` and `across`: those with more than one member.
    """

    rows: Array
    cols: Array
    height: int
    down: frozenset[Dim]
    across: frozenset[Dim]


@lru_cache(maxsize=8192)  # companies of one shape have most in the same places
def _grid(
    start: tuple[int, int],
    dims: tuple[Dim, ...],
    sizes: tuple[int, ...],
    down: tuple[Dim, ...],
    across: tuple[Dim, ...],
    step: tuple[int, int],
) -> Grid | None:
    """Return the cells from `start` on, as many along each dimension as `sizes` say.

    None where `down` and `across` are not just the dimensions.
    """
    laid_out = (*down, *across)
    if len(laid_out) != len(dims) or set(laid_out) != set(dims):
        return None
    rows, cols = (
        first + by * _counted(sizes, tuple(map(dims.index, along)))
        for first, by, along in zip(start, step, (down, across), strict=True)
    )
    moving = frozenset(dim for dim, size in zip(dims, sizes, strict=True) if size > 1)
    height = int(np.max(rows)) - start[0] + 1
    return Grid(rows, cols, height, moving & frozenset(down), moving & frozenset(across))


def _counted(sizes: tuple[int, ...], along: tuple[int, ...]) -> Array:
    """Return for each cell how many members of the axes `along` come before it, last one fastest.

    The cells have as many members as `sizes` say on each axis.
    """
    count = np.zeros(sizes, dtype=int)
    stride = 1
    for axis in reversed(along):
        shape = [1] * len(sizes)
        shape[axis] = sizes[axis]
        count = count + stride * np.arange(sizes[axis]).reshape(shape)
        stride *= sizes[axis]
    return count
