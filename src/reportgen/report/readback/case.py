"""The case that a report was made from: as issued, and as its cells state it now.

Who overrides an input stands in the log of the Inputs tab, in the spare rows below it, or in the
cells beside the input.
"""

from __future__ import annotations

import json
import math
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.expr.nodes import Role
from reportgen.facts.rows import Argument
from reportgen.model.case.record import Case, Origin
from reportgen.model.keys import filled
from reportgen.report.readback.given import (
    array_now,
    given_entries,
    given_lines,
    issued_array,
    members_at_issue,
    series_now,
    told_as_damaged,
    unpacked_issue,
    values_now,
)
from reportgen.report.readback.splits import stated_splits
from reportgen.report.readback.workbook import ReadReport, StatedOrigin
from reportgen.report.tabs.inputs import lines as beside
from reportgen.report.tabs.inputs.lines import OVERRIDE_ROW, SPARE_OVERRIDES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.state import Members
    from reportgen.values import Value
    from reportgen.xlsx.addresses import Ref


_DATED = frozenset({Role.PARAMETER, Role.CONSTANT})  # inputs whose case keeps author and reason
_LOG = (
    beside.logged_key,
    beside.logged_state,
    beside.logged_published,
    beside.logged_author,
    beside.logged_reason,
    beside.logged_expires,
)
_NOTED = (
    beside.spare_key,
    beside.spare_published,
    beside.spare_author,
    beside.spare_reason,
    beside.spare_expires,
)


def issued_case(report: ReadReport) -> Case:
    """Return the case that a report was made from, whatever was typed into it since."""
    members = members_at_issue(report)
    given = {line: issued_array(report, line, members) for line in given_lines()}
    log = logged_overrides(report)
    overridden = {key: log.get(key, Origin()) for key in overridden_keys(given, members)}
    return _case(report, members, given, overridden)


def current_case(report: ReadReport) -> Case:
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
    report: ReadReport,
    members: Members,
    given: Mapping[Line, Array],
    overridden: Mapping[str, Origin],
) -> Case:
    issued = {
        key: _origin(row.origin)
        for entry in given_entries()
        if entry.role in _DATED
        for key, _ in filled(entry, members)
        if (row := report.listed.get(f"{key}.issued")) is not None
    }
    return Case(
        members,
        given,
        issued,
        overridden,
        _texts(report, "report.unused_overrides"),
        tuple(_arguments(report)),
        frozenset(_texts(report, "report.confirmed")),
        stated_splits(report) or (),
    )


def _texts(report: ReadReport, key: str) -> tuple[str, ...]:
    row = report.listed.get(key)
    if row is None:
        return ()
    with told_as_damaged(report, row):
        found = json.loads("".join(map(str, row.issued)))
        if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
            raise ValueError("not a list of texts")
    return tuple(found)


def _arguments(report: ReadReport) -> Iterator[Argument]:
    """Yield the arguments of the written case, which carry no line number."""
    for row in report.listed.values():
        if row.kind == "argument":
            with told_as_damaged(report, row):
                argument = _argument(json.loads(str(row.issued[0])))
            yield argument


def _argument(parts: Mapping[str, Any]) -> Argument:
    """Return an argument from its parts. Raises ValueError, TypeError or KeyError if damaged."""
    if not all(isinstance(text, str | None) for text in parts.values()):
        raise ValueError("not made of texts")
    due = parts["due"]
    return Argument(
        **{
            **parts,
            "published": date.fromisoformat(parts["published"]),
            "due": date.fromisoformat(due) if due else None,
            "line_no": 0,
        }
    )


def overridden_keys(given: Mapping[Line, Array], members: Members) -> Iterator[str]:
    """Yield the key of every input whose override is filled in."""
    for entry in given_entries():
        if entry.override in given and not np.all(np.isnan(given[entry.override])):
            for key, index in filled(entry, members):
                if not np.isnan(given[entry.override][index]):
                    yield key


def logged_overrides(report: ReadReport) -> dict[str, Origin]:
    """Return the overrides that were in force at issue, by key."""
    columns = [_logged(report, line) for line in _LOG]
    return {
        _text(key): _origin(StatedOrigin(None, *said))
        for key, state, *said in zip(*columns, strict=False)
        if isinstance(state, str) and state.startswith("in force")
    }


def _logged(report: ReadReport, line: Line) -> list[float | str | None]:
    row = report.listed.get(line.key)
    return [] if row is None else unpacked_issue(report, row)


def override_now(report: ReadReport, key: str) -> Origin:
    """Return who overrides an input now, why and until when.

    The cells beside it say so; for an input of another tab a row that notes its key on Inputs,
    else the log.
    """
    row = report.listed.get(f"{key}.override")
    if row is not None and any(row.remarks.signature):
        author, reason, expires = (_remark(report, cell) for cell in row.remarks.signature)
        return _origin(StatedOrigin(None, row.origin.published, author, reason, expires))
    return _noted(report).get(key) or logged_overrides(report).get(key, Origin())


def _remark(report: ReadReport, place: Ref | None) -> Value:
    cell = None if place is None else next(iter(report.cells(place)), None)
    return None if cell is None else cell.value


def _noted(report: ReadReport) -> dict[str, Origin]:
    """Return what the spare rows below the log say, by the key noted in them."""
    found = {}
    for name in SPARE_OVERRIDES:
        key, *said = (_note(report, line, name) for line in _NOTED)
        if isinstance(key, str):
            found[key] = _origin(StatedOrigin(None, *said))
    return found


def _note(report: ReadReport, line: Line, name: str) -> Value:
    ((key, _),) = filled(line, {OVERRIDE_ROW: (name,)})
    row = report.listed.get(key)
    return None if row is None else next(iter(values_now(report, row)), None)


def _origin(stated: StatedOrigin) -> Origin:
    return Origin(
        _text(stated.source),
        _number(stated.published),
        _text(stated.author),
        _text(stated.reason),
        _number(stated.expires),
    )


def _text(value: Value) -> str:
    return "" if value is None else str(value)


def _number(value: Value) -> float:
    return value if isinstance(value, float) else math.nan
