"""Each term of the count of what is stale, and each condition of readiness, one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.model import stance
from reportgen.model.checks import catalogue, differences, freshness, readiness
from reportgen.model.delivered_growth import ebita_yoy, eps_yoy, free_cash_flow, g_delivered
from reportgen.model.evidence.own_pe import own_pe_conflict
from reportgen.model.whatif import value_at_stake
from tests.model.by_hand import worked_out

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

# Each term with a number of its own, so that no term can stand for another
STALE = {
    freshness.close_stale: 1,
    freshness.results_stale: 2,
    freshness.estimate_stale: 4,
    freshness.targets_stale: 8,
    freshness.products_stale: 16,
    freshness.peers_stale: 32,
    freshness.segments_stale: 64,
    freshness.rate_stale: 128,
}


@pytest.mark.parametrize("term", STALE, ids=lambda term: term.key)
def test_each_kind_of_stale_figure_counts_by_itself(term: Line) -> None:
    fresh = dict.fromkeys(STALE, 0.0)
    assert worked_out(freshness.stale_count, {**fresh, term: 3.0}) == 3


def test_stale_figures_of_every_kind_are_counted_together() -> None:
    assert worked_out(freshness.stale_count, dict(STALE)) == 255


@pytest.mark.parametrize(
    ("facts", "offers", "own_pe", "conflicts"),
    [(0, 0, 0, 0), (2, 0, 0, 2), (0, 3, 0, 3), (2, 3, 0, 5), (0, 0, 1, 1), (2, 3, 1, 6)],
)
def test_conflicts_are_those_of_claims_of_prices_and_of_the_own_pe(
    facts: int, offers: int, own_pe: int, conflicts: int
) -> None:
    given = {
        freshness.fact_conflicts: float(facts),
        freshness.offer_conflicts: float(offers),
        own_pe_conflict: float(own_pe),
    }
    assert worked_out(freshness.conflicts, given) == conflicts


@pytest.mark.parametrize(
    ("fails", "warns", "weak", "word"),
    [
        (0, 0, 0, "decision-grade"),
        (1, 0, 0, "blocked"),
        (0, 1, 0, "with care"),
        (0, 0, 1, "with care"),
        (1, 1, 1, "blocked"),
        (0, 0, float("nan"), "decision-grade"),  # without a price nothing can be at stake
    ],
)
@pytest.mark.parametrize("view", ["LONG", "SHORT"])
def test_readiness_is_lowered_by_a_fail_a_warn_or_a_weak_input(
    fails: int, warns: int, weak: float, word: str, view: str
) -> None:
    given = {
        catalogue.fails: float(fails),
        catalogue.warns: float(warns),
        value_at_stake.weak_over_limit: float(weak),
        stance.view: view,
    }
    assert worked_out(readiness.readiness, given) == word
    assert worked_out(readiness.call, given) == ("BLOCKED" if word == "blocked" else view)


@pytest.mark.parametrize(
    ("fails", "weak", "warns", "reasons"),
    [(0, 0, 0, 0), (1, 0, 0, 1), (0, 2, 0, 2), (0, 0, 4, 4), (1, 2, 4, 7)],
)
def test_what_stands_in_the_way_is_every_fail_weak_input_and_warn(
    fails: int, weak: int, warns: int, reasons: int
) -> None:
    given = {
        catalogue.fails: float(fails),
        readiness.weak_count: float(weak),
        catalogue.warns: float(warns),
    }
    assert worked_out(readiness.count, given) == reasons


@pytest.mark.parametrize(
    ("delivered", "ebita", "eps", "cash", "against"),
    [
        (0.1, 0.1, 0.1, 5.0, 0),
        (0.1, -0.1, 0.1, 5.0, 1),
        (0.1, 0.1, -0.1, 5.0, 1),
        (0.1, 0.1, 0.1, -5.0, 1),
        (0.1, -0.1, -0.1, -5.0, 3),
        (0.1, 0.0, 0.0, 0.0, 0),
        (0.1, float("nan"), -0.1, float("nan"), 1),
        (0.0, -0.1, -0.1, -5.0, 0),  # without growth nothing can point the other way
        (-0.1, -0.1, -0.1, -5.0, 0),
        (-0.1, 0.1, -0.1, -5.0, 1),
        (-0.1, 0.1, 0.1, 5.0, 2),  # cash that flows in says nothing of falling earnings
        (float("nan"), -0.1, -0.1, -5.0, 0),
    ],
)
def test_growth_delivered_is_contradicted_by_each_figure_that_points_the_other_way(
    delivered: float, ebita: float, eps: float, cash: float, against: int
) -> None:
    given = {g_delivered: delivered, ebita_yoy: ebita, eps_yoy: eps, free_cash_flow: cash}
    assert worked_out(differences.against, given) == against
