"""`reportgen review`: what somebody changed in a workbook that was handed out."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from reportgen.cli import options
from reportgen.cli.failures import GOOD, TROUBLE
from reportgen.cli.output import waiting

if TYPE_CHECKING:
    from reportgen.reviews.acceptance import Decision
    from reportgen.reviews.records import Remark


EVERY = "*"  # what an option means that names no key
TO_DECIDE = 1
EXAMPLES = """\b
Examples:
  reportgen review RETURNED.xlsx
  reportgen review RETURNED.xlsx --accept --author "J. Poon" --reason "October visit"
  reportgen review RETURNED.xlsx --accept "assumption[growth,bull,cloud]" --dry-run
  reportgen review RETURNED.xlsx --accept --theirs "assumption[cost_of_equity,all,]"

\b
Exit status: 0 nothing to decide; 1 something to decide; 2 trouble, and nothing was written, or a
check that could not run.
"""


@click.command(
    name="review",
    short_help="Say what an analyst changed in a workbook, and take it home.",
    epilog=EXAMPLES,
)
@click.argument("returned", type=click.Path(path_type=Path))
@click.argument("keys", nargs=-1, metavar="[KEY]...")
@options.inputs
@options.outputs("Where the report stands as it was issued")
@click.option(
    "--issued",
    type=options.FOLDER,
    metavar="FILE",
    help="The report as it was issued, where it does not stand in --outputs.",
)
@click.option(
    "--accept",
    multiple=True,
    is_flag=False,
    flag_value=EVERY,
    metavar="[KEY]",
    help="Append what is new to the inputs: everything, or the edits named.",
)
@click.option(
    "--ours",
    multiple=True,
    is_flag=False,
    flag_value=EVERY,
    metavar="[KEY]",
    help="Leave conflicts as our inputs have them: all, or those named.",
)
@click.option(
    "--theirs",
    multiple=True,
    is_flag=False,
    flag_value=EVERY,
    metavar="[KEY]",
    help="Accept the analyst's side of conflicts: all, or those named.",
)
@click.option("--author", default="", help="Who edited, where the file does not say.")
@click.option("--reason", default="", help="Why, where the file does not say.")
@click.option("--expires", metavar="DATE", help="The last day the edits stand, likewise.")
@click.option(
    "--published",
    metavar="DATE",
    help="The day from which they are known. Default: the day the report speaks of.",
)
@click.option(
    "--unverified",
    is_flag=True,
    help="Go by what RETURNED says was issued, where the issued file is lost; with --ticker and"
    " --as-of. Each row that is accepted says so.",
)
@click.option("--ticker", default="", help="Of which company RETURNED is, with --unverified.")
@click.option("--as-of", metavar="DATE", help="Of which day it is, with --unverified.")
@click.option("--dry-run", is_flag=True, help="Show the rows to be added, and write nothing.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Tell each formula and each change of the workbook, not those of one cause together.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["terminal", "json", "md"]),
    default="terminal",
    show_default=True,
    help="How to tell it.",
)
def command(  # noqa: PLR0913 - the options of the command
    *,
    returned: Path,
    keys: tuple[str, ...],
    inputs: Path,
    outputs: Path,
    issued: Path | None,
    accept: tuple[str, ...],
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
    author: str,
    reason: str,
    expires: str | None,
    published: str | None,
    unverified: bool,
    ticker: str,
    as_of: str | None,
    dry_run: bool,
    everything: bool,
    form: str,
) -> int:
    """Say what was changed in RETURNED, a report that was handed out, and what each change does.

    The file is read under limits; no formula, macro or link in it is followed. What was issued is
    taken from the issued file, found in --outputs or named by --issued; without it nothing is
    accepted. Further KEYs belong to --accept, --ours or --theirs, whichever is given. Accepted
    edits become dated, signed rows of overrides.csv and of the tables; nothing is overwritten, and
    RETURNED is never written.
    """
    from reportgen import review
    from reportgen.cli.documents import tell_review
    from reportgen.cli.review import decision, remark
    from reportgen.reviews.session import look, settle

    if unverified != bool(ticker and as_of) or bool(ticker) != bool(as_of):
        raise click.UsageError("--unverified, --ticker and --as-of go together")
    decided = decision(keys, accept, ours, theirs)
    said = remark(author, reason, expires, published)
    with waiting(f"Reading {returned.name}"):
        found = review(
            returned, inputs=inputs, outputs=outputs, issued=issued, ticker=ticker, as_of=as_of
        )
        if decided is None:
            done = look(found, said, inputs)
        else:
            done = settle(found, decided, said, inputs, dry_run=dry_run)
    tell_review(done, form, everything=everything)
    if found.missing:
        return TROUBLE
    return TO_DECIDE if done.is_open else GOOD


def decision(
    keys: tuple[str, ...],
    accept: tuple[str, ...],
    ours: tuple[str, ...],
    theirs: tuple[str, ...],
) -> Decision | None:
    """Return what was decided, None for nothing; keys that follow an option belong to it.

    Raises UsageError where it is not clear which option they belong to.
    """
    from reportgen.reviews.acceptance import Decision

    chosen = [name for name, found in zip(("accept", "ours", "theirs"), (accept, ours, theirs),
              strict=True) if found]  # fmt: skip
    if keys and len(chosen) != 1:
        raise click.UsageError(
            f'"{keys[0]}" follows no option, or more than one of --accept, --ours, --theirs;'
            " repeat the option before each key"
        )
    if not chosen:
        return None
    further = {name: frozenset(keys) for name in chosen}
    return Decision(
        frozenset(accept) | further.get("accept", frozenset()),
        frozenset(ours) | further.get("ours", frozenset()),
        frozenset(theirs) | further.get("theirs", frozenset()),
    )


def remark(author: str, reason: str, expires: str | None, published: str | None) -> Remark:
    """Return what the command line says of edits. ReportgenError for what is no day."""
    from reportgen.reviews.records import Remark

    return Remark(
        author, reason, options.day("--expires", expires), options.day("--published", published)
    )
