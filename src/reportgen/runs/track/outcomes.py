"""What became of past reports: the close a year later, and what lay between.

One file beside each report, OUTPUTS/TICKER/DATE/outcomes.csv, holds them as of its day, so that all
companies can be scored without their inputs. Values and closes are in shares of as-of.
"""

from __future__ import annotations

import csv
import io
import math
from bisect import bisect_right
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from reportgen.errors import ReportgenError
from reportgen.facts import scoring
from reportgen.facts.rows import PastReport
from reportgen.periods import from_serial, serial
from reportgen.xlsx.atomic import atomic_store

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from reportgen.facts.pack import Pack
    from reportgen.facts.rows import Close, Event

NAME = "outcomes.csv"
Status = Literal["resolved", "pending", "delisted", "unresolved", "other currency"]


class Outcome(NamedTuple):
    """A past report and what became of it: nan is n/a.

    `close` is that of the outcome; `high` and `low` are the outermost closes known in the window;
    `deviation` is that of the logarithm of the price over a year, by the closes before the report.
    """

    said: PastReport
    status: Status
    close: float
    high: float
    low: float
    deviation: float

    @property
    def as_of(self) -> date:
        """The day of the report."""
        return self.said.as_of

    @property
    def is_scored(self) -> bool:
        """Whether the report is held to what it said: issued in time, and with an outcome."""
        is_known = not (math.isnan(self.close) or math.isnan(self.said.price))
        return self.said.scored == "yes" and is_known


class Facts(NamedTuple):
    """What decides outcomes: closes by day, oldest first; the day of as-of; the currency."""

    days: Sequence[date]
    closes: Sequence[float]
    as_of: date
    currency: str
    is_delisted: bool

    def last(self, day: date) -> int:
        """Return the position behind the last close on or before a day."""
        return bisect_right(self.days, min(day, self.as_of))


def outcomes_of(pack: Pack) -> tuple[Outcome, ...]:
    """Return what became of every past report that a pack knows of, the earliest first."""
    return outcomes(pack.rows.history, facts_of(pack))


def facts_of(pack: Pack) -> Facts:
    """Return what decides outcomes as a pack knows it."""
    closes: tuple[Close, ...] = tuple(row for row in pack.rows.prices if not math.isnan(row.close))
    return Facts(
        [row.date for row in closes],
        [row.close for row in closes],
        pack.as_of,
        pack.company.price_currency,
        is_delisted(pack.rows.events),
    )


def is_delisted(events: Iterable[Event]) -> bool:
    """Return whether the newest known row of the event `delisting` says that it is done."""
    rows = [row for row in events if row.event.casefold() == scoring.DELISTING]
    newest = max(rows, key=lambda row: row.published, default=None)
    return newest is not None and newest.status == scoring.DONE


def outcomes(said: Iterable[PastReport], facts: Facts) -> tuple[Outcome, ...]:
    """Return what became of past reports by what is known as of a day."""
    return tuple(_outcome(one, facts) for one in said)


def _outcome(said: PastReport, facts: Facts) -> Outcome:
    ends = year_after(said.as_of)
    first, last = facts.last(said.as_of), facts.last(ends)
    status = _status(said, ends, last, facts)
    is_known = status in {"resolved", "delisted"} and last > 0
    window = facts.closes[first:last]
    return Outcome(
        said,
        status,
        facts.closes[last - 1] if is_known else math.nan,
        max(window, default=math.nan),
        min(window, default=math.nan),
        deviation(said.as_of, facts) if is_known else math.nan,
    )


def _status(said: PastReport, ends: date, last: int, facts: Facts) -> Status:
    if said.currency != facts.currency:
        return "other currency"
    is_over = ends <= facts.as_of
    if is_over and last and (ends - facts.days[last - 1]).days <= scoring.CLOSE_DAYS:
        return "resolved"
    if facts.is_delisted and (not facts.days or facts.days[facts.last(facts.as_of) - 1] <= ends):
        return "delisted"
    return "unresolved" if is_over else "pending"


def deviation(day: date, facts: Facts) -> float:
    """Return the deviation of the logarithm of the price over a year, from the closes until a day.

    It is that of the changes between the 36 monthly closes up to then; nan where fewer than 24 of
    them are known.
    """
    closes = [_monthly(months_after(day, -k), facts) for k in range(scoring.MONTHLY_CLOSES)]
    known = [one for one in closes if not math.isnan(one)]
    if len(known) < scoring.FEWEST_CLOSES:
        return math.nan
    changes = (math.log(now / then) for now, then in pairwise(closes))
    told = [one for one in changes if not math.isnan(one)]  # of 24 of 36 closes, 11 at least
    mean = math.fsum(told) / len(told)
    squares = math.fsum((one - mean) ** 2 for one in told)
    return math.sqrt(squares / (len(told) - 1) * scoring.MONTHS)


def _monthly(day: date, facts: Facts) -> float:
    """Return the close of the end of a month; nan where the last one is too old."""
    last = facts.last(day)
    if not last or (day - facts.days[last - 1]).days > scoring.CLOSE_DAYS:
        return math.nan
    return facts.closes[last - 1]


def year_after(day: date) -> date:
    """Return the same day of the next year; the end of February stays in February."""
    return months_after(day, scoring.MONTHS)


@lru_cache(maxsize=4096)
def months_after(day: date, months: int) -> date:
    """Return a day so many months later, as EDATE does: never beyond the end of its month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)  # noqa: PLR2004 - December
    last = from_serial(serial(following) - 1)
    return last.replace(day=min(last.day, day.day))


# --- the file ---
_SAID = tuple(name for name in PastReport._fields if name != "line_no")
_NUMBERS = _SAID[_SAID.index("price") : _SAID.index("stance")]
_BECAME = tuple(name for name in Outcome._fields if name != "said")
COLUMNS = (*_SAID, *_BECAME)


def write_outcomes(path: Path, found: Iterable[Outcome]) -> None:
    """Store outcomes whole or not at all. Raises OutputError if the file system refuses."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        cells = [getattr(one.said, name) for name in _SAID]
        cells += [getattr(one, name) for name in _BECAME]
        writer.writerow("" if cell != cell else cell for cell in cells)  # noqa: PLR0124 - nan
    atomic_store(path, out.getvalue())


def read_outcomes(path: Path) -> tuple[Outcome, ...]:
    """Return the outcomes in a file, none where there is no file.

    Raises ReportgenError, with the line, for a file that is not as it was written.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file, strict=True)
            if tuple(next(reader, ())) != COLUMNS:
                raise ValueError("its header is not that of this program")  # noqa: TRY301 - one remedy
            return tuple(map(_read, reader))
    except FileNotFoundError:
        return ()
    except (OSError, ValueError, csv.Error) as error:
        raise ReportgenError(
            f"{path}: {error}; reportgen run --as-of {path.parent.name} writes it anew"
        ) from error


def outcomes_fault(path: Path, history: str) -> str:
    """Return what is wrong with the outcomes of a report, given its history.csv; "" if nothing is.

    Such a file is written anew: all that it says follows from the history and the inputs.
    """
    if not path.is_file():
        return "is gone"
    try:
        told = [one.as_of.isoformat() for one in read_outcomes(path)]
    except ReportgenError:
        return "cannot be read"
    days = [line.partition(",")[0] for line in history.splitlines()[1:]]
    return "" if told == days else "is of other reports"


def _read(row: list[str]) -> Outcome:
    as_of, scored, currency, *numbers, stance, split, status, close, high, low, deviation = row
    stated = [float(cell or "nan") for cell in numbers]
    last = [float(cell or "nan") for cell in (close, high, low, deviation)]
    day = date.fromisoformat(as_of)
    named = dict(zip(_NUMBERS, stated, strict=True))
    said = PastReport(day, scored, currency, **named, stance=stance, line_no=0, split=float(split))
    return Outcome(said, cast("Status", status), *last)
