"""What is wrong with an input pack, and what a report from it would have to call n/a.

Of one pack everything; of all of them how each stands, in a row.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import Problem, ReportgenError, on_one_line
from reportgen.facts.assumptions import NAMED_ALONE, in_use, results_since
from reportgen.facts.knowledge import known_at
from reportgen.facts.pack import Pack
from reportgen.facts.policy import load_policy
from reportgen.facts.problems import is_blank
from reportgen.facts.reading.companies import with_folder
from reportgen.facts.reading.company_file import ticker_fault
from reportgen.facts.reading.pack_files import pack_paths, read_pack
from reportgen.facts.reading.universe import read_universe
from reportgen.model.case.build import build_case
from reportgen.model.checks import freshness
from reportgen.model.gaps import gaps
from reportgen.model.report_question import answer_alone
from reportgen.model.solved import by_key
from reportgen.periods import Day, as_day
from reportgen.pipeline import composed
from reportgen.system import paused_collector
from reportgen.xlsx.book import WorkbookError
from reportgen.xlsx.writer.workbook import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date
    from os import PathLike

    from reportgen.facts.assumptions import Result
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.reading.universe import Slice
    from reportgen.facts.rows import PackRows
    from reportgen.model.checks.plausibility import Doubt
    from reportgen.model.gaps import Gap
    from reportgen.xlsx.book import Book


@dataclass(frozen=True)
class Findings:
    """What checking a pack as of a day found.

    `errors` stop a build; `warnings` do not; `later` tell of rows dated after as-of, which a report
    of that day does not read. `gaps` name what would be n/a, `doubts` what is not plausible,
    `cells` where figures would stand and `inherited` how many assumptions are a sector's, in words;
    none are known while there are errors.
    """

    as_of: date
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]
    later: tuple[Problem, ...]
    gaps: tuple[Gap, ...]
    doubts: tuple[Doubt, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict, repr=False)
    inherited: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether a build would succeed."""
        return not self.errors


@paused_collector()
def check(ticker: str, *, as_of: Day, inputs: str | PathLike[str] = "inputs") -> Findings:
    """Return every problem of a company's inputs as of a day, and what would be n/a; write nothing.

    Raises InputErrors if there is no such pack, ReportgenError for a day that is none or before
    the first row.
    """
    day, files = as_day(as_of), read_pack(ticker, Path(inputs))
    known = known_at(files, day)
    errors = tuple(one for one in known.problems if one.severity == "error")
    warnings = tuple(one for one in known.problems if one.severity == "warning")
    if errors:
        return Findings(day, errors, warnings, known.later_problems, ())
    report = composed(files, day)
    return Findings(
        day,
        tuple(_refused(report.book, files.folder)),
        report.warnings,
        known.later_problems,
        tuple(gaps(report.values)),
        report.doubts,
        report.cells if report.doubts else {},
        report.inherited,
    )


def _refused(book: Book, folder: str) -> Iterator[Problem]:
    """Yield what the file format would refuse: the workbook is made, and thrown away."""
    try:
        render(book)
    except WorkbookError as error:
        for fact in str(error).splitlines():
            yield Problem(folder, None, None, f"no workbook can hold this: {fact}", "", "")


class PackState(NamedTuple):
    """How a pack stands: what is to be filled in, what is wrong, what is old, what has come since.

    `blanks` are cells to fill in, and no `errors`. `stale` says of what a report would call stale
    how old it is, or how many of its rows are. `assumed` is the day of the oldest assumption in
    use, of those that `reaffirm` dates anew; `since` are the results that came after it, newest
    first, and `older` how many assumptions were dated before the newest of them. `trouble` says why
    nothing else can be.
    """

    ticker: str
    blanks: int = 0
    errors: int = 0
    warnings: int = 0
    stale: tuple[str, ...] = ()
    assumed: date | None = None
    older: int = 0
    since: tuple[Result, ...] = ()
    trouble: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether a build would not be stopped by the inputs."""
        return not (self.blanks or self.errors or self.trouble)


def check_all(
    *,
    as_of: Day,
    inputs: str | PathLike[str] = "inputs",
    watch: Callable[[int, int], object] | None = None,
) -> tuple[PackState, ...]:
    """Return how every pack of the inputs stands as of a day, by ticker; write nothing.

    `watch` is told, after each, how many of how many are done. No workbook is tried.
    Raises ReportgenError where there is no folder of inputs, or for a day that is none.
    """
    day, root = as_day(as_of), Path(inputs)
    if not root.is_dir():
        raise ReportgenError(f"{root}: there is no such folder of inputs")
    universe = read_universe(root)
    tickers = sorted({*universe.tickers, *with_folder(root.resolve()), *_half_there(root)})
    found = []
    for ticker in tickers:
        found.append(_state(ticker, root, universe.slice(ticker), day))
        if watch is not None:
            watch(len(found), len(tickers))
    return tuple(found)


def _half_there(inputs: Path) -> Iterator[str]:
    """Yield the folders that hold a table of a pack, and no description of a company."""
    names = [PurePath(path).name for path in pack_paths("", None).values()]
    for folder in inputs.iterdir():
        if not ticker_fault(folder.name) and any((folder / name).is_file() for name in names):
            yield folder.name


def _state(ticker: str, inputs: Path, of_universe: Slice, day: date) -> PackState:
    try:
        files = read_pack(ticker, inputs, of_universe=of_universe)
        known = known_at(files, day)
    except ReportgenError as error:
        return PackState(ticker, trouble=on_one_line(error))
    errors = [one for one in known.problems if one.severity == "error"]
    blanks = sum(map(is_blank, errors))
    assumed = {
        id(row): row
        for slot, row in in_use(known.rows.assumptions).items()
        if slot.key not in NAMED_ALONE
    }.values()
    first = min((row.published for row in assumed), default=None)
    since = results_since(first, known.rows.fundamentals) if first else ()
    return PackState(
        ticker,
        blanks,
        len(errors) - blanks,
        len(known.problems) - len(errors),
        tuple(_stale(files, known.rows, day)),
        first,
        sum(row.published < since[0].published for row in assumed) if since else 0,
        since,
    )


_AGES = {"close": "close", "results": "results", "rate": "rate", "eps_ntm": "consensus"}
_COUNTS = {"targets": "target", "products": "price", "peers": "peer"}


def _stale(files: PackFiles, rows: PackRows, day: date) -> Iterator[str]:
    """Yield what a report would call stale, by the rows that are sound."""
    if not files.company_is_sound:
        return
    case = build_case(Pack(files.company, day, rows, (), (), ""), load_policy())
    values = dict(by_key(answer_alone(case, freshness.stale_count)))
    for name, label in _AGES.items():
        if values.get(f"fresh.{name}"):
            yield f"{label} {values[f'fresh.{name}.age']:.0f} days"
    for name, label in _COUNTS.items():
        number = values.get(f"fresh.{name}")
        if isinstance(number, float) and number:
            yield f"{number:.0f} {label}{'s' * (number > 1)}"
