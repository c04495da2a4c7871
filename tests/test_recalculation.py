"""The witnesses are worth hearing: they compute afresh, and as Excel documents its functions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from tests.support import formualizer_engine, gnumeric, libreoffice, tools
from tests.support.agreement import agree, disagreements
from tests.support.stored_cells import read_cells, read_values

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.stored_cells import Value

COLUMNS: dict[str, list[Value]] = {
    # Brokers, one spelt twice, and their targets, one of them n/a; B5 is empty.
    "A": ["Macquarie", "UBS", "macquarie", "n/a", "Nomura"],
    "B": [200.0, 180.0, 210.0, "n/a"],
    "C": [45000.0, 45961.0, 45991.0],
    "D": [-2.0, 0.0, 2.0],
}
BY_EXCEL: dict[str, Value] = {
    # n/a passes for a number unless arithmetic makes it an error.
    '"n/a"+0': "#VALUE!",
    "-B4": "#VALUE!",
    "B4>0": True,
    "MAX(B4,1)": 1.0,
    "MAX(B4+0,1)": "#VALUE!",
    "AND(B4,1=1)": True,
    "AND(B4>0,1=1)": True,
    "AND(B4+0>0,1=1)": "#VALUE!",
    "SUM(B1:B5)": 590.0,
    "B1+B2+B4": "#VALUE!",
    "B5+0": 0.0,
    'IFERROR(B4+0,"n/a")': "n/a",
    'IFERROR(1/0,"n/a")': "n/a",
    "ISNUMBER(B4)": False,
    "ISNUMBER(B5)": False,
    "ISERROR(NA())": True,
    "NA()": "#N/A",
    # Counting and averaging skip what is no number.
    "COUNT(B1:B5)": 3.0,
    "COUNTA(B1:B5)": 4.0,
    "AVERAGE(B1:B4)": 590 / 3,
    "AVERAGE(B4:B5)": "#DIV/0!",
    "STDEV(D1:D3)": 2.0,
    "STDEV(D1)": "#DIV/0!",
    "MEDIAN(B1:B5)": 200.0,
    "LARGE(B1:B5,2)": 200.0,
    "SMALL(B1:B5,1)": 180.0,
    'IFERROR(LARGE(B1:B5,4),"n/a")': "n/a",
    "RANK(B1,B1:B5)": 2.0,
    "MIN(B4:B5)": 0.0,
    # Text compares without case, except in EXACT.
    "A1=A3": True,
    "EXACT(A1,A3)": False,
    'COUNTIF(A1:A5,"macquarie")': 2.0,
    'COUNTIFS(A1:A5,"macquarie",B1:B5,">200")': 1.0,
    'SUMIFS(B1:B5,A1:A5,"macquarie")': 410.0,
    'SUMPRODUCT((A1:A3="ubs")*(D1:D3=0)*C1:C3)': 45961.0,
    'SUMPRODUCT(--(A1:A3&"|"&D1:D3="UBS|0"),B1:B3)': 180.0,
    'SUMPRODUCT(--(A1:A5="macquarie"),B1:B5)': 410.0,
    'SUMPRODUCT((A1:A5="macquarie")*B1:B5)': "#VALUE!",
    "SUMPRODUCT(--(B1:B3>190),B1:B3)": 410.0,
    "SUMPRODUCT(MAX((C1:C3<45991)*C1:C3))": 45961.0,
    "SUMPRODUCT(2^(-B1:B3/90))": 2 ** (-200 / 90) + 2**-2 + 2 ** (-210 / 90),
    # Looking up.
    "INDEX(B1:B5,2)": 180.0,
    "INDEX(B1:B5,9)": "#REF!",
    'MATCH("ubs",A1:A5,0)': 2.0,
    'MATCH("none",A1:A5,0)': "#N/A",
    "MATCH(45990,C1:C3,1)": 2.0,
    "MATCH(1,C1:C3,1)": "#N/A",
    "LOOKUP(45990,C1:C3,B1:B3)": 180.0,
    'LOOKUP(2,1/(A1:A5="macquarie"),B1:B5)': 210.0,
    'CHOOSE(2,"a","b")': "b",
    'CHOOSE(3,"a","b")': "#VALUE!",
    # Dates are serials.
    "EDATE(C3,-6)": 45807.0,
    "EDATE(C2,4)": 46081.0,
    "YEAR(C3)": 2025.0,
    "MONTH(C3)": 11.0,
    "DATE(2025,11,30)": 45991.0,
    # Arithmetic.
    "2^3^2": 64.0,
    "-2^2": 4.0,
    "0-2^2": -4.0,
    "10^400": "#NUM!",
    "EXP(1)": 2.718281828459045,
    "LN(2)": 0.6931471805599453,
    "ABS(D1)": 2.0,
    "INT(-1.5)": -2.0,
    "ROUND(2.5,0)": 3.0,
    "ROUND(-2.5,0)": -3.0,
    # Text.
    'TEXT(2.5,"0")': "3",
    'TEXT(0.125,"0%")': "13%",
    'TEXT(0.1234,"0.0%")': "12.3%",
    'TEXT(3.14159,"0.00")': "3.14",
    'TEXT(1234567.8,"#,##0")': "1,234,568",
    'TEXT(C3,"yyyy-mm-dd")': "2025-11-30",
    'TEXT(0.051,"+0.0%;-0.0%")': "+5.1%",
    'TEXT(-0.051,"+0.0%;-0.0%")': "-5.1%",
    'TEXT(B4,"0.0%")': "n/a",
    'A2&" "&TEXT(B2,"0.00")&B5': "UBS 180.00",
    'REPT("#",2)': "##",
    "target_age_limit*2": 4.0,
}


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook of the cells and formulas above, each with a cached value that is wrong."""
    path = tmp_path_factory.mktemp("recalculation") / "book.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet = workbook.add_worksheet("Targets & prices")
    workbook.define_name("target_age_limit", "='Targets & prices'!$D$3")
    for column, values in COLUMNS.items():
        sheet.write_column(f"{column}1", values)
    for row, formula in enumerate(BY_EXCEL):
        sheet.write_formula(row, 25, f"={formula}", None, -999)
    workbook.close()
    return path


def by_formula(values: dict[str, dict[str, Value]]) -> dict[str, Value]:
    computed = values["Targets & prices"]
    return {formula: computed[f"Z{row}"] for row, formula in enumerate(BY_EXCEL, start=1)}


def test_formualizer_ignores_cached_values_and_computes_as_excel_documents(book: Path) -> None:
    assert disagreements(BY_EXCEL, by_formula(formualizer_engine.recalculate(book)), 1e-14) == []


def test_libreoffice_ignores_cached_values_and_computes_as_excel_documents(
    book: Path, tmp_path: Path
) -> None:
    recalculated = libreoffice.recalculate([book], tmp_path)[book]
    assert disagreements(BY_EXCEL, by_formula(read_values(recalculated)), 1e-14) == []


# What Gnumeric takes otherwise: no report reduces an array within a function that takes one cell,
# raises a power to a power without brackets, or leaves the range of numbers.
NOT_IN_GNUMERIC = {"SUMPRODUCT(MAX((C1:C3<45991)*C1:C3))", "2^3^2", "10^400"}


def test_gnumeric_ignores_cached_values_and_computes_as_excel_documents_but_for_a_few(
    book: Path, tmp_path: Path
) -> None:
    computed = by_formula(gnumeric.recalculate(book, tmp_path))
    differing = {fault.place for fault in disagreements(BY_EXCEL, computed, 1e-14)}
    assert differing == NOT_IN_GNUMERIC


def test_a_wrong_cached_value_is_what_the_file_itself_says(book: Path) -> None:
    assert set(by_formula(read_values(book)).values()) == {-999.0}


def test_formulas_are_evaluated_without_a_file() -> None:
    cells = {"A1": 2.0, "A2": "n/a", "B1": "=A1*3", "B2": '=IFERROR(A2+B1,"n/a")', "C1": None}
    assert formualizer_engine.evaluate_formulas(cells) == {
        "A1": 2.0,
        "A2": "n/a",
        "B1": 6.0,
        "B2": "n/a",
    }


def test_a_circular_reference_is_seen() -> None:
    assert formualizer_engine.evaluate_formulas({"A1": "=B1", "B1": "=A1"}) == {
        "A1": "#CIRC!",
        "B1": "#CIRC!",
    }


def test_workbooks_of_one_name_are_recalculated_each(tmp_path: Path) -> None:
    paths = [tmp_path / "october" / "book.xlsx", tmp_path / "november" / "book.xlsx"]
    for number, path in enumerate(paths):
        path.parent.mkdir()
        with xlsxwriter.Workbook(path) as workbook:
            workbook.add_worksheet().write_formula("A1", f"={number}+1", None, -999)
    recalculated = libreoffice.recalculate(paths, tmp_path / "out")
    assert [read_values(recalculated[path])["Sheet1"]["A1"] for path in paths] == [1.0, 2.0]


def test_a_workbook_that_cannot_be_converted_is_named(book: Path, tmp_path: Path) -> None:
    torn = tmp_path / "torn.xlsx"
    torn.write_bytes(book.read_bytes()[:2000])
    with pytest.raises(RuntimeError, match=r"did not convert .*torn\.xlsx"):
        libreoffice.recalculate([torn], tmp_path / "out")


def test_a_workbook_is_drawn_one_picture_a_page(book: Path, tmp_path: Path) -> None:
    pdf = libreoffice.to_pdf(book, tmp_path)
    pictures = libreoffice.to_pictures(pdf, tmp_path / "pages", dpi=20)
    assert pdf.name == "book.pdf"
    assert pictures
    assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_a_program_that_hangs_is_stopped_with_its_children() -> None:
    with pytest.raises(TimeoutError, match="ran longer"):
        tools.run(["bash", "-c", "sleep 60 & wait"], timeout=0.2)


def test_what_a_failing_program_printed_is_told() -> None:
    with pytest.raises(RuntimeError, match="no such pack"):
        tools.run(["bash", "-c", "echo no such pack >&2; exit 3"], timeout=600)


def test_stored_values_and_formulas_are_read(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("P & T")
        sheet.write_rich_string("A1", "bold ", workbook.add_format({"bold": True}), "text")
        sheet.write_boolean("A2", boolean=True)
        sheet.write_formula("A3", "=1/0", None, "#DIV/0!")
        sheet.write_formula("A4", '="n/a"', None, "n/a")
        sheet.write_blank("A5", None, workbook.add_format({"bold": True}))
    assert read_values(path) == {
        "P & T": {"A1": "bold text", "A2": True, "A3": "#DIV/0!", "A4": "n/a"}
    }
    assert read_cells(path)["P & T"]["A4"] == ("n/a", '"n/a"')


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (1.0, 1.0 + 1e-10, True),
        (1e12, 1e12 + 1.0, True),
        (0.0, 1e-10, True),
        (1.0, 1.001, False),
        ("n/a", "n/a", True),
        ("n/a", "#VALUE!", False),
        (1.0, True, False),
        (0.0, None, False),
        (0.0, "", False),
    ],
)
def test_agreement_of_two_values(one: Value, other: Value | None, *, same: bool) -> None:
    assert agree(one, other) is same
