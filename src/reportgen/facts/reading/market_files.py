"""Closes and exchange rates, in whatever export they come.

Yahoo, Stooq and our own files say `Date ... Close`; Nasdaq `Close/Last`, month first; Investing.com
`Price`; Stooq in Polish `Data ... Zamkniecie`, in bulk `<DATE> ... <CLOSE>`; Bloomberg's BDH has
lines above `Dates,PX_LAST`; yfinance's download() has three header lines. Rates are a column a
currency, as units per 1 EUR.
"""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING, NamedTuple, cast

from reportgen.errors import quote
from reportgen.facts.catalogue import FIGURES
from reportgen.facts.problems import CellError
from reportgen.facts.reading.columns import CellKind, Column
from reportgen.facts.reading.dates import settled_order
from reportgen.facts.reading.tables import Body, read_body
from reportgen.facts.reading.text_files import fold
from reportgen.facts.rows import Close, FxRate
from reportgen.facts.units import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.dates import Order
    from reportgen.facts.reading.tables import Values
    from reportgen.facts.reading.text_files import Delimited, Record


DATE_NAMES = frozenset({"date", "dates", "data", "<date>"})
CLOSE_NAMES = ("close", "close/last", "px_last", "zamkniecie", "<close>", "price")
MONTH_FIRST = "close/last"  # Nasdaq's own name of the column, and always its order of dates
DEEPEST_HEADER = 12
_EXPECTED = "a header line with Date and Close, or an export of a known vendor"
_TICKER_NAMES = frozenset({"<ticker>", "ticker", "symbol"})


class PriceLayout(NamedTuple):
    """Where the closes of one share stand: columns from 0, records from `first` on."""

    header: Record
    date_place: int
    close_place: int
    first: int
    order: Order | None
    label: str = ""
    label_place: int | None = None
    may_be_adjusted: bool = False


def known_price_columns(cells: list[str]) -> int:
    """How many cells name a date or a close: the delimiter is chosen by it."""
    names = {fold(cell) for cell in cells}
    return len(names & DATE_NAMES) + len(names.intersection(CLOSE_NAMES))


def find_layout(records: Sequence[Record], share: str) -> PriceLayout:
    """The layout of a file's closes of `share` (a ticker); raises CellError if it has none."""
    for index, record in enumerate(records[:DEEPEST_HEADER]):
        names = [fold(cell) for cell in record.cells]
        if names[0] in {"price", "ticker"} and index + 1 < len(records):
            below = [fold(cell) for cell in records[index + 1].cells]
            if below[0] in {"ticker", "price"} and below[0] != names[0]:
                return _downloaded(records, index, share)
        if DATE_NAMES.intersection(names) and set(CLOSE_NAMES).intersection(names):
            return _single_header(records, index, names, share)
    raise CellError("has no column of closes" if records else "is empty", _EXPECTED)


def _single_header(
    records: Sequence[Record], index: int, names: list[str], share: str
) -> PriceLayout:
    close_name = next(name for name in CLOSE_NAMES if name in names)
    places = [place for place, name in enumerate(names) if name == close_name]
    labels = _labels_above(records[:index], places)
    date_place = next(place for place, name in enumerate(names) if name in DATE_NAMES)
    label_place = next((place for place, name in enumerate(names) if name in _TICKER_NAMES), None)
    close_place = _of_share(places, labels, share)
    return PriceLayout(
        records[index],
        date_place,
        close_place,
        index + 1,
        "MDY" if close_name == MONTH_FIRST else _order_above(records[:index]),
        labels[places.index(close_place)],
        label_place,
    )


def _downloaded(records: Sequence[Record], index: int, share: str) -> PriceLayout:
    """A yfinance download: a line of prices and one of tickers, either first, then `Date`."""
    by_name = {fold(record.cells[0]): record for record in records[index : index + 2]}
    fields = [fold(cell) for cell in by_name["price"].cells]
    tickers = by_name["ticker"].cells
    places = [place for place, field in enumerate(fields) if place and field == "close"]
    if not places:
        raise CellError("has no column of closes", _EXPECTED)
    labels = [tickers[place].strip() if place < len(tickers) else "" for place in places]
    close_place = _of_share(places, labels, share)
    after = index + 2
    if after < len(records) and fold(records[after].cells[0]) in DATE_NAMES:
        after += 1
    label = labels[places.index(close_place)]
    adjusted = "adj close" not in fields
    return PriceLayout(
        by_name["price"], 0, close_place, after, None, label, may_be_adjusted=adjusted
    )


def _labels_above(records: Sequence[Record], places: list[int]) -> list[str]:
    """What the last line above the header that names shares says over each place."""
    for record in reversed(records):
        cells = record.cells
        labels = [cells[place].strip() if place < len(cells) else "" for place in places]
        if any(labels) and not settled_order(labels) and not _dated(record):
            return labels
    return [""] * len(places)


def _dated(record: Record) -> bool:
    return fold(record.cells[0]).startswith(("start", "end"))


def _order_above(records: Sequence[Record]) -> Order | None:
    """The order that Bloomberg's start and end dates settle, if they stand above the header."""
    return settled_order(cell for record in records if _dated(record) for cell in record.cells[1:])


def _of_share(places: list[int], labels: list[str], share: str) -> int:
    if len(places) == 1:
        return places[0]
    matching = [
        place for place, label in zip(places, labels, strict=True) if is_label_of(label, share)
    ]
    if len(matching) != 1:
        raise CellError(
            f"has closes of {len(places)} shares, and not one column for {quote(share)}",
            f"one column of closes labelled {share}",
        )
    return matching[0]


def is_label_of(label: str, share: str) -> bool:
    """Whether a vendor's label means the share: `BABA US Equity`, `BABA.US`, `^HSI` for HSI."""
    wanted, found = share.lower().lstrip("^"), label.lower().strip().lstrip("^")
    return found == wanted or re.split(r"[ .:]", found)[0] == wanted


_ADJUSTED = "has no column Adj Close: its closes are adjusted for dividends"
_DOWNLOAD = "download with auto_adjust=False"


class Closes(NamedTuple):
    """The closes of a file by day: known at as-of, and dated later."""

    known: tuple[Close, ...] = ()
    later: tuple[Close, ...] = ()


def read_closes(
    table: Delimited, share: str, currency: str, as_of: date, log: ProblemLog
) -> Closes:
    """The closes of `share` as the file has them; a day without one is left out.

    `currency` is that of the closes ("" if it does not matter): a currency sign must agree with it.
    """
    try:
        layout = find_layout(table.records, share)
        records = _records_of(table.records[layout.first :], layout, share)
    except CellError as error:
        log.mistake(None, None, error.found, error.expected, error.remedy)
        return Closes()
    _report_label(layout, share, log)
    known, later = read_body(_body(layout, records, currency), table, as_of, log)
    return Closes(
        _one_a_day(_rows(known), log), tuple(row for row in _rows(later) if row.close > 0)
    )


def _rows(part: Values) -> list[Close]:
    """The rows that state a close, by day."""
    days = cast("Sequence[date]", part.columns[0])
    closes = cast("Sequence[float]", part.columns[1])
    return sorted(
        Close(day, close, line)
        for day, close, line in zip(days, closes, part.lines, strict=True)
        if not math.isnan(close)
    )


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
    day = Column("Date", CellKind.DATE, needed=True, expected="a day as YYYY-MM-DD")
    close_name = names[layout.close_place]
    close = Column(
        close_name if close_name != day.name else "Close",
        CellKind.NUMBER,
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


EURO = "EUR"


def known_rate_columns(cells: list[str]) -> int:
    """How many cells name the date or a currency: the delimiter is chosen by it."""
    return sum(fold(cell) == "date" or cell.strip() in CURRENCIES for cell in cells)


def read_rates(table: Delimited, as_of: date, log: ProblemLog) -> tuple[FxRate, ...]:
    """The last rate of each currency on or before `as_of`, EUR among them, sorted by currency.

    Columns that are no currency of today (the ECB keeps those of former members) are left out.
    """
    places = _places(table.records[0], log) if table.records else None
    if places is None:
        log.mistake(None, None, "has no rates", "a header line Date,USD,CNY and so on")
        return ()
    day, *currencies = places
    columns = (
        Column(day, CellKind.DATE, needed=True, expected="a day as YYYY-MM-DD"),
        *(Column(code, CellKind.NUMBER, expected="units per 1 EUR") for code in currencies),
    )
    header, *records = table.records
    body = Body(columns, places, header, records, max(places.values()) + 1)
    (values, lines), _ = read_body(body, table, as_of, log)
    days = cast("Sequence[date]", values[0])
    rates = [FxRate(EURO, 1.0, max(days, default=as_of))]
    for code, rate_column in zip(currencies, values[1:], strict=True):
        per_eur = cast("Sequence[float]", rate_column)
        _report_not_positive(code, per_eur, lines, log)
        rates.extend(_last(code, days, per_eur))
    _report_repeated(values, lines, log)
    return tuple(sorted(rates))


def _places(header: Record, log: ProblemLog) -> dict[str, int] | None:
    """The place of the date and of every currency; None if there is no date."""
    names = [cell.strip() for cell in header.cells]
    if not names or fold(names[0]) != "date":
        return None
    places = {"Date": 0}
    for place, name in enumerate(names):
        if name in places and name in CURRENCIES:
            log.mistake(header.line_no, name, "stands in the header twice")
        elif name in CURRENCIES and name != EURO:
            places[name] = place
        elif place and name and not (name.isupper() and len(name) == len(EURO)):
            log.caution(
                header.line_no, None, f"has a column {quote(name)}, which is not a currency"
            )
    return places


def _report_not_positive(
    code: str, per_eur: Sequence[float], lines: Sequence[int], log: ProblemLog
) -> None:
    known = [rate for rate in per_eur if not math.isnan(rate)]
    if not known or all(map(FIGURES["fx"].holds, (min(known), max(known)))):
        return  # thousands of days of dozens of currencies
    for rate, line in zip(per_eur, lines, strict=True):
        if not FIGURES["fx"].holds(rate):
            log.mistake(line, code, f"{rate:g} is not above 0", "units per 1 EUR")


def _report_repeated(
    columns: Sequence[Sequence[object]], lines: Sequence[int], log: ProblemLog
) -> None:
    """Log every day whose rates are stated twice, and differently."""
    if len(set(columns[0])) == len(columns[0]):
        return
    first: dict[object, tuple[int, str]] = {}
    for line, row in zip(lines, zip(*columns, strict=True), strict=True):
        other, stated = first.setdefault(row[0], (line, repr(row)))
        if stated != repr(row):
            found = f"{row[0]} stands on line {other} with other rates"
            log.mistake(line, "Date", found, "one line a day", "remove one of them")


def _last(code: str, days: Sequence[date], per_eur: Sequence[float]) -> list[FxRate]:
    known = [(day, rate) for day, rate in zip(days, per_eur, strict=True) if not math.isnan(rate)]
    if not known:
        return []
    day, rate = max(known)
    return [FxRate(code, rate, day)]
