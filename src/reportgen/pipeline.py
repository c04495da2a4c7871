"""Build one report: load, ask, solve, lay out, write; one line each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError
from reportgen.facts.pack import pack_at
from reportgen.facts.policy import load_policy
from reportgen.facts.reading.pack_files import read_pack
from reportgen.model.asking import answer, ask
from reportgen.model.case.build import build_case
from reportgen.model.solved import solve_case
from reportgen.periods import serial
from reportgen.report.add_figures import add_figures
from reportgen.report.assemble import lay_out
from reportgen.report.context import Context
from reportgen.report.theme import load_theme
from reportgen.xlsx.writer.workbook import write

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from reportgen.expr.solve import Solved
    from reportgen.facts.pack import Pack
    from reportgen.facts.policy import Policy
    from reportgen.facts.reading.pack_files import PackFiles
    from reportgen.model.question import Question
    from reportgen.xlsx.book import Book


@dataclass(frozen=True, slots=True)
class Report:
    """A built report: what is known, what came out, and the workbook as plain data."""

    pack: Pack
    solved: Solved
    book: Book


def compose(ticker: str, as_of: date, inputs: Path, template: Path | None = None) -> Report:
    """Return a report without writing it.

    Raises InputErrors with every mistake of the inputs, ReportgenError for the template.
    """
    theme = load_theme(template)
    policy = load_policy()
    pack, question = asked(read_pack(ticker, inputs), as_of, policy)
    solved = answer(question)
    return Report(pack, solved, lay_out(Context(pack, policy, question, solved, theme)))


def asked(files: PackFiles, as_of: date, policy: Policy) -> tuple[Pack, Question]:
    """Return what is known on a day, and the whole question of a report about it.

    Raises InputErrors with every mistake of the rows known by then.
    """
    pack = pack_at(files, as_of)
    last_day = as_of.replace(day=1) - timedelta(days=1)
    question = ask(build_case(pack, policy), _last(files, last_day, policy), serial(last_day))
    add_figures(question, pack)
    return pack, question


def _last(files: PackFiles, last_day: date, policy: Policy) -> Solved | None:
    """Return the solution as of the previous month end; None where the pack did not reach back."""
    try:
        pack = pack_at(files, last_day)
    except ReportgenError:
        return None
    return solve_case(build_case(pack, policy))


def report_path(outputs: Path, ticker: str, as_of: date) -> Path:
    """Return where a report stands: OUTPUTS/TICKER/DATE/TICKER-DATE.xlsx."""
    day = as_of.isoformat()
    return outputs / ticker / day / f"{ticker}-{day}.xlsx"


def build(
    ticker: str, as_of: date, inputs: Path, outputs: Path, template: Path | None = None
) -> tuple[Report, Path]:
    """Build a report and write it atomically; return it and its path.

    An existing report survives any failure. Raises InputErrors, ReportgenError.
    """
    report = compose(ticker, as_of, inputs, template)
    path = report_path(outputs, ticker, as_of)
    path.parent.mkdir(parents=True, exist_ok=True)
    write(report.book, path)
    return report, path
