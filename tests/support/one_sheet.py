"""Lines of a model on one plain sheet, so that other programs can compute what Python computed.

The layout is the simplest that satisfies the formulas: each line has a block of its own, along
whose rows runs the dimension over which the line is read as a range.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import xlsxwriter

from reportgen.expr.excel import How, template
from reportgen.expr.nodes import Line, Unit
from reportgen.expr.study import variants
from tests.support import formualizer_engine, libreoffice
from tests.support.stored_cells import read_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from reportgen.expr.evaluate import Members
    from reportgen.expr.excel import Reference
    from reportgen.expr.nodes import Dim, Study
    from reportgen.expr.solve import Solved
    from tests.support.stored_cells import Value

Index = tuple[int, ...]
Copy = tuple["Study", int] | None  # a what-if of a study, None: the model itself
_LAST_COLUMN = 16_000


class Place(NamedTuple):
    """A cell of a line: which line, in the model itself or in a what-if, and which member."""

    line: Line
    copy: Copy
    index: Index


class Sheet(NamedTuple):
    """What is typed and what is computed (without the leading =), by address."""

    typed: dict[str, Value]
    formulas: dict[str, str]
    computed: dict[str, Place]


def written(
    lines: Sequence[Line], given: Mapping[Line, Mapping[Index, Value | None]], solved: Solved
) -> Sheet:
    """The sheet of a solved model; `given` says by index what is typed in the given lines."""
    return _Writer(lines, solved).write(given)


def expected(sheet: Sheet, solved: Solved) -> dict[str, Value]:
    """What Python says of every computed cell, as a cell would show it, by address."""
    return {at: _value(place, solved) for at, place in sheet.computed.items()}


def by_formualizer(sheet: Sheet) -> dict[str, Value]:
    """What formualizer makes of a sheet, by address."""
    # The engine takes any text that begins with = for a formula: such a text is computed, too.
    typed = {
        at: f'="{value}"' if isinstance(value, str) and value.startswith("=") else value
        for at, value in sheet.typed.items()
    }
    formulas = {at: f"={text}" for at, text in sheet.formulas.items()}
    return formualizer_engine.evaluate_formulas(typed | formulas)


def by_libreoffice(sheets: Sequence[Sheet], folder: Path) -> list[dict[str, Value]]:
    """What LibreOffice makes of sheets, by address; all go into one workbook, in one call."""
    path = folder / "sheets.xlsx"
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(f"S{number}")
            for address, value in sheet.typed.items():
                page.write(address, value)
            for address, formula in sheet.formulas.items():
                page.write_formula(address, f"={formula}", None, "not computed")
    values = read_values(libreoffice.recalculate([path], folder / "recalculated")[path])
    return [values[f"S{number}"] for number in range(len(sheets))]


class _Writer:
    """Gives every cell an address, then prints every formula with the addresses it reads."""

    def __init__(self, lines: Sequence[Line], solved: Solved) -> None:
        self.lines = lines
        self.solved = solved
        self.members: Members = solved.members
        self.by_key = {line.key: line for line in lines}
        self.vertical = _vertical(lines, self.members)
        self.address: dict[tuple[Line, Copy], tuple[int, int]] = {}
        self.column = 0

    def write(self, given: Mapping[Line, Mapping[Index, Value | None]]) -> Sheet:
        sheet = Sheet({}, {}, {})
        for place in self._places():
            at = self._at(place)
            if place.line.expr is not None or place.copy is not None:
                sheet.formulas[at] = self._formula(place)
                sheet.computed[at] = place
            elif (value := given[place.line][place.index]) is not None:
                sheet.typed[at] = value
        return sheet

    def _places(self) -> Iterator[Place]:
        for line in self.lines:
            yield from (Place(line, None, index) for index in self._all(line))
        for study, result in self.solved.studies.items():
            for line, moved in result.affected.items():
                for number, *index in np.argwhere(moved).tolist():
                    yield Place(line, (study, number), tuple(index))

    def _all(self, line: Line) -> Iterator[Index]:
        return product(*(range(len(self.members[dim])) for dim in line.dims))

    def _formula(self, place: Place) -> str:
        line, copy, index = place
        replaced = self._replacement(place)
        if replaced is not None:
            pattern = template(replaced, (), first=False)
            return pattern.text % tuple(self._read(ref, place) for ref in pattern.references)
        for variant in variants(line, self.members):
            if all(index[axis] in range(*rows.indices(10**6)) for axis, rows in variant.where):
                pattern = template(line, variant.choice, first=variant.first)
                return pattern.text % tuple(self._read(ref, place) for ref in pattern.references)
        raise LookupError(f"no formula stands for {line.key} {index} {copy}")

    def _replacement(self, place: Place) -> Line | None:
        if place.copy is None:
            return None
        study, number = place.copy
        names = tuple(
            self.members[dim][at] for dim, at in zip(place.line.dims, place.index, strict=True)
        )
        for line, member, expr in self.solved.studies[study].what_ifs[number].replaced:
            if line is place.line and member == names:
                return Line("replaced", "", line.unit, (), expr)
        return None

    def _read(self, ref: Reference, reader: Place) -> str:
        line = self.by_key[ref.line] if isinstance(ref.line, str) else ref.line
        at = dict(zip(reader.line.dims, reader.index, strict=True))
        copy = reader.copy if self._replacement(reader) is None else None
        if ref.study is not None:
            sizes = tuple(len(self.members[dim]) for dim in ref.study.dims)
            where = tuple(at[dim] for dim in ref.study.dims)
            copy = (ref.study, int(np.ravel_multi_index(where, sizes)))
        if ref.how is How.RANGE:
            assert ref.dim is not None
            ends = [{**at, ref.dim: end} for end in (0, len(self.members[ref.dim]) - 1)]
            return ":".join(self._at(self._copied(line, copy, end)) for end in ends)
        if ref.how is How.AT:
            assert ref.dim is not None
            at[ref.dim] = self.members[ref.dim].index(ref.member)
        if ref.how is How.BEFORE:
            assert ref.dim is not None
            at[ref.dim] -= 1
        return self._at(self._copied(line, copy, at))

    def _copied(self, line: Line, copy: Copy, at: Mapping[Dim, int]) -> Place:
        """The cell to read: the what-if's own where the what-if moves it, else the model's."""
        index = tuple(at[dim] for dim in line.dims)
        if copy is not None:
            moved = self.solved.studies[copy[0]].affected.get(line)
            if moved is None or not moved[(copy[1], *index)]:
                copy = None
        return Place(line, copy, index)

    def _at(self, place: Place) -> str:
        line, copy, index = place
        down = line.dims.index(self.vertical[line]) if line in self.vertical else None
        row = 0 if down is None else index[down]
        rest = [axis for axis in range(len(index)) if axis != down]
        sizes = [len(self.members[line.dims[axis]]) for axis in rest]
        across = int(np.ravel_multi_index([index[axis] for axis in rest], sizes)) if rest else 0
        top, left = self._corner(line, copy, int(np.prod(sizes)))
        return xlsxwriter.utility.xl_rowcol_to_cell(top + row, left + across)

    def _corner(self, line: Line, copy: Copy, width: int) -> tuple[int, int]:
        """Where a block begins: blocks stand side by side, in bands of fixed height."""
        if (line, copy) not in self.address:
            height = max(len(members) for members in self.members.values()) + 1
            if self.column % _LAST_COLUMN + width > _LAST_COLUMN:
                self.column += _LAST_COLUMN - self.column % _LAST_COLUMN
            band, left = divmod(self.column, _LAST_COLUMN)
            self.address[line, copy] = (band * height, left)
            self.column += width
        return self.address[line, copy]


def _vertical(lines: Sequence[Line], members: Members) -> dict[Line, Dim]:
    """The dimension that runs down a line's block: one it is ranged over, else its first."""
    down = {line: line.dims[0] for line in lines if line.dims}
    for line in lines:
        for variant in variants(line, members) if line.expr is not None else ():
            for ref in template(line, variant.choice, first=variant.first).references:
                if ref.how is How.RANGE and isinstance(ref.line, Line) and ref.dim is not None:
                    down[ref.line] = ref.dim
    return down


def _value(place: Place, solved: Solved) -> Value:
    if place.copy is None:
        cell = solved.values[place.line][place.index]
    else:
        study, number = place.copy
        cell = solved.studies[study].values[place.line][(number, *place.index)]
    if place.line.unit is Unit.TEXT:
        return str(cell)
    return float(cell) if np.isfinite(cell) else "n/a"
