"""Scores by their definitions, and by hand."""

from __future__ import annotations

import math
from datetime import date
from itertools import pairwise
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.scoring import LEVELS
from reportgen.runs.track.scores import (
    at_cost_of_equity,
    brier_score,
    interval_score,
    millionths,
    rps_score,
    scores,
)
from tests.runs.track.worlds import became

if TYPE_CHECKING:
    from reportgen.runs.track.scores import Scores

DAY = date(2024, 11, 30)
MONEY = st.floats(1, 1000)


def one(close: float, **values: float) -> Scores:
    return scores([became(DAY, close, **values)])


@given(MONEY, MONEY, MONEY)
def test_the_interval_score_is_the_two_pinball_losses_of_its_ends(
    low: float, width: float, close: float
) -> None:
    def pinball(quantile: float, at: float) -> float:
        return (close - quantile) * (at - (close < quantile))

    high = low + width
    found = interval_score(*(np.array([end]) for end in (low, high, close)))
    losses = pinball(low, 0.1) + pinball(high, 0.9)
    assert found[0] == pytest.approx(2 / 0.2 * losses, abs=1e-9)


@given(st.tuples(*[st.floats(0.01, 1)] * 3), st.integers(0, 2))
def test_brier_and_ranked_probability_score_are_sums_of_squares(
    weights: tuple[float, ...], band: int
) -> None:
    chances = [weight / sum(weights) for weight in weights]
    arrays, fell = [np.array([chance]) for chance in chances], np.array([float(band)])
    happened = [float(at == band) for at in range(3)]
    squares = sum((p - o) ** 2 for p, o in zip(chances, happened, strict=True))
    assert brier_score(arrays, fell)[0] == pytest.approx(squares)
    cumulated = zip(np.cumsum(chances), np.cumsum(happened), strict=True)
    assert rps_score(arrays, fell)[0] == pytest.approx(sum((p - o) ** 2 for p, o in cumulated))


@pytest.mark.parametrize(
    ("close", "brier", "rps"),
    [
        (100.0, 0.74, 0.58),
        (103.63, 0.74, 0.58),
        (103.64, 0.54, 0.18),  # 120 - 0.409 x 40
        (120.0, 0.54, 0.18),
        (132.27, 0.54, 0.18),  # 120 + 0.409 x 30
        (132.28, 0.74, 0.58),
        (140.0, 0.74, 0.58),
    ],
)
def test_the_cases_are_scored_over_three_bands(close: float, brier: float, rps: float) -> None:
    cases = one(close).cases
    assert (cases.brier[0], cases.rps[0]) == pytest.approx((brier, rps))


@pytest.mark.parametrize("cases", [{"base": 80.0}, {"bull": 120.0}, {"bear": 130.0}])
def test_cases_that_are_equal_or_out_of_order_have_no_bands(cases: dict[str, float]) -> None:
    found = one(100.0, **cases)
    assert math.isnan(found.cases.brier[0])
    assert math.isnan(found.cases.rps[0])


@pytest.mark.parametrize(
    ("level", "close", "met", "error"),
    [
        ("expected", 117.0, 1, 0.0),
        ("expected", 116.0, 0, -0.01),
        ("hype_adjusted", 95.0, 1, 0.0),
        ("hype_adjusted", 96.0, 0, 0.01),
        ("cost_of_equity", 108.0, 1, 0.0),  # 100 x 1.1 - 2
        ("bear", 60.0, 1, -0.2),
    ],
)
def test_a_level_is_met_from_the_side_of_the_price(
    level: str, close: float, met: float, error: float
) -> None:
    found = one(close).levels[level]
    assert (found.met[0], found.error[0]) == pytest.approx((met, error))


@pytest.mark.parametrize(
    ("level", "high", "low", "met"),
    [
        ("expected", 117.0, 100.0, 1),
        ("expected", 116.99, 90.0, 0),
        ("hype_adjusted", 110.0, 95.0, 1),
        ("hype_adjusted", 110.0, 95.01, 0),
    ],
)
def test_a_level_is_met_at_any_time_by_a_close_that_reaches_it(
    level: str, high: float, low: float, met: int
) -> None:
    found = scores([became(DAY, 105.0)._replace(high=high, low=low)]).levels[level]
    assert (found.met[0], found.met_any_time[0]) == (0, met)


@pytest.mark.parametrize(("close", "met"), [(99.0, 0), (100.0, 1), (101.0, 1)])
def test_a_level_that_is_the_price_is_met_from_there_upwards(close: float, met: int) -> None:
    assert one(close, expected=100.0).levels["expected"].met[0] == met


@pytest.mark.parametrize(
    ("close", "cases", "inside"),
    [
        (80.0, {}, 1),
        (79.99, {}, 0),
        (150.0, {}, 1),
        (150.01, {}, 0),
        (100.0, {"bear": 100.0, "bull": 100.0}, 1),
        (101.0, {"bear": 100.0, "bull": 100.0}, 0),
        (100.0, {"bear": 150.0, "bull": 80.0}, math.nan),
    ],
)
def test_a_close_is_inside_from_bear_to_bull_their_own_among_it(
    close: float, cases: dict[str, float], inside: float
) -> None:
    assert one(close, **cases).cases.inside[0] == pytest.approx(inside, nan_ok=True)


def test_a_share_of_less_than_one_has_a_baseline_too() -> None:
    found = one(0.6, price=0.5, dividend=0.0, deviation=0.25).baseline
    assert (found.inside[0], math.isnan(found.interval[0])) == (1, False)


def test_money_is_compared_in_millionths_halves_up() -> None:
    money = np.array([100.0, 1.5e-6, 1.46e-6, 1.4e-6, 0.0, -0.5e-6, -0.6e-6])
    assert millionths(money).tolist() == [100_000_000, 2, 1, 1, 0, 0, -1]


def test_a_level_that_is_not_known_is_not_scored() -> None:
    found = one(100.0, consensus=math.nan).levels
    assert math.isnan(found["consensus"].met[0])
    assert not math.isnan(found["base"].met[0])


@given(MONEY, MONEY, MONEY, MONEY)
def test_what_is_met_at_the_end_is_met_at_any_time(
    price: float, close: float, expected: float, base: float
) -> None:
    found = one(close, price=price, expected=expected, base=base)
    for level in LEVELS:
        assert found.levels[level].met[0] <= found.levels[level].met_any_time[0]


def test_no_dividend_is_taken_off_where_none_is_known() -> None:
    known = {name: np.array([value]) for name, value in (("price", 100.0), ("cost_of_equity", 0.1))}
    assert at_cost_of_equity(known | {"dividend": np.array([math.nan])})[0] == pytest.approx(110)


def test_the_baseline_is_a_lognormal_price_whose_mean_earns_the_cost_of_equity() -> None:
    spread = 0.25
    found = one(120.0, deviation=spread).baseline
    middle = math.log(108) - spread**2 / 2
    low, high = (math.exp(middle + side * 1.2815515655446004 * spread) for side in (-1, 1))
    assert low < 120 < high
    assert found.inside[0] == 1
    assert found.interval[0] == pytest.approx((high - low) / 100)
    edges = [0.0, 120 - 0.409 * 40, 120 + 0.409 * 30, math.inf]
    below = [0.0, *(NormalDist(middle, spread).cdf(math.log(edge)) for edge in edges[1:3]), 1.0]
    chances = [upper - lower for lower, upper in pairwise(below)]
    assert found.brier[0] == pytest.approx(
        chances[0] ** 2 + (1 - chances[1]) ** 2 + chances[2] ** 2
    )
    assert found.rps[0] == pytest.approx(chances[0] ** 2 + chances[2] ** 2)


@pytest.mark.parametrize(
    "values",
    [
        {"cost_of_equity": math.nan},
        {"cost_of_equity": 0.25, "dividend": 125.0},  # all of 100 x 1.25: 0 has no logarithm
        {"deviation": math.nan},
        {"deviation": 0.0},
    ],
)
def test_there_is_no_baseline_without_its_parts(values: dict[str, float]) -> None:
    found = one(120.0, **{"deviation": 0.25} | values).baseline
    assert all(math.isnan(array[0]) for array in found)


def test_no_other_interval_scores_better_than_the_honest_one() -> None:
    closes = np.exp(np.random.default_rng(7).normal(0, 0.3, 40_000))
    honest = [math.exp(side * 1.2815515655446004 * 0.3) for side in (-1, 1)]

    def mean(low: float, high: float) -> float:
        return float(np.mean(interval_score(np.array(low), np.array(high), closes)))

    best = mean(*honest)
    for narrower in (0.8, 0.9, 1.1, 1.25):
        assert mean(honest[0] ** narrower, honest[1] ** narrower) > best


def test_scores_are_those_of_an_independent_library() -> None:
    # A library of this field alone: imported here, for it takes a second.
    from scoringrules import brier_score as squares  # noqa: PLC0415
    from scoringrules import interval_score as intervals  # noqa: PLC0415
    from scoringrules import rps_score as ranked  # noqa: PLC0415

    random = np.random.default_rng(20261130)
    low, width, close = (random.lognormal(4, 0.5, 2000) for _ in range(3))
    ours = interval_score(low, low + width, close)
    assert ours == pytest.approx(intervals(close, low, low + width, 0.2), rel=1e-12)

    chances = random.dirichlet((1, 1, 1), 2000)
    band = random.integers(0, 3, 2000)
    bands, fell = list(chances.T), band.astype(float)
    # theirs is binary, band by band, and counts the bands from 1
    by_band = sum(squares(band == at, chances[:, at]) for at in range(3))
    assert brier_score(bands, fell) == pytest.approx(by_band, rel=1e-12)
    assert rps_score(bands, fell) == pytest.approx(ranked(band + 1, chances), rel=1e-12)
