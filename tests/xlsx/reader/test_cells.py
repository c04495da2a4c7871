"""What is read from the spellings that different programs use for the same cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.styles.numbers import BUILTIN_FORMATS

from reportgen.xlsx.reader import package
from reportgen.xlsx.reader.limits import UnreadableFile
from reportgen.xlsx.reader.records import CellError
from reportgen.xlsx.reader.shared import BUILT_IN_FORMATS
from reportgen.xlsx.reader.workbook import read, read_values
from tests.xlsx.compare.rich_book import write_rich_book
from tests.xlsx.reader.raw_book import (
    MAIN,
    XML,
    pack,
    parts,
    sheet_xml,
    strict,
    strings_xml,
    write_rows,
)

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.xlsx.reader.records import ReadCell

STRINGS = strings_xml(
    "plain",
    "a &lt; b &amp; c",
    "  blanks kept  ",
    "_x0041_ and _x005F_x0041_",
    "line_x000D_end",
)
RICH = (
    f'{XML}<sst xmlns="{MAIN}"><si><r><t>rich </t></r><r><rPr><b/></rPr><t>text</t></r>'
    "<rPh><t>read aloud</t></rPh></si></sst>"
)

# What openpyxl spells in another way, or not as the standard does
SPELT = {
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_($* #,##0_);_($* (#,##0);_($* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_($* #,##0.00_);_($* (#,##0.00);_($* "-"??_);_(@_)',
    47: "mm:ss.0",
}
# cell's XML, value, formula
SPELLINGS = [
    ('<c r="A1"><v>1.5</v></c>', 1.5, ""),
    ('<c r="A1" t="n"><v>1E-3</v></c>', 0.001, ""),
    ("<c><v>0.1</v></c>", 0.1, ""),
    ('<c r="A1" s="7"><v>-0.30000000000000004</v></c>', -0.30000000000000004, ""),
    ('<c r="A1" t="s"><v>0</v></c>', "plain", ""),
    ('<c r="A1" t="s"><v>1</v></c>', "a < b & c", ""),
    ('<c r="A1" t="s"><v>2</v></c>', "  blanks kept  ", ""),
    ('<c r="A1" t="s"><v>3</v></c>', "A and _x0041_", ""),
    ('<c r="A1" t="s"><v>4</v></c>', "line\rend", ""),
    ('<c r="A1" t="inlineStr"><is><t>in line</t></is></c>', "in line", ""),
    ('<c r="A1" t="inlineStr"><is><r><t>two </t></r><r><t>runs</t></r></is></c>', "two runs", ""),
    ('<c r="A1" t="b"><v>1</v></c>', True, ""),
    ('<c r="A1" t="b"><v>0</v></c>', False, ""),
    ('<c r="A1" t="e"><v>#DIV/0!</v></c>', CellError("#DIV/0!"), ""),
    ('<c r="A1" t="d"><v>2025-11-30T12:00:00Z</v></c>', 45991.5, ""),
    ('<c r="A1"><f>B1*2</f><v>4</v></c>', 4.0, "=B1*2"),
    ('<c r="A1"><f>B1&amp;"&lt;"</f></c>', None, '=B1&"<"'),
    ('<c r="A1" t="str"><f>B1</f><v>n/a</v></c>', "n/a", "=B1"),
    ('<c r="A1" t="str"><f>B1</f><v></v></c>', "", "=B1"),
    ('<c r="A1"><f aca="false">B1</f><v>2</v></c>', 2.0, "=B1"),
    ('<c r="A1"><f>B1</f><v/></c>', None, "=B1"),
    ('<c r="A1" s="0"/>', None, ""),
    ('<c r="A1"><f><![CDATA[IF(B1<2,1,0)]]></f><v>0</v></c>', 0.0, "=IF(B1<2,1,0)"),
    ('<c r="A1"><!-- a remark --><v>3</v></c>', 3.0, ""),
    ("<c r='A1'><v>3</v></c>", 3.0, ""),
    ('<c r="A1"><v>3</v><extLst><ext uri="x"/></extLst></c>', 3.0, ""),
    ('<c r="A1"><v> 3 </v></c>', 3.0, ""),
    ('<c r="A1"><v>&#51;</v></c>', 3.0, ""),
    ('<c r="A1"><v>1<!-- a remark -->2<?mark?>3</v></c>', 123.0, ""),
    ('<c r="A1"><v>1<v:x xmlns:v="other">2</v:x>3</v></c>', 123.0, ""),
    ('<c r="A1" t="b"><v>true</v></c>', True, ""),
    ('<c r="A1" t="b"><v>false</v></c>', False, ""),
    ('<c r="A1" t="inlineStr"/>', "", ""),
    ('<c r="A1" t="inlineStr"><v>in line</v></c>', "in line", ""),
    ('<c r="A1" t="str"/>', "", ""),
    ('<c r="a1"><v>3</v></c>', 3.0, ""),
    ('<c r="A1" t="s"><v></v></c>', None, ""),
    ('<c r="A1" t="b"><v/></c>', None, ""),
    ('<c r="A1" t="e"><v/></c>', None, ""),
    ('<c r="A1" t="d"><v>12:00:00</v></c>', 0.5, ""),
]


def only_cell(path: Path) -> ReadCell:
    (cell,) = read(path).sheets[0].cells.values()
    return cell


@pytest.mark.parametrize(("spelt", "value", "formula"), SPELLINGS)
def test_a_cell_is_read_however_it_is_spelt(
    tmp_path: Path, spelt: str, value: object, formula: str
) -> None:
    path = write_rows(tmp_path / "a.xlsx", f'<row r="1">{spelt}</row>', strings=STRINGS)
    cell = only_cell(path)
    assert (cell.value, type(cell.value), cell.formula) == (value, type(value), formula)


@pytest.mark.parametrize(("spelt", "value", "formula"), SPELLINGS)
def test_a_sheet_with_prefixed_names_is_read_alike(
    tmp_path: Path, spelt: str, value: object, formula: str
) -> None:
    xml = sheet_xml(f'<row r="1">{spelt}</row>')
    for tag in ("worksheet", "sheetData", "row", "c", "v", "f", "is", "t", "r"):
        for opening in ("<", "</"):
            for end in (">", " ", "/>"):
                xml = xml.replace(f"{opening}{tag}{end}", f"{opening}x:{tag}{end}")
    xml = (
        xml.replace("xmlns=", "xmlns:x=").replace("extLst", "x:extLst").replace("<ext ", "<x:ext ")
    )
    path = pack(tmp_path / "a.xlsx", parts(sheet=xml, strings=STRINGS))
    cell = only_cell(path)
    assert (cell.value, cell.formula) == (value, formula)


@pytest.mark.parametrize(("spelt", "value", "formula"), SPELLINGS)
def test_a_strict_sheet_is_read_alike(
    tmp_path: Path, spelt: str, value: object, formula: str
) -> None:
    content = strict(parts(f'<row r="1">{spelt}</row>', strings=STRINGS))
    cell = only_cell(pack(tmp_path / "a.xlsx", content))
    assert (cell.value, cell.formula) == (value, formula)


@pytest.mark.parametrize(("date_1904", "serial"), [("0", 45991.0), ("1", 44529.0)])
def test_a_day_that_is_spelt_out_is_a_serial_number_of_its_book(
    tmp_path: Path, date_1904: str, serial: float
) -> None:
    row = '<row r="1"><c r="A1" t="d"><v>2025-11-30</v></c></row>'
    workbook = parts()["xl/workbook.xml"].replace(
        "<sheets>", f'<workbookPr date1904="{date_1904}"/><sheets>'
    )
    assert only_cell(write_rows(tmp_path / "a.xlsx", row, workbook=workbook)).value == serial


@pytest.mark.parametrize("number", ["7.0", " 7 ", "7"])
def test_a_row_is_found_however_its_number_is_spelt(tmp_path: Path, number: str) -> None:
    path = write_rows(tmp_path / "a.xlsx", f'<row r="{number}"><c><v>1</v></c></row>')
    assert list(read(path).sheets[0].cells) == [(6, 0)]


@given(number=st.floats(allow_nan=False, allow_infinity=False))
def test_numbers_are_read_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, number: float
) -> None:
    path = tmp_path_factory.mktemp("numbers") / "a.xlsx"
    write_rows(path, f'<row r="1"><c r="A1"><v>{number!r}</v></c></row>')
    value = only_cell(path).value
    assert isinstance(value, float)
    assert value.hex() == number.hex()


def test_rich_text_is_read_without_what_is_read_aloud(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert only_cell(write_rows(tmp_path / "a.xlsx", rows, strings=RICH)).value == "rich text"


def test_cells_and_rows_without_addresses_stand_one_after_the_other(tmp_path: Path) -> None:
    rows = "<row><c><v>1</v></c><c><v>2</v></c></row><row><c r='C2'><v>3</v></c></row>"
    path = write_rows(tmp_path / "a.xlsx", rows)
    assert read_values(path) == {"Sheet1": {(0, 0): 1.0, (0, 1): 2.0, (1, 2): 3.0}}


def test_a_shared_formula_stands_in_every_cell_as_that_cell_has_it(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="shared" ref="A1:B2" si="0">C1*$D$1+Other!$E1</f></c>'
        '<c r="B1"><f t="shared" si="0"/></c></row>'
        '<row r="2"><c r="A2"><f t="shared" si="0"/></c></row>'
    )
    cells = read(write_rows(tmp_path / "a.xlsx", rows)).sheets[0].cells
    assert [cell.formula for cell in cells.values()] == [
        "=C1*$D$1+Other!$E1",
        "=D1*$D$1+Other!$E1",
        "=C2*$D$1+Other!$E2",
    ]


def test_a_shared_formula_is_shifted_from_the_cell_that_states_it(tmp_path: Path) -> None:
    rows = (
        '<row r="3"><c r="C3"><f t="shared" ref="C3:D4" si="1">B2+$A$1</f></c>'
        '<c r="D3"><f t="shared" si="1"/></c></row>'
        '<row r="4"><c r="C4"><f t="shared" si="1"/></c><c r="D4"><f t="shared" si="2"/></c></row>'
    )
    cells = read(write_rows(tmp_path / "a.xlsx", rows)).sheets[0].cells
    assert [cell.formula for cell in cells.values()] == ["=B2+$A$1", "=C2+$A$1", "=B3+$A$1", ""]


def test_a_table_of_what_ifs_stands_in_braces_with_the_cells_that_it_varies(
    tmp_path: Path,
) -> None:
    tables = {
        '<f t="dataTable" ref="B2:B3" dt2D="1" dtr="1" r1="F1" r2="F2"/>': "{=TABLE(F1,F2)}",
        '<f t="dataTable" ref="B2:B3" r1="F1"/>': "{=TABLE(F1,)}",
    }
    for formula, told in tables.items():
        rows = f'<row r="2"><c r="B2">{formula}<v>1</v></c></row><row r="3"><c r="B3"/></row>'
        cells = read(write_rows(tmp_path / "a.xlsx", rows)).sheets[0].cells
        assert [cell.formula for cell in cells.values()] == [told, told]


def test_an_array_formula_stands_in_braces_in_every_cell_it_fills(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1"><f t="array" ref="A1:A2">B1:B2*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>4</v></c></row><row r="3"><c r="A3"><v>5</v></c></row>'
    )
    cells = read(write_rows(tmp_path / "a.xlsx", rows)).sheets[0].cells
    assert [(cell.value, cell.formula) for cell in cells.values()] == [
        (2.0, "{=B1:B2*2}"),
        (4.0, "{=B1:B2*2}"),
        (5.0, ""),
    ]


def test_formats_that_have_no_code_in_the_file_are_those_of_the_standard() -> None:
    known = {number: code for number, code in BUILT_IN_FORMATS.items() if number not in SPELT}
    assert known == {number: BUILTIN_FORMATS[number] for number in known}
    assert BUILT_IN_FORMATS.keys() | {5, 6, 7, 8} == BUILTIN_FORMATS.keys()
    assert {number: BUILT_IN_FORMATS[number] for number in SPELT} == SPELT


def test_the_declared_number_of_strings_is_not_believed(tmp_path: Path) -> None:
    lying = STRINGS.replace('count="1" uniqueCount="1"', 'count="4000000000" uniqueCount="9"')
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    assert only_cell(write_rows(tmp_path / "a.xlsx", rows, strings=lying)).value == "plain"


def test_values_of_chosen_sheets_are_read_alone(tmp_path: Path) -> None:
    path = write_rows(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><v>1</v></c></row>')
    assert read_values(path, sheets={"Sheet2"}) == {}
    assert read_values(path, sheets={"Sheet1"}) == {"Sheet1": {(0, 0): 1.0}}


@pytest.mark.parametrize("piece", [1, 7, 100])
def test_a_workbook_is_read_alike_in_pieces_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int
) -> None:
    path = write_rich_book(tmp_path / "rich.xlsx")
    whole = read(path)
    monkeypatch.setattr(package, "_PARSED_AT_ONCE", piece)
    assert read(path) == whole


# Addresses that do not end in the number of their row, or do so by chance
@pytest.mark.parametrize(
    ("row", "values"),
    [
        ('<row r="1"><c r="A1"><v>1</v></c><c r="A11"><v>2</v></c></row>', {(0, 0), (10, 0)}),
        ('<row r="1"><c r="A1"><v>1</v></c><c><v>2</v></c></row>', {(0, 0), (0, 1)}),
        ('<row><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', {(0, 0), (0, 1)}),
        ('<row><c><v>1</v></c><c><v>2</v></c><c r="A2"/></row>', {(0, 0), (0, 1), (1, 0)}),
        ('<row r="07"><c r="A7"><v>1</v></c><c r="A07"/></row>', None),
        ('<row r="2"><c r="B2"/><c r="AB2"/><c r="A12"/></row>', {(1, 1), (1, 27), (11, 0)}),
    ],
)
def test_a_cell_stands_where_its_address_says(
    tmp_path: Path, row: str, values: set[tuple[int, int]] | None
) -> None:
    path = write_rows(tmp_path / "a.xlsx", row)
    if values is None:
        with pytest.raises(UnreadableFile, match="stand twice"):
            read(path)
    else:
        assert read(path).sheets[0].cells.keys() == values


# What is wrong, in the words of the message
FAULTS = [
    ('<row r="1"><c r="A1"><v>1,5</v></c></row>', "Sheet1!A1", '"1,5" is not a number'),
    ('<row r="1"><c r="A1"><v>1_000</v></c></row>', "Sheet1!A1", '"1_000" is not a number'),
    ('<row r="1"><c r="A1"><v>1e999</v></c></row>', "Sheet1!A1", '"1e999" is not a number'),
    ('<row r="1"><c r="A1"><v>inf</v></c></row>', "Sheet1!A1", '"inf" is not a number'),
    ('<row r="1"><c r="A1"><v>nan</v></c></row>', "Sheet1!A1", '"nan" is not a number'),
    (
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        "Sheet1!A1",
        'the text of number "9", and there are 0',
    ),
    ('<row r="1"><c r="A1" t="s"><v>-1</v></c></row>', "Sheet1!A1", 'the text of number "-1"'),
    ('<row r="1"><c r="A1"><v>1</v></c><c r=""/><c r="1"/></row>', "Sheet1!1", "1"),
    ('<row r="1"><c r="A1"><v>1</v></c><c r="A"/></row>', "Sheet1!A", "A"),
    (
        '<row r="1"><c r="A1" t="z"><v>1</v></c></row>',
        "Sheet1!A1",
        'type "z" is none that is known',
    ),
    ('<row r="1"><c r="A0"><v>1</v></c></row>', "Sheet1!A0", "A0"),
    ('<row r="1"><c r="XFE1"><v>1</v></c></row>', "Sheet1!XFE1", "XFE1"),
    ('<row r="1"><c r="A1048577"><v>1</v></c></row>', "Sheet1!A1048577", "A1048577"),
    ('<row r="2000000"><c r="A1"><v>1</v></c></row>', "Sheet1", "row '2000000'"),
    ('<row r="1"><c r="A1"><v>1</v></c><c r="A1"><v>2</v></c></row>', "Sheet1", "stand twice"),
    ('<row r="1"><c r="XFD1"/><c><v>1</v></c></row>', "", "it has no address"),
    ('<row r="1048576"/><row><c><v>1</v></c></row>', "", "it has no address"),
    ('<row r="0"/>', "Sheet1", "row '0' lies outside every sheet"),
    ('<row r="1.5"/>', "Sheet1", "row '1.5' lies outside every sheet"),
    ('<row r="x"/>', "Sheet1", "row 'x' lies outside every sheet"),
    ('<row r="1"><c r="A1" s="x"/></row>', "Sheet1!A1", 'its style "x" is none'),
    ('<row r="1"><c r="A1" s="-1"/></row>', "Sheet1!A1", 'its style "-1" is none'),
    ('<row r="1"><c r="A1" t="d"><v>soon</v></c></row>', "Sheet1!A1", '"soon" is not a day'),
    ('<row r="1"><c r="A1"><v>1</c></row>', "sheet1.xml", "not well-formed"),
]


@pytest.mark.parametrize(("rows", "place", "fact"), FAULTS)
def test_a_cell_that_cannot_be_read_is_named(
    tmp_path: Path, rows: str, place: str, fact: str
) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(write_rows(tmp_path / "a.xlsx", rows))
    assert caught.value.place.endswith(place)
    assert fact in caught.value.fact
    assert caught.value.remedy


# Rows that a reader in a hurry would take for others, and what stands in them
ODD_ROWS = [
    (sheet_xml('<row r="1"><!-- <c r="A1"><v>1</v></c> --></row>'), {}),
    (sheet_xml('<row r="1"><c r="A1"><v><![CDATA[1]]></v></c></row>'), {(0, 0): 1.0}),
    (sheet_xml('<row r="1"><c r="A2"><v>1</v></c></row>'), {(1, 0): 1.0}),
    (sheet_xml('<row r="1"> <c r="A1"><v>1</v></c></row>'), {(0, 0): 1.0}),
    (sheet_xml('<row r="1"><c r="A1"><v>1</v></c><x/></row>'), {(0, 0): 1.0}),
    (sheet_xml('<row r="1"><c r="A1" t="str"><v>a\r\nb</v></c></row>'), {(0, 0): "a\nb"}),
    (sheet_xml('<row r="1"><c r="A1" t="str"><v>&#10;&quot;</v></c></row>'), {(0, 0): '\n"'}),
    (sheet_xml('<row r="1"><c r="A1" t="str"><v>&#x1F600;</v></c></row>'), {(0, 0): "\U0001f600"}),
    (
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row>').replace("UTF-8", "ISO-8859-1"),
        {(0, 0): 1.0},
    ),
]


@pytest.mark.parametrize(("xml", "values"), ODD_ROWS)
def test_rows_are_read_as_xml_has_them(
    tmp_path: Path, xml: str, values: dict[tuple[int, int], object]
) -> None:
    path = pack(tmp_path / "a.xlsx", parts(sheet=xml))
    assert read_values(path) == {"Sheet1": values}


@pytest.mark.parametrize(
    "xml",
    [
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row></row>'),
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c></row><row r="2"'),
        sheet_xml('<row r="1"><c r="A1" t="str"><v>&unknown;</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1" t="str"><v>&#0;</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1" t="str"><v>&#xD800;</v></c></row>'),
        sheet_xml('<row r="1"><c r="A1" t="str"><v>\x01</v></c></row>'),
    ],
)
def test_rows_that_are_no_xml_are_refused(tmp_path: Path, xml: str) -> None:
    with pytest.raises(UnreadableFile, match="not well-formed"):
        read(pack(tmp_path / "a.xlsx", parts(sheet=xml)))


def test_hidden_rows_are_known_whether_or_not_a_cell_stands_in_them(tmp_path: Path) -> None:
    rows = (
        '<row r="1" hidden="1"><c r="A1"><v>1</v></c></row><row r="2" hidden="0"/>'
        '<row r="3" ht="20" hidden="true"/><row r="4"><c r="A4"><v>2</v></c></row>'
    )
    (sheet,) = read(write_rows(tmp_path / "a.xlsx", rows)).sheets
    assert sheet.hidden_rows == {0, 2}
