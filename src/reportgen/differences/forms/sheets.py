"""Sheets of a Changes workbook, filled from the top: texts and tables of typed values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from textwrap import wrap
from typing import TYPE_CHECKING, NamedTuple

from reportgen.pages.figures import FLAGS, shown
from reportgen.report.theme import load_theme
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Cell, Columns, Page, Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from reportgen.xlsx.book import Chart, Style

    Value = float | str | bool | None

WIDEST = 90.0  # characters of a column that follows its texts

_SHAPES = {
    "%": "ratio",
    "ratio": "ratio",
    "% change": "change",
    "change": "change",
    "x": "multiple",
    "0-100": "shares_m",
    "date": "date",
    "days": "count",
    "count": "count",
    "m": "shares_m",
    "m shares": "shares_m",
    "": "number",
    "number": "number",
}
_CHANGES = {"shares_m": "amount_change", "multiple": "multiple_change", "ratio": "change"}


def styles(sheets: Iterable[Sheet], cents: int) -> Mapping[str, Style]:
    """The cell styles of the house theme that sheets of a Changes workbook use, by name.

    Amounts a share have `cents` decimals.
    """
    theme = load_theme()
    used = sorted({cell.style for sheet in sheets for cell in sheet.cells})
    found = {name: theme.style(name, "", "", cents) for name in used}
    signed = (name for name in used if name.endswith(".signed"))
    return found | {name: replace(found[name], number_format=_signed(cents)) for name in signed}


def _signed(cents: int) -> str:
    """The number format of a change; what is too small to be seen has no sign."""
    zeros = "0" * cents
    return f"[>=0.{zeros}5]+#,##0.{zeros};[<=-0.{zeros}5]-#,##0.{zeros};0.{zeros}"


def shape_of(unit: str) -> str:
    """The number format that suits a unit as the Registry spells it."""
    return _SHAPES.get(unit) or ("shares_m" if unit.endswith(" m") else "money")


def change_of(unit: str) -> str:
    """The number format of a change in a unit, with its sign."""
    return _CHANGES.get(shape_of(unit), "signed")


class Shown(NamedTuple):
    """What a cell shows: a value or a formula with its value, and its style."""

    value: Value
    style: str = "label"
    formula: str = ""


def number(value: Value, unit: str, look: str = "plain") -> Shown:
    """A value in its unit; n/a in grey where there is none, text and flags as text."""
    if value is None:
        return Shown("n/a", "muted_right")
    if isinstance(value, bool) or unit in FLAGS:
        return Shown(shown(value, unit))
    return Shown(value) if isinstance(value, str) else Shown(value, f"{look}.{shape_of(unit)}")


def fitted(rows: Sequence[Sequence[Shown]], least: Sequence[float]) -> tuple[float, ...]:
    """Return widths of columns in which every text of the rows is read, up to a limit."""
    widths = list(least)
    for row in rows:
        for col, cell in enumerate(row):
            if isinstance(cell.value, str):
                widths[col] = max(widths[col], min(len(cell.value) + 2.0, WIDEST))
    return tuple(widths)


@dataclass(slots=True)
class Filling:
    """A sheet while it is filled; `row` is the next free one, counted from 0."""

    name: str
    widths: Sequence[float]
    cells: list[Cell] = field(default_factory=list)
    charts: list[Chart] = field(default_factory=list)
    row: int = 0
    filter: Area | None = None
    breaks: tuple[int, ...] = ()  # rows before which a page ends
    printed: int | None = None  # the last column that prints; None: all

    def text(self, text: str, style: str = "label") -> None:
        """A text in the first column, in a row of its own."""
        self.put(self.row, 0, Shown(text, style))
        self.row += 1

    def paragraph(self, text: str, letters: int) -> None:
        """A text in as many rows of at most so many letters as it takes."""
        for line in wrap(text, letters):
            self.text(line)

    def put(self, row: int, col: int, shown: Shown) -> None:
        """One cell, wherever it is; what shows nothing is left out."""
        if shown.value is not None or shown.formula:
            self.cells.append(Cell(row, col, shown.value, shown.formula, shown.style))

    def table(self, head: Sequence[str], rows: Sequence[Sequence[Shown]]) -> Area:
        """A table from the first column on, its captions first, and a blank row after it."""
        first = self.row
        for col, caption in enumerate(head):
            self.put(first, col, Shown(caption, "header_left" if not col else "header"))
        for number_of_row, row in enumerate(rows, start=first + 1):
            for col, cell in enumerate(row):
                self.put(number_of_row, col, cell)
        self.row = first + len(rows) + 2
        return Area(first, 0, first + len(rows), len(head) - 1)

    def sheet(self, footer: str) -> Sheet:
        """The sheet as it is stored."""
        columns = tuple(Columns(col, col, width) for col, width in enumerate(self.widths))
        return Sheet(
            self.name,
            tuple(self.cells),
            column_widths=columns,
            charts=tuple(self.charts),
            freeze=(self.filter.first_row + 1, 1) if self.filter else None,
            filter=self.filter,
            page=Page(fit=(1, 0), footer=footer, area=self._printed(), breaks=self.breaks),
        )

    def _printed(self) -> Area | None:
        return None if self.printed is None else Area(0, 0, self.row, self.printed)
