"""The index of 5,000 companies with a year of reports each, against the seconds it may take.

They are seconds of computing: what else runs on the machine does not count.
"""

from __future__ import annotations

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path
from random import Random
from time import process_time

from benchmarks.ratios import Ratio
from reportgen.runs.index.files import NOTABLE, write_index
from reportgen.runs.issued import COLUMNS, VALUES

COMPANIES, SECONDS = 5_000, 10.0
AS_OF = date(2025, 11, 30)
MONTHS = 12
A_MONTH = 0.09  # the deviation of a month's return: of 5,000 shares the usual one
_PARTS = {"price": 1.0, "bear": 0.7, "base": 1.1, "bull": 1.5, "expected": 1.1, "consensus": 1.3}
_STANCES = ("LONG", "SHORT", "NO POSITION", "NO POSITION", "BLOCKED")


def main() -> list[Ratio]:
    """The seconds that the index takes, reading and flushing included, over those allowed."""
    with tempfile.TemporaryDirectory() as folder:
        outputs = Path(folder)
        chance = Random(20251130)  # noqa: S311 - the same companies each time, nothing secret
        for place in range(COMPANIES):
            _store(outputs, f"T{place:04}", chance)
        started = process_time()
        write_index(outputs, AS_OF)
        taken = process_time() - started
    return [Ratio(f"index of {COMPANIES:,} companies / 1 s", taken, 1.0, SECONDS)]


def _store(outputs: Path, ticker: str, chance: Random) -> None:
    """What runs leave of a company, with a change, two causes and five things to look at."""
    days = _month_ends()
    price = 100.0
    rows = []
    for day in days:
        price *= chance.lognormvariate(0, A_MONTH)
        rows.append(_row(day, price, chance))
    (outputs / ticker).mkdir()
    lines = [",".join(COLUMNS), *(",".join(map(str, row.values())) for row in rows)]
    (outputs / ticker / "issued.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    for last in range(2, MONTHS + 1):
        old, new = (float(str(row["price"])) for row in rows[last - 2 : last])
        if last == MONTHS or abs(new / old - 1) >= NOTABLE:  # no other is read
            _store_manifest(outputs / ticker, ticker, rows[:last])


def _store_manifest(company: Path, ticker: str, rows: list[dict[str, object]]) -> None:
    folder = company / str(rows[-1]["as_of"])
    folder.mkdir(parents=True)
    (folder / f"{ticker}-{folder.name}.xlsx").write_bytes(b"")
    (folder / "manifest.json").write_text(_manifest(ticker, rows), encoding="utf-8")


def _month_ends() -> list[date]:
    days = [AS_OF]
    while len(days) < MONTHS:
        days.append(days[-1].replace(day=1) - timedelta(days=1))
    return days[::-1]


def _row(day: date, price: float, chance: Random) -> dict[str, object]:
    said = {"currency": "USD", "stance": chance.choice(_STANCES), "readiness": "with care"}
    levels = {name: price * part for name, part in _PARTS.items()}
    found = {name: said.get(name, levels.get(name, 0.5)) for name in VALUES}
    return {"as_of": day, "issued_on": day, "revision": 1, "sha256": "a" * 64} | found


def _manifest(ticker: str, rows: list[dict[str, object]]) -> str:
    before, now = (float(str(row["expected"])) for row in rows[-2:])
    causes = [
        {"key": f"{name}", "label": name, "family": "growth", "amount": part * (now - before)}
        for name, part in (("Growth: Cloud, bull", 1.5), ("Exchange rate of CNY", -0.5))
    ]
    concerns = [
        {
            "kind": "WARN",
            "text": f"Check {place} is apart by more than a twentieth",
            "cell": "Checks!A9",
        }
        for place in range(5)
    ]
    state = dict.fromkeys(("visible", "theme", "policy", "model"), "a" * 64)
    revision = {"number": 1, "file": f"{ticker}-{rows[-1]['as_of']}.xlsx", "sha256": "a" * 64}
    return json.dumps(
        {
            "schema": 1,
            "ticker": ticker,
            "name": f"Company {ticker} of the Benchmark, Incorporated",
            "tags": ["ai", "test"],
            "as_of": str(rows[-1]["as_of"]),
            "program": "0.1.0",
            "state": state | {"files": {}},
            "revisions": [revision | {"program": "0.1.0", "reason": "first issue"}],
            "values": {key: rows[-1][name] for name, key in VALUES.items()} | {"upside": 0.1},
            "since_last_month": {
                "as_of": str(rows[-2]["as_of"]),
                "old": before,
                "new": now,
                "causes": causes,
                "note": "",
                "split": 1.0,
            },
            "conflicts": 1,
            "stale": ["Net cash"],
            "attention": concerns,
            "events": [{"day": "2026-02-20", "what": "Results of the quarter (expected)"}],
        }
    )
