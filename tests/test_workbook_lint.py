"""Our judge of workbooks finds each fault when it is planted, and nothing in a sound workbook."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support import ooxml
from tests.support.workbook_lint import lint, lint_house_rules

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Plant = Callable[[str, str, str], Path]

BOOK = "xl/workbook.xml"
SHEET = "xl/worksheets/sheet1.xml"
SECOND_SHEET = "xl/worksheets/sheet2.xml"
STYLES = "xl/styles.xml"
TEXTS = "xl/sharedStrings.xml"
TABLE = "xl/tables/table1.xml"
CHART = "xl/charts/chart1.xml"


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook that uses everything the linter looks at, as XlsxWriter writes it."""
    path = tmp_path_factory.mktemp("lint") / "sound.xlsx"
    book = xlsxwriter.Workbook(path)
    inputs = book.add_worksheet("Inputs")
    notes = book.add_worksheet("Prices & targets")
    percent = book.add_format({"num_format": '0.0%;-0.0%;"none; [x]"'})
    inputs.set_column("A:A", 20)
    inputs.write_string("A1", "Growth")
    inputs.write_number("B1", 0.1, percent)
    inputs.write_number("C1", 3)
    inputs.write_formula("B2", '=IFERROR(cost_of_equity*(1+C1),"n/a")', percent, 0.4)
    inputs.write_formula("B3", "='Prices & targets'!A2/12+_xlfn.STDEV.S(B1:B2)", percent, 0.2)
    inputs.write_formula("B4", "=SUM(B1:INDEX(B1:B3,2))", percent, 0.5)
    inputs.write_boolean("B5", boolean=True)
    inputs.merge_range("A7:B7", "Title")
    inputs.merge_range("A8:B8", "Title")
    inputs.data_validation("C1", {"validate": "list", "source": ["on", "off"]})
    inputs.conditional_format("B1:B3", {"type": "formula", "criteria": "=$B1>0", "format": percent})
    inputs.print_area("A1:C8")
    inputs.repeat_rows(0)
    book.define_name("cost_of_equity", "=Inputs!$B$1")
    notes.add_table(
        "A1:B3", {"columns": [{"header": "Date"}, {"header": "Close"}], "name": "Closes"}
    )
    notes.write_formula("D1", "=SUM(Closes[Close])", None, 0)
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "='Prices & targets'!$B$2:$B$3"})
    notes.insert_chart("D4", chart)
    book.close()
    return path


@pytest.fixture
def plant(sound: Path, tmp_path: Path) -> Plant:
    """Makes a copy of the sound workbook in one part of which every `before` reads `after`."""

    def planted(part: str, before: str, after: str) -> Path:
        faulty = tmp_path / "faulty.xlsx"
        with zipfile.ZipFile(sound) as source, zipfile.ZipFile(faulty, "w") as target:
            for name in source.namelist():
                content = source.read(name).decode()
                if name == part:
                    assert before in content, f"{before!r} is not in {part}"
                    content = content.replace(before, after)
                target.writestr(name, content)
        return faulty

    return planted


def test_a_sound_workbook_has_no_fault(sound: Path) -> None:
    assert lint(sound) == []
    assert lint_house_rules(sound) == []


B2 = 'IFERROR(cost_of_equity*(1+C1),"n/a")'
FAULTS = [
    ("illegal name", BOOK, 'name="cost_of_equity"', 'name="fy2026"'),
    ("illegal name", BOOK, 'name="cost_of_equity"', 'name="r1c1"'),
    ("illegal name", BOOK, 'name="cost_of_equity"', 'name="C"'),
    ("illegal name", BOOK, 'name="cost_of_equity"', 'name="cost of equity"'),
    ("illegal name", BOOK, 'name="cost_of_equity"', 'name="12m"'),
    (
        "duplicate name",
        BOOK,
        "</definedNames>",
        '<definedName name="Cost_of_equity">Inputs!$B$1</definedName></definedNames>',
    ),
    ("duplicate name", BOOK, 'name="cost_of_equity"', 'name="closes"'),
    ("print area", BOOK, "Inputs!$A$1:$C$8", "'Prices &amp; targets'!$A$1:$C$8"),
    ("print area", BOOK, "Inputs!$A$1:$C$8", "Inputs!$A$8:$C$1"),
    ("print area", BOOK, 'Print_Titles" localSheetId="0"', 'Print_Titles" localSheetId="7"'),
    ("no visible sheet", BOOK, 'sheetId="', 'state="hidden" sheetId="'),
    ("active sheet", BOOK, "<workbookView ", '<workbookView activeTab="2" '),
    ("active sheet", BOOK, 'sheetId="1"', 'sheetId="1" state="hidden"'),
    ("duplicate sheet", BOOK, 'name="Prices &amp; targets"', 'name="INPUTS"'),
    ("illegal sheet name", BOOK, 'name="Inputs"', 'name="In/puts"'),
    ("illegal sheet name", BOOK, 'name="Inputs"', f'name="{"I" * 32}"'),
    ("order", SHEET, '<c r="C1">', '<c r="B1"><v>1</v></c><c r="C1">'),
    ("order", SHEET, '<c r="C1">', '<c r="D1"><v>1</v></c><c r="C1">'),
    ("order", SHEET, '<row r="7"', '<row r="5"'),
    ("address", SHEET, '<c r="C1">', '<c r="C2">'),
    ("address", SHEET, '<c r="C1">', '<c r="ZZZ1">'),
    ("not a number", SHEET, "<v>3</v>", "<v>NaN</v>"),
    ("not a number", SHEET, "<v>3</v>", "<v>1e999</v>"),
    ("not a number", SHEET, "<v>0.4</v>", "<v>n/a</v>"),
    ("not a boolean", SHEET, 't="b"><v>1', 't="b"><v>TRUE'),
    ("shared text", SHEET, 't="s"><v>1<', 't="s"><v>9<'),
    ("format", SHEET, '<c r="C1">', '<c r="C1" s="9">'),
    ("long text", TEXTS, "Growth", "g" * 32_768),
    (
        "long text",
        SHEET,
        '<c r="C1"><v>3</v>',
        f'<c r="C1" t="inlineStr"><is><t>{"g" * 32_768}</t></is>',
    ),
    ("merge", SHEET, 'ref="A8:B8"', 'ref="B7:B8"'),
    ("merge", SHEET, 'ref="A8:B8"', 'ref="A8"'),
    ("validation", SHEET, '"on,off"', f'"{",".join(["on"] * 100)}"'),
    ("validation", SHEET, 'sqref="C1"', f'promptTitle="{"t" * 33}" sqref="C1"'),
    ("column", SHEET, "</cols>", '<col min="1" max="2" width="9"/></cols>'),
    ("column", SHEET, 'width="20.7109375"', 'width="256"'),
    ("conditional format", SHEET, 'dxfId="0"', 'dxfId="4"'),
    ("number format", STYLES, "none; [x]&quot;", "none; [x]"),
    ("number format", STYLES, "-0.0%;", "-0.0%[;"),
    ("number format", STYLES, "-0.0%;", "-0.0%;;;"),
    ("table", TABLE, 'name="Close"', 'name="date"'),
    ("table", TABLE, 'name="Close"', 'name="Last"'),
    ("table", TABLE, 'ref="A1:B3" totals', 'ref="A1:C3" totals'),
    ("formula", SHEET, B2, "=A1"),
    ("formula", SHEET, B2, "1+*2"),
    ("formula", SHEET, B2, "SUM(A1"),
    ("formula", SHEET, B2, "SUM(A1;B1)"),
    ("formula", SHEET, B2, "XFE1+1"),
    ("formula", SHEET, B2, f"1{'+1' * 4_096}"),
    ("formula", SHEET, "$B1&gt;0", "$B1&gt;"),
    ("formula", BOOK, "Inputs!$B$1<", "<"),
    ("function", SHEET, "_xlfn.STDEV.S", "STDEV.S"),
    ("function", SHEET, "IFERROR(", "IFEROR("),
    ("unknown sheet", SHEET, "'Prices &amp; targets'!A2", "'Prices'!A2"),
    ("unknown sheet", CHART, "'Prices &amp; targets'!$B$2", "Prices!$B$2"),
    ("unknown name", SHEET, "cost_of_equity", "cost_of_debt"),
    ("unknown name", SECOND_SHEET, "Closes[Close]", "Opens[Close]"),
    ("lost reference", SHEET, "(1+C1)", "(1+#REF!)"),
    ("lost reference", BOOK, "Inputs!$B$1<", "#REF!<"),
]


@pytest.mark.parametrize(("rule", "part", "before", "after"), FAULTS)
def test_a_planted_fault_is_found(
    plant: Plant, rule: str, part: str, before: str, after: str
) -> None:
    assert rule in {finding.rule for finding in lint(plant(part, before, after))}


HOUSE_FAULTS = [
    ("volatile", B2, "OFFSET(B1,1,0)"),
    ("volatile", B2, "TODAY()"),
    ("constant", B2, "B1*0.35"),
    ("external link", B2, "[1]Sheet1!A1"),
    ("long formula", B2, f"1{'+1' * 125}"),
    ("error value", '<c r="C1"><v>3</v>', '<c r="C1" t="e"><v>#N/A</v>'),
    ("no cached value", "<v>0.4</v>", ""),
]


@pytest.mark.parametrize(("rule", "before", "after"), HOUSE_FAULTS)
def test_what_the_house_forbids_is_found(plant: Plant, rule: str, before: str, after: str) -> None:
    findings = lint_house_rules(plant(SHEET, before, after))
    assert [finding.rule for finding in findings] == [rule]


def test_numbers_that_say_themselves_what_they_are_may_stand_in_formulas(
    plant: Plant,
) -> None:
    assert lint_house_rules(plant(SHEET, B2, "B1/100+12*2-1000+0+1%")) == []


def test_an_autofilter_over_a_table_is_found(plant: Plant) -> None:
    filtered = '</sheetData><autoFilter ref="B1:C3"/>'
    findings = lint(plant(SECOND_SHEET, "</sheetData>", filtered))
    assert [finding.rule for finding in findings] == ["table"]


def test_a_merge_inside_a_table_is_found(plant: Plant) -> None:
    merge = '</sheetData><mergeCells count="1"><mergeCell ref="A2:B2"/></mergeCells>'
    findings = lint(plant(SECOND_SHEET, "</sheetData>", merge))
    assert [finding.rule for finding in findings] == ["merge"]


def test_the_schema_validator_accepts_a_sound_workbook_and_refuses_a_faulty_one(
    sound: Path, plant: Plant
) -> None:
    faulty = plant(SHEET, "<sheetData>", "<rows/><sheetData>")
    assert ooxml.validate([sound]) == []
    assert [fault.part for fault in ooxml.validate([sound, faulty])] == [
        "/xl/worksheets/sheet1.xml"
    ]


def test_the_schema_validator_refuses_what_is_no_workbook(tmp_path: Path) -> None:
    text = tmp_path / "text.xlsx"
    text.write_text("no workbook")
    assert [fault.file for fault in ooxml.validate([text])] == ["text.xlsx"]
