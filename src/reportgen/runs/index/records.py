"""The index of a month as plain records, that the workbook and the page show alike."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from reportgen.values import Value

MONTHS = 12  # of the trail of expected values
LEAST = 0.0005  # the smallest change that counts as one: a smaller one is told as 0.0%


class Links(NamedTuple):
    """Files of a report that are there, as paths below the outputs; "" for one that is not."""

    report: str = ""
    page: str = ""
    changes: str = ""


class Moved(NamedTuple):
    """An input and what it moved the expected value by, in price currency."""

    label: str
    amount: float


class Event(NamedTuple):
    """What is to come next; `day` None where none is named yet."""

    day: date | None
    what: str


class Concern(NamedTuple):
    """Something that needs a person; `cell` is `Tab!A1` in the report at `link`, each may be ""."""

    ticker: str
    name: str
    kind: str
    text: str
    cell: str = ""
    link: str = ""


class PlainTable(NamedTuple):
    """A table that the index shows as it is given.

    `units` has a number format of the house theme for each column (`ratio`, `two`, `count` ...),
    "" for text; `note` stands below.
    """

    title: str
    head: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    units: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True)
class IndexRow:
    """A company in the index; money is in `currency` a share of as-of, None is n/a.

    `stance_before`, `day_before` and `crossed` speak of the report before; "" and None where there
    was none. `change` is from last month's expected value, solved again by today's model, to
    today's, and `causes` are its two largest; `restated` is that value less what was issued then.
    `trail` holds the expected value as issued in each of the last twelve months, splits restated.
    """

    ticker: str
    name: str
    tags: tuple[str, ...]
    currency: str
    stance: str
    stance_before: str
    day_before: date | None
    crossed: tuple[str, ...]
    price: float | None
    bear: float | None
    base: float | None
    bull: float | None
    expected: float | None
    hype_adjusted: float | None
    consensus: float | None
    brokers: float | None
    upside: float | None
    skew: float | None
    hype_score: float | None
    trail: tuple[float | None, ...]
    expected_before: float | None
    change: float | None
    causes: tuple[Moved, ...]
    restated: float | None
    readiness: str
    fails: float | None
    warns: float | None
    stale: tuple[str, ...]
    conflicts: int
    next_event: Event | None
    revision: int
    links: Links

    @property
    def is_new_stance(self) -> bool:
        """Whether the stance is another than that of the report before."""
        return bool(self.stance_before) and self.stance != self.stance_before

    @property
    def relative_change(self) -> float | None:
        """The change over last month's value; None where either is n/a, or that value is 0."""
        if self.change is None or not self.expected_before:
            return None
        return self.change / abs(self.expected_before)


@dataclass(frozen=True)
class Index:
    """The index of a day: rows and concerns in the order in which they are shown.

    `track` are the tables of the track record, None where nothing is said of it.
    """

    as_of: date
    rows: tuple[IndexRow, ...]
    concerns: tuple[Concern, ...]
    track: tuple[PlainTable, ...] | None = None

    @cached_property
    def movers(self) -> tuple[IndexRow, ...]:
        """The companies whose expected value moved, the largest relative change first."""
        sized = [(-abs(row.relative_change or 0.0), row.ticker, row) for row in self.rows]
        found = sorted(sized, key=lambda one: one[:2])
        return tuple(row for size, _, row in found if -size >= LEAST)

    @property
    def title(self) -> str:
        """What the index is called."""
        return f"Index of {self.as_of}"

    @property
    def summary(self) -> str:
        """How many companies there are, and how many of them are worth a look."""
        stances = sum(row.is_new_stance for row in self.rows)
        crossed = sum(bool(row.crossed) for row in self.rows)
        watched = len({one.ticker for one in self.concerns})
        need = "needs" if watched == 1 else "need"
        companies = "1 company" if len(self.rows) == 1 else f"{len(self.rows):,} companies"
        return (
            f"{companies}: {stances:,} changed stance, {crossed:,} crossed a level,"
            f" {len(self.movers):,} moved, {watched:,} {need} a person"
        )
