"""Pages on a terminal: colours and ruled tables by rich, which only this module imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.table import Table as RuledTable
from rich.text import Text

from reportgen.cli.printing import Line, Table, printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

STYLES = {
    "": "",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "strong": "bold",
    "faint": "dim",
}


def draw(page: Iterable[Line | Table], stream: TextIO) -> None:
    """Draw a page. rich keeps colours out where NO_COLOR is set or the terminal has none."""
    console = Console(file=stream, highlight=False, soft_wrap=True)
    for part in page:
        if isinstance(part, Line):
            console.print(Text(printable(part.text), STYLES[part.tone]))
        else:
            console.print(_ruled(part), soft_wrap=False)


def _ruled(table: Table) -> RuledTable:
    ruled = RuledTable(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, header_style="bold")
    for place, head in enumerate(table.head):
        _add_column(ruled, table, place, Text(printable(head)))
    for row in table.rows:
        ruled.add_row(*(Text(printable(cell)) for cell in row))
    return ruled


def _add_column(ruled: RuledTable, table: Table, place: int, head: Text) -> None:
    """Add a column; on a narrow terminal words break over lines, and figures stay whole."""
    if table.reads_left(place):
        ruled.add_column(head, overflow="fold")
    else:
        widest = max((len(printable(row[place])) for row in table.rows), default=1)
        ruled.add_column(head, justify="right", min_width=widest, overflow="fold")
