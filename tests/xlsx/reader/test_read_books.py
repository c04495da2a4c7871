"""Whole workbooks as XlsxWriter, openpyxl and LibreOffice write them."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING

import openpyxl
import pytest
import xlsxwriter

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.reader.records import (
    CellError,
    ReadBook,
    ReadFilter,
    ReadTable,
    Wanted,
    serial_date,
)
from reportgen.xlsx.reader.workbook import read, read_values
from tests.support import libreoffice
from tests.xlsx.compare.rich_book import FORMULAS, write_rich_book
from tests.xlsx.reader.raw_book import (
    MAIN,
    OFFICE,
    PACKAGE,
    XML,
    pack,
    parts,
    relationships_xml,
    sheet_xml,
    strict,
)

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


def test_validations_on_other_sheets_in_the_extension_are_read(tmp_path: Path) -> None:
    space = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
    extension = (
        f'<extLst><ext uri="x"><x14:dataValidations xmlns:x14="{space}" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>Other!$A$1:$A$3</xm:f></x14:formula1>'
        "<xm:sqref>B2:B4</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst>"
    )
    path = pack(tmp_path / "a.xlsx", parts(sheet=sheet_xml("", extension)))
    (rule,) = read(path).sheets[0].validations
    assert (rule.areas, rule.rule, rule.formulas) == (
        (Area(1, 1, 3, 1),),
        "list",
        ("Other!$A$1:$A$3",),
    )


def test_macros_and_links_to_other_files_are_told_and_not_touched(tmp_path: Path) -> None:
    content: dict[str, str | bytes] = {
        **parts(),
        "xl/vbaProject.bin": b"\0",
        "xl/externalLinks/externalLink1.xml": "<broken",
    }
    first, second = read(pack(tmp_path / "a.xlsm", content)).warnings
    assert first == "contains macros, which were not run"
    assert second == "links to other files, which were not opened"


# What acts: a part, the kinds of links that lead to such a part by whatever name, what is told
ACTIVE = [
    ("xl/vbaProject.bin", "vbaProject", "contains macros, which were not run"),
    ("xl/macrosheets/sheet1.xml", "xlMacrosheet xlIntlMacrosheet",
     "contains Excel 4.0 macros, which were not run"),
    ("xl/connections.xml", "connections queryTable",
     "contains queries to other sources, which were not run"),
    ("xl/volatileDependencies.xml", "volatileDependencies",
     "contains live feeds from other programs, which were not asked"),
    ("xl/embeddings/oleObject1.bin", "oleObject package",
     "contains embedded objects, which were not opened"),
    ("xl/activeX/activeX1.xml", "control", "contains ActiveX controls, which were not run"),
    ("customUI/customUI14.xml", "extensibility",
     "contains buttons of its own, which were not run"),
    ("xl/webextensions/taskpanes.xml", "webextension webextensiontaskpanes",
     "contains add-ins, which were not run"),
]  # fmt: skip
LINKED = f'<externalLink xmlns="{MAIN}" xmlns:r="{OFFICE}">{{}}</externalLink>'
BEYOND = f'{XML}<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1"'
BEYOND += f' Type="{OFFICE}/{{}}" Target="{{}}" TargetMode="External"/></Relationships>'


@pytest.mark.parametrize(
    ("added", "told"),
    [
        (
            {
                "xl/externalLinks/externalLink1.xml": LINKED.format(
                    '<ddeLink ddeService="cmd" ddeTopic="/c calc"/>'
                )
            },
            'contains links to other programs (DDE) ("cmd|/c calc"), which were not started',
        ),
        (
            {
                "xl/externalLinks/externalLink1.xml": LINKED.format('<externalBook r:id="rId1"/>'),
                "xl/externalLinks/_rels/externalLink1.xml.rels": BEYOND.format(
                    "externalLinkPath", "file:///C:/other.xlsx"
                ),
            },
            'links to other files ("file:///C:/other.xlsx"), which were not opened',
        ),
        (
            {"xl/drawings/_rels/drawing1.xml.rels": BEYOND.format("image", "http://host/a.png")},
            'shows pictures from elsewhere ("http://host/a.png"), which were not fetched',
        ),
        (
            {"xl/_rels/any.xml.rels": BEYOND.format("attachedTemplate", "http://host/a.xltm")},
            'reaches for what lies elsewhere ("http://host/a.xltm"), which was not opened',
        ),
        *(({part: ""}, told) for part, _, told in ACTIVE),
        *(
            ({"_rels/any.xml.rels": relationships_xml(("rId1", kind, "hidden.bin"))}, told)
            for _, kinds, told in ACTIVE
            for kind in kinds.split()
        ),
    ],
)
def test_whatever_acts_or_reaches_beyond_the_file_is_told(
    tmp_path: Path, added: dict[str, str], told: str
) -> None:
    (warning,) = read(pack(tmp_path / "a.xlsx", {**parts(), **added})).warnings
    assert warning == told


@pytest.mark.parametrize(
    ("formula", "calls"),
    [
        ("cmd|&apos;/c calc&apos;!A0", True),
        ("SUM(A1,MSEXCEL|&apos;/c calc&apos;!A0)", True),
        ("A1&amp;&quot; | of &quot;&amp;A2", False),
        ("IF(A1=&quot;a|b&quot;,1,2)", False),
    ],
)
def test_a_formula_that_calls_another_program_is_told(
    tmp_path: Path, formula: str, *, calls: bool
) -> None:
    row = f'<row r="1"><c r="A1"><f>{formula}</f><v>1</v></c></row>'
    path = pack(tmp_path / "a.xlsx", parts(row))
    for book in (read(path), read(path, cells_only=True, wanted={"": Wanted(formulas=False)})):
        told = [one for one in book.warnings if "formulas that call other programs" in one]
        assert len(told) == calls


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


@pytest.mark.parametrize(("calls", "told"), [(3, ""), (4, ", 1 more"), (101, ", 97 more")])
def test_of_many_formulas_that_call_other_programs_the_first_are_named(
    tmp_path: Path, calls: int, told: str
) -> None:
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><f>cmd|&apos;{n:03}&apos;!A0</f><v>1</v></c></row>'
        for n in range(1, calls + 1)
    )
    (warning,) = read(pack(tmp_path / "a.xlsx", parts(rows))).warnings
    names = ", ".join(f"\"cmd|'00{n}'!A0\"" for n in range(1, 4))
    assert warning == (
        f"holds formulas that call other programs ({names}{told}), which were not started"
    )


def test_a_plain_link_to_a_page_is_no_warning(tmp_path: Path) -> None:
    added = {"xl/worksheets/_rels/sheet1.xml.rels": BEYOND.format("hyperlink", "https://a.org/")}
    assert read(pack(tmp_path / "a.xlsx", {**parts(), **added})).warnings == ()


def test_a_strict_workbook_is_read_like_any_other(rich: ReadBook, rich_path: Path) -> None:
    with zipfile.ZipFile(rich_path) as package:
        content = {name: package.read(name).decode() for name in package.namelist()}
    assert read(pack(rich_path.with_name("strict.xlsx"), strict(content))) == rich


def test_protection_filters_tables_and_settings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        sheet.protect("secret", {"sort": True, "objects": True, "select_locked_cells": False})
        sheet.autofilter("A1:C9")
        sheet.filter_column("B", "x > 5 and x < 9")
        sheet.filter_column_list("C", ["yes", "no"])
        sheet.add_table("E1:F4", {"name": "Targets", "columns": [{"header": "House"}, {}]})
        sheet.set_row(4, 30)
        sheet.set_column("B:C", 40)
        sheet.set_zoom(80)
        sheet.freeze_panes(3, 1)
        sheet.set_landscape()
    sheet = read(path).sheets[0]
    assert sheet.protection == (
        "locked: cells, scenarios, choice of locked cells; with a password; allowed: sort"
    )
    assert sheet.filters == (
        ReadFilter(
            Area(0, 0, 8, 2), ((1, "customFilters and=1 greaterThan 5, lessThan 9"), (2, LISTED))
        ),
        ReadFilter(Area(0, 4, 3, 5), ()),
    )
    assert sheet.tables == (ReadTable("Targets", Area(0, 4, 3, 5), ("House", "Column2")),)
    assert sheet.heights == {4: 30.0}
    assert [(one.first, one.last) for one in sheet.columns] == [(1, 2)]
    assert dict(sheet.settings) == {
        "zoom": "80",
        "frozen rows": "3",
        "frozen columns": "1",
        "page": "landscape",
    }


LISTED = "filters no, yes"


def test_options_of_charts_are_read_where_they_are_not_the_usual_ones(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("S")
        for options in ({}, {"data_labels": {"value": True}, "trendline": {"type": "linear"}}):
            chart = book.add_chart({"type": "column"})
            chart.add_series({"values": "=S!$A$1:$A$9", "gap": 20 if options else 150, **options})
            if options:
                chart.set_y_axis(
                    {"name": "USD", "min": 0, "max": 10.5, "log_base": 10, "num_format": "0.0"}
                )
                chart.set_x_axis({"reverse": True, "major_gridlines": {"visible": True}})
                chart.set_legend({"none": True})
                chart.show_blanks_as("zero")
            sheet.insert_chart(20 if options else 0, 0, chart)
    plain, chosen = read(path).sheets[0].charts
    assert dict(plain.options) == {"value axis major gridlines": "yes"}
    assert dict(chosen.options) == {
        "blanks shown as": "zero",
        "legend": "none",
        "gap between bars": "20",
        "category axis direction": "maxMin",
        "category axis major gridlines": "yes",
        "value axis title": "USD",
        "value axis from": "0",
        "value axis to": "10.5",
        "value axis log scale of base": "10",
        "value axis format": "0.0",
        "value axis major gridlines": "yes",
        "series 1 labels": "showVal",
        "series 1 trend": "linear",
    }


@pytest.mark.parametrize(
    "after",
    [
        '<autoFilter/><mergeCells><mergeCell ref="nowhere"/></mergeCells>',
        '<conditionalFormatting sqref="A1"><cfRule dxfId=""/></conditionalFormatting>',
        '<hyperlinks><hyperlink ref=""/></hyperlinks>',
        '<dataValidations><dataValidation type="list" sqref="#REF!"/></dataValidations>',
    ],
)
def test_rules_that_cannot_be_read_do_not_keep_the_cells_from_being_read(
    tmp_path: Path, after: str
) -> None:
    cell = '<row r="1"><c r="A1"><v>1</v></c></row>'
    path = pack(tmp_path / "a.xlsx", parts(sheet=sheet_xml(cell, after)))
    assert read(path).sheets[0].cells[0, 0].value == 1.0


def test_a_workbook_that_the_package_does_not_name_is_found(tmp_path: Path) -> None:
    content = parts('<row r="1"><c r="A1"><v>1</v></c></row>')
    del content["_rels/.rels"]
    assert read(pack(tmp_path / "a.xlsx", content)).sheets[0].cells[0, 0].value == 1.0
