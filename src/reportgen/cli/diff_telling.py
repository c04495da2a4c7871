"""Where a diff goes: to the terminal, to standard output, or into a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from reportgen.cli.diff_page import terminal_page
from reportgen.cli.page import plain, tell
from reportgen.differences.forms.comparing import page

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.differences.forms.comparing import Diff


def tell_diff(diff: Diff, form: str, output: Path | None, *, quiet: bool, everything: bool) -> None:
    """Print the diff, unless quiet, or write it to a file; OutputError if it cannot be written."""
    if form == "xlsx" and output is not None:
        from reportgen.differences.forms.workbook import changes_book
        from reportgen.xlsx.writer.workbook import write

        write(changes_book(diff), output)
    elif output is not None:
        from reportgen.xlsx.atomic import atomic_write

        content = _text(diff, form, everything=everything).encode()
        atomic_write(output, lambda draft: _store(draft, content))
    elif quiet:
        return
    elif form == "terminal":
        tell(terminal_page(page(diff, every_bridge=everything, everything=everything)))
    else:
        click.echo(_text(diff, form, everything=everything), nl=False)


def _store(draft: Path, content: bytes) -> None:
    draft.write_bytes(content)


def _text(diff: Diff, form: str, *, everything: bool) -> str:
    if form == "json":
        from reportgen.differences.forms.json import as_json

        return as_json(diff)
    if form == "terminal":
        lines = plain(terminal_page(page(diff, every_bridge=everything, everything=everything)))
        return "".join(f"{line}\n" for line in lines)
    if form == "md":
        from reportgen.differences.forms.markdown import markdown

        return markdown(page(diff, everything=everything))
    from reportgen.differences.forms.html import html

    return html(page(diff, everything=everything))
