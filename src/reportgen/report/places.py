"""Where every cell of every line stands, spelled as addresses for a formula on some tab."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from reportgen.report.names import RANGE_NAMES
from reportgen.report.spelling import UNMOVED, constant, spell, spell_ranges

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.nodes import Dim, Line, Node, Study
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members

__all__ = ["UNMOVED", "Placement", "Places", "StudyPlacement"]


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
    """The cells of a study: one row a what-if, one column a cell of a line that it moves.

    `columns` are shaped like a line's values, `affected` (what-if, *dims): which cells move.
    """

    sheet: str
    rows: Array
    columns: Mapping[Line, Array]
    affected: Mapping[Line, Array]


@dataclass(slots=True)
class Places:
    """All placements of a report; `links` are the expressions of lines linked cell by cell."""

    members: Members
    by_key: Mapping[str, Line] = field(default_factory=dict)
    links: Mapping[Line, tuple[Node, ...]] = field(default_factory=dict)
    lines: dict[Line, Placement] = field(default_factory=dict)
    studies: dict[Study, StudyPlacement] = field(default_factory=dict)
    _spelled: dict[tuple[object, ...], Array] = field(default_factory=dict)

    def cells(self, line: Line, sheet: str, pins: tuple[bool, bool]) -> Array:
        """Return the addresses of a line's cells as seen from a tab, shaped like its values.

        `pins` say whether the row and the column are absolute.
        """
        place = self.lines[line]
        return self._once(
            (line, sheet, pins),
            lambda: (
                constant(place.name, place.rows.shape)
                if place.name
                else spell((place.sheet, sheet), place.rows, place.cols, pins)
            ),
        )

    def ranges(self, line: Line, dim: Dim, sheet: str, pins: tuple[bool, bool]) -> Array:
        """Return the ranges of a line over a dimension; the other dimensions stay.

        Raises ValueError where the cells do not stand in one unbroken row or column.
        """
        if line in RANGE_NAMES:
            return constant(RANGE_NAMES[line], ())
        place, axis = self.lines[line], line.dims.index(dim)
        return self._once(
            (line, dim, sheet, pins),
            lambda: spell_ranges(line, (place.sheet, sheet), (place.rows, place.cols), axis, pins),
        )

    def study_cells(self, study: Study, line: Line, sheet: str) -> Array:
        """Return the addresses of a line's cells in a study, shaped (what-if, *dims)."""
        place = self.studies[study]
        return self._once(
            (study, line, sheet),
            lambda: spell((place.sheet, sheet), *_crossed(place, line), (False, False)),
        )

    def study_ranges(self, study: Study, line: Line, dim: Dim) -> Array:
        """Return the ranges of a line over a dimension in a study, shaped (what-if, *rest)."""
        place, axis = self.studies[study], 1 + line.dims.index(dim)
        return self._once(
            (study, line, dim),
            lambda: spell_ranges(
                line, (place.sheet, place.sheet), _crossed(place, line), axis, (False, False)
            ),
        )

    def _once(self, key: tuple[object, ...], make: Callable[[], Array]) -> Array:
        """Spell addresses the first time they are asked for, and keep them."""
        if key not in self._spelled:
            self._spelled[key] = make()
        return self._spelled[key]


def _crossed(place: StudyPlacement, line: Line) -> tuple[Array, Array]:
    """Return the rows and the columns of a line in a study, both (what-if, *dims)."""
    cols = place.columns[line]
    shape = (place.rows.size, *cols.shape)
    wide = place.rows.reshape((-1,) + (1,) * cols.ndim)
    return np.broadcast_to(wide, shape), np.broadcast_to(cols[None], shape)
