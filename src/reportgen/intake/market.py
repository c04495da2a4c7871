"""What files bring the market: rates of currencies, and closes of benchmarks."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.problems import ProblemLog, require_sound
from reportgen.facts.reading.companies import tickers
from reportgen.facts.reading.company_file import MARKET
from reportgen.facts.reading.market_files import EURO, known_rate_columns, rate_table
from reportgen.facts.reading.pack_files import FX, read_pack
from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.intake.additions import grown, table_of
from reportgen.intake.closes import (
    DAY,
    Unproven,
    basis_of,
    close_rows,
    closes_over,
    home_of_closes,
    home_of_rates,
    spelled,
)
from reportgen.intake.contents import CloseTable
from reportgen.intake.records import Brought

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.facts.reading.market_files import RateTable
    from reportgen.facts.reading.text_files import Delimited
    from reportgen.intake.contents import Bars, Rates
    from reportgen.intake.records import Import

_ALIKE = 1e-6  # of a rate


def brought_rates(contents: Sequence[Rates], asked: Import) -> Brought:
    """Return what files bring market/fx.csv: its own currencies, from its first day on."""
    name, path = f"{MARKET}/{FX}", asked.inputs / MARKET / f"{FX}.csv"
    try:
        return _rates(name, path, contents, asked)
    except ReportgenError as error:
        return Brought(name, error=str(error))


def _rates(name: str, path: Path, contents: Sequence[Rates], asked: Import) -> Brought:
    standing = _rates_of(path, table_of(path, asked.inputs, known_rate_columns), date.max)
    currencies = tuple(standing.per_eur) if standing else _currencies(asked.inputs)
    known = _by_day(standing, currencies)
    first = min(known, default=date.min)
    new: dict[date, dict[str, float]] = {}
    doubts: list[str] = []
    for content in contents:
        over = _rates_of(content.path, content.table, asked.today - timedelta(days=1))
        for day, offered in _by_day(over, currencies).items():
            if day not in known and day >= first and offered:
                new[day] = offered
            elif other := _unlike(known.get(day, {}), offered):
                doubts.append(f"{content.path.name} has {other} for {day}, and {path.name} others")
    rows = tuple(
        {DAY: day.isoformat()} | {code: spelled(rate) for code, rate in new[day].items()}
        for day in sorted(new)
    )
    home = home_of_rates(path, currencies)
    files = (grown(home, rows, asked.inputs),) if rows else ()
    return Brought(name, closes=len(rows), files=files, doubts=tuple(doubts))


def _rates_of(path: Path, table: Delimited | None, by: date) -> RateTable | None:
    if table is None:
        return None
    log = ProblemLog(str(path))
    found = rate_table(table, by, log)
    require_sound(log)
    return found


def _by_day(table: RateTable | None, currencies: Sequence[str]) -> dict[date, dict[str, float]]:
    """Return the rates of each day, of some currencies, without those that are blank."""
    if table is None:
        return {}
    columns = {code: table.per_eur[code] for code in currencies if code in table.per_eur}
    return {
        day: {code: rates[at] for code, rates in columns.items() if not math.isnan(rates[at])}
        for at, day in enumerate(table.days)
    }


def _unlike(known: Mapping[str, float], offered: Mapping[str, float]) -> str:
    """Return the rates of a day that differ; a blank one stays so: the past is never edited."""
    return ", ".join(
        f"{code} {rate:g}"
        for code, rate in offered.items()
        if code in known and not math.isclose(known[code], rate, rel_tol=_ALIKE)
    )


def _currencies(inputs: Path) -> tuple[str, ...]:
    """The currencies of all companies, for a file of rates that is to begin."""
    companies = [read_pack(ticker, inputs).company for ticker in tickers(inputs)]
    codes = {code for one in companies for code in (one.price_currency, one.reporting_currency)}
    return tuple(sorted(codes - {EURO}))


def brought_benchmark(name: str, contents: Sequence[CloseTable | Bars], asked: Import) -> Brought:
    """Return what files bring the closes of a benchmark, market/NAME.csv."""
    title, path = f"{MARKET}/{name}", asked.inputs / MARKET / f"{name}.csv"
    new: dict[date, float] = {}
    doubts: list[str] = []
    try:
        table = table_of(path, asked.inputs, known_price_columns)
        standing = None if table is None else CloseTable(path, table)
        known = {} if standing is None else closes_over(standing, name, "", "", date.max).closes
        first = min(known, default=date.min)
        for content in contents:
            offered = closes_over(content, name, "", "", asked.today).closes
            basis = basis_of(offered, known, ())
            if isinstance(basis, Unproven):
                doubts.append(f"{content.path.name}: {basis.found}; {basis.remedy}")
            else:
                new |= {day: one for day, one in offered.items() if day >= first}
        new = {day: one for day, one in new.items() if day not in known}
        home = home_of_closes(path, name, "")
        files = (grown(home, close_rows(new), asked.inputs),) if new else ()
    except ReportgenError as error:
        return Brought(title, error=str(error))
    return Brought(title, closes=len(new), files=files, doubts=tuple(doubts))
