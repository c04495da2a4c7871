"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.errors import ReportgenError
from reportgen.periods import parse_iso_day
from reportgen.resources import EXTENTS, is_url

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class _Folder(click.Path):
    """A folder or file of this machine; told where something else is meant."""

    def __init__(self) -> None:
        super().__init__(path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        if is_url(value):  # not repeated: it may hold a secret
            self.fail("this is read and written on this machine only; name a folder.", param, ctx)
        return super().convert(value, param, ctx)


class _Place(_Folder):
    """A folder, or a bucket by its URL."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:  # noqa: ANN401 - as click has it
        return value if is_url(value) else super().convert(value, param, ctx)


FOLDER, PLACE = _Folder(), _Place()

DEFAULT_INPUTS, DEFAULT_OUTPUTS = Path("inputs"), Path("outputs")

ticker: Decorator = click.argument("ticker")
as_of: Decorator = click.option(
    "--as-of",
    required=True,
    metavar="DATE",
    help="The day the report speaks of: YYYY-MM-DD, or last-month-end. What became known later is"
    " left out.",
)


def outputs(what: str, *, or_bucket: bool = False) -> Decorator:
    """The option --outputs; `what` tells what stands there, `or_bucket` that it may be a bucket."""
    bucket = " DIR may be s3://BUCKET/PREFIX." if or_bucket else ""
    return click.option(
        "--outputs",
        type=PLACE if or_bucket else FOLDER,
        default=DEFAULT_OUTPUTS,
        show_default=True,
        metavar="DIR",
        help=f"{what}: DIR/TICKER/DATE/TICKER-DATE.xlsx.{bucket}",
    )


inputs: Decorator = click.option(
    "--inputs",
    type=FOLDER,
    default=DEFAULT_INPUTS,
    show_default=True,
    metavar="DIR",
    help="The folder with one pack a company, and market/.",
)


class PrintingCommand(click.Command):
    """A command with --pdf, which means the report wherever none of its own words follows."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the words of a command line; a ticker after --pdf stays a ticker."""
        followed = zip(args, [*args[1:], ""], strict=True)
        told = [
            "--pdf=report" if word == "--pdf" and after not in EXTENTS else word
            for word, after in followed
        ]
        return super().parse_args(ctx, told)


pdf: Decorator = click.option(
    "--pdf",
    type=click.Choice(EXTENTS),
    metavar="[summary]",
    help="Print it to a PDF beside it, too; or only the summary, the cases, the hype-adjusted value"
    " and the competitors (needs LibreOffice).",
)

paper: Decorator = click.option(
    "--paper",
    type=click.Choice(["A4", "letter"]),
    help="What it prints on. Default: what the theme says; A4 in the house theme.",
)


def selection(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options --select and --exclude."""
    exclude = click.option(
        "--exclude", multiple=True, metavar="S", help="Leave these out, by the same selectors."
    )
    select = click.option(
        "-s", "--select", multiple=True, metavar="S", help="Which companies: see below."
    )
    return select(exclude(command))


def day(option: str, text: str | None) -> date | None:
    """The day that an option names, None without it. Raises ReportgenError for what is no day."""
    found = None if text is None else parse_iso_day(text)
    if text is not None and found is None:
        raise ReportgenError(f'{option}: "{text}" is not a day; expected YYYY-MM-DD')
    return found
