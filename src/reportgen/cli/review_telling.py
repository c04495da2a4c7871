"""A review on the terminal, as Markdown, or as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.diff_page import terminal_page
from reportgen.cli.page import tell
from reportgen.reviews.telling import document

if TYPE_CHECKING:
    from reportgen.reviews.session import Settled


def tell_review(settled: Settled, form: str) -> None:
    """Print a review in one of its forms."""
    if form == "json":
        from reportgen.reviews.json import as_json

        click.echo(as_json(settled), nl=False)
    elif form == "md":
        from reportgen.differences.forms.markdown import markdown

        click.echo(markdown(document(settled)), nl=False)
    else:
        tell(terminal_page(document(settled)))
