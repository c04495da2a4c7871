"""Workings and What-ifs on a screen: whole words, every column headed, blocks that fold away."""

from __future__ import annotations

import re
from functools import cache
from textwrap import wrap
from typing import TYPE_CHECKING

import pytest

from tests.report.conftest import built

if TYPE_CHECKING:
    from reportgen.xlsx.book import Cell, Sheet

PACKS = ("baba", "bare")
TABS = ("What-ifs", "Workings")
CAPTIONS = {"header", "header_left", "section", "band"}
BASE, FIRST = 3, 4  # columns of What-ifs: the cell as it stands, and the first what-if


@cache
def rows_of(pack: str, title: str) -> dict[int, dict[int, Cell]]:
    rows: dict[int, dict[int, Cell]] = {}
    for cell in tab(pack, title).cells:
        rows.setdefault(cell.row, {})[cell.col] = cell
    return rows


def tab(pack: str, title: str) -> Sheet:
    return next(sheet for sheet in built(pack).book.sheets if sheet.name == title)


def blocks(pack: str, title: str) -> list[dict[int, dict[int, Cell]]]:
    """The rows of each block, from its title to its last."""
    rows = rows_of(pack, title)
    return [
        {row: rows[row] for row in range(group.first - 1, group.last + 1) if row in rows}
        for group in tab(pack, title).groups
    ]


@pytest.mark.parametrize("title", TABS)
@pytest.mark.parametrize("pack", PACKS)
def test_every_number_stands_in_a_block_below_a_caption(pack: str, title: str) -> None:
    below = {row for block in blocks(pack, title) for row in block}
    for row, cells in rows_of(pack, title).items():
        assert row in below or not any(cell.formula for cell in cells.values())
    for block in blocks(pack, title):
        heads = {
            col
            for cells in block.values()
            for col, cell in cells.items()
            if cell.style in CAPTIONS and isinstance(cell.value, str)
        }
        frozen = rows_of(pack, title).get(2, {})
        for cells in block.values():
            for col, cell in cells.items():
                assert col in heads or col in frozen or not cell.formula, (cell, block)


@pytest.mark.parametrize("title", TABS)
@pytest.mark.parametrize("pack", PACKS)
def test_words_stand_whole(pack: str, title: str) -> None:
    sheet = tab(pack, title)
    widths = {
        col: part.width for part in sheet.column_widths for col in range(part.first, part.last + 1)
    }
    for row, cells in rows_of(pack, title).items():
        for col, cell in cells.items():
            is_beside_another = col + 1 in cells and cells[col + 1].value is not None
            if isinstance(cell.value, str) and row > 1 and is_beside_another:
                style = built(pack).book.styles[cell.style]
                if not style.wrap:
                    assert len(cell.value) <= widths[col], cell
                elif row in sheet.row_heights:  # any other grows with its text
                    lines = len(wrap(cell.value, int(widths[col])))
                    assert lines * 13 <= sheet.row_heights[row], cell


@pytest.mark.parametrize("pack", PACKS)
def test_a_row_of_what_ifs_shows_the_cell_as_it_stands(pack: str) -> None:
    book = built(pack).book
    stored = {
        (sheet.name, cell.row, cell.col): cell.value
        for sheet in book.sheets
        for cell in sheet.cells
    }
    names = dict(book.names)
    moved = 0
    for block in blocks(pack, "What-ifs"):
        (_, head), *rows = block.items()
        assert all(cell.value for col, cell in head.items() if col >= FIRST)
        for _, cells in rows:
            (sheet, col, row) = place(cells[BASE].formula, names)
            value = cells[BASE].value
            typed = stored.get((sheet, row, col))
            assert value == typed or (typed is None and value in {"n/a", ""}), cells[BASE]
            moved += any(cell.value != value for at, cell in cells.items() if at >= FIRST)
            assert max(cells) <= max(head)
    assert moved


def place(formula: str, names: dict[str, str]) -> tuple[str, int, int]:
    """The cell that a formula shows, by its first reference."""
    for name, at in names.items():
        if formula == f"={name}":
            formula = at
    found = re.search(r"(?:'([^']+)'|(\w+))!\$?([A-Z]+)\$?(\d+)", formula)
    assert found, formula
    quoted, bare, letters, row = found.groups()
    col = 0
    for letter in letters:
        col = 26 * col + ord(letter) - ord("A") + 1
    return quoted or bare, col - 1, int(row) - 1
