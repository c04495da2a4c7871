"""`reportgen check`: everything that is wrong with an input pack."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.failures import TROUBLE
from reportgen.cli.printing import tell, waiting

if TYPE_CHECKING:
    from pathlib import Path

EXAMPLES = """\b
Examples:
  reportgen check BABA --as-of 2025-11-30
  reportgen check ACME --as-of last-month-end --inputs ~/packs

\b
Exit status: 0 a report can be built; 2 it cannot.
"""


@click.command(
    name="check",
    short_help="Check the inputs of a company, and write nothing.",
    epilog=EXAMPLES,
)
@options.ticker
@options.as_of
@options.inputs
def command(*, ticker: str, as_of: str, inputs: Path) -> int:
    """Check the inputs of TICKER and tell every problem at once; write nothing.

    A problem is told with its file, line and column, what was found there, what was expected and
    what to do. Then comes what would be n/a in the report, why that matters and what would fill it.
    """
    from reportgen import check
    from reportgen.cli.summary import findings_page, notes
    from reportgen.periods import as_day, today

    day = as_day(as_of)
    tell(notes(day, today()), error=True)
    with waiting(f"Checking {ticker} as of {day}"):
        findings = check(ticker, as_of=day, inputs=inputs)
    tell(findings_page(ticker, findings))
    return 0 if findings.is_sound else TROUBLE
