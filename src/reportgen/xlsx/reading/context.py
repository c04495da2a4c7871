"""What the cells of a workbook have in common: texts, looks, formulas, and how many are borne."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.places import a1
from reportgen.xlsx.reading.faults import CellFault
from reportgen.xlsx.reading.values import number, other_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.xlsx.hostile import Limits
    from reportgen.xlsx.reading.formulas import FormulaReader
    from reportgen.xlsx.reading.records import ReadCell, ReadStyle, Value


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
