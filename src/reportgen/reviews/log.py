"""The log of overrides of a company: which stand, which ran out, and taking one back."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.overrides import State, newer_figures, states
from reportgen.facts.pack import load
from reportgen.facts.policy import load_policy
from reportgen.facts.problems import suggestion
from reportgen.intake.additions import Addition, one_line
from reportgen.model.case.build import build_case
from reportgen.periods import as_day
from reportgen.reviews.acceptance import preview, take, taken_back

if TYPE_CHECKING:
    from datetime import date
    from os import PathLike

    from reportgen.facts.rows import Override
    from reportgen.intake.additions import Appended
    from reportgen.periods import Day

_SPENT: frozenset[State] = frozenset({"revoked", "revokes"})


class Logged(NamedTuple):
    """A row of overrides.csv, and what has become of it.

    `newer` is the day of the figure that it stands against, where that is newer than itself.
    """

    row: Override
    state: State
    newer: date | None = None


def overrides(
    ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs"
) -> tuple[Logged, ...]:
    """Return every row of overrides.csv known as of a day, by key and day, and its state.

    Raises InputErrors with every mistake of the pack, ReportgenError for a day that is none.
    """
    pack = load(ticker, as_of=as_of, inputs=inputs)
    unused = build_case(pack, load_policy()).unused_overrides
    rows = pack.rows.overrides
    newer = newer_figures(pack.rows, (row for row in rows if row.active))
    return tuple(
        Logged(row, state, newer.get(row.key) if row.active else None)
        for row, state in zip(rows, states(rows, pack.as_of, unused), strict=True)
    )


def revoke(
    ticker: str,
    key: str,
    *,
    as_of: Day,
    author: str,
    reason: str = "",
    published: date | None = None,
    inputs: str | PathLike[str] = "inputs",
) -> tuple[Appended, ...]:
    """Append the row that takes back every override of a key; return the file it was added to.

    `published` is the day of the revocation, by default `as_of`. Raises ReportgenError if no
    override of the key is in force or nobody signs, else as `preview` and `take`.
    """
    day = as_day(as_of)
    entries = overrides(ticker, as_of=day, inputs=inputs)
    standing = [entry.row.key for entry in entries if entry.row.active]
    if key not in standing:
        remedy = (
            suggestion(key, standing) or f"reportgen overrides {shlex.quote(ticker)} lists what is"
        )
        raise ReportgenError(f"no override of {quote(key)} is in force as of {day}; {remedy}")
    if not author:
        raise ReportgenError("nobody signs the revocation: say who with --author")
    row = {
        "published": (published or day).isoformat(),
        "key": key,
        "revokes": taken_back(
            [e.row for e in entries if e.row.key == key and e.state not in _SPENT]
        ),
        "value": "",
        "author": one_line(author),
        "reason": one_line(reason),
    }
    files = preview((Addition("overrides", (row,)),), Path(inputs), ticker, day)
    take(files)
    return files
