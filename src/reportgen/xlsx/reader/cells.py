"""The cells of a sheet, taken row by row out of its tree: the one path for every file."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import datetime, time
from functools import cache, partial
from math import isfinite, nan
from typing import TYPE_CHECKING, Final, NamedTuple

from reportgen.errors import quote
from reportgen.values import Value
from reportgen.xlsx.addresses import MAX_COLS, MAX_ROWS, a1
from reportgen.xlsx.reader.records import (
    EVERYTHING,
    NO_COLUMNS,
    SOME_FORMULA,
    CellError,
    ReadCell,
)
from reportgen.xlsx.reader.shared import plain_text, unescape
from reportgen.xlsx.references import (
    DIGITS,
    Piece,
    area_size,
    parse_areas,
    parse_cell,
    parse_formula,
    shifted,
)

if TYPE_CHECKING:
    import xml.etree.ElementTree as ET
    from collections.abc import Mapping, Sequence

    from reportgen.values import Value
    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.reader.limits import Limits
    from reportgen.xlsx.reader.records import ReadStyle, Wanted


# of the format as nearly every program writes it, and of its Strict form
MAINS: Final = (
    "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}",
    "{http://purl.oclc.org/ooxml/spreadsheetml/main}",
)
DATA: Final = frozenset(f"{main}sheetData" for main in MAINS)
_TRUE, _NUMBERS, _TEXTS = (
    frozenset({"1", "true"}),
    frozenset({"", "n"}),
    frozenset({"str", "inlineStr"}),
)
_CALL = re.compile(r"""\"[^"]*"|('?[\w.][^'"|!()]*\|)""")  # outside of texts
_MOST_CALLS = 100
_new_cell = partial(tuple.__new__, ReadCell)  # most cells: half the time of the class

_SECONDS_PER_DAY = 86_400


class _Tags(NamedTuple):
    """The elements of rows and cells by their full names."""

    row: str
    cell: str
    value: str
    formula: str
    inline: str


@cache
def _tags(main: str) -> _Tags:
    return _Tags(*(f"{main}{tag}" for tag in ("row", "c", "v", "f", "is")))


class CellReader:
    """Collects `cells`, `hidden_rows` and set `heights` from the rows of a sheet as it grows."""

    def __init__(self, context: BookContext, wanted: Wanted = EVERYTHING) -> None:
        """Begin before the first row."""
        self.cells: dict[tuple[int, int], ReadCell] = {}
        self.hidden_rows: set[int] = set()
        self.heights: dict[int, float] = {}
        self._context = context
        self._wanted = wanted
        self._row = -1
        self._last_row = self._last_col = self._count = 0
        self._columns: dict[str, int] = {}  # those met, by their letters
        self._tags: _Tags  # of the sheet, in its own names

    def take(self, data: ET.Element, *, is_open: bool) -> None:
        """Take the rows out of a sheet's data; the last stays while the data `is_open`.

        Raises CellFault if a cell cannot be read, or the cells are out of measure.
        """
        rows = data[:-1] if is_open else data[:]
        del data[: len(rows)]
        self._tags = _tags(data.tag.removesuffix("sheetData"))
        for row in rows:
            if row.tag == self._tags.row:
                self._take_row(row)
        waiting = self._count + _unfinished(data)
        self._context.check_measure(waiting, self._last_row, self._last_col)

    def finish(self) -> None:
        """Complete the sheet. Raises CellFault if one of its cells stood twice."""
        self._context.finish_sheet(self.cells, self._count)

    def _take_row(self, row: ET.Element) -> None:
        declared = row.get("r")
        self._row = self._row + 1 if declared is None else _row_at(declared)
        if row.get("hidden") in _TRUE:
            self.hidden_rows.add(self._row)
        if row.get("customHeight") in _TRUE:
            with suppress(ValueError):  # a height that is none is a row of the usual height
                self.heights[self._row] = number(row.get("ht", ""))
        if len(row):
            self._last_row = max(self._last_row, self._row)
        self._take_cells(row, declared or "")

    def _take_cells(self, row: ET.Element, digits: str) -> None:
        """Take the cells of a row, whose addresses are expected to end in `digits`."""
        # Every cell of every file passes through here: most of the time of reading.
        cells, columns, at, width = self.cells, self._columns, self._row, len(digits)
        looks, col, count, tag = self._context.looks, -1, 0, self._tags.cell
        passed = self._wanted.passed_over if at >= self._wanted.first_row else NO_COLUMNS
        for node in row:
            if node.tag != tag:
                continue
            get = node.get
            address, style = get("r", ""), get("s", "")
            try:
                known = columns.get(address[:-width]) if address[-width:] == digits else None
                place = self._place(address, col) if known is None else (at, known)
                col = place[1]
                if col in passed:
                    continue
                look = looks.get(style) or self._context.look(style)
                cells[place] = _new_cell(self._content(node, get("t", ""), place) + look)
            except ValueError as error:
                raise CellFault(address, f"this cell cannot be read ({error})") from None
            except CellFault as fault:
                raise CellFault(address, fault.fact, hostile=fault.hostile) from None
            count += 1
        self._count += count

    def _place(self, address: str, col: int) -> tuple[int, int]:
        """Where a cell stands: without an address, right of the one in column `col`."""
        try:
            row, col = parse_cell(address) if address else (self._row, col + 1)
        except ValueError:
            raise ValueError(f"{quote(address)} is no address") from None
        if col >= MAX_COLS or row >= MAX_ROWS:
            raise ValueError("it has no address")
        if address:
            self._columns[address.rstrip(DIGITS)] = col
        self._last_row, self._last_col = max(self._last_row, row), max(self._last_col, col)
        return row, col

    def _content(self, node: ET.Element, kind: str, place: tuple[int, int]) -> tuple[Value, str]:
        """The value and the formula of a cell of that kind."""
        value: Value = "" if kind in _TEXTS else None
        formula, tags = "", self._tags
        for part in node:
            tag = part.tag
            # most of them hold a text and nothing else, without the cost of another call
            if tag == tags.value:
                value = self._context.value(kind, _text(part) if len(part) else part.text or "")
            elif tag == tags.formula:
                text = _text(part) if len(part) else part.text or ""
                if "|" in text:
                    self._context.note_calls(text)
                if self._wanted.formulas:
                    formula = self._context.formulas.full(*place, text, part.attrib)
                else:
                    formula = SOME_FORMULA
            elif tag == tags.inline and kind == "inlineStr":
                value = unescape(plain_text(part))
        return value, formula


def _row_at(number: str) -> int:
    """The row of a number as programs write it, some of them as 7.0. Raises CellFault."""
    try:
        at = float(number) - 1
    except ValueError:
        at = -1
    if not (0 <= at < MAX_ROWS and at.is_integer()):
        raise CellFault("", f"row {number!r} lies outside every sheet")
    return int(at)


def _unfinished(data: ET.Element) -> int:
    """How much waits in the row that is not complete, whether it has no end or a cell in it."""
    count, node = 0, data
    while len(node):
        count, node = count + len(node), node[-1]
    return count


def _text(node: ET.Element) -> str:
    return "".join(node.itertext())


class BookContext:
    """What cells refer to. `cells_left` counts down over the sheets of the book."""

    # No dataclass: the module of that name takes a fifth of the reader's start.
    __slots__ = ("calls", "cells_left", "epoch", "formulas", "limits", "looks", "strings", "styles")

    def __init__(
        self,
        strings: Sequence[str],
        styles: Sequence[ReadStyle],
        formulas: FormulaReader,
        limits: Limits,
        epoch: datetime,
    ) -> None:
        """Begin a book; its days count from `epoch`."""
        self.strings, self.styles, self.formulas, self.limits = strings, styles, formulas, limits
        self.cells_left, self.epoch = limits.cells, epoch
        self.looks: dict[str, tuple[str, int]] = {}
        self.calls: set[str] = set()

    def note_calls(self, formula: str) -> None:
        """Keep a formula that asks another program for its value, as =cmd|'/c calc'!A0 does."""
        if any(call[1] for call in _CALL.finditer(formula)) and len(self.calls) < _MOST_CALLS:
            self.calls.add(formula)

    def look(self, style: str) -> tuple[str, int]:
        """Number format and index of a style, "" for the first. Raises ValueError."""
        if style and not style.strip().isdecimal():
            raise ValueError(f"its style {quote(style)} is none")
        index = int(style or 0)
        known = 0 <= index < len(self.styles)
        look = (self.styles[index].number_format if known else "General"), index
        self.looks[style] = look
        return look

    def value(self, kind: str, text: str) -> Value:
        """The value that a cell of that kind stores as text. Raises ValueError."""
        if not text:  # some programs say of a blank of which kind it would be
            return "" if kind in _TEXTS else None
        if kind == "s":
            if not text.strip().isdecimal() or int(text) >= len(self.strings):
                known = f"there are {len(self.strings):,}"
                raise ValueError(f"it holds the text of number {quote(text)}, and {known}")
            return self.strings[int(text)]
        if text == _NO_NUMBER:
            return CellError("#NUM!")
        if kind in _NUMBERS:
            return number(text)
        if kind in _TEXTS:
            return unescape(text)
        if kind == "b":
            return text.strip() in _TRUE
        if kind == "e":
            return CellError(text)
        if kind == "d":
            return _serial(text.removesuffix("Z"), self.epoch)
        raise ValueError(f"its type {quote(kind)} is none that is known")

    def check_measure(self, count: int, last_row: int, last_col: int) -> None:
        """Raises CellFault if a sheet holds more cells, or over a wider area, than is borne."""
        if count > self.cells_left:
            fact = f"the workbook holds more than {self.limits.cells:,} cells"
            raise CellFault("", fact, hostile=True)
        area = (last_row + 1) * (last_col + 1)
        if area > self.limits.sheet_area:
            far = a1(last_row, last_col)
            fact = f"the sheet's used area of {area:,} cells is out of all measure"
            raise CellFault(far, fact, hostile=True)

    def finish_sheet(self, cells: dict[tuple[int, int], ReadCell], count: int) -> None:
        """Fill in array formulas. Raises CellFault if one of the `count` cells stood twice."""
        if count != len(cells):
            raise CellFault("", f"{count - len(cells):,} of its cells stand twice")
        self.formulas.fill_arrays(cells)
        self.cells_left -= count


class FormulaReader:
    """Writes out the formulas of one sheet; `characters` counts down over the whole book."""

    def __init__(self, limits: Limits) -> None:
        """Begin a workbook."""
        self._limits = limits
        self._characters = limits.formula_characters
        self._shared: dict[str, tuple[int, int, tuple[Piece, ...]]] = {}
        self._arrays: list[tuple[Area, str]] = []

    def start_sheet(self) -> None:
        """Forget the formulas of the sheet before."""
        self._shared.clear()
        self._arrays.clear()

    def full(self, row: int, col: int, text: str, attributes: Mapping[str, str]) -> str:
        """The formula of the cell. Raises CellFault if formulas are out of measure."""
        formula = f"={text}" if text else ""
        if attributes:
            formula = self._special(row, col, formula, attributes)
        self._characters -= len(formula)
        if len(formula) > self._limits.formula_length or self._characters < 0:
            raise CellFault(
                "", "the formulas are longer than any program writes them", hostile=True
            )
        return formula

    def fill_arrays(self, cells: dict[tuple[int, int], ReadCell]) -> None:
        """Give each array formula to all its cells. Raises CellFault if they are out of measure."""
        filled = sum(area_size(area) for area, _ in self._arrays)
        if filled > self._limits.array_area:
            raise CellFault("", f"its array formulas fill {filled:,} cells", hostile=True)
        for area, formula in self._arrays:
            for row in range(area.first_row, area.last_row + 1):
                for col in range(area.first_col, area.last_col + 1):
                    if (row, col) in cells:
                        cells[row, col] = cells[row, col]._replace(formula=formula)

    def _special(self, row: int, col: int, formula: str, attributes: Mapping[str, str]) -> str:
        kind, key = attributes.get("t"), attributes.get("si", "")
        if kind == "shared":
            if formula:
                self._shared[key] = row, col, parse_formula(formula)
            elif key in self._shared:
                first_row, first_col, pieces = self._shared[key]
                return shifted(pieces, row - first_row, col - first_col)
        elif kind in {"array", "dataTable"}:
            if kind == "dataTable":
                formula = f"=TABLE({attributes.get('r1', '')},{attributes.get('r2', '')})"
            formula = f"{{{formula}}}"
            filled = parse_areas(attributes.get("ref", ""))
            self._arrays += [(area, formula) for area in filled]
        return formula


_NO_NUMBER = "NaN"  # what programs in JavaScript store where a day has text for a value


def number(text: str) -> float:
    """The finite number that the text spells. Raises ValueError if it is none."""
    try:
        value = float(text)
    except ValueError:
        value = nan
    if not isfinite(value) or "_" in text:
        raise ValueError(f"{quote(text)} is not a number")
    return value


def _serial(moment: str, epoch: datetime) -> float:
    """The serial number of a moment, or of a time of day, in ISO 8601. Raises ValueError."""
    try:
        on = datetime.fromisoformat(moment).replace(tzinfo=None)
    except ValueError:
        try:
            on = datetime.combine(epoch, time.fromisoformat(moment)).replace(tzinfo=None)
        except ValueError:
            raise ValueError(f"{quote(moment)} is not a day") from None
    return (on - epoch).total_seconds() / _SECONDS_PER_DAY


class CellFault(Exception):  # noqa: N818 - says what it is
    """A cell that cannot be read: `place` is its address; `hostile` if it is out of measure."""

    def __init__(self, place: str, fact: str, *, hostile: bool = False) -> None:
        """Keep the parts for the message that names the file."""
        super().__init__(place, fact)
        self.place, self.fact, self.hostile = place, fact, hostile
