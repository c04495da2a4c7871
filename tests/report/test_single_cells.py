"""A range of one cell is said in words that every program knows."""

from __future__ import annotations

import pytest

from reportgen.expr.formula import expression_template
from reportgen.expr.functions import each, pick, same, sum_where
from reportgen.expr.nodes import Dim, Line, Unit
from reportgen.model.words import given
from reportgen.report.single_cells import in_single_cells

ROW = Dim("row")
NAME = given("name[{row}]", "Name", Unit.TEXT, ROW)
AMOUNT = given("amount[{row}]", "Amount", Unit.NUMBER, ROW)
FOUND = sum_where(ROW, same(each(NAME), "a(b"), AMOUNT)


@pytest.mark.parametrize(
    ("expr", "alone", "several"),
    [
        (
            FOUND,
            'SUMPRODUCT((name="a(b")*1,SUM(amount))',
            'SUMPRODUCT((name="a(b")*1,amount)',
        ),
        (
            pick(NAME, ROW, FOUND),
            'CHOOSE(SUMPRODUCT((name="a(b")*1,SUM(amount)),name)',
            'INDEX(name,SUMPRODUCT((name="a(b")*1,amount))',
        ),
    ],
    ids=["sum", "pick"],
)
def test_the_words_of_one_cell_and_of_several(expr: Line, alone: str, several: str) -> None:
    def said(size: int) -> str:
        members = {ROW: tuple(map(str, range(size)))}
        pattern = in_single_cells(expression_template(expr), members)
        names = (str(of.line.key).partition("[")[0] for of in pattern.references)
        return pattern.text % tuple(names)

    assert alone in said(1)
    assert several in said(2)
