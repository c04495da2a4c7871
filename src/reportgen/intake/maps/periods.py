"""Periods as vendors head their columns: `3 months Q1 Dec-31-2025`, `FY2026`, `2Q26`."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.problems import CellError
from reportgen.facts.reading.dates import parse_day, readings
from reportgen.periods import fiscal_label, last_month

if TYPE_CHECKING:
    from reportgen.facts.reading.dates import Order

_YEAR = 12
_LENGTH = re.compile(r"\b(\d{1,2}|three|six|nine|twelve)[ -]?(?:months?|mos?|m)\b", re.IGNORECASE)
_NUMBERS = {"three": 3, "six": 6, "nine": 9, "twelve": _YEAR}
_PART = re.compile(
    r"(?<![a-z0-9])f?([qh])(\d)(?![0-9])|(?<![a-z0-9])(\d)([qh])(?![a-z])"
    r"|(?<![a-z])(first|second|third|fourth|1st|2nd|3rd|4th)[ -](quarter|half)(?![a-z])",
    re.IGNORECASE,
)
_STEPS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_PARTS = {"q": 3, "h": 6}  # months, by the first letter
# A part of a year that does not say which one it is: its day has to
_SOME_PART = re.compile(r"(?<![a-z])(quarter|qtr|half)(?![a-z])", re.IGNORECASE)
_FULL = re.compile(r"(?<![a-z])(?:fy|full year|annual|year)(?![a-z])", re.IGNORECASE)
# 2025/26 and 25/26, years that are named by the later one
_TWO_YEARS = re.compile(r"(?<![\d/.-])(?:\d{2})?(\d{2})[/-](?:\d{2})?(\d{2})(?![\d/.-])")
# A year of two digits counts only where something says that it is one
_YEAR_NAMED = re.compile(
    r"(?<![\d.,])(?:(?:fy ?'?|')(\d{4}|\d{2})|((?:19|20)\d{2}))a?(?![\d.,]|e\b)", re.IGNORECASE
)
_YEAR_OF_PART = re.compile(r"(?<!\d)(\d{4}|\d{2})(?![\d.,])")
_NOT_REPORTED = re.compile(
    r"(?<![a-z])(?:ltm|ttm|ntm|ytd|year[ -]to[ -]date|average|cagr)(?![a-z])"
    r"|(?<![a-z])(?:est\.?|estimates?|forecast|consensus)(?![a-z])"
    r"|(?<![a-z])cy ?'?\d"
    r"|\d{2}e\b",
    re.IGNORECASE,
)
_DAYS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}",
        r"[a-z\u00c0-\u024f]{3,10}[-. ]{1,2}\d{1,2},?[- ]{1,2}\d{4}",
        r"(?<![a-z\d])\d{1,2}[-. /]{1,2}[a-z\u00c0-\u024f]{3,10}[-. /]{1,2}(?:\d{4}|\d{2})(?!\d)",
        r"(?<![a-z\d])\d{1,2}[-/.]\d{1,2}[-/.](?:\d{4}|\d{2})(?!\d)",
    )
)
_MONTH = re.compile(r"([a-z\u00c0-\u024f]{3,10})[-. ']{1,2}(\d{4}|\d{2})$", re.IGNORECASE)


class Period(NamedTuple):
    """What a heading says: the last day (None: not said), months (None: not said), and its year.

    `step` counts quarters or halves within a fiscal year from 1, where it says one.
    """

    end: date | None
    months: int | None
    year: int | None = None
    step: int | None = None


class Placed(NamedTuple):
    """A period of a company: its last day and its label."""

    end: date
    label: str


def period_of(text: str, order: Order | None = None) -> Period:
    """Return what a heading says of a period. Raises CellError if it names none that is reported.

    `order` is that of day and month, where it does not show.
    """
    if _NOT_REPORTED.search(text):
        raise CellError("is no period that was reported")
    end, rest = _end(text, order)
    part, length, some = _PART.search(rest), _LENGTH.search(rest), _SOME_PART.search(rest)
    months, step = None, None
    if length:
        months = _NUMBERS.get(length[1].lower()) or int(length[1])
    if part:
        kind, said = part[1] or part[4] or part[6], (part[2] or part[3] or part[5]).lower()
        step = _STEPS.get(said) or int(said)
        months = months or _PARTS[kind[0].lower()]
    elif some:
        months = months or _PARTS[some[1][0].lower()]
    elif _FULL.search(rest):
        months = months or _YEAR
    if end is not None:
        return Period(end, months)
    left = _TWO_YEARS.sub(_later, _PART.sub(" ", rest))
    named = _YEAR_NAMED.search(left) or (part and _YEAR_OF_PART.search(left))
    if not named or (some and not part):
        raise CellError("names no period")
    digits = next(filter(None, named.groups()))
    year = int(digits) + (2000 if len(digits) == 2 else 0)  # noqa: PLR2004 - two digits
    return Period(None, months or _YEAR, year, step)


def _later(years: re.Match[str]) -> str:
    """The later of two years that follow each other, in the digits of the first; else no year."""
    first = re.split("[/-]", years[0])[0]
    follow = (int(years[1]) + 1) % 100 == int(years[2])
    return f"{int(first) + 1}"[-len(first) :] if follow else " "


def is_period(text: str) -> bool:
    """Whether a heading names a period that is reported."""
    try:
        period_of(text, "DMY")
    except CellError:
        return False
    return True


def _end(text: str, order: Order | None) -> tuple[date | None, str]:
    """Return the day that a heading states, and what else it says."""
    for pattern in _DAYS:
        for match in pattern.finditer(text):
            if readings(match[0]):
                return parse_day(match[0], order), text[: match.start()] + text[match.end() :]
    month = _MONTH.search(text.strip())
    if month and (first := readings(f"1 {month[1]} {month[2]}")):
        day = next(iter(first.values()))
        return day.replace(day=monthrange(day.year, day.month)[1]), text[: month.start()]
    return None, text


def placed(period: Period, year_end: str, months: int | None) -> Placed:
    """Return a period of a company whose fiscal year ends on `year_end` (MM-DD).

    `months` counts where the heading does not say how long it is; 0 is a day. Raises CellError
    where nothing does.
    """
    length = period.months if months != 0 and period.months else months
    if length is None:
        found = "says no length of the period"
        raise CellError(found, "", "give months: 3, 6 or 12 in the map, 0 for a balance")
    if length not in {0, 3, 6, _YEAR}:
        raise CellError(f"is of {length} months", "3, 6 or 12 months")
    end = period.end or _computed(period, year_end)
    return Placed(end, fiscal_label(end, length, year_end))


def _computed(period: Period, year_end: str) -> date:
    """Return the last day of a fiscal period that is told by its number."""
    month, day = map(int, year_end.split("-"))
    within = (1 if period.step is None else period.step) * (period.months or _YEAR)
    if not 0 < within <= _YEAR or period.year is None:
        raise CellError("names no period")
    closing = date(period.year, month, min(day, monthrange(period.year, month)[1]))
    left = _YEAR - within
    if not left:
        return closing
    year, at = divmod(last_month(closing) - left, _YEAR)
    year, at = (year, at) if at else (year - 1, _YEAR)
    return date(year, at, monthrange(year, at)[1])
