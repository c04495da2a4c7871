"""The formulas of what-ifs: the model's own, reading moved cells where a what-if moves them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.expr.formula import fit, template, variants
from reportgen.expr.nodes import Dim, Line
from reportgen.expr.pieces import How, Reference, Template
from reportgen.report.cells import copied, placed_cells, shown, style
from reportgen.report.copies import Block
from reportgen.report.formulas import expression_formula, in_a_row, read_line, taken
from reportgen.report.single_cells import in_single_cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.expr.nodes import Study
    from reportgen.expr.numeric import Array
    from reportgen.expr.study import StudyResult
    from reportgen.report.placement import Places
    from reportgen.xlsx.book import Cell

Put = tuple[int, tuple[int, ...], str]  # what-if, place within the line, formula
_WHAT_IF = Dim("what_if")
_PINS = (False, True)


def study_cells(study: Study, result: StudyResult, places: Places) -> Iterator[Cell]:
    """Yield every cell of a study's block."""
    place = places.studies[study]
    replaced = _replaced(study, result, places)
    for line, at in place.rows.items():
        formulas = _formulas(study, line, replaced.get(line, ()), places)
        where = np.nonzero(place.affected[line])
        rows, cols = np.broadcast_to(at, formulas.shape)[where], place.columns[where[0]]
        values = shown(result.values[line][where], typed=False)
        look = style("helper", line.unit)
        yield from placed_cells(rows, cols, values, formulas[where].tolist(), look)


def _replaced(study: Study, result: StudyResult, places: Places) -> dict[Line, list[Put]]:
    """Return the formulas of the cells that a study puts to other values, by line."""
    found: dict[Line, list[Put]] = {}
    sheet = places.studies[study].sheet
    for index, what_if in enumerate(result.what_ifs):
        for line, at, expr in what_if.replaced:
            pairs = zip(line.dims, at, strict=True)
            place = tuple(places.members[dim].index(member) for dim, member in pairs)
            formula = expression_formula(expr, sheet, places)
            found.setdefault(line, []).append((index, place, formula))
    return found


def _formulas(study: Study, line: Line, replaced: Iterable[Put], places: Places) -> Array:
    """Return the formulas of a line's cells, shaped (what-if, *dims); "" where unmoved."""
    todo = places.studies[study].affected[line].copy()
    result = np.full(todo.shape, "", dtype=object)
    for index, place, formula in replaced:
        result[(index, *place)] = formula
        todo[(index, *place)] = False
    if line.expr is not None:
        _print(study, line, result, todo, places)
    home = places.cells(line, places.studies[study].sheet, _PINS)
    for index, *rest in zip(*np.nonzero(todo), strict=True):
        result[(index, *rest)] = copied(line, home[tuple(rest)])
    return result


def _print(study: Study, line: Line, result: Array, todo: Array, places: Places) -> None:
    """Fill in the formulas of a computed line where they are still to do."""
    for variant in variants(line, places.members):
        pattern = in_single_cells(
            template(line, variant.choice, first=variant.first), places.members
        )
        _refuse_crossed(study, line, pattern, places)
        chosen: Any = [slice(None)] * todo.ndim
        for axis, members in variant.where:
            chosen[axis + 1] = members
        part = np.zeros(todo.shape, dtype=bool)
        part[tuple(chosen)] = True
        where = np.nonzero(todo & part)
        if where[0].size:
            read = (_addresses(one, study, line, places) for one in pattern.references)
            holes = [np.broadcast_to(cells, todo.shape)[where].tolist() for cells in read]
            result[where] = Block(pattern.text, holes, where[0].tolist()).formulas()
            todo[where] = False


def _refuse_crossed(study: Study, line: Line, pattern: Template, places: Places) -> None:
    """Raise ValueError where moved cells, which stand in a column, are paired with unmoved ones.

    Unmoved ones may lie along a row: SUMPRODUCT would multiply each by every moved one.
    """
    affected = places.studies[study].affected
    ranged: dict[Dim, set[bool]] = {}
    for reference in pattern.references:
        if reference.how is How.RANGE and reference.dim is not None:
            read = read_line(reference, places)
            moved = read in affected and bool(affected[read].any())
            ranged.setdefault(reference.dim, set()).add(moved)
    if any(len(kinds) > 1 for kinds in ranged.values()):
        raise ValueError(f"{line.key} pairs moved rows with unmoved ones: no what-if may reach it")


def _addresses(reference: Reference, study: Study, line: Line, places: Places) -> Array:
    """Return what fills a hole, shaped to broadcast over (what-if, *dims)."""
    if reference.how is How.SPOT:
        raise ValueError(f"{line.key} reads one single cell: no what-if may reach it")
    read = read_line(reference, places)
    dims = list(read.dims)
    dim = reference.dim
    if dim is not None and reference.how is How.RANGE:
        cells = _ranges(study, read, dim, places, indexed=reference.indexed)
        dims.remove(dim)
    else:
        cells = _cells(study, read, places)
    if dim is not None and reference.how is How.AT:
        axis = 1 + dims.index(dim)
        cells = taken(cells, axis, places.members[dim].index(reference.member))
        dims.remove(dim)
    if dim is not None and reference.how is How.BEFORE:
        cells = np.roll(cells, 1, axis=1 + dims.index(dim))
    return fit(cells, [_WHAT_IF, *dims], [_WHAT_IF, *line.dims])


def _cells(study: Study, read: Line, places: Places) -> Array:
    """Return the cell of each member under each what-if: moved, or the model's own."""
    place = places.studies[study]
    base = places.cells(read, place.sheet, _PINS)[None]
    if read not in place.rows:
        return base
    moved = places.study_cells(study, read, place.sheet)
    return np.where(place.affected[read], moved, np.broadcast_to(base, moved.shape))


def _ranges(study: Study, read: Line, dim: Dim, places: Places, *, indexed: bool) -> Array:
    """Return the range over a dimension under each what-if: moved, or the model's own."""
    place = places.studies[study]
    base = places.ranges(read, dim, place.sheet, _PINS)[None]
    if indexed and dim in places.lines[read].across:
        base = in_a_row(base)
    if read not in place.rows:
        return base
    moved = places.study_ranges(study, read, dim)
    affected = place.affected[read].any(axis=1 + read.dims.index(dim))
    return np.where(affected, moved, np.broadcast_to(base, moved.shape))
