"""`reportgen build`: from an input pack to a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.failures import FAILED_CHECKS
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.resources import Extent
    from reportgen.xlsx.book import Paper

EXAMPLES = """\b
Examples:
  reportgen build BABA --as-of 2025-11-30
  reportgen build BABA --as-of last-month-end --pdf
  reportgen build BABA --as-of last-month-end --pdf summary --paper letter
  reportgen build BABA --as-of 2025-11-30 --outputs ~/drafts --template our-theme.yaml

\b
Exit status: 0 good; 1 the report was built, but checks in it FAIL; 2 trouble, and whatever stood
at the report's place stands there still.
"""


@click.command(
    name="build",
    short_help="Build the report of a company as of a day.",
    epilog=EXAMPLES,
    cls=options.PrintingCommand,
)
@options.ticker
@options.as_of
@options.inputs
@options.outputs("Where the report goes")
@click.option(
    "--template",
    type=options.FOLDER,
    metavar="FILE",
    help="A theme: colours, fonts and number formats. Default: the house theme.",
)
@click.option(
    "--history",
    type=options.FOLDER,
    metavar="FILE",
    help="What earlier reports said, such as outputs/TICKER/history.csv: adds a Track record tab.",
)
@options.pdf
@options.paper
def command(
    *,
    ticker: str,
    as_of: str,
    inputs: Path,
    outputs: Path,
    template: Path | None,
    history: Path | None,
    pdf: Extent | None,
    paper: Paper | None,
) -> int:
    """Build the report of TICKER from its pack of inputs, and say what it says.

    The workbook is complete or not there at all: it replaces an earlier one in a single step.
    Every mistake in the inputs is told with its file, line and column.
    """
    from reportgen import build
    from reportgen.cli.summary import notes, summary, warnings_page
    from reportgen.periods import as_day, today
    from reportgen.resources import pdf_path

    day = as_day(as_of)
    tell(notes(day, today()), error=True)
    with waiting(f"Building {ticker} as of {day}"):
        report = build(
            ticker,
            as_of=day,
            inputs=inputs,
            outputs=outputs,
            template=template,
            paper=paper,
            history=history,
            pdf=pdf,
        )
    tell(warnings_page(ticker, day, inputs, report.warnings), error=True)
    places = [report.path, *([pdf_path(report.path, pdf)] if pdf else [])]
    tell(
        summary(
            report.overview,
            places,
            report.doubts,
            report.cells if report.doubts else {},
            report.inherited,
        )
    )
    return FAILED_CHECKS if report.has_failures else 0
