"""A page of a diff as a page for the terminal."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from reportgen.cli.page import Line, Page, Table
from reportgen.differences.forms.document import Heading, Paragraph, Waterfall
from reportgen.differences.forms.stepping import step_table

if TYPE_CHECKING:
    from reportgen.differences.forms import document
    from reportgen.differences.forms.document import Block, Document


def terminal_page(shown: Document) -> Page:
    """The blocks one below the other, a blank line around all but paragraphs."""
    return [Line(shown.title, "strong"), *chain.from_iterable(map(_lines, shown.blocks))]


def _lines(block: Block) -> Page:
    match block:
        case Heading(text):
            return [Line(), Line(text, "strong")]
        case Paragraph(text, tone):
            return [Line(text, tone)]
        case Waterfall():
            return [
                Line(),
                Line(f"{block.title}, {block.unit}", "strong"),
                _table(step_table(block)),
            ]
    return [_table(block)]


def _table(table: document.Table) -> Table:
    rows = tuple(tuple(map(_in_line, row)) for row in table.rows)
    return Table(table.head, rows, wordy=True, numbers=table.numbers)


def _in_line(cell: str) -> str:
    """A name and its key beside each other."""
    label, line_end, key = cell.partition("\n")
    return f"{label}  {key}" if line_end else label
