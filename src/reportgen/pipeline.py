"""One report: load, ask, solve, lay out; one line each."""

from __future__ import annotations

import shlex
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reportgen.attribution.months import causes, change_of_expected_value
from reportgen.errors import Problem, ReportgenError, in_reading_order
from reportgen.facts.assumptions import inherited_words
from reportgen.facts.knowledge import known_at
from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.facts.split_words import restated_for
from reportgen.headline import headline
from reportgen.model.case.build import build_case
from reportgen.model.checks import catalogue
from reportgen.model.checks.plausibility import Doubt, doubts
from reportgen.model.last_month import LastMonth, houses_in_use
from reportgen.model.report_question import answer, ask
from reportgen.model.solved import by_key, of_few, solve_case
from reportgen.model.unknown_keys import unknown_keys
from reportgen.periods import Day, as_day, serial
from reportgen.report.assemble import lay_out
from reportgen.report.context import Context
from reportgen.report.left_out import without
from reportgen.report.registry.form import CELL, HEADER, KEY, TAB, TITLE
from reportgen.report.tabs.catalogue import add_shown_lines
from reportgen.report.theme import load_theme
from reportgen.resources import report_path
from reportgen.system import paused_collector

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from os import PathLike

    import pandas as pd

    from reportgen.attribution.records import Bridge
    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack
    from reportgen.facts.policy import Policy
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.facts.rows import PackRows
    from reportgen.model.question import Question
    from reportgen.report.theme import Theme
    from reportgen.values import Value
    from reportgen.xlsx.book import Book, Paper

_VERDICTS = (catalogue.label, catalogue.status)


@dataclass(frozen=True)
class Report:
    """One report: what is known, what came out, and the workbook as plain data.

    `path` is where its workbook belongs below the outputs; `build` has written it there. `files`
    are those that its pack was read from. `last_month` is the same company a month end before, in
    shares of as-of, and `since_last_month` tells why the expected value changed since; it is None
    where that month was not known.
    """

    pack: Pack
    solved: Solved
    last_month: LastMonth
    since_last_month: Bridge | None
    book: Book
    path: Path
    files: PackFiles

    @property
    def ticker(self) -> str:
        """The company's ticker."""
        return self.pack.company.ticker

    @property
    def as_of(self) -> date:
        """The day the report speaks of."""
        return self.pack.as_of

    @property
    def inherited(self) -> str:
        """How many assumptions are those of the company's sector, in words; "" if none is."""
        return inherited_words(self.pack.rows.assumptions)

    @property
    def digests(self) -> Mapping[str, str]:
        """The SHA-256 of the files that were read, by their path below the inputs."""
        return self.files.digests

    @cached_property
    def warnings(self) -> tuple[Problem, ...]:
        """What is to be minded about the inputs, and the keys in them that name nothing."""
        unknown = unknown_keys(self.pack, self.solved, self.files)
        return in_reading_order((*self.pack.warnings, *unknown))

    @cached_property
    def values(self) -> dict[str, Value]:
        """Every number by public key: number, true/false, text, None for n/a; days are serials."""
        return dict(by_key(self.solved))

    @cached_property
    def overview(self) -> dict[str, Value]:
        """The few hundred of `values` that stand once a report, a case or a check."""
        return dict(by_key(of_few(self.solved)))

    @cached_property
    def headline(self) -> dict[str, Value]:
        """The short list of `values`: the cases, the stance, hype, checks and readiness."""
        return headline(self.overview)

    @property
    def told(self) -> dict[str, Value]:
        """What a diff tells of the report itself: the short list, and the verdict of each check."""
        checks = {line: self.solved.values[line] for line in _VERDICTS}  # noqa: PD011 - no frame
        return self.headline | dict(by_key(replace(self.solved, values=checks)))

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The figures that are far from what they should be near, and that nobody confirmed."""
        if not (self.overview["plausible.warned"] or self.overview["plausible.failed"]):
            return ()
        return tuple(doubts(self.values))

    @cached_property
    def cells(self) -> Mapping[str, str]:
        """Where each field of the Registry stands, `Tab!A1`, by its public key."""
        (listed,) = (sheet for sheet in self.book.sheets if sheet.name == TITLE)
        found = {(cell.row, cell.col): str(cell.value) for cell in listed.cells}
        return {
            key: f"{found[row, TAB]}!{found[row, CELL]}"
            for (row, col), key in found.items()
            if col == KEY and row > HEADER and (row, CELL) in found
        }

    @property
    def has_failures(self) -> bool:
        """Whether a check FAILs, so that the report gives no stance."""
        return bool(self.headline["checks.fail"])

    @cached_property
    def frames(self) -> Mapping[str, pd.DataFrame]:
        """Tables by name, each made when first asked for: inputs, and `scenarios`, `facts` ..."""
        from reportgen.frames import Frames  # noqa: PLC0415 - pandas takes 0.3 s to import

        return Frames(self.pack, self.solved)


def compose(
    ticker: str,
    *,
    as_of: Day,
    inputs: str | PathLike[str] = "inputs",
    outputs: str | PathLike[str] = "outputs",
    template: str | PathLike[str] | None = None,
    paper: Paper | None = None,
    history: str | PathLike[str] | None = None,
) -> Report:
    """Return a report without writing it. Errors as for `build`."""
    day = as_day(as_of)
    theme = load_theme(None if template is None else Path(template), paper)
    files = read_pack(ticker, Path(inputs), None if history is None else Path(history))
    return composed(files, day, outputs=outputs, theme=theme)


@paused_collector()
def composed(
    files: PackFiles,
    as_of: date,
    *,
    outputs: str | PathLike[str] = "outputs",
    theme: Theme | None = None,
) -> Report:
    """Return the report of files that were read, without writing it; by default in the house theme.

    Errors as for `build`.
    """
    theme = theme or load_theme()
    policy = load_policy()
    pack, last_month, since, question, model = asked(files, as_of, policy)
    solved = answer(question, model)
    _require_knowledge(pack, files)
    laid = lay_out(Context(pack, policy, question, solved, theme))
    path = report_path(Path(outputs), pack.company.ticker, as_of)
    return Report(pack, without(solved, laid.left_out), last_month, since, laid.book, path, files)


class Asked(NamedTuple):
    """What is known on a day and on the previous month end, and the question of a report.

    `since` is the change of the expected value between the two, `model` what the model itself
    comes to on that day.
    """

    pack: Pack
    last_month: LastMonth
    since: Bridge | None
    question: Question
    model: Solved


def asked(files: PackFiles, as_of: date, policy: Policy) -> Asked:
    """Return the question of a report of a day.

    Raises InputErrors with every mistake of the rows known by then.
    """
    pack = pack_at(files, as_of)
    case = build_case(pack, policy)
    model = solve_case(case)
    last_month, since = _last(files, pack, model, policy)
    question = ask(case, last_month)
    add_shown_lines(question, pack)
    return Asked(pack, last_month, since, question, model)


def _last(
    files: PackFiles, pack: Pack, new: Solved, policy: Policy
) -> tuple[LastMonth, Bridge | None]:
    """Return the previous month end in the shares of as-of, and the change from it to `new`.

    It has no solution where the pack did not reach back.
    """
    last_day = pack.as_of.replace(day=1) - timedelta(days=1)
    try:
        then = pack_at(files, last_day, in_shares_of=pack.as_of)
    except ReportgenError:
        return LastMonth(serial(last_day), None), None
    splits = (one for one in pack.rows.actions if max(one.published, one.ex_date) > last_day)
    old = solve_case(build_case(then, policy))
    since = change_of_expected_value(old, new)
    joined = len(houses_in_use(new) - houses_in_use(old))
    last = LastMonth(serial(last_day), old, restated_for(splits), causes(since), float(joined))
    return last, since


def _require_knowledge(pack: Pack, files: PackFiles) -> None:
    """Raise ReportgenError if nothing of the company was known as of the day of the pack.

    A report of nothing would be an empty one; its reader is told the first day that works.
    """
    if any(_days(pack.rows)):
        return
    company = pack.company.ticker
    first = min(_days(known_at(files, date.max).rows), default=None)
    remedy = (
        f"the first is of {first}"
        if first
        else f"reportgen check {shlex.quote(company)} names the blanks"
    )
    raise ReportgenError(f"{files.folder}: no row is dated on or before {pack.as_of}; {remedy}")


def _days(rows: PackRows) -> Iterator[date]:
    """The days on which rows about the company became known."""
    yield from (row.date for row in rows.prices)
    for table in ("assumptions", "fundamentals", "targets", "claims", "estimates", "products"):
        yield from (row.published for row in getattr(rows, table))
