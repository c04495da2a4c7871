"""Who overrides the inputs of a report that was read back: from its log and from its remarks."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.case.record import Origin
from reportgen.model.keys import filled
from reportgen.report.restoring import given_entries, unpacked_issue, values_now
from reportgen.report.tabs.inputs import lines as inputs_lines
from reportgen.report.tabs.inputs.lines import SPARE_OVERRIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.report.listing import Listed, Report
    from reportgen.xlsx.reader.records import Value

_LOG = (
    inputs_lines.logged_key,
    inputs_lines.logged_state,
    inputs_lines.logged_published,
    inputs_lines.logged_author,
    inputs_lines.logged_reason,
    inputs_lines.logged_expires,
)
_NOTED = ("key", "published", "author", "reason", "expires")


def overridden_keys(given: Mapping[Line, Array], members: Members) -> Iterator[str]:
    """Yield the key of every input whose override is filled in."""
    for entry in given_entries():
        if entry.override in given and not np.all(np.isnan(given[entry.override])):
            for key, index in filled(entry, members):
                if not np.isnan(given[entry.override][index]):
                    yield key


def logged_overrides(report: Report) -> dict[str, Origin]:
    """Return the overrides that were in force at issue, by key."""
    columns = [_logged(report, line) for line in _LOG]
    return {
        _text(key): _origin(published, author, reason, expires)
        for key, state, published, author, reason, expires in zip(*columns, strict=False)
        if state == "in force"
    }


def _logged(report: Report, line: Line) -> list[float | str | None]:
    row = report.listed.get(line.key)
    return [] if row is None else unpacked_issue(report, row)


def override_now(report: Report, key: str) -> Origin:
    """Return who overrides an input now, why and until when.

    The cells beside it say so; for an input of another tab a row that notes its key on Inputs,
    else the log.
    """
    row = report.listed.get(f"{key}.override")
    if row is not None and any(row.remarks[1:]):
        author, reason, expires = (_remark(report, row, at) for at in (1, 2, 3))
        return _origin(row.origin[1], author, reason, expires)
    return _noted(report).get(key) or logged_overrides(report).get(key, Origin())


def _remark(report: Report, row: Listed, at: int) -> Value:
    place = row.remarks[at]
    cell = None if place is None else next(iter(report.cells(place)), None)
    return None if cell is None else cell.value


def _noted(report: Report) -> dict[str, Origin]:
    """Return what the spare rows below the log say, by the key noted in them."""
    found = {}
    for name in SPARE_OVERRIDES:
        key, published, author, reason, expires = (_note(report, name, part) for part in _NOTED)
        if isinstance(key, str):
            found[key] = _origin(published, author, reason, expires)
    return found


def _note(report: Report, name: str, part: str) -> Value:
    row = report.listed.get(f"override_row[{name}].{part}")
    return None if row is None else next(iter(values_now(report, row)), None)


def origin_at_issue(row: Listed) -> Origin:
    """Return the origin that the Registry shows for an issued value."""
    source, published, author, reason, expires = row.origin
    return replace(_origin(published, author, reason, expires), source=_text(source))


def _origin(published: Value, author: Value, reason: Value, expires: Value) -> Origin:
    return Origin("", _number(published), _text(author), _text(reason), _number(expires))


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _number(value: Value) -> float:
    return value if isinstance(value, float) else math.nan
