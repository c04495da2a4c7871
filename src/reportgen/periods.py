"""Days and fiscal periods: as-of dates, Excel serial numbers, labels such as FY2026-Q2."""

from __future__ import annotations

import math
import re
from datetime import date, datetime, timedelta
from typing import NamedTuple

from reportgen.errors import ReportgenError

EPOCH = date(1899, 12, 30)
FIRST_DAY = date(1900, 3, 1)  # Excel believes in 1900-02-29: serials before that day are off by one
EARLIEST = date(1900, 4, 1)  # its last month end is the first that Excel and we count alike
LATEST = date(9998, 11, 30)  # a year and a month later there still is a day
LAST_MONTH_END = "last-month-end"
Day = str | date  # a day as a caller names it: a date, YYYY-MM-DD or last-month-end
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_FISCAL_LABEL = re.compile(r"FY(?P<year>\d{4})(?:-(?P<part>Q[1-4]|H[12]))?", re.ASCII)


_HALF_A_MONTH = timedelta(days=14)  # years of 52 or 53 weeks end some days off a month's end
_YEAR, _HALF = 12, 6  # months


class FiscalPeriod(NamedTuple):
    """The length of a reporting period in months (0: a balance on one day) and its last month.

    `month_index` is fiscal year x 12 + the month of it that the period ends with, so that a period
    and that of a year earlier differ by 12; not a number (nan) for a day.
    """

    months: int
    month_index: float


def as_day(as_of: Day) -> date:
    """The day a caller means: a date, YYYY-MM-DD or last-month-end. ReportgenError for no day."""
    if isinstance(as_of, datetime):
        as_of = as_of.date()
    day = as_of if isinstance(as_of, date) else parse_as_of(as_of, today())
    if day < EARLIEST:
        raise ReportgenError(f"as-of: {day} is before {EARLIEST}, the first day a report can be of")
    if day > LATEST:
        raise ReportgenError(f"as-of: {day} is after {LATEST}, the last day a report can be of")
    return day


def today() -> date:
    """The day on this machine's clock, where its user is."""
    return datetime.now().astimezone().date()


def parse_as_of(text: str, today: date) -> date:
    """The day a report speaks of: `2025-11-30`, or `last-month-end` seen from `today`.

    Raises ReportgenError for anything else.
    """
    if text == LAST_MONTH_END:
        return today.replace(day=1) - timedelta(days=1)
    day = parse_iso_day(text)
    if day is None:
        raise ReportgenError(
            f'as-of: "{text}" is not a day; expected YYYY-MM-DD, such as 2025-11-30, '
            f"or {LAST_MONTH_END}"
        )
    return day


def parse_iso_day(text: str) -> date | None:
    """The day written YYYY-MM-DD, or None if the text is anything else or no day Excel knows."""
    if not _ISO_DAY.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= FIRST_DAY else None


def serial(day: date) -> int:
    """The day as Excel stores it (1900 date system); ValueError before 1900-03-01."""
    if day < FIRST_DAY:
        raise ValueError(f"{day} is before {FIRST_DAY}, the first day with a true Excel serial")
    return (day - EPOCH).days


def from_serial(number: float) -> date:
    """The day of an Excel serial number, its time of day dropped; ValueError below 61."""
    day = EPOCH + timedelta(days=math.floor(number))
    if day < FIRST_DAY:
        raise ValueError(f"{number} is before {FIRST_DAY}, the first day with a true Excel serial")
    return day


def parse_serial(value: object) -> date | None:
    """The day of what a cell holds, its time of day dropped; None for what is no such day."""
    if not isinstance(value, float | int) or not serial(FIRST_DAY) <= value < serial(date.max) + 1:
        return None
    return from_serial(value)


def fiscal_period(label: str) -> FiscalPeriod | None:
    """The period a label names: FY2026-Q2, FY2026-H1, FY2025 or a day (a balance); else None."""
    if parse_iso_day(label) is not None:
        return FiscalPeriod(0, math.nan)
    match = _FISCAL_LABEL.fullmatch(label)
    if match is None:
        return None
    year, part = int(match["year"]), match["part"]
    if part is None:
        return FiscalPeriod(12, float(year * 12 + 12))
    length = 6 if part.startswith("H") else 3
    return FiscalPeriod(length, float(year * 12 + int(part[1]) * length))


def last_month(day: date) -> int:
    """The month that a period of that last day ends with, counted from the year 0."""
    within = day - _HALF_A_MONTH
    return within.year * _YEAR + within.month


def fiscal_label(end: date, months: int, year_end: str) -> str:
    """The label of a period by its last day: `months` 12, 6 or 3, or 0 for a day.

    `year_end` is the last day of the fiscal year as MM-DD; a quarter is the nearest of its four.
    Years are named by the year in which they end. Raises ReportgenError without a `year_end`.
    """
    if not months:
        return end.isoformat()
    if not year_end:
        raise ReportgenError(
            f"nobody knows which period ends on {end}: fill in fiscal_year_end of company.yaml"
        )
    month, day = map(int, year_end.split("-"))
    of_year = last_month(date(2000, month, day)) - 2000 * _YEAR
    ended = round((last_month(end) - of_year) / months)  # years or parts of them since the year 0
    if months == _YEAR:
        return f"FY{ended}"
    year, part = divmod(ended - 1, _YEAR // months)
    return f"FY{year + 1}-{'H' if months == _HALF else 'Q'}{part + 1}"
