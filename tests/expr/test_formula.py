"""How many formulas a line has: one, or one for each case and for the first step."""

from __future__ import annotations

from reportgen.expr import functions as f
from reportgen.expr.formula import variants
from tests.expr.small import CASE, MEMBERS, ROW, STEP, given, line

ROWS, CASES, GRID = given("rows", ROW), given("cases", CASE), given("grid", CASE, ROW)


def test_a_line_has_a_formula_for_each_case_and_for_the_first_step() -> None:
    told = line("told", f.by(CASE, bear=1, base=2, bull=f.previous("told", STEP, 0)), STEP, CASE)
    found = [(dict(v.choice)[CASE], v.first, v.where) for v in variants(told, MEMBERS)]
    first, rest = (0, slice(0, 1)), (0, slice(1, None))
    assert found == [
        (case, is_first, ((1, slice(n, n + 1)), first if is_first else rest))
        for n, case in enumerate(MEMBERS[CASE])
        for is_first in (True, False)
    ]


def test_a_line_without_cases_has_one_formula() -> None:
    (only,) = variants(line("double", ROWS * 2, ROW), MEMBERS)
    assert (only.choice, only.first, only.where) == ((), False, ())
