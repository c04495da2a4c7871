"""The cells of a sheet in the spelling that all common programs use, many times as fast.

A regular expression takes the rows apart. It must cover them to the last character: a sheet that
is spelt otherwise anywhere, or holds anything doubtful, is left to the parser, which then also
finds the words for what is wrong with it.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.reading.areas import parse_cell
from reportgen.xlsx.reading.faults import CellFault
from reportgen.xlsx.reading.records import ReadCell, Value
from reportgen.xlsx.reading.spelt import PROLOG, UnusualError, is_doubtful, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.xlsx.reading.context import BookContext

_OPEN, _CLOSE, _ROW_END = "<sheetData>", "</sheetData>", "</row>"
_BLOCK = 200_000  # characters taken apart at once: more would only cost memory
_PIECES = 8  # what lies before a cell, and the groups of _CELL
_CELL = re.compile(
    r'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="(s|str|n|b|e|d)")?(?: cm="1")?'
    r"(?:/>|>(?:<f( [^<>&']*?)?(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>|<v ?/>)?</c>)"
)
_HEAD = r'<row r="([1-9][0-9]{0,6})"(?: [A-Za-z0-9:]+="[^"<>&]*")*'
_ROW = re.compile(_HEAD)
_EMPTY_ROWS = rf"{_ROW_END}(?:{_HEAD}(?:/>|>{_ROW_END}))*"
_NEXT_ROW = re.compile(rf"{_EMPTY_ROWS}{_HEAD}>")
_LAST_ROW = re.compile(_EMPTY_ROWS)
_ATTRIBUTE = re.compile(r'([A-Za-z0-9]+)="([^"]*)"')
_START = re.compile(PROLOG + rb"<w")
_NO_KINDS: Mapping[str, str] = {}
_new_cell = partial(tuple.__new__, ReadCell)  # half the time of calling the class


class QuickCells(NamedTuple):
    """The cells, the hidden rows, and the sheet's XML without its rows."""

    cells: dict[tuple[int, int], ReadCell]
    hidden_rows: set[int]
    around: bytes


def read_quickly(content: bytes, context: BookContext) -> QuickCells | None:
    """The cells of a worksheet part, None if it has to be parsed instead.

    Only cells are looked at: whether what stands around them is a worksheet, the parser says.
    """
    if not _START.match(content) or is_doubtful(content):
        return None
    try:
        before, opened, rest = content.decode("utf-8").partition(_OPEN)
        data, closed, after = rest.partition(_CLOSE)
        if not closed or _OPEN in after or not opened:
            return None
        cells, hidden_rows = _read_rows(data, context)
    except (UnusualError, ValueError, IndexError, CellFault):
        context.formulas.restart_sheet()
        return None
    return QuickCells(cells, hidden_rows, f"{before}{_OPEN}{_CLOSE}{after}".encode())


def _read_rows(data: str, context: BookContext) -> tuple[dict[tuple[int, int], ReadCell], set[int]]:
    cells: dict[tuple[int, int], ReadCell] = {}
    columns: dict[str, int] = {}
    hidden_rows: set[int] = set()
    count = last_row = 0
    for block in _blocks(data):
        # As if a row had ended before: then the same stands between all cells of different rows.
        pieces = _CELL.split(_ROW_END + block)
        if not _LAST_ROW.fullmatch(pieces[-1]):
            raise UnusualError
        _note_hidden(pieces[-1], hidden_rows)
        count += len(pieces) // _PIECES
        context.check_measure(count, 0, 0)
        last_row = max(last_row, _add_cells(pieces, cells, columns, hidden_rows, context))
    context.check_measure(count, last_row, max(columns.values(), default=0))
    context.finish_sheet(cells, count)
    return cells, hidden_rows


def _blocks(data: str) -> Iterator[str]:
    """The rows in blocks that end with a row."""
    at = 0
    while at < len(data):
        end = data.find(_ROW_END, at + _BLOCK)
        end = len(data) if end < 0 else end + len(_ROW_END)
        yield data[at:end]
        at = end


def _add_cells(  # noqa: C901 - in one piece: a call for each cell would cost as much as the rest
    pieces: list[str],
    cells: dict[tuple[int, int], ReadCell],
    columns: dict[str, int],
    hidden_rows: set[int],
    context: BookContext,
) -> int:
    """Add the cells of a block; the last row. Raises UnusualError unless they and rows are all."""
    # The loop in which reading spends its time: a number without formula costs no call of ours.
    number, row, last_row = "", 0, 0
    looks, strings, full = context.looks, context.strings, context.formulas.full
    places: list[tuple[int, int]] = []
    found: list[tuple[Value, str, str, int]] = []
    each = [iter(pieces)] * _PIECES
    for before, letters, digits, style, kind, attributes, formula, text in zip(*each, strict=False):
        if before:
            number = _next_row(before, hidden_rows)
            row = int(number) - 1
            last_row = max(last_row, row)
        if digits != number:
            raise UnusualError
        col = columns.get(letters)
        if col is None:
            _, col = parse_cell(letters + digits)
            columns[letters] = col
        look = looks.get(style) or context.look(style)
        value: Value = None
        if kind == "s" and text:
            index = int(text)
            if index < 0:
                raise UnusualError
            value = strings[index]
        elif kind:
            value = _value(kind, text or "", context)
        elif text:
            value = figure = float(text)
            if figure - figure != 0.0 or "_" in text:  # infinite, none at all, or 1_000
                raise UnusualError
        written = ""
        if attributes:
            kinds = dict(_ATTRIBUTE.findall(attributes))
            written = full(row, col, plain(formula or ""), kinds)
        elif formula:
            written = full(row, col, plain(formula) if "&" in formula else formula, _NO_KINDS)
        places.append((row, col))
        found.append((value, written, look[0], look[1]))
    cells.update(zip(places, map(_new_cell, found), strict=True))
    return last_row


def _next_row(between: str, hidden_rows: set[int]) -> str:
    """The number of the row that begins after another. Raises UnusualError without one."""
    found = _NEXT_ROW.fullmatch(between)
    if found is None:
        raise UnusualError
    _note_hidden(between, hidden_rows)
    return found.group(2)


def _note_hidden(between: str, hidden_rows: set[int]) -> None:
    if ' hidden="' in between:
        for head in _ROW.finditer(between):
            if ' hidden="1"' in head.group() or ' hidden="true"' in head.group():
                hidden_rows.add(int(head.group(1)) - 1)


def _value(kind: str, text: str, context: BookContext) -> Value:
    return context.value(kind, plain(text)) if text or kind == "str" else None
