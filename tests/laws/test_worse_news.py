"""Worse news never makes a company worth more, nor dearer equity the price to pay for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import fundamentals, stance, twelve_months
from reportgen.model.inputs import assumptions
from reportgen.model.valuation import expected_value, value
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, valued
from tests.laws.chance import LAW
from tests.laws.reporting import OTHERWISE, reporting, results_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company
    from tests.laws.chance import Dice

    Cases = tuple[Company, Company]

WORTH = (value, expected_value)


def newest_of(case: Company, series: str) -> Array:
    """The rows of a series that are the newest ones: of a flow those of the last period."""
    lines = (
        fundamentals.series,
        fundamentals.newest_value,
        twelve_months.ends,
        twelve_months.counts,
    )
    found = solved(case, *lines).values
    mine = found[fundamentals.series] == series
    of_flow = mine & (found[twelve_months.counts] > 0)
    if of_flow.any():
        mine = of_flow & (found[twelve_months.ends] == found[twelve_months.ends][of_flow].max())
    else:
        mine &= found[fundamentals.newest_value] > 0
    rows: Array = np.flatnonzero(mine)
    return rows


def with_figure(case: Company, dice: Dice, series: str, moved: Callable[[float], float]) -> Company:
    """A case with another figure in one of the newest rows of a series, if there is one."""
    figures, rows = live(case, fundamentals.value).copy(), newest_of(case, series)
    if rows.size:
        row = dice.pick(rows.tolist())
        figures[row] = moved(figures[row])
    return with_inputs(case, {fundamentals.value: figures})


@st.composite
def companies(draw: st.DrawFn) -> Company:
    """A company with the results of its pack, or with others told in any cycle."""
    case, dice = draw(valued()), draw(DICE)
    if dice.chance(1 / 2):
        told = results_of(case, dice)
        case = reporting(case, told, dice.pick(OTHERWISE[told.since]), dice)
    return case


@st.composite
def with_lower_eps(draw: st.DrawFn) -> Cases:
    """Two companies, the second of which earned less in its newest period.

    A loss grows by no more than itself: beyond, a larger loss would turn into a larger profit.
    """
    case, dice = draw(companies()), draw(DICE)
    growth = np.minimum(live(case, assumptions.eps_growth), 1.0)
    case = with_inputs(case, {assumptions.eps_growth: growth})
    loss = float(dice.decimals(0.001, dice.pick((1, 1000))))
    return case, with_figure(case, dice, "group/eps", lambda eps: eps - loss)


@st.composite
def with_less_net_cash(draw: st.DrawFn) -> Cases:
    case, dice = draw(companies()), draw(DICE)
    spent = float(dice.decimals(0.001, dice.pick((1000, 1e6))))
    return case, with_figure(case, dice, "group/net_cash", lambda cash: cash - spent)


@st.composite
def with_more_shares(draw: st.DrawFn) -> Cases:
    case, dice = draw(companies()), draw(DICE)
    times = 1 + float(dice.decimals(0.001, 5))
    return case, with_figure(case, dice, "group/shares_diluted", lambda count: count * times)


@st.composite
def with_dearer_equity(draw: st.DrawFn) -> Cases:
    case, dice = draw(companies()), draw(DICE)
    rate = live(case, assumptions.cost_of_equity)
    dearer = rate + (1 - rate) * dice.decimals(0.001, 1)
    return case, with_inputs(case, {assumptions.cost_of_equity: dearer})


def assert_none_higher(cases: Cases, *lines: Line) -> None:
    before, after = (solved(case, *lines).values for case in cases)
    for line in lines:
        assert np.array_equal(np.isnan(before[line]), np.isnan(after[line])), line.key
        rounding = 1e-9 * np.maximum(1, np.abs(before[line]))
        assert not (after[line] > before[line] + rounding).any(), line.key


@LAW
@given(with_lower_eps())
def test_no_case_is_worth_more_after_lower_earnings(cases: Cases) -> None:
    assert_none_higher(cases, *WORTH, twelve_months.eps_reference)


@LAW
@given(with_less_net_cash())
def test_no_case_is_worth_more_with_less_net_cash(cases: Cases) -> None:
    assert_none_higher(cases, *WORTH, fundamentals.net_cash)


@LAW
@given(with_more_shares())
def test_no_case_is_worth_more_with_more_shares(cases: Cases) -> None:
    assert_none_higher(cases, *WORTH)


@LAW
@given(with_dearer_equity())
def test_the_price_to_buy_below_never_rises_with_the_cost_of_equity(cases: Cases) -> None:
    assert_none_higher(cases, stance.buy_below, stance.buy_return, stance.buy_skew)
