"""Files of a company that has no pack as yet: two years of filings and of closes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import TYPE_CHECKING

from tests.intake.sec.filings import Filing, Stated, companyfacts

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TODAY = date(2026, 4, 2)
FIRST = date(2024, 1, 5)  # a Friday
RATES = "published,currency,risk_free,equity_risk_premium,source\n"
ENDS = ((3, 31), (6, 30), (9, 30), (12, 31))
CONCEPTS = {  # of a quarter: revenue, EPS, cash in, capital expenditure
    "Revenues": (1e9, "USD"),
    "EarningsPerShareDiluted": (1.0, "USD/shares"),
    "NetCashProvidedByUsedInOperatingActivities": (3e8, "USD"),
    "PaymentsToAcquirePropertyPlantAndEquipment": (5e7, "USD"),
}


def filed() -> bytes:
    """Return the companyfacts of twelve quarters; revenue, EPS and cash are the same in each."""
    return companyfacts(*_stated())


def _stated() -> Iterator[Stated]:
    for year in (2023, 2024, 2025):
        for quarter, (month, day) in enumerate(ENDS, start=1):
            end = date(year, month, day)
            number = (year - 2023) * 4 + quarter
            form = "10-K" if quarter == 4 else "10-Q"
            filing = Filing(number, str(end + timedelta(days=30)), form)
            span = f"{year}-01-01/{end}"
            for concept, (value, unit) in CONCEPTS.items():
                yield Stated(filing, concept, span, value * quarter, unit)
            count = "WeightedAverageNumberOfDilutedSharesOutstanding"
            yield Stated(filing, count, span, 2.5e8, "shares")
            yield Stated(filing, "CashAndCashEquivalentsAtCarryingValue", str(end), 5e8)
            yield Stated(filing, "LongTermDebtNoncurrent", str(end), 2e8)


def listing(exchange: str = "NYSE", ticker: str = "ACME") -> str:
    """Return the SEC's list of the company's filings."""
    recent: dict[str, list[str]] = {"accessionNumber": [], "form": []}
    told = {"cik": "999999", "name": "Acme Corp", "tickers": [ticker], "exchanges": [exchange]}
    return json.dumps(told | {"fiscalYearEnd": "1231", "filings": {"recent": recent}})


def closes(weeks: int, beta: float, start: float = 40.0) -> str:
    """Return closes of Fridays that move `beta` times as much as those of a beta of 1."""
    lines, close = ["Date,Close"], start
    for week in range(weeks + 1):
        lines.append(f"{FIRST + timedelta(days=7 * week)},{close:.6f}")
        close *= 1 + beta * (0.03 if week % 3 else -0.05)
    return "\n".join((*lines, ""))


def written(folder: Path, **files: str | bytes) -> dict[str, Path]:
    """Write files and return where each stands; a name's double underscore is its dot."""
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        found[name] = path
    return found
