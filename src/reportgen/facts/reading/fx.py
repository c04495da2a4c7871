"""Exchange rates: the last of every currency on or before a day, as units per 1 EUR."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, cast

from reportgen.errors import quote
from reportgen.facts.catalogue import FIGURES
from reportgen.facts.reading.columns import Column, Kind
from reportgen.facts.reading.delimited import fold
from reportgen.facts.reading.tables import Body, read_body
from reportgen.facts.rows import FxRate
from reportgen.facts.units import CURRENCIES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from reportgen.facts.problem_log import ProblemLog
    from reportgen.facts.reading.delimited import Delimited, Record

EURO = "EUR"


def recognised(cells: list[str]) -> int:
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
        Column(day, Kind.DATE, needed=True, expected="a day as YYYY-MM-DD"),
        *(Column(code, Kind.NUMBER, expected="units per 1 EUR") for code in currencies),
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
