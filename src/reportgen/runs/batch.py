"""Runs: every company that is meant, in parallel, each apart from the others, as of each day."""

from __future__ import annotations

import re
from calendar import monthrange
from collections import deque
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import AskedToEnd, ReportgenError
from reportgen.facts.reading.universe import Slice
from reportgen.pdf import find_printer
from reportgen.periods import as_day, today
from reportgen.report.theme import load_theme
from reportgen.runs.companions import PDFS
from reportgen.runs.company import Result, Task, build_company, lost, skipped
from reportgen.runs.index.files import write_index
from reportgen.runs.journal import Journal, find_run
from reportgen.runs.lanes import Limits, in_lanes
from reportgen.runs.outputs import place_of
from reportgen.runs.pdfs import clear, printed, printing_folder
from reportgen.runs.selection import selected
from reportgen.runs.standings import companies
from reportgen.system import cores

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Sequence
    from os import PathLike

    from reportgen.errors import Problem
    from reportgen.resources import Extent
    from reportgen.runs.places import Place
    from reportgen.runs.standings import Companies, Company
    from reportgen.xlsx.book import Paper

GOOD, SOME_FAILED, NOTHING_RAN, INTERRUPTED = 0, 1, 2, 130
_FAILED = frozenset({"error", "fail", "not run"})
MOST_MONTHS = 600


@dataclass(frozen=True)
class RunRequest:
    """What a run is asked to do; `as_of` and `months` as a person writes them, one of them "".

    `shard` is the part to do, as "2/4": all parts together do all companies, on machines of their
    own, and `reportgen index` writes the index then. `workers` is how many companies are built at
    once, 0 for as many as there are cores; `seconds` and `megabytes` are what one company may use.
    `pages` asks for the page of each report and its diff from the month before, `pdf` for its PDF
    or that of its summary. `paper` is what is printed on, by default what the theme says.
    `executor` is "local", or "dask" for the workers of the cluster whose scheduler is named.
    """

    as_of: str = ""
    months: str = ""
    tickers: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    shard: str = ""
    inputs: str = "inputs"
    outputs: str = "outputs"
    template: str = ""
    workers: int = 0
    force: bool = False
    rebuild_model: bool = False
    fail_fast: bool = False
    pages: bool = False
    pdf: Extent | None = None
    paper: Paper | None = None
    dry: bool = False
    wait: bool = False
    seconds: float = Limits().seconds
    megabytes: int = Limits().memory // 1024**2
    executor: str = "local"
    scheduler: str = ""

    @property
    def limits(self) -> Limits:
        """What one company may use."""
        return Limits(self.seconds, self.megabytes * 1024**2)


@dataclass(frozen=True)
class Ran:
    """What came of a run: its name ("" of a dry one), a result a task, an exit status, its indexes.

    `indexes` are the workbook and the page of each day, by their names below the outputs.
    """

    name: str
    results: tuple[Result, ...]
    status: int
    indexes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Watch:
    """Who wants to know how a run goes.

    `told` gets what is to be minded about the tables of all companies, `planned` how many tasks
    there are, `ended` each result as it comes, `amended` one that turned out otherwise at the end.
    """

    planned: Callable[[int], object] = field(default=lambda _: None)
    ended: Callable[[Result], object] = field(default=lambda _: None)
    amended: Callable[[Result], object] = field(default=lambda _: None)
    told: Callable[[Sequence[Problem]], object] = field(default=lambda _: None)


UNWATCHED = Watch()


def run(request: RunRequest, watch: Watch | None = None) -> Ran:
    """Build what is asked of every company that is meant, and record it; see `reportgen run`.

    Raises ReportgenError where nothing can run: a day, a selector or a ticker that is none, no
    company, outputs that another run holds. What stops one company is its result.
    """
    days = days_of(request)
    _require_executor(request)
    with place_of(request.outputs) as place:
        place.fetch(days, pages=request.pages)
        found = _companies(request, place, days[-1])
        meant = selected(found.companies, request.tickers, request.select, request.exclude)
        if not meant:
            raise ReportgenError(f"{request.inputs}: no company is meant; reportgen ls lists them")
        chains = [[_task(request, one.task, day) for day in days] for one in _shard(request, meant)]
        watch = UNWATCHED if watch is None else watch
        watch.told(found.warnings)
        return _run(request, place, chains, watch)


def _shard(request: RunRequest, meant: Sequence[Company]) -> Sequence[Company]:
    """Return the part of the companies that this run does of all of them, as --shard says."""
    if not request.shard:
        return meant
    match = re.fullmatch(r"([1-9][0-9]{0,5})/([1-9][0-9]{0,5})", request.shard, re.ASCII)
    if match is None or int(match[1]) > int(match[2]):
        raise ReportgenError(
            f'--shard: "{request.shard}" is no part of a whole; expected K/N, such as 2/4'
        )
    return meant[int(match[1]) - 1 :: int(match[2])]


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
    with place_of(outputs) as place:
        place.fetch((), run=name)
        before = find_run(place.folder, name)
        fields = {one for one in RunRequest.__dataclass_fields__ if one in before.asked}
        asked = RunRequest(**{one: _frozen(before.asked[one]) for one in fields})
        asked = replace(
            asked,
            inputs=before.path("inputs"),
            template=before.path("template"),
            outputs=str(outputs),
            wait=wait,
        )
        if not before.unsuccessful:
            return Ran("", (), GOOD)
        days = tuple(sorted({date.fromisoformat(day) for _, day in before.unsuccessful}))
        place.fetch(days, pages=asked.pages)
        chains = _left_of(asked, place, before.unsuccessful)
        return _run(asked, place, chains, UNWATCHED if watch is None else watch)


def _left_of(
    asked: RunRequest, place: Place, left: Iterable[tuple[str, str]]
) -> Sequence[Sequence[Task]]:
    """The tasks of a run that are left, those of a company one after the other."""
    tasks = {one.ticker: one.task for one in _companies(asked, place, today()).companies}
    chains: dict[str, list[Task]] = {}
    for ticker, day in left:
        if ticker not in tasks:  # its pack has gone since: that is told as any other mistake
            gone = Task(ticker, today(), Path(asked.inputs), place.folder, today(), Slice(ticker))
            tasks[ticker] = gone
        task = _task(asked, tasks[ticker], date.fromisoformat(day))
        chains.setdefault(ticker, []).append(task)
    return list(chains.values())


def _frozen(value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    return tuple(value) if isinstance(value, list) else value


def _companies(asked: RunRequest, place: Place, day: date) -> Companies:
    return companies(Path(asked.inputs), place.folder, day, _template(asked), asked.paper)


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
    for number in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        year, before = divmod(number, 12)
        yield date(year, before + 1, monthrange(year, before + 1)[1])


def _run(asked: RunRequest, place: Place, chains: Sequence[Sequence[Task]], watch: Watch) -> Ran:
    printer = find_printer() if asked.pdf else ""  # told before anything is built
    watch.planned(sum(map(len, chains)))
    if asked.dry:
        planned = tuple(_told(place, build_company(one)) for chain in chains for one in chain)
        for result in planned:
            watch.ended(result)
        return Ran("", planned, GOOD)
    load_theme(_template(asked))  # a theme with mistakes stops the run, not every company
    outputs, printing = place.folder, printing_folder(place.folder)
    with (
        _hands(asked) as hands,
        place.held(wait=asked.wait),
        Journal(outputs, asdict(asked)) as journal,
    ):
        plan = [(one.ticker, one.as_of.isoformat()) for chain in chains for one in chain]
        journal.planned(plan)
        ended: dict[tuple[str, str], Result] = {}
        status = NOTHING_RAN
        indexes: tuple[str, ...] = ()
        clear(printing)
        try:
            with closing(_results(chains, asked, hands, place)) as coming:
                for result in coming:
                    journal.ended(result)
                    watch.ended(result)
                    ended[result.ticker, result.as_of] = result
                    if asked.fail_fast and result.status in _FAILED:
                        break
            kind = PDFS[asked.pdf or "report"]
            for result in printed(printing, outputs, tuple(ended.values()), printer, kind):
                amended = _told(place, result)
                journal.ended(amended)
                watch.amended(amended)
                ended[result.ticker, result.as_of] = amended
            for result in _left(plan, ended, "the run ended at a failure"):
                watch.ended(result)
                ended[result.ticker, result.as_of] = result
            if not asked.shard:
                indexes = _indexes(outputs, tuple(ended.values()))
            status = _exit_status(tuple(ended.values()))
        except KeyboardInterrupt as end:
            status = end.status if isinstance(end, AskedToEnd) else INTERRUPTED
            raise
        finally:
            clear(printing)
            for result in _left(plan, ended, "the run was stopped"):
                ended[result.ticker, result.as_of] = result
            results = tuple(ended[task] for task in plan)
            journal.finish(results, status)
    return Ran(journal.folder.name, results, status, indexes)


def _told(place: Place, result: Result) -> Result:
    """Return what became of a company, in words of the place that a person named."""
    problems = tuple(map(place.told, result.problems))
    return result._replace(reason=place.told(result.reason), problems=problems)


def _indexes(outputs: Path, results: Sequence[Result]) -> tuple[str, ...]:
    """Write the index of each day anew, with what failed in it; return the files, pages last."""
    found = []
    for day in sorted({one.as_of for one in results}):
        of_day = [one for one in results if one.as_of == day]
        failed = {one.ticker: one.reason for one in of_day if one.status == "error"}
        if failed or any(one.file for one in of_day):
            found.append(write_index(outputs, date.fromisoformat(day), failed=failed))
    return tuple(path.name for one in found for path in (one.workbook, one.page))


def _task(asked: RunRequest, task: Task, day: date) -> Task:
    return replace(
        task,
        as_of=day,
        force=asked.force,
        rebuild_model=asked.rebuild_model,
        dry=asked.dry,
        pages=asked.pages,
        printing=printing_folder(task.outputs) if asked.pdf else None,
        prints=asked.pdf or "report",
    )


class _Hands(NamedTuple):
    """What does the tasks, as `in_lanes` does, and how many at once unless it is told."""

    in_lanes: Callable[..., Generator[tuple[Task, Result], None, None]]
    workers: int


def _require_executor(asked: RunRequest) -> None:
    """Raise ReportgenError unless what is to do the tasks can be meant."""
    if asked.executor == "dask":
        from reportgen.runs.cluster import require_safe  # noqa: PLC0415 - few runs have one

        require_safe(asked.scheduler)
    elif asked.executor != "local":
        raise ReportgenError(f'--executor: "{asked.executor}" is none; expected local or dask')
    elif asked.scheduler:
        raise ReportgenError("--scheduler: is that of a cluster; --executor dask goes with it")


@contextmanager
def _hands(asked: RunRequest) -> Iterator[_Hands]:
    """Those of this machine, or those of a cluster; ReportgenError where it cannot be had."""
    if asked.executor == "dask":
        from reportgen.runs.cluster import cluster  # noqa: PLC0415 - few runs have one

        with cluster(asked.scheduler) as found:
            yield _Hands(found.in_lanes, found.workers)
    else:
        yield _Hands(in_lanes, cores())


def _results(
    chains: Sequence[Sequence[Task]], asked: RunRequest, hands: _Hands, place: Place
) -> Generator[Result, None, None]:
    """Yield a result for each task; what is unchanged is found here, without a worker."""
    unchanged: deque[Result] = deque()

    def due(chain: Iterable[Task]) -> Iterator[Task]:
        for task in chain:
            result = skipped(task)
            if result is None:
                yield task
            else:
                unchanged.append(result)

    workers = min(asked.workers or hands.workers, len(chains))
    coming = hands.in_lanes(map(due, chains), build_company, lost, workers, asked.limits)
    with closing(coming) as lanes:
        for _, result in lanes:
            while unchanged:
                yield unchanged.popleft()
            yield _told(place, place.kept(result))
    yield from unchanged


def _left(
    plan: Iterable[tuple[str, str]], ended: Collection[tuple[str, str]], why: str
) -> tuple[Result, ...]:
    """What becomes of the tasks that were not reached."""
    return tuple(Result(*task, "not run", why) for task in plan if task not in ended)


def _exit_status(results: Sequence[Result]) -> int:
    """Return 0 if all is good, 2 if nothing could be built, 1 if some could not, or FAIL."""
    if results and all(one.status in ("error", "not run") for one in results):
        return NOTHING_RAN
    return SOME_FAILED if any(one.status in _FAILED for one in results) else GOOD
