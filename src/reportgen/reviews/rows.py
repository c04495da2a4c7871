"""Rows of tables: typed into spare rows, put in another order, or typed over with another row."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.brokers import house
from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.model.dims import CLAIM, PRODUCT, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.words import Entry, numbers_rows
from reportgen.report.readback.given import given_lines
from reportgen.reviews.cells import address, place_in, shown
from reportgen.reviews.records import Change, Edit, Kind, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.model.case.record import Case
    from reportgen.reviews.cells import Spot, Typed
    from reportgen.reviews.returned import Returned
    from reportgen.values import Value


_FILLED_IN = frozenset({"published", "source"})  # when a row is accepted
_SPARE = re.compile(r"\+\d+")


_REPLACED = (
    "the row names something else now, so its figure is no override of this key: type it into a"
    " spare row, or correct the table"
)
_SORTED = "the same rows in another order: nothing follows from it"
_Index = tuple[int, ...]


class Table(NamedTuple):
    """A table with spare rows: its file, its figure, and its columns by their names there."""

    name: str
    figure: Entry
    columns: Mapping[str, Line]

    @property
    def amount(self) -> str:
        """Return the name of the column of the figure."""
        return next(name for name, line in self.columns.items() if line is self.figure)


TABLES: Mapping[Dim, Table] = {
    TARGET: Table("targets", price_targets.stated, price_targets.TARGETS.columns),
    PRODUCT: Table("products", products.product_price, products.PRODUCTS.columns),
    CLAIM: Table("claims", claims.claim_amount, claims.CLAIMS.columns),
}


def is_spare(line: Line, index: tuple[int, ...], returned: Returned) -> bool:
    """Return whether a cell of a line stands in a spare row."""
    if len(line.dims) != 1 or line.dims[0] not in TABLES:
        return False
    return _SPARE.fullmatch(returned.issued.members[line.dims[0]][index[0]]) is not None


def added(returned: Returned, typed: Mapping[Spot, Typed]) -> Iterator[Edit]:
    """Yield an edit for every spare row in which something was typed."""
    rows: dict[tuple[Dim, tuple[int, ...]], dict[Line, Typed]] = {}
    for (line, index), cell in typed.items():
        if is_spare(line, index, returned) and cell.is_changed:
            rows.setdefault((line.dims[0], index), {})[line] = cell
    for (dim, index), cells in sorted(rows.items(), key=lambda row: (row[0][0].name, row[0][1])):
        yield _row(returned, dim, index, cells)


def _row(returned: Returned, dim: Dim, index: tuple[int, ...], cells: Mapping[Line, Typed]) -> Edit:
    table = TABLES[dim]
    stated = {name: _stated(line, cells) for name, line in table.columns.items()}
    named = [str(stated[name]) for name in table.columns if is_name(name) and stated[name]]
    key = f"{dim.name}[{returned.issued.members[dim][index[0]]}]"
    listed = returned.report.listed.get(f"{key}.issued")
    missing = _missing(table, stated)
    lacks = f"lacks {', '.join(missing)}: fill it in"
    return Edit(
        key,
        f"new row of {table.name}.csv: {', '.join(named)}",
        str(stated.get("currency") or stated.get("unit") or ""),
        Kind.INCOMPLETE if missing else Kind.ROW,
        address(listed.place if listed else None),
        None,
        stated[table.amount],
        note=lacks if missing else _note(stated, returned),
        changes=tuple(Change(cell.line, cell.index, cell.now) for cell in cells.values()),
        table=table.name,
        cells=stated,
    )


def _missing(table: Table, stated: Mapping[str, Value]) -> list[str]:
    """Return the columns without which the table does not take a row."""
    spec = next(spec for spec in COMPANY_TABLES if spec.name == table.name)
    needed = (column.name for column in spec.columns if spec.is_needed(column))
    return [name for name in needed if name not in _FILLED_IN and stated[name] is None]


def _note(stated: Mapping[str, Value], returned: Returned) -> str:
    """Return what to know of a day left blank, and of a broker that the report has already."""
    notes = []
    if stated["published"] is None:
        day = f"published {returned.as_of.isoformat()}"
        notes.append(f"published left blank, so it did not count; once accepted: {day}")
    other = _other_spelling(str(stated.get("broker") or ""), returned.issued)
    if other:
        notes.append(f"the same broker as {other}, which it counts as once accepted")
    return "; ".join(notes)


def _other_spelling(broker: str, issued: Case) -> str:
    """Return how the report spells a broker that it has under another spelling; else ""."""
    known = {str(name) for name in issued.given[price_targets.broker].tolist() if name}
    same = {name.casefold() for name in known}
    if not broker or broker.casefold() in same:
        return ""
    return next((name for name in sorted(known) if house(name) == house(broker)), "")


def is_name(column: str) -> bool:
    """Return whether a column says what a row is about."""
    return column in {"broker", "vendor", "product", "variant", "key"}


def _stated(line: Line, cells: Mapping[Line, Typed]) -> Value:
    """Return what a new row says in a column; of a figure, the override where one is typed."""
    parts = (line.override, line.issued) if isinstance(line, Entry) else (line,)
    for part in parts:
        if part in cells:
            return shown(line, cells[part].now)
    return None


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
