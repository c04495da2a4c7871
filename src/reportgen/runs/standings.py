"""The companies of the inputs and how each stands, without building anything."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import ReportgenError, on_one_line
from reportgen.facts.reading.companies import with_folder
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.reading.universe import read_universe
from reportgen.periods import Day, as_day, today
from reportgen.report.theme import load_theme
from reportgen.runs.company import FIRST, Task, verdict
from reportgen.runs.journal import find_run
from reportgen.runs.manifest import newest_manifest
from reportgen.runs.outputs import place_of
from reportgen.runs.selection import selected

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from os import PathLike

    from reportgen.errors import Problem
    from reportgen.runs.manifest import Manifest
    from reportgen.runs.places import Place
    from reportgen.xlsx.book import Paper


class Standing(NamedTuple):
    """How a company stands: new, stale, changed, unchanged or unreadable, and by what.

    `manifest` is that of its newest report up to the day asked about, None where there is none.
    """

    state: str
    reason: str
    manifest: Manifest | None = None


@dataclass(frozen=True)
class Company:
    """A company of the inputs; how it stands is found out when somebody asks."""

    task: Task
    last_statuses: tuple[str, ...]

    @property
    def ticker(self) -> str:
        """Its ticker."""
        return self.task.ticker

    @cached_property
    def standing(self) -> Standing:
        """How it stands as of the day asked about."""
        return standing(self.task)

    def values_of(self, method: str) -> tuple[str, ...]:
        """What selectors are held against: its tags, state, last statuses, or stance."""
        match method:
            case "tag":
                return _tags(self.task)
            case "state":
                return (self.standing.state,)
            case "result":
                return self.last_statuses
            case _:
                return (stance_of(self.standing.manifest),)


class Companies(NamedTuple):
    """The companies of the inputs in the order of their tickers, and what is to be told of all."""

    companies: tuple[Company, ...]
    warnings: tuple[Problem, ...]


def companies(
    inputs: Path,
    outputs: Path,
    as_of: date,
    template: Path | None = None,
    paper: Paper | None = None,
) -> Companies:
    """Return every company of the inputs; of packs nothing is read as yet, of a universe all.

    Raises ReportgenError where there is no folder of inputs.
    """
    if not inputs.is_dir():
        raise ReportgenError(f"{inputs}: there is no such folder of inputs")
    universe = read_universe(inputs)
    statuses = last_statuses_of(outputs)
    return Companies(
        tuple(
            Company(
                Task(one, as_of, inputs, outputs, today(), universe.slice(one), template, paper),
                statuses.get(one, ()),
            )
            for one in sorted({*universe.tickers, *with_folder(inputs.resolve())})
        ),
        universe.problems,
    )


def _tags(task: Task) -> tuple[str, ...]:
    try:
        return read_pack(task.ticker, task.inputs, None, task.slice).company.tags
    except ReportgenError:
        return ()


def stance_of(manifest: Manifest | None) -> str:
    """Return the stance that a report gives, "" where there is none."""
    return str(manifest.values.get("stance.call") or "") if manifest else ""


def last_statuses_of(outputs: Path) -> dict[str, tuple[str, ...]]:
    """Return the statuses of each company in the newest run; `failed` is for error and fail."""
    try:
        run = find_run(outputs, None)
    except ReportgenError:
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for (ticker, _), result in run.results.items():
        said = (result.status, "failed") if result.status in ("error", "fail") else (result.status,)
        found[ticker] = (*found.get(ticker, ()), *said)
    return found


def standing(task: Task) -> Standing:
    """Return how a company stands as of a day: what cannot be read is its own trouble."""
    try:
        return _standing(task)
    except (ReportgenError, OSError) as error:
        return Standing("unreadable", on_one_line(error))


def _standing(task: Task) -> Standing:
    found = verdict(task)
    before = found.manifest or newest_manifest(task.outputs, task.ticker, task.as_of)
    if found.reason != FIRST:
        return Standing("changed" if found.is_due else "unchanged", found.reason, before)
    if before is None:
        return Standing("new", found.reason)
    return Standing("stale", f"its newest report is of {before.as_of}", before)


class Row(NamedTuple):
    """A company as `reportgen ls` lists it; `newest` is the day of its newest report, or ""."""

    ticker: str
    state: str
    reason: str
    newest: str
    stance: str
    tags: tuple[str, ...]


def ls(
    *,
    as_of: Day,
    inputs: str | PathLike[str] = "inputs",
    outputs: str | PathLike[str] = "outputs",
    tickers: Sequence[str] = (),
    select: Sequence[str] = (),
    exclude: Sequence[str] = (),
    template: str | PathLike[str] | None = None,
    paper: Paper | None = None,
) -> tuple[Row, ...]:
    """Return how each company that is meant stands as of a day; nothing is built.

    `template` and `paper` are those of the run that is asked about (default: the house theme, and
    what it prints on). Raises ReportgenError for a day, a selector or a ticker that is none, and
    for a theme with mistakes.
    """
    day, theme = as_day(as_of), Path(template) if template else None
    load_theme(theme)  # a theme with mistakes is told once, not of every company
    with place_of(outputs) as place:
        place.fetch((day,))
        found = companies(Path(inputs), place.folder, day, theme, paper).companies
        return tuple(_row(one, place) for one in selected(found, tickers, select, exclude))


def _row(one: Company, place: Place) -> Row:
    manifest = one.standing.manifest
    return Row(
        one.ticker,
        one.standing.state,
        place.told(one.standing.reason),
        manifest.as_of if manifest else "",
        stance_of(manifest),
        manifest.tags if manifest else (),
    )
