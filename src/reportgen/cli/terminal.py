"""Pages on a terminal: colours by rich, which only this module imports."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from reportgen.cli.layout import laid_out, wrapped
from reportgen.cli.lines import TextLine, printable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import TextIO

    from reportgen.cli.lines import TextTable

STYLES = {
    "": "",
    "good": "green",
    "warn": "yellow",
    "bad": "red",
    "strong": "bold",
    "faint": "dim",
}


def draw(page: Iterable[TextLine | TextTable], stream: TextIO) -> None:
    """Draw a page. rich keeps colours out where NO_COLOR is set or the terminal has none.

    Without a height rich looks at COLUMNS on no terminal that is dumb; lines have no use for it.
    """
    console = Console(file=stream, height=1, highlight=False, soft_wrap=True)
    for part in page:
        if isinstance(part, TextLine):
            text = printable(part.text)
            lines = [one for line in text.split("\n") for one in _wrapped(line, console.width)]
            console.print(Text("\n".join(lines), STYLES[part.tone]))
        elif part.rows:
            head, rows = laid_out(part.printable(), console.width, cell_len)
            if head:
                rule = "\u2500" * max(map(cell_len, (*head, *rows)))
                console.print(Text("\n".join(head), "bold"), Text(rule), sep="\n")
            console.print(Text("\n".join(rows)))


def _wrapped(line: str, width: int) -> list[str]:
    """The lines of a line; those that go on are indented as it is."""
    text = line.lstrip()
    indent = line[: len(line) - len(text)]
    return [f"{indent}{one}" for one in wrapped(text, width - len(indent), cell_len)]
