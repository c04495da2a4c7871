"""In another denomination a company is worth as many times as much, and no more hyped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.expr.nodes import Unit
from reportgen.model.last_month import LastMonth
from reportgen.model.lines import MODEL
from reportgen.model.report_question import answer, ask
from reportgen.model.solved import solve_case
from tests.laws.cases import PACKS, anything, company
from tests.laws.chance import LAW
from tests.laws.money import in_other_money, redenominated

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company

# A power of 2 moves no digit of a number, so that everything can be compared exactly.
LAST_DAY = 45961.0  # the end of October
POWERS = st.integers(-20, 20).map(lambda power: 2.0**power)


# Beside the model stand words, whether an argument's threshold of money was passed, and numbers of
# every kind in one column; ranks by money in whole millionths may tie at other places.
WORDED = re.compile(
    r"say\.|readiness\.|reason\[|bounds\[|alternative\[|(bull|bear)\.argument\["
    r"|check\[\{check\}\]\.difference"
)
MORE_MONEY = re.compile(
    r"without\[\{without\}\]\.ranked|stake\[\{stake\}\]\.(at_stake|weak)_key|segment\[\{segment\}\]\.worth_key"
)


# A place among the rows of all facts, whatever they are measured in; it counts within one alone.
PLACES = re.compile(r"(claim|product)\[\{\w+\}\](\.\w+)?\.place_from_(below|above)")


def same(one: Array, other: Array) -> bool:
    return np.array_equal(one, other, equal_nan=one.dtype != object)


@LAW
@given(anything(), POWERS)
def test_multiplying_all_money_multiplies_every_value_and_leaves_ratios_and_scores(
    case: Company, times: float
) -> None:
    before = solve_case(case).values
    after = solve_case(redenominated(case, times)).values
    for line in MODEL:
        if not PLACES.fullmatch(line.key):
            assert same(after[line], in_other_money(case, line, before[line], times)), line.key


@pytest.mark.parametrize("pack", PACKS)
def test_what_ifs_checks_and_readiness_follow_the_same_law(pack: str) -> None:
    case, other = company(pack), redenominated(company(pack), 2.0**10)
    before, after = (
        answer(ask(one, LastMonth(LAST_DAY, solve_case(one)))).values for one in (case, other)
    )
    for line, values in before.items():
        expected = in_other_money(case, line, values, 2.0**10)
        if MORE_MONEY.match(line.key):
            assert after[line] == pytest.approx(values * 2.0**10, abs=2.0**10), line.key
        elif not WORDED.match(line.key) and not PLACES.fullmatch(line.key):
            assert same(after[line], expected), line.key


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("times", [0.01, 149.3])
def test_so_does_the_model_with_a_factor_that_rounds(pack: str, times: float) -> None:
    case = company(pack)
    before = solve_case(case).values
    after = solve_case(redenominated(case, times)).values
    for line in MODEL:
        if line.unit is not Unit.TEXT and not PLACES.fullmatch(line.key):
            expected = in_other_money(case, line, before[line], times)
            assert np.allclose(after[line], expected, 1e-9, 1e-12, equal_nan=True), line.key
