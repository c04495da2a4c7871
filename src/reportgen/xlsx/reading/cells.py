"""The cells of a sheet, taken from the parser's events one by one: the path for every file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportgen.xlsx.places import MAX_COLS
from reportgen.xlsx.reading.areas import parse_cell
from reportgen.xlsx.reading.faults import CellFault
from reportgen.xlsx.reading.records import ReadCell, Value
from reportgen.xlsx.reading.strings import unescape

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.xlsx.reading.context import BookContext

MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
DATA: Final = MAIN + "sheetData"
_C, _V, _F, _T, _ROW = (MAIN + tag for tag in ("c", "v", "f", "t", "row"))
_INLINE, _PHONETIC = MAIN + "is", MAIN + "rPh"
_TEXTS = frozenset({_V, _F, _T})


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
