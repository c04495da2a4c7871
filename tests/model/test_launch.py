"""What the market paid for a launch, and what it may be worth, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model import fundamentals, launch
from reportgen.model.dims import VARIANT, YEAR
from reportgen.model.inputs import assumptions
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, day
from tests.model.test_evidence import KNOWN, Said, claiming


@pytest.mark.parametrize(
    ("closed", "on_day", "before", "found"),
    [(1.0, 110.0, 100.0, 0.1), (0.0, 110.0, 100.0, 0.03), (0.0, NA, NA, 0.03), (1.0, NA, 1.0, NA)],
)
def test_the_return_of_the_launch_day_is_that_of_the_close_else_what_is_claimed(
    closed: float, on_day: float, before: float, found: float
) -> None:
    case = claiming(
        Said(0.03, variant="2025-11-27", key="day_return"),
        Said(0.09, variant="2025-11-26", key="day_return"),
    )
    stated = {
        **KNOWN,
        launch.day: day("2025-11-27"),
        launch.closed_on_day: closed,
        launch.close_on_day: on_day,
        launch.close_before: before,
    }
    assert worked_out(launch.claim_id, stated, case) == "day_return/2025-11-27"
    assert worked_out(launch.claimed_return, stated, case) == 0.03
    assert worked_out(launch.day_return, stated, case) == pytest.approx(found, nan_ok=True)
    none = {**stated, launch.day: NA, launch.closed_on_day: 0.0}
    assert np.isnan(worked_out(launch.day_return, none, case))


def test_what_the_market_paid_is_the_abnormal_return_of_the_close_before() -> None:
    stated = {
        launch.day_return: 0.1,
        assumptions.benchmark_beta: 2.0,
        launch.benchmark_on_day: 102.0,
        launch.benchmark_before: 100.0,
        launch.close_before: 50.0,
        launch.value: 1.0,
    }
    assert worked_out(launch.gain, stated) == pytest.approx(3)
    assert worked_out(launch.overpricing, stated) == pytest.approx(2)
    assert worked_out(launch.overpricing, {**stated, launch.value: 4.0}) == 0


def test_the_worth_of_a_launch_year_by_year() -> None:
    size = len(example().members[YEAR])
    stated = {
        launch.years: 2.0,
        launch.cagr: 0.5,
        assumptions.launch_market_share: 0.1,
        assumptions.launch_share_ramp: 2.0,
        assumptions.launch_margin_hardware: 0.1,
        assumptions.launch_margin_ecosystem: 0.3,
        assumptions.launch_tax: 0.25,
        assumptions.launch_discount_rate: 0.25,
        assumptions.terminal_growth: 0.05,
    }
    assert worked_out(launch.year, stated).tolist() == [k + 1.0 for k in range(size)]
    beyond = [0.0] * (size - 2)
    assert worked_out(launch.index, stated).tolist() == [1.0, 1.5, *beyond]
    assert worked_out(launch.share, stated) == pytest.approx([0.05, 0.1, *beyond])
    # a margin of 0.3 after tax
    profits = [0.015, 0.045, *beyond]
    assert worked_out(launch.profit, stated) == pytest.approx(profits)
    present = 0.015 / 1.25 + 0.045 / 1.25**2 + 0.045 * 1.05 / 0.2 / 1.25**2
    assert worked_out(launch.pv_of_one, stated) == pytest.approx(present)


@pytest.mark.parametrize(
    ("units", "price", "choice", "value", "bull"),
    [
        (
            2.0,
            30.0,
            NA,
            1.0,
            4.0,
        ),  # bottom-up 60 against top-down 30
        (NA, 30.0, NA, 1.0, 2.0),  # top-down where bottom-up is n/a
        (2.0, 30.0, 1.0, 1.0, 2.0),  # the reader's choice
        (2.0, 30.0, 2.0, 2.0, 4.0),
    ],
)
def test_the_market_of_the_launch_from_the_top_down_and_from_the_bottom_up(
    units: float, price: float, choice: float, value: float, bull: float
) -> None:
    stated = {
        launch.first_size: 20.0,
        launch.cagr: 0.5,
        launch.units: units,
        launch.average_price: price,
        launch.pv_of_one: 2.0,
        launch.market_choice: choice,
        assumptions.launch_success_probability: 0.5,
        fundamentals.shares_diluted: 30.0,
    }
    ratio = worked_out(launch.market_ratio, stated)
    assert ratio == pytest.approx(units * price / 30, nan_ok=True)
    assert worked_out(launch.value, stated) == pytest.approx(value)
    assert worked_out(launch.value_bull, stated) == pytest.approx(bull)


def test_the_average_price_is_that_of_the_mix_and_na_without_one_of_its_prices() -> None:
    size = len(example().members[VARIANT])
    mix = np.array([0.75, 0.25, *[0.0] * (size - 2)])
    stated = {
        launch.applies: 1.0,
        assumptions.launch_price_mix: mix,
        launch.variant_price: np.array([100.0, 200.0, *[1.0] * (size - 2)]),
    }
    assert worked_out(launch.average_price, stated) == pytest.approx(125)
    stated[launch.variant_price] = np.array([100.0, NA, *[1.0] * (size - 2)])
    assert np.isnan(worked_out(launch.average_price, stated))


@pytest.mark.parametrize(
    ("gain", "applies", "share", "verdict"),
    [
        (1.0, 1.0, 0.1, "the share assumed justifies it"),
        (1.1, 1.0, 0.11, "needs more share than assumed"),
        (10.1, 1.0, 1.01, "no share justifies it"),
        (NA, 1.0, NA, "cannot be judged"),
        (NA, 0.0, NA, "no launch in the last year"),
    ],
)
def test_the_share_that_would_justify_what_was_paid(
    gain: float, applies: float, share: float, verdict: str
) -> None:
    stated = {
        launch.gain: gain,
        launch.applies: applies,
        assumptions.launch_market_share: 0.1,
        launch.pv_top_down: 10.0,
        fundamentals.shares_diluted: 10.0,
    }
    found = worked_out(launch.breakeven_share, stated)
    assert found == pytest.approx(share, nan_ok=True)
    assert worked_out(launch.verdict, stated) == verdict
