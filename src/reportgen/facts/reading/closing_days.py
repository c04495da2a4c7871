"""The day of a close where a file states points in time.

A daily export that writes midnight, with whatever zone, means the day it writes. Another time with
a zone, or seconds since 1970, is a point in time, whose day depends on where the exchange is: only
`prices: {zone: ...}` of company.yaml can tell. Times without a zone are those of the exchange.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from reportgen.errors import quote
from reportgen.facts.problems import CellError, more_lines
from reportgen.facts.reading.dates import ISO_LENGTH, moment, readings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.text_files import Record

_EPOCH = re.compile(r"(\d{9,10}|\d{13}|\d{16}|\d{19})(?:\.0*)?", re.ASCII)
_SECONDS = 10  # digits; what is longer counts thousandths, millionths or billionths
FEWEST = 3  # rows from which one with a time of its own stands out


class _Stamp(NamedTuple):
    """What a row says of when its close was: its day as written, its point in time."""

    day: date
    is_timed: bool
    instant: datetime | None


def epoch(text: str) -> datetime | None:
    """The point in time that a number counts from 1970; None if it is no such number."""
    match = _EPOCH.fullmatch(text.strip())
    if match is None:
        return None
    digits = match[1]
    seconds = int(digits) / 10 ** max(0, len(digits) - _SECONDS)
    return datetime.fromtimestamp(seconds, UTC)


def _stamp(text: str) -> _Stamp | None:
    """When a row's close was; None where that is a plain day, or nothing that can be read."""
    if len(text) == ISO_LENGTH and text[4] == "-":  # there may be tens of thousands
        return None
    counted = epoch(text)
    if counted is not None:
        is_timed = counted.time() != datetime.min.time()
        return _Stamp(counted.date(), is_timed, counted if is_timed else None)
    said = moment(text) if ":" in text else None
    days = set(readings(text).values()) if said and said.is_timed else set()
    if said is None or len(days) != 1:
        return None
    (day,) = days
    if not said.is_instant:
        return _Stamp(day, is_timed=True, instant=None)
    zone = timezone(timedelta(hours=said.offset))
    midnight = datetime(day.year, day.month, day.day, tzinfo=zone)
    return _Stamp(day, is_timed=True, instant=midnight + timedelta(seconds=said.seconds))


def with_days(
    records: Sequence[Record], place: int, zone: str, as_of: date, log: ProblemLog
) -> list[Record]:
    """The records with a day where the cell at `place` states a point in time.

    `zone` is the time zone of the exchange, "" if unknown: what cannot be dated is refused. A last
    row that alone states a time of day is told, for it may hold no close.
    """
    stamps = [_stamp(cell_at(record, place)) for record in records]
    timed = [index for index, stamp in enumerate(stamps) if stamp and stamp.is_timed]
    sole = timed[0] if len(timed) == 1 and len(records) >= FEWEST else None
    kept: list[Record] = []
    refused: list[tuple[Record, bool]] = []
    for index, (record, stamp) in enumerate(zip(records, stamps, strict=True)):
        if stamp is None or (stamp.instant is None and index != sole):
            is_counted = stamp is not None and epoch(cell_at(record, place)) is not None
            kept.append(_dated(record, place, stamp.day) if stamp and is_counted else record)
        elif index == sole:
            day = _day_at(stamp.instant, zone) if stamp.instant and zone else stamp.day
            if _tell_of_sole(record, place, day, records, as_of, log):
                kept.append(_dated(record, place, day))
        elif zone and stamp.instant:
            kept.append(_dated(record, place, _day_at(stamp.instant, zone)))
        else:
            refused.append((record, stamp.day - timedelta(days=1) > as_of))
    _refuse([one for one, later in refused if not later], place, log, later=False)
    _refuse([one for one, later in refused if later], place, log, later=True)
    return kept


def cell_at(record: Record, place: int) -> str:
    """The cell of a record at a place; "" where the record ends early."""
    return record.cells[place] if place < len(record.cells) else ""


def _dated(record: Record, place: int, day: date) -> Record:
    cells = list(record.cells)
    cells[place] = day.isoformat()
    return replace(record, cells=cells)


def _day_at(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def _tell_of_sole(
    record: Record,
    place: int,
    day: date,
    records: Sequence[Record],
    as_of: date,
    log: ProblemLog,
) -> bool:
    """Tell of the one row that states a time of day; whether it counts, for want of another."""
    days = [set(readings(cell_at(one, place)).values()) for one in records if one is not record]
    has_other = any(day in one for one in days)
    done = "left out, since another row is of that day" if has_other else "taken as a close"
    found = f"{quote(cell_at(record, place))} alone states a time of day: it is {done}"
    remedy = "" if has_other else "see that trading had ended"
    if day > as_of:
        log.cell(record.line_no, "Date", CellError(found, "", remedy), later=True)
    else:
        log.caution(record.line_no, "Date", found, "", remedy)
    return not has_other


def _refuse(records: Sequence[Record], place: int, log: ProblemLog, *, later: bool) -> None:
    if not records:
        return
    more = f" (and alike on {more_lines(records)})" if len(records) > 1 else ""
    error = CellError(
        f"{quote(cell_at(records[0], place))} is a point in time, not the day of an exchange{more}",
        "a day, or midnight",
        "name the zone of the exchange in company.yaml, as in prices: {zone: America/New_York}",
    )
    log.cell(records[0].line_no, "Date", error, later=later)
