"""The given values of a case out of a report's Registry: as issued, and as its cells stand now."""

from __future__ import annotations

import math
from contextlib import contextmanager
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Kind, Line, Unit
from reportgen.expr.numeric import MISFIT
from reportgen.model import fundamentals
from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE, MEASURE, PERIOD
from reportgen.model.given_values import numbered
from reportgen.model.inputs import conversion, market_data
from reportgen.model.keys import NONE, escaped, filled, is_spare, unique
from reportgen.model.lines import MODEL, MODEL_AND_CONSTANTS
from reportgen.model.words import Entry
from reportgen.periods import parse_serial
from reportgen.report.readback.workbook import NotAReportError, ReadReport, RegistryRow
from reportgen.report.registry.form import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import TypeVar

    from reportgen.expr.nodes import Dim
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.values import Value
    from reportgen.xlsx.reader.records import ReadCell

    _Found = TypeVar("_Found", Value, ReadCell | None)


DIMS = tuple(dict.fromkeys(dim for line in MODEL for dim in line.dims))
# Series whose rows are named by what stands in one of their columns
_NAMED_BY: Mapping[Dim, Line] = {
    CLOSE: market_data.close_date,
    BENCHMARK: market_data.benchmark_date,
    ESTIMATE: market_data.estimate_date,
    MEASURE: conversion.measure,
    PERIOD: fundamentals.period_label,
}


def given_lines() -> tuple[Line, ...]:
    """Return every line that a case gives: the model's, and the constants that what-ifs read."""
    return tuple(line for line in MODEL_AND_CONSTANTS if line.expr is None)


def given_entries() -> tuple[Entry, ...]:
    """Return every input that can be overridden: the model's, and the constants beside it."""
    lines = MODEL_AND_CONSTANTS
    return tuple(line for line in lines if isinstance(line, Entry))


def members_at_issue(report: ReadReport) -> Members:
    """Return the members of every dimension of the model. Raises NotAReportError without them."""
    return {dim: members_of(report, dim.name) for dim in DIMS}


def members_of(report: ReadReport, name: str) -> tuple[str, ...]:
    """Return the members of a dimension at issue. Raises NotAReportError without them."""
    row = report.listed.get(f"members[{name}]")
    if row is None:
        raise NotAReportError(
            f"{report.path}: its Registry lacks members[{name}]; use the file as it was issued"
        )
    return tuple(str(member) for member in unpacked_issue(report, row))


def unpacked_issue(report: ReadReport, row: RegistryRow) -> list[float | str | None]:
    """Return the values at issue of a whole column. Raises NotAReportError if they are damaged."""
    with told_as_damaged(report, row):
        return unpacked([str(text) for text in row.issued])


# What text that is not as we wrote it leads to, whoever takes it apart
_DAMAGES = (ValueError, TypeError, LookupError, AttributeError, OverflowError, RecursionError)


@contextmanager
def told_as_damaged(report: ReadReport, row: RegistryRow) -> Iterator[None]:
    """Inside, whatever comes of a text of the Registry that was damaged is NotAReportError."""
    try:
        yield
    except _DAMAGES:
        raise NotAReportError(
            f"{report.path}: Registry, {row.key}: the values at issue cannot be read;"
            " use the file as it was issued"
        ) from None


def values_now(report: ReadReport, row: RegistryRow) -> list[Value]:
    """Return what stands in the cells of a field; nothing where they were deleted."""
    if row.place is None:
        return []
    return [None if cell is None else cell.value for cell in report.cells(row.place)]


def issued_array(report: ReadReport, line: Line, members: Members) -> Array:
    """Return the values of a given line at issue; blank where the Registry does not list them."""
    row = report.listed.get(line.key)
    if row is not None and row.is_range:
        return _array(line, unpacked_issue(report, row), members)
    if row is not None and row.is_left_out:
        return _nothing(line, members)
    rows = (report.listed.get(key) for key, _ in filled(line, members))
    return _array(line, [None if row is None else row.issued[0] for row in rows], members)


def array_now(
    report: ReadReport, line: Line, members: Members, series: Mapping[Dim, SeriesRows]
) -> Array:
    """Return the values of a given line as its cells state them now."""
    row = report.listed.get(line.key)
    if row is not None and row.is_left_out:
        return _nothing(line, members)
    if row is not None and row.is_range:
        found = values_now(report, row)
        rows = series.get(line.dims[0]) if line.dims else None
        if rows is not None:
            return _array(line, rows.of(found), {line.dims[0]: rows.members})
        filled_in = [value for value in found if value is not None]
        fitting = filled_in if len(filled_in) == len(members[line.dims[0]]) else None
        return _array(line, fitting or unpacked_issue(report, row), members)
    cells = (report.listed.get(key) for key, _ in filled(line, members))
    found = [next(iter(values_now(report, cell)), None) if cell else None for cell in cells]
    return _array(line, found, members)


def _nothing(line: Line, members: Members) -> Array:
    """Return a line that is left out: blank, but that the rows of a table have their numbers."""
    numbers = numbered(members[line.dims[0]]) if line.kind is Kind.ROW_NUMBER else []
    is_empty = bool(line.dims) and members[line.dims[0]] == (NONE,)
    return _array(line, [] if is_empty else numbers, members)


def _array(line: Line, values: Sequence[object], members: Members) -> Array:
    """Return values in the shape of a line; too few are blank, too many left out."""
    shape = tuple(len(members[dim]) for dim in line.dims)
    size = int(np.prod(shape))
    fitting = [*values[:size], *[None] * (size - len(values))]
    return _column(fitting, text=line.unit is Unit.TEXT).reshape(shape)


class SeriesRows:
    """The rows of a series now: those at issue, less what was deleted, plus what was inserted."""

    def __init__(self, report: ReadReport, dim: Dim, issued: tuple[str, ...]) -> None:
        """Find the rows; where their number is that of the issue they keep their names.

        Else a row in a spare one is one of the others, and the spare ones follow, blank.
        """
        self.members = issued
        self._kept: list[int] | None = None
        naming = report.listed.get(_NAMED_BY[dim].key)
        if naming is None or naming.is_left_out:
            return
        columns = [values_now(report, row) for row in _columns(report, dim)]
        count = max(map(len, columns), default=0)
        if count != len(issued):
            self._kept = [
                at
                for at in range(count)
                if any(at < len(values) and values[at] is not None for values in columns)
            ]
            names = self.of(values_now(report, naming))
            known = dict(zip(unpacked_issue(report, naming), issued, strict=False))
            spare = tuple(name for name in issued if is_spare(name))
            found = unique(_issued_name(known, name) or _named(name) for name in names)
            self.members = (*found, *spare) or (NONE,)
            self._kept += [count] * len(spare)  # beyond the last one: blank

    def of(self, values: Sequence[_Found]) -> list[_Found]:
        """Return the values, or the cells, of a column in the rows that count."""
        if self._kept is None:
            return list(values)
        return [values[at] if at < len(values) else None for at in self._kept]


def _issued_name(known: Mapping[float | str | None, str], name: Value) -> str:
    """Return what a row was called at issue; "" of one that is new."""
    issued = known.get(_key(name), "")
    return "" if is_spare(issued) else issued


def _columns(report: ReadReport, dim: Dim) -> list[RegistryRow]:
    """Return the typed columns of a series, those that number its rows left out."""
    typed = (line for line in MODEL if line.expr is None and line.dims == (dim,))
    rows = (report.listed.get(line.key) for line in typed if line.kind is not Kind.ROW_NUMBER)
    return [row for row in rows if row is not None]


def _key(name: Value) -> float | str | None:
    return name if isinstance(name, float | str) else None


def _named(name: Value) -> str:
    """Return the id of a row from the day or the text that names it."""
    day = parse_serial(name)
    return escaped(str(name or "")) if day is None else day.isoformat()


def series_now(report: ReadReport, members: Members) -> dict[Dim, SeriesRows]:
    """Return the rows of every series as they are now."""
    return {dim: SeriesRows(report, dim, members[dim]) for dim in _NAMED_BY}


def _column(values: Sequence[object], *, text: bool) -> Array:
    """Return values read from cells as a line holds them: blanks and what does not fit are n/a."""
    array = np.empty(len(values), dtype=object if text else float)
    array[:] = [_as_text(value) if text else _as_number(value) for value in values]
    return array


def _as_text(value: object) -> str:
    """Return what a cell for text holds; a number typed into it as a formula would join it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def _as_number(value: object) -> float:
    """Return what a cell for a number holds; text, truths and errors are no numbers."""
    if isinstance(value, float):
        return value
    return math.nan if value is None or value == "" else MISFIT
