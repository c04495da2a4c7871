"""Who overrides an input, why and until when: the cells beside it, else the list of overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.problems import CellError
from reportgen.facts.reading.dates import parse_day, settled_order
from reportgen.periods import from_serial
from reportgen.report.readback.given import values_now
from reportgen.report.tabs.inputs.lines import (
    SPARE_OVERRIDES,
    spare_author,
    spare_expires,
    spare_key,
    spare_published,
    spare_reason,
    spare_value,
)
from reportgen.reviews.records import NO_REMARK, Remark

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from reportgen.expr.nodes import Line
    from reportgen.facts.reading.dates import Order
    from reportgen.report.readback.workbook import ReadReport, RegistryRow
    from reportgen.values import Value

_TYPE = "type YYYY-MM-DD, or name it with --expires"
_COLUMNS = (spare_value, spare_author, spare_reason, spare_expires, spare_published)


class Stated(NamedTuple):
    """A day that stands beside an override: the day, how it was read, and what is wrong with it."""

    day: date | None = None
    reading: str = ""
    fault: str = ""


class Remarks:
    """The remarks of a returned report."""

    def __init__(self, report: ReadReport) -> None:
        """Read the list of overrides at the end of the Inputs tab."""
        self._report = report
        days = [cell for cell in _days(report) if isinstance(cell, str)]
        self._order = settled_order(days)
        self.noted = dict(_noted(report, self._order))

    def of(self, key: str) -> Remark:
        """Return what is said about the override of an input."""
        _, noted = self.noted.get(key, (None, NO_REMARK))
        listed = self._report.listed.get(f"{key}.override")
        if listed is None or not any(listed.remarks.signature):
            return noted
        author, reason, expires = self._beside(listed)
        until = stated_day(expires, self._order)
        return Remark(
            _text(author) or noted.author,
            _text(reason) or noted.reason,
            until.day or noted.expires,
            noted.published,
            until.fault or noted.unread,
        )

    def doubt(self, key: str) -> str:
        """Return how the expiry of an override was read, or why it was not; "" if it is plain."""
        remark = self.of(key)
        listed = self._report.listed.get(f"{key}.override")
        if listed is None or not any(listed.remarks.signature):
            return remark.unread
        until = stated_day(self._beside(listed)[2], self._order)
        return until.reading or remark.unread

    def _beside(self, listed: RegistryRow) -> list[Value]:
        """Return author, reason and expiry as they stand beside an override."""
        return [
            next(iter(values_now(self._report, listed._replace(place=place))), None)
            for place in listed.remarks.signature
        ]


def _days(report: ReadReport) -> Iterator[Value]:
    """Yield every day beside an override and in the list of them."""
    for row in report.listed.values():
        if row.remarks.expires is not None:
            yield from values_now(report, row._replace(place=row.remarks.expires))
    for spare in SPARE_OVERRIDES:
        yield _cell(report, spare_expires, spare)
        yield _cell(report, spare_published, spare)


def _noted(
    report: ReadReport, order: Order | None
) -> Iterator[tuple[str, tuple[float | None, Remark]]]:
    """Yield key, value and remark of every row of the list that somebody filled in."""
    for spare in SPARE_OVERRIDES:
        key = _text(_cell(report, spare_key, spare))
        if key:
            value, author, reason, expires, published = (
                _cell(report, line, spare) for line in _COLUMNS
            )
            until, since = stated_day(expires, order), stated_day(published, order)
            faults = "; ".join(filter(None, (until.fault, since.fault)))
            said = Remark(_text(author), _text(reason), until.day, since.day, faults)
            yield key, (value if isinstance(value, float) else None, said)


def _cell(report: ReadReport, line: Line, spare: str) -> Value:
    row = report.listed.get(line.key.replace("{override_row}", spare))
    return None if row is None else next(iter(values_now(report, row)), None)


def _text(value: Value) -> str:
    """Return a text on one line."""
    return "" if value is None else " ".join(str(value).split())


def stated_day(value: Value, order: Order | None) -> Stated:
    """Return the day of a cell: stored as one, or written so that anybody can read it."""
    text = _text(value) if isinstance(value, str) else ""
    try:
        if isinstance(value, float):
            return Stated(from_serial(value))
        found = parse_day(text, order) if text else None
    except CellError as error:
        return Stated(fault=f"until {text!r}, which {_no_day(error)}")
    except (ValueError, OverflowError):
        return Stated(fault=f"until {value:g}, which is no day: {_TYPE}")
    is_plain = found is None or text == found.isoformat()
    return Stated(found, "" if is_plain else f"until {text!r}, read as {found}")


def _no_day(error: CellError) -> str:
    """Return what is wrong with the text of a day."""
    _, two, readings = error.found.partition(" can be read as ")
    return f"can be read as {readings}: {_TYPE}" if two else f"is no day: {_TYPE}"
