"""The waterfall from the narrative to the hype-adjusted value: its bars, its sum, its limits."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import hype, inputs
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, followed
from tests.laws.chance import LAW

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company

WATERFALL = (
    hype.start,
    hype.narrative_gap,
    hype.consensus,
    hype.raw_amount,
    hype.haircut,
    hype.allowance,
    hype.hype_value,
    hype.optimism,
    hype.staleness,
    hype.runup,
    hype.launch_part,
)
CAPS = (inputs.hype_max_haircut, inputs.hype_allowance_rate)
SWITCHES = (
    inputs.hype_switch_optimism,
    inputs.hype_switch_staleness,
    inputs.hype_switch_runup,
    inputs.hype_switch_launch,
)


def waterfall(case: Company) -> Mapping[Line, Array]:
    return solved(case, *WATERFALL).values


@LAW
@given(followed())
def test_the_bars_of_the_waterfall_lead_from_its_start_to_the_hype_adjusted_value(
    case: Company,
) -> None:
    found = waterfall(case)
    gap = np.nan_to_num(found[hype.narrative_gap])
    end = found[hype.start] - gap - found[hype.haircut].sum() - found[hype.allowance]
    if not np.isnan(found[hype.hype_value]):
        assert abs(end - found[hype.hype_value]) <= 1e-12 * found[hype.start]


@LAW
@given(followed())
def test_no_component_of_the_haircut_is_ever_negative(case: Company) -> None:
    found = waterfall(case)
    for line in WATERFALL[3:6] + WATERFALL[7:]:
        assert not (found[line] < 0).any()


@LAW
@given(followed())
def test_the_hype_adjusted_value_is_never_above_consensus_nor_consensus_above_the_start(
    case: Company,
) -> None:
    found = waterfall(case)
    assert not found[hype.hype_value] > found[hype.consensus]
    assert not found[hype.consensus] > found[hype.start]


@st.composite
def deflated(draw: st.DrawFn) -> Company:
    """A company whose targets are taken apart as far as the caps allow."""
    case, dice = draw(followed()), draw(DICE)
    severe = {
        inputs.hype_optimism_rate: dice.decimals(0.5, 1),
        inputs.hype_target_half_life: dice.decimals(0.001, 10),
        # the run-up is the component that is n/a most often
        inputs.hype_weight_runup: dice.decimals(0.5, 1),
    }
    return with_inputs(case, severe)


@LAW
@given(deflated())
def test_with_the_default_caps_nearly_a_third_of_consensus_is_always_left(case: Company) -> None:
    defaults = {inputs.hype_max_haircut: np.array(0.6), inputs.hype_allowance_rate: np.array(0.2)}
    found = waterfall(with_inputs(case, defaults))
    assert not found[hype.hype_value] < 0.32 * found[hype.consensus] * (1 - 1e-12)


@LAW
@given(deflated())
def test_what_is_left_of_consensus_is_what_both_caps_leave(case: Company) -> None:
    found = waterfall(case)
    left = np.prod([1 - live(case, cap) for cap in CAPS])
    assert not found[hype.hype_value] < left * found[hype.consensus] * (1 - 1e-12) - 1e-12


@LAW
@given(followed())
def test_with_every_switch_off_the_hype_adjusted_value_is_consensus(case: Company) -> None:
    found = waterfall(with_inputs(case, dict.fromkeys(SWITCHES, np.array(0.0))))
    assert np.array_equal(found[hype.hype_value], found[hype.consensus], equal_nan=True)
    assert not found[hype.raw_amount].any()
