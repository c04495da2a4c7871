"""The log of overrides of a company: which stand, which ran out, and taking one back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.diff.review.accept import plain_remark, taken_back
from reportgen.diff.review.appending import Addition
from reportgen.diff.review.taking import preview, take
from reportgen.errors import ReportgenError, quote
from reportgen.facts.nearest import suggestion
from reportgen.facts.overrides import revoked
from reportgen.facts.pack import load
from reportgen.facts.policy import load_policy
from reportgen.model.case.building import build_case

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.diff.review.appending import Appended
    from reportgen.diff.review.records import Remark
    from reportgen.facts.rows import Override

StateOfOverride = Literal["in force", "expired", "revoked", "replaced", "revokes", "no such input"]


_SPENT = frozenset({"revoked", "revokes"})


class Logged(NamedTuple):
    """A row of overrides.csv, and what has become of it."""

    row: Override
    state: StateOfOverride


def logged(ticker: str, as_of: date, inputs: Path) -> tuple[Logged, ...]:
    """Return every row of overrides.csv known at `as_of`, by key and day.

    Raises InputErrors with every mistake of the pack.
    """
    pack = load(ticker, as_of, inputs)
    unused = set(build_case(pack, load_policy()).unused_overrides)
    rows = pack.rows.overrides
    gone = {id(row) for key in {row.key for row in rows} for row in revoked(_of(rows, key))}
    return tuple(Logged(row, _state(row, as_of, unused, gone)) for row in rows)


def _of(rows: Sequence[Override], key: str) -> list[Override]:
    return [row for row in rows if row.key == key]


def _state(row: Override, as_of: date, unused: set[str], gone: set[int]) -> StateOfOverride:
    if row.active:
        return "no such input" if row.key in unused else "in force"
    if math.isnan(row.value):
        return "revokes"
    if id(row) in gone:
        return "revoked"
    return "expired" if row.expires is not None and row.expires < as_of else "replaced"


def revoke(ticker: str, as_of: date, inputs: Path, key: str, said: Remark) -> tuple[Appended, ...]:
    """Append the row that takes back every override of a key; return the file it was added to.

    Raises ReportgenError if none is in force or nobody signs, else as `preview` and `take`.
    """
    entries = logged(ticker, as_of, inputs)
    standing = [entry.row.key for entry in entries if entry.row.active]
    if key not in standing:
        remedy = suggestion(key, standing) or f"reportgen overrides {ticker} lists what is"
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
