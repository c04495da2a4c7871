"""Runs of many companies: what a report costs in a batch, and what it costs that nothing changed.

    python -m benchmarks runs
    COMPANIES=1000 python -m benchmarks runs

The companies are a universe made by scripts/make_universe.py. Theirs is, for the report in a batch,
stock XlsxWriter merely writing the workbooks of the same companies; for the others a run of ours.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from benchmarks import stock_writer
from benchmarks.ratios import Ratio
from reportgen import RunRequest, compose, ls, run
from reportgen.runs.company import build_company
from reportgen.runs.lanes import in_lanes
from reportgen.runs.standings import companies

ROOT = Path(__file__).parents[1]
COMPANIES = int(os.environ.get("COMPANIES", "100"))
AS_OF = "2025-11-30"
ALLOWED_REPORT = 0.5
ALLOWED_TWO_WORKERS = 0.555  # two are 1.8 times as fast
ALLOWED_UNCHANGED = 0.03
ALLOWED_LS = 0.01
ALLOWED_GROWTH = 1.15  # seconds a report of all companies over those of a tenth of them
ALLOWED_MEMORY = 1.2  # of a worker's peak after all reports over that after the thirtieth
FEW, WARM = 12, 30


def main() -> list[Ratio]:
    """The ratios of a universe of COMPANIES companies."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        inputs = place / "inputs"
        command = [sys.executable, str(ROOT / "scripts/make_universe.py")]
        command += [str(COMPANIES), str(place)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - ours
        one = _run(inputs, place / "one", workers=1)
        tenth = _run(inputs, place / "tenth", workers=1, shard="1/10")
        two = _run(inputs, place / "two", workers=2)
        again = _run(inputs, place / "one", workers=1)
        start = perf_counter()
        ls(as_of=AS_OF, inputs=inputs, outputs=place / "one")
        listed = perf_counter() - start
        ours, theirs = _batch(inputs, place)
        early, late = _peaks(inputs, place)
        few = max(1, COMPANIES // 10)
        return [
            Ratio("a report in a batch / XlsxWriter writes it", ours, theirs, ALLOWED_REPORT),
            Ratio("a run with two workers / with one", two, one, ALLOWED_TWO_WORKERS),
            Ratio("a run in which nothing changed / a full one", again, one, ALLOWED_UNCHANGED),
            Ratio("ls / a full run", listed, one, ALLOWED_LS),
            Ratio(
                f"a report of {COMPANIES} / of {few}",
                one / COMPANIES,
                tenth / few,
                ALLOWED_GROWTH,
            ),
            Ratio(
                f"memory of a worker, MB for ms, after all / after {WARM}",
                late,
                early,
                ALLOWED_MEMORY,
            ),
        ]


def _run(inputs: Path, outputs: Path, *, workers: int, shard: str = "") -> float:
    """Seconds that a run takes."""
    asked = RunRequest(
        as_of=AS_OF, inputs=str(inputs), outputs=str(outputs), workers=workers, shard=shard
    )
    start = perf_counter()
    run(asked)
    return perf_counter() - start


def _batch(inputs: Path, place: Path) -> tuple[float, float]:
    """Seconds for a few reports in a warm process, and for stock XlsxWriter to write them."""
    found = companies(inputs, place / "batch", _day()).companies[: FEW + 1]
    first, *tasks = (one.task for one in found)
    build_company(first)
    start = perf_counter()
    for task in tasks:
        build_company(task)
    ours = perf_counter() - start
    books = [compose(task.ticker, as_of=AS_OF, inputs=inputs).book for task in tasks]
    start = perf_counter()
    for book in books:
        stock_writer.write(book, place / "stock.xlsx")
    return ours, perf_counter() - start


def _peaks(inputs: Path, place: Path) -> tuple[float, float]:
    """The peak memory of one worker, in GB, after the thirtieth report and after all of them."""
    found = companies(inputs, place / "memory", _day()).companies
    tasks = [replace(one.task, force=True) for one in found]
    peaks = [peak for _, peak in in_lanes([tasks], peak_after, _lost, 1, RunRequest().limits)]
    return peaks[min(WARM, len(peaks)) - 1], peaks[-1]


def peak_after(task: object) -> float:
    """Build a company in a worker; the peak of its memory since it began, in GB."""
    build_company(task)  # type: ignore[arg-type]  # a Task
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) / 1024 / 1000 if found else 0.0


def _lost(task: object, why: str) -> float:
    raise RuntimeError(f"{task}: {why}")


def _day() -> object:
    from reportgen.periods import as_day  # noqa: PLC0415 - a benchmark reads from top to bottom

    return as_day(AS_OF)
