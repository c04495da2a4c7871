"""From the files below the outputs to the outcomes of every company, those given up among them.

A company that is reported no more would drop out of the record with its worst reports: what it
issued is counted on, without a close.
"""

from __future__ import annotations

import math
import os
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.rows import PastReport
from reportgen.periods import parse_iso_day
from reportgen.runs.folders import company_folders
from reportgen.runs.history import first_issues, is_scored
from reportgen.runs.issued import issued_path, read_issued
from reportgen.runs.track.outcomes import NAME, Outcome, read_outcomes, year_after
from reportgen.runs.track.tables import track_tables

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from reportgen.runs.index.records import PlainTable
    from reportgen.runs.issued import Issue

_NUMBERS = tuple(
    name
    for name in PastReport._fields
    if name not in {"as_of", "scored", "currency", "stance", "line_no", "split"}
)


class Record(NamedTuple):
    """A track record: its tables, None where nothing was issued before, and what it misses.

    `unreadable` says by ticker which file cannot be read, and what to do.
    """

    tables: tuple[PlainTable, ...] | None
    unreadable: Mapping[str, str]


def track_record(outputs: Path, as_of: date) -> Record:
    """Return the track record of all companies as of a day; no tables where nothing is there."""
    found, unreadable = {}, {}
    for ticker in company_folders(outputs) if outputs.is_dir() else ():
        try:
            found[ticker] = outcomes_at(outputs, ticker, as_of)
        except (ReportgenError, OSError) as error:
            unreadable[ticker] = str(error)
    return Record(track_tables(found), unreadable)


def outcomes_at(outputs: Path, ticker: str, as_of: date) -> tuple[Outcome, ...]:
    """Return what became of a company's reports of days before as-of, as it is known by then.

    Raises ReportgenError for a file that is not as it was written.
    """
    folder = outputs / ticker
    known = read_outcomes(folder / as_of.isoformat() / NAME)
    if known:
        return known
    newest = max(_days(folder, as_of), default=None)
    if newest is not None:
        known = read_outcomes(folder / newest.isoformat() / NAME)
    issued = first_issues(read_issued(issued_path(outputs, ticker)))
    told = {one.as_of for one in known}
    rest = (_without_a_close(row) for row in issued if row.as_of < as_of and row.as_of not in told)
    return tuple(_aged(one, as_of) for one in (*known, *rest))


def _days(folder: Path, as_of: date) -> Iterator[date]:
    """The days on or before as-of of which there are outcomes."""
    with os.scandir(folder) as entries:
        days = [parse_iso_day(one.name) for one in entries if one.is_dir()]
    for day in days:
        if day is not None and day <= as_of and (folder / day.isoformat() / NAME).is_file():
            yield day


def _without_a_close(row: Issue) -> Outcome:
    """Return a report of which no later one tells; it is pending until its window is over."""
    numbers = {name: row.number(name) for name in _NUMBERS}
    said = PastReport(
        as_of=row.as_of,
        scored="yes" if is_scored(row) else "no",
        currency=str(row.values["currency"]),
        stance=str(row.values["stance"]),
        line_no=0,
        **{name: math.nan if number is None else number for name, number in numbers.items()},
    )
    return Outcome(said, "pending", math.nan, math.nan, math.nan, math.nan)


def _aged(one: Outcome, as_of: date) -> Outcome:
    """Return an outcome as of a later day of which the company has no report."""
    is_over = one.status == "pending" and year_after(one.as_of) <= as_of
    return one._replace(status="unresolved") if is_over else one
