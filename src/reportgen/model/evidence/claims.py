"""Claims: each in one unit and weighed, and the one value of each fact."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import concat, each, known, pick, same, sum_where, where
from reportgen.expr.nodes import Unit
from reportgen.model.choosing.deciding import decide
from reportgen.model.choosing.weighing import Candidates, weigh
from reportgen.model.dims import CLAIM, FACT, MEASURE
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import (
    measure,
    measure_divisor,
    measure_millions,
    measure_number,
)
from reportgen.model.provenance import is_known, provenance, seen_on
from reportgen.model.words import control, entry, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node

CLAIM_ROW = "claim[{claim}]"
claim_number = row_number(f"{CLAIM_ROW}.number", CLAIM)
claim_key = given(f"{CLAIM_ROW}.key", "Key", Unit.TEXT, CLAIM)
claim_variant = given(f"{CLAIM_ROW}.variant", "Variant", Unit.TEXT, CLAIM)
claim_amount = entry(CLAIM_ROW, "As stated", Unit.NUMBER, CLAIM)
claim_unit = given(f"{CLAIM_ROW}.unit", "Unit", Unit.TEXT, CLAIM)
claim_qualifier = given(f"{CLAIM_ROW}.qualifier", "Qualifier", Unit.TEXT, CLAIM)
claim_observed = given(f"{CLAIM_ROW}.observed", "Observed", Unit.DATE, CLAIM)
claim_published = given(f"{CLAIM_ROW}.published", "Published", Unit.DATE, CLAIM)
claim_source = given(f"{CLAIM_ROW}.source", "Source", Unit.TEXT, CLAIM)
claim_contradicted_by = given(f"{CLAIM_ROW}.contradicted_by", "Contradicted by", Unit.TEXT, CLAIM)
claim_note = given(f"{CLAIM_ROW}.note", "Note", Unit.TEXT, CLAIM)

claim_row = line(f"{CLAIM_ROW}.row", "Row", Unit.COUNT, or_zero(claim_number))
claim_fact = line(f"{CLAIM_ROW}.fact", "Fact", Unit.TEXT, concat(claim_key, "/", claim_variant))
claim_seen = seen_on(claim_observed, claim_published, CLAIM_ROW)
claim_known = is_known(claim_published, claim_seen, claim_amount, CLAIM_ROW)
claim_measure_row = line(
    f"{CLAIM_ROW}.unit_row",
    "Row of the unit",
    Unit.COUNT,
    sum_where(MEASURE, same(each(measure), claim_unit), measure_number),
)
claim_in_millions = line(
    f"{CLAIM_ROW}.in_millions",
    "Counted in millions",
    Unit.FLAG,
    same(claim_key, "market_size") | same(claim_key, "units"),
)
claim_value = line(
    f"{CLAIM_ROW}.value",
    "In one unit",
    Unit.NUMBER,
    claim_amount
    / pick(measure_divisor, MEASURE, claim_measure_row)
    * where(claim_in_millions > 0, pick(measure_millions, MEASURE, claim_measure_row), 1),
)
(
    claim_bound,
    claim_approximate,
    claim_source_row,
    claim_reliability,
    claim_group,
    claim_tier,
    claim_weak,
) = provenance(claim_source, claim_qualifier, CLAIM_ROW)
claim_half_life = line(
    f"{CLAIM_ROW}.half_life",
    "Half-life, days",
    Unit.DAYS,
    where(
        same(claim_key, "price"),
        policy("half_life.price"),
        where(
            same(claim_key, "market_size"),
            policy("half_life.market_size"),
            where(
                same(claim_key, "units"),
                policy("half_life.units"),
                where(
                    same(claim_key, "ai_capex_3y"),
                    policy("half_life.ai_capex_3y"),
                    policy("half_life.default"),
                ),
            ),
        ),
    ),
)
claim_valid = line(
    f"{CLAIM_ROW}.candidate",
    "Candidate",
    Unit.FLAG,
    where(known(claim_value), where(same(claim_key, "pe"), 0, claim_known), 0),
)
weighed_claims = weigh(
    Candidates(
        CLAIM,
        CLAIM_ROW,
        claim_fact,
        claim_row,
        claim_valid,
        claim_value,
        claim_bound,
        claim_approximate,
        claim_group,
        claim_reliability,
        claim_seen,
        claim_half_life,
    )
)
fact_number = row_number("fact[{fact}].number", FACT)
fact_id = given("fact[{fact}].id", "Fact", Unit.TEXT, FACT)
fact_key = given("fact[{fact}].key", "Key", Unit.TEXT, FACT)
fact_variant = given("fact[{fact}].variant", "Variant", Unit.TEXT, FACT)
fact_market = given("fact[{fact}].market", "Market", Unit.TEXT, FACT)
fact_year = given("fact[{fact}].year", "Year", Unit.COUNT, FACT)
fact_choice = control("choice,{fact}", "Choice: row no., blank = weighed", Unit.COUNT, FACT)
facts = decide(weighed_claims, fact_id, fact_choice, "fact[{fact}]")


def fact_value(wanted: Node) -> Node:
    """Return the value used of the fact with an id such as `units/ai_glasses 2026`."""
    place = sum_where(FACT, same(each(fact_id), wanted), fact_number)
    return pick(facts.value, FACT, place)


def fact_weak(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a fact is weak."""
    chosen = same(each(claim_fact), wanted) * each(weighed_claims.chosen)
    return where(sum_where(CLAIM, chosen, claim_weak) > 0, 1, 0)
