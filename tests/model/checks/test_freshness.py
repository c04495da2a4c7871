"""Each term of the count of what is stale, and of the count of conflicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.model.checks import freshness
from reportgen.model.evidence.own_pe import own_pe_conflict
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
