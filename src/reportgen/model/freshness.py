"""How old the things are that the valuation rests on, and which of them are stale."""

from __future__ import annotations

from reportgen.expr.functions import known, largest, sum_known, where
from reportgen.expr.nodes import Line, Node, Unit
from reportgen.model.dims import ESTIMATE, FACT, OFFER, PRODUCT, SEGMENT, TARGET
from reportgen.model.evidence.claims import facts
from reportgen.model.evidence.products import offers, product_seen, weighed_products
from reportgen.model.fundamentals.growth import results_published
from reportgen.model.hype import price_targets
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import estimate_date
from reportgen.model.market import price_date
from reportgen.model.words import given, line

segment_assumed = given("segment[{segment}].assumed", "Oldest assumption of", Unit.DATE, SEGMENT)


def _age(day: Node) -> Node:
    return as_of - day


def _stale(age: Line, limit: str) -> Node:
    return where(known(age), where(age > policy(limit), 1, 0), 0)


close_age = line("fresh.close.age", "Age of the close", Unit.DAYS, _age(price_date))
close_stale = line("fresh.close", "Close stale", Unit.FLAG, _stale(close_age, "fresh.close_days"))
results_age = line(
    "fresh.results.age", "Age of the newest results", Unit.DAYS, _age(results_published)
)
results_stale = line(
    "fresh.results", "Results stale", Unit.FLAG, _stale(results_age, "fresh.results_days")
)
estimate_newest = line(
    "fresh.eps_ntm.day", "Newest consensus EPS", Unit.DATE, largest(estimate_date, ESTIMATE)
)
estimate_age = line("fresh.eps_ntm.age", "Age of consensus EPS", Unit.DAYS, _age(estimate_newest))
estimate_stale = line(
    "fresh.eps_ntm", "Consensus EPS stale", Unit.FLAG, _stale(estimate_age, "fresh.eps_ntm_days")
)
target_stale = line(
    "target[{target}].stale",
    "Stale",
    Unit.FLAG,
    where(
        price_targets.in_use > 0,
        where(price_targets.age > policy("fresh.target_days"), 1, 0),
        0,
    ),
)
targets_stale = line(
    "fresh.targets", "Targets in use that are stale", Unit.COUNT, sum_known(target_stale, TARGET)
)
product_stale = line(
    "product[{product}].stale",
    "Stale",
    Unit.FLAG,
    where(
        weighed_products.chosen > 0,
        where(_age(product_seen) > policy("fresh.product_days"), 1, 0),
        0,
    ),
)
products_stale = line(
    "fresh.products",
    "Chosen product prices that are stale",
    Unit.COUNT,
    sum_known(product_stale, PRODUCT),
)
segment_stale = line(
    "segment[{segment}].stale",
    "Assumed before the newest results",
    Unit.FLAG,
    where(
        known(segment_assumed) & known(results_published),
        where(segment_assumed < results_published, 1, 0),
        0,
    ),
)
segments_stale = line(
    "fresh.assumptions",
    "Segments assumed before the newest results",
    Unit.COUNT,
    sum_known(segment_stale, SEGMENT),
)
stale_count = line(
    "fresh.count",
    "Stale",
    Unit.COUNT,
    close_stale + results_stale + estimate_stale + targets_stale + products_stale + segments_stale,
)
fact_conflicts = line(
    "conflicts.facts", "Claims in conflict", Unit.COUNT, sum_known(facts.conflict, FACT)
)
offer_conflicts = line(
    "conflicts.offers", "Prices in conflict", Unit.COUNT, sum_known(offers.conflict, OFFER)
)
conflicts = line(
    "conflicts.count", "Conflicts between sources", Unit.COUNT, fact_conflicts + offer_conflicts
)
