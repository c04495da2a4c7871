"""Rows that were typed into the spare rows of the tables of targets, products and claims."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.reading.schema import COMPANY_TABLES
from reportgen.model.dims import CLAIM, PRODUCT, TARGET
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.words import Entry
from reportgen.reviews.labels import address, shown
from reportgen.reviews.records import Change, Edit, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.attribution.records import Value
    from reportgen.expr.nodes import Dim, Line
    from reportgen.reviews.cells import Spot, Typed
    from reportgen.reviews.returned import Returned

# Columns whose blank means something once accepted, and that the row does not count until then
_ASSUMED = {"targets": {"kind": "broker", "horizon_months": "12"}}
_FILLED_IN = frozenset({"published", "source"})  # when a row is accepted
_SPARE = re.compile(r"\+\d+")


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
        note=lacks if missing else _note(table, stated, returned),
        changes=tuple(Change(cell.line, cell.index, cell.now) for cell in cells.values()),
        table=table.name,
        cells=stated,
    )


def _missing(table: Table, stated: Mapping[str, Value]) -> list[str]:
    """Return the columns without which the table does not take a row."""
    spec = next(spec for spec in COMPANY_TABLES if spec.name == table.name)
    needed = (column.name for column in spec.columns if spec.is_needed(column))
    return [name for name in needed if name not in _FILLED_IN and stated[name] is None]


def _note(table: Table, stated: Mapping[str, Value], returned: Returned) -> str:
    """Return what to know of cells that were left blank."""
    assumed = {**_ASSUMED.get(table.name, {}), "published": returned.as_of.isoformat()}
    blank = {name: meant for name, meant in assumed.items() if stated[name] is None}
    if not blank:
        return ""
    meant = ", ".join(f"{name} {value}" for name, value in blank.items())
    return f"{' and '.join(blank)} left blank, so it did not count; once accepted: {meant}"


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
