"""Solve a whole model: its lines in order, and its studies where they are first read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.evaluate import Evaluator, compile_step
from reportgen.expr.nodes import Unit
from reportgen.expr.order import NO_LINKS, steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Line, Node, Study, WhatIf
    from reportgen.expr.numeric import Array
    from reportgen.expr.order import Links, WhatIfs
    from reportgen.expr.state import Members
    from reportgen.expr.study import StudyResult


@dataclass(frozen=True, slots=True)
class Solved:
    """Every value of a model: arrays shaped by the dimensions of their line."""

    members: Members
    values: Mapping[Line, Array]
    studies: Mapping[Study, StudyResult]


def prepare(lines: Sequence[Line]) -> None:
    """Do ahead what the first case of a model would wait for. Errors as for `solve`."""
    for step in steps(tuple(lines)):
        compile_step(step)


def solve(
    lines: Sequence[Line],
    given: Mapping[Line, Array],
    members: Members,
    what_ifs: WhatIfs,
    links: Links = NO_LINKS,
) -> Solved:
    """Return the values of all lines; `given` holds an array (*dims) for each given line.

    `links` hold the expression of each cell of a linked line.

    Raises KeyError naming a line that was neither given nor written as an expression, ValueError
    naming one that reads a line that is not there yet.
    """
    values: dict[Line, Array] = {
        line: np.asarray(array, dtype=object if line.unit is Unit.TEXT else float)[None]
        for line, array in given.items()
    }
    studies: dict[Study, StudyResult] = {}
    studied: dict[tuple[Study, Line], Array] = {}
    reader = Evaluator(values, members, studied)
    done = 0
    with np.errstate(all="ignore"):
        for step in steps(tuple(lines)):
            for varied in step.varied:
                study = varied.study
                if study not in studies:
                    before = tuple(lines[:done])
                    studies[study] = _studied(study, what_ifs[study], before, values, members)
                studied[study, varied.line] = _spread(study, varied.line, studies[study], reader)
            if step.lines[0] in links:
                values[step.lines[0]] = _linked(step.lines[0], links[step.lines[0]], reader)
            elif step.lines[0] not in given:
                reader.run(step)
            done += len(step.lines)
    return Solved(members, {line: array[0, ...] for line, array in values.items()}, studies)


def _studied(
    study: Study,
    what_ifs: tuple[WhatIf, ...],
    before: Sequence[Line],
    values: Mapping[Line, Array],
    members: Members,
) -> StudyResult:
    # With the formulas that it looks through it takes long to import, and a diff runs no study.
    from reportgen.expr.study import run_study  # noqa: PLC0415 - as above

    return run_study(what_ifs, study.outputs, before, values, members)


def _spread(study: Study, line: Line, result: StudyResult, reader: Evaluator) -> Array:
    """Return a line under each what-if, shaped (*study dims, *line dims)."""
    sizes = tuple(len(reader.members[dim]) for dim in study.dims)
    base = reader.values[line]
    own = base.shape[1:]
    moved = result.values.get(line, base)
    return np.broadcast_to(moved, (len(result.what_ifs), *own)).reshape((*sizes, *own))


def _linked(line: Line, cells: tuple[Node, ...], reader: Evaluator) -> Array:
    """Return a line whose cells have an expression each, shaped (1, *dims)."""
    values = [reader.cell(cell).item() for cell in cells]
    array: Array = np.empty((1, len(values)), dtype=object if isinstance(values[0], str) else float)
    array[0, :] = values
    return array if line.dims else array[:, 0]
