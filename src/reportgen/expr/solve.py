"""Solve a whole model: its lines in order, and its studies where they are first read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.evaluate import Evaluator, Members, steps
from reportgen.expr.functions import children
from reportgen.expr.nodes import Line, Varied
from reportgen.expr.study import StudyResult, run_study

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


    from reportgen.expr.nodes import Node, Study, WhatIf
    from reportgen.expr.numeric import Array


NO_LINKS: Mapping[Line, tuple[Node, ...]] = {}


@dataclass(frozen=True, slots=True)
class Solved:
    """Every value of a model: arrays shaped by the dimensions of their line."""

    members: Members
    values: Mapping[Line, Array]
    studies: Mapping[Study, StudyResult]


def solve(
    lines: Sequence[Line],
    given: Mapping[Line, Array],
    members: Members,
    what_ifs: Mapping[Study, tuple[WhatIf, ...]],
    links: Mapping[Line, tuple[Node, ...]] = NO_LINKS,
) -> Solved:
    """Return the values of all lines; `given` holds an array (*dims) for each given line.

    `links` hold an expression for each member of a linked line.

    Raises KeyError naming a line that was neither given nor written as an expression.
    """
    values: dict[Line, Array] = {line: np.asarray(array)[None] for line, array in given.items()}
    studies: dict[Study, StudyResult] = {}
    studied: dict[tuple[Study, Line], Array] = {}
    reader = Evaluator(values, members, studied)
    seen: list[Line] = []
    for ladder in steps(lines):
        for study, line in _varied(ladder):
            if study not in studies:
                studies[study] = run_study(what_ifs[study], study.outputs, seen, values, members)
            if (study, line) not in studied:
                studied[study, line] = _spread(studies[study], study, line, values, members)
        if ladder[0] in links:
            values[ladder[0]] = _linked(reader, links[ladder[0]])
        elif ladder[0] not in values:
            reader.run(ladder)
        seen.extend(ladder)
    return Solved(members, {line: values[line][0, ...] for line in values}, studies)


def _linked(reader: Evaluator, cells: tuple[Node, ...]) -> Array:
    """Return the values of a column whose cells have an expression each, as (1, members)."""
    with np.errstate(all="ignore"):
        values = [reader.visit(cell, ()).item() for cell in cells]
    array = np.empty((1, len(values)), dtype=object if isinstance(values[0], str) else float)
    array[0, :] = values
    return array


def _varied(ladder: Sequence[Line]) -> list[tuple[Study, Line]]:
    found: dict[tuple[Study, Line], None] = {}
    stack: list[Node] = [line.expr for line in ladder if line.expr is not None]
    while stack:
        top = stack.pop()
        if isinstance(top, Varied):
            found[top.study, top.line] = None
        elif not isinstance(top, Line):
            stack.extend(children(top))
    return list(found)


def _spread(
    result: StudyResult, study: Study, line: Line, values: Mapping[Line, Array], members: Members
) -> Array:
    """Return a line under each what-if, shaped (*study dims, *line dims)."""
    sizes = tuple(len(members[dim]) for dim in study.dims)
    own = tuple(len(members[dim]) for dim in line.dims)
    moved = result.values.get(line, values[line])
    return np.broadcast_to(moved, (len(result.what_ifs), *own)).reshape((*sizes, *own))
