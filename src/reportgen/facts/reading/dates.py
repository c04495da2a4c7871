"""Days as people and programs spell them, and the order of day and month that a file settles."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.facts.reading.text_files import fold
from reportgen.periods import FIRST_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Order = Literal["DMY", "MDY"]
EXPECTED = "a day as YYYY-MM-DD"
ISO_LENGTH = 10
_FIRST_TEXT = FIRST_DAY.isoformat()
LAST_DAY = date.max
_MONTH_NAMES = """
jan january januar janvier janv enero ene gennaio gen janeiro januari
feb february februar fevrier fevr febrero febbraio fevereiro fev februari
mar march marz maerz mrz mars marzo marco maart mrt marts
apr april avril avr abril abr aprile
may mai mayo maggio mag maio mei maj
jun june juni juin junio giugno giu junho
jul july juli juillet juil julio luglio lug julho
aug august aout agosto ago augustus augusti
sep sept september septembre septiembre settembre set setembro
oct october oktober okt octobre octubre ottobre ott outubro out
nov november novembre noviembre novembro
dec december dezember dez decembre diciembre dic dicembre dezembro desember
"""
_MONTHS = {
    name: number
    for number, names in enumerate(_MONTH_NAMES.strip().splitlines(), start=1)
    for name in names.split()
}
_ZONES = {"Z": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CET": 1, "CEST": 2, "HKT": 8, "JST": 9}
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[.,]* +", re.ASCII | re.IGNORECASE)
_TIME = re.compile(
    r"[T ,]+(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2})(?:\.\d+)?)?"
    r"(?: ?(?P<half>[ap])\.?m\.?)?"
    r"(?: ?(?P<zone>"
    + "|".join(_ZONES)
    + r")| ?(?P<sign>[+-])(?P<hours>\d{2}):?(?P<minutes>\d{2}))?$",
    re.ASCII | re.IGNORECASE,
)
_LETTERS = r"([A-Za-z\u00c0-\u024f]{3,10})"
_YEAR = r"(\d{4}|\d{2})"
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?) ?(\d{1,2})\2 ?(\d{1,2})", re.ASCII)
_EAST_ASIAN = re.compile(r"(\d{4}) ?[年년] ?(\d{1,2}) ?[月월] ?(\d{1,2}) ?[日일]", re.ASCII)
_NUMERIC = re.compile(
    r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})|(\d{1,2})([/.])(\d{1,2})\6(\d{2})", re.ASCII
)
_MONTH_NAMED = re.compile(
    _LETTERS + r"[. -]{1,2}(\d{1,2})(?:st|nd|rd|th)?[, -]{1,2}" + _YEAR, re.ASCII
)
_DAY_NAMED = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th)?(?: de |[-. /]{1,2})"
    + _LETTERS
    + r"\.?(?: de |[- ,/.]{1,2})"
    + _YEAR,
    re.ASCII,
)
_YEAR_THEN_NAMED = re.compile(r"(\d{4})[- ]" + _LETTERS + r"[- ](\d{1,2})", re.ASCII)
_CENTURY, _PIVOT = 100, 69  # 68 is 2068, 69 is 1969, as in POSIX
_SERIAL = re.compile(r"[3-6]\d{4}(?:\.0+)?", re.ASCII)


class Moment(NamedTuple):
    """A cell taken apart: the text of its day, and its time of day in seconds (nan: none stated).

    `offset` is the distance of the time's zone from UTC in hours; nan where no zone is stated.
    """

    day: str
    seconds: float = math.nan
    offset: float = math.nan

    @property
    def is_instant(self) -> bool:
        """Whether it is a point in time other than the midnight with which a day begins."""
        return self.is_timed and not math.isnan(self.offset)

    @property
    def is_timed(self) -> bool:
        """Whether a time of day other than midnight is stated."""
        return self.seconds > 0


def moment(text: str) -> Moment:
    """The day, the time and the zone that a cell states."""
    text = _WEEKDAY.sub("", text.strip(), count=1)
    match = _TIME.search(text)
    return Moment(text[: match.start()], _seconds(match), _offset(match)) if match else Moment(text)


_NOON = 12


def _seconds(match: re.Match[str]) -> float:
    hour = int(match["hour"])
    if match["half"]:
        hour = hour % _NOON + (_NOON if match["half"] in "pP" else 0)
    return hour * 3600 + int(match["minute"]) * 60 + int(match["second"] or 0)


def _offset(match: re.Match[str]) -> float:
    if match["zone"]:
        return _ZONES[match["zone"].upper()]
    if match["sign"]:
        hours = int(match["hours"]) + int(match["minutes"]) / 60
        return -hours if match["sign"] == "-" else hours
    return math.nan


def readings(text: str) -> Mapping[Order, date]:
    """The day under either order; the same day under both where the order does not matter.

    An order under which the text is no day is left out; the mapping is empty if it is none at all.
    """
    if len(text) == ISO_LENGTH and text[4] == "-":
        day = _iso(text)
        return {} if day is None else {"DMY": day, "MDY": day}
    text = moment(text).day
    if match := _NUMERIC.fullmatch(text):
        first, mark, second, year = (group for group in match.groups() if group is not None)
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
    if match := _EAST_ASIAN.fullmatch(text):
        return _day(*match.groups())
    if match := _MONTH_NAMED.fullmatch(text):
        name, day, year = match.groups()
    elif match := _DAY_NAMED.fullmatch(text):
        day, name, year = match.groups()
    elif match := _YEAR_THEN_NAMED.fullmatch(text):
        year, name, day = match.groups()
    else:
        return None
    return _day(year, str(_MONTHS.get(fold(name), 0)), day)


def _day(year: str, month: str, day: str) -> date | None:
    number = int(year)
    if number < _CENTURY:
        number += 1900 if number >= _PIVOT else 2000
    try:
        made = date(number, int(month), int(day))
    except ValueError:
        return None
    return made if FIRST_DAY <= made <= LAST_DAY else None


def settled_order(cells: Iterable[str]) -> Order | None:
    """The order that a file's cells settle by days above 12; None if none does, or they differ."""
    settled = set()
    for cell in cells:
        possible = readings(cell)
        if len(possible) == 1 and "." not in moment(cell).day:
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
