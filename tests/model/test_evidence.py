"""What documents are worth as evidence, and what is chosen among them, worked out by hand."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pytest

from reportgen.model import fundamentals, peers
from reportgen.model.dims import (
    CLAIM,
    CURRENCY,
    ESTIMATE,
    FACT,
    OFFER,
    PEER_ROW,
    PRODUCT,
    SOURCE,
    TARGET,
)
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.hype_score import vendor_assumed
from reportgen.model.inputs import conversion, market_data, sources
from reportgen.model.inputs.description import as_of, price_currency
from reportgen.model.lines import BY_KEY
from tests.laws.altered import Company, with_rows
from tests.model.by_hand import example, worked_out
from tests.model.reported import NA, Row, day, reporting

TODAY = day("2025-11-30")
KNOWN = {as_of: TODAY, price_currency: "USD"}
CALL = "outperform_probability_3m"
SOURCED = {
    # id: group, tier
    "filing": ("acme", "primary"),
    "wire": ("press", "wire"),
    "other wire": ("press", "wire"),
    "blog": ("blogs", "trade_blog"),
    "post": ("people", "user_post"),
    "house": ("us", "assumption"),
}
FLAGS = (
    sources.source_ai,
    sources.source_promo,
    sources.source_position,
    sources.source_error,
)
CITED = [*SOURCED, "FILING", "nowhere"]  # ids are read in any letter case; one is not described
TIERS = [*(tier for _, tier in SOURCED.values()), "primary", "assumption"]
GROUPS = [*(group for group, _ in SOURCED.values()), "acme", "nowhere"]


class Said(NamedTuple):
    """A claim, or the price of a product, and how many days ago it was observed."""

    value: float
    age: int = 0
    source: str = "wire"
    qualifier: str = "="
    variant: str = "HQ"
    key: str = "headcount"


def sourced(case: Company) -> Company:
    columns = {
        sources.source_number: np.arange(len(SOURCED)) + 1.0,
        sources.source_id: list(SOURCED),
        sources.source_group: [group for group, _ in SOURCED.values()],
        sources.source_tier: [tier for _, tier in SOURCED.values()],
    }
    columns |= {flag: np.zeros(len(SOURCED)) for flag in FLAGS}
    return with_rows(case, SOURCE, len(SOURCED), columns)


def claiming(*said: Said) -> Company:
    """The example with these claims, and the facts that they are about."""
    columns = {
        claims.claim_number: np.arange(len(said)) + 1.0,
        claims.claim_key: [of.key for of in said],
        claims.claim_variant: [of.variant for of in said],
        claims.claim_amount: [of.value for of in said],
        claims.claim_unit: ["ratio"] * len(said),
        claims.claim_qualifier: [of.qualifier for of in said],
        claims.claim_observed: [TODAY - of.age for of in said],
        claims.claim_published: [TODAY - of.age for of in said],
        claims.claim_source: [of.source for of in said],
    }
    case = with_rows(sourced(example()), CLAIM, len(said), columns)
    facts = list(dict.fromkeys((of.key, of.variant) for of in said))
    named = {
        claims.fact_number: np.arange(len(facts)) + 1.0,
        claims.fact_id: ["/".join(fact) for fact in facts],
        claims.fact_key: [key for key, _ in facts],
        claims.fact_variant: [variant for _, variant in facts],
    }
    return with_rows(case, FACT, len(facts), named)


def priced(*said: Said) -> Company:
    """The example with these prices of one product, in one offer a variant."""
    columns = {
        products.product_number: np.arange(len(said)) + 1.0,
        products.product_vendor: ["Acme"] * len(said),
        products.product_name: ["Anvil"] * len(said),
        products.product_variant: [of.variant for of in said],
        products.product_price: [of.value for of in said],
        products.product_currency: ["USD"] * len(said),
        products.product_qualifier: [of.qualifier for of in said],
        products.product_observed: [TODAY - of.age for of in said],
        products.product_published: [TODAY - of.age for of in said],
        products.product_source: [of.source for of in said],
    }
    case = with_rows(sourced(example()), PRODUCT, len(said), columns)
    variants = list(dict.fromkeys(of.variant for of in said))
    named = {
        products.offer_number: np.arange(len(variants)) + 1.0,
        products.offer_id: [f"product/Acme/Anvil/{of}" for of in variants],
    }
    return with_rows(case, OFFER, len(variants), named)


@pytest.mark.parametrize("make", [claiming, priced])
def test_a_document_is_worth_what_its_source_is(make: object) -> None:
    assert callable(make)
    case = make(*(Said(1, source=source) for source in CITED))
    of = claims if make is claiming else products
    row = "claim" if make is claiming else "product"
    assert worked_out(getattr(of, f"{row}_tier"), KNOWN, case).tolist() == TIERS
    assert worked_out(getattr(of, f"{row}_group"), KNOWN, case).tolist() == GROUPS
    found = worked_out(getattr(of, f"{row}_reliability"), KNOWN, case)
    assert found.tolist() == [0.95, 0.8, 0.8, 0.55, 0.4, 0.5, 0.95, 0.5]
    weak = worked_out(getattr(of, f"{row}_weak"), KNOWN, case)
    assert weak.tolist() == [0, 0, 0, 0, 1, 1, 0, 1]


@pytest.mark.parametrize("make", [claiming, priced])
def test_a_qualifier_says_how_firm_a_figure_is(make: object) -> None:
    assert callable(make)
    case = make(*(Said(1, qualifier=qualifier) for qualifier in ("=", "~", ">", "<", "")))
    of = claims if make is claiming else products
    row = "claim" if make is claiming else "product"
    assert worked_out(getattr(of, f"{row}_bound"), KNOWN, case).tolist() == [0, 0, 1, 1, 0]
    approximate = worked_out(getattr(of, f"{row}_approximate"), KNOWN, case)
    assert approximate.tolist() == [0, 1, 0, 0, 0]
    assert worked_out(getattr(of, f"{row}_weak"), KNOWN, case).tolist() == [0, 1, 0, 0, 0]


def test_so_are_results_targets_and_multiples_of_peers() -> None:
    results = reporting(*(Row("FY2024", 1, source=source) for source in CITED))
    assert worked_out(fundamentals.tier, KNOWN, sourced(results)).tolist() == TIERS
    assert worked_out(fundamentals.weak, KNOWN, sourced(results)).tolist() == [0] * 4 + [1, 1, 0, 1]
    targets = with_rows(example(), TARGET, len(CITED), {price_targets.source: CITED})
    tiers = {**KNOWN, price_targets.in_use: np.ones(len(CITED))}
    assumed = worked_out(price_targets.assumed, tiers, sourced(targets))
    assert assumed.tolist() == [of == "assumption" for of in TIERS]
    multiples = with_rows(example(), PEER_ROW, len(CITED), {peers.source: CITED})
    assert worked_out(peers.tier, KNOWN, sourced(multiples)).tolist() == TIERS


@pytest.mark.parametrize(
    ("key", "half_life", "window"),
    [
        ("price", 2, 14),
        ("market_size", 365, 365),
        ("units", 365, 365),
        ("ai_capex_3y", 365, 365),
        ("headcount", 90, 90),
        ("Price", 2, 14),
    ],
)
def test_a_fact_ages_by_its_key(key: str, half_life: float, window: float) -> None:
    case = claiming(Said(1, key=key))
    assert worked_out(claims.claim_half_life, KNOWN, case).tolist() == [half_life]
    assert worked_out(claims.claim_window, KNOWN, case).tolist() == [window]


POSTED, FILED = Said(100, source="post"), Said(200, source="filing")
CHOICES = {
    # claims, chosen, low, high
    "one": ([Said(100)], 100, 100, 100),
    "the lower of two of equal weight": ([Said(200), Said(100)], 100, 100, 200),
    "weight by reliability": ([POSTED, FILED], 200, 100, 200),
    "two of one publisher share one voice": (
        [Said(100), Said(110, source="other wire"), FILED],
        200,
        100,
        200,
    ),
    "half as much after a half-life": (
        # the wire's 0.8, halved, is no more than the 0.4 of the post: the lower
        [Said(200, age=90), POSTED],
        100,
        100,
        100,
    ),
    "a bound beside a figure is set aside": ([Said(500, qualifier=">"), POSTED], 100, 100, 100),
    "bounds alone are chosen among": ([Said(500, qualifier=">")], 500, 500, 500),
    "older by more than the half-life: superseded": (
        [Said(500, age=91, source="filing"), POSTED],
        100,
        100,
        100,
    ),
    "older by the half-life: a candidate, but no part of the range": (
        [Said(500, age=90, source="filing"), POSTED],
        500,  # 0.95 / 2 against 0.4
        100,
        100,
    ),
    "none": ([Said(NA)], NA, NA, NA),
    "a loss": ([Said(-5), Said(-7, source="filing")], -7, -7, -5),
}


@pytest.mark.parametrize("choice", CHOICES)
def test_the_chosen_value_is_the_lower_weighted_median(choice: str) -> None:
    said, chosen, low, high = CHOICES[choice]
    for ordered in (said, said[::-1]):
        case = claiming(*ordered)
        found = [
            worked_out(line, KNOWN, case)[0]
            for line in (claims.facts.value, claims.facts.low, claims.facts.high)
        ]
        assert found == pytest.approx([chosen, low, high], nan_ok=True)


@pytest.mark.parametrize(
    ("said", "chosen"),
    [
        # of a price of 30 days ago half the weight is left, and after 15 it is superseded
        ([Said(200, age=14), POSTED], 200),
        ([Said(200, age=15), POSTED], 100),
        ([Said(300, qualifier="<"), POSTED], 100),
        ([Said(200), Said(210, source="other wire"), Said(300, source="filing")], 300),
    ],
)
def test_the_price_of_a_product_is_chosen_as_facts_are(said: list[Said], chosen: float) -> None:
    found = worked_out(products.offers.value, KNOWN, priced(*said))
    assert found.tolist() == [chosen]


@pytest.mark.parametrize(("age", "weight"), [(0, 0.8), (30, 0.4), (60, 0.2)])
def test_the_weight_of_a_product_price_is_halved_after_30_days(age: int, weight: float) -> None:
    found = worked_out(products.weighed_products.weight, KNOWN, priced(Said(100, age=age)))
    assert found.tolist() == pytest.approx([weight])


def test_a_choice_of_the_reader_stands_before_what_is_weighed() -> None:
    case = claiming(POSTED, FILED)
    chosen = {**KNOWN, claims.fact_choice: np.array([1.0])}
    assert worked_out(claims.facts.value, chosen, case).tolist() == [100]
    assert worked_out(claims.facts.weighed_value, chosen, case).tolist() == [200]
    lost = {**KNOWN, claims.fact_choice: np.array([3.0])}
    assert np.isnan(worked_out(claims.facts.value, lost, case)).all()


@pytest.mark.parametrize(
    ("said", "approximate", "conflict", "changed", "bound_only"),
    [
        ([Said(100), Said(102, source="filing")], 0, 0, 0, 0),
        ([Said(100), Said(103, source="filing")], 0, 1, 0, 0),
        ([Said(100, qualifier="~"), Said(103, source="filing")], 1, 0, 0, 0),
        ([Said(100, qualifier="~"), Said(106, source="filing", qualifier="~")], 2, 1, 0, 0),
        ([Said(100, age=15, qualifier="~"), Said(103, source="filing")], 0, 0, 1, 0),
        ([Said(102, age=15), Said(103, source="filing")], 0, 0, 0, 0),
        ([Said(100, age=200), Said(103, source="filing")], 0, 0, 1, 0),  # superseded, yet a change
        ([Said(200, age=15), Said(103, source="filing")], 0, 0, 1, 0),
        ([Said(100, qualifier=">")], 0, 0, 0, 1),
        ([Said(100, qualifier=">"), Said(100)], 0, 0, 0, 0),
        ([Said(0), Said(0, source="filing")], 0, 0, 0, 0),
        ([Said(-1), Said(0, source="filing"), Said(0.1, source="blog")], 0, 1, 0, 0),
    ],
)
@pytest.mark.parametrize("make", [claiming, priced])
def test_a_conflict_is_of_now_and_a_change_over_time(
    make: object, said: list[Said], approximate: int, conflict: int, changed: int, bound_only: int
) -> None:
    assert callable(make)
    case, facts = make(*said), claims.facts if make is claiming else products.offers
    assert worked_out(facts.approximate, KNOWN, case).tolist() == [approximate]
    assert worked_out(facts.conflict, KNOWN, case).tolist() == [conflict]
    assert worked_out(facts.changed, KNOWN, case).tolist() == [changed]
    assert worked_out(facts.bound_only, KNOWN, case).tolist() == [bound_only]


@pytest.mark.parametrize(
    ("said", "probability", "newest", "assumed"),
    [
        ([Said(0.6, key=CALL)], 0.6, 0, 0),
        ([Said(0.6, key="headcount")], NA, NA, 0),
        # over all vendors: the more reliable one, whatever its variant
        ([Said(0.6, key=CALL, source="post"), Said(0.7, key=CALL, variant="Orrery")], 0.7, 0, 0),
        ([Said(0.6, age=91, key=CALL), Said(0.7, key=CALL, source="post")], 0.7, 0, 0),
        ([Said(0.6, age=40, key=CALL, source="house")], 0.6, 40, 1),
        (
            [
                Said(0.6, key=CALL),
                Said(0.65, key=CALL, source="other wire"),
                Said(0.7, key=CALL, source="post"),
            ],
            0.65,  # 0.4, 0.4 and 0.4
            0,
            0,
        ),
        ([Said(0.9, key=CALL, qualifier="<"), Said(0.7, key=CALL, source="post")], 0.7, 0, 0),
    ],
)
def test_a_vendors_call_is_chosen_over_all_variants(
    said: list[Said], probability: float, newest: float, assumed: int
) -> None:
    case = claiming(*said)
    assert worked_out(claims.call_probability, KNOWN, case) == pytest.approx(
        probability, nan_ok=True
    )
    assert worked_out(claims.call_newest, KNOWN, case) == pytest.approx(TODAY - newest, nan_ok=True)
    assert worked_out(vendor_assumed, KNOWN, case) == assumed


def test_only_a_call_is_one_whatever_its_vendor() -> None:
    case = claiming(Said(0.6, key=CALL), Said(0.7, key=CALL, variant="Orrery"), Said(5))
    assert worked_out(claims.call_fact, KNOWN, case).tolist() == [CALL, CALL, ""]


def test_the_range_of_calls_is_that_of_the_last_two_weeks() -> None:
    ages = {0.5: 15, 0.6: 14, 0.7: 0, 0.8: 3}
    case = claiming(*(Said(value, age, key=CALL) for value, age in ages.items()))
    assert worked_out(claims.calls.recent, KNOWN, case).tolist() == [0, 1, 1, 1]
    assert worked_out(claims.calls.is_low, KNOWN, case).tolist() == [0, 1, 0, 0]
    assert worked_out(claims.calls.is_high, KNOWN, case).tolist() == [0, 0, 0, 1]
    assert worked_out(claims.calls.age, KNOWN, case).tolist() == [15, 14, 0, 3]


@pytest.mark.parametrize("of", ["claim[{claim}]", "claim[{claim}].call", "product[{product}]"])
def test_candidates_stand_in_order_of_value_those_of_one_value_as_they_came(of: str) -> None:
    values = (0.7, 0.5, 0.9, 0.7)
    case = (priced if of == "product[{product}]" else claiming)(
        *(Said(value, key=CALL) for value in values)
    )
    for name, places in (("below", [1, 0, 3, 2]), ("above", [1, 3, 0, 2])):
        line = BY_KEY[f"{of}.place_from_{name}"]
        assert worked_out(line, KNOWN, case).tolist() == places


@pytest.mark.parametrize(
    ("choice", "row", "value"), [(1.0, 1, 100), (2.0, 2, 200), (3.0, 0, NA), (NA, 0, 200)]
)
def test_the_price_that_a_reader_prefers_is_that_of_its_row(
    choice: float, row: int, value: float
) -> None:
    case = priced(POSTED, FILED, Said(300, variant="Max"))
    chosen = {**KNOWN, products.offer_choice: np.array([choice, NA])}
    assert worked_out(products.offers.preferred_row, chosen, case).tolist() == [row, 0]
    found = worked_out(products.offers.value, chosen, case)
    assert found.tolist() == pytest.approx([value, 300], nan_ok=True)


def test_an_estimate_is_in_price_currency() -> None:
    codes = ["CNY", "USD", "HKD"]
    columns = {
        market_data.estimate_currency: ["cny", "USD", "hkd", "XAU"],
        market_data.estimate.issued: [70.0, 8.0, 78.0, 1.0],
        market_data.estimate_date: [TODAY] * 4,
    }
    rates = {
        conversion.currency_code: codes,
        conversion.currency_number: [1.0, 2.0, 3.0],
        conversion.cross: [7.0, 1.0, 7.8],
    }
    case = with_rows(with_rows(example(), ESTIMATE, 4, columns), CURRENCY, 3, {})
    found = worked_out(market_data.estimate_value, {**KNOWN, **rates}, case)
    assert found.tolist() == pytest.approx([10, 8, 10, NA], nan_ok=True)
    rows = worked_out(BY_KEY["eps_ntm[{estimate}].currency.row"], {**KNOWN, **rates}, case)
    assert rows.tolist() == [1, 2, 3, 0]
