"""Known rows of a table that were put in another order, or typed over with another row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.model.words import numbers_rows
from reportgen.report.readback.given import given_lines
from reportgen.reviews.labels import address, place_in
from reportgen.reviews.records import Change, Edit, Kind, State
from reportgen.reviews.rows import TABLES, is_name, is_spare

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.reviews.cells import Spot, Typed
    from reportgen.reviews.returned import Returned
    from reportgen.reviews.rows import Table

_REPLACED = (
    "the row names something else now, so its figure is no override of this key: type it into a"
    " spare row, or correct the table"
)
_SORTED = "the same rows in another order: nothing follows from it"
_Index = tuple[int, ...]


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
        cells = {
            spot: cell
            for spot, cell in found.items()
            if spot[0].dims == (dim,) and not is_spare(*spot, returned)
        }
        if cells and _is_sorted(dim, cells, returned):
            edits.append(_sorted(dim, table))
            spots |= cells.keys()
            continue
        for index in _replaced(dim, table, cells, returned):
            row = {spot: cell for spot, cell in cells.items() if spot[1] == index}
            edits.append(_edit(dim, table, index, row, returned))
            spots |= row.keys()
    return Retyped(tuple(edits), frozenset(spots))


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


def _sorted(dim: Dim, table: Table) -> Edit:
    label = f"Order of the rows of {table.name}.csv"
    key = f"rows[{dim.name}]"
    return Edit(key, label, "", Kind.SORTED, "", None, None, state=State.VIEW, note=_SORTED)


def _replaced(
    dim: Dim, table: Table, cells: Mapping[Spot, Typed], returned: Returned
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


def _names(table: Table, index: _Index, case: Case) -> str:
    names = (str(case.given[line][index]) for name, line in table.columns.items() if is_name(name))
    return ", ".join(filter(None, names))


def _edit(
    dim: Dim, table: Table, index: _Index, row: Mapping[Spot, Typed], returned: Returned
) -> Edit:
    key = f"{dim.name}[{returned.issued.members[dim][index[0]]}]"
    cell = next(iter(row.values()))
    return Edit(
        key,
        f"row of {table.name}.csv",
        "",
        Kind.REPLACED,
        address(place_in(returned.report, cell.key, cell.line, index)),
        _names(table, index, returned.issued),
        _names(table, index, returned.now),
        note=_REPLACED,
        changes=tuple(Change(one.line, one.index, one.now) for one in row.values()),
    )
