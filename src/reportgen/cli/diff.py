"""`reportgen diff`: why one report says something else than another."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click

from reportgen.cli import options
from reportgen.cli.failures import GOOD, TROUBLE
from reportgen.errors import ReportgenError
from reportgen.periods import as_day
from reportgen.resources import newest_revision, report_path, revision_path

FORMATS = ("terminal", "json", "md", "html", "xlsx")
METHODS = ("auto", "exact", "owen", "sampled", "sequential")
FAIL_ON = ("any", "input", "formula", "output", "never")
_REVISION = re.compile(r"(?P<day>.+)-r(?P<number>[1-9][0-9]{0,5})", re.ASCII)
_BY_SUFFIX = {
    ".txt": "terminal",
    ".json": "json",
    ".md": "md",
    ".html": "html",
    ".htm": "html",
    ".xlsx": "xlsx",
}
EXAMPLES = """\b
Examples:
  reportgen diff BABA 2025-10-31 2025-11-30
  reportgen diff BABA 2025-11-30-r1 2025-11-30    the first issue, and its newest revision
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
@options.outputs("Where the reports of TICKER are")
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
    from reportgen.cli.diff import chosen_form, find_ends, ordered
    from reportgen.cli.output import waiting

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
    from reportgen.cli.documents import tell_diff
    from reportgen.differences.forms.comparison import concerns, is_sound

    tell_diff(found, chosen, output, quiet=quiet, everything=everything)
    if not is_sound(found):
        return TROUBLE
    return 1 if concerns(found, fail_on) else GOOD


def chosen_form(form: str | None, output: Path | None, *, quiet: bool) -> str:
    """The form of the diff. Raises UsageError where it cannot be told where or how."""
    if output is None:
        if form == "xlsx" and not quiet:
            raise click.UsageError("a workbook cannot be printed; say --output FILE.xlsx")
        return form or "terminal"
    by_name = _BY_SUFFIX.get(output.suffix.lower())
    if form is None and by_name is None:
        raise click.UsageError(
            f"the name {output} does not say which form to write; let it end in"
            f" {', '.join(_BY_SUFFIX)}, or say --format"
        )
    if form and by_name and form != by_name:
        raise click.UsageError(
            f"--format {form} does not go with the name {output}; leave one of the two out"
        )
    if not output.parent.is_dir():
        raise click.UsageError(f"{output.parent}: there is no such folder; make it first")
    return form or by_name or "terminal"


def ordered(order: str, method: str) -> tuple[str, ...]:
    """The families or keys after --order. Raises UsageError where the method takes none."""
    if order and method != "sequential":
        raise click.UsageError("--order needs --method sequential: no other depends on an order")
    return tuple(name.strip() for name in _split(order) if name.strip())


def _split(order: str) -> list[str]:
    """The parts between commas that stand outside of square brackets: keys hold commas, too."""
    parts, depth = [""], 0
    for letter in order:
        depth += (letter == "[") - (letter == "]")
        if letter == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += letter
    return parts


TWO_FILES, TICKER_AND_DAYS = 2, 3


def find_ends(ends: tuple[str, ...], outputs: Path) -> tuple[Path, Path]:
    """The old and the new file: as named, or the reports of a ticker on two days.

    Raises UsageError for another number of arguments, ReportgenError with the command that builds
    it for a report that is not there.
    """
    if len(ends) == TWO_FILES:
        return Path(ends[0]), Path(ends[1])
    if len(ends) != TICKER_AND_DAYS:
        raise click.UsageError("give two files, or a ticker and two days")
    ticker, *days = ends
    old, new = (_report(ticker, day, outputs) for day in days)
    return old, new


def _report(ticker: str, said: str, outputs: Path) -> Path:
    """The report of a day, `2025-11-30`: its newest revision, or that of `2025-11-30-r1`."""
    named = _REVISION.fullmatch(said)
    day = as_day(named["day"] if named else said)
    first = report_path(outputs, ticker, day)
    path = revision_path(first, int(named["number"])) if named else newest_revision(first)
    if not path.is_file():
        where = "" if outputs == options.DEFAULT_OUTPUTS else f" --outputs {outputs}"
        raise ReportgenError(
            f"{path}: there is no report; reportgen build {shlex.quote(ticker)} --as-of {day}"
            f"{where} makes it, or name two files"
        )
    return path
