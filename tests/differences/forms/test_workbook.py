"""The Changes workbook: valid, recalculated alike, and closing by formula."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.attribution.records import Bar, Bridge, Method
from reportgen.differences.forms.bridge_sheet import BLOCK, HEIGHT, LONGEST
from reportgen.differences.forms.content import SAME, SAME_FILES, WorkbookDiff
from reportgen.differences.forms.sheets import WIDEST, Shown, fitted
from reportgen.differences.forms.workbook import changes_book
from reportgen.differences.records import Headline, ReportDiff
from reportgen.report.axes import FEW
from reportgen.xlsx.reader.workbook import read
from reportgen.xlsx.writer.workbook import render, write
from tests.differences.told import BRIDGES, FULL, HOSTILE, NEW, OLD, WORKBOOK
from tests.support import libreoffice
from tests.support.ooxml import validate

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.xlsx.book import Sheet
    from reportgen.xlsx.reader.records import ReadBook


def steps(old: float, *amounts: float) -> Bridge:
    bars = tuple(Bar(f"p{n}", f"Player {n}", "growth", by) for n, by in enumerate(amounts))
    return Bridge("x", "X", "USD per share", old, old + sum(amounts), bars, "exact", 8)


# Below zero, across it both ways, and as many bars as are drawn, one more, and two more
STEPS = (
    steps(-10.0, 4.0, -3.0, 12.0, -20.0),
    steps(10.0, -4.0, 0.006, -20.0, 30.0),
    steps(100.0, *[1.0, -0.5] * 6, 0.004),
    steps(100.0, *[1.0, -0.5] * 6, 0.25),
    steps(100.0, *[1.0, -0.5] * 7),
)
DRAWN = (*BRIDGES, *STEPS)


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("changes") / "changes.xlsx"
    write(changes_book(replace(FULL, bridges=DRAWN)), path)
    return path


@pytest.fixture(scope="module")
def changes(stored: Path) -> ReadBook:
    return read(stored)


def test_every_sort_of_change_has_a_tab(changes: ReadBook) -> None:
    names = [sheet.name for sheet in changes.sheets]
    assert names == ["Summary", "Bridges", "Inputs", "Facts", "Checks", "Numbers", "Workbook"]


def test_every_bridge_has_a_native_waterfall_over_zero(changes: ReadBook) -> None:
    charts = changes.sheet("Bridges").charts
    assert len(charts) == len(DRAWN)
    assert {len(chart.series) for chart in charts} == {6}


def test_bars_beyond_those_that_are_drawn_share_one(changes: ReadBook) -> None:
    texts = [str(cell.value) for cell in changes.sheet("Bridges").cells.values()]
    assert [text for text in texts if " others " in text][len(BRIDGES) :] == ["2 others +0.50"]
    assert sum(text.startswith("Player 12 +0.25") for text in texts) == 1


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
    assert [bridges[row, 2].value for row in left] == [0.0] * len(DRAWN)


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


def cells(book: ReadBook, tab: str) -> set[object]:
    return {cell.value for cell in book.sheet(tab).cells.values()}


def stored_as(diff: ReportDiff | WorkbookDiff, path: Path) -> ReadBook:
    write(changes_book(diff), path)
    return read(path)


def test_only_what_there_is_has_a_tab(tmp_path: Path) -> None:
    same = ReportDiff(OLD, OLD, FULL.headlines[:0])
    book = stored_as(same, tmp_path / "same.xlsx")
    assert [sheet.name for sheet in book.sheets] == ["Summary"]
    assert SAME in cells(book, "Summary")
    facts = stored_as(ReportDiff(OLD, NEW, facts=FULL.facts), tmp_path / "facts.xlsx")
    assert [sheet.name for sheet in facts.sheets] == ["Summary", "Facts"]


def test_two_foreign_files_that_hold_the_same_are_said_to(tmp_path: Path) -> None:
    book = stored_as(WorkbookDiff(OLD.path, NEW.path), tmp_path / "same.xlsx")
    assert SAME_FILES in cells(book, "Summary")


def test_a_rise_from_nothing_has_no_percentage(tmp_path: Path) -> None:
    diff = ReportDiff(OLD, NEW, (Headline("launch.value", "Launch", "USD per share", 0.0, 1.5),))
    row = stored_as(diff, tmp_path / "zero.xlsx").sheet("Summary").cells
    found = next(place for place, cell in row.items() if cell.value == "Launch")[0]
    assert [row[found, col].value for col in (2, 3, 4, 5)] == [0.0, 1.5, 1.5, "n/a"]


@pytest.mark.parametrize(
    ("method", "captions"),
    [("sequential", ("Low", "High")), ("sampled", ("Std. error",)), ("exact", ())],
)
def test_doubts_of_bars_have_columns_of_their_own(
    tmp_path: Path, method: Method, captions: tuple[str, ...]
) -> None:
    bar = Bar("price", "Price", "price", -13.13, -14.0, -12.0, 0.25)
    bridge = Bridge("x", "Price", "USD per share", 170.43, 157.30, (bar,), method, 2)
    book = stored_as(ReportDiff(OLD, NEW, bridges=(bridge,)), tmp_path / "doubts.xlsx")
    found = cells(book, "Bridges") & {"Low", "High", "Std. error"}
    assert found == set(captions)


def test_a_bridge_without_bars_says_why_on_the_summary(tmp_path: Path) -> None:
    bridge = Bridge("x", "Bull", "USD per share", None, 1.0, (), "exact", 0, "old is n/a")
    book = stored_as(ReportDiff(OLD, NEW, bridges=(bridge,)), tmp_path / "none.xlsx")
    assert "Bull: old is n/a" in cells(book, "Summary")


def test_a_waterfall_is_right_across_zero(tmp_path: Path) -> None:
    falls = Bar("a", "Falls", "growth", -15.0), Bar("b", "Rises", "growth", 8.0)
    bridge = Bridge("x", "Bear", "USD per share", 10.0, 3.0, falls, "exact", 4)
    row = stored_as(ReportDiff(OLD, NEW, bridges=(bridge,)), tmp_path / "zero.xlsx")
    found = row.sheet("Bridges").cells
    block = [[found[row, col].value for col in range(20, 26)] for row in range(5, 9)]
    assert block == [
        [0.0, 10.0, 0.0, 0.0, 0.0, 0.0],
        [0.0, 0.0, 0.0, 0.0, 10.0, -5.0],
        [0.0, 0.0, 3.0, -5.0, 0.0, 0.0],
        [0.0, 3.0, 0.0, 0.0, 0.0, 0.0],
    ]


def test_bars_lie_so_that_their_names_are_read_and_none_is_too_small_to_be_seen(
    tmp_path: Path,
) -> None:
    name = "Growth: International digital commerce, base"
    causes = Bar("a", name, "growth", -15.0), Bar("b", "Diluted shares", "balance sheet", -0.004)
    bridge = Bridge("x", "Bear", "USD per share", 20.0, 4.996, causes, "exact", 4)
    book = stored_as(ReportDiff(OLD, NEW, bridges=(bridge,)), tmp_path / "small.xlsx")
    (chart,) = book.sheet("Bridges").charts
    assert chart.kind == "bar, stacked"
    found = book.sheet("Bridges").cells
    captions = [found[row, 17].value for row in range(5, 8)]
    assert captions == ["Old 20.00", f"{name} -15.00", "New 5.00"]
    assert "Diluted shares" in cells(book, "Bridges")


def bridged(*bridges: Bridge) -> Sheet:
    """The tab of bridges as it is filled."""
    return changes_book(ReportDiff(OLD, NEW, bridges=bridges)).sheets[1]


SMALLEST_SEEN = 0.005


@pytest.mark.parametrize(
    ("amounts", "drawn"),
    [
        ((1.0, SMALLEST_SEEN), ["Player 0 +1.00", "Player 1 +0.01"]),
        ((1.0, -0.0049), ["Player 0 +1.00"]),
        ((1.0, 0.002, 0.003), ["Player 0 +1.00", "2 others +0.01"]),
        ((1.0, 0.002, 0.002), ["Player 0 +1.00"]),
        ((0.004, 0.004), ["2 others +0.01"]),
        (
            (*[1.0] * 12, SMALLEST_SEEN),
            [f"Player {n} +1.00" for n in range(12)] + ["Player 12 +0.01"],
        ),
        (
            (*[1.0] * 13, SMALLEST_SEEN),
            [f"Player {n} +1.00" for n in range(12)] + ["2 others +1.01"],
        ),
    ],
)
def test_a_cause_is_drawn_where_it_would_not_be_told_as_zero(
    amounts: tuple[float, ...], drawn: list[str]
) -> None:
    captions = [cell.value for cell in bridged(steps(100.0, *amounts)).cells if cell.col == BLOCK]
    assert captions[2:-1] == drawn


LONG = f"Growth in {'x' * (LONGEST - 10)}"


@pytest.mark.parametrize(
    ("label", "told"), [(LONG, LONG), (f"{LONG}x", "Growth in…"), ('"A" shares', '"A" shares')]
)
def test_a_caption_is_read_in_the_space_there_is_and_alike_as_a_formula(
    label: str, told: str
) -> None:
    bridge = Bridge("x", "X", "USD per share", 1.0, 3.0, (Bar("a", label, "FX", 2.0),), "exact", 8)
    caption = next(cell for cell in bridged(bridge).cells if cell[:2] == (6, BLOCK))
    quoted = told.replace('"', '""')
    assert caption.value == f"{told} +2.00"
    assert caption.formula.startswith(f'="{quoted} "&TEXT(ROUND(S7,2)')
    assert LONGEST == 52


def test_a_chart_has_its_room_however_few_its_bars_are() -> None:
    few = steps(1.0, 1.0)
    heads = [cell.row for cell in bridged(few, few).cells if cell.value == "X, USD per share"]
    assert heads == [3, 3 + HEIGHT + 3]
    assert HEIGHT == 20


@pytest.mark.parametrize(
    ("old", "new", "shape"),
    [
        (1.0, FEW, "#,##0"),
        (-FEW, 1.0, "#,##0"),
        (1.0, FEW - 1, "#,##0.00"),
    ],
)
def test_an_axis_has_decimals_where_its_amounts_are_small(
    old: float, new: float, shape: str
) -> None:
    (chart,) = bridged(steps(old, new - old)).charts
    assert chart.y_axis.number_format == shape


@pytest.mark.parametrize(
    ("value", "width"),
    [("x" * 10, 13.0), ("x" * 11, 13.0), ("x" * 12, 14.0), ("x" * 87, 89.0), ("x" * 89, 90.0)],
)
def test_a_column_is_widened_for_a_text_and_only_so_far(value: str, width: float) -> None:
    assert fitted([[Shown(1e40), Shown(value)], [Shown(None), Shown("")]], (9.0, 13.0)) == (
        9.0,
        width,
    )
    assert WIDEST == 90.0


def test_columns_are_as_wide_as_the_texts_in_them(stored: Path) -> None:
    sheet = openpyxl.load_workbook(stored)["Inputs"]
    for row in sheet.iter_rows(min_row=4, min_col=2, max_col=3):
        for cell in row:
            width = sheet.column_dimensions[cell.column_letter].width
            assert width >= min(len(str(cell.value or "")), WIDEST)
