"""The waterfall from the narrative to the hype-adjusted value: its bars, its sum, its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.hype import adjusted_value, components, price_targets
from reportgen.model.inputs import assumptions
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, followed
from tests.laws.chance import LAW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company

WATERFALL = (
    adjusted_value.start,
    adjusted_value.narrative_gap,
    price_targets.consensus,
    adjusted_value.raw_amount,
    adjusted_value.haircut,
    adjusted_value.allowance,
    adjusted_value.hype_value,
    components.optimism,
    components.staleness,
    components.runup,
    components.launch_part,
)
CAPS = (assumptions.hype_max_haircut, assumptions.hype_allowance_rate)
SWITCHES = (
    assumptions.hype_switch_optimism,
    assumptions.hype_switch_staleness,
    assumptions.hype_switch_runup,
    assumptions.hype_switch_launch,
)


def taken_apart(case: Company) -> Mapping[Line, Array]:
    return solved(case, *WATERFALL).values


@LAW
@given(followed())
def test_the_bars_of_the_waterfall_lead_from_its_start_to_the_hype_adjusted_value(
    case: Company,
) -> None:
    found = taken_apart(case)
    gap = np.nan_to_num(found[adjusted_value.narrative_gap])
    end = (
        found[adjusted_value.start]
        - gap
        - found[adjusted_value.haircut].sum()
        - found[adjusted_value.allowance]
    )
    if not np.isnan(found[adjusted_value.hype_value]):
        assert abs(end - found[adjusted_value.hype_value]) <= 1e-12 * found[adjusted_value.start]


@LAW
@given(followed())
def test_no_component_of_the_haircut_is_ever_negative(case: Company) -> None:
    found = taken_apart(case)
    for line in WATERFALL[3:6] + WATERFALL[7:]:
        assert not (found[line] < 0).any()


@LAW
@given(followed())
def test_the_hype_adjusted_value_is_never_above_consensus_nor_consensus_above_the_start(
    case: Company,
) -> None:
    found = taken_apart(case)
    assert not found[adjusted_value.hype_value] > found[price_targets.consensus]
    assert not found[price_targets.consensus] > found[adjusted_value.start]


@st.composite
def deflated(draw: st.DrawFn) -> Company:
    """A company whose targets are taken apart as far as the caps allow."""
    case, dice = draw(followed()), draw(DICE)
    severe = {
        assumptions.hype_optimism_rate: dice.decimals(0.5, 1),
        assumptions.hype_target_half_life: dice.decimals(0.001, 10),
        # the run-up is the component that is n/a most often
        assumptions.hype_weight_runup: dice.decimals(0.5, 1),
    }
    return with_inputs(case, severe)


@LAW
@given(deflated())
def test_with_the_default_caps_nearly_a_third_of_consensus_is_always_left(case: Company) -> None:
    defaults = {
        assumptions.hype_max_haircut: np.array(0.6),
        assumptions.hype_allowance_rate: np.array(0.2),
    }
    found = taken_apart(with_inputs(case, defaults))
    assert not found[adjusted_value.hype_value] < 0.32 * found[price_targets.consensus] * (
        1 - 1e-12
    )


@LAW
@given(deflated())
def test_what_is_left_of_consensus_is_what_both_caps_leave(case: Company) -> None:
    found = taken_apart(case)
    left = np.prod([1 - live(case, cap) for cap in CAPS])
    assert (
        not found[adjusted_value.hype_value]
        < left * found[price_targets.consensus] * (1 - 1e-12) - 1e-12
    )


@LAW
@given(followed())
def test_with_every_switch_off_the_hype_adjusted_value_is_consensus(case: Company) -> None:
    found = taken_apart(with_inputs(case, dict.fromkeys(SWITCHES, np.array(0.0))))
    assert np.array_equal(
        found[adjusted_value.hype_value], found[price_targets.consensus], equal_nan=True
    )
    assert not found[adjusted_value.raw_amount].any()
