"""Lines of the model against figures worked out by hand, and equalities that always hold."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model import market
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs import conversion
from reportgen.model.inputs.assumptions import (
    cost_of_equity,
    hype_allowance_rate,
    hype_max_haircut,
    probability,
)
from reportgen.model.valuation import (
    expected_upside,
    expected_value,
    house_bull_probability,
    implied_bull_probability,
    omega,
    present_value,
    skew,
    upside,
    value,
)
from tests.laws.altered import with_inputs
from tests.laws.cases import company
from tests.model.by_hand import worked_out

CASES = np.array([50.0, 120.0, 200.0])  # bear, base, bull


PRICE = 100.0


def test_the_expected_value_weighs_each_case_by_its_own_probability() -> None:
    given = {
        value: CASES,
        probability: np.array([0.5, 0.3, 0.2]),
        market.price: PRICE,
        cost_of_equity: 0.25,
        conversion.dividend: 5.0,
    }
    assert worked_out(expected_value, given) == pytest.approx(25 + 36 + 40)
    assert worked_out(expected_upside, given) == pytest.approx(0.01)
    assert worked_out(upside, given) == pytest.approx(np.array([-0.5, 0.2, 1.0]))
    # in today's money 44, 100 and 164: a gain of 64 at 0.2, a loss of 56 at 0.5
    assert worked_out(present_value, given) == pytest.approx(np.array([44.0, 100.0, 164.0]))
    assert worked_out(omega, given) == pytest.approx(12.8 / 28)
    assert worked_out(skew, given) == pytest.approx(64 / 56)


def test_the_two_probabilities_of_bull_are_places_between_bear_and_bull() -> None:
    given = {
        value: CASES,
        expected_value: 110.0,
        market.price: PRICE,
        cost_of_equity: 0.1,
        conversion.dividend: 3.0,
    }
    assert worked_out(implied_bull_probability, given) == pytest.approx((110 - 3 - 50) / 150)
    assert worked_out(house_bull_probability, given) == pytest.approx(60 / 150)


@pytest.mark.parametrize(
    ("most", "scale", "haircuts"),
    [
        (0.5, 1.0, [20, 10, 6, 4]),  # 40 of 200 is no more than half
        (0.2, 1.0, [20, 10, 6, 4]),  # the edge: 40 of 200 is all that is allowed
        (0.1, 0.5, [10, 5, 3, 2]),  # the cap binds: they sum to a tenth of 200
        (0.0, 0.0, [0, 0, 0, 0]),
    ],
)
def test_where_the_cap_binds_the_haircuts_sum_to_the_greatest_part_of_consensus(
    most: float, scale: float, haircuts: list[float]
) -> None:
    given = {
        adjusted_value.raw_amount: np.array([20.0, 10.0, 6.0, 4.0]),
        price_targets.consensus: 200.0,
        hype_max_haircut: most,
    }
    assert worked_out(adjusted_value.scale, given) == pytest.approx(scale)
    assert worked_out(adjusted_value.haircut, given) == pytest.approx(np.array(haircuts))
    total = worked_out(adjusted_value.haircut_total, given)
    assert total == pytest.approx(min(40, most * 200))
    assert worked_out(adjusted_value.generic, given) == pytest.approx(sum(haircuts[:2]))
    assert worked_out(adjusted_value.specific, given) == pytest.approx(sum(haircuts[2:]))


@pytest.mark.parametrize("pack", ["baba", "tokyo", "daily"])
@pytest.mark.parametrize("most", [0.001, 0.01, 0.02])
def test_a_cap_that_binds_is_what_a_pack_loses(pack: str, most: float) -> None:
    case = with_inputs(company(pack), {hype_max_haircut: np.array(most)})
    raw, total, consensus = (
        float(worked_out(of, {}, case))
        for of in (
            adjusted_value.raw_total,
            adjusted_value.haircut_total,
            price_targets.consensus,
        )
    )
    assert total == pytest.approx(min(raw, most * consensus), nan_ok=True)


def test_the_allowance_is_a_rate_of_what_the_haircuts_leave_for_the_weight_not_measured() -> None:
    given = {
        adjusted_value.is_ok: np.array([1.0, 1.0, 0.0, 0.0]),
        adjusted_value.is_missing: np.array([0.0, 0.0, 1.0, 0.0]),
        adjusted_value.weight: np.array([0.5, 0.2, 0.1, 0.2]),
        adjusted_value.haircut: np.array([20.0, 20.0, 0.0, 0.0]),
        price_targets.consensus: 200.0,
        hype_allowance_rate: 0.4,
    }
    assert worked_out(adjusted_value.unmeasured, given) == pytest.approx(0.1 / 0.8)
    assert worked_out(adjusted_value.allowance, given) == pytest.approx(0.4 * 0.125 * 160)
    assert worked_out(adjusted_value.hype_value, given) == pytest.approx(160 - 8)


@pytest.mark.parametrize(
    ("narrative", "gap", "start"), [(250, 50, 250), (200, 0, 200), (90, 0, 200)]
)
def test_the_narrative_gap_is_what_the_bull_narrative_says_above_consensus(
    narrative: float, gap: float, start: float
) -> None:
    given = {adjusted_value.bull_narrative: float(narrative), price_targets.consensus: 200.0}
    assert worked_out(adjusted_value.narrative_gap, given) == gap
    assert worked_out(adjusted_value.start, given) == start


def test_the_tilt_of_consensus_is_0_at_bear_and_1_at_bull() -> None:
    for consensus, tilt in ((50.0, 0.0), (125.0, 0.5), (200.0, 1.0), (230.0, 1.2)):
        given = {value: CASES, price_targets.consensus: consensus}
        assert worked_out(adjusted_value.consensus_tilt, given) == pytest.approx(tilt)
