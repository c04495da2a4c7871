"""The log of overrides of a company: which stand, which ran out, and taking one back."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, quote
from reportgen.facts.overrides import State, states
from reportgen.facts.pack import load
from reportgen.facts.policy import load_policy
from reportgen.facts.problems import suggestion
from reportgen.model.case.build import build_case
from reportgen.reviews.accept import plain_remark, taken_back
from reportgen.reviews.appending import Addition
from reportgen.reviews.taking import preview, take

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reportgen.facts.rows import Override
    from reportgen.reviews.appending import Appended
    from reportgen.reviews.records import Remark

_SPENT: frozenset[State] = frozenset({"revoked", "revokes"})


class Logged(NamedTuple):
    """A row of overrides.csv, and what has become of it."""

    row: Override
    state: State


def logged(ticker: str, as_of: date, inputs: Path) -> tuple[Logged, ...]:
    """Return every row of overrides.csv known at `as_of`, by key and day.

    Raises InputErrors with every mistake of the pack.
    """
    pack = load(ticker, as_of, inputs)
    unused = build_case(pack, load_policy()).unused_overrides
    rows = pack.rows.overrides
    return tuple(map(Logged, rows, states(rows, as_of, unused)))


def revoke(ticker: str, as_of: date, inputs: Path, key: str, said: Remark) -> tuple[Appended, ...]:
    """Append the row that takes back every override of a key; return the file it was added to.

    Raises ReportgenError if none is in force or nobody signs, else as `preview` and `take`.
    """
    entries = logged(ticker, as_of, inputs)
    standing = [entry.row.key for entry in entries if entry.row.active]
    if key not in standing:
        remedy = (
            suggestion(key, standing) or f"reportgen overrides {shlex.quote(ticker)} lists what is"
        )
        raise ReportgenError(f"no override of {quote(key)} is in force as of {as_of}; {remedy}")
    if not said.author:
        raise ReportgenError("nobody signs the revocation: say who with --author")
    row = {
        "published": (said.published or as_of).isoformat(),
        "key": key,
        "revokes": taken_back(
            [e.row for e in entries if e.row.key == key and e.state not in _SPENT]
        ),
        "value": "",
        "author": plain_remark(said.author),
        "reason": plain_remark(said.reason),
    }
    files = preview((Addition("overrides", (row,)),), inputs, ticker, as_of)
    take(files)
    return files
