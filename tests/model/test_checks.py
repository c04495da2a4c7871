"""What checks count, which stale row is named first, and which inputs are weak, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model import peers, valuation
from reportgen.model.checks import catalogue, differences, freshness, plausibility
from reportgen.model.dims import CURRENCY, ESTIMATE, PEER
from reportgen.model.evidence import claims, products
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs import assumptions, conversion, market_data
from reportgen.model.inputs.description import (
    price_currency,
    reporting_currency,
    segment_name,
)
from reportgen.model.twelve_months import flow_apart
from reportgen.model.whatif import bridges, value_at_stake
from reportgen.model.words import published_of
from tests.laws.altered import with_rows
from tests.model.by_hand import asked, example, worked_out
from tests.model.reported import NA, Row, day, reporting
from tests.model.test_evidence import KNOWN, sourced

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.model.checks.freshness import First

TODAY = day("2025-11-30")


def size(of: Line) -> tuple[int, ...]:
    """How many cells a line of the example has, along each of its dimensions."""
    members = asked(example()).members
    return tuple(len(members[dim]) for dim in of.dims)


def first_few(of: Line, *values: float) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The first values of a line, and 0 in the others."""
    (count,) = size(of)
    return np.array([*values, *[0.0] * (count - len(values))])


# --- freshness ---
@pytest.mark.parametrize(
    ("count", "flags"),
    [
        (freshness.targets_stale, freshness.target_stale),
        (freshness.products_stale, freshness.product_stale),
        (freshness.segments_stale, freshness.segment_stale),
        (freshness.fact_conflicts, claims.facts.conflict),
        (freshness.offer_conflicts, products.offers.conflict),
        (differences.set_aside, price_targets.set_aside),
        (differences.flows_apart, flow_apart),
        (differences.targets_wanted, price_targets.in_use),
        (differences.homeless, differences.claim_homeless),
    ],
    ids=lambda line: line.key,
)
def test_what_is_flagged_is_counted(count: Line, flags: Line) -> None:
    assert worked_out(count, {flags: first_few(flags, 0, 1, 1)}, asked(example())) == 2
    assert worked_out(count, {flags: first_few(flags)}, asked(example())) == 0


def test_multiples_of_peers_and_claims_of_them_are_stale_together() -> None:
    stated = {
        freshness.peer_stale: first_few(freshness.peer_stale, 1, 1),
        freshness.multiple_stale: np.ones(size(freshness.multiple_stale)),
    }
    assert worked_out(freshness.peers_stale, stated) == 2 + size(freshness.multiple_stale)[0]


@pytest.mark.parametrize(("age", "stale"), [(90, 0), (91, 1)])
def test_a_multiple_of_a_peer_is_stale_after_90_days_if_it_counts(age: int, stale: int) -> None:
    rows = len(example().given[peers.number])
    stated = {**KNOWN, peers.published: np.full(rows, TODAY - age)}
    for row in (1.0, 0.0):
        used = {**stated, peers.used_row: np.full(size(freshness.multiple_stale), row)}
        found = worked_out(freshness.multiple_stale, used)
        assert found.tolist() == [stale * row] * len(found)


NAMED: tuple[tuple[First, Line, Line, str], ...] = (
    (freshness.first_target, freshness.target_stale, price_targets.broker, "broker"),
    (freshness.first_product, freshness.product_stale, products.product_fact, "product"),
    (freshness.first_peer, freshness.peer_stale, freshness.peer_claim, "claim"),
    (freshness.first_segment, freshness.segment_stale, segment_name, "segment"),
)


@pytest.mark.parametrize(("first", "stale", "named", "word"), NAMED, ids=lambda part: str(part)[:9])
def test_the_first_row_that_is_stale_is_named(
    first: First, stale: Line, named: Line, word: str
) -> None:
    names = np.array([f"{word} {k}" for k in range(size(stale)[0])], dtype=object)
    stated = {stale: first_few(stale, 0, 1, 1), named: names}
    assert worked_out(first.place, stated) == 2
    assert worked_out(first.said, stated) == f"{word} 1"
    none = {**stated, stale: first_few(stale)}
    assert worked_out(first.place, none) == 0
    assert worked_out(first.said, none) == ""


def test_a_stale_claim_of_a_peer_is_told_by_company_and_source() -> None:
    count = size(freshness.peer_claim)
    stated = {
        claims.claim_variant: np.full(count, "META", dtype=object),
        claims.claim_source: np.full(count, "wire", dtype=object),
    }
    assert set(worked_out(freshness.peer_claim, stated)) == {"P/E of META, wire"}


@pytest.mark.parametrize(("reported_in", "known"), [("CNY", True), ("USD", False), ("XXX", False)])
def test_the_rate_that_may_be_stale_is_that_of_the_currency_of_reporting(
    reported_in: str,
    known: bool,  # noqa: FBT001
) -> None:
    codes = ["EUR", "CNY"]
    days = [TODAY, TODAY - 9]
    case = with_rows(example(), CURRENCY, 2, {conversion.currency_code: codes})
    case = with_rows(
        case,
        CURRENCY,
        2,
        {conversion.currency_code: codes, conversion.currency_number: [1.0, 2.0]},
    )
    stated = {
        price_currency: "USD",
        reporting_currency: reported_in,
        published_of(conversion.per_euro): np.array(days),
    }
    found = worked_out(freshness.rate_day, stated, case)
    assert found == pytest.approx(TODAY - 9 if known else NA, nan_ok=True)


def test_the_newest_consensus_eps_is_the_one_published_last() -> None:
    rows = {market_data.estimate_date: [TODAY - 9, TODAY - 3, TODAY - 5]}
    case = with_rows(example(), ESTIMATE, 3, rows)
    assert worked_out(freshness.estimate_newest, KNOWN, case) == TODAY - 3


# --- plausibility, counted ---
@pytest.mark.parametrize("watch", plausibility.WATCHES, ids=lambda watch: watch.name)
def test_a_figure_warns_beyond_its_first_limit_and_fails_beyond_its_second(
    watch: plausibility.Watch,
) -> None:
    levels, case = first_few(watch.level, 0, 1, 2), asked(example())
    for flags, count, found in (
        (watch.is_warn, watch.warned, [0, 1, 0]),
        (watch.is_fail, watch.failed, [0, 0, 1]),
    ):
        assert worked_out(flags, {watch.level: levels}, case)[:3].tolist() == found
        assert worked_out(count, {watch.level: levels}, case) == 1
    # the worst is named, though another stands before it
    assert worked_out(watch.worst, {watch.level: levels}, case)[:3].tolist() == [0, 0, 1]
    assert worked_out(watch.worst_row, {watch.level: levels}, case) == 3


# --- sums and gaps ---
def test_probabilities_and_the_price_mix_are_summed() -> None:
    assert worked_out(
        differences.probability_sum, {assumptions.probability: np.array([0.2, 0.5, 0.4])}
    ) == pytest.approx(1.1)
    mix = np.linspace(0.1, 0.2, size(assumptions.launch_price_mix)[0])
    found = worked_out(differences.mix_sum, {assumptions.launch_price_mix: mix})
    assert found == pytest.approx(mix.sum())


def test_the_gap_of_a_bridge_is_what_its_drivers_do_not_explain() -> None:
    case = asked(example())
    effects = np.zeros(size(bridges.effect))
    effects[0, :3], effects[1, :3] = (1, 2, 3), (-1, 0, -1)
    stated = {
        bridges.effect: effects,
        bridges.case_raw: np.array([110.0, 97.0]),
        bridges.base_raw: 100.0,
    }
    assert worked_out(differences.bridge_sum, stated, case).tolist() == [6, -2]
    assert worked_out(differences.bridge_gap, stated, case).tolist() == [-4, 1]


@pytest.mark.parametrize(("narrative", "gap"), [(20.0, -6.0), (NA, 14.0)])
def test_the_gap_of_the_waterfall(narrative: float, gap: float) -> None:
    stated = {
        adjusted_value.start: 200.0,
        adjusted_value.narrative_gap: narrative,
        adjusted_value.haircut: np.array([10.0, 5.0, 3.0, 2.0]),
        adjusted_value.allowance: 16.0,
        adjusted_value.hype_value: 150.0,
    }
    assert worked_out(differences.waterfall_gap, stated) == pytest.approx(gap)


def test_a_claim_belongs_to_a_fact_or_is_told() -> None:
    rows = size(claims.claim_fact)
    facts = size(claims.fact_id)
    stated = {
        claims.claim_valid: first_few(claims.claim_valid, 1, 1, 0),
        claims.claim_fact: np.array(["a/b", "c/d", "e/f", *["a/b"] * (rows[0] - 3)], dtype=object),
        claims.fact_id: np.array(["A/B", *["x/y"] * (facts[0] - 1)], dtype=object),
    }
    assert worked_out(differences.claim_homeless, stated).tolist() == [
        0,
        1,
        *[0] * (rows[0] - 2),
    ]


# --- verdicts ---
def test_what_is_wrong_gets_its_verdict_and_a_place_among_those_as_grave() -> None:
    case = asked(example())
    verdicts = case.given[catalogue.verdict]
    wrong = np.zeros(len(verdicts))
    fails, warns = np.flatnonzero(verdicts == "FAIL"), np.flatnonzero(verdicts == "WARN")
    wrong[fails[1]] = wrong[fails[4]] = wrong[warns[2]] = 1
    wrong[warns[0]] = NA  # what cannot be judged is not passed
    stated = {catalogue.wrong: wrong}
    status = worked_out(catalogue.status, stated, case)
    assert [*status[fails[:5]]] == ["OK", "FAIL", "OK", "OK", "FAIL"]
    assert [*status[warns[:3]]] == ["WARN", "OK", "WARN"]
    assert worked_out(catalogue.fails, stated, case) == 2
    assert worked_out(catalogue.warns, stated, case) == 2
    assert worked_out(catalogue.fail_order, stated, case)[fails[:5]].tolist() == [0, 1, 0, 0, 2]
    assert worked_out(catalogue.warn_order, stated, case)[warns[:3]].tolist() == [1, 0, 2]


# --- weak inputs ---
@pytest.mark.parametrize(
    ("flag", "series"),
    [
        (value_at_stake.shares_weak, "group/shares_diluted"),
        (value_at_stake.net_cash_weak, "group/net_cash"),
        (value_at_stake.investments_weak, "group/investments"),
        (value_at_stake.book_value_weak, "group/book_value"),
        (value_at_stake.eps_weak, "group/eps"),
        (value_at_stake.ebitda_weak, "group/ebitda"),
    ],
)
@pytest.mark.parametrize(("older", "newer", "weak"), [("post", "filing", 0), ("filing", "post", 1)])
def test_a_reported_figure_is_weak_if_the_source_of_the_newest_is(
    flag: Line, series: str, older: str, newer: str, weak: int
) -> None:
    rows = [
        Row("FY2023", 1, series=series, source=older),
        Row("FY2024", 2, series=series, source=newer),
    ]
    assert worked_out(flag, KNOWN, sourced(reporting(*rows))) == weak


def test_earnings_are_weak_if_one_of_their_parts_is() -> None:
    rows = [
        Row(f"FY2024-Q{k}", 1, source="post" if k == 2 else "filing")  # one of four quarters
        for k in (1, 2, 3, 4)
    ]
    assert worked_out(value_at_stake.eps_weak, KNOWN, sourced(reporting(*rows))) == 1


@pytest.mark.parametrize(
    ("typed", "source", "weak"), [(1, "filing", 1), (0, "filing", 0), (0, "post", 1)]
)
def test_a_typed_base_is_an_assumption_and_a_reported_one_as_good_as_its_source(
    typed: int, source: str, weak: int
) -> None:
    rows = [Row("FY2024", 2, series="cloud/revenue", source=source)]
    flows = size(valuation.is_typed)
    stated = {**KNOWN, valuation.is_typed: np.full(flows, float(typed))}
    found = worked_out(value_at_stake.base_weak, stated, sourced(reporting(*rows)))
    cloud = example().members[value_at_stake.base_weak.dims[0]].index("cloud")
    assert found[cloud] == weak


@pytest.mark.parametrize(("multiple", "claim", "weak"), [(1, 0, 1), (0, 1, 1), (0, 0, 0)])
def test_the_p_e_of_the_peers_is_weak_if_one_of_them_is(
    multiple: int, claim: int, weak: int
) -> None:
    count = size(claims.claim_weak)
    stated = {
        peers.used_weak: np.full(len(example().members[PEER]), float(multiple)),
        peers.claim_of_peer: np.ones(count),
        claims.claim_weak: np.full(count, float(claim)),
    }
    assert worked_out(value_at_stake.peer_pe_weak, stated) == weak


@pytest.mark.parametrize(
    ("tier", "row", "weak", "assumed"),
    [
        ("user_post", 1, 1, 0),
        ("assumption", 1, 1, 1),
        ("wire", 1, 0, 0),
        ("user_post", 0, 0, 0),
    ],
)
def test_a_peer_is_weak_as_the_source_of_the_row_used(
    tier: str, row: int, weak: int, assumed: int
) -> None:
    rows = len(example().given[peers.number])
    stated = {
        peers.tier: np.full(rows, tier, dtype=object),
        peers.used_row: np.full(size(peers.used_weak), float(row)),
    }
    assert set(worked_out(peers.used_weak, stated)) == {weak}
    assert set(worked_out(peers.used_assumed, stated)) == {assumed}


def test_the_p_e_before_its_floor_may_be_negative() -> None:
    stated = {
        valuation.eps_12m: np.array([-2.0, 1.0, 2.0]),
        valuation.pe_multiple: np.array([10.0, 15.0, 20.0]),
    }
    assert worked_out(valuation.pe_unfloored, stated).tolist() == [-20, 15, 40]
