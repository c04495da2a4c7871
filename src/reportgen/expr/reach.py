"""How far a change reaches: the lines, and the cells of each, that depend on what was replaced."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.formula import template, variants
from reportgen.expr.nodes import Line
from reportgen.expr.order import Step, steps
from reportgen.expr.pieces import How
from reportgen.expr.state import fitting
from reportgen.expr.tree import reads

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim
    from reportgen.expr.numeric import Array
    from reportgen.expr.pieces import Reference
    from reportgen.expr.state import Members

Cells = tuple[slice, ...]
Masks = dict[Line, "Array"]  # line -> truth (what-if, *dims)


@lru_cache(maxsize=32)
def cone(
    lines: tuple[Line, ...], outputs: tuple[Line, ...], replaced: frozenset[Line]
) -> tuple[Step, ...]:
    """Return the steps between the replaced lines and the outputs, these included, in order.

    Raises ValueError naming a line that reads what-ifs itself: there are none within others.
    """
    order = steps(lines)
    wanted = set(outputs)
    for step in reversed(order):
        if not wanted.isdisjoint(step.lines):
            wanted |= _read_by(step)
    reached = set(replaced)
    found = []
    for step in order:
        moves = not reached.isdisjoint((*step.lines, *_read_by(step)))
        if moves:
            reached.update(step.lines)
        if moves and not wanted.isdisjoint(step.lines):
            found.append(step)
    nested = [step.lines[0].key for step in found if step.varied]
    if nested:
        msg = f"{nested[0]} reads what-ifs and cannot be part of others"
        raise ValueError(msg)
    return tuple(found)


def _read_by(step: Step) -> set[Line]:
    read = {read for line in step.lines for read in reads(line).lines}
    return read | set(step.earlier) | {varied.line for varied in step.varied}


def affected(order: tuple[Step, ...], replaced: Masks, members: Members, count: int) -> Masks:
    """Return which cells of the cone's lines each what-if moves.

    What is read as a range moves as a whole, and so does a ladder, so that in a sheet the cells
    of a what-if stand together.
    """
    found: Masks = {}
    whole = _ranged(order, members)
    by_key = {line.key: line for step in order for line in (*step.lines, *step.earlier)}
    for step in order:
        for line in step.lines:
            shape = (count, *(len(members[dim]) for dim in line.dims))
            found[line] = replaced.get(line, np.zeros(shape, dtype=bool))
        for _ in step.lines:  # as many rounds as a change may need to go once round a ladder
            for line in step.lines:
                mask = _reached(line, found, by_key, members)
                found[line] = _widened(mask, line, {step.back, *whole.get(line, ())})
    return found


def _widened(mask: Array, line: Line, whole: set[Dim | None]) -> Array:
    """Return a mask that goes over all of some dimensions where it is anywhere along them."""
    for axis, dim in enumerate(line.dims, start=1):
        if dim in whole:
            mask = mask | np.logical_or.reduce(mask, axis=axis, keepdims=True)
    return mask


def _references(line: Line, members: Members) -> tuple[tuple[Cells, Reference], ...]:
    """Return what each formula pattern of a line reads, and the cells the pattern stands for."""
    if line.expr is None:
        return ()
    return _patterns(line, tuple(members[dim] for dim in reads(line).bys))


@cache
def _patterns(
    line: Line, cases: tuple[tuple[str, ...], ...]
) -> tuple[tuple[Cells, Reference], ...]:
    """Return what is said above; of the members, patterns depend on those told apart alone."""
    found = []
    for variant in variants(line, dict(zip(reads(line).bys, cases, strict=True))):
        place = [slice(None)] * (1 + len(line.dims))
        for axis, part in variant.where:
            place[axis + 1] = part
        pattern = template(line, variant.choice, first=variant.first)
        found += [(tuple(place), reference) for reference in dict.fromkeys(pattern.references)]
    return tuple(found)


def _ranged(order: tuple[Step, ...], members: Members) -> dict[Line, set[Dim]]:
    """Return the dimensions over which lines are read as a range."""
    ranged: dict[Line, set[Dim]] = {}
    for line in (line for step in order for line in step.lines):
        for _, read in _references(line, members):
            if read.how is How.RANGE and isinstance(read.line, Line) and read.dim is not None:
                ranged.setdefault(read.line, set()).add(read.dim)
    return ranged


def _reached(line: Line, found: Masks, by_key: Mapping[str, Line], members: Members) -> Array:
    """Return which cells of a line read a cell that is moved."""
    mask = found[line].copy()
    for place, reference in _references(line, members):
        source = by_key[reference.line] if isinstance(reference.line, str) else reference.line
        moved = found.get(source)
        if moved is not None and moved.any():
            hit = _hit(reference, moved, source, line, members)
            mask[place] |= np.broadcast_to(hit, mask.shape)[place]
    return mask


def _hit(read: Reference, moved: Array, source: Line, line: Line, members: Members) -> Array:
    """Return which cells of a line a moved line reaches through one reference."""
    dims = source.dims
    if read.how in {How.AT, How.SPOT}:
        at = (
            dict(zip(dims, read.at, strict=True))
            if read.how is How.SPOT
            else {read.dim: read.member}
        )
        places = (members[dim].index(at[dim]) if dim in at else slice(None) for dim in dims)
        moved = moved[(slice(None), *places)]
        dims = tuple(dim for dim in dims if dim not in at)
    if read.how is How.RANGE and read.dim is not None:
        moved = np.logical_or.reduce(moved, axis=1 + dims.index(read.dim))
        dims = tuple(dim for dim in dims if dim is not read.dim)
    place = fitting(dims, line.dims)
    return moved if place is None else place(moved)
