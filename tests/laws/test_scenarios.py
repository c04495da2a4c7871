"""Bear, base and bull stand in order, and their mean lies between them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import fundamentals
from reportgen.model.inputs import assumptions
from reportgen.model.valuation import METHODS, expected_value, pe_12m, sotp_12m, value
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, company, valued
from tests.laws.chance import BLANK, LAW

if TYPE_CHECKING:
    from tests.laws.altered import Company

WEIGHTS = tuple(method.weight for method in METHODS.values())


@LAW
@given(valued(clearing=3))
def test_the_bear_value_is_never_above_base_nor_base_above_bull(case: Company) -> None:
    bear, base, bull = solved(case, value).values[value]
    assert not bear > base
    assert not base > bull


@LAW
@given(valued())
def test_the_expected_value_lies_between_bear_and_bull(case: Company) -> None:
    found = solved(case, value, expected_value).values
    bear, _, bull = found[value]
    rounding = 1e-12 * max(abs(bear), abs(bull))
    assert not found[expected_value] < bear - rounding
    assert not found[expected_value] > bull + rounding


@st.composite
def indebted(draw: st.DrawFn) -> Company:
    """A company that owes more than it has, valued by all four methods where it can be."""
    case, dice = draw(valued()), draw(DICE)
    figures, metrics = live(case, fundamentals.value), case.given[fundamentals.metric]
    if dice.chance(1 / 2):  # few packs tell a book value
        metrics = np.where(metrics == "investments", "book_value", metrics)
        case = replace(case, given={**case.given, fundamentals.metric: metrics})
    owed = np.isin(metrics, ["net_cash", "book_value"])
    debts = -np.abs(figures) * dice.decimals(0, 50, figures.shape)
    shape = live(case, assumptions.ebitda_growth).shape
    return with_inputs(
        case,
        {
            fundamentals.value: np.where(owed, debts, figures),
            assumptions.ebitda_growth: dice.decimals(-1, 1, shape),
            assumptions.ev_ebitda_multiple: dice.decimals(0, 20, shape),
            assumptions.book_growth: dice.decimals(-1, 1, shape),
            assumptions.pb_multiple: dice.decimals(0, 3, shape),
            **{weight: dice.decimals(0, 1) for weight in WEIGHTS},
        },
    )


@LAW
@given(valued(clearing=3) | indebted())
def test_no_case_and_no_expected_value_is_negative(case: Company) -> None:
    found = solved(case, value, expected_value).values
    assert not (found[value] < 0).any()
    assert not found[expected_value] < 0


def test_a_method_counts_only_where_all_three_cases_have_it() -> None:
    """So no case is ever the mean of other methods than its neighbours."""
    case = company("pence")
    growth = live(case, assumptions.growth).copy()
    growth[1, 0] = BLANK  # of the base case
    found = solved(with_inputs(case, {assumptions.growth: growth}), value, sotp_12m, pe_12m)
    found = found.values
    assert np.isnan(found[sotp_12m]).tolist() == [False, True, False]
    assert found[value].tolist() == found[pe_12m].tolist()
