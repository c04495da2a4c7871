"""Rows as columns of text, parted into those known at as-of and those dated later."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.columns import Column, Kind
from reportgen.facts.reading.dates import Order, is_surely_later, iso_days, parse_day, settled_order

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from reportgen.facts.reading.delimited import Record


class Batch(NamedTuple):
    """Some rows of a table: their lines, and the text of their cells column by column.

    `numeric` holds the names of the number columns.
    """

    lines: list[int]
    cells: dict[str, list[str]]
    numeric: tuple[str, ...] = ()

    @classmethod
    def of(
        cls, columns: Sequence[Column], records: Sequence[Record], places: Mapping[str, int]
    ) -> Batch:
        """The cells of the records; "" where a column is absent or a record ends early."""
        rows = [record.cells for record in records]
        cells = {}
        for column in columns:
            place = places.get(column.name)
            cells[column.name] = (
                [""] * len(rows)
                if place is None
                else [row[place] if place < len(row) else "" for row in rows]
            )
        numeric = tuple(column.name for column in columns if column.kind is Kind.NUMBER)
        return cls([record.line_no for record in records], cells, numeric)

    def at(self, indices: Sequence[int]) -> Batch:
        """The rows at the indices."""
        return Batch(
            [self.lines[index] for index in indices],
            {name: [cells[index] for index in indices] for name, cells in self.cells.items()},
            self.numeric,
        )

    def without(self, indices: Collection[int]) -> Batch:
        """The rows at all other indices."""
        return self.at([index for index in range(len(self.lines)) if index not in indices])


def split_by_knowledge(
    columns: Sequence[Column], batch: Batch, as_of: date
) -> tuple[Batch, Batch, Order | None]:
    """The rows not dated after `as_of`, the others, and the order of day and month of the first.

    A row is dated later if any of its dates is; one whose dates cannot be read counts as known,
    so that the mistake is told.
    """
    dated = [batch.cells[column.name] for column in columns if column.kind is Kind.DATE]
    days = [iso_days(cells) for cells in dated]
    order = _order(columns, batch, dated, as_of) if None in days else None
    later = set()
    for cells, column_days in zip(dated, days, strict=True):
        if column_days is None:
            later |= {row for row, cell in enumerate(cells) if _is_later(cell, order, as_of)}
        else:
            later |= {row for row, day in enumerate(column_days) if day is not None and day > as_of}
    if not later:
        return batch, batch.at(()), order
    return batch.without(later), batch.at(sorted(later)), order


def is_later(
    columns: Sequence[Column], record: Record, places: Mapping[str, int], as_of: date
) -> bool:
    """Whether a malformed record is surely dated after `as_of`, so far as its dates can be read."""
    batch = Batch.of(columns, [record], places)
    dated = [batch.cells[column.name][0] for column in columns if column.kind is Kind.DATE]
    return any(is_surely_later(cell, as_of) for cell in dated)


def _order(
    columns: Sequence[Column], batch: Batch, dated: list[list[str]], as_of: date
) -> Order | None:
    """The order that the rows settle which are not dated later however they are read."""
    days = [batch.cells[c.name] for c in columns if c.kind in (Kind.DATE, Kind.DUE)]
    known = [
        row
        for row in range(len(batch.lines))
        if not any(is_surely_later(cells[row], as_of) for cells in dated)
    ]
    return settled_order(cells[row] for cells in days for row in known)


def _is_later(cell: str, order: Order | None, as_of: date) -> bool:
    """Whether a day is after as-of: as the file spells days, or else however it is read."""
    try:
        day = parse_day(cell, order)
    except CellError:
        return is_surely_later(cell, as_of)
    return day is not None and day > as_of
