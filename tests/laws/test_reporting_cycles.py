"""However a company reports, the same twelve months give the same values."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import delivered_growth, twelve_months, valuation
from reportgen.model.inputs import assumptions
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, valued
from tests.laws.chance import BLANK, LAW
from tests.laws.reporting import IN_QUARTERS, OTHERWISE, reporting, results_of

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company

VALUES = (
    valuation.value,
    valuation.expected_value,
    valuation.base_metric,
    valuation.ebitda_ttm,
    twelve_months.eps_reference,
)
GROWTH = (delivered_growth.g_delivered, twelve_months.eps_growth_ttm)


class Reported(NamedTuple):
    """A company that reports in quarters, and the same if it reported otherwise."""

    in_quarters: Company
    otherwise: Company
    had_a_year_before: bool  # other than 0, by which growth is divided


@st.composite
def reported(draw: st.DrawFn, *, by_change: bool = False) -> Reported:
    """A company whose bases are those reported, in one case of two."""
    case, dice = draw(valued()), draw(DICE)
    if dice.chance(1 / 2):
        typed = np.full(live(case, assumptions.base_stated).shape, BLANK)
        case = with_inputs(case, {assumptions.base_stated: typed})
    told = results_of(case, dice, positive=by_change)
    periods = draw(st.sampled_from(OTHERWISE[told.since]))
    if dice.chance(1 / 4):
        periods = tuple(dict.fromkeys((*periods, *IN_QUARTERS)))
    return Reported(
        reporting(case, told, IN_QUARTERS, dice),
        reporting(case, told, periods, dice, by_change=by_change),
        told.before("group/eps") != 0,
    )


def close(one: Array, other: Array) -> bool:
    size = np.nanmax([1.0, *np.abs(np.atleast_1d(one))])
    return np.allclose(one, other, rtol=1e-9, atol=1e-9 * size, equal_nan=True)


def assert_worth_the_same(of: Reported) -> None:
    before, after = (
        solved(case, *VALUES, *GROWTH).values for case in (of.in_quarters, of.otherwise)
    )
    for line in (*VALUES, *(GROWTH if of.had_a_year_before else ())):
        assert close(before[line], after[line]), line.key


@LAW
@given(reported())
def test_halves_years_and_years_rolled_on_give_the_values_of_the_same_quarters(
    of: Reported,
) -> None:
    assert_worth_the_same(of)


@LAW
@given(reported(by_change=True))
def test_so_they_do_where_the_year_before_is_told_by_the_change_on_it(of: Reported) -> None:
    assert_worth_the_same(of)
