"""Rows of tables: typed into spare rows, put in another order, or typed over with another row."""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.reading.columns import TableSpec, day_column, number_column
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.facts.rows import Close
from reportgen.model.inputs.sources import FLAGS
from reportgen.model.keys import filled
from reportgen.model.keys import is_spare as is_spare_name
from reportgen.model.spare_rows import GROWING
from reportgen.model.words import Entry, numbers_rows
from reportgen.report.readback.given import given_lines
from reportgen.reviews.cells import address, is_gone, place_in, shown, stated
from reportgen.reviews.readings import plain
from reportgen.reviews.records import Change, Edit, EditKind, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.reviews.cells import Spot, Typed
    from reportgen.reviews.returned import Returned
    from reportgen.values import Value


FILLED_IN = frozenset({"published", "source"})  # when a row is accepted

_REPLACED = (
    "the row names something else now, so its figure is no override of this key: type it into a"
    " spare row, or correct the table"
)
_REMOVED = "rows are never taken out of a table: what was said stays said"
_SORTED = "the same rows in another order: nothing follows from it"
_DISORDERED = (
    "the same rows in another order: look-ups need the days to ascend, so what the file shows of"
    " them is not to be relied on"
)
_Index = tuple[int, ...]


class ReviewedTable(NamedTuple):
    """A table with spare rows: its name and dimension, what tells its rows apart, its columns.

    `row` is the public key of a row, `columns` are by the names of its file, `flags` those that its
    column `flags` names.
    """

    name: str
    dim: Dim
    row: str
    names: tuple[str, ...]
    columns: Mapping[str, Line]
    flags: Mapping[str, Line] = {}

    @property
    def spec(self) -> TableSpec[Any]:
        """Return how its file is read."""
        return _CLOSES if self.is_series else _SPECS[self.name]

    @property
    def is_series(self) -> bool:
        """Return whether its rows are closes, a day each, in the order of their days."""
        return self.names == ("date",)

    def key(self, member: str) -> str:
        """Return the public key of a row."""
        return self.row.replace(f"{{{self.dim.name}}}", member)

    @property
    def file(self) -> str:
        """Return how its file is called."""
        return "the file of the benchmark" if self.name == "benchmark" else f"{self.name}.csv"

    @property
    def amount(self) -> str:
        """Return the name of the column of its first figure; of what tells rows apart without."""
        figures = (name for name, line in self.columns.items() if isinstance(line, Entry))
        return next(figures, self.names[0])

    @property
    def figure(self) -> Line:
        """Return the column of the figure as issued."""
        line = self.columns[self.amount]
        return line.issued if isinstance(line, Entry) else line


_SPECS: Mapping[str, TableSpec[Any]] = {spec.name: spec for spec in COMPANY_TABLES}
_CLOSES = TableSpec(
    "closes",
    Close,
    (day_column("date"), number_column("close", "", "a close", needed=True)),
    frozenset(),
    ("date",),
    frozenset({"close"}),
    ("date",),
)
_NAMES: Mapping[str, tuple[str, ...]] = {
    "targets": ("broker",),
    "products": ("vendor", "product", "variant"),
    "claims": ("key", "variant"),
    "fundamentals": ("segment", "metric", "period"),
    "sources": ("id",),
    "prices": ("date",),
    "benchmark": ("date",),
}
TABLES: Mapping[Dim, ReviewedTable] = {
    of.dim: ReviewedTable(
        name, of.dim, of.row, _NAMES[name], of.columns, FLAGS if name == "sources" else {}
    )
    for name, of in GROWING.items()
}


def is_spare(line: Line, index: tuple[int, ...], returned: Returned) -> bool:
    """Return whether a cell of a line stands in a spare row."""
    if len(line.dims) != 1 or line.dims[0] not in TABLES:
        return False
    return is_spare_name(returned.issued.members[line.dims[0]][index[0]])


def is_as_long(dim: Dim, returned: Returned) -> bool:
    """Return whether a table has the rows that it was issued with, and no others."""
    return returned.issued.members[dim] == returned.now.members[dim]


class Retyped(NamedTuple):
    """The edits that tell of whole rows, and the cells of which nothing else is to be told."""

    edits: tuple[Edit, ...]
    spots: frozenset[Spot]


def retyped(returned: Returned, found: Mapping[Spot, Typed]) -> Retyped:
    """Return the tables that were sorted and the rows that were typed over.

    A figure below another name is another fact: taken for an override it would be a wrong one.
    """
    edits: list[Edit] = []
    spots: set[Spot] = set()
    for dim, table in TABLES.items():
        if not is_as_long(dim, returned):
            continue  # rows joined or left a series, which is told of the whole
        cells = {
            spot: cell
            for spot, cell in found.items()
            if spot[0].dims == (dim,) and not is_spare(*spot, returned)
        }
        if cells and _is_sorted(dim, cells, returned):
            edits.append(_sorted(dim, table))
            spots |= cells.keys()
            continue
        edits += removed(dim, table, returned)
        for index in _replaced(dim, table, cells, returned):
            row = {spot: cell for spot, cell in cells.items() if spot[1] == index}
            edits.append(_edit(dim, table, index, row, returned))
            spots |= row.keys()
    return Retyped(tuple(edits), frozenset(spots))


def removed(dim: Dim, table: ReviewedTable, returned: Returned) -> Iterator[Edit]:
    """Yield the rows whose cells are no longer in the workbook; none if the whole table is gone."""
    lines = [line for line in given_lines() if line.dims == (dim,) and not numbers_rows(line)]
    names = returned.issued.members[dim]
    there = set()
    for line in lines:
        for key, index in filled(line, returned.issued.members):
            if not is_gone(returned, key, line):
                there.add(index[0])
    for at, name in enumerate(names) if there else ():
        if at not in there and not is_spare_name(name):
            figure = stated(returned.issued.given[table.figure], (at,))
            blank: dict[bool, float | str] = {True: "", False: math.nan}
            issued = cells_of(table, (at,), returned.issued)
            yield Edit(
                table.key(name),
                f"row of {table.file}: {_names(table, (at,), returned.issued)}",
                "",
                EditKind.REMOVED,
                "",
                shown(table.figure, figure),
                None,
                note=f"{_REMOVED}; {table.file} without {as_line(table, issued)}",
                changes=tuple(Change(one, (at,), blank[one.unit is Unit.TEXT]) for one in lines),
                table=table.name,
                cells=issued,
            )


def cells_of(table: ReviewedTable, index: _Index, case: Case) -> dict[str, Value]:
    """Return the cells of a row by the columns of its table, as a case has them."""
    lines = {
        name: line.issued if isinstance(line, Entry) else line
        for name, line in table.columns.items()
    }
    cells = {name: shown(line, stated(case.given[line], index)) for name, line in lines.items()}
    if table.flags:
        cells["flags"] = flagged(table, {of: case.given[of][index] for of in table.flags.values()})
    return cells


def flagged(table: ReviewedTable, found: Mapping[Line, Value]) -> str:
    """Return what the flags of a row come to in the column of its file."""
    held = {line for line, value in found.items() if isinstance(value, float) and value > 0}
    return ";".join(name for name, line in table.flags.items() if line in held)


def as_line(table: ReviewedTable, cells: Mapping[str, Value]) -> str:
    """Return a row as it stands, or would, in the file of its table."""
    values = (cells.get(column.name) for column in table.spec.columns)
    return ",".join("" if value is None else plain(value) for value in values)


def _is_sorted(dim: Dim, cells: Mapping[Spot, Typed], returned: Returned) -> bool:
    """Return whether every row that stood there still does, in another place."""
    if any(cell.odd is not None for cell in cells.values()):
        return False
    lines = [line for line in given_lines() if line.dims == (dim,) and not numbers_rows(line)]
    before, after = (_rows(lines, case) for case in (returned.issued, returned.now))
    return before != after and Counter(before) == Counter(after)


def _rows(lines: Sequence[Line], case: Case) -> list[tuple[str, ...]]:
    return list(zip(*(_column(case.given[line]) for line in lines), strict=True))


def _column(values: Array) -> list[str]:
    return [value if isinstance(value, str) else f"{value:.15g}" for value in values.tolist()]


def _sorted(dim: Dim, table: ReviewedTable) -> Edit:
    label = f"Order of the rows of {table.file}"
    return Edit(
        f"rows[{dim.name}]",
        label,
        "",
        EditKind.SORTED,
        "",
        None,
        None,
        state=State.VIEW,
        note=_DISORDERED if table.is_series else _SORTED,
        is_beyond_model=table.is_series,
    )


def _replaced(
    dim: Dim, table: ReviewedTable, cells: Mapping[Spot, Typed], returned: Returned
) -> Iterator[_Index]:
    """Yield the rows that name something else now.

    Where one has the names of another row, rows were exchanged: then it is every changed one.
    """
    changed = sorted({index for (_, index), cell in cells.items() if cell.is_changed})
    now = {index: _names(table, index, returned.now) for index in changed}
    renamed = [index for index in changed if now[index] != _names(table, index, returned.issued)]
    size = len(returned.issued.members[dim])
    known = {_names(table, (at,), returned.issued) for at in range(size)} - {""}
    exchanged = any(now[index] in known for index in renamed)
    yield from changed if exchanged else renamed


def _names(table: ReviewedTable, index: _Index, case: Case) -> str:
    cells = cells_of(table, index, case)
    return ", ".join(str(cells[name]) for name in table.names if cells[name])


def _edit(
    dim: Dim, table: ReviewedTable, index: _Index, row: Mapping[Spot, Typed], returned: Returned
) -> Edit:
    key = table.key(returned.issued.members[dim][index[0]])
    cell, now = next(iter(row.values())), cells_of(table, index, returned.now)
    return Edit(
        key,
        f"row of {table.file}",
        "",
        EditKind.REPLACED,
        address(place_in(returned.report, cell.key, cell.line, index)),
        _names(table, index, returned.issued),
        _names(table, index, returned.now),
        note=f"{_REPLACED}; {table.file} would read {as_line(table, now)}",
        table=table.name,
        cells=now,
        changes=tuple(Change(one.line, one.index, one.now) for one in row.values()),
    )
