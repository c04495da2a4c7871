"""The Changes workbook: valid, recalculated alike, and closing by formula."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.diff.forms.file_content import WorkbookDiff
from reportgen.diff.forms.workbook import changes_book
from reportgen.xlsx.reader import read
from reportgen.xlsx.writer import render, write
from tests.diff.told import BRIDGES, FULL, HOSTILE, NEW, OLD, WORKBOOK
from tests.support import libreoffice
from tests.support.ooxml import validate

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.xlsx.reader import ReadBook


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("changes") / "changes.xlsx"
    write(changes_book(FULL), path)
    return path


@pytest.fixture(scope="module")
def changes(stored: Path) -> ReadBook:
    return read(stored)


def test_every_sort_of_change_has_a_tab(changes: ReadBook) -> None:
    names = [sheet.name for sheet in changes.sheets]
    assert names == ["Summary", "Bridges", "Inputs", "Facts", "Checks", "Numbers", "Workbook"]


def test_every_bridge_has_a_native_waterfall_over_zero(changes: ReadBook) -> None:
    charts = changes.sheet("Bridges").charts
    assert len(charts) == len(BRIDGES)
    assert {len(chart.series) for chart in charts} == {6}


def alike(found: object, expected: object) -> bool:
    if isinstance(expected, float):
        return found == pytest.approx(expected, rel=1e-9, abs=1e-9)
    return found == expected


def test_recalculation_agrees_and_nothing_is_left_unexplained(
    stored: Path, changes: ReadBook, tmp_path: Path
) -> None:
    fresh = read(libreoffice.recalculate([stored], tmp_path)[stored])
    formulas = 0
    for sheet in changes.sheets:
        for place, cell in sheet.cells.items():
            if cell.formula:
                formulas += 1
                again = fresh.sheet(sheet.name).cells[place].value
                assert alike(again, cell.value), (sheet.name, place, again, cell.value)
    assert formulas > 500
    bridges = fresh.sheet("Bridges").cells
    left = [row for (row, col), cell in bridges.items() if cell.value == "Left unexplained"]
    assert [bridges[row, 2].value for row in left] == [0.0] * len(BRIDGES)


def test_text_of_a_file_is_never_a_formula_or_a_link(stored: Path) -> None:
    sheet = openpyxl.load_workbook(stored)["Inputs"]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    (told,) = [cell for cell in cells if str(cell.value).startswith(HOSTILE[:11])]
    assert told.data_type == "s"
    assert not any(cell.hyperlink for cell in cells)
    formula = openpyxl.load_workbook(stored)["Workbook"]["E4"]
    assert (formula.value, formula.data_type) == ("=E45*(1+r)", "s")


def test_the_workbook_is_valid(stored: Path) -> None:
    assert validate([stored]) == []


def test_the_same_diff_is_the_same_bytes() -> None:
    assert render(changes_book(FULL)) == render(changes_book(FULL))


def test_foreign_files_give_a_summary_and_their_changes(tmp_path: Path) -> None:
    path = tmp_path / "changes.xlsx"
    write(changes_book(WorkbookDiff(OLD.path, NEW.path, WORKBOOK, ("cells only",))), path)
    book = read(path)
    assert [sheet.name for sheet in book.sheets] == ["Summary", "Workbook"]
    assert book.sheet("Summary").cells[1, 0].value == "cells only"
