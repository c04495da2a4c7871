"""Reading a universe and cutting it by company, against pandas with the same files."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pandas as pd

from benchmarks.ratios import Ratio, side_by_side
from reportgen.facts.reading.universe import read_universe

ALLOWED = 0.5
COMPANIES = 1_000
ROUNDS = 3
ROOT = Path(__file__).parents[1]


def main() -> list[Ratio]:
    """The ratio of the times in which both have every table of every company at hand."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, str(ROOT / "scripts/make_universe.py"), str(COMPANIES), folder]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own code
        inputs = Path(folder, "inputs")
        return [
            side_by_side(
                f"read tables of {COMPANIES:,} companies and cut them / pandas reads and groups",
                lambda: [one.cuts for one in map(read_universe(inputs).slice, _tickers(inputs))],
                lambda: _by_pandas(inputs),
                ALLOWED,
                ROUNDS,
            )
        ]


def _tickers(inputs: Path) -> list[str]:
    lines = (inputs / "universe/companies.csv").read_text(encoding="utf-8").splitlines()[1:]
    return [line.partition(",")[0] for line in lines]


def _by_pandas(inputs: Path) -> dict[str, dict[str, pd.DataFrame]]:
    frames = {path.stem: pd.read_csv(path) for path in (inputs / "universe").glob("*.csv")}
    return {
        name: dict(iter(frame.groupby("ticker")))
        for name, frame in frames.items()
        if "ticker" in frame
    }
