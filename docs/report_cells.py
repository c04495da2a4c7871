"""Find the cell of a line in a report through its Registry, as any program would."""  # noqa: INP001 - pages, no package

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.addresses import a1

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Line
    from reportgen.expr.state import Members
    from reportgen.xlsx.book import Book

_KEY, _TAB, _CELL = "Key", "Tab", "Cell"


class Found(NamedTuple):
    """Where a line stands, and the formula that stands there."""

    place: str
    formula: str


class Cells:
    """The formulas of a report's cells by public key and member."""

    def __init__(self, book: Book) -> None:
        """Read the Registry of a report and the formulas of all its tabs."""
        self.formulas = {
            (sheet.name, a1(cell.row, cell.col)): cell.formula
            for sheet in book.sheets
            for cell in sheet.cells
        }
        self.areas = dict(_registered(book))

    def find(self, line: Line, index: tuple[int, ...], members: Members) -> Found | None:
        """Return where a line stands for some members; None where the report leaves it out.

        Raises KeyError where the Registry does not name it.
        """
        for key, along in _keys(line, index, members):
            if key in self.areas:
                tab, area = self.areas[key]
                if not area:
                    return None
                cell = _moved(area, along)
                return Found(f"{tab}!{cell}", self.formulas[tab, cell])
        raise KeyError(line.key)


def _registered(book: Book) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield (key, (tab, cell or range)) of every row of the Registry, "" where it has none."""
    sheet = next(sheet for sheet in book.sheets if sheet.name == "Registry")
    rows: dict[int, dict[int, str]] = {}
    for cell in sheet.cells:
        rows.setdefault(cell.row, {})[cell.col] = str(cell.value)
    captions = next(row for row in rows.values() if _KEY in row.values())
    column = {caption: col for col, caption in captions.items()}
    for row in rows.values():
        if column[_KEY] in row and row.get(column[_CELL]) != _CELL:
            yield row[column[_KEY]], (row.get(column[_TAB], ""), row.get(column[_CELL], ""))


def _keys(line: Line, index: tuple[int, ...], members: Members) -> Iterator[tuple[str, int]]:
    """Yield the keys under which a cell may be registered, and how far along the range it is."""
    chosen = {dim.name: members[dim][at] for dim, at in zip(line.dims, index, strict=True)}
    yield _filled(line.key, chosen), 0
    for dim, at in zip(line.dims, index, strict=True):
        others = {name: member for name, member in chosen.items() if name != dim.name}
        yield _filled(line.key, others), at


def _filled(key: str, chosen: dict[str, str]) -> str:
    return re.sub(r"\{(\w+)\}", lambda place: chosen.get(place[1], place[0]), key)


def _moved(area: str, along: int) -> str:
    """Return the cell so many steps along a range of one row or column."""
    first, _, last = area.partition(":")
    letters, number = _parts(first)
    if last and _parts(last)[0] != letters:
        return f"{_letters(_number(letters) + along)}{number}"
    return f"{letters}{number + along}"


def _parts(cell: str) -> tuple[str, int]:
    letters = cell.rstrip("0123456789")
    return letters, int(cell[len(letters) :])


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number


def _letters(number: int) -> str:
    return a1(0, number - 1)[:-1]
