"""The P/E of the peers, and whether assumptions agree with each other, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.expr.nodes import Unit
from reportgen.model import market, peers, twelve_months, valuation
from reportgen.model.checks import catalogue, differences
from reportgen.model.dims import CLAIM, ESTIMATE, PEER, PEER_ROW, SEGMENT
from reportgen.model.evidence import claims
from reportgen.model.fundamentals import shares_diluted
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, market_data
from reportgen.model.inputs.assumptions import cash_conversion
from reportgen.model.inputs.description import as_of, peer, segment_metric
from reportgen.model.last_month import brokers_then
from reportgen.model.words import line
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, day

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line
    from tests.laws.altered import Company

TODAY = day("2025-11-30")
PEERS = ("ACME", "Birch", "Cedar")


class Multiple(NamedTuple):
    """A row of peers.csv; days before as-of."""

    company: str
    metric: str
    value: float
    age: int = 10


class Claim(NamedTuple):
    variant: str
    value: float
    age: int = 10
    key: str = "pe"
    tier: str = "wire"


def compared(multiples: list[Multiple], said: list[Claim]) -> Company:
    """The example with three peers, their multiples and what is claimed of them."""
    case = with_rows(example(), PEER, 3, {peer: list(PEERS)})
    case = with_rows(
        case,
        PEER_ROW,
        len(multiples),
        {
            peers.number: np.arange(len(multiples)) + 1.0,
            peers.company: [of.company for of in multiples],
            peers.metric: [of.metric for of in multiples],
            peers.value: [of.value for of in multiples],
            peers.published: [TODAY - of.age for of in multiples],
        },
    )
    return with_rows(
        case,
        CLAIM,
        len(said),
        {
            claims.claim_number: np.arange(len(said)) + 1.0,
            claims.claim_key: [of.key for of in said],
            claims.claim_variant: [of.variant for of in said],
            claims.claim_amount: [of.value for of in said],
            claims.claim_unit: ["x"] * len(said),
            claims.claim_observed: [TODAY - of.age for of in said],
            claims.claim_published: [TODAY - min(of.age, 5) for of in said],
        },
    )


@pytest.mark.parametrize(
    ("multiples", "said", "count", "found"),
    [
        ([], [], 0, NA),
        ([Multiple("ACME", "pe_ttm", 20)], [], 1, 20),
        # the trailing one, however old, before the forward one
        (
            [Multiple("ACME", "pe_ntm", 10, age=1), Multiple("ACME", "pe_ttm", 20, age=99)],
            [],
            1,
            20,
        ),
        ([Multiple("ACME", "pe_ntm", 10)], [], 1, 10),
        # of one kind the newest; of one day the later row
        ([Multiple("ACME", "pe_ttm", 20, 9), Multiple("ACME", "pe_ttm", 40, 8)], [], 1, 40),
        ([Multiple("ACME", "pe_ttm", 40, 8), Multiple("ACME", "pe_ttm", 20, 9)], [], 1, 40),
        ([Multiple("ACME", "pe_ttm", 20), Multiple("ACME", "pe_ttm", 40)], [], 1, 40),
        # the harmonic mean: two over the sum of a tenth and a fortieth
        ([Multiple("ACME", "pe_ttm", 10), Multiple("birch", "pe_ttm", 40)], [], 2, 16),
        # whoever makes a loss is left out, and others still count
        ([Multiple("ACME", "pe_ttm", -5), Multiple("Birch", "pe_ttm", 40)], [], 1, 40),
        ([Multiple("ACME", "pe_ttm", -5), Multiple("ACME", "pe_ntm", 9)], [], 0, NA),
        ([Multiple("ACME", "pe_ttm", 0)], [], 0, NA),
        ([Multiple("ACME", "ev_ebitda_ntm", 9)], [], 0, NA),
        ([Multiple("Elm", "pe_ttm", 9)], [], 0, NA),  # not one of the peers named
        ([Multiple("ACME", "pe_ttm", 9, age=-1)], [], 0, NA),  # not known yet
        # claims only where no peer has a multiple, then every one of them
        ([Multiple("ACME", "pe_ttm", 10)], [Claim("Birch", 40)], 1, 10),
        ([], [Claim("Birch", 40), Claim("ACME", 10)], 2, 16),
        ([], [Claim("Birch", 40), Claim("birch", 10)], 2, 16),
        ([], [Claim("Elm", 40), Claim("Birch", 10), Claim("Birch", -3)], 1, 10),
        ([], [Claim("Birch", 40, age=365), Claim("Birch", 10, age=366)], 1, 40),
        ([], [Claim("Birch", 40, key="ps")], 0, NA),
        ([Multiple("ACME", "pe_ttm", -5)], [Claim("Birch", 40)], 1, 40),
    ],
)
def test_the_p_e_of_the_peers(
    multiples: list[Multiple], said: list[Claim], count: int, found: float
) -> None:
    case, known = compared(multiples, said), {as_of: TODAY}
    assert worked_out(peers.peer_pe, known, case) == pytest.approx(found, nan_ok=True)
    assert worked_out(peers.peer_pe_count, known, case) == count


@pytest.mark.parametrize(
    ("multiples", "row"),
    [
        ([Multiple("ACME", "pe_ntm", 10), Multiple("ACME", "pe_ttm", 20)], 2),
        ([Multiple("Birch", "pe_ttm", 10), Multiple("ACME", "pe_ntm", 20)], 2),
        ([Multiple("ACME", "pe_ttm", -20)], 0),
        ([], 0),
    ],
)
def test_the_row_that_a_peers_p_e_comes_from_is_known(multiples: list[Multiple], row: int) -> None:
    case = compared(multiples, [])
    assert worked_out(peers.used_row, {as_of: TODAY}, case)[0] == row


def test_without_a_peer_the_others_are_left() -> None:
    rows = [
        Multiple(name, "pe_ttm", value) for name, value in zip(PEERS, (10, 40, 40), strict=True)
    ]
    case, known = compared(rows, []), {as_of: TODAY}
    assert worked_out(peers.peer_without, known, case) == pytest.approx(np.array([40, 16, 16]))
    said = [Claim(name, value) for name, value in zip(PEERS, (10, 40, 40), strict=True)]
    case = compared([], said)
    assert worked_out(peers.claim_without, known, case) == pytest.approx(np.array([40, 16, 16]))


@pytest.mark.parametrize(
    ("count", "with_a_multiple", "posts", "tiers", "few"),
    [
        (3, 3, 0, [], 0),
        (2, 2, 0, [], 1),
        (3, 0, 3, ["user_post"] * 3, 1),
        (3, 0, 3, ["user_post", "user_post", "wire"], 0),
        (0, 0, 0, [], 0),  # without any there is none to doubt
    ],
)
def test_a_p_e_on_fewer_than_three_peers_or_on_posts_alone_is_told(
    count: int, with_a_multiple: int, posts: int, tiers: list[str], few: int
) -> None:
    case = compared([], [Claim("ACME", 10)] * max(posts, 1))
    stated = {
        peers.peer_pe: 20.0 if count else NA,
        peers.peer_pe_count: float(count),
        peers.count: float(with_a_multiple),
        peers.claim_of_peer: np.array([float(bool(posts))] * max(posts, 1)),
        claims.claim_tier: np.array(tiers or [""] * max(posts, 1), dtype=object),
    }
    assert worked_out(differences.peers_few, stated, case) == few


# --- coherence ---
SEGMENTS = len(example().members[SEGMENT])


def verdict(name: str, stated: Mapping[Line, object], case: Company | None = None) -> float:
    """Whether the check of that name is wrong."""
    (check,) = (one for one in catalogue.gravest_first() if one.label == name)
    return float(worked_out(line("tried", "Tried", Unit.FLAG, check.wrong), stated, case))


@pytest.mark.parametrize(
    ("eps", "level", "metrics", "apart"),
    [
        (1.2, 120.0, "ebita", 0.0),
        (1.45, 120.0, "ebita", 0.25),
        (0.9, 120.0, "ebita", 0.3),
        (1.2, 120.0, "revenue", NA),  # revenue is no earnings
    ],
)
def test_growth_of_eps_is_set_against_that_of_segments_that_are_valued_on_earnings(
    eps: float, level: float, metrics: str, apart: float
) -> None:
    stated = {
        segment_metric: np.array([metrics, *["revenue"] * (SEGMENTS - 1)], dtype=object),
        valuation.level: np.full((3, SEGMENTS), level),
        valuation.base_metric: np.full(SEGMENTS, 100.0),
        valuation.eps_12m: np.array([1.2, 1.2, eps]),
        twelve_months.eps_reference: 1.0,
        assumptions.weight_pe: 0.5,
        assumptions.weight_sotp: 0.5,
    }
    found = worked_out(differences.growths_apart, stated)
    assert found == pytest.approx(apart, nan_ok=True)
    for unweighed in (assumptions.weight_pe, assumptions.weight_sotp):
        assert np.isnan(worked_out(differences.growths_apart, {**stated, unweighed: 0.0}))
    if not np.isnan(apart):
        loss = {**stated, valuation.base_metric: np.full(SEGMENTS, -100.0)}
        assert np.isnan(worked_out(differences.growths_apart, loss))


@pytest.mark.parametrize(
    ("eps", "consensus", "ahead"), [(5.5, 5.0, 0.1), (4.0, 5.0, -0.2), (5.5, -5.0, NA), (5, NA, NA)]
)
def test_base_eps_is_set_against_consensus(eps: float, consensus: float, ahead: float) -> None:
    rows = {
        market_data.estimate_date: [TODAY - 40],
        market_data.estimate: [consensus],
        market_data.estimate_currency: ["USD"],
    }
    stated = {
        as_of: TODAY,
        valuation.eps_12m: np.array([1.0, eps, 9.0]),
        assumptions.weight_pe: 0.5,
    }
    case = with_rows(example(), ESTIMATE, 1, rows)
    found = worked_out(differences.eps_ahead, stated, case)
    assert found == pytest.approx(ahead, nan_ok=True)
    assert np.isnan(worked_out(differences.eps_ahead, {**stated, assumptions.weight_pe: 0}, case))


@pytest.mark.parametrize(
    ("name", "apart", "edge"),
    [
        ("EPS grows as the segments do", differences.growths_apart, 0.25),
        ("Base EPS agrees with consensus EPS", differences.eps_ahead, 0.1),
    ],
)
def test_a_disagreement_is_told_beyond_its_limit(name: str, apart: Line, edge: float) -> None:
    assert verdict(name, {apart: edge}) == 0
    assert verdict(name, {apart: edge + 0.001}) == 1
    assert verdict(name, {apart: -edge - 0.001}) == 1
    assert verdict(name, {apart: NA}) == 0


@pytest.mark.parametrize(
    ("flow", "eps", "reported", "wrong"),
    [
        (10.0, 2.0, 0.5, 0),
        (15.0, 2.0, 0.75, 0),
        (15.2, 2.0, 0.76, 1),
        (4.8, 2.0, 0.24, 1),
        (10, -2.0, NA, 0),
    ],
)
def test_cash_conversion_is_set_against_free_cash_flow_of_the_earnings(
    flow: float, eps: float, reported: float, wrong: int
) -> None:
    names = example().given[twelve_months.flow_series]
    stated = {
        twelve_months.twelve_months: np.where(names == "group/free_cash_flow", flow, 1.0),
        twelve_months.eps_reference: eps,
        shares_diluted: 10.0,
        cash_conversion: 0.5,
    }
    found = worked_out(differences.conversion_reported, stated)
    assert found == pytest.approx(reported, nan_ok=True)
    assert verdict("Cash conversion agrees with free cash flow", stated) == wrong


@pytest.mark.parametrize(
    ("now", "then", "changed"), [(3, 2, 0), (0, 0, 0), (1, 0, 1), (0, 4, 1), (3, NA, 0)]
)
def test_consensus_on_another_basis_than_a_month_ago_is_told(
    now: float, then: float, changed: int
) -> None:
    stated = {price_targets.brokers: float(now), brokers_then: then}
    assert worked_out(differences.basis_changed, stated) == changed


@pytest.mark.parametrize(
    ("weights", "used", "missing"),
    [
        ((0.5, 0.5, 0, 0), (0.5, 0.5, 0, 0), 0),
        ((0.5, 0.5, 0.1, 0), (0.5, 0.5, 0, 0), 1),
        ((1, 1, 1, 1), (0, 0, 0, 0), 4),
    ],
)
def test_methods_with_a_weight_that_do_not_count_are_told(
    weights: tuple[float, ...], used: tuple[float, ...], missing: int
) -> None:
    stated: dict[Line, object] = {}
    for name, weight, of_used in zip(valuation.METHODS, weights, used, strict=True):
        stated[valuation.METHODS[name].weight] = float(weight)
        stated[valuation.weight_used[name]] = float(of_used)
    assert worked_out(differences.methods_missing, stated) == missing


@pytest.mark.parametrize(
    ("eps", "weight", "told"),
    [(1.0, 0.5, 0), (0.0, 0.5, 1), (-1.0, 0.5, 1), (-1.0, 0.0, 0), (NA, 0.5, 0)],
)
def test_p_e_on_a_loss_is_told(eps: float, weight: float, told: int) -> None:
    stated = {twelve_months.eps_reference: eps, assumptions.weight_pe: weight}
    assert worked_out(differences.loss_valued, stated) == told


@pytest.mark.parametrize(
    ("own", "bull", "wrong"), [(20.0, 20.0, 0), (20.1, 20.0, 1), (NA, 20.0, 0)]
)
def test_a_bull_multiple_below_todays_own_is_told(own: float, bull: float, wrong: int) -> None:
    stated = {valuation.own_pe: own, valuation.pe_multiple: np.array([10.0, 15.0, bull])}
    assert verdict("Bull multiple not below today's own P/E", stated) == wrong


@pytest.mark.parametrize("values", [(1, 2, 3), (2, 1, 3), (1, 3, 2)])
def test_cases_that_had_to_be_put_in_order_are_told(values: tuple[float, ...]) -> None:
    found = verdict(
        "Bear, base, bull in order before ordering", {valuation.raw_value: np.array(values)}
    )
    assert found == (list(values) != sorted(values))


@pytest.mark.parametrize("missing", ["Price", "Buy below"])
def test_a_headline_that_is_na_fails(missing: str) -> None:
    (check,) = (one for one in catalogue.CHECKS if one.label == f"{missing} is known")
    assert check.verdict == "FAIL"
    assert verdict(f"{missing} is known", {market.price: NA}) == (missing == "Price")
