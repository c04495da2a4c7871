"""Where a component was measured for some targets only, two laws of the haircut do not hold.

Its mean is over fewer targets than consensus is, and what it takes off the next step is known for
those few alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE, TARGET
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs import assumptions, description, market_data
from tests.laws.altered import live, solved, with_inputs, with_rows
from tests.laws.cases import company

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.laws.altered import Columns, Company


def small_market(targets: Mapping[int, float], closes: Mapping[int, float]) -> Company:
    """A company with targets and closes by their age in days, and nothing of a run-up or launch."""
    case = with_rows(company("no_claims"), BENCHMARK, 0, {})
    today = float(live(case, description.as_of))
    days = [today - age for age in closes]
    case = with_rows(
        case,
        CLOSE,
        len(closes),
        {market_data.close_date: days, market_data.close: [*closes.values()]},
    )
    columns: Columns = {
        price_targets.number: [float(k + 1) for k, _ in enumerate(targets)],
        price_targets.broker: [f"Broker {age}" for age in targets],
        price_targets.published: [today - age for age in targets],
        price_targets.stated: [*targets.values()],
        price_targets.currency: ["USD"] * len(targets),
        price_targets.share_line: ["ADS"] * len(targets),
        price_targets.horizon: [12.0] * len(targets),
        price_targets.kind: ["broker"] * len(targets),
    }
    return with_rows(case, TARGET, len(targets), columns)


def hype_value(case: Company) -> float:
    return float(solved(case, adjusted_value.hype_value).values[adjusted_value.hype_value])


def computed(case: Company) -> list[float]:
    """For how many targets optimism, staleness and run-up were computed."""
    counts: list[float] = (
        solved(case, adjusted_value.computed).values[adjusted_value.computed][:3].tolist()
    )
    return counts


def test_optimism_measured_for_too_few_targets_to_count_takes_nothing_off_the_next_step() -> None:
    """Known for one target of three it is n/a: staleness begins with the whole target."""
    case = small_market({90: 150, 180: 150, 270: 150}, {90: 100, 2: 100})
    harsh = with_inputs(case, {assumptions.hype_optimism_rate: np.array(0.3)})
    assert computed(case) == [1, 3, 0]
    assert hype_value(harsh) == hype_value(case)


def test_a_higher_target_lowers_it_where_optimism_was_measured_for_some_targets_only() -> None:
    """Optimism grows with the target and is shared by two, but consensus is shared by three."""
    targets, closes = {10: 110, 20: 120, 180: 150}, {20: 100, 10: 100, 2: 100}
    case, higher = (small_market(targets | {10: one}, closes) for one in (110, 115))
    assert computed(case) == [2, 3, 0]
    before, after = (hype_value(one) for one in (case, higher))
    assert after < before


def test_a_harsher_rate_raises_it_where_the_run_up_was_measured_for_some_targets_only() -> None:
    """Under a wide cap the run-up falls by most of what optimism takes, and is not halved."""
    case = small_market({2: 110, 180: 90}, {186: 10, 180: 100, 2: 100})
    today = float(live(case, description.as_of))
    levels: Columns = {
        market_data.benchmark_date: [today - 186, today - 2],
        market_data.benchmark_close: [9, 9],
    }
    estimates: Columns = {
        market_data.estimate_date: [today - 186],
        market_data.estimate: [1],
        market_data.estimate_currency: ["USD"],
    }
    case = with_rows(with_rows(case, BENCHMARK, 2, levels), ESTIMATE, 1, estimates)
    wide = {
        assumptions.hype_runup_share: np.array(1),
        assumptions.hype_runup_cap: np.array(0.8),
        assumptions.hype_max_haircut: np.array(1),
    }
    mild, harsh = (
        with_inputs(case, {**wide, assumptions.hype_optimism_rate: np.array(rate)})
        for rate in (0.05, 0.1)
    )
    assert computed(mild) == [2, 2, 1]
    assert hype_value(harsh) > hype_value(mild) + 1
