"""The words of runs: a line a company as it is done, a bar on a terminal, and a summary."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from threading import Timer
from typing import TYPE_CHECKING

import click

from reportgen.cli.lines import Page, TextLine, TextTable, Tone
from reportgen.cli.output import PATIENCE, is_terminal, problem_lines, tell
from reportgen.runs.batch import Watch
from reportgen.runs.journal import summary_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.errors import Problem
    from reportgen.runs.batch import Ran
    from reportgen.runs.company import Result, Status
    from reportgen.runs.standings import Row

_MOST_INDEXES = 4  # files: those of two days

TONES: dict[Status, Tone] = {
    "success": "good",
    "warn": "warn",
    "fail": "bad",
    "error": "bad",
    "skipped": "faint",
    "not run": "faint",
}


def told_as_it_runs(do: Callable[[Watch], Ran], outputs: Path | str, *, as_json: bool) -> int:
    """Do a run, telling of it as it goes, and return its exit status."""

    def told(warnings: Sequence[Problem]) -> None:
        tell([*problem_lines(warnings)], error=True)

    with progress("reports") as bar:

        def ended(result: Result) -> None:
            if not as_json:
                tell([_line(result), *(TextLine(f"  {one}", "bad") for one in result.problems[1:])])
            bar.advance()

        def amended(result: Result) -> None:
            if not as_json:
                tell([_line(result)])

        ran = do(Watch(bar.planned, ended, amended, told))
    if as_json:
        click.echo(json.dumps(summary_of(ran.name, ran.results, ran.status), indent=1))
    else:
        tell(run_page(ran, outputs))
    return ran.status


def _line(result: Result) -> TextLine:
    file = f"  {result.file}" if result.file and result.status != "skipped" else ""
    told = f"{result.ticker} {result.as_of}  {result.status}: {result.reason}{file}"
    return TextLine(told, TONES[result.status])


def run_page(ran: Ran, outputs: Path | str) -> Page:
    """What came of a run, in sum, and where it is told."""
    if not ran.results:
        why = "no company falls to this part" if ran.name else "every report of that run is there"
        return [TextLine(f"Nothing to do: {why}.", "good")]
    counts = dict.fromkeys(TONES, 0)
    for result in ran.results:
        counts[result.status] += 1
    told = ", ".join(f"{count} {status}" for status, count in counts.items() if count)
    reports = "1 report" if len(ran.results) == 1 else f"{len(ran.results):,} reports"
    page: Page = [TextLine(), TextLine(f"{reports}: {told}", "strong")]
    if ran.name:
        page.append(TextLine(f"{outputs}/runs/{ran.name}"))
        page += [TextLine(f"{outputs}/{name}", "strong") for name in _few_indexes(ran.indexes)]
    if ran.name and (counts["error"] or counts["not run"]):
        page.append(TextLine("reportgen retry tries again what gave no report."))
    return page


def _few_indexes(names: Sequence[str]) -> Sequence[str]:
    """The indexes of a run; of many days the first and the last page, and how many there are."""
    if len(names) <= _MOST_INDEXES:
        return names
    pages = [name for name in names if name.endswith(".html")]
    return (f"{pages[0]} to {pages[-1]}: {len(pages)} days, each also as .xlsx",)


def companies_page(rows: Sequence[Row], day: date) -> Page:
    """The companies and how they stand as of a day."""
    head = ("company", "state", "newest", "stance", "why")
    cells = tuple(
        (row.ticker, row.state, row.newest or "-", row.stance or "-", row.reason) for row in rows
    )
    changed = sum(row.state != "unchanged" for row in rows)
    companies = "1 company" if len(rows) == 1 else f"{len(rows):,} companies"
    told = f"{companies} as of {day}: a run would look at {changed:,}"
    table: Page = [TextTable(head, cells, wordy=True), TextLine()] if rows else []
    return [*table, TextLine(told)]


class Bar:
    """Tells how far something of many parts has come; this one tells nothing."""

    def planned(self, count: int) -> None:
        """So many are to be done."""

    def advance(self) -> None:
        """One more is done."""

    def at(self, done: int, of: int) -> None:
        """So many of so many are done."""


class _DrawnBar(Bar):
    """A bar on standard error, with the time that is left."""

    def __init__(self, what: str) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = (
            TextColumn(what),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(compact=True),
        )
        self.progress = Progress(*columns, console=Console(stderr=True), transient=True)
        self._task = self.progress.add_task("", total=None)

    def planned(self, count: int) -> None:
        """So many are to be done."""
        self.progress.update(self._task, total=count)

    def advance(self) -> None:
        """One more is done."""
        self.progress.advance(self._task)

    def at(self, done: int, of: int) -> None:
        """So many of so many are done."""
        self.progress.update(self._task, completed=done, total=of)


@contextmanager
def progress(what: str) -> Iterator[Bar]:
    """Show a bar on standard error, where that is a terminal, while so many of `what` are done.

    It appears after a while, if the block takes so long.
    """
    if not is_terminal(sys.stderr):
        yield Bar()
        return
    bar = _DrawnBar(what)
    timer = Timer(PATIENCE, bar.progress.start)
    timer.daemon = True
    timer.start()
    try:
        yield bar
    finally:
        timer.cancel()
        timer.join()
        if bar.progress.live.is_started:
            bar.progress.stop()
