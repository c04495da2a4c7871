"""The Workings tab: every line that no other tab shows, and the studies, for an audit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model import fundamentals, peers
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
from reportgen.report.placement import UNMOVED, StudyPlacement
from reportgen.report.tables import HEADER_ROWS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reportgen.expr.nodes import Dim, Line, Study
    from reportgen.expr.study import StudyResult
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


def leftovers(tab: Tab, lines: Iterable[Line], row: int) -> int:
    """Place every line that has no place yet, one band for each set of dimensions.

    Returns the next free row.
    """
    groups: dict[tuple[Dim, ...], list[Line]] = {}
    for line in lines:
        if line not in tab.places.lines:
            groups.setdefault(line.dims, []).append(line)
    for dims, members in groups.items():
        row = (_scalars if not dims else _band)(tab, members, dims, row) + 2
    return row


def _scalars(tab: Tab, lines: list[Line], dims: tuple[Dim, ...], row: int) -> int:
    del dims
    tab.text(row, 0, "Single numbers", "section")
    for line in lines:
        row += 1
        tab.text(row, 0, line.label)
        tab.put(line, row, 2)
        tab.text(row, 3, line.key, "note")
    return row


def _band(tab: Tab, lines: list[Line], dims: tuple[Dim, ...], row: int) -> int:
    """Place lines of the same dimensions beside each other, the longest dimension downwards."""
    long = tuple(dim for dim in dims if dim not in BESIDE)
    down = long[:1] or dims[:1]
    across = tuple(dim for dim in dims if dim not in down)
    tab.text(row, 0, " x ".join(dim.name for dim in dims), "section")
    width = 1
    for dim in across:
        width *= tab.size(dim)
    for at, member in enumerate(tab.places.members[down[0]]):
        tab.text(row + 2 + at, 0, member)
    for k, line in enumerate(lines):
        col = 2 + k * width
        tab.text(row + 1, col, line.label, "header")
        tab.put(line, row + 2, col, down=down, across=across)
    return row + 1 + tab.size(down[0])


def place_study(
    tab: Tab, study: Study, result: StudyResult, row: int, unmoved: Collection[Line]
) -> int:
    """Give the moved cells of a study their places: a row a what-if, a column a cell.

    The `unmoved` lines come to one value for good, or are read by nothing.
    """
    col = 2
    columns = {}
    tab.text(row, 0, study.label, "section")
    affected_lines = {
        line: affected for line, affected in result.affected.items() if line not in unmoved
    }
    for line, affected in affected_lines.items():
        moved = affected.any(axis=0)
        if not moved.any():
            continue
        order = np.full(moved.shape, UNMOVED)
        count = int(moved.sum())
        order[moved] = col + np.arange(count)
        tab.text(row + 1, col, line.label, "header")
        columns[line] = order
        col += count
    rows = row + 2 + np.arange(len(result.what_ifs))
    for at, what_if in zip(rows.tolist(), result.what_ifs, strict=True):
        tab.text(at, 0, what_if.label)
    tab.places.studies[study] = StudyPlacement(tab.name, rows, columns, affected_lines)
    return int(row + 2 + len(result.what_ifs) + 1)
