"""`reportgen reaffirm`: assumptions that still stand, dated anew and signed in one step."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.lines import TextLine, TextTable
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from pathlib import Path

    from reportgen.cli.lines import Page
    from reportgen.intake.reaffirmation import Anew

_MOST_RESULTS = 2  # that are named of an assumption
EXAMPLES = """\b
Examples:
  reportgen reaffirm BABA --all --dry-run         what would be dated anew, and how old it is
  reportgen reaffirm BABA --all --author "J. Poon"
  reportgen reaffirm BABA growth "assumption[multiple,bull,cloud]" --author "J. Poon"
  reportgen reaffirm ACME --all probability --suggested --author "J. Poon"

\b
base_metric, metric_12m, eps_12m and probability are dated anew only where they are named: a base of
today would beat results that are newer than the figure itself.

\b
Exit status: 0 good; 2 trouble, and nothing was written.
"""
HEAD = ("Key", "Value", "Dated", "Days", "Results since", "Price since")


@click.command(
    name="reaffirm",
    short_help="Date unchanged assumptions anew, and sign what is suggested.",
    epilog=EXAMPLES,
)
@options.ticker
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@click.option("--all", "everything", is_flag=True, help="Every assumption in use; see below.")
@click.option(
    "--suggested", is_flag=True, help="Fill in blanks with what their notes suggest, too."
)
@click.option("--author", default="", help="Who signs.")
@click.option(
    "--as-of", metavar="DATE", help="The day from which they are known anew. Default: today."
)
@click.option("--dry-run", is_flag=True, help="Show and try it, and write nothing.")
@options.inputs
def command(
    *,
    ticker: str,
    keys: tuple[str, ...],
    everything: bool,
    suggested: bool,
    author: str,
    as_of: str | None,
    dry_run: bool,
    inputs: Path,
) -> None:
    """Date the assumptions KEY of TICKER anew, unchanged, in one signed step.

    A KEY is a parameter, such as growth, or a public key, such as assumption[growth,bull,cloud].
    Rows are appended, and of the template those filled in that nobody dated; all of them, or none.
    """
    from reportgen import reaffirm
    from reportgen.cli.summary import notes
    from reportgen.intake.reaffirmation import EVERY
    from reportgen.periods import as_day, today

    if not (keys or everything):
        raise click.UsageError("Name a KEY, or --all of them.")
    day = today() if as_of is None else as_day(as_of)
    tell(notes(day, today()), error=True)
    with waiting(f"Trying it on a copy of {ticker}"):
        found = reaffirm(
            ticker,
            ((EVERY,) if everything else ()) + keys,
            as_of=day,
            author=author,
            suggested=suggested,
            inputs=inputs,
            dry_run=dry_run,
        )
    tell(anew_page(found.assumptions, day))
    tell([TextLine(told, "warn") for told in found.left])
    for file in found.files:
        rows = f"{len(file.lines)} row{'s' * (len(file.lines) > 1)}"
        tell([TextLine(f"{'would add' if dry_run else '+'} {rows}: {file.path}", "good")])


def anew_page(assumptions: Iterable[Anew], day: date) -> Page:
    """What is dated anew: its value, its age, what came since, or where it comes from."""
    rows = tuple(_row(one, day) for one in assumptions)
    if not rows:
        return [TextLine("Nothing to date anew.")]
    table = TextTable(HEAD, rows, wordy=True, numbers=frozenset({2, 3, 5}))
    suggested = [TextLine(f"{one.key}: {one.told}", "faint") for one in assumptions if one.told]
    return [table, *suggested]


def _row(one: Anew, day: date) -> tuple[str, ...]:
    value = f"{one.value} {one.unit}".strip()
    if one.dated is None:
        return (one.key, value, "new", "", "", "")
    named = ", ".join(f"{of.period} ({of.published})" for of in one.since[:_MOST_RESULTS])
    more = len(one.since) - _MOST_RESULTS
    moved = "" if math.isnan(one.moved) else f"{one.moved:+.1%}"
    since = f"{named} and {more} more" if more > 0 else named
    return (one.key, value, str(one.dated), str((day - one.dated).days), since, moved)
