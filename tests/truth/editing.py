"""One edit made twice: typed into the written workbook, and given to the model in Python."""

from __future__ import annotations

import math
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from openpyxl.utils.cell import get_column_letter

from reportgen.expr.nodes import Unit
from reportgen.expr.numeric import MISFIT
from reportgen.model.keys import filled
from reportgen.model.solved import by_key
from reportgen.report.readback.workbook import open_report, place_of
from reportgen.report.registry.form import CHANGED
from reportgen.report.registry.kinds import TYPED_KINDS
from reportgen.xlsx.addresses import a1, quoted_sheet
from tests.support.edits import Edit
from tests.support.stored_cells import read_cells

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from reportgen.expr.nodes import Line
    from reportgen.model.question import Question
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Book
    from tests.support.stored_cells import Value
    from tests.truth.cells import Place
    from tests.truth.packs import Asked

Typed = float | str | None
"""What is typed into a cell: a number, a text, or nothing."""


LIVE = 8  # the column of the Registry that links to the cells
REMARKS = ("author", "reason", "expires")
LINKED = f"=Registry!{a1(*CHANGED)}"


class Spot(NamedTuple):
    """A typed cell of the model: its line and the place in the line's array."""

    line: Line
    index: tuple[int, ...]


class Editor:
    """Makes edits by public key in a written report and in the question it was made from."""

    def __init__(self, asked: Asked, path: Path) -> None:
        self.asked = asked
        self._path = path
        self._registry = open_report(path)
        members = asked.question.members
        self.spots = {
            key: Spot(line, index)
            for line in asked.question.lines
            if line.expr is None
            for key, index in filled(line, members)
        }

    @cached_property
    def issued(self) -> Mapping[str, object]:
        """What the report says as it was issued, by public key."""
        return dict(by_key(self.asked.solved))

    @cached_property
    def _formulas(self) -> dict[Place, str]:
        """Every formula of the file by place."""
        return {
            (sheet, at): f"={cell.formula}"
            for sheet, cells in read_cells(self._path).items()
            for at, cell in cells.items()
            if cell.formula is not None
        }

    @cached_property
    def _linked(self) -> dict[str, Place]:
        """The places of the Registry by the formula that stands there."""
        return {
            formula: place for place, formula in self._formulas.items() if place[0] == "Registry"
        }

    def typed(self, key: str) -> Typed:
        """What the report was issued with in a cell; None where it is blank."""
        line, index = self.spots[key]
        value = self.asked.solved.values[line][index]
        if isinstance(value, str):
            return value or None
        return None if math.isnan(value) else float(value)

    def in_file(self, edits: Mapping[str, Typed]) -> Iterator[Edit]:
        """The edits as they are typed, each in the cell to which the Registry leads."""
        for key, value in edits.items():
            yield Edit(*self.place(key), value)

    def place(self, key: str) -> Place:
        """Where a typed cell stands, by the Registry of the file alone."""
        line, index = self.spots[key]
        for listed, offset in self._names(key, line, index):
            field = self._registry.listed.get(listed)
            if field is not None and field.place is not None:
                sheet, row, col, last_row, _ = field.place
                down = row != last_row
                row, col = (row + offset, col) if down else (row, col + offset)
                return sheet, f"{get_column_letter(col + 1)}{row + 1}"
        remark = self._remark(key)
        if remark is None:
            raise LookupError(f"the Registry does not list {key}")
        return remark.sheet, f"{get_column_letter(remark.first_col + 1)}{remark.first_row + 1}"

    def _remark(self, key: str) -> Ref | None:
        """Where it stands who overrides an input, why and until when."""
        override, _, remark = key.rpartition(".")
        if remark not in REMARKS or override not in self._registry.listed:
            return None
        place: Ref | None = getattr(self._registry.listed[override].remarks, remark)
        return place

    def _names(self, key: str, line: Line, index: tuple[int, ...]) -> Iterator[tuple[str, int]]:
        """The keys under which a cell may be listed, and how many cells behind the first."""
        yield key, 0
        members = self.asked.question.members
        for axis, dim in enumerate(line.dims):
            along = {**members, dim: (f"{{{dim.name}}}",)}
            at = (*index[:axis], 0, *index[axis + 1 :])
            yield next(name for name, where in filled(line, along) if where == at), index[axis]

    def in_question(self, edits: Mapping[str, Typed]) -> Question:
        """The question with the edits in it; all that is typed in the file stays as issued."""
        question, values = self.asked.question, self.asked.solved.values
        typed = [line for line in question.lines if line.expr is None]
        given = {line: np.array(values[line]) for line in typed}
        for key, value in edits.items():
            line, index = self.spots[key]
            given[line][index] = _as_given(line, value)
        links = {line: cells for line, cells in question.links.items() if line not in given}
        return replace(question, given=given, links=links)

    def expected(self, edits: Mapping[str, Typed]) -> dict[Place, Value]:
        """What Python says of the formula cells of the file after the edits.

        The report is laid out anew. Where that gives the file's own formulas, every cell can be
        compared; where tables and charts have come or gone, every cell with a key.
        """
        book = self.asked.laid_out(self.in_question(edits))
        found = dict(formula_cells(book))
        if {place: formula for place, (formula, _) in found.items()} != self._formulas:
            return dict(self._by_key(book, found))
        values = {place: value for place, (_, value) in found.items()}
        return {**values, **dict(self._texts(edits)), **dict(self._counted(edits, found))}

    def _counted(
        self, edits: Mapping[str, Typed], found: Mapping[Place, tuple[str, Value]]
    ) -> Iterator[tuple[Place, Value]]:
        """How many inputs the file says have changed: with texts where it was blank, too."""
        place = "Registry", a1(*CHANGED)
        inputs = dict(self._texts(edits)).keys()
        blank = [
            key
            for key, value in edits.items()
            if isinstance(value, str)
            and self.typed(key) is None
            and key in self._registry.listed
            and self._registry.listed[key].kind in TYPED_KINDS
            and self._linked.get(self._link(key)) in inputs
        ]
        count = found[place][1]
        if blank and isinstance(count, float):
            for at in (place, *(at for at, (text, _) in found.items() if text.startswith(LINKED))):
                yield at, count + len(blank)

    def _by_key(
        self, book: Book, found: Mapping[Place, tuple[str, Value]]
    ) -> Iterator[tuple[Place, Value]]:
        """The values of another layout at the places where the file has the same keys."""
        for key, place in _links(book):
            own = self._registry.listed.get(key)
            if own is not None and own.place is not None:
                for here, there in zip(_within(own.place), _within(place), strict=True):
                    if here in self._formulas:
                        # what is drawn and n/a is an empty cell where it was n/a from the start
                        yield here, found.get(there, ("", "n/a"))[1]

    def _texts(self, edits: Mapping[str, Typed]) -> Iterator[tuple[Place, str]]:
        """What the Registry's links show of texts that were typed where a number belongs.

        To the model such a cell is as good as blank.
        """
        for key, value in edits.items():
            if isinstance(value, str) and self.spots[key].line.unit is not Unit.TEXT:
                link = self._link(key)
                if link in self._linked:
                    yield self._linked[link], value

    def _link(self, key: str) -> str:
        """The Registry's link to the cell of a number."""
        sheet, address = self.place(key)
        cell = f"{quoted_sheet(sheet)}!{address}"
        return f'=IF(ISBLANK({cell}),"",{cell})'


def _as_given(line: Line, value: Typed) -> float | str:
    """What the model makes of what is typed: a text is no number, which a check counts."""
    if line.unit is Unit.TEXT:
        return value if isinstance(value, str) else ""
    if value is None:
        return math.nan
    return MISFIT if isinstance(value, str) else value


def formula_cells(book: Book) -> Iterator[tuple[Place, tuple[str, Value]]]:
    """Every formula of a book with its value, by place."""
    for sheet in book.sheets:
        for cell in sheet.cells:
            if cell.formula:
                at = f"{get_column_letter(cell.col + 1)}{cell.row + 1}"
                value = "" if cell.value is None else cell.value
                yield (sheet.name, at), (cell.formula, value)


def _links(book: Book) -> Iterator[tuple[str, Ref]]:
    """The key of every field of a book, and the cells to which its Registry leads."""
    registry = next(sheet for sheet in book.sheets if sheet.name == "Registry")
    cells = {(cell.row, cell.col): cell for cell in registry.cells}
    for (row, col), cell in cells.items():
        place = place_of(cell.formula) if col == LIVE else None
        if place is not None:
            yield str(cells[row, 0].value), place


def _within(place: Ref) -> list[Place]:
    """The single cells of an area, row by row."""
    return [
        (place.sheet, f"{get_column_letter(col + 1)}{row + 1}")
        for row in range(place.first_row, place.last_row + 1)
        for col in range(place.first_col, place.last_col + 1)
    ]
