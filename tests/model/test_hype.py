"""Which targets count, and each step from them to the hype-adjusted value, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model import launch, market
from reportgen.model.dims import TARGET
from reportgen.model.hype import adjusted_value, components, price_targets
from reportgen.model.inputs import assumptions
from reportgen.model.inputs.description import adr_ratio
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, day

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line


TODAY = day("2025-11-30")


TARGETS = len(example().members[TARGET])


# --- which share a target is on ---
@pytest.mark.parametrize(
    ("said", "ratio", "listed"),
    [
        ("", 8.0, 1.0),
        ("ADSs", 8.0, 1.0),
        ("listed share", 8.0, 1.0),
        ("ordinary", 8.0, 0.0),
        ("ordinary", 1.0, 0.0),
        ("share", 8.0, 0.0),  # which of two kinds?
        ("shares", 1.0, 1.0),  # there is one kind
    ],
)
def test_a_target_is_on_the_listed_share_where_it_says_so_or_nothing_or_there_is_no_other(
    said: str, ratio: float, listed: float
) -> None:
    stated = {
        price_targets.share_line: np.array([said] * TARGETS, dtype=object),
        adr_ratio: ratio,
    }
    assert set(worked_out(price_targets.is_listed, stated).tolist()) == {listed}


# --- the components of the haircut, target by target ---
def each_target(value: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.full(TARGETS, value)


@pytest.mark.parametrize(
    ("target", "close", "amount"),
    [(150, 100, 15), (110, 100, 10), (100, 100, 0), (90, 100, 0), (150, NA, NA)],
)
def test_optimism_is_a_part_of_the_close_up_to_what_the_target_adds_to_it(
    target: float, close: float, amount: float
) -> None:
    stated = {
        price_targets.target: each_target(target),
        price_targets.close_at_issue: each_target(close),
        assumptions.hype_optimism_rate: 0.15,
    }
    found = worked_out(components.optimism, stated)
    assert found == pytest.approx(each_target(amount), nan_ok=True)


@pytest.mark.parametrize(("after", "amount"), [(200, 50), (100, 0), (90, 0)])
def test_staleness_halves_what_a_target_has_above_the_price(after: float, amount: float) -> None:
    stated = {
        price_targets.in_use: each_target(1),
        price_targets.age: each_target(90),
        assumptions.hype_target_half_life: 90.0,
        components.after_optimism: each_target(after),
        market.price: 100.0,
    }
    assert worked_out(components.staleness, stated) == pytest.approx(each_target(amount))


@pytest.mark.parametrize("state", ["ok", "off", "n/a"])
@pytest.mark.parametrize("amount", [7.0, NA])
def test_a_component_comes_off_the_next_step_only_where_it_counts_and_is_known(
    state: str, amount: float
) -> None:
    left = 93.0 if state == "ok" and amount == 7 else 100.0
    for of, before, after in (
        (components.OPTIMISM, price_targets.target, components.after_optimism),
        (components.STALENESS, components.after_optimism, components.after_staleness),
        (components.RUNUP, components.after_staleness, components.after_runup),
    ):
        stated = {of.state: state, of.amount: each_target(amount), before: each_target(100)}
        assert worked_out(after, stated).tolist() == each_target(left).tolist()


@pytest.mark.parametrize(
    ("abnormal", "estimate", "price", "amount"),
    [
        (0.5, 0.1, 120.0, 8.0),  # a fifth of 0.4 x 100
        (0.5, 0.1, 100.0, 4.0),  # of which 20 has been given back since
        (0.5, -0.3, 120.0, 10.0),  # an estimate that fell backs nothing, and costs nothing
        (0.5, 0.6, 120.0, 0.0),
        (0.5, 0.1, 70.0, 0.0),  # all of it given back
        (5.0, 0.0, 120.0, 15.0),  # no more than the cap
        (NA, 0.1, 120.0, NA),
        (0.5, NA, 120.0, NA),
    ],
)
def test_a_run_up_that_no_estimate_backs_and_the_price_has_not_given_back(
    abnormal: float, estimate: float, price: float, amount: float
) -> None:
    stated = {
        components.abnormal: each_target(abnormal),
        components.estimate_change: each_target(estimate),
        components.close_before: each_target(100),
        price_targets.close_at_issue: each_target(120),
        market.price: price,
        components.after_staleness: each_target(150),
        assumptions.hype_runup_share: 0.2,
        assumptions.hype_runup_cap: 0.1,
    }
    found = worked_out(components.runup, stated)
    assert found == pytest.approx(each_target(amount), nan_ok=True)


@pytest.mark.parametrize(
    ("days_after", "overpricing", "amount"),
    [(0, 6.0, 3.0), (5, 30.0, 8.0), (-1, 6.0, 0.0), (0, NA, NA)],
)
def test_a_launch_is_deducted_from_targets_published_since(
    days_after: int, overpricing: float, amount: float
) -> None:
    stated = {
        launch.day: TODAY - 30,
        price_targets.issued_on: each_target(TODAY - 30 + days_after),
        price_targets.target: each_target(200),
        launch.overpricing: overpricing,
        components.after_runup: each_target(160),
        assumptions.hype_launch_share: 0.5,
        assumptions.hype_launch_cap: 0.05,
    }
    found = worked_out(components.launch_part, stated)
    assert found == pytest.approx(each_target(amount), nan_ok=True)
    since = worked_out(components.targets_since_launch, stated)
    assert since == TARGETS * (days_after >= 0)


@pytest.mark.parametrize(
    ("computed", "since", "switch", "states"),
    [
        (2, 1, 1, ["ok"] * 4),
        (1, 1, 1, ["n/a"] * 4),
        (2, 0, 1, ["ok"] * 3 + ["not applicable"]),
        (2, 0, 0, ["off"] * 4),
    ],
)
def test_the_state_of_each_component(
    computed: int, since: int, switch: int, states: list[str]
) -> None:
    switches = (
        assumptions.hype_switch_optimism,
        assumptions.hype_switch_staleness,
        assumptions.hype_switch_runup,
        assumptions.hype_switch_launch,
    )
    amounts = np.where(np.arange(TARGETS) < computed, 1.0, NA)
    stated: dict[Line, object] = dict.fromkeys(switches, float(switch))
    stated |= {of.amount: amounts for of in components.BY_NAME.values()}
    stated |= {
        price_targets.count: 4.0,
        launch.overpricing: 1.0,
        components.targets_since_launch: float(since),
    }
    assert worked_out(adjusted_value.state, stated).tolist() == states
    assert worked_out(adjusted_value.computed, stated).tolist() == [computed] * 4
    assert worked_out(adjusted_value.switch, stated).tolist() == [switch] * 4
    assert worked_out(adjusted_value.applicable, stated).tolist() == [1, 1, 1, since]


def test_without_one_component_measured_there_is_no_value() -> None:
    stated = {
        adjusted_value.is_ok: np.zeros(4),
        price_targets.consensus: 200.0,
        adjusted_value.haircut: np.zeros(4),
        adjusted_value.is_missing: np.array([1.0, 0, 0, 0]),
    }
    assert np.isnan(worked_out(adjusted_value.hype_value, stated))
    off = {**stated, adjusted_value.is_missing: np.zeros(4)}
    assert worked_out(adjusted_value.hype_value, off) == 200


@pytest.mark.parametrize(("consensus", "upside"), [(120.0, 0.2), (80.0, -0.2), (NA, NA)])
def test_consensus_against_the_price(consensus: float, upside: float) -> None:
    stated = {price_targets.consensus: consensus, market.price: 100.0}
    found = worked_out(price_targets.consensus_upside, stated)
    assert found == pytest.approx(upside, nan_ok=True)


def test_rows_of_targets_are_counted_from_their_numbers() -> None:
    numbers = np.array([*np.arange(TARGETS - 1) + 1.0, NA])
    found = worked_out(price_targets.row, {price_targets.number: numbers})
    assert found.tolist() == [*range(1, TARGETS), 0]
