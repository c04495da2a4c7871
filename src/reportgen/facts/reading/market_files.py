"""Closes and exchange rates, in whatever export they come.

Where closes stand is found by the names of columns (`price_layouts`), their days by what the cells
say of when they were (`closing_days`). Rates are a column a currency, as units per 1 EUR.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple, cast

from reportgen.errors import quote
from reportgen.facts.catalogue import FIGURES
from reportgen.facts.problems import CellError, fold_alike, more_lines
from reportgen.facts.reading.closing_days import cell_at, epoch, with_days
from reportgen.facts.reading.columns import CellKind, Column
from reportgen.facts.reading.dates import iso_days, readings
from reportgen.facts.reading.numbers import parse_number
from reportgen.facts.reading.price_layouts import find_layout, labels_of
from reportgen.facts.reading.price_names import is_adjusted_name, is_date_name, is_label_of
from reportgen.facts.reading.tables import Body, told_once
from reportgen.facts.reading.text_files import DEEPEST_HEADER, Record
from reportgen.facts.rows import Close, FxRate
from reportgen.facts.units import CURRENCIES, parse_currency

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.reading.price_layouts import PriceLayout
    from reportgen.facts.reading.tables import Values
    from reportgen.facts.reading.text_files import Delimited


_ADJUSTED = "has no column Adj Close: its closes are adjusted for dividends"
_ONLY_ADJUSTED = "has no column of closes but one adjusted for dividends"
_DOWNLOAD = "download with auto_adjust=False"
_RAW_TOO = "export the close that was quoted as well"


class Closes(NamedTuple):
    """The closes of a file by day: known at as-of, and dated later."""

    known: tuple[Close, ...] = ()
    later: tuple[Close, ...] = ()


def read_closes(
    table: Delimited, share: str, currency: str, zone: str, as_of: date, log: ProblemLog
) -> Closes:
    """The closes of `share` as the file has them; a day without one is left out.

    `currency` is that of the closes ("" if it does not matter): a currency sign must agree with it.
    `zone` is the time zone of the exchange, "" if unknown.
    """
    try:
        layout = find_layout(table.records, share, currency)
        records = _records_of(table.records[layout.first :], layout, share)
    except CellError as error:
        log.mistake(None, None, error.found, error.expected, error.remedy)
        return Closes()
    _report_layout(layout, records, share, currency, log)
    records = _without_remarks(records, layout, log)
    records = with_days(records, layout.date_place, zone, as_of, log)
    known, later = told_once(_body(layout, records, currency), table, as_of, log)
    before = len(log.found)
    closes = _one_a_day(_rows(known), log)
    fold_alike(log.found, before, len(known.lines))
    return Closes(closes, tuple(row for row in _rows(later) if row.close > 0))


def closes_of_all(parts: Sequence[Closes], log: ProblemLog) -> Closes:
    """The closes of several files of one share; two that differ on a day are a mistake."""
    if len(parts) == 1:
        return parts[0]
    known = sorted(close for part in parts for close in part.known)
    later = sorted(close for part in parts for close in part.later)
    return Closes(_one_a_day(known, log), tuple(later))


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


def _report_layout(
    layout: PriceLayout, records: Sequence[Record], share: str, currency: str, log: ProblemLog
) -> None:
    """Tell what the names in the file say against the pack: share, currency, dividends."""
    line = layout.header.line_no
    named = layout.label
    if layout.label_place is not None and records:
        named = next(labels_of(records, layout.label_place), "").strip() or named
    if named and not is_label_of(named, share):
        log.caution(line, None, f"is labelled {quote(named)}, not {quote(share)}")
    if currency and layout.currency and parse_currency(layout.currency) != parse_currency(currency):
        log.caution(
            line,
            None,
            f"says its closes are in {layout.currency}, and company.yaml {currency}",
            "closes in the price_currency",
        )
    if layout.is_adjusted:
        says_so = is_adjusted_name(layout.header.cells[layout.close_place])
        found, remedy = (_ONLY_ADJUSTED, _RAW_TOO) if says_so else (_ADJUSTED, _DOWNLOAD)
        log.caution(line, None, found, "raw closes", remedy)


_EVENT = re.compile(r"\b(?:dividends?|stock splits?|splits?|spin-?offs?)\b", re.IGNORECASE)


def _without_remarks(
    records: Sequence[Record], layout: PriceLayout, log: ProblemLog
) -> list[Record]:
    """The records that state a day or a close; those that state neither are told and left out.

    Such are footers, lines of units below a header, a header repeated, dividends between closes.
    """
    rows: list[Record] = []
    remarks: list[Record] = []
    for record in records:
        day, close = cell_at(record, layout.date_place), cell_at(record, layout.close_place)
        if _is_row(day, close, record):
            rows.append(record)
        elif day.strip() or close.strip():  # both blank: another share traded on
            remarks.append(record)
    if not rows:
        return list(records)  # then it is the rows that cannot be read
    if remarks:
        said = quote(next(cell for cell in remarks[0].cells if cell).strip())
        is_no_row = f"and {more_lines(remarks)} are no rows" if len(remarks) > 1 else "is no row"
        log.caution(remarks[0].line_no, None, f"{said} {is_no_row} of closes: passed over")
    return rows


def _is_row(day: str, close: str, record: Record) -> bool:
    if _is_number(close):
        return True
    if any(_EVENT.search(cell) for cell in record.cells):
        return False
    return bool(readings(day)) or epoch(day) is not None


def _is_number(text: str) -> bool:
    try:
        return not math.isnan(parse_number(text, ".").value)
    except CellError:
        return False


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
    return Body((day, close), places, layout.header, records, least, layout.order, layout.decimal)


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
            other = log.line_words(kept[-1].line_no, row.line_no)
            found = f"{row.close:g} is not the close that {other} states for the day"
            remedy = "edit a typing error, and remove one of the two lines"
            log.mistake(row.line_no, "Close", found, "one close a day", remedy)
    return tuple(kept)


EURO = "EUR"
_MANY = 12  # currencies: a table of more is the bank's own, not one for these companies
_MAJOR = frozenset({"USD", "GBP", "JPY", "CHF", "CNY", "HKD"})  # in which brokers may speak
_A_YEAR = timedelta(days=366)


def known_rate_columns(cells: list[str]) -> int:
    """How many cells name the date or a currency: the delimiter is chosen by it."""
    return sum(is_date_name(cell) or cell.strip() in CURRENCIES for cell in cells)


class RateTable(NamedTuple):
    """Units per 1 EUR by currency, nan where there is none, beside the days they were fixed on."""

    days: Sequence[date]
    per_eur: Mapping[str, Sequence[float]]


def read_rates(
    table: Delimited, as_of: date, log: ProblemLog, named: Collection[str] = CURRENCIES
) -> tuple[FxRate, ...]:
    """The last rate of each currency on or before `as_of`, EUR among them, sorted by currency.

    Of a table of many currencies those that are `named`, and the major ones, are read; of a long
    history the year around `as_of`, and of currencies that ended before, their own columns.
    """
    near, before = _around(table, as_of)
    found = rate_table(_of_many(near, named), as_of, log)
    if found is None:
        return ()
    rates = [FxRate(EURO, 1.0, max(found.days, default=as_of))]
    ended: list[str] = []
    for code, per_eur in found.per_eur.items():
        last = _last(code, found.days, per_eur)
        rates.extend(last)
        ended += [] if last else [code]
    past = rate_table(_of_currencies(before, ended), as_of, log) if before and ended else None
    if past is not None:
        for code, per_eur in past.per_eur.items():
            rates.extend(_last(code, past.days, per_eur))
    return tuple(sorted(rates))


def _of_many(table: Delimited, named: Collection[str]) -> Delimited:
    """The table, without the currencies that nobody needs where it has very many."""
    try:
        names = [cell.strip() for cell in rate_header(table).cells]
    except CellError:
        return table
    codes = [name for name in names if name in CURRENCIES]
    if len(codes) <= _MANY or len(set(codes)) < len(codes):
        return table
    return _of_currencies(table, [code for code in codes if code in named or code in _MAJOR])


def _around(table: Delimited, as_of: date) -> tuple[Delimited, Delimited | None]:
    """The lines of a table of rates around a day, and those before; all of it if days are unsure.

    Both have the lines up to the header.
    """
    try:
        start = table.records.index(rate_header(table)) + 1
    except CellError:
        return table, None
    below = table.records[start:]
    days = iso_days([record.cells[0] for record in below])
    if days is None:
        return table, None
    near, before = list(table.records[:start]), list(table.records[:start])
    for record, day in zip(below, days, strict=True):
        if day is None or abs(day - as_of) <= _A_YEAR:
            near.append(record)
        elif day < as_of:
            before.append(record)
    return replace(table, records=near), replace(table, records=before)


def _of_currencies(table: Delimited, codes: Sequence[str]) -> Delimited:
    """The table with its days and some of its columns."""
    names = [cell.strip() for cell in rate_header(table).cells]
    places = [0, *(names.index(code) for code in codes)]
    records = [
        Record(one.line_no, [one.cells[at] if at < len(one.cells) else "" for at in places])
        for one in table.records
    ]
    return replace(table, records=records)


def rate_table(table: Delimited, as_of: date, log: ProblemLog) -> RateTable | None:
    """Every rate on or before `as_of`; None, and a problem, where the table has none.

    Columns that are no currency of today (the ECB keeps those of former members) are left out.
    """
    try:
        header = rate_header(table)
    except CellError as error:
        log.mistake(None, None, error.found, error.expected)
        return None
    places = _places(header, log)
    day, *currencies = places
    columns = (
        Column(day, CellKind.DATE, needed=True, expected="a day as YYYY-MM-DD"),
        *(Column(code, CellKind.NUMBER, expected="units per 1 EUR") for code in currencies),
    )
    records = table.records[table.records.index(header) + 1 :]
    body = Body(columns, places, header, records, max(places.values()) + 1)
    (values, lines), _ = told_once(body, table, as_of, log)
    days = cast("Sequence[date]", values[0])
    found = dict(zip(currencies, cast("Sequence[Sequence[float]]", values[1:]), strict=True))
    for code, per_eur in found.items():
        _report_not_positive(code, per_eur, lines, log)
        _report_other_base(code, per_eur, header.line_no, log)
    _report_repeated(values, lines, log)
    return RateTable(days, found)


def rate_header(table: Delimited) -> Record:
    """The line that names the day in its first cell; titles may stand above it.

    Every currency may be one of the past. Raises CellError where no line does.
    """
    for record in table.records[:DEEPEST_HEADER]:
        if is_date_name(record.cells[0]):
            return record
    raise CellError("has no rates", "a header line Date,USD,CNY and so on")


def _places(header: Record, log: ProblemLog) -> dict[str, int]:
    """The place of the date and of every currency."""
    names = [cell.strip() for cell in header.cells]
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


def _report_other_base(code: str, per_eur: Sequence[float], line: int, log: ProblemLog) -> None:
    """Log a currency that is 1 on every day: rates are of it then, not of the euro."""
    known = [rate for rate in per_eur if not math.isnan(rate)]
    if len(known) > 1 and set(known) == {1.0}:
        found = f"is 1 on every day, as in rates per 1 {code}"
        log.mistake(line, code, found, "units per 1 EUR", "divide each rate by that of EUR")


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
