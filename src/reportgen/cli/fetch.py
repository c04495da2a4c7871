"""`reportgen fetch`: what services have anew, kept as it came and shown as an import."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.failures import GOOD
from reportgen.cli.lines import TextLine
from reportgen.cli.output import tell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.intake.imports_file import Imports, Listed

TROUBLE = 2
CONTACT = "REPORTGEN_CONTACT"
EXAMPLES = """\b
Examples:
  reportgen fetch                          rates, and filings of all companies of imports.yaml
  reportgen fetch META --from sec --accept
  reportgen fetch META --from yahoo        closes, targets, consensus: for personal use
  reportgen fetch --check                  ask each service for a sample, and write nothing

\b
Filings need a number at the SEC and a contact in imports.yaml of the inputs:
  contact: Acme Research jane@acme.example
  companies:
    META: {cik: 1326801, yahoo: META, segments: {FamilyOfAppsMember: family-of-apps}}

\b
Exit status: 0 nothing to add; 1 something to add or to decide; 2 trouble with a service or a
company; what others brought is there.
"""


@click.command(
    name="fetch", short_help="Fetch rates and filings, and show what they add.", epilog=EXAMPLES
)
@click.argument("tickers", nargs=-1)
@click.option(
    "--from",
    "services",
    default="sec,ecb",
    show_default=True,
    metavar="NAMES",
    help="The services, by commas: sec (filings), ecb (exchange rates), yahoo (closes, targets).",
)
@click.option(
    "--to",
    "folder",
    type=options.FOLDER,
    default=Path("downloads"),
    show_default=True,
    metavar="DIR",
    help="Where answers are kept as they came: DIR/DAY/, with an index.csv.",
)
@click.option("--accept", is_flag=True, help="Append what is new to the packs, as import does.")
@click.option("--check", is_flag=True, help="See whether each service answers in the known shape.")
@options.inputs
@options.outputs("Where reports were issued")
def command(
    *,
    tickers: tuple[str, ...],
    services: str,
    folder: Path,
    accept: bool,
    check: bool,
    inputs: Path,
    outputs: Path,
) -> int:
    """Fetch what services have anew of TICKERs, by default of all in imports.yaml, and show it.

    Answers are kept untouched and come in as other files do: nothing is written to a pack without
    --accept. A company whose newest filing the pack cites already is not fetched again.
    """
    from datetime import UTC, datetime

    from reportgen.cli.imports import brought_in, issued_days, page, status_of
    from reportgen.cli.runs import progress
    from reportgen.intake.answers import Fetch, Webs, fetch, parts, require_contact, verify
    from reportgen.intake.imports_file import read_imports
    from reportgen.intake.records import Import
    from reportgen.intake.web import Web
    from reportgen.intake.yahoo import TERMS
    from reportgen.intake.yahoo_web import Yahoo
    from reportgen.periods import today

    asked = _services(services)
    said = read_imports(inputs)
    contact = os.environ.get(CONTACT, said.contact)
    if "sec" in asked:
        require_contact(contact)
    webs = Webs(Web(contact or "reportgen"), Yahoo() if "yahoo" in asked else None)
    if webs.yahoo is not None:
        tell([TextLine(f"Yahoo: {TERMS}", "warn")])
    if check:
        return _checked(verify(asked, webs, folder))
    listed = _listed(tickers, said, asked, inputs)
    plan = Fetch(asked, listed, inputs, folder, lambda: datetime.now(UTC).astimezone())
    with progress("services") as bar:
        bar.planned(len(parts(plan)))
        found = fetch(plan, webs, lambda _: bar.advance())
    tell([TextLine(f"{answer.path}  {answer.address}", "faint") for answer in found.answers])
    tell([TextLine(note, "faint") for note in found.notes])
    tell([TextLine(f"{name}: {why}", "bad") for name, why in found.failures.items()], error=True)
    files = [answer.path for answer in found.answers]
    bringing = Import(
        today(),
        inputs,
        listed=said.companies,
        zone=said.zone,
        issued=lambda of: issued_days(outputs, of),
    )
    brought = brought_in(files, bringing, accept=accept) if files else ()
    tell(page(brought, accept=accept, everything=False))
    return TROUBLE if found.failures else status_of(brought, accept=accept)


def _listed(
    tickers: Sequence[str], said: Imports, services: Sequence[str], inputs: Path
) -> dict[str, Listed]:
    """Return the companies that are asked for. ReportgenError for one that no service knows."""
    from reportgen.errors import ReportgenError
    from reportgen.intake.imports_file import FILE

    known = {
        ticker: one
        for ticker, one in said.companies.items()
        if ("sec" in services and one.cik is not None) or ("yahoo" in services and one.yahoo)
    }
    if unknown := [one for one in tickers if one not in known]:
        names = {"sec": "cik", "yahoo": "yahoo"}
        fields = " or ".join(names[one] for one in services if one in names)
        told = f"has no {fields} of {', '.join(unknown)}; add it under companies"
        if not fields:
            told = f"{', '.join(services)} knows no companies; leave out {', '.join(unknown)}"
        raise ReportgenError(f"{inputs / FILE}: {told}")
    return {one: known[one] for one in tickers or known}


def _services(text: str) -> tuple[str, ...]:
    from reportgen.errors import ReportgenError
    from reportgen.intake.answers import SERVICES

    names = tuple(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    for name in names:
        if name not in SERVICES:
            raise ReportgenError(f'--from: "{name}" is none; expected {" or ".join(SERVICES)}')
    return names


def _checked(said: dict[str, str]) -> int:
    """Say of each service whether it answers as it is known to."""
    tell(
        [
            TextLine(f"{name}: {why or 'as expected'}", "bad" if why else "good")
            for name, why in said.items()
        ]
    )
    return TROUBLE if any(said.values()) else GOOD
