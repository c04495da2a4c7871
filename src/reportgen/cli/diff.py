"""`reportgen diff`: why one report says something else than another."""

from __future__ import annotations

from pathlib import Path

import click

from reportgen.cli.diff_choices import FAIL_ON, FORMATS, METHODS
from reportgen.cli.failures import GOOD, TROUBLE

EXAMPLES = """\b
Examples:
  reportgen diff BABA 2025-10-31 2025-11-30
  reportgen diff OLD.xlsx NEW.xlsx --all
  reportgen diff BABA 2025-10-31 2025-11-30 --output why.html
  reportgen diff OLD.xlsx NEW.xlsx -q --fail-on output

\b
Exit status: 0 the same; 1 different, in what --fail-on names; 2 trouble, or a report that its own
inputs do not give again (somebody changed the file).
"""


@click.command(
    name="diff",
    short_help="Say why one report says something else than another.",
    epilog=EXAMPLES,
)
@click.argument("ends", nargs=-1, required=True, metavar="TICKER OLD_DATE NEW_DATE | OLD NEW")
@click.option(
    "--outputs",
    type=click.Path(path_type=Path),
    default=Path("outputs"),
    show_default=True,
    metavar="DIR",
    help="Where the reports of TICKER are: DIR/TICKER/DATE/TICKER-DATE.xlsx.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    help="Default: what the name after --output ends in, else terminal.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write there, whole or not at all, instead of printing.",
)
@click.option("--all", "everything", is_flag=True, help="Every number, and every cell, too.")
@click.option("--formats", is_flag=True, help="Cells, number formats and looks, too.")
@click.option(
    "--method",
    type=click.Choice(METHODS),
    default="auto",
    show_default=True,
    help="How a change is split over the inputs.",
)
@click.option(
    "--order",
    metavar="FAMILY,...",
    default="",
    help="For --method sequential: families or keys of inputs, the first to change first.",
)
@click.option(
    "--fail-on",
    type=click.Choice(FAIL_ON),
    default="any",
    show_default=True,
    help="Which differences make the exit status 1.",
)
@click.option("-q", "--quiet", is_flag=True, help="Print nothing: the exit status says it.")
def command(  # noqa: PLR0913 - the options of the command
    *,
    ends: tuple[str, ...],
    outputs: Path,
    form: str | None,
    output: Path | None,
    everything: bool,
    formats: bool,
    method: str,
    order: str,
    fail_on: str,
    quiet: bool,
) -> int:
    """Compare two reports, and split the change of each headline value over its causes.

    Both are given as files, wherever they lie, or as the days of two reports of one TICKER. The
    files are read under limits of memory and time, and nothing in them is executed. Of workbooks
    that are no reports of this program the cells are compared.
    """
    from reportgen import diff
    from reportgen.cli.diff_choices import chosen_form, ordered
    from reportgen.cli.diff_ends import find_ends
    from reportgen.cli.waiting import waiting

    chosen = chosen_form(form, output, quiet=quiet)
    families = ordered(order, method)
    old, new = find_ends(ends, outputs)
    with waiting(f"Comparing {old.name} and {new.name}"):
        found = diff(
            old,
            new,
            everything=everything,
            formats=formats,
            cells=fail_on == "formula",
            method=method,
            order=families,
        )
    from reportgen.cli.diff_telling import tell_diff
    from reportgen.differences.forms.comparing import concerns, is_sound

    tell_diff(found, chosen, output, quiet=quiet, everything=everything)
    if not is_sound(found):
        return TROUBLE
    return 1 if concerns(found, fail_on) else GOOD
