"""Formulas as cells store them, written out: shared ones for each cell, arrays in braces."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.reading.areas import area_size, parse_area
from reportgen.xlsx.reading.faults import CellFault
from reportgen.xlsx.reading.references import Piece, parse_formula, shifted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.xlsx.guard import Limits
    from reportgen.xlsx.places import Area
    from reportgen.xlsx.reading.records import ReadCell


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
