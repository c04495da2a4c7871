"""Shown on top of Evidence: how many facts are disputed, and which alternative is in force."""

from __future__ import annotations

from reportgen.expr.functions import (
    at,
    concat,
    count_where,
    each,
    equal,
    known,
    sum_known,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model import launch
from reportgen.model.checks import freshness
from reportgen.model.dims import CLAIM, FACT, OFFER, PRODUCT, SCENARIO
from reportgen.model.evidence.claims import claim_known, claim_valid, facts, weighed_claims
from reportgen.model.evidence.products import offers, product_known, product_valid, weighed_products
from reportgen.model.inputs.assumptions import pe_assumed
from reportgen.model.inputs.sources import source_published
from reportgen.model.valuation import pe_choice, pe_of_peers, stakes_choice
from reportgen.model.words import line, or_zero
from reportgen.report.tabs.evidence.claims import expired
from reportgen.report.tabs.evidence.contradictions import contradicted
from reportgen.report.tabs.evidence.facts import told as told_facts
from reportgen.report.tabs.evidence.products import told as told_offers

considered = line(
    "evidence.considered",
    "Claims and prices known",
    Unit.COUNT,
    sum_known(claim_known, CLAIM) + sum_known(product_known, PRODUCT),
)
distinct = line(
    "evidence.facts",
    "Distinct facts, products included",
    Unit.COUNT,
    count_where(FACT, each(facts.candidates) > 0) + count_where(OFFER, each(offers.candidates) > 0),
)
fact_changes = line(
    "evidence.facts_changed",
    "Facts that changed over time",
    Unit.COUNT,
    count_where(FACT, each(facts.changed) + each(told_facts.outdated) > 0),
)
offer_changes = line(
    "evidence.offers_changed",
    "Products whose price changed over time",
    Unit.COUNT,
    count_where(OFFER, each(offers.changed) + each(told_offers.outdated) > 0),
)
changes = line("evidence.changed", "Changed over time", Unit.COUNT, fact_changes + offer_changes)
contradictions = line(
    "evidence.contradicted",
    "Contradicted by a better source",
    Unit.COUNT,
    sum_known(contradicted, CLAIM),
)
expiries = line("evidence.expired", "Expired", Unit.COUNT, sum_known(expired, CLAIM))
set_aside = line(
    "evidence.set_aside",
    "Bounds set aside",
    Unit.COUNT,
    count_where(CLAIM, each(claim_valid) * (1 - each(weighed_claims.standing)))
    + count_where(PRODUCT, each(product_valid) * (1 - each(weighed_products.standing))),
)

# --- the declared alternatives: which is in force, and what each would give ---
market_of_method = line(
    "launch.market_of_method",
    "Market of the launch, by the method",
    Unit.TEXT,
    where(
        known(launch.pv_bottom_up),
        "method: top-down in base, bottom-up in bull",
        "method: top-down, as bottom-up is n/a",
    ),
)
market_in_force = line(
    "launch.market_in_force",
    "In force",
    Unit.TEXT,
    where(
        known(launch.market_choice),
        where(launch.market_choice > 1, "bottom-up in base and bull", "top-down in base and bull"),
        market_of_method,
    ),
)
pe_own = line(
    "pe.own_assumption",
    "Own assumption for the bull case",
    Unit.MULTIPLE,
    at(pe_assumed, SCENARIO, "bull"),
)
pe_of_method = line(
    "pe.of_method",
    "P/E of the bull case, by the method",
    Unit.TEXT,
    where(
        known(pe_of_peers),
        "method: peers' P/E less the discount",
        "method: own assumption, as the peers' P/E is n/a",
    ),
)
pe_in_force = line(
    "pe.in_force",
    "In force",
    Unit.TEXT,
    where(
        known(pe_choice),
        where(pe_choice > 1, "peers' P/E less the discount", "own assumption"),
        pe_of_method,
    ),
)
stakes_in_force = line(
    "stakes.in_force",
    "In force",
    Unit.TEXT,
    where(
        known(stakes_choice) & equal(or_zero(stakes_choice), 0),
        "left out",
        where(known(stakes_choice), "counted in", "method: counted in"),
    ),
)

# --- was the launch news? ---
launch_lead = line(
    "source[{source}].launch_lead",
    "Days before the launch",
    Unit.DAYS,
    where(
        known(launch.day) & known(source_published),
        where(source_published < launch.day, launch.day - source_published, NA),
        NA,
    ),
)
launch_news = line(
    "source[{source}].launch_news",
    "If it describes the product",
    Unit.TEXT,
    where(
        known(launch_lead),
        concat(launch_lead, " days before the launch, which was not first news"),
        "not before the launch",
    ),
)
amiss = line(
    "evidence.amiss",
    "What is amiss, in words",
    Unit.TEXT,
    concat(
        freshness.conflicts,
        " in conflict, ",
        changes,
        " changed over time, ",
        contradictions,
        " contradicted, ",
        expiries,
        " expired, ",
    ),
)
headline = line(
    "evidence.headline",
    "Evidence in one sentence",
    Unit.TEXT,
    concat(
        considered,
        " claims and prices of ",
        distinct,
        " facts: ",
        amiss,
        set_aside,
        " bounds set aside",
    ),
)
