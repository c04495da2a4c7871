"""Every word of the language: its value, how a formula says it, and that programs agree."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pytest

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Call, Node, Op, Reduce, Reduction, Unit
from reportgen.expr.operators import OPERATORS
from reportgen.expr.reductions import REDUCTIONS
from reportgen.expr.tree import within
from tests.expr.small import (
    CASE,
    ROW,
    cells_typed,
    formula,
    given,
    line,
    live,
    solved,
    sure,
    value,
    with_inputs,
)
from tests.support import one_sheet
from tests.support.agreement import disagreements

if TYPE_CHECKING:
    from pathlib import Path

    from tests.support.one_sheet import Sheet
    from tests.support.stored_cells import Value

A, B, S = live("a"), live("b"), sure("s")
G = given("g")
T, U = given("t", unit=Unit.TEXT), given("u", unit=Unit.TEXT)
ROWS, KNOWN = live("rows", ROW), sure("known", ROW)
NAMES, TYPED = given("names", ROW, unit=Unit.TEXT), given("typed", ROW)
DAYS = given("days", ROW)
CASES = live("cases", CASE)

PICKED, NAMED = f.pick(NAMES, ROW, S), 'IFERROR(IF(s>=1,INDEX(names[row],s),"n/a"),"n/a")'

INPUTS: dict[str, Any] = {
    "a": 7.0,
    "b": -2.0,
    "s": 3.0,
    "g": 45991.0,
    "t": "UBS",
    "u": "ubs",
    "rows": [4.0, np.nan, 1.0, 10.0],
    "known": [2.0, 0.0, -1.0, 3.0],
    "names": ["UBS", "", "ubs", "Nomura"],
    "typed": [4.0, np.nan, 1.0, 10.0],
    "days": [45000.0, 45657.0, 45991.0, np.nan],
    "cases": [1.0, 2.0, 4.0],
}


class Word(NamedTuple):
    """One use of the language, its value for the inputs above, and its formula."""

    expr: Node
    expected: float | str
    formula: str


NUMBERS = [
    # Arithmetic: brackets keep the order of calculation, a sign binds more tightly than a power.
    Word(A + B, 5, 'IFERROR(a+b,"n/a")'),
    Word(1 + S, 4, "1+s"),
    Word(S - (S - 1), 1, "s-(s-1)"),
    Word(10 - S - 1, 6, "10-s-1"),
    Word(S + (S + 1), 7, "s+(s+1)"),
    Word(2 * (S + 1), 8, "2*(s+1)"),
    Word(12 / (S * 2), 2, 'IFERROR(12/(s*2),"n/a")'),
    Word(S * (S / 2), 4.5, 'IFERROR(s*(s/2),"n/a")'),
    Word(S / 2, 1.5, "s/2"),
    Word(S / S, 1, 'IFERROR(s/s,"n/a")'),
    Word(-S, -3, "-s"),
    Word(-(2**S), -8, 'IFERROR(-(2^s),"n/a")'),
    Word((-S) ** 2, 9, 'IFERROR((-s)^2,"n/a")'),
    Word(S - -S, 6, "s--s"),
    Word(2 ** (-S / 2), 2**-1.5, 'IFERROR(2^(-s/2),"n/a")'),
    Word(A**2, 49, 'IFERROR(a^2,"n/a")'),
    Word(A**B, 1 / 49, 'IFERROR(IF(a>0,a^b,"n/a"),"n/a")'),
    Word((1 + A) ** S, 512, 'IFERROR(IF(1+a>0,(1+a)^s,"n/a"),"n/a")'),
    Word(f.where(1 + A > 0, (1 + A) ** S, NA), 512, 'IFERROR(IF(1+a>0,(1+a)^s,"n/a"),"n/a")'),
    Word(f.absolute(B), 2, 'IFERROR(ABS(b),"n/a")'),
    Word(f.whole(S / 2), 2, "ROUND(s/2,0)"),
    Word(f.ln(A), np.log(7), 'IFERROR(LN(a),"n/a")'),
    Word(f.exp(B), np.exp(-2), 'IFERROR(EXP(b),"n/a")'),
    Word(f.minimum(A, B, 0), -2, 'IFERROR(MIN(a+0,b+0,0),"n/a")'),
    Word(f.maximum(A * B, 0), 0, 'IFERROR(MAX(a*b,0),"n/a")'),
    Word(f.node(1) + 2, 3, "3"),
    Word(f.node(5) - 2, 3, "5-2"),
    Word(f.node(1) ** A, 1, 'IFERROR(1^a,"n/a")'),
    Word(f.node(-2) ** A, np.nan, 'IFERROR(IF(-2>0,(-2)^a,"n/a"),"n/a")'),
    # Truth: n/a would pass for a large number, so it is made an error; a truth becomes 1 or 0.
    Word(A < B, 0, 'IFERROR(IF(a+0<b+0,1,0),"n/a")'),
    Word(A <= 7, 1, 'IFERROR(IF(a+0<=7,1,0),"n/a")'),
    Word(S > 2, 1, "IF(s>2,1,0)"),
    Word(S >= 4, 0, "IF(s>=4,1,0)"),
    Word(f.equal(S, 3), 1, "IF(s=3,1,0)"),
    Word((S > 2) + (S > 5), 1, "(s>2)+(s>5)"),
    Word(-(S > 2), -1, "-IF(s>2,1,0)"),
    Word((S > 2) > 0, 1, "IF(s>2,1,0)"),
    Word(f.where(S > 2, 1, 0) > 0, 1, "IF(s>2,1,0)"),
    Word(f.either(A, 0), 7, "N(a)"),
    Word(f.either(A, 1), 7, "IF(ISNUMBER(a),a,1)"),
    Word(f.either(A, S), 7, "IF(ISNUMBER(a),a,s)"),
    Word(f.either(A / S, 0), 7 / 3, "IFERROR(a/s,0)"),
    Word((S > 1) & (S > 2) & (A > B), 1, 'IFERROR(IF(AND(s>1,s>2,a+0>b+0),1,0),"n/a")'),
    Word((S > 5) | S, 1, "IF(OR(s>5,s),1,0)"),
    Word(~(S > 5), 1, "IF(NOT(s>5),1,0)"),
    Word(f.known(G), 1, "IF(ISNUMBER(g),1,0)"),
    Word(f.known(T), 0, 'IF(ISNUMBER(t&""),1,0)'),
    Word(f.known(S > 2), 1, "IF(ISNUMBER(IF(s>2,1,0)),1,0)"),
    Word(f.same(T, U), 1, "IF(t=u,1,0)"),
    Word(f.same(T, "") + 0, 0, '(t="")+0'),
    Word(f.identical(T, U), 0, "IF(EXACT(t,u),1,0)"),
    Word(f.given_text(T), 1, 'IF(t<>"",1,0)'),
    Word(f.same(PICKED, T), 1, f"IF({NAMED}=t,1,0)"),
    Word(f.identical(PICKED, U), 1, f"IF(EXACT({NAMED},u),1,0)"),
    Word(f.given_text(PICKED), 1, f'IF({NAMED}<>"",1,0)'),
    # Choosing: a typed cell may be cleared, and blank must not pass for 0.
    Word(G - 1, 45990, 'IFERROR(IF(ISNUMBER(g),g,"n/a")-1,"n/a")'),
    Word(f.either(G, 0), 45991, "IF(ISNUMBER(g),g,0)"),
    Word(
        f.where(f.known(G) & f.known(A), G * A, NA),
        321937,
        'IFERROR(IF(AND(ISNUMBER(g),ISNUMBER(a)),g*a,"n/a"),"n/a")',
    ),
    Word(f.where(S > 2, S > 5, 7), 0, "IF(s>2,IF(s>5,1,0),7)"),
    Word(f.where(A, 1, 2), 1, 'IFERROR(IF(a,1,2),"n/a")'),
    Word(f.where(f.known(T), 1, 2), 2, 'IF(ISNUMBER(t&""),1,2)'),
    Word(f.plotted(A), 7, "a"),
    Word(
        f.months_before(G, 6),
        45807,
        'IFERROR(IF(IF(ISNUMBER(g),g,"n/a")>1000,EDATE(IF(ISNUMBER(g),g,"n/a"),-6),"n/a"),"n/a")',
    ),
    # Over a dimension.
    Word(f.total(KNOWN, ROW), 4, "SUM(known[row])"),
    Word(f.sum_known(ROWS, ROW), 15, "SUM(rows[row])"),
    Word(f.count_known(ROWS, ROW), 3, "COUNT(rows[row])"),
    Word(f.mean(ROWS, ROW), 5, 'IFERROR(AVERAGE(rows[row]),"n/a")'),
    Word(f.smallest(ROWS, ROW), 1, 'IF(COUNT(rows[row])=0,"n/a",MIN(rows[row]))'),
    Word(f.largest(ROWS, ROW), 10, 'IF(COUNT(rows[row])=0,"n/a",MAX(rows[row]))'),
    Word(f.sample_stdev(ROWS, ROW), np.std([4, 1, 10], ddof=1), 'IFERROR(STDEV(rows[row]),"n/a")'),
    Word(f.count_known(ROWS, ROW, but_last=3), 1, "COUNT(rows[row])"),
    Word(f.count_filled(NAMES, ROW), 3, "COUNTA(names[row])"),
    Word(
        f.disorder(DAYS, ROW),
        0,
        "COUNT(days[row])-SUMPRODUCT((days[row]>0)*(days[row]<days[row])*(days[row]<=MAX(days[row])))",
    ),
    Word(
        f.disorder(TYPED, ROW),
        1,
        "COUNT(typed[row])-SUMPRODUCT((typed[row]>0)*(typed[row]<typed[row])*(typed[row]<=MAX(typed[row])))",
    ),
    Word(f.count_where(ROW, f.same(f.each(NAMES), T)), 2, "SUMPRODUCT((names[row]=t)*1)"),
    Word(f.count_where(ROW, f.each(KNOWN)), 4, "SUMPRODUCT(known[row]*1)"),
    Word(f.sum_where(ROW, f.each(KNOWN) > 0, ROWS), 14, "SUMPRODUCT((known[row]>0)*1,rows[row])"),
    Word(f.sum_where(ROW, f.each(KNOWN), ROWS), 37, "SUMPRODUCT(known[row]*1,rows[row])"),
    Word(
        f.sum_where(ROW, (f.each(KNOWN) > 0) & f.each(KNOWN), ROWS),
        14,
        "SUMPRODUCT((known[row]>0)*(known[row]<>0),rows[row])",
    ),
    Word(
        f.count_where(ROW, f.same(f.each(NAMES), T) | (f.each(KNOWN) > 1)),
        3,
        "SUMPRODUCT(((names[row]=t)+(known[row]>1)>0)*1)",
    ),
    Word(f.count_where(ROW, f.each(KNOWN) + 1 > 2), 2, "SUMPRODUCT((known[row]+1>2)*1)"),
    Word(f.count_where(ROW, f.each(KNOWN) - 1 < 1), 2, "SUMPRODUCT((known[row]-1<1)*1)"),
    Word(f.count_where(ROW, f.each(KNOWN) * 2 <= 4), 3, "SUMPRODUCT((known[row]*2<=4)*1)"),
    Word(f.count_where(ROW, f.each(KNOWN) / 2 >= 1), 2, "SUMPRODUCT((known[row]/2>=1)*1)"),
    Word(f.count_where(ROW, f.equal(f.each(KNOWN), 2)), 1, "SUMPRODUCT((known[row]=2)*1)"),
    Word(
        f.sum_where(ROW, (f.each(KNOWN) > 1) > 0, ROWS),
        14,
        "SUMPRODUCT(((known[row]>1)*1>0)*1,rows[row])",
    ),
    Word(f.count_where(ROW, ~(f.each(KNOWN) > 1)), 2, "SUMPRODUCT(1-(known[row]>1))"),
    Word(f.count_where(ROW, -f.each(KNOWN) > 0), 1, "SUMPRODUCT((-known[row]>0)*1)"),
    Word(
        f.as_of(DAYS, ROWS, G - 1),
        np.nan,
        'IFERROR(INDEX(rows[row],MATCH(IF(ISNUMBER(g),g,"n/a")-1,days[row])),"n/a")',
    ),
    Word(
        f.as_of(DAYS, DAYS, A * 6570),
        45657,
        'IFERROR(INDEX(days[row],MATCH(a*6570,days[row])),"n/a")',
    ),
    Word(f.pick(ROWS, ROW, S), 1, 'IFERROR(IF(s>=1,INDEX(rows[row],s),"n/a"),"n/a")'),
    Word(f.at(CASES, CASE, "bull") + 0, 4, 'IFERROR(cases[bull]+0,"n/a")'),
    Word(f.spot(CASES, "base") + 0, 2, 'IFERROR(cases[base]+0,"n/a")'),
]
TEXTS = [
    Word(f.where(A > B, "more", T), "more", 'IFERROR(IF(a+0>b+0,"more",t&""),"n/a")'),
    Word(f.where(S > 5, 'say "100%"', NA), "n/a", 'IF(s>5,"say ""100%""","n/a")'),
    Word(f.where(f.known(f.concat(T)), f.concat(T), U), "ubs", 'IF(ISNUMBER(t),t,u&"")'),
    Word(f.concat(T, "/", S, "/", A + 1), "UBS/3/8", 't&"/"&s&"/"&IFERROR(a+1,"n/a")'),
    Word(f.fixed(S * 411.5, 1), "1,234.5", 'IFERROR(FIXED(ROUND(s*411.5,1),1),"n/a")'),
    Word(f.percent(S / 8), "38%", 'IFERROR(FIXED(ROUND(100*(s/8),0),0)&"%","n/a")'),
    Word(
        f.date_text(A * 6570),
        "2025-11-29",
        'IFERROR(IF(a*6570>1000,YEAR(a*6570)&"-"&RIGHT("0"&MONTH(a*6570),2)&"-"&RIGHT("0"&DAY(a*6570),2),"n/a"),"n/a")',
    ),
    Word(f.pick(NAMES, ROW, S), "ubs", 'IFERROR(IF(s>=1,INDEX(names[row],s),"n/a")&"","n/a")'),
    Word(f.pick(NAMES, ROW, S - 1), "", 'IFERROR(IF(s-1>=1,INDEX(names[row],s-1),"n/a")&"","n/a")'),
]
UNITS = [*((word, Unit.NUMBER) for word in NUMBERS), *((word, Unit.TEXT) for word in TEXTS)]


@pytest.mark.parametrize(("word", "unit"), UNITS, ids=lambda one: getattr(one, "formula", ""))
def test_a_word_has_its_value(word: Word, unit: Unit) -> None:
    assert value(word.expr, unit=unit, **INPUTS) == pytest.approx(word.expected, nan_ok=True)


@pytest.mark.parametrize(("word", "unit"), UNITS, ids=lambda one: getattr(one, "formula", ""))
def test_a_word_is_said_in_a_formula(word: Word, unit: Unit) -> None:
    del unit
    assert formula(word.expr) == word.formula


def test_every_word_of_the_language_is_tried() -> None:
    tried = {node for word, _ in UNITS for node in within(word.expr)}
    assert {node.op for node in tried if isinstance(node, Call)} == set(OPERATORS) == set(Op)
    reduced = {node.how for node in tried if isinstance(node, Reduce)}
    assert reduced == set(REDUCTIONS) == set(Reduction)


@pytest.fixture(scope="module")
def sheet() -> tuple[Sheet, dict[str, Value]]:
    """Every word on one sheet, and what Python says of it."""
    lines = [line(word.formula, word.expr, unit=unit) for word, unit in UNITS]
    solution = solved(*lines, typed=INPUTS)
    known = with_inputs(*lines)
    made = one_sheet.written(known, cells_typed(known, INPUTS), solution)
    return made, one_sheet.expected(made, solution)


def test_formualizer_agrees_about_every_word(sheet: tuple[Sheet, dict[str, Value]]) -> None:
    made, expected = sheet
    assert disagreements(expected, one_sheet.by_formualizer(made)) == []


def test_libreoffice_agrees_about_every_word(
    sheet: tuple[Sheet, dict[str, Value]], tmp_path: Path
) -> None:
    made, expected = sheet
    (found,) = one_sheet.by_libreoffice([made], tmp_path)
    assert disagreements(expected, found) == []
