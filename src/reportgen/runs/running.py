"""Runs: every company that is meant, in parallel, each apart from the others, as of each day."""

from __future__ import annotations

from collections import deque
from contextlib import closing
from dataclasses import asdict, dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportgen.errors import ReportgenError
from reportgen.periods import as_day, today
from reportgen.runs.company import Result, Task, build_company, skipped
from reportgen.runs.journal import Journal, find_run
from reportgen.runs.lanes import Limits, in_lanes
from reportgen.runs.listing import companies
from reportgen.runs.locks import run_lock
from reportgen.runs.selection import selected
from reportgen.runs.state import theme_hash
from reportgen.system import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
    from os import PathLike

GOOD, SOME_FAILED, NOTHING_RAN, INTERRUPTED = 0, 1, 2, 130
_FAILED = frozenset({"error", "fail", "not run"})
MOST_MONTHS = 600


@dataclass(frozen=True)
class RunRequest:
    """What a run is asked to do; `as_of` and `months` as a person writes them, one of them "".

    `workers` is how many companies are built at once, 0 for as many as there are cores; `seconds`
    and `megabytes` are what one company may use.
    """

    as_of: str = ""
    months: str = ""
    tickers: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    inputs: str = "inputs"
    outputs: str = "outputs"
    template: str = ""
    workers: int = 0
    force: bool = False
    rebuild_model: bool = False
    fail_fast: bool = False
    dry: bool = False
    wait: bool = False
    seconds: float = Limits().seconds
    megabytes: int = Limits().memory // 1024**2

    @property
    def limits(self) -> Limits:
        """What one company may use."""
        return Limits(self.seconds, self.megabytes * 1024**2)


@dataclass(frozen=True)
class Ran:
    """What came of a run: its name ("" of a dry one), a result a task, and an exit status."""

    name: str
    results: tuple[Result, ...]
    status: int


@dataclass(frozen=True)
class Watch:
    """Who wants to know how a run goes: how many tasks there are, and each result as it comes."""

    planned: Callable[[int], None] = field(default=lambda _: None)
    ended: Callable[[Result], None] = field(default=lambda _: None)


def run(request: RunRequest, watch: Watch | None = None) -> Ran:
    """Build what is asked of every company that is meant, and record it; see `reportgen run`.

    Raises ReportgenError where nothing can run: a day, a selector or a ticker that is none, no
    company, outputs that another run holds. What stops one company is its result.
    """
    days = days_of(request)
    found = companies(Path(request.inputs), Path(request.outputs), days[-1], _template(request))
    meant = selected(found, request.tickers, request.select, request.exclude)
    if not meant:
        raise ReportgenError(f"{request.inputs}: no company is meant; reportgen ls lists them")
    return _run(request, [[(one.ticker, day) for day in days] for one in meant], watch)


def retry(
    outputs: str | PathLike[str] = "outputs",
    name: str | None = None,
    watch: Watch | None = None,
    *,
    wait: bool = False,
) -> Ran:
    """Try again what gave no report in a run (default: the newest), with the same options.

    Nothing to do is a run with no results. Raises ReportgenError where there is no such run.
    """
    before = find_run(Path(outputs), name)
    known = {one for one in RunRequest.__dataclass_fields__ if one in before.asked}
    asked = RunRequest(**{one: _frozen(before.asked[one]) for one in known})
    asked = replace(asked, outputs=str(outputs), wait=wait)
    if not before.unsuccessful:
        return Ran("", (), GOOD)
    chains: dict[str, list[tuple[str, date]]] = {}
    for ticker, day in before.unsuccessful:
        chains.setdefault(ticker, []).append((ticker, date.fromisoformat(day)))
    return _run(asked, list(chains.values()), watch)


def _frozen(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    return tuple(value) if isinstance(value, list) else value


def _template(asked: RunRequest) -> Path | None:
    return Path(asked.template) if asked.template else None


def days_of(asked: RunRequest) -> tuple[date, ...]:
    """Return the days asked for, in order. Raises ReportgenError for any other text."""
    if bool(asked.as_of) == bool(asked.months):
        raise ReportgenError("a run needs --as-of DATE, or --months FROM:TO")
    if asked.as_of:
        return (as_day(asked.as_of),)
    start, colon, end = asked.months.partition(":")
    first, last = _month(start), _month(end)
    if not colon or first is None or last is None or last < first:
        raise ReportgenError(
            f'--months: "{asked.months}" is no span of months; expected FROM:TO, such as'
            " 2025-01:2025-11"
        )
    days = tuple(_month_ends(first, last))
    if len(days) > MOST_MONTHS:
        raise ReportgenError(f"--months: {len(days)} months are more than {MOST_MONTHS}")
    return days


def _month(text: str) -> date | None:
    try:
        return as_day(f"{text}-01")
    except ReportgenError:
        return None


def _month_ends(first: date, last: date) -> Iterator[date]:
    month = first
    while month <= last:
        following = (month + timedelta(days=31)).replace(day=1)
        yield following - timedelta(days=1)
        month = following


def _run(asked: RunRequest, plan: Sequence[Sequence[tuple[str, date]]], watch: Watch | None) -> Ran:
    watch = Watch() if watch is None else watch
    chains = [[_task(asked, ticker, day) for ticker, day in chain] for chain in plan]
    watch.planned(sum(map(len, chains)))
    if asked.dry:
        planned = tuple(build_company(task) for chain in chains for task in chain)
        for result in planned:
            watch.ended(result)
        return Ran("", planned, GOOD)
    theme_hash(_template(asked))  # a theme with mistakes stops the run, not every company
    outputs = Path(asked.outputs)
    with run_lock(outputs, wait=asked.wait), Journal(outputs, asdict(asked)) as journal:
        journal.planned([(one.ticker, one.as_of.isoformat()) for chain in chains for one in chain])
        results: list[Result] = []
        try:
            with closing(_results(chains, asked)) as coming:
                for result in coming:
                    journal.ended(result)
                    watch.ended(result)
                    results.append(result)
                    if asked.fail_fast and result.status in _FAILED:
                        break
        except KeyboardInterrupt:
            journal.finish([*results, *_left(chains, results, "the run was stopped")], INTERRUPTED)
            raise
        left = _left(chains, results, "the run ended at a failure")
        for result in left:
            watch.ended(result)
        results += left
        status = _exit_status(results)
        journal.finish(results, status)
    return Ran(journal.folder.name, tuple(results), status)


def _task(asked: RunRequest, ticker: str, day: date) -> Task:
    return Task(
        ticker,
        day,
        Path(asked.inputs),
        Path(asked.outputs),
        today(),
        _template(asked),
        asked.force,
        asked.rebuild_model,
        asked.dry,
    )


def _results(chains: Sequence[Sequence[Task]], asked: RunRequest) -> Generator[Result, None, None]:
    """Yield a result for each task; what is unchanged is found here, without a worker."""
    unchanged: deque[Result] = deque()

    def due(chain: Iterable[Task]) -> Iterator[Task]:
        for task in chain:
            result = skipped(task)
            if result is None:
                yield task
            else:
                unchanged.append(result)

    workers = min(asked.workers or cores(), len(chains))
    with closing(in_lanes(map(due, chains), build_company, _lost, workers, asked.limits)) as lanes:
        for _, result in lanes:
            while unchanged:
                yield unchanged.popleft()
            yield result
    yield from unchanged


def _lost(task: Task, why: str) -> Result:
    return Result(task.ticker, task.as_of.isoformat(), "error", why)


def _left(chains: Sequence[Sequence[Task]], results: Sequence[Result], why: str) -> list[Result]:
    done = {(one.ticker, one.as_of) for one in results}
    tasks = (task for chain in chains for task in chain)
    return [
        Result(task.ticker, task.as_of.isoformat(), "not run", why)
        for task in tasks
        if (task.ticker, task.as_of.isoformat()) not in done
    ]


def _exit_status(results: Sequence[Result]) -> int:
    """Return 0 if all is good, 2 if nothing could be built, 1 if some could not, or FAIL."""
    if all(one.status in ("error", "not run") for one in results):
        return NOTHING_RAN
    return SOME_FAILED if any(one.status in _FAILED for one in results) else GOOD
