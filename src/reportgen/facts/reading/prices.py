"""Closes of a share or benchmark, from whatever export they come in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from reportgen.errors import quote
from reportgen.facts.catalogue import FIGURES
from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.columns import Column, Kind
from reportgen.facts.reading.price_layouts import PriceLayout, find_layout, is_label_of
from reportgen.facts.reading.tables import Body, read_body
from reportgen.facts.rows import Close

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportgen.facts.problem_log import ProblemLog
    from reportgen.facts.reading.delimited import Delimited, Record

_ADJUSTED = "has no column Adj Close: its closes are adjusted for dividends"
_DOWNLOAD = "download with auto_adjust=False"


def read_closes(
    table: Delimited, share: str, currency: str, as_of: date, log: ProblemLog
) -> tuple[Close, ...]:
    """The closes of `share` known at `as_of`, by day, as quoted; a day without one is left out.

    `currency` is that of the closes ("" if it does not matter): a currency sign must agree with it.
    """
    try:
        layout = find_layout(table.records, share)
        records = _records_of(table.records[layout.first :], layout, share)
    except CellError as error:
        log.mistake(None, None, error.found, error.expected, error.remedy)
        return ()
    _report_label(layout, share, log)
    (columns, lines), _ = read_body(_body(layout, records, currency), table, as_of, log)
    days = cast("Sequence[date]", columns[0])
    closes = cast("Sequence[float]", columns[1])
    rows = [
        Close(day, close, line)
        for day, close, line in zip(days, closes, lines, strict=True)
        if not math.isnan(close)
    ]
    return _one_a_day(sorted(rows), log)


def _records_of(records: Sequence[Record], layout: PriceLayout, share: str) -> Sequence[Record]:
    """The records of the share, where a column says which share each is of."""
    place = layout.label_place
    if place is None:
        return records
    labels = {record.cells[place] for record in records if place < len(record.cells)}
    if len(labels) <= 1:
        return records
    of_share = {label for label in labels if is_label_of(label, share)}
    if len(of_share) != 1:
        raise CellError(
            f"has closes of {len(labels)} shares, and {len(of_share) or 'none'} is {quote(share)}",
            f"rows labelled {share}",
        )
    return [record for record in records if record.cells[place : place + 1] == list(of_share)]


def _report_label(layout: PriceLayout, share: str, log: ProblemLog) -> None:
    line = layout.header.line_no
    if layout.label and not is_label_of(layout.label, share):
        log.caution(line, None, f"is labelled {quote(layout.label)}, not {quote(share)}")
    if layout.may_be_adjusted:
        log.caution(line, None, _ADJUSTED, "raw closes", _DOWNLOAD)


def _body(layout: PriceLayout, records: Sequence[Record], currency: str) -> Body:
    names = [cell.strip() for cell in layout.header.cells]
    day = Column("Date", Kind.DATE, needed=True, expected="a day as YYYY-MM-DD")
    close_name = names[layout.close_place]
    close = Column(
        close_name if close_name != day.name else "Close",
        Kind.NUMBER,
        measured_by=currency,
        expected="the close of the day",
    )
    places = {day.name: layout.date_place, close.name: layout.close_place}
    least = max(places.values()) + 1
    return Body((day, close), places, layout.header, records, least, layout.order)


def _one_a_day(rows: list[Close], log: ProblemLog) -> tuple[Close, ...]:
    """The rows without repetition; two different closes of one day are a mistake."""
    kept: list[Close] = []
    for row in rows:
        if not FIGURES["close"].holds(row.close):
            log.mistake(
                row.line_no, "Close", f"{row.close:g} is not above 0", "the close of the day"
            )
        elif not kept or row.date != kept[-1].date:
            kept.append(row)
        elif row.close != kept[-1].close:
            log.mistake(
                row.line_no,
                "Close",
                f"{row.close:g} is not the close that line {kept[-1].line_no} states for the day",
                "one close a day",
            )
    return tuple(kept)
