"""Places as changes name them, and areas in one spelling however a program cut them up."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import Area, area_a1, column_name

if TYPE_CHECKING:
    from collections.abc import Iterable


_MANY = 1_000  # beyond this, merging would cost more than a rare false difference


def row_place(first: int, last: int) -> str:
    """Rows as an address, such as 7:9."""
    return f"{first + 1}:{last + 1}"


def column_place(first: int, last: int) -> str:
    """Columns as an address, such as C:D."""
    return f"{column_name(first)}:{column_name(last)}"


def areas_place(areas: Iterable[Area]) -> str:
    """Areas as one address, such as "B2:B9 D4"."""
    return " ".join(area_a1(area) for area in areas)


class Run(NamedTuple):
    """Neighbours among rows or columns, both ends included."""

    first: int
    last: int


def runs(positions: Iterable[int]) -> list[Run]:
    """The positions as runs of neighbours."""
    return _joined(Run(position, position) for position in sorted(positions))


def _joined(ascending: Iterable[Run]) -> list[Run]:
    """Runs that touch or overlap as one."""
    found: list[Run] = []
    for run in ascending:
        if found and run.first <= found[-1].last + 1:
            found[-1] = Run(found[-1].first, max(found[-1].last, run.last))
        else:
            found.append(run)
    return found


def merged(areas: Iterable[Area]) -> tuple[Area, ...]:
    """The same cells in as few rectangles as a sweep from the left finds, in order."""
    areas = sorted(set(areas))
    if len(areas) > _MANY:
        return tuple(areas)
    edges = sorted({edge for area in areas for edge in (area.first_col, area.last_col + 1)})
    found: list[Area] = []
    open_slabs: list[Area] = []
    for first, end in pairwise(edges):
        spans = _joined(
            Run(area.first_row, area.last_row)
            for area in areas
            if area.first_col <= first and area.last_col >= end - 1
        )
        slabs = [Area(span.first, first, span.last, end - 1) for span in spans]
        if [Run(slab.first_row, slab.last_row) for slab in open_slabs] == spans and spans:
            open_slabs = [slab._replace(last_col=end - 1) for slab in open_slabs]
        else:
            found += open_slabs
            open_slabs = slabs
    return tuple(sorted([*found, *open_slabs]))


def cells_place(cells: Iterable[tuple[int, int]]) -> str:
    """Single cells as one address, neighbours joined."""
    columns: dict[int, list[int]] = {}
    for row, col in cells:
        columns.setdefault(col, []).append(row)
    return areas_place(
        merged(
            Area(run.first, col, run.last, col)
            for col, rows in columns.items()
            for run in runs(rows)
        )
    )
