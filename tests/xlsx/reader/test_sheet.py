"""Of a sheet only those cells are read that are wanted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from reportgen.xlsx.book import Book, Cell, Properties, Sheet
from reportgen.xlsx.reader.records import SOME_FORMULA, Wanted
from reportgen.xlsx.reader.workbook import read
from reportgen.xlsx.writer.workbook import write

if TYPE_CHECKING:
    from pathlib import Path


PROPERTIES = Properties(date(2025, 11, 30))


def test_columns_that_are_passed_over_are_left_out_from_their_row_on(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = tuple(Cell(row, col, f"{row} {col}") for row in range(3) for col in range(3))
    write(Book((Sheet("One", cells), Sheet("Two", cells)), PROPERTIES), path)
    wanted = {"One": Wanted(first_row=1, passed_over=frozenset({0, 2}))}
    one, two = read(path, cells_only=True, wanted=wanted).sheets
    assert sorted(one.cells) == [(0, 0), (0, 1), (0, 2), (1, 1), (2, 1)]
    assert len(two.cells) == 9


def test_of_formulas_that_are_not_wanted_it_is_told_that_there_are_some(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = (Cell(0, 0, 1.0), Cell(0, 1, 2.0, "=A1+1"), Cell(0, 2, None, "=B9"))
    write(Book((Sheet("One", cells), Sheet("Two", cells)), PROPERTIES), path)
    wanted = {"": Wanted(formulas=False), "Two": Wanted()}
    one, two = read(path, cells_only=True, wanted=wanted).sheets
    assert [cell.formula for cell in one.cells.values()] == ["", SOME_FORMULA, SOME_FORMULA]
    assert [cell.formula for cell in two.cells.values()] == ["", "=A1+1", "=B9"]
    assert [cell.value for cell in one.cells.values()] == [1.0, 2.0, ""]


def test_sheets_that_are_skipped_are_named_alone(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = (Cell(0, 0, 1.0),)
    write(Book((Sheet("One", cells), Sheet("Two", cells)), PROPERTIES), path)
    one, two = read(path, cells_only=True, skipped=("Two",)).sheets
    assert (len(one.cells), two.name, two.cells) == (1, "Two", {})


def test_cells_alone_are_the_cells_of_the_whole_book(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = (Cell(0, 0, "text"), Cell(0, 1, 2.5), Cell(3, 0, 5.0, "=2*B1"), Cell(4, 2, value=True))
    write(Book((Sheet("One", cells), Sheet("Two", cells[:1])), PROPERTIES), path)
    whole, alone = read(path), read(path, cells_only=True)
    for one, other in zip(whole.sheets, alone.sheets, strict=True):
        assert (one.name, one.state) == (other.name, other.state)
        assert {at: cell[:2] for at, cell in one.cells.items()} == {
            at: cell[:2] for at, cell in other.cells.items()
        }
    assert alone.styles == ()
