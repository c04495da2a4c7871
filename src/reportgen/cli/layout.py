"""Tables and lines within a width: words stay whole; where a table has no room, it is a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from reportgen.cli.lines import TextTable

GAP = "  "
# Where a text may go on in the next line: after blanks; in a cell also between the words of a key
_AFTER_BLANKS = re.compile(r"(?<=\s)(?=\S)")
_IN_CELLS = re.compile(rf"{_AFTER_BLANKS.pattern}|(?<=[-/,_.\]])(?=[A-Za-z\[])")


class Grid(NamedTuple):
    """The lines of a table: those of its head, then those of its rows."""

    head: tuple[str, ...]
    rows: tuple[str, ...]


def wrapped(
    text: str,
    width: float,
    measure: Callable[[str], int] = len,
    breaks: re.Pattern[str] = _AFTER_BLANKS,
) -> list[str]:
    """The text in lines of at most that width; a word that is longer stands alone, and whole."""
    lines = [""]
    for piece in breaks.split(text):
        if lines[-1] and measure((lines[-1] + piece).rstrip()) > width:
            lines.append("")
        lines[-1] += piece
    return [line.rstrip() for line in lines]


def laid_out(table: TextTable, width: float, measure: Callable[[str], int] = len) -> Grid:
    """The table in columns if its words fit side by side into that width, else a row as a list."""
    columns = list(zip(table.head, *table.rows, strict=True))
    natural = [max(map(measure, column)) for column in columns]
    widths, free = natural, width - len(GAP) * (len(columns) - 1)
    if sum(natural) > free:
        least = [_least(table, at, column, measure) for at, column in enumerate(columns)]
        if sum(least) > free:
            return Grid((), tuple(_as_lists(table, width, measure)))
        widths = _shared(natural, least, free)
    lines = [tuple(_lines(table, row, widths, measure)) for row in (table.head, *table.rows)]
    return Grid(lines[0], tuple(line for row in lines[1:] for line in row))


def _cell(text: str, width: float, measure: Callable[[str], int]) -> list[str]:
    return wrapped(text, width, measure, _IN_CELLS)


def _least(table: TextTable, at: int, column: Sequence[str], measure: Callable[[str], int]) -> int:
    """The width that a column needs: figures stay whole, of words the longest has to fit."""
    head, *cells = column
    kept = cells if not table.reads_left(at) else [p for c in cells for p in _cell(c, 0, measure)]
    return max(map(measure, [*_cell(head, 0, measure), *kept]))


def _shared(natural: Sequence[int], least: Sequence[int], free: float) -> list[int]:
    """Widths that fit into the free one: columns that want little more get it, others share."""
    widths, left = list(least), free - sum(least)
    wants = sorted(
        (most - few, at) for at, (most, few) in enumerate(zip(natural, least, strict=True))
    )
    for others, (want, at) in zip(range(len(wants), 0, -1), wants, strict=True):
        more = min(want, int(left / others))
        widths[at] += more
        left -= more
    return widths


def _lines(
    table: TextTable, row: Sequence[str], widths: Sequence[int], measure: Callable[[str], int]
) -> Iterator[str]:
    cells = [_cell(cell, width, measure) for cell, width in zip(row, widths, strict=True)]
    for at in range(max(map(len, cells))):
        texts = (lines[at] if at < len(lines) else "" for lines in cells)
        padded = []
        for place, (text, width) in enumerate(zip(texts, widths, strict=True)):
            blanks = " " * (width - measure(text))
            padded.append(text + blanks if table.reads_left(place) else blanks + text)
        yield GAP.join(padded).rstrip()


def _as_lists(table: TextTable, width: float, measure: Callable[[str], int]) -> Iterator[str]:
    for row in table.rows:
        yield from _cell(row[0] or table.head[0], width, measure)
        for head, cell in zip(table.head[1:], row[1:], strict=True):
            if cell:
                for line in _cell(f"{head}: {cell}", width - len(GAP), measure):
                    yield f"{GAP}{line}"
