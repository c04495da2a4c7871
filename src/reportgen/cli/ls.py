"""`reportgen ls`: the companies, and how each stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.xlsx.book import Paper

EXAMPLES = """\b
Examples:
  reportgen ls                                    as of the last month end
  reportgen ls --as-of 2025-11-30 --select state:changed
  reportgen ls --json

\b
States: new (no report yet), stale (only of an earlier day), changed (and by what), unchanged,
unreadable (what was issued of it; a run tells the same).

\b
Exit status: 0 good; 2 trouble.
"""


@click.command(name="ls", short_help="List the companies and how they stand.", epilog=EXAMPLES)
@click.argument("tickers", nargs=-1)
@click.option(
    "--as-of",
    default="last-month-end",
    show_default=True,
    metavar="DATE",
    help="The day of the reports asked about.",
)
@options.selection
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects.")
@click.option(
    "--template",
    type=options.FOLDER,
    metavar="FILE",
    help="That of the run; default: the house theme.",
)
@options.paper
@options.inputs
@options.outputs("Where the reports are", or_bucket=True)
def command(  # noqa: PLR0913 - one argument an option
    *,
    tickers: tuple[str, ...],
    as_of: str,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    as_json: bool,
    template: Path | None,
    paper: Paper | None,
    inputs: Path,
    outputs: Path | str,
) -> None:
    """List the companies of the inputs: what a run as of that day would build, and why.

    Nothing is built; files are compared by their hashes.
    """
    import json

    from reportgen.cli.output import tell
    from reportgen.cli.runs import companies_page
    from reportgen.periods import as_day
    from reportgen.runs.standings import ls

    rows = ls(
        as_of=as_day(as_of),
        inputs=inputs,
        outputs=outputs,
        tickers=tickers,
        select=select,
        exclude=exclude,
        template=template,
        paper=paper,
    )
    if as_json:
        click.echo(json.dumps([row._asdict() for row in rows], indent=1, ensure_ascii=False))
    else:
        tell(companies_page(rows, as_day(as_of)))
