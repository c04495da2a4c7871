"""What comes in from outside: fifty companies imported, and what a pack that grew by it costs.

Files are made up in the shapes and sizes that vendors' have: companyfacts of 4 MB, 2,000 daily
closes, the whole history of the European Central Bank.
"""

from __future__ import annotations

import json
import random
import shutil
import tempfile
from contextlib import redirect_stdout
from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

from benchmarks.ratios import Ratio, side_by_side
from reportgen.facts.units import CURRENCIES
from reportgen.findings import check
from reportgen.intake.imports import bring, take
from reportgen.intake.records import Import
from reportgen.runs import drafts

if TYPE_CHECKING:
    from collections.abc import Iterator

SECONDS = 20.0
ALLOWED_GROWN = 1.3
ALLOWED_RATES = 1.1
COMPANIES, CLOSES, YEARS, ROUNDS = 50, 2_000, 5, 7
INPUTS = Path(__file__).parents[1] / "inputs"
AS_OF, TODAY = date(2025, 11, 30), date(2026, 11, 30)
_DAY, _QUARTER = timedelta(days=1), timedelta(days=91)
_CONCEPTS = (
    "Revenues", "OperatingIncomeLoss", "DepreciationAndAmortization", "EarningsPerShareDiluted",
    "NetCashProvidedByUsedInOperatingActivities", "PaymentsToAcquirePropertyPlantAndEquipment",
)  # fmt: skip
_BALANCES = (
    "CashAndCashEquivalentsAtCarryingValue",
    "LongTermDebtNoncurrent",
    "StockholdersEquity",
)
_OTHERS = 250  # concepts of a filing that nobody asks for


def main() -> list[Ratio]:
    """The seconds of an import beside those allowed, and the ratios of what a pack costs by it."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        taken = _imported(place / "many")
        plain = _copied(place / "plain")
        grown = _grown(_copied(place / "grown"))
        rated = _copied(place / "rated")
        (rated / "market/fx.csv").write_text(_rates())
        return [
            Ratio(f"import {COMPANIES} companies / the seconds it may take", taken, SECONDS, 1.0),
            side_by_side(
                f"build with {CLOSES:,} closes and {YEARS} years of figures / the example",
                lambda: _built(grown, place),
                lambda: _built(plain, place),
                ALLOWED_GROWN,
                ROUNDS,
            ),
            side_by_side(
                "build with every rate since 1999 / with those of the example",
                lambda: _built(rated, place),
                lambda: _built(plain, place),
                ALLOWED_RATES,
                ROUNDS,
            ),
            side_by_side(
                "check with every rate since 1999 / with those of the example",
                lambda: check("BABA", as_of=AS_OF, inputs=rated),
                lambda: check("BABA", as_of=AS_OF, inputs=plain),
                ALLOWED_RATES,
                ROUNDS,
            ),
        ]


def _built(inputs: Path, outputs: Path) -> None:
    drafts.build("BABA", as_of=AS_OF, inputs=inputs, outputs=outputs)


def _copied(folder: Path) -> Path:
    return Path(shutil.copytree(INPUTS, folder))


def _imported(inputs: Path) -> float:
    """Return the seconds in which companies take in their filings, closes and rates."""
    shutil.copytree(INPUTS / "market", inputs / "market")
    files = []
    for number in range(COMPANIES):
        ticker = f"C{number}"
        shutil.copytree(INPUTS / "BABA", inputs / ticker)
        description = inputs / ticker / "company.yaml"
        text = description.read_text().replace("ticker: BABA", f"ticker: {ticker}")
        description.write_text(text.replace("reporting_currency: CNY", "reporting_currency: USD"))
        files += [inputs / f"companyfacts-{ticker}.json", inputs / f"{ticker}-daily.csv"]
        files[-2].write_bytes(_companyfacts(number))
        files[-1].write_text("Date,Close\n" + "".join(_closes(TODAY, number)))
    files.append(inputs / "eurofxref-hist.csv")
    files[-1].write_text(_rates())
    started = perf_counter()
    with redirect_stdout(StringIO()):
        for found in bring(files, Import(TODAY, inputs)):
            take(found)
            assert not found.error, found.error  # noqa: S101 - a benchmark of nothing is none
    return perf_counter() - started


def _grown(inputs: Path) -> Path:
    """Add daily closes up to the day of the example, and years of quarters before its own."""
    prices = inputs / "BABA/prices.csv"
    monthly = prices.read_text().splitlines()[1:]
    later = [line for line in monthly if line > str(AS_OF)]
    daily = [f"{day},90\n" for day in _workdays(AS_OF, CLOSES)]
    prices.write_text("Date,Close\n" + "".join(daily) + "\n".join(later) + "\n")
    with (inputs / "BABA/fundamentals.csv").open("a") as file:
        for back in range(4 * YEARS):
            year, quarter = divmod(2024 * 4 - back, 4)
            end = date(year, 3 * quarter + 1, 1) - _DAY
            for metric in ("revenue", "ebita", "ebitda", "free_cash_flow", "net_income", "capex"):
                label = f"FY{end.year + (end.month > 3)}-Q{(end.month // 3 + 2) % 4 + 1}"  # noqa: PLR2004
                file.write(
                    f"{end},{label},group,{metric},{1000 + back},CNY m,,=,{end + _QUARTER / 2},"
                    "alibaba-6k-2024-09,\n"
                )
    return inputs


def _workdays(last: date, count: int) -> list[date]:
    days = (last - _DAY * back for back in range(2 * count))
    return sorted([day for day in days if day.weekday() < 5][:count])  # noqa: PLR2004 - Saturday


def _closes(last: date, seed: int) -> Iterator[str]:
    """Yield lines of closes of the days after those that the example has."""
    chance = random.Random(seed)  # noqa: S311 - made up
    for day in _workdays(last, CLOSES):
        if day > date(2026, 6, 30):
            yield f"{day},{chance.uniform(90, 110):.2f}\n"


def _rates() -> str:
    """Return rates of every currency since 1999, newest first, as the bank writes them."""
    codes = sorted(CURRENCIES - {"EUR"})[:41]
    kept = {"USD", "CNY", "HKD", "GBP", "JPY"}
    codes = [*sorted(kept), *(code for code in codes if code not in kept)][:41]
    lines = [f"Date,{','.join(codes)},"]
    day = date(2026, 11, 27)
    while day > date(1999, 1, 3):
        if day.weekday() < 5:  # noqa: PLR2004 - Saturday
            rates = [
                "N/A" if at > 30 and day.year < 2009 else f"{1.1 + at / 7:.4f}"  # noqa: PLR2004
                for at in range(len(codes))
            ]
            lines.append(f"{day},{','.join(rates)},")
        day -= _DAY
    return "\n".join(lines) + "\n"


def _companyfacts(seed: int) -> bytes:
    """Return every figure of twelve years of quarters, in spans as filings state them."""
    chance = random.Random(seed)  # noqa: S311 - made up
    facts: dict[str, dict[str, object]] = {}
    for concept in (*_CONCEPTS, *_BALANCES, *(f"Other{number}" for number in range(_OTHERS))):
        unit = "USD/shares" if concept.startswith("EarningsPerShare") else "USD"
        rows: list[dict[str, object]] = []
        for back in range(48):
            year, quarter = divmod(2026 * 4 + 2 - back, 4)
            begun, end = date(year, 1, 1), date(year, 1, 1) + _QUARTER * (quarter + 1) - _DAY
            filed = {
                "accn": f"{seed + 1:010}-{end.year % 100:02}-{back:06}",
                "form": "10-K" if quarter == 3 else "10-Q",  # noqa: PLR2004 - from 0
                "filed": str(end + timedelta(days=40)),
                "end": str(end),
                "fy": year,
            }
            value = chance.randint(1, 9_000_000_000) if unit == "USD" else chance.uniform(1, 9)
            if concept in _BALANCES:
                rows.append({"val": value, **filed})
                continue
            starts = {begun} | ({end - _QUARTER + _DAY} if quarter < 3 else set())  # noqa: PLR2004
            rows += [{"start": str(start), "val": value, **filed} for start in sorted(starts)]
        facts[concept] = {"label": concept, "description": None, "units": {unit: rows}}
    whole = {"cik": seed + 1, "entityName": f"COMPANY {seed}", "facts": {"us-gaap": facts}}
    return json.dumps(whole).encode()
