"""A page as Markdown, with tables as GitHub and GitLab read them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.differences.forms.bridges import step_table
from reportgen.differences.forms.document import Document, Heading, Paragraph, TableBlock

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from reportgen.differences.forms.document import Block

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&!]|^[-+](?=\s)|^(?=\d+[.)]\s))")
_BOLD = frozenset({"bad", "warn", "strong"})


def markdown(document: Document) -> str:
    """The page; text of the reports is escaped, so that none of it is read as markup."""
    parts = [f"# {_text(document.title)}", *_parts(document.blocks)]
    return "\n\n".join(parts) + "\n"


def _parts(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        match block:
            case Heading(text):
                yield f"## {_text(text)}"
            case Paragraph(text, tone):
                yield f"**{_text(text)}**" if tone in _BOLD else _text(text)
            case TableBlock():
                yield _table(block)
            case waterfall:
                yield f"### {_text(waterfall.title)}, {_text(waterfall.unit)}"
                yield _table(step_table(waterfall))
                yield _text(waterfall.note)


def _table(table: TableBlock) -> str:
    rule = ("--:" if place in table.numbers else ":--" for place in range(len(table.head)))
    lines = [_line(map(_text, table.head)), _line(rule)]
    for number, row in enumerate(table.rows):
        cells = ["<br>".join(map(_text, cell.split("\n"))) for cell in row]
        total = number in table.totals
        lines.append(_line((f"**{cell}**" if cell else "") if total else cell for cell in cells))
    return "\n".join(lines)


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _text(text: str) -> str:
    """The text on one line, every letter that Markdown or HTML would read as markup escaped."""
    printable = (letter if letter.isprintable() else " " for letter in text)
    return _SPECIAL.sub(r"\\\1", " ".join("".join(printable).split()))
