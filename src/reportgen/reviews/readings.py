"""What a person meant by a row typed into a table, read as our own files are read.

A day or a number that stands as text counts for nothing in the workbook, and yet anybody can read
it: it is read, and the reading is told. What can be read in two ways, or in none, is not guessed.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.facts.reading.columns import CellKind, Column, number_value
from reportgen.facts.reading.dates import parse_day, settled_order
from reportgen.facts.reading.numbers import decimal_sign
from reportgen.facts.reading.tables import Spelling

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from reportgen.facts.reading.columns import TableSpec
    from reportgen.values import Value


class Row(NamedTuple):
    """A row as it is meant: its cells, readings to be shown, and what cannot be read."""

    cells: Mapping[str, Value]
    readings: tuple[str, ...]
    faults: tuple[str, ...]


def spelling_of(days: Iterable[str], numbers: Iterable[str]) -> Spelling:
    """Return how texts spell days and numbers; None where they leave it open."""
    return Spelling(settled_order(days), decimal_sign(numbers, None))


def read_row(
    spec: TableSpec[Any], typed: Mapping[str, Value], odd: Collection[str], spelling: Spelling
) -> Row:
    """Return what the cells of a row say, by column; a cell left blank is None.

    The readings of columns that are `odd`, which hold text for a day or a number, are to be shown.
    """
    cells: dict[str, Value] = {}
    readings, faults = [], []
    for column in spec.columns:
        value = typed.get(column.name)
        text = "" if value is None else plain(value)
        if not text.strip():
            cells[column.name] = None
            continue
        measure = plain(typed.get(column.measured_by) or column.measured_by)
        # 258.686 leaves its sign open only where it was typed as a text
        sure = spelling if isinstance(value, str) else spelling._replace(decimal=".")
        try:
            cells[column.name] = read_cell(column, text, measure, sure)
        except CellError as error:
            cells[column.name] = text
            faults.append(f"{column.name}: {error.found}; {_remedy(error, column)}")
            continue
        if column.name in odd:
            readings.append(f"{column.name} {quote(text)} read as {plain(cells[column.name])}")
    return Row(cells, tuple(readings), tuple(faults))


def read_cell(column: Column, text: str, measure: str, spelling: Spelling) -> Value:
    """Return the value of a cell; `measure` is the unit of a number. Raises CellError.

    Words are taken as they stand: whether the table takes them is found when the row is tried.
    """
    if column.kind in {CellKind.DATE, CellKind.DUE}:
        day = parse_day(text, spelling.order)
        return None if day is None else day.isoformat()
    if column.kind is CellKind.NUMBER:
        number = number_value(column, text, measure, spelling.decimal)
        return None if math.isnan(number) else number
    return " ".join(text.split())


def _remedy(error: CellError, column: Column) -> str:
    expected = error.expected or column.expected
    return "; ".join(filter(None, (f"type {expected}" if expected else "", error.remedy)))


def plain(value: Value) -> str:
    """Return a value as the cell of a table holds it."""
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)
