"""The cells of a sheet as the XML of its rows: the hot loop of writing, with its checks."""

from __future__ import annotations

import re
from collections import defaultdict
from math import isfinite
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import MAX_COLS, MAX_ROWS, a1, column_name
from reportgen.xlsx.text import (
    MAX_TEXT,
    holds_control_characters,
    number_text,
    utf16_length,
    xml_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from reportgen.xlsx.book import Cell

    Value = float | str | bool | None


ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
MAX_FORMULA = 8_192

_col_of = attrgetter("col")
# Functions whose results spill over cells. Excel stores them in another way than plain formulas.
SPILLING = re.findall(
    r"\S+",
    """ANCHORARRAY( BYCOL( BYROW( CHOOSECOLS( CHOOSEROWS( DROP( EXPAND( FILTER( HSTACK( LAMBDA(
    MAKEARRAY( MAP( RANDARRAY( REDUCE( SCAN( SEQUENCE( SINGLE( SORT( SORTBY( SWITCH( TAKE(
    TEXTSPLIT( TOCOL( TOROW( UNIQUE( VSTACK( WRAPCOLS( WRAPROWS( XLOOKUP(""",
)
_CALL = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, SPILLING))})")
_QUOTED_TEXT = re.compile(r'"[^"]*"')


class Extent(NamedTuple):
    """From the first to the last column in which a row has a cell."""

    first: int
    last: int


class Rows(NamedTuple):
    """The cells of each row as XML, and how far each row reaches; rows ascend.

    `repeated` cells hold a text that another one held before.
    """

    xml: dict[int, str]
    extents: dict[int, Extent]
    repeated: int = 0


class _UnstorableError(Exception):
    """A cell that the format cannot hold; the message is the fact and the remedy."""


def by_row(cells: Iterable[Cell]) -> dict[int, list[Cell]]:
    """The cells that show anything, by their row; rows ascend, and each goes from left to right."""
    rows: defaultdict[int, list[Cell]] = defaultdict(list)
    for cell in cells:
        row, _, value, formula, style = cell
        if style or formula or value is not None:
            rows[row].append(cell)
    return {row: sorted(rows[row], key=_col_of) for row in sorted(rows)}


def rows_of(
    cells: Mapping[int, list[Cell]],
    style_attributes: Mapping[str, str],
    string_index: Callable[[str], int],
) -> tuple[Rows, list[str]]:
    """The XML of the rows of `cells`, as `by_row` orders them.

    `style_attributes` gives the attribute of each style (' s="3"'), `string_index` the place of a
    text among the shared strings. With the rows comes a sentence for each cell that cannot be
    stored, so that all of them can be told at once.
    """
    problems = _outside(cells)
    if problems:
        return Rows({}, {}), problems
    letters = _Letters()
    calls: list[str] = []
    texts, holding_text = _TextCells(string_index), 0
    rows = Rows({}, {})
    for row, row_cells in cells.items():
        number = f'{row + 1}"'
        pieces = []
        before = -1
        for _, col, value, formula, style in row_cells:
            if col == before:
                problems.append(f"{a1(row, col)}: two cells stand here; keep one")
            before = col
            try:
                start = f'<c r="{letters[col]}{number}{style_attributes[style]}'
                if formula:
                    pieces.append(start + _formula_end(formula, value))
                    calls.append(formula)
                elif isinstance(value, str):
                    pieces.append(start + texts[value])
                    holding_text += 1
                else:
                    pieces.append(start + _plain_end(value))
            except KeyError as unknown:
                problems.append(f"{a1(row, col)}: there is no style {unknown}; define it")
            except _UnstorableError as fact:
                problems.append(f"{a1(row, col)}: {fact}")
        rows.xml[row] = "".join(pieces)
        rows.extents[row] = Extent(row_cells[0].col, row_cells[-1].col)
    if any(map("\n".join(calls).__contains__, SPILLING)):
        problems += _spilling(cells)
    return rows._replace(repeated=holding_text - len(texts)), list(dict.fromkeys(problems))


class _Letters(dict[int, str]):
    """The letters of columns by their number."""

    def __missing__(self, col: int) -> str:
        self[col] = column_name(col)
        return self[col]


class _TextCells(dict[str, str]):
    """The end of the XML of a cell that holds a text, by that text: many hold the same."""

    def __init__(self, string_index: Callable[[str], int]) -> None:
        super().__init__()
        self._string_index = string_index

    def __missing__(self, text: str) -> str:
        end = f' t="s"><v>{self._string_index(_checked_text(text))}</v></c>'
        self[text] = end
        return end


def _plain_end(value: float | None) -> str:
    """The end of the XML of a cell that holds a number, true, false or nothing but its look."""
    if value is None:
        return "/>"
    if isinstance(value, bool):
        return f' t="b"><v>{value:d}</v></c>'
    return f"><v>{_number(value)}</v></c>"


def _formula_end(formula: str, cached: Value) -> str:
    """The end of the XML of a cell that holds a formula."""
    if formula[0] != "=" or len(formula) > MAX_FORMULA:
        raise _UnstorableError(
            f"a formula begins with = and has at most {MAX_FORMULA:,} characters: {formula[:60]!r}"
        )
    if holds_control_characters(formula):
        raise _UnstorableError(f"control characters cannot stand in a formula: {formula[:60]!r}")
    spelt = formula[1:].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    if cached is None or isinstance(cached, str):
        if cached in ERRORS:
            return f' t="e"><f>{spelt}</f><v>{cached}</v></c>'
        # No text at all is a text, too: some programs take it for 0 unless they are told.
        result = xml_text(_checked_text(cached)) if cached else ""
        return f' t="str"><f>{spelt}</f><v>{result}</v></c>'
    if isinstance(cached, bool):
        return f' t="b"><f>{spelt}</f><v>{cached:d}</v></c>'
    return f"><f>{spelt}</f><v>{_number(cached)}</v></c>"


def _number(value: float) -> str:
    try:
        number = float(value)
        if isfinite(number):
            return number_text(number)
    except (TypeError, ValueError, OverflowError):
        raise _UnstorableError(
            f"{value!r:.60} cannot be stored; give a number, text, true, false or nothing"
        ) from None
    raise _UnstorableError(f"{number} is not a number that Excel knows; write n/a instead")


def _checked_text(text: str) -> str:
    # Half the limit is safe whatever the characters; only beyond it must they be counted.
    if len(text) > MAX_TEXT // 2:
        length = utf16_length(text)
        if length > MAX_TEXT:
            raise _UnstorableError(
                f"the text has {length:,} characters and a cell holds {MAX_TEXT:,}; shorten it or"
                " split it over several cells"
            )
    return text


def _outside(cells: Mapping[int, list[Cell]]) -> list[str]:
    """A sentence for each cell off the sheet."""
    return [
        f"row {row}, column {cell.col} (from 0) is not on a sheet; move the cell"
        for row, row_cells in cells.items()
        for cell in (row_cells if _leaves_the_sheet(row, row_cells) else ())
        if not (0 <= row < MAX_ROWS and 0 <= cell.col < MAX_COLS)
    ]


def _leaves_the_sheet(row: int, cells: Sequence[Cell]) -> bool:
    """Whether any of the cells of a row, which go from left to right, is off the sheet."""
    return row < 0 or row >= MAX_ROWS or cells[0].col < 0 or cells[-1].col >= MAX_COLS


def _spilling(cells: Mapping[int, list[Cell]]) -> list[str]:
    """A sentence for each formula that uses a function newer than plain formulas can hold."""
    found = (
        (cell, _CALL.search(_QUOTED_TEXT.sub("", cell.formula)))
        for row in cells.values()
        for cell in row
    )
    return [
        f"{a1(cell.row, cell.col)}: {match.group()[:-1]} is unknown to Excel 2010; use an older"
        " function or its stored name with _xlfn."
        for cell, match in found
        if match
    ]
