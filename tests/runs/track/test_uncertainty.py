"""Intervals that hold what they promise, in worlds whose truth is known."""

from __future__ import annotations

import math
from datetime import date

import numpy as np
import pytest

from reportgen.runs.track.outcomes import months_after
from reportgen.runs.track.uncertainty import (
    cosine_error,
    disjoint_windows,
    independent,
    interval,
    mean_of,
    month_of,
    t_quantile,
)
from tests.runs.track.worlds import TRUE_RATE, hits

FIRST = date(2015, 1, 31)
SIZES = [(months, companies) for months in (60, 120, 240) for companies in (1, 5, 20)]


def coverage(worlds: int, months: int, companies: int) -> float:
    """The share of worlds in which the interval of the hit rate holds the true one."""
    rng = np.random.default_rng(months * 100 + companies)
    day = np.repeat(np.arange(months), companies)
    held = 0
    for _ in range(worlds):
        mean = mean_of(day, hits(rng, months, companies).ravel())
        assert mean is not None
        assert mean.interval is not None
        held += mean.interval.low <= TRUE_RATE <= mean.interval.high
    return held / worlds


@pytest.mark.parametrize(("months", "companies"), SIZES)
def test_intervals_hold_the_true_rate(months: int, companies: int) -> None:
    assert 0.80 <= coverage(200, months, companies) <= 0.99


@pytest.mark.long
@pytest.mark.parametrize(("months", "companies"), SIZES)
def test_intervals_hold_the_true_rate_in_many_worlds(months: int, companies: int) -> None:
    assert 0.88 <= coverage(2_000, months, companies) <= 0.97


def test_a_plain_standard_error_would_not_hold_it() -> None:
    """What overlapping windows do to those who count each as a draw of its own."""
    rng = np.random.default_rng(5)
    held = 0
    for _ in range(200):
        rates = hits(rng, 120, 5).mean(axis=1)
        reach = 1.96 * rates.std(ddof=1) / math.sqrt(len(rates))
        held += abs(rates.mean() - TRUE_RATE) <= reach
    assert held / 200 < 0.6


def test_the_error_is_that_of_the_projections_onto_cosines() -> None:
    series = [math.sin(at) + at % 5 for at in range(72)]
    squares = []
    for j in (1, 2, 3):
        waves = (math.cos(math.pi * j * (t + 0.5) / 72) for t in range(72))
        squares.append(2 / 72 * sum(y * w for y, w in zip(series, waves, strict=True)) ** 2)
    worked_out = math.sqrt(sum(squares) / 3 / 72)
    assert cosine_error(np.array(series), 3) == pytest.approx(worked_out)


@pytest.mark.parametrize(
    ("months", "cosines"), [(60, 2), (71, 2), (72, 3), (120, 5), (239, 9), (240, 10)]
)
def test_there_is_a_cosine_for_two_years_and_two_at_least(months: int, cosines: int) -> None:
    series = np.random.default_rng(1).standard_normal(months)
    found = interval(series)
    assert found is not None
    reach = t_quantile(cosines) * cosine_error(series, cosines)
    assert found.high - found.low == pytest.approx(2 * reach)


def test_below_60_months_there_is_no_interval() -> None:
    assert interval(np.zeros(59)) is None
    assert interval(np.zeros(60)) == (0, 0)


def chance_within(reach: float, freedom: int) -> float:
    """The chance that Student's t lies between -reach and reach: a finite sum, by Abramowitz."""
    angle = math.atan(reach / math.sqrt(freedom))
    is_odd = freedom % 2
    powers = range(1 + is_odd, freedom, 2)
    term, total = (math.cos(angle), math.cos(angle)) if is_odd else (1.0, 1.0)
    for power in powers[:-1]:
        term *= math.cos(angle) ** 2 * power / (power + 1)
        total += term
    return 2 / math.pi * (angle + math.sin(angle) * total) if is_odd else math.sin(angle) * total


@pytest.mark.parametrize("freedom", range(2, 31))
def test_quantiles_are_those_of_students_t(freedom: int) -> None:
    assert chance_within(t_quantile(freedom), freedom) == pytest.approx(0.95, abs=1e-7)


def test_from_30_cosines_on_the_quantile_stays() -> None:
    assert t_quantile(31) == t_quantile(60) == t_quantile(30) == 2.042272


def test_companies_of_a_month_are_averaged_first() -> None:
    mean = mean_of(np.array([1, 1, 1, 2]), np.array([1.0, 1.0, 1.0, 0.0]))
    assert mean == (0.5, None)


def test_what_is_not_known_is_left_out() -> None:
    assert mean_of(np.array([1, 2]), np.array([math.nan, 0.25])) == (0.25, None)
    assert mean_of(np.array([1]), np.array([math.nan])) is None


def test_the_months_of_two_years_are_neighbours() -> None:
    assert month_of(date(2026, 1, 31)) - month_of(date(2025, 12, 31)) == 1


@pytest.mark.parametrize(
    ("months", "companies", "worth"), [(60, 1, 5), (60, 20, 14), (61, 1, 6), (1, 1, 1), (0, 0, 0)]
)
def test_reports_are_worth_the_windows_that_share_no_day(
    months: int, companies: int, worth: int
) -> None:
    days = [months_after(FIRST, at) for at in range(months) for _ in range(companies)]
    assert independent(days) == worth


def test_a_whole_number_of_observations_is_not_rounded_away() -> None:
    days = [months_after(FIRST, 12 * year) for year in range(7) for _ in range(14)]
    assert independent(days) == 20  # 7 x 14 / (1 + 0.3 x 13), which a computer makes 19.99...


def test_windows_are_taken_from_the_first() -> None:
    days = [date(2020, 1, 31), date(2020, 12, 31), date(2021, 1, 31), date(2021, 2, 28)]
    assert disjoint_windows(days) == 2
