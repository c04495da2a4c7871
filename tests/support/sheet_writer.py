"""Places lines of a model on a plain sheet, and prints the formulas that stand there.

The layout is the simplest that satisfies the formulas: each line has a block of its own, along
whose rows runs the dimension over which the line is read as a range.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import xlsxwriter

from reportgen.expr.formula import expression_template, template, variants
from reportgen.expr.nodes import Line, Node, Study, Unit
from reportgen.expr.pieces import How

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Dim
    from reportgen.expr.pieces import Reference, Template
    from reportgen.expr.solve import Solved
    from reportgen.expr.state import Members
    from tests.support.stored_cells import Value

Index = tuple[int, ...]
Links = Mapping[Line, Sequence[Node]]
Copy = tuple[Study, int] | None  # a what-if of a study, None: the model itself
_LAST_COLUMN = 16_000


class Place(NamedTuple):
    """A cell of a line: which line, in the model itself or in a what-if, and which member."""

    line: Line
    copy: Copy
    member: Index


class Sheet(NamedTuple):
    """What is typed and what is computed (without the leading =), by address."""

    typed: dict[str, Value]
    formulas: dict[str, str]
    computed: dict[str, Place]


class SheetWriter:
    """Gives every cell an address, then prints every formula with the addresses it reads."""

    def __init__(self, lines: Sequence[Line], solved: Solved, links: Links) -> None:
        self.lines = lines
        self.links = links
        self.solved = solved
        self.members: Members = solved.members
        self.by_key = {line.key: line for line in lines}
        self.vertical = _vertical(lines, self.members, links)
        self.address: dict[tuple[Line, Copy], tuple[int, int]] = {}
        self.column = 0

    def write(self, given: Mapping[Line, Mapping[Index, Value | None]]) -> Sheet:
        sheet = Sheet({}, {}, {})
        for place in self._places():
            at = self._at(place)
            if place.line.expr is not None or place.copy is not None:
                sheet.formulas[at] = self._formula(place)
                sheet.computed[at] = place
            elif (value := given[place.line][place.member]) is not None:
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
        line, copy, _ = place
        replacement = self._replacement(place)
        if replacement is not None:
            return self._filled(expression_template(replacement), place)
        if line in self.links:
            return self._filled(expression_template(self.links[line][place.member[0]]), place)
        if line.expr is None:  # a typed cell that a what-if leaves as it is; it may be blank
            base = self._at(place._replace(copy=None))
            return f'{base}&""' if line.unit is Unit.TEXT else f'IF(ISNUMBER({base}),{base},"n/a")'
        for variant in variants(line, self.members):
            if all(
                place.member[axis] in range(len(self.members[line.dims[axis]]))[members]
                for axis, members in variant.where
            ):
                return self._filled(template(line, variant.choice, first=variant.first), place)
        raise LookupError(f"no formula stands for {line.key} {place.member} {copy}")

    def _filled(self, pattern: Template, place: Place) -> str:
        return pattern.text % tuple(self._read(ref, place) for ref in pattern.references)

    def _replacement(self, place: Place) -> Node | None:
        if place.copy is None:
            return None
        study, number = place.copy
        names = tuple(
            self.members[dim][at] for dim, at in zip(place.line.dims, place.member, strict=True)
        )
        replaced = self.solved.studies[study].what_ifs[number].replaced
        found = (expr for line, member, expr in replaced if (line, member) == (place.line, names))
        return next(found, None)

    def _read(self, ref: Reference, reader: Place) -> str:
        line = self.by_key[ref.line] if isinstance(ref.line, str) else ref.line
        at = dict(zip(reader.line.dims, reader.member, strict=True))
        copy = reader.copy if self._replacement(reader) is None else None
        if ref.study is not None:
            sizes = tuple(len(self.members[dim]) for dim in ref.study.dims)
            where = tuple(at[dim] for dim in ref.study.dims)
            copy = (ref.study, int(np.ravel_multi_index(where, sizes)))
        if ref.how is How.WHOLE:
            both = dict.fromkeys((line, line if ref.last is None else ref.last))
            return ",".join(map(self._whole, both))
        if ref.how is How.RANGE:
            assert ref.dim is not None
            first, last = ref.cut
            whole = len(self.members[ref.dim])
            ends = [{**at, ref.dim: end} for end in (first, (whole - last or whole) - 1)]
            return ":".join(self._at(self._copied(line, copy, end)) for end in ends)
        if ref.how is How.AT:
            assert ref.dim is not None
            at[ref.dim] = self.members[ref.dim].index(ref.member)
        if ref.how is How.SPOT:
            pairs = zip(line.dims, ref.at, strict=True)
            at = {dim: self.members[dim].index(name) for dim, name in pairs}
        if ref.how is How.BEFORE:
            assert ref.dim is not None
            at[ref.dim] -= 1
        return self._at(self._copied(line, copy, at))

    def _whole(self, line: Line) -> str:
        """All cells of a line, which stand in one block."""
        ends = [{dim: end * (len(self.members[dim]) - 1) for dim in line.dims} for end in (0, 1)]
        return ":".join(self._at(self._copied(line, None, end)) for end in ends)

    def _copied(self, line: Line, copy: Copy, at: Mapping[Dim, int]) -> Place:
        """The cell to read: the what-if's own where the what-if moves it, else the model's."""
        index = tuple(at[dim] for dim in line.dims)
        if copy is not None:
            moved = self.solved.studies[copy[0]].affected.get(line)
            if moved is None or not moved[(copy[1], *index)]:
                copy = None
        return Place(line, copy, index)

    def _at(self, place: Place) -> str:
        line, copy, member = place
        down = line.dims.index(self.vertical[line]) if line in self.vertical else None
        row = 0 if down is None else member[down]
        rest = [axis for axis in range(len(member)) if axis != down]
        sizes = [len(self.members[line.dims[axis]]) for axis in rest]
        across = int(np.ravel_multi_index([member[axis] for axis in rest], sizes)) if rest else 0
        top, left = self._corner(line, copy, int(np.prod(sizes)))
        return str(xlsxwriter.utility.xl_rowcol_to_cell(top + row, left + across))

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


def _vertical(lines: Sequence[Line], members: Members, links: Links) -> dict[Line, Dim]:
    """The dimension that runs down a line's block: one it is ranged over, else its first."""
    down = {line: line.dims[0] for line in lines if line.dims}
    read = [ref for exprs in links.values() for expr in exprs for ref in _read_by(expr)]
    for line in lines:
        if line.expr is not None and line not in links:
            for variant in variants(line, members):
                read += template(line, variant.choice, first=variant.first).references
    for ref in read:
        if ref.how is How.RANGE and isinstance(ref.line, Line) and ref.dim is not None:
            down[ref.line] = ref.dim
    return down


def _read_by(expr: Node) -> Sequence[Reference]:
    return expression_template(expr).references
