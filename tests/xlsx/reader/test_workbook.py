"""Whole workbooks as XlsxWriter, openpyxl and LibreOffice write them."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.reader.records import CellError, ReadBook, Wanted, serial_date
from reportgen.xlsx.reader.workbook import read, read_values
from tests.support import libreoffice
from tests.xlsx.compare.rich_book import FORMULAS, write_rich_book
from tests.xlsx.reader.raw_book import MAIN, OFFICE, XML, pack, parts, relationships_xml, strict

if TYPE_CHECKING:
    from pathlib import Path


SHEETS = ["Model", "Prices & targets"]


@pytest.fixture(scope="module")
def rich_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rich_book(tmp_path_factory.mktemp("rich") / "rich.xlsx")


@pytest.fixture(scope="module")
def rich(rich_path: Path) -> ReadBook:
    return read(rich_path)


def test_formulas_are_read_with_their_cached_values(rich: ReadBook) -> None:
    cells = rich.sheet("model").cells
    read_back = [(cells[row, 2].formula, cells[row, 2].value) for row in range(len(FORMULAS))]
    assert read_back == list(FORMULAS)
    assert isinstance(cells[3, 2].value, CellError)


def test_what_stands_around_the_cells_is_read(rich: ReadBook) -> None:
    model, prices = rich.sheets
    assert [sheet.name for sheet in rich.sheets] == SHEETS
    assert (model.state, prices.state) == ("visible", "hidden")
    assert [(c.first, c.last, c.hidden) for c in model.columns] == [(5, 6, True)]
    assert model.hidden_rows == {20}
    assert model.merges == (Area(24, 0, 24, 3),)
    assert model.comments == {(0, 0): "a note\nof two lines"}
    assert [link.target for link in model.links] == [
        "https://example.org/filing?a=1&b=2",
        "#'Prices & targets'!B2",
    ]
    assert [(rule.rule, rule.formulas) for rule in model.validations] == [
        ("list", ('"10,2,4"',)),
        ("decimal between", ("0", "0.5")),
        ("custom", ("A4>0",)),
    ]
    assert [rule.rule for rule in model.conditional_formats] == [
        "expression",
        "cellIs between",
        "dataBar",
        "containsText text",
    ]
    assert rich.names["cost_of_equity"] == "Model!$A$5"
    assert rich.names["Prices & targets!local"] == "'Prices & targets'!$B$2:$B$9"


def test_charts_are_read_with_their_references(rich: ReadBook) -> None:
    charts = rich.sheet("Model").charts
    assert [(chart.kind, chart.title, chart.anchor) for chart in charts] == [
        ("line", "A line chart", (1, 7)),
        ("scatter", "A scatter chart", (1, 15)),
        ("bar, stacked", "A bar chart", (19, 7)),
    ]
    assert {series for chart in charts for series in chart.series} == {
        (
            "='Prices & targets'!$B$1",
            "'Prices & targets'!$A$2:$A$9",
            "'Prices & targets'!$B$2:$B$9",
        )
    }


def test_number_formats_and_looks_are_read(rich: ReadBook) -> None:
    day = rich.sheet("Model").cells[4, 4]
    head = rich.sheet("Prices & targets").cells[0, 0]
    assert day.number_format == "yyyy-mm-dd"
    assert isinstance(day.value, float)
    assert serial_date(day.value, date_1904=rich.date_1904) == date(2025, 11, 30)
    assert "font.b=yes" in rich.styles[head.style].look
    assert "font.b=yes" not in rich.styles[day.style].look


def test_openpyxl_reads_the_same_values(rich_path: Path) -> None:
    theirs = openpyxl.load_workbook(rich_path, data_only=True)
    for name, ours in read_values(rich_path).items():
        sheet = theirs[name]
        for (row, col), value in ours.items():
            other = sheet.cell(row + 1, col + 1).value
            if not sheet.cell(row + 1, col + 1).is_date:
                assert other == value, (name, row, col)


@pytest.mark.parametrize("program", ["openpyxl", "LibreOffice"])
def test_another_program_saves_what_we_read(
    rich_path: Path, rich: ReadBook, tmp_path: Path, program: str
) -> None:
    if program == "openpyxl":
        saved = tmp_path / "saved.xlsx"
        openpyxl.load_workbook(rich_path).save(saved)
    else:
        saved = libreoffice.recalculate([rich_path], tmp_path)[rich_path]
    book = read(saved)
    assert [sheet.name for sheet in book.sheets] == SHEETS
    for before, after in zip(rich.sheets, book.sheets, strict=True):
        typed = {place: cell.value for place, cell in before.cells.items() if not cell.formula}
        again = {place: after.cells[place].value for place in typed}
        assert again == typed
        assert after.merges == before.merges
        assert after.comments.keys() == before.comments.keys()
        assert [chart.kind for chart in after.charts] == [chart.kind for chart in before.charts]
        assert {c.hidden for c in after.columns} >= {c.hidden for c in before.columns}


@pytest.mark.parametrize(
    ("serial", "date_1904", "day"),
    [
        (45991.0, False, date(2025, 11, 30)),
        (45991.75, False, date(2025, 11, 30)),
        (44529.0, True, date(2025, 11, 30)),
        (1.0, False, date(1900, 1, 1)),
        (59.0, False, date(1900, 2, 28)),
        (60.0, False, date(1900, 2, 28)),  # a 29 February that never was
        (61.0, False, date(1900, 3, 1)),
        (0.0, True, date(1904, 1, 1)),
    ],
)
def test_a_serial_number_is_a_day_in_either_system(
    serial: float, day: date, *, date_1904: bool
) -> None:
    assert serial_date(serial, date_1904=date_1904) == day


def test_the_1904_system_is_recognised(tmp_path: Path) -> None:
    content = parts()
    content["xl/workbook.xml"] = content["xl/workbook.xml"].replace(
        "<sheets>", '<workbookPr date1904="1"/><sheets>'
    )
    assert read(pack(tmp_path / "a.xlsx", content)).date_1904


def test_part_names_may_be_absolute_and_in_any_case(tmp_path: Path) -> None:
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    content["xl/_rels/workbook.xml.rels"] = relationships_xml(
        ("rId1", "worksheet", "/XL/Worksheets/Sheet1.xml")
    )
    content["_rels/.rels"] = relationships_xml(("rId1", "officeDocument", "/xl/Workbook.xml"))
    assert read_values(pack(tmp_path / "a.xlsx", content)) == {"Sheet1": {(0, 0): 1.0}}


def test_a_chart_sheet_is_a_sheet_without_cells(tmp_path: Path) -> None:
    content = parts(sheet=f'{XML}<chartsheet xmlns="{MAIN}" xmlns:r="{OFFICE}"/>')
    (sheet,) = read(pack(tmp_path / "a.xlsx", content)).sheets
    assert sheet.cells == {}


def test_of_cells_alone_what_is_not_wanted_is_passed_over(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" s="0"><v>{n}</v></c><c r="B{n}"><f>A{n}</f><v>{n}</v></c></row>'
        for n in (1, 2, 3, 10, 11, 12)
    )
    path = pack(tmp_path / "a.xlsx", parts(rows))
    asked = Wanted(formulas=False, first_row=2, passed_over=frozenset({1}))
    for wanted in ({"Sheet1": asked}, {"": asked}, {"Sheet1": asked, "": Wanted()}):
        (sheet,) = read(path, cells_only=True, wanted=wanted).sheets
        assert {place: (cell.value, cell.formula) for place, cell in sheet.cells.items()} == {
            **{(n - 1, 0): (n, "") for n in (1, 2, 3, 10, 11, 12)},
            (0, 1): (1, "="),
            (1, 1): (2, "="),
        }
    (sheet,) = read(path, cells_only=True, wanted={"Other": asked}).sheets
    assert sheet.cells[11, 1] == (12, "=A12", "General", 0)
    (sheet,) = read(path, cells_only=True, skipped={"Sheet1"}).sheets
    assert not sheet.cells


def test_a_strict_workbook_is_read_like_any_other(rich: ReadBook, rich_path: Path) -> None:
    with zipfile.ZipFile(rich_path) as package:
        content = {name: package.read(name).decode() for name in package.namelist()}
    assert read(pack(rich_path.with_name("strict.xlsx"), strict(content))) == rich


def test_a_workbook_that_the_package_does_not_name_is_found(tmp_path: Path) -> None:
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    del content["_rels/.rels"]
    assert read(pack(tmp_path / "a.xlsx", content)).sheets[0].cells[0, 0].value == 1.0
