"""What a diff or a review says, as a page for the terminal or in another of its forms."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import click

from reportgen.cli.lines import Page, TextLine, TextTable
from reportgen.cli.output import plain, tell
from reportgen.differences.forms.bridges import step_table
from reportgen.differences.forms.comparison import page
from reportgen.differences.forms.document import Heading, Paragraph, Waterfall

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.differences.forms import document
    from reportgen.differences.forms.comparison import Diff
    from reportgen.differences.forms.document import Block, Document
    from reportgen.reviews.session import Settled


def terminal_page(shown: Document) -> Page:
    """The blocks one below the other, a blank line around all but paragraphs."""
    return [TextLine(shown.title, "strong"), *chain.from_iterable(map(_lines, shown.blocks))]


def _lines(block: Block) -> Page:
    match block:
        case Heading(text):
            return [TextLine(), TextLine(text, "strong")]
        case Paragraph(text, tone):
            return [TextLine(text, tone)]
        case Waterfall():
            return [
                TextLine(),
                TextLine(f"{block.title}, {block.unit}", "strong"),
                _table(step_table(block)),
            ]
    return [_table(block)]


def _table(table: document.TableBlock) -> TextTable:
    rows = tuple(tuple(map(_in_line, row)) for row in table.rows)
    return TextTable(table.head, rows, wordy=True, numbers=table.numbers)


def _in_line(cell: str) -> str:
    """A name and its key beside each other."""
    label, line_end, key = cell.partition("\n")
    return f"{label}  {key}" if line_end else label


def tell_diff(diff: Diff, form: str, output: Path | None, *, quiet: bool, everything: bool) -> None:
    """Print the diff, unless quiet, or write it to a file; OutputError if it cannot be written."""
    if form == "xlsx" and output is not None:
        from reportgen.differences.forms.workbook import changes_book
        from reportgen.xlsx.writer.workbook import write

        write(changes_book(diff), output)
    elif output is not None:
        from reportgen.xlsx.atomic import atomic_store

        atomic_store(output, _text(diff, form, everything=everything))
    elif quiet:
        return
    elif form == "terminal":
        tell(terminal_page(page(diff, every_bridge=everything, everything=everything)))
    else:
        click.echo(_text(diff, form, everything=everything), nl=False)


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


def tell_review(settled: Settled, form: str, *, everything: bool) -> None:
    """Print a review in one of its forms; JSON always holds everything."""
    from reportgen.reviews.page import document as review_document

    if form == "json":
        from reportgen.reviews.json import as_json

        click.echo(as_json(settled), nl=False)
    elif form == "md":
        from reportgen.differences.forms.markdown import markdown

        click.echo(markdown(review_document(settled, everything=everything)), nl=False)
    else:
        tell(terminal_page(review_document(settled, everything=everything)))
