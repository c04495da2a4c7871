"""A sheet as cells of text: what is a number in them, and how a file of text spells its own."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from reportgen.errors import ReportgenError
from reportgen.intake.maps.grid import Cell, compared, read_grids, shown

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.intake.maps.grid import Grid

CELLS = {  # what it shows: what is typed, its format, what is read
    "words, without what stands around them": ("  a b ", "General", Cell("a b")),
    "nothing but spaces": ("  ", "General", Cell()),
    "an error": ("#N/A", "General", Cell("#N/A")),
    "a truth is no number": (True, "General", Cell("TRUE")),
    "a number": (1234.5, "#,##0.00", Cell("1234.5", 1234.5)),
    "a long one": (1 / 3, "General", Cell("0.333333333333", 1 / 3)),
    "a share": (0.081, "0.0%", Cell("8.1%", 0.081)),
    "a day": (date(2026, 10, 30), "dd/mm/yyyy", Cell("2026-10-30")),
    "a day that shows as its month": (46325, "mmm-yy", Cell("2026-10-30")),
    "a day that shows as one of a month": (46325, "d/m", Cell("2026-10-30")),
    "letters in quotation marks": (3, '0 "days"', Cell("3", 3)),
    "letters behind a stroke, or as wide as they": (3, r"0\d_y*d", Cell("3", 3)),
    "letters of a colour": (3, "[Red]0;[Yellow]0", Cell("3", 3)),
    "a day beyond all years": (3e6, "yyyy-mm-dd", Cell("3000000", 3e6)),
    "a formula without its value": ("=1+1", "General", Cell(is_open=True)),
}
TALL = 2_000  # rows of the tallest merged area that gives what it holds to each


@pytest.fixture(scope="module")
def sheets(tmp_path_factory: pytest.TempPathFactory) -> tuple[Grid, ...]:
    """A sheet with a cell of each kind, and a hidden one with merged areas."""
    book = Workbook()
    for row, (value, number_format, _) in enumerate(CELLS.values(), start=1):
        cell = book.active.cell(row, 2, value)
        cell.number_format = number_format
    areas = book.create_sheet("Areas")
    areas.sheet_state = "hidden"
    areas.append(["tall", None, "broad", None, "taller"])
    for area in ("A1:A2000", "B1:B3", "C1:D2", "E1:E2001"):
        areas.merge_cells(area)
    path = tmp_path_factory.mktemp("sheets") / "a.dat"  # a workbook whatever it is called
    book.save(path)
    return read_grids(path, lambda _: 0)


def test_a_cell_is_read_as_it_shows(sheets: tuple[Grid, ...]) -> None:
    sheet, _ = sheets
    assert {name: sheet.at(row, 1) for row, name in enumerate(CELLS)} == {
        name: read for name, (*_, read) in CELLS.items()
    }
    held = [row for row, (*_, read) in enumerate(CELLS.values()) if read != Cell()]
    assert sheet.rows == held  # a row of which nothing but a formula is known is among them
    assert (sheet.row(held[-1]), sheet.row(1)) == ({1: ""}, {})
    assert sheet.place(0, 1) == "Sheet!B1"
    assert [(one.name, one.is_hidden) for one in sheets] == [("Sheet", False), ("Areas", True)]
    assert (shown(sheets), shown(sheets[1:])) == ([sheet], sheets[1:])


def test_what_stands_in_a_tall_area_stands_on_each_of_its_rows(sheets: tuple[Grid, ...]) -> None:
    _, areas = sheets
    assert [row for row in range(TALL + 2) if areas.at(row, 0).text == "tall"] == [*range(TALL)]
    assert [areas.at(row, 2).text for row in range(3)] == ["broad", "broad", ""]
    assert (areas.at(0, 3), areas.at(0, 4).text, areas.at(1, 4)) == (Cell(), "taller", Cell())
    assert areas.row(0) == {0: "tall", 2: "broad", 4: "taller"}


@pytest.mark.parametrize(
    ("raw", "rows", "decimal"),
    [
        (b"a, b ,\n\n,c\n", {0: {0: "a", 1: "b"}, 2: {1: "c"}}, "."),
        (b"a;b\n1,5;\n", {0: {0: "a", 1: "b"}, 1: {0: "1,5"}}, None),
        (b"a\tb\n", {0: {0: "a", 1: "b"}}, None),
        ("a,Müller\n".encode("cp1252"), {0: {0: "a", 1: "Müller"}}, "."),
        ("a,Société Générale\n".encode("mac_roman"), {0: {0: "a", 1: "Société Générale"}}, "."),
        ("a,Łódź\n".encode("cp1250"), {0: {0: "a", 1: "Łódź"}}, "."),
    ],
)
def test_a_text_is_one_sheet_in_its_own_letters(
    tmp_path: Path, raw: bytes, rows: dict[int, dict[int, str]], decimal: str | None
) -> None:
    (tmp_path / "a.csv").write_bytes(raw)
    (found,) = read_grids(tmp_path / "a.csv", lambda cells: cells.count("a") * len(cells))
    assert ({row: found.row(row) for row in found.rows}, found.decimal) == (rows, decimal)
    assert (found.name, found.place(2, 1), found.is_hidden) == ("a.csv", "line 3", False)


def test_letters_of_which_nobody_can_be_sure_are_told(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"a,\xe4\xf6\xfc\xe4\n")
    with pytest.raises(ReportgenError, match="what else is not sure; save it as CSV UTF-8"):
        read_grids(tmp_path / "a.csv", len)


@pytest.mark.parametrize(
    ("name", "plain"),
    [(" As\n of", "as of"), ("GRÖẞE", "große"), ("PT  CCY", "pt ccy"), ("Société", "societe")],
)
def test_names_are_compared_without_case_accents_and_line_breaks(name: str, plain: str) -> None:
    assert compared(name) == plain
