"""The day a report speaks of, and whether anything was known by then."""

from __future__ import annotations

import shlex
from datetime import date, datetime
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.knowledge import known_at
from reportgen.facts.reading.pack_files import read_pack
from reportgen.periods import parse_as_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.facts.pack import Pack
    from reportgen.facts.rows import PackRows

Day = str | date
EARLIEST = date(1900, 4, 1)  # its last month end is the first that Excel and we count alike


def as_day(as_of: Day) -> date:
    """The day a caller means: a date, YYYY-MM-DD or last-month-end. ReportgenError for no day."""
    if isinstance(as_of, datetime):
        as_of = as_of.date()
    day = as_of if isinstance(as_of, date) else parse_as_of(as_of, today())
    if day < EARLIEST:
        raise ReportgenError(f"as-of: {day} is before {EARLIEST}, the first day a report can be of")
    return day


def today() -> date:
    """The day on this machine's clock, where its user is."""
    return datetime.now().astimezone().date()


def require_knowledge(pack: Pack, inputs: Path) -> None:
    """Raise ReportgenError if nothing of the company was known as of the day of the pack.

    A report of nothing would be an empty one; its reader is told the first day that works.
    """
    if any(_days(pack.rows)):
        return
    company = pack.company.ticker
    rows = known_at(read_pack(company, inputs), date.max).rows
    first = min(_days(rows), default=None)
    remedy = (
        f"the first is of {first}"
        if first
        else f"reportgen check {shlex.quote(company)} names the blanks"
    )
    raise ReportgenError(
        f"{inputs.resolve().name}/{company}: no row is dated on or before {pack.as_of}; {remedy}"
    )


def _days(rows: PackRows) -> Iterator[date]:
    """The days on which rows about the company became known."""
    yield from (row.date for row in rows.prices)
    for table in ("assumptions", "fundamentals", "targets", "claims", "estimates", "products"):
        yield from (row.published for row in getattr(rows, table))
