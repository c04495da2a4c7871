"""Days as people and programs spell them, and the order of day and month that a file settles."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Literal

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.periods import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Order = Literal["DMY", "MDY"]
EXPECTED = "a day as YYYY-MM-DD"
ISO_LENGTH = 10
_FIRST_TEXT = FIRST_DAY.isoformat()
LAST_DAY = date.max
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TIME = r"(?:[T ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z| ?[+-]\d{2}:?\d{2})?)?"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})" + _TIME, re.ASCII)
_MONTH_NAMED = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})", re.ASCII)
_DAY_NAMED = re.compile(r"(\d{1,2})[- ]([A-Za-z]{3,9})\.?[- ,]{1,2}(\d{4})", re.ASCII)
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.0+)?", re.ASCII)


def readings(text: str) -> Mapping[Order, date]:
    """The day under either order; the same day under both where the order does not matter.

    An order under which the text is no day is left out; the mapping is empty if it is none at all.
    """
    if len(text) == ISO_LENGTH and text[4] == "-":
        day = _iso(text)
        return {} if day is None else {"DMY": day, "MDY": day}
    text = text.strip()
    if match := _NUMERIC.fullmatch(text):
        first, mark, second, year = match.groups()
        orders: dict[Order, date | None] = {"DMY": _day(year, second, first)}
        if mark != ".":  # where dots separate, the day is first everywhere
            orders["MDY"] = _day(year, first, second)
        return {order: day for order, day in orders.items() if day is not None}
    day = _named_or_year_first(text)
    return {} if day is None else {"DMY": day, "MDY": day}


def _iso(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST_DAY <= day <= LAST_DAY else None


def iso_days(cells: Iterable[str]) -> list[date | None] | None:
    """The days of cells that are all blank or YYYY-MM-DD (the usual case, quickly); else None."""
    read = date.fromisoformat
    days: list[date | None] = []
    try:
        for cell in cells:
            if not cell:
                days.append(None)
            elif len(cell) == ISO_LENGTH and cell[4] == cell[7] == "-" and cell >= _FIRST_TEXT:
                days.append(read(cell))
            else:
                return None
    except ValueError:
        return None
    return days


def _named_or_year_first(text: str) -> date | None:
    if match := _YEAR_FIRST.fullmatch(text):
        year, mark, month, day = match.groups()
        written_in_full = mark or len(month + day) == len("MMDD")
        return _day(year, month, day) if written_in_full else None
    if match := _MONTH_NAMED.fullmatch(text):
        month, day, year = match.groups()
    elif match := _DAY_NAMED.fullmatch(text):
        day, month, year = match.groups()
    else:
        return None
    abbreviated = month[:3].lower()
    number = _MONTHS.index(abbreviated) + 1 if abbreviated in _MONTHS else 0
    return _day(year, str(number), day)


def _day(year: str, month: str, day: str) -> date | None:
    try:
        made = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return made if FIRST_DAY <= made <= LAST_DAY else None


def settled_order(cells: Iterable[str]) -> Order | None:
    """The order that a file's cells settle by days above 12; None if none does, or they differ."""
    settled = set()
    for cell in cells:
        possible = readings(cell)
        if len(possible) == 1 and "." not in cell:
            settled.add(next(iter(possible)))
    return settled.pop() if len(settled) == 1 else None


def is_surely_later(text: str, as_of: date) -> bool:
    """Whether the day is after as-of however it is read."""
    possible = readings(text)
    return bool(possible) and min(possible.values()) > as_of


def parse_day(text: str, order: Order | None) -> date | None:
    """The day a cell names, None if blank; raises CellError if it names none, or two."""
    possible = readings(text)
    days = set(possible.values())
    if len(days) == 1:
        return days.pop()
    if order is not None and order in possible:
        return possible[order]
    if days:
        one, other = (day.isoformat() for day in possible.values())
        raise CellError(
            f"{quote(text)} can be read as {one} or {other}",
            EXPECTED,
            "nothing in the file settles whether the day or the month comes first",
        )
    if not text.strip():
        return None
    remedy = ""
    if _SERIAL.fullmatch(text.strip()):
        remedy = "it looks like a spreadsheet's serial number: format the column as a date"
    raise CellError(f"{quote(text)} is not a day", EXPECTED, remedy)
