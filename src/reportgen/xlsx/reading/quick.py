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

if TYPE_CHECKING:
    from reportgen.xlsx.reading.context import BookContext

_OPEN, _CLOSE, _ROW_END = "<sheetData>", "</sheetData>", "</row>"
_CELL = re.compile(
    r'(<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"(?: s="([0-9]+)")?(?: t="(s|str|n|b|e|d)")?(?: cm="1")?'
    r"(?:/>|>(?:<f( [^<>&']*?)?(?:/>|>([^<]*)</f>))?(?:<v>([^<]*)</v>|<v ?/>)?</c>))"
)
_ROW = re.compile(r'r="([1-9][0-9]{0,6})"(?: [A-Za-z0-9:]+="[^"<>&]*")*/?')
_ATTRIBUTE = re.compile(r'([A-Za-z0-9]+)="([^"]*)"')
_PROLOG = re.compile(
    rb"<\?xml version=[\"']1\.0[\"'] encoding=[\"'][Uu][Tt][Ff]-8[\"'][^<>]*\?>\s*<w"
)
_CONTROL = bytes({*range(32)} - {*b"\t\n"})
_ENTITY = re.compile(r"&(?:(lt|gt|amp|quot|apos)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}));|&")
_ALLOWED = "\t\n\r\xa0\u2028"  # with what is printable, characters that XML surely allows
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_new_cell = partial(tuple.__new__, ReadCell)  # half the time of calling the class


class QuickCells(NamedTuple):
    """The cells, the hidden rows, and the sheet's XML without its rows."""

    cells: dict[tuple[int, int], ReadCell]
    hidden_rows: set[int]
    around: bytes


class _Unusual(Exception):  # noqa: N818 - no error, but a reason to read the slow way
    """The rows are not spelt as expected."""


def read_quickly(content: bytes, context: BookContext) -> QuickCells | None:
    """The cells of a worksheet part, None if it has to be parsed instead.

    Only cells are looked at: whether what stands around them is a worksheet, the parser says.
    """
    if not _PROLOG.match(content) or _is_doubtful(content):
        return None
    try:
        before, opened, rest = content.decode("utf-8").partition(_OPEN)
        data, closed, after = rest.partition(_CLOSE)
        if not closed or _OPEN in after or not opened:
            return None
        cells, hidden_rows = _read_rows(data, context)
    except (_Unusual, ValueError, CellFault):
        context.formulas.restart_sheet()
        return None
    return QuickCells(cells, hidden_rows, f"{before}{_OPEN}{_CLOSE}{after}".encode())


def _is_doubtful(content: bytes) -> bool:
    """Whether there are comments, unparsed text, or characters that only a parser treats right."""
    return b"<!" in content or len(content.translate(None, _CONTROL)) < len(content)


def _read_rows(data: str, context: BookContext) -> tuple[dict[tuple[int, int], ReadCell], set[int]]:
    cells: dict[tuple[int, int], ReadCell] = {}
    columns: dict[str, int] = {}
    hidden_rows: set[int] = set()
    count = last_row = 0
    first, *chunks = data.split("<row ")
    if first:
        raise _Unusual
    for chunk in chunks:
        number, found = _cells_of(chunk, hidden_rows)
        if found:
            last_row = max(last_row, int(number) - 1)
            _add_row(number, found, cells, columns, context)
            count += len(found)
            context.check_measure(count, 0, 0)
    context.check_measure(count, last_row, max(columns.values(), default=0))
    context.finish_sheet(cells, count)
    return cells, hidden_rows


_Found = list[tuple[str, str, str, str, str, str, str, str]]


def _cells_of(chunk: str, hidden_rows: set[int]) -> tuple[str, _Found]:
    """The row's number as text and its cells in pieces. Raises _Unusual unless these are all."""
    end = chunk.index(">")
    head = _ROW.fullmatch(chunk, 0, end)
    if head is None:
        raise _Unusual
    number = head.group(1)
    if ' hidden="1"' in head.group() or ' hidden="true"' in head.group():
        hidden_rows.add(int(number) - 1)
    if chunk[end - 1] == "/":
        if end + 1 != len(chunk):
            raise _Unusual
        return number, []
    found = _CELL.findall(chunk, end + 1)
    covered = end + 1 + sum([len(cell[0]) for cell in found]) + len(_ROW_END)
    if covered != len(chunk) or not chunk.endswith(_ROW_END):
        raise _Unusual
    return number, found


def _add_row(
    number: str,
    found: _Found,
    cells: dict[tuple[int, int], ReadCell],
    columns: dict[str, int],
    context: BookContext,
) -> None:
    # The loop in which reading spends its time: a number without formula costs no call of ours.
    row, looks = int(number) - 1, context.looks
    for _, letters, digits, style, kind, attributes, formula, text in found:
        if digits != number:
            raise _Unusual
        col = columns.get(letters)
        if col is None:
            row, col = parse_cell(letters + digits)
            columns[letters] = col
        look = looks.get(style) or context.look(style)
        value: Value = None
        if kind:
            value = _value(kind, text, context)
        elif text:
            value = figure = float(text)
            if figure - figure != 0.0 or "_" in text:  # infinite, none at all, or 1_000
                raise _Unusual
        if formula or attributes:
            kinds = dict(_ATTRIBUTE.findall(attributes))
            full = context.formulas.full(row, col, _plain(formula), kinds)
            cells[row, col] = _new_cell((value, full, *look))
        else:
            cells[row, col] = _new_cell((value, "", *look))


def _value(kind: str, text: str, context: BookContext) -> Value:
    return context.value(kind, _plain(text)) if text or kind == "str" else None


def _plain(text: str) -> str:
    """The text with its entities resolved. Raises _Unusual for one that is not known."""
    return _ENTITY.sub(_character, text) if "&" in text else text


def _character(entity: re.Match[str]) -> str:
    name, decimal, hexadecimal = entity.groups()
    if name:
        return _NAMED[name]
    character = chr(int(decimal or "0") or int(hexadecimal or "0", 16))
    if not character.isprintable() and character not in _ALLOWED:
        raise _Unusual
    return character
