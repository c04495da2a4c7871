"""Where every cell of every line stands, spelled as addresses for a formula on some tab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reportgen.report.names import RANGE_NAMES
from reportgen.xlsx.places import column_name, quoted_sheet

if TYPE_CHECKING:
    from reportgen.expr.evaluate import Members
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim, Line, Node, Study
    from reportgen.expr.numeric import Array


UNMOVED = -1  # the column of a cell that a study does not move and so does not repeat


@dataclass(frozen=True, slots=True)
class Placement:
    """The cells of a line on one tab: zero-based rows and columns, shaped like its values.

    `name` is a defined name for a scalar, used in formulas instead of its address. `down` and
    `across` are the dimensions of more than one member that run over rows and over columns.
    """

    sheet: str
    rows: Array
    cols: Array
    name: str = ""
    down: frozenset[Dim] = frozenset()
    across: frozenset[Dim] = frozenset()


@dataclass(frozen=True, slots=True)
class StudyPlacement:
    """The cells of a study: one row a what-if, one column a cell of a line that it moves."""

    sheet: str
    rows: Array  # (what-if,)
    columns: dict[Line, Array]  # line -> columns shaped like its values
    affected: dict[Line, Array]  # line -> which cells each what-if moves, (what-if, *dims)


@dataclass(slots=True)
class Places:
    """All placements of a report."""

    members: Members
    lines: dict[Line, Placement] = field(default_factory=dict)
    studies: dict[Study, StudyPlacement] = field(default_factory=dict)
    links: Mapping[Line, tuple[Node, ...]] = field(default_factory=dict)
    _spelled: dict[tuple[object, ...], Array] = field(default_factory=dict)

    def cells(self, line: Line, sheet: str, pins: tuple[bool, bool]) -> Array:
        """Return the addresses of a line's cells as seen from a tab, shaped like its values.

        `pins` say whether the row and the column are absolute.
        """
        key = (line, sheet, pins)
        if key not in self._spelled:
            place = self.lines[line]
            self._spelled[key] = (
                _constant(place.name, place.rows.shape)
                if place.name
                else _spell(place.sheet, sheet, place.rows, place.cols, pins)
            )
        return self._spelled[key]

    def ranges(self, line: Line, dim: Dim, sheet: str, pins: tuple[bool, bool]) -> Array:
        """Return the ranges of a line over a dimension; the other dimensions stay.

        Raises ValueError where the cells do not stand in one unbroken row or column.
        """
        key = (line, dim, sheet, pins)
        if key not in self._spelled:
            place = self.lines[line]
            axis = line.dims.index(dim)
            self._spelled[key] = _constant(RANGE_NAMES[line], ()) if line in RANGE_NAMES else _spell_range(
                line,
                place.sheet,
                sheet,
                np.moveaxis(place.rows, axis, -1),
                np.moveaxis(place.cols, axis, -1),
                pins,
            )
        return self._spelled[key]

    def study_cells(self, study: Study, line: Line, sheet: str) -> Array:
        """Return the addresses of a line's cells in a study, shaped (what-if, *dims)."""
        key = (study, line, sheet)
        if key not in self._spelled:
            place = self.studies[study]
            rows, cols = _crossed(place.rows, place.columns[line])
            self._spelled[key] = _spell(place.sheet, sheet, rows, cols, (False, False))
        return self._spelled[key]

    def study_ranges(self, study: Study, line: Line, dim: Dim, sheet: str) -> Array:
        """Return the ranges of a line over a dimension in a study, shaped (what-if, *rest)."""
        key = (study, line, dim, sheet)
        if key not in self._spelled:
            place = self.studies[study]
            rows, cols = _crossed(place.rows, place.columns[line])
            axis = 1 + line.dims.index(dim)
            self._spelled[key] = _spell_range(
                line,
                place.sheet,
                sheet,
                np.moveaxis(rows, axis, -1),
                np.moveaxis(cols, axis, -1),
                (False, False),
            )
        return self._spelled[key]


def _crossed(rows: Array, cols: Array) -> tuple[Array, Array]:
    """Return rows (what-if,) and columns (*dims) as two arrays (what-if, *dims)."""
    shape = (rows.size, *cols.shape)
    wide = rows.reshape((-1,) + (1,) * cols.ndim)
    return np.broadcast_to(wide, shape), np.broadcast_to(cols[None], shape)


def _constant(text: str, shape: tuple[int, ...]) -> Array:
    array = np.empty(shape, dtype=object)
    array[...] = text
    return array


def _prefix(home: str, seen_from: str) -> str:
    return "" if home == seen_from else f"{quoted_sheet(home)}!"


def _objects(texts: list[str], shape: tuple[int, ...]) -> Array:
    array = np.empty(len(texts), dtype=object)
    array[:] = texts
    return array.reshape(shape)


def _spell(home: str, sheet: str, rows: Array, cols: Array, pins: tuple[bool, bool]) -> Array:
    row_sign, col_sign = ("$" if pin else "" for pin in pins)
    start = _prefix(home, sheet) + col_sign
    texts = [
        f"{start}{column_name(col)}{row_sign}{row + 1}"
        for row, col in zip(rows.ravel().tolist(), cols.ravel().tolist(), strict=True)
    ]
    return _objects(texts, rows.shape)


def _spell_range(
    line: Line, home: str, sheet: str, rows: Array, cols: Array, pins: tuple[bool, bool]
) -> Array:
    size = rows.shape[-1]
    span = (rows[..., -1] - rows[..., 0]) + (cols[..., -1] - cols[..., 0])
    straight = (rows[..., -1] == rows[..., 0]) | (cols[..., -1] == cols[..., 0])
    stands = cols[..., 0] != UNMOVED
    if not np.all((span == size - 1) & straight | ~stands):
        msg = f"{line.key} is read as a range, but its cells do not stand side by side"
        raise ValueError(msg)
    first = _spell(home, sheet, rows[..., 0], cols[..., 0], pins)
    last = _spell(home, home, rows[..., -1], cols[..., -1], pins)
    texts = [f"{a}:{b}" for a, b in zip(first.ravel(), last.ravel(), strict=True)]
    return _objects(texts, first.shape)
