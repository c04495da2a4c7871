"""`reportgen handout`: reports of a month in one folder or zip."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli import options
from reportgen.cli.lines import TextLine
from reportgen.cli.output import tell, waiting

EXAMPLES = """\b
Examples:
  reportgen handout --as-of 2025-11-30 --to november.zip
  reportgen handout --as-of last-month-end --to ~/mail/november --select tag:ai --exclude 'TEN*'

\b
A selector is a ticker (with *), tag:NAME, stance:LONG, result:failed or @FILE with a ticker a line;
several are a union, commas inside one an intersection.

\b
Exit status: 0 good; 2 trouble, and nothing was written: a report is not what was issued, rests on
sources that may not be passed on, or the place is taken.
"""


@click.command(
    name="handout", short_help="Put reports of a month into one folder or zip.", epilog=EXAMPLES
)
@click.option("--as-of", required=True, metavar="DATE", help="YYYY-MM-DD, or last-month-end.")
@click.option(
    "--to",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR|FILE.zip",
    help="A folder that is new or empty, or a zip, which replaces one of that name.",
)
@options.selection
@click.option(
    "--include-restricted",
    is_flag=True,
    help="Hand out also what rests on sources flagged no_redistribution.",
)
@options.outputs("Where the reports are", or_bucket=True)
def command(
    *,
    as_of: str,
    to: Path,
    select: tuple[str, ...],
    exclude: tuple[str, ...],
    include_restricted: bool,
    outputs: Path | str,
) -> None:
    """Hand out the reports of a day, each as it was issued.

    With each go its PDF, its page and its diff where a run made them; with all of them their part
    of the index, and a cover page, index.html. Links are relative, and lead from one file to the
    other wherever the hand-out lies. It is complete or not there at all, and the same outputs give
    the same bytes.
    """
    from reportgen import handout

    with waiting(f"Handing out the reports of {as_of}"):
        made = handout(
            as_of=as_of,
            to=to,
            outputs=outputs,
            select=select,
            exclude=exclude,
            include_restricted=include_restricted,
        )
    tell([TextLine(f"Warning: {one}", "warn") for one in made.left_out], error=True)
    reports = "1 report" if len(made.tickers) == 1 else f"{len(made.tickers)} reports"
    tell([TextLine(str(made.path), "strong"), TextLine(f"{reports}: {', '.join(made.tickers)}")])
