"""Read a report back: the case it was made from, as issued and as it stands now, and its values."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from reportgen.facts.rows import Argument
from reportgen.model.case.record import Case, Origin
from reportgen.report.listing import Report, open_report
from reportgen.report.overriding import (
    logged_overrides,
    origin_at_issue,
    overridden_keys,
    override_now,
)
from reportgen.report.restoring import (
    array_now,
    given_lines,
    issued_array,
    members_at_issue,
    members_of,
    series_now,
)
from reportgen.xlsx.reader.records import CellError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.xlsx.reader.records import ReadCell, Value

PublicValue = float | str | bool | None
_ALONG = re.compile(r"\{(\w+)\}")
_DATED = ("assumption[", "policy[")  # inputs whose case keeps author and reason


def read_case(path: Path) -> Case:
    """Return the case as the cells of a report state it now. Errors as for open_report."""
    return current_case(open_report(path))


def read_issued_case(path: Path) -> Case:
    """Return the case as it was issued, from the Registry alone. Errors as for open_report."""
    return issued_case(open_report(path, registry_only=True))


def read_values(path: Path) -> dict[str, PublicValue]:
    """Return every public value of a report by key. Errors as for open_report."""
    return dict(values(open_report(path)))


def issued_case(report: Report) -> Case:
    """Return the case that a report was made from, whatever was typed into it since."""
    members = members_at_issue(report)
    given = {line: issued_array(report, line, members) for line in given_lines()}
    log = logged_overrides(report)
    overridden = {key: log.get(key, Origin()) for key in overridden_keys(given, members)}
    return _case(report, members, given, overridden)


def current_case(report: Report) -> Case:
    """Return the case as the cells of a report state it now, found through its links.

    Rows inserted into a series join it; cells that were deleted, or hold what does not belong
    there, are blank.
    """
    members = members_at_issue(report)
    series = series_now(report, members)
    given = {line: array_now(report, line, members, series) for line in given_lines()}
    members |= {dim: rows.members for dim, rows in series.items()}
    overridden = {key: override_now(report, key) for key in overridden_keys(given, members)}
    return _case(report, members, given, overridden)


def _case(
    report: Report,
    members: Members,
    given: Mapping[Line, Array],
    overridden: Mapping[str, Origin],
) -> Case:
    issued = {
        key.removesuffix(".issued"): origin_at_issue(row)
        for key, row in report.listed.items()
        if key.startswith(_DATED) and key.endswith(".issued")
    }
    return Case(members, given, issued, overridden, _unused(report), tuple(_arguments(report)))


def values(report: Report) -> Iterator[tuple[str, PublicValue]]:
    """Yield (key, value) of every field: number, true/false, text, or None for n/a.

    The values are those that the file holds, computed by whichever program saved it last.
    """
    for key, cell, type_ in _fields(report):
        yield key, _public(None if cell is None else cell.value, type_)


def uncalculated(report: Report) -> Iterator[str]:
    """Yield the keys of the fields whose formula has no value: lost, or an empty text."""
    for key, cell, _ in _fields(report):
        if cell is not None and cell.formula and cell.value is None:
            yield key


def _fields(report: Report) -> Iterator[tuple[str, ReadCell | None, str]]:
    """Yield key, cell and type of every field; of a column, a key for each of its rows."""
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


def _public(value: Value, type_: str) -> PublicValue:
    if isinstance(value, CellError) or value == "n/a":
        return None
    if type_ == "text":
        return "" if value is None else str(value)
    if isinstance(value, str):
        return None
    return bool(value) if type_ == "flag" and value is not None else value


def _unused(report: Report) -> tuple[str, ...]:
    row = report.listed.get("report.unused_overrides")
    return () if row is None else tuple(json.loads("".join(map(str, row.issued))))


def _arguments(report: Report) -> Iterator[Argument]:
    """Yield the arguments of the written case, which carry no line number."""
    for row in report.listed.values():
        if row.kind == "argument":
            parts = json.loads(str(row.issued[0]))
            due = parts["due"]
            yield Argument(
                **{
                    **parts,
                    "published": date.fromisoformat(parts["published"]),
                    "due": date.fromisoformat(due) if due else None,
                    "line_no": 0,
                }
            )
