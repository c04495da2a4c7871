"""`reportgen textconv`: a workbook as lines of text, so that git can compare it."""

from __future__ import annotations

from pathlib import Path

import click

EXAMPLES = """\b
Examples:
  reportgen textconv BABA-2025-11-30.xlsx
  reportgen textconv --all BABA-2025-11-30.xlsx

\b
Once a clone:
  git config diff.reportgen.textconv 'reportgen textconv'
  git config diff.reportgen.cachetextconv true
Once a repository:
  echo '*.xlsx diff=reportgen' >> .gitattributes

\b
Exit status: 0, also for a file that cannot be read, which is told in a line.
"""


@click.command(
    name="textconv",
    short_help="Print a workbook as text, for git diff.",
    epilog=EXAMPLES,
)
@click.argument("workbook", type=click.Path(path_type=Path))
@click.option("--all", "everything", is_flag=True, help="Every field of a report.")
def command(*, workbook: Path, everything: bool) -> None:
    """Print WORKBOOK as text: of a report what it says, its checks and its inputs by key.

    Of any other workbook every filled cell, with its formula.

    A file that cannot be read is told in one line on standard output, with exit status 0: git
    would otherwise stop, and show nothing of all the other files.
    """
    from reportgen.cli.lines import TextLine
    from reportgen.cli.output import tell, waiting
    from reportgen.differences.forms.lines import lines
    from reportgen.errors import ReportgenError

    try:
        with waiting(f"Reading {workbook.name}"):
            told = list(lines(workbook, everything=everything))
    except ReportgenError as error:
        told = [f"not readable: {str(error).removeprefix(f'{workbook}: ')}"]
    tell([TextLine(line) for line in told])
