"""Which two files are compared."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.errors import ReportgenError
from reportgen.periods import as_day
from reportgen.resources import report_path

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
    old, new = (_report(ticker, as_day(day), outputs) for day in days)
    return old, new


def _report(ticker: str, day: date, outputs: Path) -> Path:
    path = report_path(outputs, ticker, day)
    if not path.is_file():
        where = "" if outputs == Path("outputs") else f" --outputs {outputs}"
        raise ReportgenError(
            f"{path}: there is no report; reportgen build {shlex.quote(ticker)} --as-of {day}"
            f"{where} makes it, or name two files"
        )
    return path
