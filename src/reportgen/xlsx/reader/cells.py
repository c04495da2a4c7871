"""The cells of a sheet, taken from the parser's events one by one: the path for every file."""

from __future__ import annotations

from datetime import datetime
from math import isfinite
from typing import TYPE_CHECKING, Final

from reportgen.values import Value
from reportgen.xlsx.addresses import MAX_COLS, a1
from reportgen.xlsx.reader.records import CellError, ReadCell
from reportgen.xlsx.reader.shared import unescape
from reportgen.xlsx.references import (
    Piece,
    area_size,
    parse_area,
    parse_cell,
    parse_formula,
    shifted,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from reportgen.values import Value
    from reportgen.xlsx.addresses import Area
    from reportgen.xlsx.reader.limits import Limits
    from reportgen.xlsx.reader.records import ReadStyle


MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DATA: Final = MAIN + "sheetData"
_C, _V, _F, _T, _ROW = (MAIN + tag for tag in ("c", "v", "f", "t", "row"))
_INLINE, _PHONETIC = MAIN + "is", MAIN + "rPh"
_TEXTS = frozenset({_V, _F, _T})


_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no time zone
_SECONDS_PER_DAY = 86_400


class CellHandler:
    """Collects `cells` and `hidden_rows` between the start and the end of a sheet's data."""

    def __init__(self, context: BookContext, on_end: Callable[[], None]) -> None:
        """Begin before the first row; `on_end` is called when the sheet's data ends."""
        self.cells: dict[tuple[int, int], ReadCell] = {}
        self.hidden_rows: set[int] = set()
        self.text: list[str] = []
        self._context, self._on_end = context, on_end
        self._cell: dict[str, str] = {}
        self._formula: dict[str, str] = {}
        self._texts: dict[str, str] = {}
        self._phonetic = 0
        self._row = self._col = -1
        self._last_row = self._last_col = self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element. Raises CellFault if it begins an impossible row."""
        if name == _C:
            self._cell, self._formula = attributes, {}
            self._texts.clear()
        elif name in _TEXTS:
            self.text.clear()
            if name == _F:
                self._formula = attributes
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _PHONETIC:
            self._phonetic += 1

    def end(self, name: str) -> None:
        """Take the end of an element. Raises CellFault if it ends a cell that cannot be read."""
        if name == _C:
            self._finish_cell()
        elif name in {_V, _F}:
            self._texts[name] = "".join(self.text)
        elif name == _T and not self._phonetic:
            self._texts[_T] = self._texts.get(_T, "") + "".join(self.text)
        elif name == _PHONETIC:
            self._phonetic -= 1
        elif name == DATA:
            self._on_end()

    def finish(self) -> None:
        """Check and complete the sheet. Raises CellFault if its cells are out of measure."""
        self._context.check_measure(self._count, self._last_row, self._last_col)
        self._context.finish_sheet(self.cells, self._count)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._context.check_measure(self._count, self._last_row, self._last_col)
        declared = attributes.get("r")
        try:
            self._row = self._row + 1 if declared is None else parse_cell(f"A{declared}")[0]
        except ValueError:
            raise CellFault("", f"row {declared!r} lies outside every sheet") from None
        self._col = -1
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(self._row)

    def _finish_cell(self) -> None:
        address, style = self._cell.get("r", ""), self._cell.get("s", "")
        try:
            row, col = self._place(address)
            look = self._context.looks.get(style) or self._context.look(style)
            value, formula = self._value(), self._texts.get(_F)
            if formula or (formula is not None and self._formula):
                formula = self._context.formulas.full(row, col, formula, self._formula)
        except ValueError as error:
            raise CellFault(address, f"this cell cannot be read ({error})") from None
        except CellFault as fault:
            raise CellFault(address, fault.fact, hostile=fault.hostile) from None
        self.cells[row, col] = ReadCell(value, formula or "", *look)
        self._count += 1

    def _place(self, address: str) -> tuple[int, int]:
        """Where the cell stands: without an address, right of the one before."""
        row, col = parse_cell(address) if address else (self._row, self._col + 1)
        if col >= MAX_COLS or row < 0:
            raise ValueError("it has no address")
        self._col = col
        self._last_row, self._last_col = max(self._last_row, row), max(self._last_col, col)
        return row, col

    def _value(self) -> Value:
        kind, text = self._cell.get("t", ""), self._texts.get(_V)
        if kind == "inlineStr":
            return unescape(self._texts.get(_T, "") if text is None else text)
        if text is None:
            return "" if kind == "str" else None
        return self._context.value(kind, text)


class BookContext:
    """What cells refer to. `cells_left` counts down over the sheets of the book."""

    # No dataclass: the module of that name takes a fifth of the reader's start.
    __slots__ = ("cells_left", "formulas", "limits", "looks", "strings", "styles")

    def __init__(
        self,
        strings: Sequence[str],
        styles: Sequence[ReadStyle],
        formulas: FormulaReader,
        limits: Limits,
        cells_left: int,
    ) -> None:
        """Begin a book."""
        self.strings, self.styles, self.formulas, self.limits = strings, styles, formulas, limits
        self.cells_left = cells_left
        self.looks: dict[str, tuple[str, int]] = {}

    def look(self, style: str) -> tuple[str, int]:
        """Number format and index of a style, "" for the first. Raises ValueError."""
        index = int(style or 0)
        known = 0 <= index < len(self.styles)
        look = (self.styles[index].number_format if known else "General"), index
        self.looks[style] = look
        return look

    def value(self, kind: str, text: str) -> Value:
        """The value that a cell of that kind stores as text. Raises ValueError."""
        if kind == "s":
            index = int(text)
            if not 0 <= index < len(self.strings):
                raise ValueError(f"text number {index} of {len(self.strings)}")
            return self.strings[index]
        if kind in {"", "n"}:
            return number(text) if text else None
        return other_value(kind, text)

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
            raise CellFault("", f"{count - len(cells)} of its cells stand twice")
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
            self._arrays.append((parse_area(attributes.get("ref", "")), formula))
        return formula


def number(text: str) -> float:
    """The finite number that the text spells. Raises ValueError if it is none."""
    value = float(text)
    if not isfinite(value) or "_" in text:
        raise ValueError(f"{text[:40]!r} is not a number")
    return value


def other_value(kind: str, text: str) -> Value:
    """The value of a cell that is neither number nor shared text. Raises ValueError if unknown."""
    if kind == "str":
        return unescape(text)
    if kind == "b":
        return text.strip() in {"1", "true"}
    if kind == "e":
        return CellError(text)
    if kind == "d":
        moment = datetime.fromisoformat(text.removesuffix("Z")).replace(tzinfo=None)
        return (moment - _EPOCH).total_seconds() / _SECONDS_PER_DAY
    raise ValueError(f"type {kind!r}")


class CellFault(Exception):  # noqa: N818 - says what it is
    """A cell that cannot be read: `place` is its address; `hostile` if it is out of measure."""

    def __init__(self, place: str, fact: str, *, hostile: bool = False) -> None:
        """Keep the parts for the message that names the file."""
        super().__init__(place, fact)
        self.place, self.fact, self.hostile = place, fact, hostile
