"""The formulas of a line's cells: its templates filled with the addresses of what it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.excel import How, Reference, Template, expression_template, template
from reportgen.expr.nodes import Dim, Line
from reportgen.expr.study import fit, variants

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.expr.evaluate import Members
    from reportgen.expr.nodes import Node, Study
    from reportgen.expr.numeric import Array
    from reportgen.report.places import Placement, Places

Pins = tuple[bool, bool]
FREE: Pins = (False, False)
_PINNED: Pins = (True, True)
_WHAT_IF = Dim("what_if")


def line_formulas(line: Line, places: Places, by_key: Mapping[str, Line]) -> Array:
    """Return the formulas of a computed line's cells, shaped like its values."""
    place = places.lines[line]
    shape = place.rows.shape
    result = np.empty(shape, dtype=object)
    for variant in variants(line, places.members):
        pattern = template(line, variant.choice, first=variant.first)
        _refuse_turned(line, pattern, places)
        part: list[slice] = [slice(None)] * len(shape)
        for axis, members in variant.where:
            part[axis] = members
        chosen = (*part, ...)
        holes = [
            np.broadcast_to(_addresses(reference, line, place, places, by_key), shape)[
                chosen
            ].ravel()
            for reference in pattern.references
        ]
        result[chosen] = _filled(pattern.text, holes, result[chosen].shape)
    return result


def _taken(cells: Array, axis: int, index: int) -> Array:
    """Return the cells at one index of an axis, as an array even if only one is left."""
    return cells[(*(slice(None),) * axis, index, ...)]


def _filled(text: str, holes: Sequence[Array], shape: tuple[int, ...]) -> Array:
    size = int(np.prod(shape))
    start = "=" + text
    texts = [start % cell for cell in zip(*holes, strict=True)] if holes else [start % ()] * size
    array = np.empty(size, dtype=object)
    array[:] = texts
    return array.reshape(shape)


def _addresses(
    reference: Reference,
    line: Line,
    place: Placement,
    places: Places,
    by_key: Mapping[str, Line],
) -> Array:
    """Return what fills a hole, shaped to broadcast over the line's cells."""
    read = by_key[reference.line] if isinstance(reference.line, str) else reference.line
    if reference.study is not None:
        return _varied(reference.study, read, line, place.sheet, places)
    source = places.lines[read]
    dims = list(read.dims)
    if reference.how is How.SPOT:
        return _spot(places.cells(read, place.sheet, _PINNED), read, reference, line, places)
    if reference.how is How.RANGE and reference.dim is not None:
        dims.remove(reference.dim)
        pins = _pins(place, source, reference.dim)
        cells = places.ranges(read, reference.dim, place.sheet, pins)
    else:
        cells = places.cells(read, place.sheet, _pins(place, source, reference.dim))
    if reference.how is How.AT and reference.dim is not None:
        axis = dims.index(reference.dim)
        cells = _taken(cells, axis, places.members[reference.dim].index(reference.member))
        dims.remove(reference.dim)
    if reference.how is How.BEFORE and reference.dim is not None:
        cells = np.roll(cells, 1, axis=dims.index(reference.dim))
    return fit(cells, dims, line.dims)


def _spot(cells: Array, read: Line, reference: Reference, line: Line, places: Places) -> Array:
    """Return one cell's address, shaped to broadcast over a line's cells."""
    pairs = zip(read.dims, reference.at, strict=True)
    index = tuple(places.members[dim].index(member) for dim, member in pairs)
    return cells[(*index, ...)].reshape((1,) * len(line.dims))


def _varied(study: Study, read: Line, line: Line, sheet: str, places: Places) -> Array:
    """Return the cells of a line under each what-if: its own, where the what-if moves it."""
    base = places.cells(read, sheet, FREE)
    sizes = tuple(len(places.members[dim]) for dim in study.dims)
    cells = np.broadcast_to(base, (*sizes, *base.shape))
    if read in places.studies[study].columns:
        moved = places.study_cells(study, read, sheet)
        affected = places.studies[study].affected[read]
        mixed = np.where(affected, moved, np.broadcast_to(base, moved.shape))
        cells = mixed.reshape((*sizes, *base.shape))
    return fit(cells, [*study.dims, *read.dims], line.dims)


def _pins(place: Placement, source: Placement, fixed: Dim | None) -> Pins:
    """Return which coordinates of a reference stay put when the line's formula is filled along."""
    row = bool(place.down) and not any(dim in source.down and dim is not fixed for dim in place.down)
    col = bool(place.across) and not any(
        dim in source.across and dim is not fixed for dim in place.across
    )
    return (row, col)


def study_formulas(
    study: Study,
    line: Line,
    affected: Mapping[Line, Array],
    replaced: Iterable[tuple[int, tuple[int, ...], str]],
    places: Places,
    by_key: Mapping[str, Line],
) -> Array:
    """Return the formulas of a line's cells in a study, shaped (what-if, *dims); "" where unmoved.

    `replaced` are (what-if, place, formula) of the cells put to other values.
    """
    mask = affected[line]
    result = np.full(mask.shape, "", dtype=object)
    put = list(replaced)
    todo = mask.copy()
    for index, place, formula in put:
        result[(index, *place)] = formula
        todo[(index, *place)] = False
    if line.expr is not None:
        for variant in variants(line, places.members):
            _refuse_crossed(line, template(line, variant.choice, first=variant.first), affected)
            part = np.zeros(mask.shape, dtype=bool)
            chosen: list[slice] = [slice(None)] * mask.ndim
            for axis, members in variant.where:
                chosen[axis + 1] = members
            part[tuple(chosen)] = True
            where = np.nonzero(todo & part)
            if where[0].size:
                pattern = template(line, variant.choice, first=variant.first)
                holes = [
                    np.broadcast_to(
                        _study_addresses(ref, study, line, affected, places, by_key), mask.shape
                    )[where]
                    for ref in pattern.references
                ]
                result[where] = _filled(pattern.text, holes, where[0].shape)
                todo[where] = False
    for index, *place in zip(*np.nonzero(todo), strict=True):
        base = places.cells(line, places.studies[study].sheet, (True, False))
        result[(index, *place)] = f"={base[tuple(place)]}"
    return result


def _refuse_turned(line: Line, pattern: Template, places: Places) -> None:
    """Raise ValueError where a row would be paired with a column of the same dimension."""
    turned: dict[Dim, set[bool]] = {}
    for reference in pattern.references:
        read = reference.line
        if reference.how is How.RANGE and isinstance(read, Line) and reference.dim is not None:
            place = places.lines[read]
            if reference.dim in place.down | place.across:
                turned.setdefault(reference.dim, set()).add(reference.dim in place.down)
    if any(len(ways) > 1 for ways in turned.values()):
        msg = f"{line.key} pairs cells that stand in a row with cells that stand in a column"
        raise ValueError(msg)


def _refuse_crossed(line: Line, pattern: Template, affected: Mapping[Line, Array]) -> None:
    """Raise ValueError where ranges of one dimension would lie partly along a row (moved cells of
    a study) and partly down a column: SUMPRODUCT would multiply every one by every other.
    """
    ranged: dict[Dim, set[bool]] = {}
    for reference in pattern.references:
        if reference.how is How.RANGE and isinstance(reference.line, Line):
            moved = reference.line in affected and bool(affected[reference.line].any())
            ranged.setdefault(reference.dim or _WHAT_IF, set()).add(moved)
    if any(len(kinds) > 1 for kinds in ranged.values()):
        msg = f"{line.key} cannot be part of a what-if: it pairs moved rows with unmoved ones"
        raise ValueError(msg)


def _study_addresses(
    reference: Reference,
    study: Study,
    line: Line,
    affected: Mapping[Line, Array],
    places: Places,
    by_key: Mapping[str, Line],
) -> Array:
    read = by_key[reference.line] if isinstance(reference.line, str) else reference.line
    sheet = places.studies[study].sheet
    pins = (True, False)
    dims = list(read.dims)
    moved = affected.get(read)
    if reference.how is How.SPOT:
        msg = f"{line.key} reads one single cell of {read.key}: not inside a what-if"
        raise ValueError(msg)
    if reference.how is How.RANGE and reference.dim is not None:
        axis = dims.index(reference.dim)
        dims.remove(reference.dim)
        cells = places.ranges(read, reference.dim, sheet, pins)[None]
        if moved is not None:
            own = places.study_ranges(study, read, reference.dim, sheet)
            cells = np.where(moved.any(axis=1 + axis), own, np.broadcast_to(cells, own.shape))
    else:
        cells = places.cells(read, sheet, pins)[None]
        if moved is not None:
            own = places.study_cells(study, read, sheet)
            cells = np.where(moved, own, np.broadcast_to(cells, own.shape))
    if reference.how is How.AT and reference.dim is not None:
        axis = 1 + dims.index(reference.dim)
        cells = _taken(cells, axis, places.members[reference.dim].index(reference.member))
        dims.remove(reference.dim)
    if reference.how is How.BEFORE and reference.dim is not None:
        cells = np.roll(cells, 1, axis=1 + dims.index(reference.dim))
    return fit(cells, [_WHAT_IF, *dims], [_WHAT_IF, *line.dims])


def expression_formula(expr: Node, sheet: str, places: Places) -> str:
    """Return the formula of a scalar expression as it stands on a tab."""
    pattern = expression_template(expr)
    holes = []
    for reference in pattern.references:
        read = reference.line
        if not isinstance(read, Line):
            msg = "a what-if cannot look back along a ladder"
            raise TypeError(msg)
        cells = places.cells(read, sheet, FREE)
        pairs = zip(read.dims, reference.at, strict=True)
        holes.append(cells[tuple(places.members[dim].index(member) for dim, member in pairs)])
    return "=" + pattern.text % tuple(holes)
