"""What stands beside the inputs: days of publication, remarks on overrides, and their log."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Dim, Line, Role, Unit
from reportgen.facts.overrides import newer_figures, states
from reportgen.model.given_values import BLANK, column, day_number
from reportgen.model.inputs.conversion import per_euro
from reportgen.model.keys import filled, spare_rows
from reportgen.model.words import Entry, given, published_of, remark

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from reportgen.expr.numeric import Array
    from reportgen.facts.pack import Pack
    from reportgen.facts.rows import Override
    from reportgen.model.case.record import Origin
    from reportgen.model.question import Question


SPARE_OVERRIDES = spare_rows(5)
LOGGED = Dim("logged")  # rows of overrides.csv
OVERRIDE_ROW = Dim("override_row")  # room for more

_LOG = "override_log[{logged}]"
logged_key = given(f"{_LOG}.key", "Key", Unit.TEXT, LOGGED)
logged_value = given(f"{_LOG}.value", "Value", Unit.NUMBER, LOGGED)
logged_unit = given(f"{_LOG}.unit", "Read in", Unit.TEXT, LOGGED)
logged_state = given(f"{_LOG}.state", "State", Unit.TEXT, LOGGED)
logged_published = given(f"{_LOG}.published", "Published", Unit.DATE, LOGGED)
logged_author = given(f"{_LOG}.author", "Author", Unit.TEXT, LOGGED)
logged_reason = given(f"{_LOG}.reason", "Reason", Unit.TEXT, LOGGED)
logged_expires = given(f"{_LOG}.expires", "Expires", Unit.DATE, LOGGED)

_ROW = "override_row[{override_row}]"
spare_key = given(f"{_ROW}.key", "Key", Unit.TEXT, OVERRIDE_ROW)
spare_value = given(f"{_ROW}.value", "Value", Unit.NUMBER, OVERRIDE_ROW)
spare_published = given(f"{_ROW}.published", "Published", Unit.DATE, OVERRIDE_ROW)
spare_author = given(f"{_ROW}.author", "Author", Unit.TEXT, OVERRIDE_ROW)
spare_reason = given(f"{_ROW}.reason", "Reason", Unit.TEXT, OVERRIDE_ROW)
spare_expires = given(f"{_ROW}.expires", "Expires", Unit.DATE, OVERRIDE_ROW)


class Remarks(NamedTuple):
    """The typed cells beside an input: when it was published, who overrides it, why, how long."""

    published: Line
    author: Line
    reason: Line
    expires: Line


@cache
def remarks(entry: Entry) -> Remarks:
    """Return the lines that stand beside an input, shaped like it."""
    return Remarks(
        published_of(entry),
        remark(entry.override, "author", f"{entry.label}, override by", Unit.TEXT),
        remark(entry.override, "reason", f"{entry.label}, reason", Unit.TEXT),
        remark(entry.override, "expires", f"{entry.label}, expires", Unit.DATE),
    )


def on_inputs(lines: Iterable[Line]) -> tuple[Entry, ...]:
    """Return the inputs that have their row on the Inputs tab, in the order of the lines.

    Figures of tables have a tab of their own; those of the company, and the rates, stand here.
    """
    inputs = (line for line in lines if isinstance(line, Entry))
    return tuple(of for of in inputs if of.role is not Role.FIGURE or not of.dims or of is per_euro)


def know(question: Question, pack: Pack) -> None:
    """Add the log of overrides, five rows to note others in, and the days of the rates."""
    logged = (str(k + 1) for k, _ in enumerate(pack.rows.overrides))
    question.dimension(LOGGED, logged)
    question.members[OVERRIDE_ROW] = SPARE_OVERRIDES
    question.given.update(_log(pack, question.case.unused_overrides))


def _log(pack: Pack, unused: Collection[str]) -> Mapping[Line, Array]:
    """Return the log of overrides, and the days of the exchange rates."""
    rows = pack.rows.overrides
    columns: Mapping[Line, Callable[[Override], object]] = {
        logged_key: lambda row: row.key,
        logged_value: lambda row: row.value,
        logged_unit: lambda row: row.unit,
        logged_published: lambda row: day_number(row.published),
        logged_author: lambda row: row.author,
        logged_reason: lambda row: row.reason,
        logged_expires: lambda row: day_number(row.expires),
    }
    size = max(len(rows), 1)
    found = {
        line: column(line, [cell(row) for row in rows], size) for line, cell in columns.items()
    }
    newer = newer_figures(pack.rows, (row for row in rows if row.active))
    told = [
        f"{state}; figure of {newer[row.key]} is newer"
        if row.active and row.key in newer
        else state
        for row, state in zip(rows, states(rows, pack.as_of, unused), strict=True)
    ]
    found[logged_state] = column(logged_state, told, size)
    dated = remarks(per_euro).published
    return {
        **found,
        dated: column(dated, [day_number(rate.date) for rate in pack.rows.fx], len(pack.rows.fx)),
    }


def ask(question: Question) -> None:
    """Add what stands beside each input."""
    for entry in on_inputs(tuple(question.lines)):
        lines = remarks(entry)
        question.lines.extend(lines)
        for line, values in zip(lines, _beside(entry, question), strict=True):
            question.given.setdefault(line, values)


def _beside(entry: Entry, question: Question) -> tuple[Array, Array, Array, Array]:
    """Return day, author, reason and expiry for each cell of an input, blank where unknown."""
    shape = tuple(question.size(dim) for dim in entry.dims)
    author, reason = (np.full(shape, "", dtype=object) for _ in range(2))
    published, expires = (np.full(shape, BLANK) for _ in range(2))
    issued, overridden = question.case.issued, question.case.overridden
    for key, index in filled(entry, question.members):
        if key in issued:
            published[index] = issued[key].published
        if key in overridden:
            origin: Origin = overridden[key]
            author[index], reason[index] = origin.author, origin.reason
            expires[index] = origin.expires
    return published, author, reason, expires
