"""`reportgen new`: an input pack with blanks to fill in, or with what files bring."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.lines import TextLine, TextTable
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from reportgen.intake.new_pack import Start, Started
    from reportgen.intake.records import Import

EXAMPLES = """\b
Examples:
  reportgen new ACME
  reportgen new 7203.T --inputs ~/packs
  reportgen new META --from downloads/2026-12-01
  reportgen new META --from companyfacts-meta.json META.csv KWEB.csv --benchmark KWEB
  reportgen new META --from targets.xlsx META.csv --map pts --peer GOOGL --peer MSFT
  reportgen check ACME --as-of last-month-end   (names the blanks)

\b
FILEs are what fetch downloaded or import reads; a folder stands for those in it that are of TICKER.
Their rows come in as by import. What they say of the company (name, exchange, currencies, fiscal
year, segments) stands in company.yaml, and what is suggested for a blank in its note: reaffirm
--suggested signs it.

\b
Exit status: 0 good; 2 trouble, and nothing was made or changed.
"""


@click.command(
    name="new",
    short_help="Start the input pack of a company, with what files bring.",
    epilog=EXAMPLES,
)
@options.ticker
@click.argument("more", nargs=-1, metavar="[FILE]...", type=options.FOLDER)
@click.option(
    "--from",
    "files",
    multiple=True,
    metavar="FILE...",
    type=options.FOLDER,
    help="Start it with what these files and folders hold of TICKER.",
)
@click.option("--benchmark", default="", metavar="NAME", help="Its benchmark: market/NAME.csv.")
@click.option("--peer", "peers", multiple=True, metavar="NAME", help="A peer; again for each.")
@click.option(
    "--map", "mapped", default="", metavar="NAME", help="Read sheets by this map of imports.yaml."
)
@click.option(
    "--closes",
    type=click.Choice(["as-traded", "split-adjusted"]),
    help="What closes are, where a split lies within them.",
)
@options.inputs
def command(
    *,
    ticker: str,
    more: tuple[Path, ...],
    files: tuple[Path, ...],
    benchmark: str,
    peers: tuple[str, ...],
    mapped: str,
    closes: str | None,
    inputs: Path,
) -> None:
    """Start a commented input pack for TICKER in a folder of that name; nothing is overwritten.

    Fill in its blanks, which `reportgen check` names one by one; then it builds.
    """
    if files:
        from reportgen.intake.new_pack import Start

        asked = _import(inputs, mapped, closes)
        _begin(Start(ticker, (*files, *more), asked, benchmark, peers))
        return
    if more:
        raise click.UsageError("Name files behind --from.")
    if benchmark or peers or mapped or closes:
        raise click.UsageError("--benchmark, --peer, --map and --closes are for --from.")
    from reportgen import new

    made = new(ticker, inputs=inputs)
    tell(
        [
            *(TextLine(str(path)) for path in made),
            TextLine(),
            TextLine("Read README.txt there, fill in the blanks, and see what is left:", "strong"),
            TextLine(f"  reportgen check {shlex.quote(ticker)} --as-of last-month-end"),
        ]
    )


def _import(inputs: Path, mapped: str, closes: str | None) -> Import:
    """Return how files are brought in, as imports.yaml and the options say."""
    from reportgen.intake.closes import Basis
    from reportgen.intake.imports_file import read_imports
    from reportgen.intake.records import Import
    from reportgen.periods import today

    said = read_imports(inputs)
    return Import(
        today(),
        inputs,
        basis=None if closes is None else Basis(closes),
        how=said.map(mapped, inputs) if mapped else None,
        listed=said.companies,
        zone=said.zone,
    )


def _begin(how: Start) -> None:
    """Start a pack that holds what files bring, and tell what that is."""
    from reportgen.cli.imports import page
    from reportgen.intake.new_pack import start

    with waiting(f"Starting {how.ticker}"):
        found = start(how)
    tell(page(found.brought, accept=True, everything=False))
    files = [TextLine(str(path)) for path in found.files]
    tell([TextLine(), *files, TextLine(), *started_lines(how.ticker, found)])


def started_lines(ticker: str, found: Started) -> Iterator[TextLine | TextTable]:
    """What is said of the company, what is suggested, and what comes next."""
    from reportgen.intake.suggested import Suggestion

    for name, said in found.said.items():
        yield TextLine(f"company.yaml: {name}: {said.value}, of {said.by}", "faint")
    rows = tuple(
        (" ".join(filter(None, key)), one.value, one.told)
        for key, one in found.suggested.items()
        if isinstance(one, Suggestion)
    )
    if rows:
        yield TextTable(("Suggested", "Value", "From"), rows, wordy=True, numbers=frozenset({1}))
    lacking: dict[str, dict[str, None]] = {}
    for slot, found_none in found.suggested.items():
        if not isinstance(found_none, Suggestion):
            lacking.setdefault(found_none.why, {})[slot.key] = None
    for why, keys in lacking.items():
        yield TextLine(f"nothing is suggested for {', '.join(keys)}: {why}", "faint")
    yield from (TextLine(f"to decide: {note}", "warn") for note in found.notes)
    of = shlex.quote(ticker)
    yield TextLine()
    yield TextLine("Fill in or sign the blanks, and see what is left:", "strong")
    yield TextLine(f"  reportgen reaffirm {of} --all probability --suggested --author NAME")
    yield TextLine(f"  reportgen check {of} --as-of last-month-end")
