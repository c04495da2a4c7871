"""What the nodes that refer to lines, or tell members apart, compile to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.compiled import Compiled, Read, tidied
from reportgen.expr.frames import Frame, everything, twin
from reportgen.expr.nodes import At, By, Dim, Each, Line, Previous, Spot, Unit, Varied
from reportgen.expr.tree import case_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.expr.compiled import State
    from reportgen.expr.compiler import Compiler
    from reportgen.expr.numeric import Array

Source = tuple[Read, Frame]


def reference(compiler: Compiler, of: Line | Each | At | Spot | Varied) -> Compiled:
    """Return what reads a line, as it stands or at certain members."""
    line = of if isinstance(of, Line) else of.line
    read = compiler.placed(*_source(compiler, of))
    return Compiled(read, is_text=line.unit is Unit.TEXT)


def _source(c: Compiler, of: Line | Each | At | Spot | Varied) -> Source:
    match of:
        case Line():
            return c.source(of)
        case Each():
            read, _ = c.source(of.line, of.dim)
            return read, each_axes(c, of)
        case At():
            return _at(c, of.line, {of.dim: of.member})
        case Spot():
            return _at(c, of.line, dict(zip(of.line.dims, of.at, strict=True)))
        case Varied(study=study, line=line):
            return lambda state: state.studied[study, line][None], (*study.dims, *line.dims)


def each_axes(compiler: Compiler, of: Each) -> Frame:
    """Return the axes of a line ranged over a dimension beside the reader's own member."""
    _, dims = compiler.source(of.line)
    return tuple(twin(dim) if dim is of.dim else dim for dim in dims)


def _at(c: Compiler, line: Line, fixed: Mapping[Dim, str]) -> Source:
    """Return what reads a line at fixed members of some dimensions."""
    read, dims = c.source(line, *fixed)

    def at_members(state: State) -> Array:
        places = [
            state.members[dim].index(fixed[dim]) if dim in fixed else slice(None) for dim in dims
        ]
        return read(state)[(slice(None), *places)]

    return at_members, tuple(dim for dim in dims if dim not in fixed)


def previous(compiler: Compiler, of: Previous) -> Compiled:
    """Return what reads the member before of a line on the ladder, or of one before the ladder."""
    step = compiler.step
    line = next(line for line in (*step.lines, *step.earlier) if line.key == of.key)
    read, dims = compiler.source(line)
    if line in step.lines:
        before = compiler.placed(lambda state: state.rung_before[line], dims)
    else:
        cut = everything(1 + dims.index(of.dim))
        rest = tuple(dim for dim in dims if dim is not of.dim)
        before = compiler.placed(lambda state: read(state)[(*cut, state.index - 1)], rest)
    is_text = line.unit is Unit.TEXT
    first = (compiler.text if is_text else compiler.number)(of.first)
    return Compiled(lambda state: before(state) if state.index else first(state), is_text=is_text)


def by_member(compiler: Compiler, of: By) -> Compiled:
    """Return what joins the cases along their dimension, on its own ladder the one in turn.

    A member without a case raises ValueError when it is computed.
    """
    made = {member: compiler.compiled(case) for member, case in of.cases.items()}
    is_text = any(case.is_text for case in made.values())
    cases = {
        member: compiler.as_text(of.cases[member], case) if is_text else tidied(case)
        for member, case in made.items()
    }

    def case(member: str, state: State) -> Array:
        case_of(of, member)  # raises the error
        return cases[member](state)

    if of.dim is compiler.step.back:
        return Compiled(
            lambda state: case(state.members[of.dim][state.index], state), is_text=is_text
        )
    axis = 1 + compiler.frame.index(of.dim)
    return Compiled(lambda state: _side_by_side(case, of.dim, axis, state), is_text=is_text)


def _side_by_side(case: Callable[[str, State], Array], dim: Dim, axis: int, state: State) -> Array:
    """Return each member's own part of its case, along the axis of a dimension."""
    before = everything(axis)
    parts = []
    for index, member in enumerate(state.members[dim]):
        part = case(member, state)
        parts.append(part if part.shape[axis] == 1 else part[(*before, [index])])
    return joined_along(parts, axis)


def joined_along(parts: Sequence[Array], axis: int) -> Array:
    """Return arrays joined along an axis, the others widened to the largest."""
    shapes = {(*part.shape[:axis], 1, *part.shape[axis + 1 :]) for part in parts}
    if len(shapes) > 1:
        shape = np.broadcast_shapes(*shapes)
        parts = [np.broadcast_to(part, shape) for part in parts]
    return np.concatenate(parts, axis=axis)
