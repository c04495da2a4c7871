"""`reportgen index`: the index of a month anew, from the manifests of its reports."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.lines import TextLine
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = """\b
Examples:
  reportgen index --as-of 2025-11-30
  reportgen index --as-of last-month-end --outputs /srv/reports

\b
Exit status: 0 good; 2 trouble, or no report of that day has a manifest.
"""


@click.command(
    name="index",
    short_help="Write the index of a month from the manifests of its reports.",
    epilog=EXAMPLES,
)
@options.as_of
@options.outputs("Where the reports are", or_bucket=True)
def command(*, as_of: str, outputs: Path | str) -> None:
    """Write the index of a day anew: DIR/index-DATE.xlsx and DIR/index-DATE.html.

    Every company stands in a row: its stance, its values and what moved them since last month; what
    needs a person stands on a tab of its own. No report is opened and none is built: what is known
    of them is read from their manifests and from what was issued before.
    """
    from reportgen import index

    with waiting(f"Writing the index of {as_of}"):
        written = index(as_of=as_of, outputs=outputs)
    paths = (TextLine(f"{outputs}/{path.name}") for path in (written.workbook, written.page))
    tell([TextLine(f"{written.index.title}: {written.index.summary}", "strong"), *paths])
