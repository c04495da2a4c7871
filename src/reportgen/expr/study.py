"""What-ifs: the same model with some cells put to other values.

Sensitivity grids, value at stake, alternatives, harsh and lenient settings and bridges are all
studies. Only the cells that a replaced cell reaches are calculated (and printed) again; the rest
are read from the model itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.evaluate import Evaluator
from reportgen.expr.nodes import Unit
from reportgen.expr.reach import affected, cone

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Line, WhatIf
    from reportgen.expr.numeric import Array
    from reportgen.expr.order import Step
    from reportgen.expr.reach import Masks
    from reportgen.expr.state import Members


@dataclass(frozen=True, slots=True)
class StudyResult:
    """The cells that each what-if moves, and their values; arrays are (what-if, *dims)."""

    what_ifs: tuple[WhatIf, ...]
    affected: Mapping[Line, Array]
    values: Mapping[Line, Array]


def run_study(
    what_ifs: tuple[WhatIf, ...],
    outputs: Sequence[Line],
    lines: Sequence[Line],
    base: Mapping[Line, Array],
    members: Members,
) -> StudyResult:
    """Return every cell that the what-ifs move on the way to the outputs.

    `base` holds the values of `lines` as they stand, shaped (1, *dims). Raises ValueError for a
    what-if that replaces part of a ladder, and for an output that reads other what-ifs.
    """
    replaced, put = _replacements(what_ifs, base, members)
    order = cone(tuple(lines), tuple(outputs), frozenset(replaced))
    _check_ladders(order, replaced)
    moved = affected(order, replaced, members, len(what_ifs))
    values = _recalculated(order, moved, (replaced, put), base, members)
    return StudyResult(what_ifs, moved, values)


def _check_ladders(order: tuple[Step, ...], replaced: Masks) -> None:
    for line in (line for step in order if step.back is not None for line in step.lines):
        if line in replaced:
            msg = f"a what-if cannot replace {line.key}: the ladder below would not follow"
            raise ValueError(msg)


def _replacements(
    what_ifs: tuple[WhatIf, ...], base: Mapping[Line, Array], members: Members
) -> tuple[Masks, dict[Line, Array]]:
    """Return for each replaced line where and by what: arrays (what-if, *dims)."""
    where: Masks = {}
    put: dict[Line, Array] = {}
    reader = Evaluator(dict(base), members, {})
    for number, what_if in enumerate(what_ifs):
        for line, at, expr in what_if.replaced:
            if line not in where:
                shape = (len(what_ifs), *(len(members[dim]) for dim in line.dims))
                where[line] = np.zeros(shape, dtype=bool)
                put[line] = np.zeros(shape, dtype=object if line.unit is Unit.TEXT else float)
            place = (members[dim].index(name) for dim, name in zip(line.dims, at, strict=True))
            cell = (number, *place)
            where[line][cell] = True
            put[line][cell] = reader.cell(expr)[0]
    return where, put


class _Rows:
    """The values of a model in some of the what-ifs; what is written is kept apart."""

    def __init__(self, values: Mapping[Line, Array]) -> None:
        self._values = values
        self.rows: Array = np.zeros(0, dtype=int)
        self.fresh: dict[Line, Array] = {}

    def __getitem__(self, line: Line) -> Array:
        array = self._values[line]
        selected: Array = array if len(array) == 1 else array[self.rows]
        return selected

    def __setitem__(self, line: Line, array: Array) -> None:
        self.fresh[line] = array


def _recalculated(
    order: tuple[Step, ...],
    moved: Masks,
    put: tuple[Masks, Mapping[Line, Array]],
    base: Mapping[Line, Array],
    members: Members,
) -> dict[Line, Array]:
    """Return the values of the cone's lines, each step only in the what-ifs that move it."""
    values = dict(base)
    rows = _Rows(values)
    reader = Evaluator(rows, members, {})
    for step in order:
        rows.rows = _moving(step, moved)
        if len(rows.rows) and all(line.expr is not None for line in step.lines):
            with np.errstate(all="ignore"):
                reader.run(step)
        for line in step.lines:
            values[line] = _joined(line, rows, moved[line], base[line])
            if line in put[0]:
                np.copyto(values[line], put[1][line], where=put[0][line])
    return {line: values[line] for step in order for line in step.lines}


def _moving(step: Step, moved: Masks) -> Array:
    """Return the numbers of the what-ifs that move a step."""
    any_line = [moved[line].reshape(len(moved[line]), -1).any(axis=1) for line in step.lines]
    return np.flatnonzero(np.logical_or.reduce(any_line))


def _joined(line: Line, rows: _Rows, moved: Array, base: Array) -> Array:
    """Return a line in every what-if: as calculated where it moves, as in the model elsewhere."""
    whole = np.empty(moved.shape, dtype=base.dtype)
    whole[...] = base
    if line in rows.fresh:
        moved_rows = moved[rows.rows]
        whole[rows.rows] = np.where(moved_rows, rows.fresh.pop(line), whole[rows.rows])
    return whole
