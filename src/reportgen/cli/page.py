"""`reportgen page`: a report as one HTML page."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli import options
from reportgen.cli.lines import TextLine
from reportgen.cli.output import tell, waiting

EXAMPLES = """\b
Examples:
  reportgen page outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx
  reportgen page BABA-2025-11-30.xlsx --to ~/mail/baba.html
  reportgen page BABA-2025-11-30.xlsx --template our-theme.yaml

\b
Exit status: 0 good; 2 the file is no report, cannot be read safely, or the page cannot be written;
whatever stood at its place stands there still.
"""


@click.command(
    name="page",
    short_help="Write a report as one HTML page that needs nothing else.",
    epilog=EXAMPLES,
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--to",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where the page goes. Default: beside REPORT, under its name, with .html.",
)
@click.option(
    "--template",
    type=options.FOLDER,
    metavar="FILE",
    help="A theme: colours and fonts. Default: the house theme.",
)
def command(*, report: Path, to: Path | None, template: Path | None) -> None:
    """Write REPORT as a page for a browser, on a desk or a phone, by day or by night.

    One file holds it all: nothing is fetched, and nothing in it can run but its own script. Each
    number opens how it comes about, down to its sources. REPORT is a workbook built by this
    program, perhaps edited since; it is read under limits of memory and time, and the page states
    its values as the file does.
    """
    from reportgen import page

    with waiting(f"Reading {report.name}"):
        place = page(report, to=to, template=template)
    tell([TextLine(str(place), "strong")])
