"""Which override of an input stands: the newest of its key, neither revoked nor expired."""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING

from reportgen.facts.reading.dates import readings

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from reportgen.facts.rows import Override


def with_standing(rows: Iterable[Override], as_of: date) -> tuple[Override, ...]:
    """The rows with `active` set on those that stand at `as_of`, at most one a key.

    A row with `revokes` takes back the row of its key that was published on the day it names, or,
    naming no day, all earlier ones; it may state a value of its own instead. What is taken back
    counts as never said, so that an earlier value stands again; an expired one gives way to none.
    `expires` is the last day on which a value stands.
    """
    rows = tuple(rows)
    by_key: defaultdict[str, list[Override]] = defaultdict(list)
    for row in rows:
        by_key[row.key].append(row)
    standing = {id(row) for of_key in by_key.values() for row in _standing(of_key, as_of)}
    return tuple(row._replace(active=id(row) in standing) for row in rows)


def revoked(rows: Sequence[Override]) -> list[Override]:
    """The rows of one key that another one takes back."""
    taken_back = []
    for row in rows:
        if not row.revokes:
            continue
        named = set(readings(row.revokes).values())
        taken_back += [
            other
            for other in rows
            if other is not row
            and (other.published in named if named else other.published <= row.published)
        ]
    return taken_back


def _standing(of_key: Sequence[Override], as_of: date) -> list[Override]:
    gone = {id(row) for row in revoked(of_key)}
    said = [row for row in of_key if id(row) not in gone and not math.isnan(row.value)]
    newest = sorted(said, key=lambda row: row.published)[-1:]
    return [row for row in newest if row.expires is None or as_of <= row.expires]
