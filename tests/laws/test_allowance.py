"""What could not be measured costs an allowance: it is never a quiet 0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import launch
from reportgen.model.dims import COMPONENTS
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs import assumptions, market_data
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, followed
from tests.laws.chance import BLANK, LAW
from tests.laws.test_waterfall import SWITCHES

if TYPE_CHECKING:
    from tests.laws.altered import Company

WEIGHTS = (
    assumptions.hype_weight_optimism,
    assumptions.hype_weight_staleness,
    assumptions.hype_weight_runup,
    assumptions.hype_weight_launch,
)
OUTPUTS = (
    adjusted_value.state,
    adjusted_value.weight,
    adjusted_value.allowance,
    adjusted_value.hype_value,
    adjusted_value.haircut,
    price_targets.consensus,
    launch.overpricing,
    adjusted_value.shown_optimism,
    adjusted_value.shown_staleness,
    adjusted_value.shown_runup,
    adjusted_value.shown_launch,
)


@st.composite
def with_an_allowance(draw: st.DrawFn) -> Company:
    """A company whose caps leave something, and whose rate of the allowance is not 0."""
    case, dice = draw(followed()), draw(DICE)
    return with_inputs(
        case,
        {
            assumptions.hype_allowance_rate: dice.decimals(0.001, 1),
            assumptions.hype_max_haircut: dice.decimals(0, 0.999),
        },
    )


@LAW
@given(with_an_allowance())
def test_a_component_that_could_not_be_measured_raises_the_allowance(case: Company) -> None:
    found = solved(case, *OUTPUTS).values
    states, weights = found[adjusted_value.state], found[adjusted_value.weight]
    missing = (states == "n/a") & (weights > 0)
    counted = ((states == "ok") & (weights > 0)).any()
    for place in np.flatnonzero(missing):
        off = with_inputs(case, {SWITCHES[place]: np.array(0.0)})
        without = solved(off, adjusted_value.allowance).values[adjusted_value.allowance]
        assert np.isnan(without) == np.isnan(found[adjusted_value.allowance])
        assert not without > found[adjusted_value.allowance]
        if counted:
            assert found[adjusted_value.allowance] > without
    if missing.any():
        assert not found[adjusted_value.allowance] <= 0


@LAW
@given(followed())
def test_a_component_that_could_not_be_measured_is_shown_as_such_and_not_as_0(
    case: Company,
) -> None:
    found = solved(case, *OUTPUTS).values
    for place, name in enumerate(COMPONENTS):
        shown = found[getattr(adjusted_value, f"shown_{name}")]
        if found[adjusted_value.state][place] == "ok":
            assert shown == found[adjusted_value.haircut][place] or np.isnan(
                found[price_targets.consensus]
            )
        else:
            assert np.isnan(shown)


@LAW
@given(followed())
def test_a_component_that_applies_counts_only_if_half_the_targets_could_be_measured(
    case: Company,
) -> None:
    found = solved(
        case,
        *OUTPUTS,
        adjusted_value.switch,
        adjusted_value.applicable,
        adjusted_value.computed,
        price_targets.count,
    ).values
    enough = (found[adjusted_value.computed] >= found[price_targets.count] / 2) & (
        found[price_targets.count] > 0
    )
    enough[COMPONENTS.index("launch")] &= not np.isnan(found[launch.overpricing])
    applies = (found[adjusted_value.switch] > 0) & (found[adjusted_value.applicable] > 0)
    assert np.array_equal(found[adjusted_value.state] == "ok", applies & enough)
    assert np.array_equal(found[adjusted_value.state] == "n/a", applies & ~enough)


@LAW
@given(followed())
def test_where_nothing_could_be_measured_there_is_no_hype_adjusted_value(case: Company) -> None:
    """Without closes but the last there is no optimism and no run-up; staleness is switched off."""
    closes = live(case, market_data.close).copy()
    closes[:-1] = BLANK
    nothing = {
        market_data.close: closes,
        assumptions.hype_switch_optimism: np.array(1),
        assumptions.hype_switch_staleness: np.array(0),
    }
    case = with_inputs(case, nothing)
    # a target of the last day has that close at its issue
    published = case.given[price_targets.published] - 7
    case = replace(case, given={**case.given, price_targets.published: published})
    found = solved(case, *OUTPUTS).values
    if "ok" not in found[adjusted_value.state]:
        assert np.isnan(found[adjusted_value.hype_value])


@LAW
@given(with_an_allowance())
def test_the_allowance_grows_with_the_weight_of_what_could_not_be_measured(case: Company) -> None:
    found = solved(case, *OUTPUTS).values
    for place in np.flatnonzero(found[adjusted_value.state] == "n/a"):
        heavier = np.array((1 + live(case, WEIGHTS[place])) / 2)
        after = solved(
            with_inputs(case, {WEIGHTS[place]: heavier}), adjusted_value.allowance
        ).values
        assert not after[adjusted_value.allowance] < found[adjusted_value.allowance] * (1 - 1e-12)
