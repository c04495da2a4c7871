"""The formulas of a line's cells: its templates filled with the addresses of what it reads."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from reportgen.expr.formula import expression_template, fit, template, variants
from reportgen.expr.nodes import Line
from reportgen.expr.pieces import How, Reference, Template
from reportgen.report.copies import Block
from reportgen.report.single_cells import in_single_cells

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.nodes import Dim, Node, Study
    from reportgen.expr.numeric import Array
    from reportgen.report.placement import Placement, Places

Pins = tuple[bool, bool]
FREE: Pins = (False, False)


class Formulas(NamedTuple):
    """The formulas of a line's cells, shaped like its values, and which of them are copies."""

    texts: Array
    blocks: Sequence[Block]


def line_formulas(line: Line, places: Places) -> Formulas:
    """Return the formulas of a computed line's cells.

    Raises ValueError where a formula would pair a row with a column.
    """
    shape = places.lines[line].rows.shape
    result = np.empty(shape, dtype=object)
    blocks = []
    for variant in variants(line, places.members):
        pattern = in_single_cells(
            template(line, variant.choice, first=variant.first), places.members
        )
        _refuse_turned(line, pattern, places)
        chosen: Any = [slice(None)] * len(shape)
        for axis, members in variant.where:
            chosen[axis] = members
        part = result[(*chosen, ...)]
        along = _running(line, part.shape, places)
        holes = [
            _spread(_addresses(reference, line, along, places), shape, (*chosen, ...), part.size)
            for reference in pattern.references
        ]
        at = _counted(shape, (*chosen, ...) if variant.where else None)
        blocks.append(Block(pattern.text, holes, at))
        part[...] = in_shape(blocks[-1].formulas(), part.shape)
    return Formulas(result, blocks)


def _counted(shape: tuple[int, ...], chosen: tuple[Any, ...] | None) -> Sequence[int]:
    """Return which cells of a shape are chosen, counted in reading order: all, unless told."""
    every = range(prod(shape))
    if chosen is None:
        return every
    numbers: list[int] = np.array(every).reshape(shape)[chosen].ravel().tolist()
    return numbers


def _spread(
    cells: Array, shape: tuple[int, ...], chosen: tuple[Any, ...], size: int
) -> Sequence[str]:
    """Return addresses broadcast to a shape, of that `size` chosen ones."""
    if cells.size == 1:  # as most are
        return [cells.item()] * size
    whole = cells if cells.shape == shape else np.broadcast_to(cells, shape)
    picked: list[str] = whole[chosen].ravel().tolist()
    return picked


def in_shape(formulas: Sequence[str], shape: tuple[int, ...]) -> Array:
    """Return formulas in reading order as an array of a shape."""
    array = np.empty(len(formulas), dtype=object)
    array[:] = formulas
    return array.reshape(shape)


def taken(cells: Array, axis: int, index: int) -> Array:
    """Return the cells at one index of an axis, as an array even if only one is left."""
    where: Any = (*(slice(None),) * axis, index, ...)
    picked: Array = cells[where]
    return picked


def read_line(reference: Reference, places: Places) -> Line:
    """Return the line that a hole of a template reads."""
    known = reference.line
    return known if isinstance(known, Line) else places.by_key[known]


class Along(NamedTuple):
    """The dimensions along which cells of one formula stand below and beside each other."""

    down: frozenset[Dim]
    across: frozenset[Dim]


def _running(line: Line, shape: tuple[int, ...], places: Places) -> Along:
    """Return along which dimensions cells run that have one formula, so many on each axis."""
    place = places.lines[line]
    single = {dim for dim, size in zip(line.dims, shape, strict=True) if size == 1}
    return Along(place.down - single, place.across - single)


def _addresses(reference: Reference, line: Line, along: Along, places: Places) -> Array:
    """Return what fills a hole, shaped to broadcast over the line's cells."""
    place = places.lines[line]
    read = read_line(reference, places)
    if reference.how is How.WHOLE:
        return places.whole(read, read if reference.last is None else reference.last, place.sheet)
    if reference.study is not None:
        return _varied(reference.study, read, line, along, places)
    if reference.how is How.SPOT:
        pins = bool(along.down), bool(along.across)
        cell = _one(places.cells(read, place.sheet, pins), read, reference, places)
        return cell.reshape((1,) * len(line.dims))
    source = places.lines[read] if reference.how is How.RANGE else places.read_at(read, place.sheet)
    dims = list(read.dims)
    dim = reference.dim
    fixed = None if reference.how is How.BEFORE else dim
    pins = _pins(along, source, fixed)
    if dim is not None and reference.how is How.RANGE:
        cells = places.ranges(read, dim, place.sheet, pins, reference.cut)
        if reference.indexed and dim in places.lines[read].across:
            cells = in_a_row(cells)
        dims.remove(dim)
        return fit(cells, dims, line.dims)
    cells = places.cells(read, place.sheet, pins)
    if dim is not None and reference.how is How.AT:
        cells = taken(cells, dims.index(dim), places.members[dim].index(reference.member))
        dims.remove(dim)
    if dim is not None and reference.how is How.BEFORE:
        cells = np.roll(cells, 1, axis=dims.index(dim))
    return fit(cells, dims, line.dims)


def in_a_row(ranges: Array) -> Array:
    """Return ranges of a single row as INDEX takes them: Gnumeric counts rows unless told."""
    return np.array(ranges + ",1", dtype=object)  # a single one would come back as a bare text


def _one(cells: Array, read: Line, reference: Reference, places: Places) -> Array:
    pairs = zip(read.dims, reference.at, strict=True)
    index: Any = (*(places.members[dim].index(member) for dim, member in pairs), ...)
    picked: Array = cells[index]
    return picked


def _varied(study: Study, read: Line, line: Line, along: Along, places: Places) -> Array:
    """Return the cells of a line under each what-if: its own, where the what-if moves it."""
    sheet = places.lines[line].sheet
    base = places.cells(read, sheet, _pins(along, places.read_at(read, sheet), None))
    sizes = tuple(len(places.members[dim]) for dim in study.dims)
    cells = np.broadcast_to(base, (*sizes, *base.shape))
    if read in places.studies[study].rows:
        moved = places.study_cells(study, read, sheet)
        affected = places.studies[study].affected[read]
        mixed = np.where(affected, moved, np.broadcast_to(base, moved.shape))
        cells = mixed.reshape((*sizes, *base.shape))
    return fit(cells, [*study.dims, *read.dims], line.dims)


def _pins(along: Along, source: Placement, fixed: Dim | None) -> Pins:
    """Return which coordinates of a reference stay put when the line's formula is filled along."""
    row = bool(along.down) and along.down.isdisjoint(source.down - {fixed})
    col = bool(along.across) and along.across.isdisjoint(source.across - {fixed})
    return (row, col)


def _refuse_turned(line: Line, pattern: Template, places: Places) -> None:
    """Raise ValueError where a row would be paired with a column of the same dimension."""
    turned: dict[Dim, set[bool]] = {}
    for reference in pattern.references:
        dim = reference.dim
        if dim is not None and reference.how is How.RANGE and not reference.alone:
            place = places.lines[read_line(reference, places)]
            if dim in place.down | place.across:
                turned.setdefault(dim, set()).add(dim in place.down)
    if any(len(ways) > 1 for ways in turned.values()):
        raise ValueError(f"{line.key} pairs cells of a row with cells of a column")


def expression_formula(expr: Node, sheet: str, places: Places) -> str:
    """Return the formula of a scalar expression as it stands on a tab."""
    (formula,) = expression_block(expr, 0, sheet, places).formulas()
    return formula


def expression_block(expr: Node, at: int, sheet: str, places: Places) -> Block:
    """Return a scalar expression as the block of the one cell that is counted `at`."""
    pattern = expression_template(expr)
    holes = []
    for reference in pattern.references:
        read = read_line(reference, places)
        holes.append([_one(places.cells(read, sheet, FREE), read, reference, places).item()])
    return Block(pattern.text, holes, (at,))
