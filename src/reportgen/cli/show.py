"""`reportgen show`: what a report says."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli.lines import TextLine
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.values import Value

EXAMPLES = """\b
Examples:
  reportgen show outputs/BABA/2025-11-30/BABA-2025-11-30.xlsx
  reportgen show BABA-2025-11-30.xlsx --json
  reportgen show BABA-2025-11-30.xlsx --json --headline

\b
Exit status: 0 good; 2 the file is no report, or cannot be read safely.
"""


@click.command(
    name="show",
    short_help="Say what a report says, or give its numbers as JSON.",
    epilog=EXAMPLES,
)
@click.argument("report", type=click.Path(path_type=Path))
@click.option(
    "--json",
    "as_json",
    is_flag=True,
    help="Every number by its public key, as one JSON object; n/a is null, days are Excel serials.",
)
@click.option("--headline", "short", is_flag=True, help="The short list of keys and values only.")
def command(*, report: Path, as_json: bool, short: bool) -> None:
    """Say what REPORT says: stance, cases, hype, checks, as the file states them.

    REPORT is a workbook built by this program, perhaps edited since. It is read under limits of
    memory and time; no formula, macro or link in it is followed.
    """
    from reportgen import show
    from reportgen.cli.summary import listed, summary
    from reportgen.model.checks.plausibility import doubts

    with waiting(f"Reading {report.name}"):
        values = show(report, headline=short)
    if as_json:
        click.echo(_json(values))
    elif short:
        tell(listed(values))
    else:
        found = tuple(doubts(values))
        tell(
            [
                *summary(values, [report], found),
                TextLine(f"{len(values):,} values by key: --json", "faint"),
            ]
        )


def _json(values: Mapping[str, Value]) -> str:
    """One JSON object, its letters escaped where standard output could not carry them."""
    text = json.dumps(values, indent=1, ensure_ascii=False, allow_nan=False)
    try:
        text.encode(sys.stdout.encoding or "ascii")
    except UnicodeEncodeError:
        return json.dumps(values, indent=1, allow_nan=False)
    return text
