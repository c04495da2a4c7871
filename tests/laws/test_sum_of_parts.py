"""A dearer segment that earns something never makes the sum of the parts cheaper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.inputs import assumptions
from reportgen.model.valuation import sotp_12m, sotp_today
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, valued
from tests.laws.chance import LAW

if TYPE_CHECKING:
    from tests.laws.altered import Company

SOTP = (sotp_today, sotp_12m)


@st.composite
def dearer(draw: st.DrawFn) -> tuple[Company, Company, int]:
    """Two cases that differ in one multiple, the second's being higher; and its scenario.

    The segment earns something there: its metric x (1 + growth), or its level, is positive.
    """
    case, dice = draw(valued()), draw(DICE)
    multiples, growth = (
        live(case, assumptions.multiple).copy(),
        live(case, assumptions.growth).copy(),
    )
    metrics = live(case, assumptions.base_stated).copy()
    levels = live(case, assumptions.level_stated).copy()
    scenario, segment = (dice.whole(0, size - 1) for size in multiples.shape)
    metrics[segment] = abs(metrics[segment]) + dice.decimals(0.001, 1000)
    growth[scenario, segment] = np.maximum(growth[scenario, segment], dice.decimals(-0.999, 1))
    levels[scenario, segment] = abs(levels[scenario, segment]) + dice.decimals(0.001, 1000)
    case = with_inputs(
        case,
        {
            assumptions.base_stated: metrics,
            assumptions.growth: growth,
            assumptions.level_stated: levels,
        },
    )
    multiples[scenario, segment] += dice.decimals(0.001, 60)
    return case, with_inputs(case, {assumptions.multiple: multiples}), scenario


@LAW
@given(dearer())
def test_a_higher_multiple_of_a_segment_that_earns_never_lowers_the_sum_of_the_parts(
    cases: tuple[Company, Company, int],
) -> None:
    before, after = (solved(case, *SOTP).values for case in cases[:2])
    scenario = cases[2]
    for line in SOTP:
        assert not after[line][scenario] < before[line][scenario]
        assert np.array_equal(np.isnan(after[line]), np.isnan(before[line]))
        one, other = (np.delete(found[line], scenario) for found in (after, before))
        assert np.array_equal(one, other, equal_nan=True)
