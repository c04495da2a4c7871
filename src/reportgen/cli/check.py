"""`reportgen check`: everything that is wrong with an input pack, or how all of them stand."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.failures import GOOD, TROUBLE
from reportgen.cli.lines import Page, TextLine, TextTable, Tone
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.findings import PackState

EXAMPLES = """\b
Examples:
  reportgen check BABA --as-of 2025-11-30
  reportgen check ACME --as-of last-month-end --inputs ~/packs
  reportgen check --all                      every pack as of today, in a table
  reportgen check --all --as-of 2025-11-30 --json

\b
Of all packs it tells the cells still to be filled in, the errors, what is stale, and which results
have come since the oldest assumption in use was dated; a pack that cannot be read costs only
itself.

\b
Exit status: 0 a report can be built (of each pack); 2 it cannot.
"""


@click.command(
    name="check",
    short_help="Check the inputs of a company, or of all, and write nothing.",
    epilog=EXAMPLES,
)
@click.argument("ticker", required=False)
@click.option("--all", "everything", is_flag=True, help="Every pack, a row each.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="The day the report speaks of: YYYY-MM-DD, or last-month-end. What became known later is"
    " left out. With --all the default is today.",
)
@click.option("--json", "as_json", is_flag=True, help="With --all: print a list of objects.")
@options.inputs
def command(
    *, ticker: str | None, everything: bool, as_of: str | None, as_json: bool, inputs: Path
) -> int:
    """Check the inputs of TICKER and tell every problem at once; write nothing.

    A problem is told with its file, line and column, what was found there, what was expected and
    what to do. Then comes what would be n/a in the report, why that matters and what would fill it.
    """
    from reportgen import check
    from reportgen.cli.summary import findings_page, notes
    from reportgen.periods import as_day, today

    if everything == (ticker is not None):
        raise click.UsageError("Name a TICKER, or --all of them.")
    if as_json and not everything:
        raise click.UsageError("--json is for --all.")
    if as_of is None and not everything:
        raise click.UsageError("Missing option '--as-of'.")
    day = today() if as_of is None else as_day(as_of)
    tell(notes(day, today()), error=True)
    if ticker is None:
        return _all(day, inputs, as_json=as_json)
    with waiting(f"Checking {ticker} as of {day}"):
        findings = check(ticker, as_of=day, inputs=inputs)
    tell(findings_page(ticker, findings))
    return GOOD if findings.is_sound else TROUBLE


def _all(day: date, inputs: Path, *, as_json: bool) -> int:
    """Tell how every pack stands."""
    from reportgen import check_all
    from reportgen.cli.runs import progress

    with progress("packs") as bar:
        found = check_all(as_of=day, inputs=inputs, watch=bar.at)
    if as_json:
        click.echo(json.dumps([_plain(one) for one in found], indent=1, ensure_ascii=False))
    else:
        tell(packs_page(found, day))
    return GOOD if all(one.is_sound for one in found) else TROUBLE


HEAD = ("company", "blank", "errors", "warned", "stale", "assumed", "older", "results since")
_MOST_RESULTS = 2  # of a company that are named


def packs_page(found: Sequence[PackState], day: date) -> Page:
    """How every pack stands, a row each, and what cannot be read."""
    rows = tuple(
        (
            one.ticker,
            *(
                ("-", "-", "-")
                if one.trouble
                else map(_number, (one.blanks, one.errors, one.warnings))
            ),
            ", ".join(one.stale),
            str(one.assumed or ""),
            _number(one.older),
            _results(one),
        )
        for one in found
    )
    troubled = [TextLine(f"{one.ticker}: {one.trouble}", "bad") for one in found if one.trouble]
    sound = sum(one.is_sound for one in found)
    packs = "1 pack" if len(found) == 1 else f"{len(found):,} packs"
    told = f"{packs} as of {day}: {sound:,} can be built"
    tone: Tone = "good" if sound == len(found) else "bad"
    table = [TextTable(HEAD, rows, wordy=True, numbers=frozenset({1, 2, 3, 5, 6}))] if rows else []
    return [*table, *troubled, *([TextLine()] if found else []), TextLine(told, tone)]


def _number(count: int) -> str:
    return f"{count:,}" if count else ""


def _results(one: PackState) -> str:
    named = ", ".join(f"{of.period} ({of.published})" for of in one.since[:_MOST_RESULTS])
    more = len(one.since) - _MOST_RESULTS
    return f"{named} and {more} more" if more > 0 else named


def _plain(one: PackState) -> dict[str, object]:
    since = [{"period": of.period, "published": of.published.isoformat()} for of in one.since]
    assumed = one.assumed.isoformat() if one.assumed else None
    return one._asdict() | {"assumed": assumed, "since": since, "is_sound": one.is_sound}
