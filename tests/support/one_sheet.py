"""Lines of a model on one plain sheet, so that other programs can compute what Python computed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import xlsxwriter

from reportgen.expr.nodes import Unit
from tests.support import formualizer_engine, libreoffice
from tests.support.sheet_writer import Index, Links, Place, Sheet, SheetWriter
from tests.support.stored_cells import read_values

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.expr.nodes import Line
    from reportgen.expr.solve import Solved
    from tests.support.stored_cells import Value

__all__ = ["Index", "Place", "Sheet", "by_formualizer", "by_libreoffice", "expected", "written"]
NO_LINKS: Links = {}


def written(
    lines: Sequence[Line],
    given: Mapping[Line, Mapping[Index, Value | None]],
    solved: Solved,
    links: Links = NO_LINKS,
) -> Sheet:
    """The sheet of a solved model; `given` says by index what is typed in the given lines.

    `links` hold the expression of each cell of the lines that have one a cell.
    """
    return SheetWriter(lines, solved, links).write(given)


def expected(sheet: Sheet, solved: Solved) -> dict[str, Value]:
    """What Python says of every computed cell, as a cell would show it, by address."""
    return {at: _value(place, solved) for at, place in sheet.computed.items()}


def by_formualizer(sheet: Sheet) -> dict[str, Value]:
    """What formualizer makes of a sheet, by address."""
    # The engine takes any text that begins with = for a formula: such a text is computed, too.
    cells: dict[str, Value | None] = {
        at: f'="{value}"' if isinstance(value, str) and value.startswith("=") else value
        for at, value in sheet.typed.items()
    }
    cells.update((at, f"={formula}") for at, formula in sheet.formulas.items())
    return formualizer_engine.evaluate_formulas(cells)


def by_libreoffice(sheets: Sequence[Sheet], folder: Path) -> list[dict[str, Value]]:
    """What LibreOffice makes of sheets, by address; all go into one workbook, in one call."""
    path = folder / "sheets.xlsx"
    with xlsxwriter.Workbook(
        path, {"strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        for number, sheet in enumerate(sheets):
            page = book.add_worksheet(f"S{number}")
            for address, value in sheet.typed.items():
                page.write(address, value)
            for address, formula in sheet.formulas.items():
                page.write_formula(address, f"={formula}", None, "not computed")
    values = read_values(libreoffice.recalculate([path], folder / "recalculated")[path])
    return [values[f"S{number}"] for number in range(len(sheets))]


def _value(place: Place, solved: Solved) -> Value:
    if place.copy is None:
        cell = solved.values[place.line][place.member]
    else:
        study, number = place.copy
        cell = solved.studies[study].values[place.line][(number, *place.member)]
    if place.line.unit is Unit.TEXT:
        return str(cell)
    return float(cell) if np.isfinite(cell) else "n/a"
