"""`reportgen new`: an input pack with blanks to fill in."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.printing import Line, tell

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = """\b
Examples:
  reportgen new ACME
  reportgen new 7203.T --inputs ~/packs
  reportgen check ACME --as-of last-month-end   (names the blanks)

\b
Exit status: 0 good; 2 trouble, and nothing was made or changed.
"""


@click.command(
    name="new",
    short_help="Start the input pack of a company.",
    epilog=EXAMPLES,
)
@options.ticker
@options.inputs
def command(*, ticker: str, inputs: Path) -> None:
    """Start a commented input pack for TICKER in a folder of that name; nothing is overwritten.

    Fill in its blanks, which `reportgen check` names one by one; then it builds.
    """
    from reportgen import new

    made = new(ticker, inputs=inputs)
    tell(
        [
            *(Line(str(path)) for path in made),
            Line(),
            Line("Read README.txt there, fill in the blanks, and see what is left:", "strong"),
            Line(f"  reportgen check {shlex.quote(ticker)} --as-of last-month-end"),
        ]
    )
