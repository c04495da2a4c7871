"""Columns of text turned into columns of values; the mistake of a single cell is reported."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.columns import (
    LONGEST_CELL,
    Column,
    Kind,
    choice_value,
    currency_value,
    name_value,
    number_value,
    text_value,
    unit_value,
)
from reportgen.facts.reading.dates import Order, iso_days, parse_day
from reportgen.periods import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from reportgen.facts.reading.batches import Batch

ValueT = TypeVar("ValueT")
_PLAIN_COLUMN = re.compile(r"(?:(?:-?\d{1,15}(?:\.\d{1,17})?)?\n)*", re.ASCII)


class Spelling(NamedTuple):
    """How a file spells days and numbers, settled by the rows known at as-of; None: unsettled."""

    order: Order | None
    decimal: str | None


_TEXTUAL: dict[Kind, Callable[[Column, str], str]] = {
    Kind.TEXT: text_value,
    Kind.NAME: name_value,
    Kind.CHOICE: choice_value,
    Kind.CURRENCY: currency_value,
    Kind.UNIT: unit_value,
}


def column_values(
    column: Column, batch: Batch, spelling: Spelling, report: Callable[[int, CellError], None]
) -> Sequence[object]:
    """The values of one column; `report` is told the index of each row whose cell is wrong."""
    cells = batch.cells[column.name]
    if column.kind in (Kind.DATE, Kind.DUE):
        return _days(column, cells, spelling.order, report)
    if column.kind is Kind.NUMBER:
        units = batch.cells.get(column.measured_by) or [column.measured_by] * len(cells)
        return _numbers(column, cells, units, spelling.decimal, report)
    quick = _plain_text(column, cells)
    if quick is not None:
        return quick
    convert = _TEXTUAL[column.kind]
    return _each(lambda index: convert(column, cells[index]), "", len(cells), report)


def _each(
    value_at: Callable[[int], ValueT],
    placeholder: ValueT,
    count: int,
    report: Callable[[int, CellError], None],
) -> list[ValueT]:
    """One value a row; the placeholder where it cannot be had, and the reason reported."""
    values = []
    for index in range(count):
        try:
            values.append(value_at(index))
        except CellError as error:
            report(index, error)
            values.append(placeholder)
    return values


def _days(
    column: Column,
    cells: Sequence[str],
    order: Order | None,
    report: Callable[[int, CellError], None],
) -> Sequence[date | None]:
    quick = iso_days(cells)
    if quick is not None and not (column.needed and None in quick):
        return quick

    def day_at(index: int) -> date | None:
        day = parse_day(cells[index], order)
        if day is None and column.needed:
            raise CellError("is blank", column.expected)
        return day

    return _each(day_at, FIRST_DAY, len(cells), report)


def _numbers(
    column: Column,
    cells: Sequence[str],
    units: Sequence[str],
    decimal: str | None,
    report: Callable[[int, CellError], None],
) -> Sequence[float]:
    quick = _plain_numbers(column, cells, units) if decimal == "." else None
    if quick is not None:
        return quick

    def number_at(index: int) -> float:
        return number_value(column, cells[index], units[index].strip(), decimal)

    return _each(number_at, math.nan, len(cells), report)


def _plain_numbers(
    column: Column, cells: Sequence[str], units: Sequence[str]
) -> Sequence[float] | None:
    """The numbers of a column that has only plain ones or blanks (the usual case, quickly)."""
    if not _PLAIN_COLUMN.fullmatch("\n".join(cells) + "\n") or "%" in units:
        return None
    if "" not in cells:
        return list(map(float, cells))
    if column.needed:
        return None
    missing = float(column.default) if column.default else math.nan
    return [float(cell) if cell else missing for cell in cells]


def _plain_text(column: Column, cells: Sequence[str]) -> Sequence[str] | None:
    """The text of a column that is short, printable and filled where it must be (as above)."""
    if column.kind is Kind.CHOICE:
        return cells if set(cells) <= set(column.choices) else None
    if column.kind not in (Kind.TEXT, Kind.NAME):
        return None
    whole = "".join(cells)
    if len(whole) > LONGEST_CELL // 2 or not whole.isprintable():
        return None
    stripped = [cell.strip() for cell in cells]
    return None if column.needed and "" in stripped else stripped
