"""Which two files are compared."""

from __future__ import annotations

import shlex
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.errors import ReportgenError
from reportgen.periods import parse_as_of

if TYPE_CHECKING:
    from datetime import date

TWO_FILES, TICKER_AND_DAYS = 2, 3


def find_ends(ends: tuple[str, ...], outputs: Path) -> tuple[Path, Path]:
    """The old and the new file: as named, or the reports of a ticker on two days.

    Raises UsageError for another number of arguments, ReportgenError with the command that builds
    it for a report that is not there.
    """
    if len(ends) == TWO_FILES:
        return Path(ends[0]), Path(ends[1])
    if len(ends) != TICKER_AND_DAYS:
        raise click.UsageError("give two files, or a ticker and two days")
    ticker, *days = ends
    today = datetime.now().astimezone().date()
    old, new = (_report(ticker, parse_as_of(day, today), outputs) for day in days)
    return old, new


def place(outputs: Path, ticker: str, day: date) -> Path:
    """Where a report stands: `pipeline.report_path`, without importing all that builds one."""
    return outputs / ticker / f"{day}" / f"{ticker}-{day}.xlsx"


def _report(ticker: str, day: date, outputs: Path) -> Path:
    path = place(outputs, ticker, day)
    if not path.is_file():
        where = "" if outputs == Path("outputs") else f" --outputs {outputs}"
        raise ReportgenError(
            f"{path}: there is no report; reportgen build {shlex.quote(ticker)} --as-of {day}"
            f"{where} makes it, or name two files"
        )
    return path
