"""Harsher parameters never raise the hype-adjusted value, and higher targets never lower it.

Both need a component to be measured for all targets alike; test_uneven_measurement.py shows how
they fail where one was measured for some targets only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs import assumptions
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import DICE, followed
from tests.laws.chance import LAW

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.model.words import Entry
    from tests.laws.altered import Company

LARGER_IS_HARSHER = (
    assumptions.hype_optimism_rate,
    assumptions.hype_runup_share,
    assumptions.hype_launch_share,
    assumptions.hype_allowance_rate,
    assumptions.hype_runup_cap,
    assumptions.hype_launch_cap,
    assumptions.hype_max_haircut,
)
HARSHNESS = (*LARGER_IS_HARSHER, assumptions.hype_target_half_life)
ROUNDING = 1e-12  # of consensus, the largest figure in the sum


@st.composite
def harsher(draw: st.DrawFn) -> tuple[Company, Company]:
    """A company in a market without gaps, and the same with some parameters harsher."""
    case, dice = draw(followed(whole=True)), draw(DICE)
    changed = draw(st.sets(st.sampled_from(HARSHNESS), min_size=1))
    drawn: dict[Entry, Array] = {
        one: live(case, one) + (1 - live(case, one)) * dice.decimals(0, 1)
        for one in LARGER_IS_HARSHER
        if one in changed
    }
    if assumptions.hype_target_half_life in changed:
        half_life = assumptions.hype_target_half_life
        drawn[half_life] = live(case, half_life) * dice.decimals(0.001, 1)
    return case, with_inputs(case, drawn)


@st.composite
def higher_target(draw: st.DrawFn) -> tuple[Company, Company]:
    """A company each of whose ok components was measured for every target; then one is higher."""
    case, dice = draw(st.booleans().flatmap(lambda whole: followed(whole=whole))), draw(DICE)
    measured = (
        adjusted_value.is_ok,
        adjusted_value.computed,
        price_targets.count,
        price_targets.target,
        price_targets.close_at_issue,
    )
    found = solved(case, *measured).values
    assume(
        bool(
            (found[adjusted_value.computed] == found[price_targets.count])[
                found[adjusted_value.is_ok] > 0
            ].all()
        )
    )
    stated = live(case, price_targets.stated).copy()
    place = dice.whole(0, len(stated) - 1)
    close = found[price_targets.close_at_issue][place] / found[price_targets.target][place]
    if close > 0 and dice.chance(1 / 2):  # where a target begins to hold optimism
        stated[place] *= close * (1 + dice.decimals(-0.05, 0.1))
        case = with_inputs(case, {price_targets.stated: stated})
    raised = stated.copy()
    raised[place] *= 1 + dice.decimals(0.001, dice.pick((0.05, 5.0)))
    return case, with_inputs(case, {price_targets.stated: raised})


def values(*cases: Company) -> list[float]:
    return [
        float(solved(case, adjusted_value.hype_value).values[adjusted_value.hype_value])
        for case in cases
    ]


def rounding(case: Company) -> float:
    consensus = float(solved(case, price_targets.consensus).values[price_targets.consensus])
    return ROUNDING * (0 if np.isnan(consensus) else consensus)


def crosses_the_limit(case: Company) -> bool:
    """Whether a target is set aside as too far from the close at its issue."""
    return bool(solved(case, price_targets.set_aside).values[price_targets.set_aside].any())


def measured_alike(case: Company) -> bool:
    """Whether each component was computed for every target in use, or for none.

    The launch is passed over: for targets before it that component is 0, for all others it hangs on
    one overpricing.
    """
    found = solved(case, adjusted_value.computed, price_targets.count).values
    return bool(
        np.isin(found[adjusted_value.computed][:3], [0, float(found[price_targets.count])]).all()
    )


@LAW
@given(harsher())
def test_a_harsher_rate_share_cap_or_half_life_never_raises_the_hype_adjusted_value(
    cases: tuple[Company, Company],
) -> None:
    assert measured_alike(cases[0])
    before, after = values(*cases)
    assert np.isnan(before) == np.isnan(after)
    assert not after > before + rounding(cases[0])


@LAW
@given(higher_target())
def test_a_higher_target_never_lowers_the_hype_adjusted_value(
    cases: tuple[Company, Company],
) -> None:
    assume(not any(crosses_the_limit(case) for case in cases))
    before, after = values(*cases)
    assert np.isnan(before) == np.isnan(after)
    assert not after < before - rounding(cases[1])
