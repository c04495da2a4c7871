"""Who overrides an input, why and until when: the cells beside it, else the list of overrides."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.periods import from_serial, parse_iso_day
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
    from reportgen.report.readback.workbook import ReadReport, RegistryRow
    from reportgen.values import Value

_COLUMNS = (spare_value, spare_author, spare_reason, spare_expires, spare_published)


class Remarks:
    """The remarks of a returned report."""

    def __init__(self, report: ReadReport) -> None:
        """Read the list of overrides at the end of the Inputs tab."""
        self._report = report
        self.noted = dict(_noted(report))

    def of(self, key: str) -> Remark:
        """Return what is said about the override of an input."""
        listed = self._report.listed.get(f"{key}.override")
        beside = NO_REMARK
        if listed is not None and any(listed.remarks.signature):
            author, reason, expires = self._beside(listed)
            beside = Remark(_text(author), _text(reason), day(expires))
        _, noted = self.noted.get(key, (None, NO_REMARK))
        return Remark(
            beside.author or noted.author,
            beside.reason or noted.reason,
            beside.expires or noted.expires,
            noted.published,
        )

    def doubt(self, key: str) -> str:
        """Return what is wrong with the expiry beside the override of an input, "" if nothing."""
        listed = self._report.listed.get(f"{key}.override")
        if listed is None or not any(listed.remarks.signature):
            return ""
        stated = _text(self._beside(listed)[2])
        if not stated or day(self._beside(listed)[2]) is not None:
            return ""
        return f"until {stated!r}, which is no day: type YYYY-MM-DD, or name it with --expires"

    def _beside(self, listed: RegistryRow) -> list[Value]:
        """Return author, reason and expiry as they stand beside an override."""
        return [
            next(iter(values_now(self._report, listed._replace(place=place))), None)
            for place in listed.remarks.signature
        ]


def _noted(report: ReadReport) -> Iterator[tuple[str, tuple[float | None, Remark]]]:
    """Yield key, value and remark of every row of the list that somebody filled in."""
    for spare in SPARE_OVERRIDES:
        key = _text(_cell(report, spare_key, spare))
        if key:
            value, author, reason, expires, published = (
                _cell(report, line, spare) for line in _COLUMNS
            )
            said = Remark(_text(author), _text(reason), day(expires), day(published))
            yield key, (value if isinstance(value, float) else None, said)


def _cell(report: ReadReport, line: Line, spare: str) -> Value:
    row = report.listed.get(line.key.replace("{override_row}", spare))
    return None if row is None else next(iter(values_now(report, row)), None)


def _text(value: Value) -> str:
    """Return a text on one line."""
    return "" if value is None else " ".join(str(value).split())


def day(value: Value) -> date | None:
    """Return the day of a cell, stored as one or written YYYY-MM-DD; None for anything else."""
    if isinstance(value, str):
        return parse_iso_day(value.strip())
    try:
        return from_serial(value) if isinstance(value, float) else None
    except (ValueError, OverflowError):
        return None
