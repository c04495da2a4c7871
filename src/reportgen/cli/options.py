"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from reportgen.resources import EXTENTS

if TYPE_CHECKING:
    from collections.abc import Callable

    Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

FOLDER = click.Path(path_type=Path, file_okay=True)

DEFAULT_INPUTS, DEFAULT_OUTPUTS = Path("inputs"), Path("outputs")

ticker: Decorator = click.argument("ticker")
as_of: Decorator = click.option(
    "--as-of",
    required=True,
    metavar="DATE",
    help="The day the report speaks of: YYYY-MM-DD, or last-month-end. What became known later is"
    " left out.",
)


def outputs(what: str) -> Decorator:
    """The option --outputs; `what` tells what stands in the folder."""
    return click.option(
        "--outputs",
        type=FOLDER,
        default=DEFAULT_OUTPUTS,
        show_default=True,
        metavar="DIR",
        help=f"{what}: DIR/TICKER/DATE/TICKER-DATE.xlsx.",
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
