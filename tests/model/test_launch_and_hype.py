"""The launch, each step of the hype-adjusted value, and what the score rests on, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model import fundamentals, hype_score, launch, market, peers, priced_in
from reportgen.model.dims import (
    CLOSE,
    COMPONENTS,
    ESTIMATE,
    SUB_SCORES,
    TARGET,
    VARIANT,
    YEAR,
)
from reportgen.model.evidence import claims
from reportgen.model.hype import adjusted_value, components, price_targets
from reportgen.model.inputs import assumptions, market_data
from reportgen.model.inputs.description import adr_ratio
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, Row, day, reporting
from tests.model.test_evidence import KNOWN, Said, claiming

if TYPE_CHECKING:
    from collections.abc import Mapping

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


# --- the launch ---
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


@pytest.mark.parametrize(
    ("before", "now", "change"), [(5.0, 6.0, 0.2), (0.0, 6.0, NA), (-5.0, 6.0, NA), (NA, 6.0, NA)]
)
def test_the_change_of_an_estimate_needs_a_positive_one_before(
    before: float, now: float, change: float
) -> None:
    rows = {
        market_data.estimate_date: [TODAY - 1],
        market_data.estimate: [now],
        market_data.estimate_currency: ["USD"],
    }
    stated = {**KNOWN, hype_score.runup_estimate_before: before}
    found = worked_out(
        hype_score.runup_estimate_change, stated, with_rows(example(), ESTIMATE, 1, rows)
    )
    assert found == pytest.approx(change, nan_ok=True)


# --- what is priced in ---
def test_the_ends_of_the_ladder_of_growth() -> None:
    stated = {
        assumptions.cost_of_equity: 0.25,
        assumptions.fade_years: 2.0,
        priced_in.cash_flow_per_share: 10.0,
        priced_in.perpetuity: 5.0,
    }
    # growth of -50 % and 100 % against 25 %: q of 0.4 and 1.6
    for worth, q in ((priced_in.worth_low, 0.4), (priced_in.worth_high, 1.6)):
        assert worked_out(worth, stated) == pytest.approx(10 * (q + q * q + q * q * 5))


@pytest.mark.parametrize("growth", [-0.4, 0.0, 0.25, 0.9])
def test_forty_halvings_find_the_growth(growth: float) -> None:
    q = (1 + growth) / 1.25
    stated = {
        assumptions.cost_of_equity: 0.25,
        assumptions.fade_years: 2.0,
        priced_in.cash_flow_per_share: 10.0,
        priced_in.perpetuity: 5.0,
        priced_in.wanted: np.full(7, 10 * (q + q * q + q * q * 5)),
    }
    assert worked_out(priced_in.g_needed, stated) == pytest.approx(np.full(7, growth), abs=1e-11)
    widths = worked_out(priced_in.half_width, stated)
    assert widths == pytest.approx(0.75 / 2 ** np.arange(len(widths)))


# --- what the score rests on ---
RESTS: Mapping[str, tuple[Line, ...]] = {
    "optimism": (hype_score.targets_assumed,),
    "staleness": (hype_score.targets_assumed,),
    "dispersion": (hype_score.targets_assumed,),
    "runup": (hype_score.estimates_assumed,),
    "launch": (hype_score.launch_assumed,),
    "premium": (hype_score.eps_assumed, hype_score.peers_assumed),
    "expectations": (
        hype_score.eps_assumed,
        hype_score.shares_assumed,
        hype_score.assets_assumed,
    ),
    "sources": (),
    "vendor": (hype_score.vendor_assumed,),
}
TERMS = tuple(dict.fromkeys(term for terms in RESTS.values() for term in terms))


@pytest.mark.parametrize("assumed", TERMS, ids=lambda term: term.key)
def test_a_sub_score_that_rests_on_a_figure_of_the_house_is_not_measured(assumed: Line) -> None:
    stated: dict[Line, object] = dict.fromkeys(TERMS, 0.0)
    stated |= {assumed: 1.0, hype_score.exists: np.ones(9)}
    measured = [assumed not in RESTS[name] for name in SUB_SCORES]
    assert worked_out(hype_score.is_measured, stated).tolist() == measured
    assert worked_out(hype_score.coverage, stated) == pytest.approx(sum(measured) / 9)


def test_the_coverage_counts_the_sub_scores_that_exist() -> None:
    stated: dict[Line, object] = dict.fromkeys(TERMS, 0.0)
    stated[hype_score.exists] = np.array([1.0] * 5 + [0.0] * 4)
    assert worked_out(hype_score.coverage, stated) == pytest.approx(5 / 9)
    subs = np.array([10.0, 20, 30, 40, 50, *[NA] * 4])
    assert worked_out(hype_score.score, {**stated, hype_score.sub: subs}) == pytest.approx(30)
    stated[hype_score.exists] = np.array([1.0] * 4 + [0.0] * 5)  # fewer than half of nine
    assert np.isnan(worked_out(hype_score.score, {**stated, hype_score.sub: subs}))


@pytest.mark.parametrize(
    ("series", "term"),
    [
        ("group/shares_diluted", hype_score.shares_assumed),
        ("group/net_cash", hype_score.assets_assumed),
        ("group/investments", hype_score.assets_assumed),
        ("group/eps", hype_score.eps_assumed),
        ("group/ebitda", None),
    ],
)
def test_a_reported_figure_of_the_house_counts_where_it_is_in_use(
    series: str, term: Line | None
) -> None:
    rows = [Row("FY2023", 1, series=series), Row("FY2024", 2, series=series)]
    for used in (0, 1):
        tiers = np.array(["primary", "primary"], dtype=object)
        tiers[used] = "assumption"
        stated = {**KNOWN, fundamentals.tier: tiers}
        found = {
            one: worked_out(one, stated, reporting(*rows))
            for one in (
                hype_score.shares_assumed,
                hype_score.assets_assumed,
                hype_score.eps_assumed,
            )
        }
        assert {one for one, flag in found.items() if flag} == ({term} - {None} if used else set())


@pytest.mark.parametrize(("newest", "older", "assumed"), [(1, 0, 1), (0, 1, 1), (0, 0, 0)])
def test_both_estimates_that_a_run_up_is_set_against_count(
    newest: int, older: int, assumed: int
) -> None:
    rows = {market_data.estimate_date: [TODAY - 400, TODAY - 200, TODAY - 1]}
    stated = {**KNOWN, market_data.estimate_assumed: np.array([1.0, older, newest])}
    found = worked_out(
        hype_score.estimates_assumed, stated, with_rows(example(), ESTIMATE, 3, rows)
    )
    assert found == assumed


@pytest.mark.parametrize(
    ("multiple", "tier", "claim", "assumed"),
    [(1, "", 0, 1), (0, "assumption", 1, 1), (0, "wire", 1, 0), (0, "assumption", 0, 0)],
)
def test_the_multiples_of_peers_and_the_claims_of_them_count(
    multiple: int, tier: str, claim: int, assumed: int
) -> None:
    case = claiming(Said(20, key="pe"))
    stated = {
        peers.used_assumed: np.array([float(multiple)]),
        claims.claim_tier: np.array([tier], dtype=object),
        peers.claim_of_peer: np.array([float(claim)]),
    }
    assert worked_out(hype_score.peers_assumed, stated, case) == assumed


# --- days ---
def test_the_day_of_the_close_and_of_the_newest_results() -> None:
    columns = {
        market_data.close_date: [TODAY - 9, TODAY - 2, TODAY + 1],
        market_data.close: [1.0, 2.0, 3.0],
    }
    case = with_rows(example(), CLOSE, 3, columns)
    assert worked_out(market.price_date, KNOWN, case) == TODAY - 2
    assert worked_out(market.price, KNOWN, case) == 2
    rows = [Row("FY2024", 1, published=on) for on in ("2025-03-01", "2025-05-01", "2025-04-01")]
    found = worked_out(fundamentals.results_published, KNOWN, reporting(*rows))
    assert found == day("2025-05-01")


def test_rows_of_targets_are_counted_from_their_numbers() -> None:
    numbers = np.array([*np.arange(TARGETS - 1) + 1.0, NA])
    found = worked_out(price_targets.row, {price_targets.number: numbers})
    assert found.tolist() == [*range(1, TARGETS), 0]


def test_every_component_is_worked_out_by_hand() -> None:
    assert tuple(components.BY_NAME) == COMPONENTS
    assert set(RESTS) == set(SUB_SCORES)
