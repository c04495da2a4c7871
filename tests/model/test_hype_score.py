"""What the score rests on, and which of its sub-scores count as measured, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model import fundamentals, hype_score, peers
from reportgen.model.dims import COMPONENTS, ESTIMATE, SUB_SCORES
from reportgen.model.evidence import claims
from reportgen.model.hype import components
from reportgen.model.inputs import market_data
from tests.laws.altered import with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, Row, day, reporting
from tests.model.test_evidence import KNOWN, Said, claiming

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line


TODAY = day("2025-11-30")


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


def test_every_component_is_worked_out_by_hand() -> None:
    assert tuple(components.BY_NAME) == COMPONENTS
    assert set(RESTS) == set(SUB_SCORES)
