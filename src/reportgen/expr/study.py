"""What-ifs: the same model with some cells put to other values.

Sensitivity grids, value at stake, alternatives, harsh and lenient settings and bridges are all
studies. Only the cells that a replaced cell reaches are calculated (and printed) again; the rest
are read from the model itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.evaluate import Evaluator, Members, looks_back, steps
from reportgen.expr.excel import How, Reference, template
from reportgen.expr.functions import children
from reportgen.expr.nodes import By, Line, Previous

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Node, WhatIf
    from reportgen.expr.numeric import Array


@dataclass(frozen=True, slots=True)
class StudyResult:
    """The cells that each what-if moves, and their values; arrays are (what-if, *dims)."""

    what_ifs: tuple[WhatIf, ...]
    affected: Mapping[Line, Array]
    values: Mapping[Line, Array]


@dataclass(frozen=True, slots=True)
class Variant:
    """One formula pattern of a line: which members it stands for."""

    choice: tuple[tuple[Dim, str], ...]
    first: bool
    where: tuple[tuple[int, slice], ...]  # (axis, members) pairs


def variants(line: Line, members: Members) -> Iterator[Variant]:
    """Yield the formula patterns of a line: one, unless it says `by` or looks back."""
    bys, back = _choices(line)
    for chosen in product(*(enumerate(members[dim]) for dim in bys)):
        where = tuple(
            (line.dims.index(dim), slice(index, index + 1))
            for dim, (index, _) in zip(bys, chosen, strict=True)
        )
        choice = tuple((dim, member) for dim, (_, member) in zip(bys, chosen, strict=True))
        if back is None:
            yield Variant(choice, False, where)  # noqa: FBT003 - the field says what it is
        else:
            axis = line.dims.index(back)
            yield Variant(choice, True, (*where, (axis, slice(0, 1))))  # noqa: FBT003
            yield Variant(choice, False, (*where, (axis, slice(1, None))))  # noqa: FBT003


def _choices(line: Line) -> tuple[tuple[Dim, ...], Dim | None]:
    bys: dict[Dim, None] = {}
    back: Dim | None = None
    stack: list[Node] = [] if line.expr is None else [line.expr]
    while stack:
        top = stack.pop()
        if isinstance(top, By):
            bys[top.dim] = None
        if isinstance(top, Previous):
            back = top.dim
        if not isinstance(top, Line):
            stack.extend(children(top))
    return tuple(bys), back


def fit(array: Array, dims: Sequence[Dim], frame: Sequence[Dim]) -> Array:
    """Return an array with the axes `dims` as one with the axes `frame`, missing ones of size 1."""
    ordered = [dim for dim in frame if dim in dims]
    if ordered != list(dims):
        array = np.transpose(array, [list(dims).index(dim) for dim in ordered])
    sizes = dict(zip(ordered, array.shape, strict=True))
    return array.reshape([sizes.get(dim, 1) for dim in frame])


def run_study(
    what_ifs: tuple[WhatIf, ...],
    outputs: Sequence[Line],
    lines: Sequence[Line],
    base: dict[Line, Array],
    members: Members,
) -> StudyResult:
    """Return every cell that the what-ifs move on the way to the outputs."""
    replaced = _replacements(what_ifs, base, members)
    cone = _cone(lines, outputs, set(replaced))
    affected = _affected(cone, replaced, members, len(what_ifs))
    values = _recalculated(cone, replaced, affected, base, members)
    return StudyResult(what_ifs, affected, values)


def _replacements(
    what_ifs: tuple[WhatIf, ...], base: dict[Line, Array], members: Members
) -> dict[Line, tuple[Array, Array]]:
    """Return for each replaced line where (mask) and by what (values), arrays (what-if, *dims)."""
    replaced: dict[Line, tuple[Array, Array]] = {}
    reader = Evaluator(base, members, {})
    for index, what_if in enumerate(what_ifs):
        for line, at, expr in what_if.replaced:
            if line not in replaced:
                shape = (len(what_ifs), *(len(members[dim]) for dim in line.dims))
                replaced[line] = (np.zeros(shape, dtype=bool), np.full(shape, np.nan))
            place = tuple(members[dim].index(m) for dim, m in zip(line.dims, at, strict=True))
            mask, values = replaced[line]
            mask[(index, *place)] = True
            with np.errstate(all="ignore"):
                values[(index, *place)] = reader.visit(expr, ())[0]
    return replaced


def _references(line: Line, members: Members) -> set[Line | str]:
    found: set[Line | str] = set()
    if line.expr is not None:
        for variant in variants(line, members):
            pattern = template(line, variant.choice, first=variant.first)
            found |= {reference.line for reference in pattern.references}
    return found


def _cone(lines: Sequence[Line], outputs: Sequence[Line], replaced: set[Line]) -> list[Line]:
    """Return the lines between the replaced ones and the outputs, in order."""
    reads = {line: _static_reads(line) for line in lines}
    wanted: set[Line] = set(outputs)
    by_key = {line.key: line for line in lines}
    for line in reversed(lines):
        if line in wanted:
            wanted |= {by_key[ref] if isinstance(ref, str) else ref for ref in reads[line]}
    reached = set(replaced)
    for ladder in steps(lines):
        inner = {ref for line in ladder for ref in reads[line]}
        if reached & {by_key[ref] if isinstance(ref, str) else ref for ref in inner}:
            reached |= set(ladder)
    return [line for line in lines if line in wanted and line in reached]


def _static_reads(line: Line) -> frozenset[Line | str]:
    """Return the lines (or keys looked back at) that a line's expression mentions."""
    found: set[Line | str] = set(looks_back(line))
    stack: list[Node] = [] if line.expr is None else [line.expr]
    while stack:
        top = stack.pop()
        if isinstance(top, Line):
            found.add(top)
        else:
            stack.extend(children(top))
    return frozenset(found)


def _affected(
    cone: list[Line],
    replaced: dict[Line, tuple[Array, Array]],
    members: Members,
    count: int,
) -> dict[Line, Array]:
    affected: dict[Line, Array] = {}
    ranged = _ranged_dims(cone, members)
    for ladder in steps(cone):
        for _ in ladder:  # as many rounds as a change may need to go once round the ladder
            for line in ladder:
                mask = _reached(line, affected, members, count)
                if line in replaced:
                    mask |= replaced[line][0]
                back = _choices(line)[1]
                for dim in {*ranged.get(line, ()), *(() if back is None else (back,))}:
                    axis = 1 + line.dims.index(dim)
                    mask |= mask.any(axis=axis, keepdims=True)
                affected[line] = mask
    return affected


def _ranged_dims(cone: list[Line], members: Members) -> dict[Line, set[Dim]]:
    """Return the dimensions over which lines are read as a range: ranges move as a whole."""
    ranged: dict[Line, set[Dim]] = {}
    for line in cone:
        if line.expr is None:
            continue
        for variant in variants(line, members):
            for ref in template(line, variant.choice, first=variant.first).references:
                if ref.how is How.RANGE and isinstance(ref.line, Line) and ref.dim is not None:
                    ranged.setdefault(ref.line, set()).add(ref.dim)
    return ranged


def _reached(line: Line, affected: dict[Line, Array], members: Members, count: int) -> Array:
    sizes = tuple(len(members[dim]) for dim in line.dims)
    mask = np.zeros((count, *sizes), dtype=bool)
    if line.expr is None:
        return mask
    by_key = {known.key: known for known in affected}
    for variant in variants(line, members):
        place: list[slice] = [slice(None)] * (len(sizes) + 1)
        for axis, where in variant.where:
            place[axis + 1] = where
        for ref in template(line, variant.choice, first=variant.first).references:
            hit = _hit(ref, line, affected, by_key, members)
            if hit is not None:
                mask[tuple(place)] |= np.broadcast_to(hit, mask.shape)[tuple(place)]
    return mask


def _hit(
    ref: Reference,
    line: Line,
    affected: dict[Line, Array],
    by_key: dict[str, Line],
    members: Members,
) -> Array | None:
    """Return where a reference of a line is affected, as (what-if, *line dims)."""
    source = by_key.get(ref.line) if isinstance(ref.line, str) else ref.line
    if source is None or source not in affected:
        return None
    moved = affected[source]
    dims = list(source.dims)
    if ref.how is How.SPOT:
        pairs = zip(dims, ref.at, strict=True)
        index = tuple(members[dim].index(member) for dim, member in pairs)
        return moved[(slice(None), *index)].reshape((-1,) + (1,) * len(line.dims))
    if ref.dim is not None and ref.how is not How.BEFORE:
        axis = 1 + dims.index(ref.dim)
        moved = (
            np.take(moved, members[ref.dim].index(ref.member), axis=axis)
            if ref.how is How.AT
            else moved.any(axis=axis)
        )
        dims.remove(ref.dim)
    parts = [fit(part, dims, line.dims) for part in moved]
    return np.stack(parts)


def _recalculated(
    cone: list[Line],
    replaced: dict[Line, tuple[Array, Array]],
    affected: dict[Line, Array],
    base: dict[Line, Array],
    members: Members,
) -> dict[Line, Array]:
    values = dict(base)
    reader = Evaluator(values, members, {})
    for ladder in steps(cone):
        if any(line.expr is not None and _moves_by_itself(line, affected) for line in ladder):
            reader.run(ladder)
        for line in ladder:
            if line in replaced:
                mask, put = replaced[line]
                values[line] = np.where(mask, put, values[line])
            values[line] = np.where(affected[line], values[line], base[line])
    return {line: values[line] for line in cone}


def _moves_by_itself(line: Line, affected: dict[Line, Array]) -> bool:
    """Return whether a line is to be calculated again: something of it is affected."""
    return bool(affected[line].any())
