"""Growth solved for a value gives that value back."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.model.inputs import assumptions, market_data
from reportgen.model.priced_in import (
    cash_flow_per_share,
    g_needed,
    g_two_stage,
    net_assets_per_share,
    wanted,
    worth_high,
    worth_low,
)
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, anything, company
from tests.laws.chance import LAW
from tests.laws.judgements import judged

if TYPE_CHECKING:
    from tests.laws.altered import Company

EARNING = ("baba", "no_claims", "tokyo", "daily")  # packs with four quarters that sum to a profit
OUTPUTS = (g_needed, g_two_stage, wanted, cash_flow_per_share, worth_low, worth_high)
CLOSE_TO_1 = 1e-9  # the sheet divides by 1 - q down to here


class Fade(NamedTuple):
    """Years of growth, the rate at which cash is discounted, and growth for ever after."""

    years: float
    rate: float
    ending: float

    @classmethod
    def of(cls, case: Company) -> Fade:
        terms = (assumptions.fade_years, assumptions.cost_of_equity, assumptions.terminal_growth)
        return cls(*(float(live(case, term)) for term in terms))

    def log_q(self, growth: float) -> float:
        return math.log1p(growth) - math.log1p(self.rate)

    def worth(self, growth: float) -> float:
        """What a cash flow of 1 is worth, without cancellation where q is nearly 1."""
        log_q = self.log_q(growth)
        q, less = math.exp(log_q), math.expm1(log_q)
        annuity = q * math.expm1(self.years * log_q) / less if less else self.years
        return annuity + math.pow(q, self.years) * (1 + self.ending) / (self.rate - self.ending)

    def rounding(self, growth: float) -> float:
        """By which part of itself the sheet may miss a worth: 1 - q loses digits as q nears 1."""
        return 1e-9 + 4e-16 / max(abs(math.expm1(self.log_q(growth))), CLOSE_TO_1)


def assert_given_back(case: Company, growth: float, cash_flow: float, value: float) -> None:
    fade = Fade.of(case)
    assert math.isclose(cash_flow * fade.worth(growth), value, rel_tol=fade.rounding(growth))


@LAW
@given(anything())
def test_the_two_stage_value_at_the_growth_solved_for_gives_the_value_back(case: Company) -> None:
    found = solved(case, *OUTPUTS).values
    for growth, value in zip(found[g_needed], found[wanted], strict=True):
        if not np.isnan(growth):
            assert_given_back(case, growth, float(found[cash_flow_per_share]), value)


@LAW
@given(anything())
def test_growth_is_solved_for_wherever_the_value_lies_between_both_ends_of_the_bracket(
    case: Company,
) -> None:
    found = solved(case, *OUTPUTS).values
    within = (found[worth_low] <= found[wanted]) & (found[wanted] <= found[worth_high])
    assert np.array_equal(np.isnan(found[g_needed]), ~(within & (found[wanted] > 0)))


@st.composite
def priced_for_growth(draw: st.DrawFn) -> Company:
    """A company whose price is what some growth is worth; at times that is the cost of equity."""
    dice = draw(DICE)
    case = judged(company(draw(st.sampled_from(EARNING))), dice)
    case = with_inputs(case, {assumptions.cash_conversion: dice.decimals(0.001, 3)})
    growth = float(dice.decimals(-0.499, 0.999))
    if dice.chance(1 / 4):
        growth = Fade.of(case).rate + dice.pick((0, 0, 1e-12, 1e-10, 1e-9, 1e-8, -1e-8, 1e-6))
    found = solved(case, cash_flow_per_share, net_assets_per_share).values
    price = found[cash_flow_per_share] * Fade.of(case).worth(growth) + found[net_assets_per_share]
    assume(price > 0 and growth < 1)
    return with_inputs(
        case, {market_data.close: np.full_like(live(case, market_data.close), price)}
    )


@LAW
@given(priced_for_growth())
def test_a_price_that_some_growth_justifies_is_found_to_need_as_much(case: Company) -> None:
    found = solved(case, *OUTPUTS).values
    growth, value = float(found[g_two_stage]), float(found[wanted][0])
    assert_given_back(case, growth, float(found[cash_flow_per_share]), value)
