"""The references of formulas: found where they are, and nowhere else."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.addresses import Area
from reportgen.xlsx.references import (
    Corner,
    area_size,
    parse_area,
    parse_cell,
    parse_formula,
    print_formula,
    print_piece,
    references,
    shifted,
)

# formula, its references
REFERENCES = [
    ("=A1+$B$2", ["A1", "$B$2"]),
    ("=SUM(A1:B9,C:C,$3:4)", ["A1:B9", "C:C", "$3:4"]),
    ("='Prices & targets'!B2*Valuation!C3", ["'Prices & targets'!B2", "Valuation!C3"]),
    ("='It''s'!A1:A2", ["'It''s'!A1:A2"]),
    ("=SUM(Jan:Dec!A1)", ["Jan:Dec!A1"]),
    ("=SUM('It''s:B C'!A1)", ["'It''s:B C'!A1"]),
    ("=SUM('A B:C'!A1)", ["'A B:C'!A1"]),
    ("=SUM('A:B C'!A1)", ["'A:B C'!A1"]),
    ("=SUM('A B:Cd'!A1)", ["'A B:Cd'!A1"]),
    ("=SUM('[1]Jan:Dec'!A1)", ["'[1]Jan:Dec'!A1"]),
    ("=[1]Sheet1!A1", ["'[1]Sheet1'!A1"]),
    ('="A1"&"say ""B2"""', []),
    ("=LOG10(A1)+ATAN2(B1,2)", ["A1", "B1"]),
    ("=tax_2025+FY2025_growth", []),
    ("=TAX2025", ["TAX2025"]),
    ("=XFD1+A1048576", ["XFD1", "A1048576"]),
    ("=XFE1+A1048577", []),
    ("=SUM(A1:A1048577,XFE1:A1,A:XFE,1:1048577)", []),
    ("=Table1[[#This Row],[A1]]+Prices[B2]", []),
    ("=Sheet1!local_name", []),
    ("=1E3+2.5E-4+A1", ["A1"]),
    ("=#REF!+Sheet1!#REF!", []),
    ("=IF(A1>0,TRUE,FALSE)", ["A1"]),
    ("=_xlfn.STDEV.S(A1:A3)", ["A1:A3"]),
    ("=Ünïcode!A1+日本!B2", ["Ünïcode!A1", "日本!B2"]),
]


@pytest.mark.parametrize(("formula", "expected"), REFERENCES)
def test_references_are_found_and_nothing_else(formula: str, expected: list[str]) -> None:
    assert [print_piece(reference) for reference in references(formula)] == expected


@pytest.mark.parametrize("formula", [formula for formula, _ in REFERENCES])
def test_a_formula_taken_apart_and_printed_is_the_same(formula: str) -> None:
    again = print_formula(parse_formula(formula))
    assert again.replace("'", "") == formula.replace("'", "")
    assert parse_formula(again) == parse_formula(formula)


@given(text=st.text(max_size=40))
def test_any_text_can_be_taken_apart(text: str) -> None:
    again = print_formula(parse_formula(text))
    assert print_formula(parse_formula(again)) == again


@pytest.mark.parametrize(
    ("formula", "rows", "cols", "expected"),
    [
        ("=A1+$A1+A$1+$A$1", 2, 1, "=B3+$A3+B$1+$A$1"),
        ("=SUM(A1:B2)+C:C+3:3", 1, 1, "=SUM(B2:C3)+D:D+4:4"),
        ("='a b'!A1&\"A1\"", 1, 0, "='a b'!A2&\"A1\""),
        ("=A1048576+XFD1", 1, 1, "=B1+A2"),
        ("=SUM(A1:$B2)", 2, 1, "=SUM(B3:$B4)"),
    ],
)
def test_a_copied_formula_moves_its_relative_references(
    formula: str, rows: int, cols: int, expected: str
) -> None:
    assert shifted(parse_formula(formula), rows, cols) == expected


def test_the_ends_of_whole_rows_and_columns_say_which_of_them_are_fixed() -> None:
    rows, columns = references("=SUM($3:4,C:$D)")
    assert (rows.first, rows.last) == (
        Corner(2, None, row_fixed=True, col_fixed=False),
        Corner(3, None, row_fixed=False, col_fixed=False),
    )
    assert (columns.first, columns.last) == (
        Corner(None, 2, row_fixed=False, col_fixed=False),
        Corner(None, 3, row_fixed=False, col_fixed=True),
    )


@pytest.mark.parametrize(
    ("address", "size", "area"),
    [
        ("B7", 1, Area(6, 1, 6, 1)),
        ("B7:C9", 6, Area(6, 1, 8, 2)),
        ("$B$7:C9", 6, Area(6, 1, 8, 2)),
        ("C9:B7", 6, Area(6, 1, 8, 2)),
        ("C7:B9", 6, Area(6, 1, 8, 2)),
        ("B:C", 2_097_152, Area(0, 1, 1_048_575, 2)),
        ("$C:B", 2_097_152, Area(0, 1, 1_048_575, 2)),
        ("3:4", 32_768, Area(2, 0, 3, 16_383)),
    ],
)
def test_an_area_is_read_from_any_address(address: str, size: int, area: Area) -> None:
    assert (area_size(area), parse_area(address)) == (size, area)


@pytest.mark.parametrize("address", ["", "A", "7", "A0", "AAAA1", "XFE1", "A1048577", "É1", "A-1",
                                     "$A1", "A1:A2", " A1", "A1 ", "A٣"])  # fmt: skip
def test_what_is_no_address_of_a_cell_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=rf"^{re.escape(address)}$"):
        parse_cell(address)


@pytest.mark.parametrize(
    "address", ["", "A", "7", "A0", "A1:", "A1048577", "XFE1", "name", "A1 B2"]
)
def test_what_is_no_area_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=rf"{re.escape(address)}$"):
        parse_area(address)
