"""What could not be measured costs an allowance: it is never a quiet 0."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model import hype, inputs, launch
from reportgen.model.dims import COMPONENTS
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, followed
from tests.laws.chance import BLANK, LAW
from tests.laws.test_waterfall import SWITCHES

if TYPE_CHECKING:
    from tests.laws.altered import Company

WEIGHTS = (
    inputs.hype_weight_optimism,
    inputs.hype_weight_staleness,
    inputs.hype_weight_runup,
    inputs.hype_weight_launch,
)
OUTPUTS = (
    hype.state,
    hype.weight,
    hype.allowance,
    hype.hype_value,
    hype.haircut,
    hype.consensus,
    launch.overpricing,
    hype.shown_optimism,
    hype.shown_staleness,
    hype.shown_runup,
    hype.shown_launch,
)


@st.composite
def with_an_allowance(draw: st.DrawFn) -> Company:
    """A company whose caps leave something, and whose rate of the allowance is not 0."""
    case, dice = draw(followed()), draw(DICE)
    return with_inputs(
        case,
        {
            inputs.hype_allowance_rate: dice.decimals(0.001, 1),
            inputs.hype_max_haircut: dice.decimals(0, 0.999),
        },
    )


@LAW
@given(with_an_allowance())
def test_a_component_that_could_not_be_measured_raises_the_allowance(case: Company) -> None:
    found = solved(case, *OUTPUTS).values
    states, weights = found[hype.state], found[hype.weight]
    missing = (states == "n/a") & (weights > 0)
    counted = ((states == "ok") & (weights > 0)).any()
    for place in np.flatnonzero(missing):
        off = with_inputs(case, {SWITCHES[place]: np.array(0.0)})
        without = solved(off, hype.allowance).values[hype.allowance]
        assert np.isnan(without) == np.isnan(found[hype.allowance])
        assert not without > found[hype.allowance]
        if counted:
            assert found[hype.allowance] > without
    if missing.any():
        assert not found[hype.allowance] <= 0


@LAW
@given(followed())
def test_a_component_that_could_not_be_measured_is_shown_as_such_and_not_as_0(
    case: Company,
) -> None:
    found = solved(case, *OUTPUTS).values
    for place, name in enumerate(COMPONENTS):
        shown = found[getattr(hype, f"shown_{name}")]
        if found[hype.state][place] == "ok":
            assert shown == found[hype.haircut][place] or np.isnan(found[hype.consensus])
        else:
            assert np.isnan(shown)


@LAW
@given(followed())
def test_a_component_that_applies_counts_only_if_half_the_targets_could_be_measured(
    case: Company,
) -> None:
    found = solved(case, *OUTPUTS, hype.switch, hype.applicable, hype.computed, hype.count).values
    enough = (found[hype.computed] >= found[hype.count] / 2) & (found[hype.count] > 0)
    enough[COMPONENTS.index("launch")] &= not np.isnan(found[launch.overpricing])
    applies = (found[hype.switch] > 0) & (found[hype.applicable] > 0)
    assert np.array_equal(found[hype.state] == "ok", applies & enough)
    assert np.array_equal(found[hype.state] == "n/a", applies & ~enough)


@LAW
@given(followed())
def test_where_nothing_could_be_measured_there_is_no_hype_adjusted_value(case: Company) -> None:
    """Without closes but the last there is no optimism and no run-up; staleness is switched off."""
    closes = live(case, inputs.close).copy()
    closes[:-1] = BLANK
    nothing = {
        inputs.close: closes,
        inputs.hype_switch_optimism: np.array(1),
        inputs.hype_switch_staleness: np.array(0),
    }
    case = with_inputs(case, nothing)
    # a target of the last day has that close at its issue
    published = case.given[hype.published] - 7
    case = replace(case, given={**case.given, hype.published: published})
    found = solved(case, *OUTPUTS).values
    if "ok" not in found[hype.state]:
        assert np.isnan(found[hype.hype_value])


@LAW
@given(with_an_allowance())
def test_the_allowance_grows_with_the_weight_of_what_could_not_be_measured(case: Company) -> None:
    found = solved(case, *OUTPUTS).values
    for place in np.flatnonzero(found[hype.state] == "n/a"):
        heavier = np.array((1 + live(case, WEIGHTS[place])) / 2)
        after = solved(with_inputs(case, {WEIGHTS[place]: heavier}), hype.allowance).values
        assert not after[hype.allowance] < found[hype.allowance] * (1 - 1e-12)
