"""Every limit at its edge: the last value that passes, and the first that does not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.expr.numeric import whole
from reportgen.model import launch, market, peers, priced_in
from reportgen.model.checks import freshness
from reportgen.model.dims import CLOSE, CURRENCY
from reportgen.model.evidence import claims, products
from reportgen.model.fundamentals import results_published
from reportgen.model.hype import adjusted_value, components, price_targets
from reportgen.model.hype_score import call_newest, measured, sub
from reportgen.model.inputs import conversion, market_data
from reportgen.model.inputs.assumptions import (
    hype_max_target_age,
    hype_switch_launch,
    hype_switch_optimism,
    hype_switch_runup,
    hype_switch_staleness,
)
from reportgen.model.inputs.description import as_of, launch_date, launch_name
from reportgen.model.twelve_months import eps_length
from reportgen.model.valuation import omega, present_value, skew
from reportgen.model.words import published_of
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.evidence.weighted_median import Facts


TODAY = 46000.0


SWITCHES = (
    hype_switch_optimism,
    hype_switch_staleness,
    hype_switch_runup,
    hype_switch_launch,
)


NA = float("nan")


def is_na(number: object) -> bool:
    return bool(np.isnan(np.asarray(number, dtype=float)).all())


@pytest.mark.parametrize(("age", "price"), [(0, 100.0), (7, 100.0), (8, NA)])
def test_a_close_stands_for_a_day_for_a_week(age: int, price: float) -> None:
    columns = {market_data.close_date: [TODAY - age], market_data.close: [100.0]}
    found = worked_out(market.price, {as_of: TODAY}, with_rows(example(), CLOSE, 1, columns))
    assert np.array_equal(found, price, equal_nan=True)


@pytest.mark.parametrize(
    ("flag", "day", "limit"),
    [
        (freshness.close_stale, market.price_date, 7),
        (freshness.rate_stale, freshness.rate_day, 7),
        (freshness.estimate_stale, freshness.estimate_newest, 60),
    ],
    ids=lambda part: part.key if hasattr(part, "key") else str(part),
)
def test_a_figure_is_stale_a_day_after_its_limit(flag: Line, day: Line, limit: int) -> None:
    assert worked_out(flag, {as_of: TODAY, day: TODAY - limit}) == 0
    assert worked_out(flag, {as_of: TODAY, day: TODAY - limit - 1}) == 1
    assert worked_out(flag, {as_of: TODAY, day: NA}) == 0


@pytest.mark.parametrize(("months", "limit"), [(3.0, 120), (6.0, 210), (12.0, 400), (NA, 120)])
def test_results_are_stale_by_how_often_a_company_reports(months: float, limit: int) -> None:
    for late, stale in ((0, 0), (1, 1)):
        stated = {as_of: TODAY, eps_length: months, results_published: TODAY - limit - late}
        assert worked_out(freshness.results_stale, stated) == stale


@pytest.mark.parametrize(("age", "rate"), [(31, 8.0), (32, NA)])
def test_an_exchange_rate_stands_for_a_month(age: int, rate: float) -> None:
    size = len(example().members[CURRENCY])
    stated = {
        as_of: TODAY,
        published_of(conversion.per_euro): np.full(size, TODAY - age),
        conversion.per_euro: np.full(size, 8.0),
    }
    found = worked_out(conversion.standing_rate, stated)
    assert np.array_equal(found, np.full(size, rate), equal_nan=True)


@pytest.mark.parametrize(
    ("flags", "stated", "day", "limit"),
    [
        (freshness.target_stale, price_targets.in_use, price_targets.published, 180),
        (freshness.product_stale, products.weighed_products.chosen, products.product_seen, 90),
        (freshness.peer_stale, peers.claim_of_peer, claims.claim_seen, 90),
    ],
    ids=lambda part: part.key if hasattr(part, "key") else str(part),
)
def test_a_row_is_stale_a_day_after_its_limit_if_it_counts(
    flags: Line, stated: Line, day: Line, limit: int
) -> None:
    size = len(example().members[flags.dims[0]])
    counts = np.arange(size) % 2.0
    for age, stale in ((limit, 0.0), (limit + 1, 1.0)):
        days = np.full(size, TODAY - age)
        found = worked_out(flags, {as_of: TODAY, stated: counts, day: days})
        assert found.tolist() == (counts * stale).tolist()


def test_a_segment_assumed_on_the_day_of_the_newest_results_is_not_stale() -> None:
    days = np.array([TODAY - 1, TODAY, TODAY + 1, NA])
    stated = {freshness.segment_assumed: days, results_published: TODAY}
    assert worked_out(freshness.segment_stale, stated).tolist() == [1, 0, 0, 0]


@pytest.mark.parametrize(
    ("days_ago", "applies"), [(-1, 0), (0, 1), (1, 1), (364, 1), (365, 1), (366, 0)]
)
def test_a_launch_is_news_for_a_year(days_ago: int, applies: int) -> None:
    stated = {as_of: TODAY, launch_date: TODAY - days_ago, launch_name: "Glasses"}
    assert worked_out(launch.applies, stated) == applies


def test_a_launch_without_a_name_does_not_apply() -> None:
    assert worked_out(launch.applies, {as_of: TODAY, launch_date: TODAY, launch_name: ""}) == 0


@pytest.mark.parametrize("table", [claims.facts, products.offers], ids=["facts", "offers"])
@pytest.mark.parametrize(
    ("approximate", "high", "conflict"),
    [(0, 102.0, 0), (0, 102.1, 1), (1, 102.1, 0), (1, 105.0, 0), (1, 105.1, 1), (2, 105.1, 1)],
)
def test_facts_are_in_conflict_beyond_two_percent_or_five_if_one_is_approximate(
    table: Facts, approximate: int, high: float, conflict: int
) -> None:
    size = len(example().members[table.conflict.dims[0]])
    stated = {
        table.approximate: np.full(size, float(approximate)),
        table.weighed_value: np.full(size, 100.0),
        table.low: np.full(size, 100.0),
        table.high: np.full(size, high),
    }
    assert worked_out(table.conflict, stated).tolist() == [conflict] * size


@pytest.mark.parametrize(("back", "recent"), [(0, 1), (14, 1), (15, 0)])
def test_candidates_within_two_weeks_of_the_newest_can_be_in_conflict(
    back: int, recent: int
) -> None:
    weighed = products.weighed_products
    size = len(example().members[weighed.recent.dims[0]])
    days = np.full(size, TODAY - back)
    days[0] = TODAY
    stated = {
        weighed.used: np.ones(size),
        products.product_seen: days,
        products.product_fact: np.array(["one price"] * size, dtype=object),
    }
    assert worked_out(weighed.recent, stated).tolist() == [1, *[recent] * (size - 1)]


@pytest.mark.parametrize(("over", "candidate"), [(0, 1), (1, 0)])
def test_a_target_is_a_candidate_up_to_its_greatest_age(over: int, candidate: int) -> None:
    size = len(example().members[price_targets.candidate.dims[0]])
    stated = {
        price_targets.newest: np.ones(size),
        price_targets.age: np.full(size, 200.0 + over),
        hype_max_target_age: 200.0,
    }
    assert worked_out(price_targets.candidate, stated).tolist() == [candidate] * size


@pytest.mark.parametrize(
    ("price", "found"),
    [
        (100.0, 2.0),  # gains 100 to bull, loses 50 to bear
        (200.0, 0.0),  # nothing to gain
        (250.0, 0.0),  # above bull: still 0, never negative
        (50.0, NA),  # nothing to lose
        (49.0, NA),
    ],
)
def test_skew_is_never_negative_and_needs_something_to_lose(price: float, found: float) -> None:
    stated = {market.price: price, present_value: np.array([50.0, 120.0, 200.0])}
    assert np.array_equal(worked_out(skew, stated), found, equal_nan=True)


def test_omega_is_0_above_every_case_and_na_below_every_case() -> None:
    cases = {present_value: np.array([50.0, 120.0, 200.0])}
    assert worked_out(omega, {market.price: 250.0, **cases}) == 0
    assert is_na(worked_out(omega, {market.price: 50.0, **cases}))


@pytest.mark.parametrize(
    ("years", "shown", "verdict"),
    [
        (0.0, 0.0, "needs no growth"),
        (3.6, 3.6, "years at delivered growth justify the price"),
        (-0.1, NA, "not justified at any horizon"),
        (NA, NA, "not justified at any horizon"),
    ],
)
def test_a_price_that_needs_no_growth_needs_0_years_of_it(
    years: float, shown: float, verdict: str
) -> None:
    stated = {
        priced_in.years_raw: years,
        priced_in.multiple_paid: 20.0,
        priced_in.years_ratio: 1.05,
    }
    assert np.array_equal(worked_out(priced_in.implied_years, stated), shown, equal_nan=True)
    assert worked_out(priced_in.years_verdict, stated) == verdict


@pytest.mark.parametrize(("paid", "years"), [(15.0, 0.0), (14.0, 0.0), (17.0, 2.0)])
def test_years_of_growth_at_the_cost_of_equity_are_the_multiples_above_the_perpetuity(
    paid: float, years: float
) -> None:
    stated = {
        priced_in.multiple_paid: paid,
        priced_in.perpetuity: 15.0,
        priced_in.years_ratio: 1.0,
    }
    assert worked_out(priced_in.years_raw, stated) == pytest.approx(years)


@pytest.mark.parametrize(
    ("number", "nearest"),
    [(0.5, 1), (1.5, 2), (2.5, 3), (-0.5, -1), (-2.5, -3), (2.4, 2), (-2.4, -2), (0.0, 0)],
)
def test_halves_are_rounded_away_from_zero(number: float, nearest: int) -> None:
    assert whole(np.array(number)) == nearest


@pytest.mark.parametrize(("known_for", "state"), [(0, "n/a"), (2, "n/a"), (3, "ok"), (6, "ok")])
def test_a_component_counts_from_half_of_the_targets_on(known_for: int, state: str) -> None:
    stated = dict.fromkeys(SWITCHES, 1.0)
    stated |= {component.computed: float(known_for) for component in components.BY_NAME.values()}
    stated |= {
        components.targets_since_launch: 1.0,
        price_targets.count: 6.0,
        launch.overpricing: 1.0,
    }
    assert worked_out(adjusted_value.state, stated).tolist() == [state] * 4


@pytest.mark.parametrize(
    ("measure", "score"), [(-0.1, 0.0), (0.0, 0.0), (0.25, 25.0), (1.0, 100.0), (1.1, 100.0)]
)
def test_a_sub_score_lies_between_0_and_100(measure: float, score: float) -> None:
    assert worked_out(sub, {measured: np.full(9, measure)}).tolist() == [score] * 9


@pytest.mark.parametrize(("age", "known"), [(92, True), (93, False)])
def test_a_vendors_call_expires_after_92_days(age: int, known: bool) -> None:  # noqa: FBT001
    found = worked_out(measured, {as_of: TODAY, call_newest: TODAY - age})
    assert np.isnan(found[-1]) != known
