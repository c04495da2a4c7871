"""The values a chart carries with it, for programs that draw before they calculate."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from reportgen.xlsx.rows import ERRORS
from reportgen.xlsx.text import number_text, xml_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from reportgen.xlsx.book import Cell


class ChartCache:
    """The cells of one range as chart caches: numbers without loss, errors and blanks left out.

    The XML is made once for all series that share the range.
    """

    def __init__(self, cells: Iterable[Cell | None]) -> None:
        self._cells = [cell if cell and _shows(cell) else None for cell in cells]

    def __len__(self) -> int:
        return len(self._cells)

    @cached_property
    def kind(self) -> str:
        """What categories these cells make: "str" if any is text, else "num"."""
        return "str" if any(cell and isinstance(cell.value, str) for cell in self._cells) else "num"

    @cached_property
    def as_numbers(self) -> str:
        """The numeric cache; text counts as zero, as it does when the chart is drawn."""
        return (
            f"<c:numCache><c:formatCode>General</c:formatCode>{self._points(_number)}</c:numCache>"
        )

    @cached_property
    def as_texts(self) -> str:
        """The text cache."""
        return f"<c:strCache>{self._points(_text)}</c:strCache>"

    def _points(self, spell: Callable[[Cell], str]) -> str:
        points = [
            f'<c:pt idx="{index}"><c:v>{spell(cell)}</c:v></c:pt>'
            for index, cell in enumerate(self._cells)
            if cell
        ]
        return f'<c:ptCount val="{len(self._cells)}"/>{"".join(points)}'


def _shows(cell: Cell) -> bool:
    return cell.value is not None and not (cell.formula and cell.value in ERRORS)


def _number(cell: Cell) -> str:
    if cell.value is None or isinstance(cell.value, str):
        return "0"
    return number_text(float(cell.value))


def _text(cell: Cell) -> str:
    return xml_text(cell.value) if isinstance(cell.value, str) else _number(cell)
