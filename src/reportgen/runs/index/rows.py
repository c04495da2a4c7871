"""From what stands on disk about each company to the rows of the index, and to what needs a person.

What was read is taken for text and numbers only where it is: a manifest is read by who trusts it
with nothing.
"""

from __future__ import annotations

import math
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reportgen.periods import parse_iso_day
from reportgen.runs.index.records import (
    MONTHS,
    Concern,
    Event,
    Index,
    IndexRow,
    Links,
    Moved,
)
from reportgen.runs.issued import VALUES, newest_of
from reportgen.values import cut

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from reportgen.runs.index.records import PlainTable
    from reportgen.runs.issued import Issue
    from reportgen.runs.manifest import Manifest
    from reportgen.values import Value

CAUSES = 2
LONGEST_NAME, LONGEST_TEXT = 200, 1_000  # characters
MOST_TAGS = 20
GOOD = "decision-grade"
NA = "n/a"
# What a price crosses, each by its key
LEVELS = {
    "stance.buy_below": "buy-below",
    "stance.short_above": "short-above",
    "bear.value": "bear",
    "base.value": "base",
    "bull.value": "bull",
}
# Kinds of concerns, the heaviest first; kinds that are not named stand last
KINDS = (
    "failed",
    "no report",
    "unreadable",
    "FAIL",
    "stance",
    "level",
    "readiness",
    "not plausible",
    "WARN",
    "conflicts",
    "stale",
    "n/a",
    "warning",
)


class Reported(NamedTuple):
    """What stands on disk about a company: its manifest of the day, and what was issued before.

    `previous` is the manifest of an earlier report, for what `issues` do not say. `splits` are, by
    as-of of earlier reports, how many shares one of the month before had become. `links` lead to
    the files that are there.
    """

    manifest: Manifest
    issues: tuple[Issue, ...] = ()
    previous: Manifest | None = None
    splits: Mapping[date, float] = MappingProxyType({})
    links: Links = Links()


class _Before(NamedTuple):
    """The report before: its day and its values by public key."""

    day: date
    values: Mapping[str, Value]


def index_of(
    as_of: date,
    companies: Iterable[Reported],
    absent: Iterable[Concern] = (),
    track: tuple[PlainTable, ...] | None = None,
) -> Index:
    """Return the index of a day.

    Companies stand in the order of importance: new stances, then crossed levels, then by the size
    of the change. Of what needs a person the `absent`, without a report, come first, then the
    companies as they stand, of each the heaviest first.
    """
    listed = sorted(((_row(one), one) for one in companies), key=lambda pair: _importance(pair[0]))
    found = sorted(absent, key=lambda one: (_heaviness(one.kind), one))
    for row, company in listed:
        of_row = _concerns(row, company.manifest)
        found += sorted(of_row, key=lambda one: _heaviness(one.kind))
    return Index(as_of, tuple(row for row, _ in listed), tuple(found), track)


def _importance(row: IndexRow) -> tuple[int, float, str]:
    group = 0 if row.is_new_stance else 1 if row.crossed else 2
    change = row.relative_change
    return group, math.inf if change is None else -abs(change), row.ticker


def _row(found: Reported) -> IndexRow:
    manifest = found.manifest
    values, since = manifest.values, manifest.since_last_month
    before = _before(found)
    old, new = number(since.old), number(since.new)
    return IndexRow(
        ticker=spelled(manifest.ticker),
        name=spelled(manifest.name),
        tags=tuple(map(spelled, manifest.tags[:MOST_TAGS])),
        currency=spelled(values.get("company.price_currency")),
        stance=spelled(values.get("stance.call")),
        stance_before=spelled(before.values.get("stance.call")) if before else "",
        day_before=before.day if before else None,
        crossed=_crossed(before.values, values) if before else (),
        price=number(values.get("price")),
        bear=number(values.get("bear.value")),
        base=number(values.get("base.value")),
        bull=number(values.get("bull.value")),
        expected=number(values.get("expected_value")),
        hype_adjusted=number(values.get("hype.value")),
        consensus=number(values.get("hype.consensus")),
        brokers=number(values.get("hype.brokers")),
        upside=number(values.get("upside")),
        skew=number(values.get("skew")),
        hype_score=number(values.get("hype.score")),
        trail=_trail(found),
        expected_before=old,
        change=None if old is None or new is None else new - old,
        causes=tuple(_causes(manifest)),
        restated=_restated(found, old),
        readiness=spelled(values.get("readiness")),
        fails=number(values.get("checks.fail")),
        warns=number(values.get("checks.warn")),
        stale=tuple(map(spelled, manifest.stale)),
        conflicts=int(number(manifest.conflicts) or 0),
        next_event=_next_event(manifest),
        revision=int(number(manifest.newest.number) or 1),
        links=found.links,
    )


def _before(found: Reported) -> _Before | None:
    """The newest report of an earlier day, as it was issued."""
    day = found.manifest.day
    days = [one.as_of for one in found.issues if one.as_of < day]
    issue = newest_of(found.issues, max(days)) if days else None
    if issue is not None:
        return _Before(issue.as_of, {VALUES[name]: one for name, one in issue.values.items()})
    earlier = found.previous
    return _Before(earlier.day, earlier.values) if earlier and earlier.day < day else None


def _crossed(before: Mapping[str, Value], now: Mapping[str, Value]) -> tuple[str, ...]:
    """The levels that the price was on the other side of before; each month by its own shares."""
    sides: dict[str, list[str]] = {"above": [], "below": []}
    for key, name in LEVELS.items():
        is_above, was_above = _is_above(now, key), _is_above(before, key)
        if None not in (is_above, was_above) and is_above is not was_above:
            sides["above" if is_above else "below"].append(name)
    return tuple(f"{side} {', '.join(names)}" for side, names in sides.items() if names)


def _is_above(values: Mapping[str, Value], key: str) -> bool | None:
    price, level = number(values.get("price")), number(values.get(key))
    return None if price is None or level is None else price > level


def _causes(manifest: Manifest) -> Iterator[Moved]:
    for cause in manifest.since_last_month.causes[:CAUSES]:
        amount = number(cause.amount)
        if amount:
            yield Moved(spelled(cause.label), amount)


def _restated(found: Reported, old: float | None) -> float | None:
    """Last month's value by today's model, less what was issued then, in shares of as-of."""
    since = found.manifest.since_last_month
    day = parse_iso_day(spelled(since.as_of))
    issued = newest_of(found.issues, day) if day else None
    value = _expected(issued) if issued else None
    return None if old is None or value is None else old - value / _split(since.split)


def _trail(found: Reported) -> tuple[float | None, ...]:
    """The expected value of the newest report of each month, in shares of as-of, the newest last.

    A split lies between the reports of two months, and divides all values before it.
    """
    manifest = found.manifest
    last = _month(manifest.day)
    points = {manifest.day: number(manifest.values.get("expected_value"))}
    points |= {one.as_of: _expected(one) for one in found.issues if one.as_of < manifest.day}
    splits = dict(found.splits) | {manifest.day: manifest.since_last_month.split}
    trail: dict[int, float | None] = {}
    shares = 1.0
    for day in sorted(points, reverse=True):
        month = _month(day)
        if month not in trail:
            value = points[day]
            trail[month] = None if value is None else value / shares
            shares *= _split(splits.get(day, 1.0))
    return tuple(trail.get(month) for month in range(last - MONTHS + 1, last + 1))


def _expected(of: Issue) -> float | None:
    return number(of.values["expected"])


def _month(day: date) -> int:
    return day.year * 12 + day.month


def _split(factor: object) -> float:
    found = number(factor)
    return found if found is not None and found > 0 else 1.0


def _next_event(manifest: Manifest) -> Event | None:
    """The first event from as-of on; one without a day only where no other is to come."""
    events = [
        Event(parse_iso_day(spelled(one.day)), spelled(one.what, LONGEST_TEXT))
        for one in manifest.events
    ]
    dated = [one for one in events if one.day and one.day >= manifest.day]
    if dated:
        return min(dated, key=lambda one: (str(one.day), one.what))
    return next((one for one in events if one.day is None), None)


def _heaviness(kind: str) -> int:
    return KINDS.index(kind) if kind in KINDS else len(KINDS)


def _concerns(row: IndexRow, manifest: Manifest) -> Iterator[Concern]:
    def concern(kind: str, text: str, cell: str = "") -> Concern:
        return Concern(row.ticker, row.name, kind, text, cell, row.links.report)

    if row.is_new_stance:
        yield concern("stance", f"{row.stance or NA}, was {row.stance_before} on {row.day_before}")
    if row.crossed:
        levels = " and ".join(row.crossed)
        yield concern("level", f"the price is {levels}, and was not on {row.day_before}")
    if row.readiness != GOOD:
        reason = spelled(manifest.values.get("readiness.reason"), LONGEST_TEXT)
        yield concern("readiness", f"{row.readiness or NA}{': ' if reason else ''}{reason}")
    for one in manifest.attention:
        yield concern(spelled(one.kind), spelled(one.text, LONGEST_TEXT), spelled(one.cell))
    if row.conflicts:
        told = "source conflict is" if row.conflicts == 1 else "source conflicts are"
        yield concern("conflicts", f"{row.conflicts} {told} open")
    for name in row.stale:
        yield concern("stale", name)
    if not row.links.report:
        yield concern(
            "no report", f"{spelled(manifest.newest.file)} is not beside its manifest: run it anew"
        )


def number(value: object) -> float | None:
    """A value that is a finite number; None for anything else."""
    if not isinstance(value, float | int) or isinstance(value, bool):
        return None
    try:
        found = float(value)
    except OverflowError:
        return None
    return found if math.isfinite(found) else None


def spelled(value: object, longest: int = LONGEST_NAME) -> str:
    """A value as a text of one line: no control characters, and cut where it is too long."""
    if value is None:
        return ""
    text = str(value)[: longest + 1]
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else " " for letter in text)
    return cut(text, longest)
