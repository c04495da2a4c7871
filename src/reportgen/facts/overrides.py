"""What becomes of overrides: of a key the newest stands that is neither revoked nor expired."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Literal

from reportgen.facts.reading.dates import readings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from datetime import date

    from reportgen.facts.rows import Override, PackRows

State = Literal["in force", "expired", "revoked", "replaced", "revokes", "no such input"]


def with_standing(rows: Iterable[Override], as_of: date) -> tuple[Override, ...]:
    """The rows with `active` set on those that stand at `as_of`, at most one a key.

    A row with `revokes` takes back the row of its key that was published on the day it names, or,
    naming no day, all earlier ones; it may state a value of its own instead. What is taken back
    counts as never said, so that an earlier value stands again; an expired one gives way to none.
    `expires` is the last day on which a value stands.
    """
    rows = tuple(rows)
    standing = {id(row) for of_key in _by_key(rows) for row in _standing(of_key, as_of)}
    return tuple(row._replace(active=id(row) in standing) for row in rows)


def states(
    rows: Sequence[Override], as_of: date, unused: Collection[str] = ()
) -> tuple[State, ...]:
    """What has become of each row by `as_of`, in a word.

    `unused` are the keys that fit no input of the pack, which only its model can tell.
    """
    gone = {id(row) for row in revoked(rows)}
    return tuple(_state(row, as_of, unused, is_revoked=id(row) in gone) for row in rows)


def _state(row: Override, as_of: date, unused: Collection[str], *, is_revoked: bool) -> State:
    if row.active:
        return "no such input" if row.key in unused else "in force"
    if math.isnan(row.value):
        return "revokes"
    if is_revoked:
        return "revoked"
    return "expired" if row.expires is not None and row.expires < as_of else "replaced"


def revoked(rows: Iterable[Override]) -> list[Override]:
    """The rows that another one of their key takes back."""
    return [row for of_key in _by_key(rows) for by in of_key for row in _taken_back(by, of_key)]


def idle_revocations(rows: Iterable[Override]) -> list[Override]:
    """The rows that name something to take back, where there is nothing of the kind."""
    return [
        row
        for of_key in _by_key(rows)
        for row in of_key
        if row.revokes and not any(_taken_back(row, of_key))
    ]


def _by_key(rows: Iterable[Override]) -> list[list[Override]]:
    by_key: defaultdict[str, list[Override]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    return list(by_key.values())


def _taken_back(by: Override, of_key: Iterable[Override]) -> Iterator[Override]:
    """Yield what a row takes back of the rows of its key."""
    if not by.revokes:
        return
    named = set(readings(by.revokes).values())
    for other in of_key:
        if other is not by and (
            other.published in named if named else other.published <= by.published
        ):
            yield other


def _standing(of_key: Sequence[Override], as_of: date) -> list[Override]:
    gone = {id(row) for row in revoked(of_key)}
    said = [row for row in of_key if id(row) not in gone and not math.isnan(row.value)]
    newest = sorted(said, key=lambda row: row.published)[-1:]
    return [row for row in newest if row.expires is None or as_of <= row.expires]


def newer_figures(rows: PackRows, overrides: Iterable[Override]) -> dict[str, date]:
    """Return the overrides that stand against a figure newer than themselves: its day, by key.

    Figures are what the assumptions say of the same input, and what was reported of the same
    period.
    """
    found = ((one.key, newer_figure(rows, one.key, one.published)) for one in overrides)
    return {key: newer for key, newer in found if newer is not None}


def newer_figure(rows: PackRows, key: str, since: date) -> date | None:
    """Return the last day after another on which somebody stated the figure of a key, or None."""
    return max((day for day in _days_of(key, rows) if day > since), default=None)


def _days_of(key: str, rows: PackRows) -> Iterator[date]:
    """Yield the days on which somebody stated the figure of a key."""
    table, _, members = key.removesuffix("]").partition("[")
    match table, *members.split(","):
        case "assumption", name, scenario, segment:
            for row in rows.assumptions:
                if (row.key, row.segment) == (name, segment) and row.scenario in {scenario, "all"}:
                    yield row.published
        case "fundamental", segment, metric, period:
            for reported in rows.fundamentals:
                of = (reported.segment, reported.metric, reported.period)
                if of == (segment, metric, period):
                    yield reported.published
