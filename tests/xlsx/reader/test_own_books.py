"""What our writer stores, our reader gives back exactly."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.book import Book, Cell, Properties, Sheet
from reportgen.xlsx.reader.records import CellError
from reportgen.xlsx.reader.workbook import read
from reportgen.xlsx.writer.workbook import write

if TYPE_CHECKING:
    import pytest

NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
TEXTS = st.one_of(
    st.text(st.characters(), max_size=12),
    st.sampled_from(
        ["=A1", "+1", "@x", "_x0041_", "_x005F_", "line\r\nend\r", "\x00\x1f", " x ", ""]
    ),
)
TYPED = st.one_of(st.booleans(), NUMBERS, TEXTS)
ERRORS = ["#N/A", "#DIV/0!"]
CALCULATED = st.tuples(
    st.one_of(st.booleans(), NUMBERS, TEXTS, st.sampled_from(ERRORS)),
    st.sampled_from(["=A1*2", "=IF(A1<2,\"a & b\",'x y'!B2)", "=SUM(A1:B2)"]),
)


@given(typed=st.lists(TYPED, max_size=6), calculated=st.lists(CALCULATED, max_size=3))
def test_values_and_formulas_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory,
    typed: list[bool | float | str],
    calculated: list[tuple[bool | float | str, str]],
) -> None:
    cells = [Cell(0, col, value) for col, value in enumerate(typed)]
    cells += [Cell(1, col, value, formula) for col, (value, formula) in enumerate(calculated)]
    path = tmp_path_factory.mktemp("own") / "a.xlsx"
    sheets = (Sheet("Model", tuple(cells)), Sheet("x y"))
    write(Book(sheets, Properties(date(2025, 11, 30))), path)
    again = read(path).sheet("Model").cells
    for cell in cells:
        found = again[cell.row, cell.col]
        expected = cell.value
        if isinstance(expected, float):
            assert isinstance(found.value, float)
            assert found.value.hex() == expected.hex()
        else:
            assert found.value == expected
            assert isinstance(found.value, bool) == isinstance(expected, bool)
            assert isinstance(found.value, CellError) == (expected in ERRORS and cell.formula != "")
        assert found.formula == cell.formula
