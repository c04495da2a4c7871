"""The values of a report that was written, by public key, as the file holds them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.headline import headline as short_list
from reportgen.model.market import price
from reportgen.report.readback.given import (
    members_at_issue,
    members_of,
    series_now,
    values_now,
)
from reportgen.report.readback.workbook import ReadReport, open_report
from reportgen.xlsx.reader.records import CellError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from os import PathLike

    from reportgen.values import Value
    from reportgen.values import Value as PublicValue
    from reportgen.xlsx.reader.records import ReadCell

NO_VALUES = "its formulas have no values, for a program that does not calculate saved it"
_ALONG = re.compile(r"\{(\w+)\}")


def show(path: str | PathLike[str], *, headline: bool = False) -> dict[str, PublicValue]:
    """Return the numbers of a report by public key: number, true/false, text, or None for n/a.

    `headline` asks for the short list only. The file is read under limits of memory and time and
    nothing in it is executed. Raises ReportgenError for whatever is not a report, or has no values.
    """
    report = open_report(Path(path))
    require_values(report)
    found = dict(values(report))
    return short_list(found) if headline else found


def has_no_values(report: ReadReport) -> bool:
    """Return whether the price is a formula without a value: nothing was calculated."""
    row = report.listed.get(price.key)
    return row is not None and values_now(report, row) == [None]


def require_values(report: ReadReport) -> None:
    """Raise ReportgenError where a program saved the report that does not calculate."""
    if has_no_values(report):
        raise ReportgenError(
            f"{report.path}: {NO_VALUES}; open and save it with a spreadsheet program, or build"
            " the report again"
        )


def values(report: ReadReport) -> Iterator[tuple[str, PublicValue]]:
    """Yield (key, value) of every field: number, true/false, text, or None for n/a.

    The values are those that the file holds, computed by whichever program saved it last; what it
    leaves out is n/a.
    """
    yield from stored_values(report)
    for key, row in report.listed.items():
        if row.is_left_out:
            yield from ((name, None) for name in _of_each_row(report, key))


def stored_values(report: ReadReport) -> Iterator[tuple[str, PublicValue]]:
    """Yield (key, value) as `values` does, of the fields that have a cell."""
    for key, cell, type_ in _fields(report):
        value = None if cell is None else cell.value
        is_plain = type_ == "number" and isinstance(value, float)  # as most are
        yield key, value if is_plain else _public(value, type_)


def uncalculated(report: ReadReport) -> Iterator[str]:
    """Yield the keys of the fields whose formula has no value: lost, or an empty text."""
    for key, cell, _ in _fields(report):
        if cell is not None and cell.formula and cell.value is None:
            yield key


def _fields(report: ReadReport) -> Iterator[tuple[str, ReadCell | None, str]]:
    """Yield key, cell and type of what has a cell; of a column, a key for each of its rows."""
    members = members_at_issue(report)
    series = {dim.name: rows for dim, rows in series_now(report, members).items()}
    at_issue = {dim.name: names for dim, names in members.items()}
    for key, row in report.listed.items():
        if row.place is None:
            continue
        found = report.cells(row.place)
        along = _ALONG.search(key) if row.is_range else None
        if along is None:
            yield key, found[0], row.type
            continue
        rows = series.get(along[1])
        if rows is not None:
            names = rows.members
        elif along[1] in at_issue:
            names = at_issue[along[1]]
        else:
            names = at_issue[along[1]] = members_of(report, along[1])
        kept = found if rows is None else rows.of(found)
        before, after = key[: along.start()], key[along.end() :]
        for name, cell in zip(names, kept, strict=False):
            yield f"{before}{name}{after}", cell, row.type


def _of_each_row(report: ReadReport, key: str) -> Iterator[str]:
    """Yield the key of a field without a cell; of a column, a key for each of its rows."""
    along = _ALONG.search(key)
    if along is None or f"members[{along[1]}]" not in report.listed:
        yield key
        return
    before, after = key[: along.start()], key[along.end() :]
    for name in members_of(report, along[1]):
        yield f"{before}{name}{after}"


def _public(value: Value, type_: str) -> PublicValue:
    if isinstance(value, CellError) or value == "n/a":
        return None
    if type_ == "text":
        return "" if value is None else str(value)
    if isinstance(value, str):
        return None
    return bool(value) if type_ == "flag" and value is not None else value
