"""The cells of a sheet, taken from the parser's events one by one.

This is the path on which a large file spends its time, so it keeps to few calls a cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from reportgen.xlsx.places import MAX_COLS, a1
from reportgen.xlsx.reading.areas import parse_cell
from reportgen.xlsx.reading.faults import CellFault
from reportgen.xlsx.reading.records import ReadCell, Value
from reportgen.xlsx.reading.strings import unescape
from reportgen.xlsx.reading.values import number, other_value

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.xlsx.guard import Limits
    from reportgen.xlsx.reading.formulas import FormulaReader
    from reportgen.xlsx.reading.records import ReadStyle

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DATA: Final = MAIN + "sheetData"
_C, _V, _F, _T, _ROW = (MAIN + tag for tag in ("c", "v", "f", "t", "row"))
_INLINE, _PHONETIC = MAIN + "is", MAIN + "rPh"
_TEXTS = frozenset({_F, _T})
_DIGITS = "0123456789"
_new_cell = partial(tuple.__new__, ReadCell)  # half the time of calling the class


@dataclass(slots=True)
class BookContext:
    """What the cells of a book refer to, and how many more of them are borne."""

    strings: Sequence[str]
    styles: Sequence[ReadStyle]
    formulas: FormulaReader
    limits: Limits
    cells_left: int


class CellHandler:
    """Collects `cells` and `hidden_rows` between the start and the end of a sheet's data."""

    def __init__(self, context: BookContext, on_end: Callable[[], None]) -> None:
        """Begin before the first row; `on_end` is called when the sheet's data ends."""
        self._on_end = on_end
        self.cells: dict[tuple[int, int], ReadCell] = {}
        self.hidden_rows: set[int] = set()
        self.text: list[str] = []
        self._context = context
        self._attributes: dict[str, str] = {}
        self._formula_attributes: dict[str, str] = {}
        self._value: str | None = None
        self._formula: str | None = None
        self._inline: list[str] = []
        self._phonetic = 0
        self._row, self._row_text, self._col = -1, "0", -1
        self._last_row = self._last_col = 0
        self._looks: dict[str | None, tuple[str, int]] = {}
        self._columns: dict[str, int] = {}
        self._count = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """Take the start of an element."""
        if name == _V:
            self.text.clear()
        elif name == _C:
            self._attributes = attributes
            self._value = self._formula = None
        elif name in _TEXTS:
            self.text.clear()
            if name == _F:
                self._formula_attributes = attributes
        elif name == _ROW:
            self._start_row(attributes)
        elif name == _INLINE:
            self._inline.clear()
        elif name == _PHONETIC:
            self._phonetic += 1

    def end(self, name: str) -> None:
        """Take the end of an element. Raises CellFault if it ends a cell that cannot be read."""
        if name == _V:
            self._value = "".join(self.text)
        elif name == _C:
            self._finish_cell()
        elif name == _F:
            self._formula = "".join(self.text)
        elif name == _T and not self._phonetic:
            self._inline.append("".join(self.text))
        elif name == _PHONETIC:
            self._phonetic -= 1
        elif name == DATA:
            self._on_end()

    def finish(self) -> None:
        """Give array formulas to all their cells. Raises CellFault if cells are out of measure."""
        self._check_measure()
        if self._count != len(self.cells):
            raise CellFault("", f"{self._count - len(self.cells)} of its cells stand twice")
        self._context.formulas.fill_arrays(self.cells)
        self._context.cells_left -= self._count

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._check_measure()
        declared = attributes.get("r")
        try:
            row = self._row + 1 if declared is None else parse_cell(f"A{declared}")[0]
        except ValueError:
            raise CellFault("", f"row {declared!r} lies outside every sheet") from None
        self._row, self._row_text, self._col = row, str(row + 1), -1
        if attributes.get("hidden") in {"1", "true"}:
            self.hidden_rows.add(row)

    def _check_measure(self) -> None:
        if self._count > self._context.cells_left:
            limit = self._context.limits.cells
            raise CellFault("", f"the workbook holds more than {limit:,} cells", hostile=True)
        if self._col >= 0:
            self._last_row = max(self._last_row, self._row)
        area = (self._last_row + 1) * (self._last_col + 1)
        if area > self._context.limits.sheet_area:
            far = a1(self._last_row, self._last_col)
            raise CellFault(
                far, f"the sheet's used area of {area:,} cells is out of all measure", hostile=True
            )

    def _finish_cell(self) -> None:
        attributes = self._attributes
        get = attributes.get
        address = get("r", "")
        try:
            letters = address.rstrip(_DIGITS)
            if address[len(letters) :] == self._row_text and letters in self._columns:
                row, col = self._row, self._columns[letters]
            else:
                row, col = self._unusual_place(address, letters)
            self._col = col
            look = self._looks.get(get("s")) or self._look(get("s"))
            value = self._typed(get("t"), self._value)
            formula = self._formula
            if formula or (formula is not None and self._formula_attributes):
                kinds = self._formula_attributes
                formula = self._context.formulas.full(row, col, formula, kinds)
        except (ValueError, IndexError, OverflowError) as error:
            raise CellFault(address, f"this cell cannot be read ({error})") from None
        except CellFault as fault:
            raise CellFault(address, fault.fact, hostile=fault.hostile) from None
        self.cells[row, col] = _new_cell((value, formula or "", *look))
        self._count += 1

    def _unusual_place(self, address: str, letters: str) -> tuple[int, int]:
        """A cell in a column not met before, without address, or in another row than it says."""
        if address:
            row, col = parse_cell(address)
            self._columns[letters] = col
        else:
            row, col = self._row, self._col + 1
            if col >= MAX_COLS or row < 0:
                raise ValueError("it has no address")
        self._last_row, self._last_col = max(self._last_row, row), max(self._last_col, col)
        return row, col

    def _look(self, style: str | None) -> tuple[str, int]:
        index, styles = int(style or 0), self._context.styles
        known = 0 <= index < len(styles)
        look = (styles[index].number_format if known else "General"), index
        self._looks[style] = look
        return look

    def _typed(self, kind: str | None, text: str | None) -> Value:
        if kind == "s":
            index = int(text or "-1")
            if index < 0:
                raise ValueError(f"text number {text!r}")
            return self._context.strings[index]
        if kind == "inlineStr":
            return unescape("".join(self._inline) if text is None else text)
        if kind is None or kind == "n":
            return number(text) if text else None
        return None if text is None else other_value(kind, text)
