"""Whole processes: help against a bare click program, a build against a bare script.

The bare script imports pandas and XlsxWriter and writes the very workbook that we build. It gets
the finished cells from a file; what reading that file takes is not counted against us or for us.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks.ratios import Ratio, side_by_side
from reportgen import pipeline

ALLOWED_HELP = 2.0
ALLOWED_BUILD = 1.5
HELP_ROUNDS, BUILD_ROUNDS = 15, 7
ROOT = Path(__file__).parents[1]
PROGRAM = Path(sys.executable).with_name("reportgen")

BARE_CLICK = """
import click

@click.group()
def main() -> None:
    "A program that does nothing."

@main.command()
@click.argument("name")
@click.option("--as-of", required=True)
def build(name: str, as_of: str) -> None:
    "Build nothing."

main()
"""
BARE_SCRIPT = """
import sys
from pathlib import Path
from time import perf_counter
import pandas
import xlsxwriter
from benchmarks import stock_writer
started = perf_counter()
import pickle
book = pickle.loads(Path(sys.argv[1]).read_bytes())
print(perf_counter() - started)
stock_writer.write(book, Path(sys.argv[2]))
"""


def main() -> list[Ratio]:
    """The ratios of start-up and of a whole build."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        return [_help(place), _build(place)]


def _help(place: Path) -> Ratio:
    bare = place / "bare.py"
    bare.write_text(BARE_CLICK, encoding="utf-8")
    return side_by_side(
        "reportgen --help / a bare click program's",
        lambda: _run(PROGRAM, "--help"),
        lambda: _run(sys.executable, bare, "--help"),
        ALLOWED_HELP,
        HELP_ROUNDS,
    )


def _build(place: Path) -> Ratio:
    inputs = ROOT / "inputs"
    ours = [PROGRAM, "build", "BABA", "--as-of", "2025-11-30", "--inputs", inputs]
    ours += ["--outputs", place]
    book = place / "book.pickle"
    book.write_bytes(
        pickle.dumps(pipeline.compose("BABA", as_of=date(2025, 11, 30), inputs=inputs).book)
    )
    theirs = [sys.executable, "-c", BARE_SCRIPT, book, place / "stock.xlsx"]
    _run(*ours)
    _run(*theirs)
    turns = [(_seconds(*ours), _seconds(*theirs)) for _ in range(BUILD_ROUNDS)]
    return Ratio(
        "reportgen build BABA / a script with pandas and XlsxWriter that writes the same",
        median(turn[0] for turn in turns),
        median(turn[1] for turn in turns),
        ALLOWED_BUILD,
    )


def _seconds(*command: str | Path) -> float:
    """How long a process takes, less what it says it spent on getting its data."""
    started = perf_counter()
    said = _run(*command)
    taken = perf_counter() - started
    first = said.split(maxsplit=1)[0]
    return taken - float(first) if _is_number(first) else taken


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _run(*command: str | Path) -> str:
    done = subprocess.run(command, capture_output=True, check=True, text=True, cwd=ROOT)  # noqa: S603 - our own programs
    return done.stdout
