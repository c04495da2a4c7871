"""What is chosen among claims that disagree is one of them, in whatever order they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from reportgen.model.dims import CLAIM, PRODUCT
from reportgen.model.evidence import claims, products
from tests.laws.altered import permuted, solved
from tests.laws.cases import DICE, company
from tests.laws.chance import LAW
from tests.laws.disputes import FACTS, disputed
from tests.laws.evidence import documented

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line
    from tests.laws.altered import Company

ROWS = {
    row
    for facts in (claims.facts, products.offers)
    for row in (facts.chosen_row, facts.preferred_row)
}  # numbers of rows, which follow the order
CHOSEN = [line for line in claims.facts.lines if line not in ROWS]
OFFERED = [line for line in products.offers.lines if line not in ROWS]
CANDIDATES = (claims.claim_value, claims.weighed_claims.used, claims.claim_fact, claims.claim_bound)


@LAW
@given(disputed())
def test_the_chosen_value_is_one_of_its_candidates(case: Company) -> None:
    found = solved(case, *CHOSEN, *CANDIDATES).values
    names = np.array([fact.casefold() for fact in found[claims.claim_fact]])
    for place, (key, variant) in enumerate(FACTS):
        of_fact = names == f"{key}/{variant}".casefold()
        of_fact &= found[claims.weighed_claims.used] > 0
        chosen = found[claims.facts.value][place]
        if of_fact.any():
            assert chosen in found[claims.claim_value][of_fact]
        else:
            assert np.isnan(chosen)


@LAW
@given(disputed())
def test_a_bound_is_a_candidate_only_where_nothing_firmer_is_known(case: Company) -> None:
    found = solved(case, *CANDIDATES).values
    names = np.array([fact.casefold() for fact in found[claims.claim_fact]])
    used, bound = found[claims.weighed_claims.used] > 0, found[claims.claim_bound] > 0
    for name in set(names.tolist()):
        kinds = set(bound[used & (names == name)].tolist())
        assert len(kinds) == 1


@st.composite
def reordered(
    draw: st.DrawFn, cases: st.SearchStrategy[Company], dim: Dim, numbers: Line
) -> tuple[Company, Company]:
    """A company, and the same with the rows of a table in another order."""
    case = draw(cases)
    order = draw(DICE).rng.permutation(len(case.members[dim]))
    return case, permuted(case, dim, order, numbers)


def assert_unmoved(cases: tuple[Company, Company], *lines: Line) -> None:
    before, after = (solved(case, *lines).values for case in cases)
    for line in lines:
        assert np.array_equal(after[line], before[line], equal_nan=True), line.key


@LAW
@given(reordered(disputed(), CLAIM, claims.claim_number))
def test_the_order_of_claims_moves_nothing_that_is_chosen(cases: tuple[Company, Company]) -> None:
    assert_unmoved(cases, *CHOSEN, claims.call_probability)


@st.composite
def documented_packs(draw: st.DrawFn) -> Company:
    """A company whose documents say other figures than its pack's."""
    return documented(company(draw(st.sampled_from(("baba", "tokyo", "daily")))), draw(DICE))


@LAW
@given(reordered(documented_packs(), PRODUCT, products.product_number))
def test_nor_does_the_order_of_product_prices(cases: tuple[Company, Company]) -> None:
    assert_unmoved(cases, *OFFERED)


@LAW
@given(documented_packs())
def test_the_chosen_price_of_a_product_is_one_of_its_candidates(case: Company) -> None:
    found = solved(case, *OFFERED, products.product_fact, products.weighed_products.used).values
    names = np.array([fact.casefold() for fact in found[products.product_fact]])
    used = found[products.weighed_products.used] > 0
    for name, chosen in zip(
        case.given[products.offer_id], found[products.offers.value], strict=True
    ):
        candidates = found[products.product_value][used & (names == name.casefold())]
        assert chosen in candidates if candidates.size else np.isnan(chosen)
