"""A draft of one report: built and written, but not issued."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from reportgen.pipeline import compose
from reportgen.report.registry.file import registry_beside
from reportgen.resources import pdf_path, revision_path
from reportgen.runs.issued import issued_path, newest_of, read_issued
from reportgen.xlsx.writer.workbook import render, store

if TYPE_CHECKING:
    from os import PathLike

    from reportgen.periods import Day
    from reportgen.pipeline import Report
    from reportgen.resources import Extent
    from reportgen.xlsx.book import Paper


def build(
    ticker: str,
    *,
    as_of: Day,
    inputs: str | PathLike[str] = "inputs",
    outputs: str | PathLike[str] = "outputs",
    template: str | PathLike[str] | None = None,
    paper: Paper | None = None,
    history: str | PathLike[str] | None = None,
    pdf: Extent | None = None,
) -> Report:
    """Build the report of a company and write it to OUTPUTS/TICKER/DATE/TICKER-DATE.xlsx.

    That is a draft: the next build replaces it. What was issued by a run is never replaced: then
    the draft is the next revision, TICKER-DATE-r2.xlsx.

    `as_of` is a date, `YYYY-MM-DD` or `last-month-end`; `template` a theme file (default: the house
    theme), `paper` its paper (default: the theme's); `history` a file of what earlier reports said
    (default: none, and no tab Track record); `pdf` asks for a PDF beside the workbook, of the
    report or of its summary, printed by LibreOffice. What stood there is replaced in one step, or
    stays as it was where anything fails.

    Raises InputErrors with every mistake of the inputs, ReportgenError for any other trouble.
    """
    printer = "" if pdf is None else _printer()
    report = compose(
        ticker,
        as_of=as_of,
        inputs=inputs,
        outputs=outputs,
        template=template,
        paper=paper,
        history=history,
    )
    rows = read_issued(issued_path(Path(outputs), report.ticker))
    newest = newest_of(rows, report.as_of)
    if newest is not None:
        report = replace(report, path=revision_path(report.path, newest.revision + 1))
    content = render(report.book)
    store(content, report.path, registry_beside(report.path, report.book, content, report.told))
    if pdf is not None:
        from reportgen.pdf import print_book  # noqa: PLC0415 - few reports are printed

        print_book(report.book, pdf_path(report.path, pdf), printer, pdf)
    return report


def _printer() -> str:
    """The program that prints; ReportgenError before anything is written where there is none."""
    from reportgen.pdf import find_printer  # noqa: PLC0415 - few reports are printed

    return find_printer()
