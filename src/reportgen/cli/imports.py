"""`reportgen import`: figures that others keep, brought into packs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.failures import GOOD
from reportgen.cli.lines import TextLine, TextTable
from reportgen.cli.output import tell, waiting

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from reportgen.cli.lines import Page
    from reportgen.intake.candidates import Judged
    from reportgen.intake.records import Brought, Import

TO_DECIDE, TROUBLE = 1, 2
KINDS = ("closes", "rates", "companyfacts", "instance", "submissions", "bars", "summary")
_NAMING = (
    "segment", "broker", "vendor", "product", "variant", "market", "metric", "period", "line",
)  # fmt: skip
_MOST_ROWS = 12  # of a company that are shown; --all shows the others
EXAMPLES = """\b
Examples:
  reportgen import ~/Downloads/META.csv ~/Downloads/KWEB.csv     closes, by the ticker in the name
  reportgen import companyfacts-meta.json --since 2023-01-01     what META filed with the SEC
  reportgen import eurofxref-hist.zip --accept                   rates of the European Central Bank
  reportgen import prices.csv --ticker META --closes split-adjusted --accept
  reportgen import targets.xlsx --map new                        propose a map for a sheet
  reportgen import targets.xlsx --map pts                        rows of many companies, by a map

\b
What a file is, its content tells: closes of any vendor (csv), rates of the ECB (csv or zip),
companyfacts of the SEC (json), charts of Yahoo, aggregates of Polygon (json). Any other csv or xlsx
is read by a map of inputs/imports.yaml: docs/data.md shows three.

\b
Exit status: 0 nothing to add; 1 something to add or to decide; 2 trouble, and nothing of that
company was written.
"""


@click.command(
    name="import",
    short_help="Bring closes, rates, reported figures and sheets into packs.",
    epilog=EXAMPLES,
)
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=options.FOLDER)
@click.option("--ticker", default="", metavar="TICKER", help="The company that the files are of.")
@click.option(
    "--only",
    multiple=True,
    metavar="TICKER",
    help="Take what is of this company; the option may be given several times.",
)
@click.option(
    "--as",
    "kind",
    type=click.Choice(KINDS),
    help="What the files hold, where their content is taken for something else.",
)
@click.option(
    "--since",
    metavar="DATE",
    help="Periods that end since then. Default: the last twelve quarters.",
)
@click.option(
    "--metric",
    "metrics",
    multiple=True,
    metavar="NAME",
    help="A metric to take from filings, such as capex. Default: those that the method reads.",
)
@click.option(
    "--closes",
    type=click.Choice(["as-traded", "split-adjusted"]),
    help="What closes are, where no day that the pack has as well shows it.",
)
@click.option(
    "--map",
    "mapped",
    default="",
    metavar="NAME",
    help="Read them by this map of imports.yaml; `new` proposes one.",
)
@click.option(
    "--published",
    metavar="DATE",
    help="When a snapshot read by a map was known. Default: the day it states, else today.",
)
@click.option("--late", is_flag=True, help="Take what a report that was issued would have known.")
@click.option("--accept", is_flag=True, help="Append the rows. Without it they are only shown.")
@click.option(
    "--all", "everything", is_flag=True, help="Show every row, also those that are there."
)
@click.option("--json", "as_json", is_flag=True, help="Print a list of objects, a company each.")
@options.inputs
@options.outputs("Where reports were issued")
def command(  # noqa: PLR0913 - one argument an option
    *,
    files: tuple[Path, ...],
    ticker: str,
    only: tuple[str, ...],
    kind: str | None,
    since: str | None,
    metrics: tuple[str, ...],
    closes: str | None,
    mapped: str,
    published: str | None,
    late: bool,
    accept: bool,
    everything: bool,
    as_json: bool,
    inputs: Path,
    outputs: Path,
) -> int:
    """Bring FILEs that others keep into the packs of the inputs: dated, sourced, appended.

    Nothing is edited or dated back: what a file says anew stands below what the pack has, a figure
    is known from the day on which it was published, and a second run adds nothing. All that comes
    of a company is written, or none of it, after it was tried on a copy of its pack.
    """
    from reportgen.errors import ReportgenError
    from reportgen.intake.closes import Basis
    from reportgen.intake.imports_file import NEW, read_imports
    from reportgen.intake.records import Import
    from reportgen.periods import today

    if mapped == NEW:
        return _propose(files, inputs)
    imports = read_imports(inputs)
    known_on = options.day("--published", published)
    if kind and mapped:
        raise ReportgenError("--as: a map says what its files hold; leave out one of the two")
    if known_on and not mapped:
        raise ReportgenError("--published: is for files that are read by a --map")
    asked = Import(
        today(),
        inputs,
        options.day("--since", since),
        _metrics(metrics),
        None if closes is None else Basis(closes),
        late=late,
        how=imports.map(mapped, inputs) if mapped else None,
        published=known_on,
        listed=imports.companies,
        zone=imports.zone,
        issued=lambda of: issued_days(outputs, of),
        kind=kind or "",
        only=only,
    )
    found = brought_in(files, asked, ticker, accept=accept)
    if as_json:
        click.echo(json.dumps([for_programs(one, accept=accept) for one in found], indent=1))
    else:
        tell(page(found, accept=accept, everything=everything))
    return status_of(found, accept=accept)


def _propose(files: Iterable[Path], inputs: Path) -> int:
    """Print a map for each file, to be checked and put into imports.yaml."""
    from reportgen.facts.reading.companies import tickers
    from reportgen.intake.maps.proposal import proposed
    from reportgen.intake.maps.rows import Asked
    from reportgen.periods import today

    asked = Asked(tickers(inputs), today())
    for path in files:
        click.echo(proposed(path, asked), nl=False)
    return GOOD


def brought_in(
    files: Sequence[Path], asked: Import, ticker: str = "", *, accept: bool
) -> tuple[Brought, ...]:
    """Return what files bring, appended where that is accepted."""
    from reportgen.intake.imports import bring

    with waiting("Reading what the files bring"):
        found = bring(files, asked, ticker)
    return tuple(map(_taken, found)) if accept else found


def issued_days(outputs: Path, of: str) -> Iterator[date]:
    """Yield the days of the reports of a company that went out."""
    from reportgen.runs.issued import issued_path, read_issued

    return (row.as_of for row in read_issued(issued_path(outputs, of)))


def _taken(found: Brought) -> Brought:
    """Write what files bring one company; trouble with it is its own."""
    from dataclasses import replace

    from reportgen.errors import ReportgenError
    from reportgen.intake.imports import take

    try:
        take(found)
    except ReportgenError as error:
        return replace(found, error=str(error), files=())
    return found


def status_of(found: Iterable[Brought], *, accept: bool) -> int:
    """Return the exit status of an import: that of the company with the most trouble."""
    return max((_status(one, accept=accept) for one in found), default=GOOD)


def _status(found: Brought, *, accept: bool) -> int:
    if found.error:
        return TROUBLE
    return TO_DECIDE if found.is_open or (found.files and not accept) else GOOD


def _metrics(names: Sequence[str]) -> tuple[str, ...]:
    from reportgen.errors import ReportgenError
    from reportgen.facts.problems import suggestion
    from reportgen.intake.sec.quarters import METRICS

    for name in names:
        if name not in METRICS:
            remedy = suggestion(name, METRICS) or f"expected one of {', '.join(METRICS)}"
            raise ReportgenError(f'--metric: "{name}" is in no filing; {remedy}')
    return tuple(names)


# --- what is said ---
def page(found: Iterable[Brought], *, accept: bool, everything: bool) -> Page:
    """Return what files bring each company, as lines for people."""
    lines: Page = []
    for one in found:
        lines += [TextLine(), TextLine(_title(one, accept=accept), "strong")]
        shown = _shown(one.rows, everything=everything)
        if shown:
            head = ("State", "Row", "Value", "Published", "Remark")
            lines.append(
                TextTable(head, tuple(map(_row, shown)), wordy=True, numbers=frozenset({2}))
            )
        lines += [
            TextLine(f"{_count(part.number)} skipped: {part.why}", "faint") for part in one.skipped
        ]
        lines += [TextLine(f"to decide: {doubt}", "warn") for doubt in one.doubts]
        lines += [TextLine(line, "bad") for line in one.error.splitlines()]
        lines += [TextLine(note, "faint") for note in one.notes]
        lines += [
            TextLine(
                f"{'+' if accept else 'would add'} {_count(len(file.lines))}: {file.path}", "good"
            )
            for file in one.files
        ]
    if any(one.files for one in found) and not accept:
        lines += [TextLine(), TextLine("Nothing was written: --accept appends the rows.")]
    return lines[1:]


def _count(rows: int) -> str:
    return f"{rows:,} row{'s' * (rows != 1)}"


def _title(one: Brought, *, accept: bool) -> str:
    if one.error:
        return f"{one.ticker}: nothing was taken"
    if one.is_of_nobody:
        return f"{one.ticker}: rows of others"
    if not one.files:
        return f"{one.ticker}: nothing to add"
    return f"{one.ticker}: {'added' if accept else 'to add'}"


def _shown(rows: Sequence[Judged], *, everything: bool) -> Sequence[Judged]:
    """The rows that matter first: what has to be decided, then what is new."""
    if everything:
        return rows
    from reportgen.intake.candidates import State

    order = [State.CONFLICT, State.LATE, State.REVISED, State.SKIPPED, State.NEW]
    told = [row for row in rows if row.state in order]
    return sorted(told, key=lambda row: order.index(row.state))[:_MOST_ROWS]


def _row(row: Judged) -> tuple[str, ...]:
    cells = row.candidate.cells
    names = (cells.get(name, "") for name in _NAMING)
    value = cells.get("value") or cells.get("target") or cells.get("price", "")
    unit = cells.get("unit") or cells.get("currency", "")
    return (
        str(row.state),
        " ".join(filter(None, names)),
        f"{value} {unit}".strip(),
        cells.get("published", ""),
        row.told or cells.get("note", ""),
    )


def for_programs(one: Brought, *, accept: bool) -> dict[str, object]:
    """Return what files bring a company, as JSON can hold it."""
    return {
        "ticker": one.ticker,
        "error": one.error,
        "accepted": accept and not one.error,
        "rows": [
            {"state": str(row.state), "table": row.candidate.table, "told": row.told}
            | {"cells": dict(row.candidate.cells), "origin": row.candidate.origin}
            for row in one.rows
        ],
        "closes": one.closes,
        "files": {str(file.path): list(file.lines) for file in one.files},
        "doubts": list(one.doubts),
        "skipped": [part._asdict() for part in one.skipped],
        "notes": list(one.notes),
    }
