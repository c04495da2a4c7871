"""The cells of a sheet as the XML of its rows: the hot loop of writing, with its checks."""

from __future__ import annotations

import re
from itertools import groupby, pairwise
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
    from collections.abc import Callable, Iterable, Mapping

    from reportgen.xlsx.book import Cell

    Value = float | str | bool | None


ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
MAX_FORMULA = 8_192

_row_of = attrgetter("row")
_place_of = attrgetter("row", "col")
# Functions whose results spill over cells. Excel stores them in another way than plain formulas.
SPILLING = re.findall(
    r"\S+",
    """ANCHORARRAY( BYCOL( BYROW( CHOOSECOLS( CHOOSEROWS( DROP( EXPAND( FILTER( HSTACK( LAMBDA(
    MAKEARRAY( MAP( RANDARRAY( REDUCE( SCAN( SEQUENCE( SINGLE( SORT( SORTBY( SWITCH( TAKE(
    TEXTSPLIT( TOCOL( TOROW( UNIQUE( VSTACK( WRAPCOLS( WRAPROWS( XLOOKUP(""",
)
_QUOTED_TEXT = re.compile(r'"[^"]*"')


class Extent(NamedTuple):
    """From the first to the last column in which a row has a cell."""

    first: int
    last: int


class Rows(NamedTuple):
    """The cells of each row as XML, and how far each row reaches; rows ascend."""

    xml: dict[int, str]
    extents: dict[int, Extent]


class _UnstorableError(Exception):
    """A cell that the format cannot hold; the message is the fact and the remedy."""


def in_reading_order(cells: Iterable[Cell]) -> list[Cell]:
    """The cells that show anything, row by row and from left to right."""
    return sorted(
        (cell for cell in cells if cell.value is not None or cell.formula or cell.style),
        key=_place_of,
    )


def rows_of(
    cells: list[Cell],
    style_attributes: Mapping[str, str],
    string_index: Callable[[str], int],
) -> tuple[Rows, list[str]]:
    """The XML of the rows of `cells`, which stand in reading order.

    `style_attributes` gives the attribute of each style (' s="3"'), `string_index` the place of a
    text among the shared strings. With the rows comes a sentence for each cell that cannot be
    stored, so that all of them can be told at once.
    """
    problems = _misplaced(cells)
    if problems:
        return Rows({}, {}), problems
    problems = _spilling(cells)
    letters = [column_name(col) for col in range(1 + max((cell.col for cell in cells), default=0))]
    rows = Rows({}, {})
    for row, group in groupby(cells, _row_of):
        row_cells = list(group)
        number = row + 1
        pieces = []
        for cell in row_cells:
            try:
                start = f'<c r="{letters[cell.col]}{number}"{style_attributes[cell.style]}'
                pieces.append(_cell_xml(start, cell, string_index))
            except KeyError as unknown:
                problems.append(f"{a1(row, cell.col)}: there is no style {unknown}; define it")
            except _UnstorableError as fact:
                problems.append(f"{a1(row, cell.col)}: {fact}")
        rows.xml[row] = "".join(pieces)
        rows.extents[row] = Extent(row_cells[0].col, row_cells[-1].col)
    return rows, problems


def _cell_xml(start: str, cell: Cell, string_index: Callable[[str], int]) -> str:
    value = cell.value
    if cell.formula:
        return _formula_cell_xml(start, _formula_xml(cell.formula), value)
    if isinstance(value, str):
        return f'{start} t="s"><v>{string_index(_checked_text(value))}</v></c>'
    if value is None:
        return f"{start}/>"
    if isinstance(value, bool):
        return f'{start} t="b"><v>{value:d}</v></c>'
    return f"{start}><v>{number_text(_checked_number(value))}</v></c>"


def _formula_cell_xml(start: str, formula: str, cached: Value) -> str:
    kind = ""
    if isinstance(cached, bool):
        kind, result = ' t="b"', f"{cached:d}"
    elif isinstance(cached, str) and cached in ERRORS:
        kind, result = ' t="e"', cached
    elif cached is None or isinstance(cached, str):
        # No text at all is a text, too: some programs take it for 0 unless they are told.
        kind, result = ' t="str"', xml_text(_checked_text(cached or ""))
    else:
        result = number_text(_checked_number(cached))
    return f"{start}{kind}><f>{formula}</f><v>{result}</v></c>"


def _checked_number(value: float) -> float:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        raise _UnstorableError(
            f"{value!r:.60} cannot be stored; give a number, text, true, false or nothing"
        ) from None
    if not isfinite(number):
        raise _UnstorableError(f"{number} is not a number that Excel knows; write n/a instead")
    return number


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


def _formula_xml(formula: str) -> str:
    if formula[0] != "=" or len(formula) > MAX_FORMULA:
        raise _UnstorableError(
            f"a formula begins with = and has at most {MAX_FORMULA:,} characters: {formula[:60]!r}"
        )
    if holds_control_characters(formula):
        raise _UnstorableError(f"control characters cannot stand in a formula: {formula[:60]!r}")
    return formula[1:].replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _misplaced(cells: list[Cell]) -> list[str]:
    """A sentence for each cell off the sheet or in a place that is already taken."""
    places = [_place_of(cell) for cell in cells]
    outside = [
        f"row {row}, column {col} (from 0) is not on a sheet; move the cell"
        for row, col in places
        if not (0 <= row < MAX_ROWS and 0 <= col < MAX_COLS)
    ]
    if len(set(places)) == len(places):
        return outside
    repeated = sorted({place for place, after in pairwise(places) if place == after})
    return outside + [f"{a1(*place)}: two cells stand here; keep one" for place in repeated]


def _spilling(cells: list[Cell]) -> list[str]:
    """A sentence for each formula that uses a function newer than plain formulas can hold."""
    everything = "\n".join([cell.formula for cell in cells if cell.formula])
    suspects = [name for name in SPILLING if name in everything]
    if not suspects:
        return []
    call = re.compile(rf"(?<![\w.])(?:{'|'.join(map(re.escape, suspects))})")
    found = (
        (cell, call.search(_QUOTED_TEXT.sub("", cell.formula))) for cell in cells if cell.formula
    )
    return [
        f"{a1(cell.row, cell.col)}: {match.group()[:-1]} is unknown to Excel 2010; use an older"
        " function or its stored name with _xlfn."
        for cell, match in found
        if match
    ]
