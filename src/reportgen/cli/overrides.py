"""`reportgen overrides`: which analysts' values stand, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.lines import Page, TextLine, TextTable
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.reviews.log import Logged

EXAMPLES = """\b
Examples:
  reportgen overrides BABA --as-of 2025-11-30
  reportgen overrides BABA --as-of last-month-end --revoke "assumption[growth,bull,cloud]" \\
      --author "J. Poon" --reason "superseded by the results"

\b
Exit status: 0 good; 2 trouble, and nothing was written.
"""
HEAD = ("State", "Key", "Value", "Published", "Expires", "Author", "Reason")


@click.command(
    name="overrides",
    short_help="List the overrides of a company, or take one back.",
    epilog=EXAMPLES,
)
@options.ticker
@options.as_of
@options.inputs
@click.option(
    "--revoke", metavar="KEY", help="Append a row that takes back every override of KEY so far."
)
@click.option("--author", default="", help="Who revokes.")
@click.option("--reason", default="", help="Why.")
@click.option(
    "--published", metavar="DATE", help="The day of the revocation. Default: the day of --as-of."
)
def command(
    *,
    ticker: str,
    as_of: str,
    inputs: Path,
    revoke: str | None,
    author: str,
    reason: str,
    published: str | None,
) -> None:
    """List what overrides.csv of TICKER says as of a day: in force, expired, revoked, replaced.

    A revocation is a row of its own: reports of days before it stay as they were.
    """
    from reportgen import overrides
    from reportgen import revoke as take_back
    from reportgen.cli.review import remark
    from reportgen.periods import as_day

    day = as_day(as_of)
    if revoke is None:
        with waiting(f"Reading {ticker} as of {day}"):
            rows = overrides(ticker, as_of=day, inputs=inputs)
        tell(page(ticker, rows))
        return
    said = remark(author, reason, None, published)
    with waiting(f"Trying the revocation on a copy of {ticker}"):
        files = take_back(
            ticker,
            revoke,
            as_of=day,
            author=author,
            reason=reason,
            published=said.published,
            inputs=inputs,
        )
    for file in files:
        added = [TextLine(f"+ {line.rstrip()}", "good") for line in file.lines]
        tell([TextLine(str(file.path), "strong"), *added])


def page(ticker: str, rows: tuple[Logged, ...]) -> Page:
    """Return how the overrides of a company stand, a row each, and how many are in force."""
    if not rows:
        return [TextLine(f"{ticker} has no overrides.")]
    cells = tuple(
        (
            f"{entry.state}; figure of {entry.newer} is newer" if entry.newer else entry.state,
            entry.row.key,
            "" if entry.state == "revokes" else f"{entry.row.value:.10g}",
            str(entry.row.published),
            str(entry.row.expires or ""),
            entry.row.author,
            entry.row.reason,
        )
        for entry in rows
    )
    standing = sum(entry.state == "in force" for entry in rows)
    return [TextTable(HEAD, cells, wordy=True), TextLine(), TextLine(f"{standing} in force.")]
