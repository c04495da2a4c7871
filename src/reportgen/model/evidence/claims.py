"""Claims: each in one unit and weighed, the one value of each fact, and what others expect.

From the claims also come the highest target of the bulls, and the chance to beat the market that a
vendor gives.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    known,
    largest,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.facts.units import A_SHARE, AMOUNT, AN_ORDINARY, COUNT, PRICE, PURE
from reportgen.model.dims import CLAIM, FACT, SPARE_ROWS
from reportgen.model.evidence.weighted_median import Candidates, FactTable, decide, weigh
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import (
    measure_divisor,
    measure_kind,
    measure_millions,
    measure_subunits,
    measured_in,
)
from reportgen.model.inputs.description import adr_ratio, as_of
from reportgen.model.provenance import is_known, provenance, seen_on
from reportgen.model.ranks import row_of
from reportgen.model.words import Table, control, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


CLAIM_ROW = "claim[{claim}]"
NARRATIVE = "bull_target"  # the key of a target of the bull narrative
CALL = "outperform_probability_3m"  # the key of a vendor's call
CLAIMS = Table(CLAIM_ROW, CLAIM, SPARE_ROWS)
claim_number = row_number(f"{CLAIM_ROW}.number", CLAIM)
claim_key = CLAIMS.text("key", "Key")
claim_variant = CLAIMS.text("variant", "Variant")
claim_amount = CLAIMS.figure("value", "As stated", Unit.NUMBER)
claim_unit = CLAIMS.text("unit", "Unit")
claim_qualifier = CLAIMS.text("qualifier", "Qualifier")
claim_observed = CLAIMS.given("observed", "Observed", Unit.DATE)
claim_published = CLAIMS.given("published", "Published", Unit.DATE)
claim_source = CLAIMS.text("source", "Source")
claim_contradicted_by = CLAIMS.text("contradicted_by", "Contradicted by")
claim_note = CLAIMS.text("note", "Note")

claim_row = line(f"{CLAIM_ROW}.row", "Row", Unit.COUNT, or_zero(claim_number))
claim_fact = line(f"{CLAIM_ROW}.fact", "Fact", Unit.TEXT, concat(claim_key, "/", claim_variant))
claim_seen = seen_on(claim_observed, claim_published, CLAIM_ROW)
claim_known = is_known(claim_published, claim_seen, claim_amount, CLAIM_ROW)
claim_measure = measured_in(claim_unit, CLAIM_ROW)
claim_in_millions = line(
    f"{CLAIM_ROW}.in_millions",
    "Counted in millions",
    Unit.FLAG,
    same(claim_key, "market_size") | same(claim_key, "units"),
)
claim_kind = line(
    f"{CLAIM_ROW}.kind", "What its unit measures", Unit.TEXT, claim_measure.of(measure_kind)
)
claim_is_price = line(
    f"{CLAIM_ROW}.is_price",
    "A price, or a target of the bulls",
    Unit.FLAG,
    same(claim_key, "price") | same(claim_key, NARRATIVE),
)
claim_is_pure = line(
    f"{CLAIM_ROW}.is_pure",
    "A pure number by its key",
    Unit.FLAG,
    same(claim_key, "pe") | same(claim_key, "day_return") | same(claim_key, CALL),
)
_is_ordinary = same(claim_kind, AN_ORDINARY)
_FOR_A_PRICE = "price"  # money alone, or money a share
claim_due = line(
    f"{CLAIM_ROW}.due",
    "What its unit has to measure",
    Unit.TEXT,
    where(
        claim_is_price > 0,
        _FOR_A_PRICE,
        where(
            same(claim_key, "market_size"),
            AMOUNT,
            where(same(claim_key, "units"), COUNT, where(claim_is_pure > 0, PURE, "")),
        ),
    ),
    note="blank: anything",
)
claim_in_money = line(
    f"{CLAIM_ROW}.in_money",
    "In money alone, or a share",
    Unit.FLAG,
    same(claim_kind, PRICE) | same(claim_kind, A_SHARE) | _is_ordinary,
)
claim_fits = line(
    f"{CLAIM_ROW}.fits",
    "In a unit of its key",
    Unit.FLAG,
    where(
        same(claim_due, ""),
        1,
        where(
            same(claim_due, _FOR_A_PRICE),
            claim_in_money,
            where(
                same(claim_due, AMOUNT),
                same(claim_kind, AMOUNT) | same(claim_kind, PRICE),
                same(claim_kind, claim_due),
            ),
        ),
    ),
    note="a price is not an amount of money, a market size nothing else",
)
claim_shares = line(
    f"{CLAIM_ROW}.shares",
    "Shares of it in a listed one",
    Unit.NUMBER,
    where(_is_ordinary | ((claim_is_price > 0) & same(claim_variant, "ORD")), adr_ratio, 1),
)

# --- the facts that claims are about, and the magnitude that each is told in ---
fact_number = row_number("fact[{fact}].number", FACT)
fact_id = given("fact[{fact}].id", "Fact", Unit.TEXT, FACT)
fact_millions = given("fact[{fact}].millions", "Millions in one", Unit.NUMBER, FACT)
claim_millions = line(
    f"{CLAIM_ROW}.unit_millions", "Millions in one", Unit.NUMBER, claim_measure.of(measure_millions)
)
claim_subunits = line(
    f"{CLAIM_ROW}.subunits",
    "Parts of a whole one",
    Unit.NUMBER,
    claim_measure.of(measure_subunits),
)
claim_fact_row = line(
    f"{CLAIM_ROW}.fact_row",
    "Row of its fact",
    Unit.COUNT,
    sum_where(FACT, same(each(fact_id), claim_fact), fact_number),
)
claim_fact_millions = line(
    f"{CLAIM_ROW}.fact_millions",
    "Millions in one of its fact",
    Unit.NUMBER,
    pick(fact_millions, FACT, claim_fact_row),
)
claim_scale = line(
    f"{CLAIM_ROW}.scale",
    "To the unit of its fact",
    Unit.NUMBER,
    where(
        claim_in_millions > 0,
        claim_millions,
        where(
            known(claim_fact_millions) & known(claim_millions),
            claim_millions / claim_fact_millions,
            1,
        ),
    )
    / claim_subunits
    * claim_shares,
    note="all claims of a fact in one magnitude, money a share of the listed one",
)
claim_value = line(
    f"{CLAIM_ROW}.value",
    "In one unit",
    Unit.NUMBER,
    where(claim_fits > 0, claim_amount / claim_measure.of(measure_divisor) * claim_scale, NA),
)
_origin = provenance(claim_source, claim_qualifier, CLAIM_ROW)
claim_bound = _origin.bound
claim_approximate = _origin.approximate
claim_reliability = _origin.reliability
claim_group = _origin.group
claim_tier = _origin.tier
claim_weak = _origin.weak
claim_other_half_life = line(
    f"{CLAIM_ROW}.other_half_life",
    "Half-life of units, AI spending, the rest",
    Unit.DAYS,
    where(
        same(claim_key, "units"),
        policy("half_life.units"),
        where(
            same(claim_key, "ai_capex_3y"),
            policy("half_life.ai_capex_3y"),
            policy("half_life.default"),
        ),
    ),
)
claim_half_life = line(
    f"{CLAIM_ROW}.half_life",
    "Half-life, days",
    Unit.DAYS,
    where(
        same(claim_key, "price"),
        policy("half_life.price"),
        where(
            same(claim_key, "market_size"), policy("half_life.market_size"), claim_other_half_life
        ),
    ),
)
claim_window = line(
    f"{CLAIM_ROW}.window",
    "Superseded after, days",
    Unit.DAYS,
    where(same(claim_key, "price"), policy("conflict.window_days"), claim_half_life),
)
_OLDEST = or_zero(policy("choice.max_age_days"))
_is_pe = same(claim_key, "pe")
claim_current = line(
    f"{CLAIM_ROW}.current",
    "Known, and not too old",
    Unit.FLAG,
    where(
        _is_pe | same(claim_key, NARRATIVE),
        where((claim_known > 0) & (or_zero(as_of) - claim_seen <= _OLDEST), 1, 0),
        claim_known,
    ),
)
claim_valid = line(
    f"{CLAIM_ROW}.candidate",
    "Candidate",
    Unit.FLAG,
    where(known(claim_value), where(_is_pe, 0, claim_current), 0),
)
weighed_claims = weigh(
    Candidates(
        dim=CLAIM,
        prefix=CLAIM_ROW,
        fact_id=claim_fact,
        number=claim_row,
        is_known=claim_valid,
        value=claim_value,
        is_bound=claim_bound,
        is_approximate=claim_approximate,
        group=claim_group,
        reliability=claim_reliability,
        observed=claim_seen,
        half_life=claim_half_life,
        window=claim_window,
    )
)

# --- the one value of each fact ---
fact_key = given("fact[{fact}].key", "Key", Unit.TEXT, FACT)
fact_variant = given("fact[{fact}].variant", "Variant", Unit.TEXT, FACT)
fact_market = given("fact[{fact}].market", "Market", Unit.TEXT, FACT)
fact_year = given("fact[{fact}].year", "Year", Unit.COUNT, FACT)
fact_choice = control("choice,{fact}", "Choice: row no., blank = weighed", Unit.COUNT, FACT)
facts = decide(
    weighed_claims,
    FactTable(FACT, "fact[{fact}]", fact_id, fact_choice),
    claim_fact_row,
)


def fact_value(wanted: Line) -> Node:
    """Return the value used of the fact with an id such as `units/ai_glasses 2026`."""
    return pick(facts.value, FACT, row_of(wanted, fact_id, fact_number))


def fact_weak(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a fact is weak."""
    chosen = same(each(claim_fact), wanted) * each(weighed_claims.chosen)
    return where(sum_where(CLAIM, chosen, claim_weak) > 0, 1, 0)


def fact_assumed(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a fact is a figure of the house."""
    chosen = same(each(claim_fact), wanted) * each(weighed_claims.chosen)
    return where(count_where(CLAIM, chosen * same(each(claim_tier), "assumption")) > 0, 1, 0)


# --- the bull narrative ---
claim_bull_target = line(
    f"{CLAIM_ROW}.bull_target",
    "Target of the bull narrative",
    Unit.PER_SHARE,
    where(same(claim_key, NARRATIVE) & (claim_current > 0), claim_value, NA),
)
bull_narrative = line(
    "bull_narrative", "Bull narrative, highest", Unit.PER_SHARE, largest(claim_bull_target, CLAIM)
)

# --- a vendor's call: weighed over all its variants ---
call_fact = line(
    f"{CLAIM_ROW}.call.fact", "Call", Unit.TEXT, where(same(claim_key, CALL), claim_key, "")
)
call_valid = line(
    f"{CLAIM_ROW}.call.candidate",
    "Candidate",
    Unit.FLAG,
    where(same(claim_key, CALL), claim_valid, 0),
)
calls = weigh(
    weighed_claims.of._replace(prefix=f"{CLAIM_ROW}.call", fact_id=call_fact, is_known=call_valid),
    weighed_claims.age,
)
call_probability = line(
    "vendor_call.probability",
    "Vendor's probability of outperforming",
    Unit.RATIO,
    where(
        count_where(CLAIM, each(calls.chosen)) > 0,
        sum_where(CLAIM, each(calls.chosen), calls.ranked),
        NA,
    ),
)
call_seen = line(
    f"{CLAIM_ROW}.call.seen",
    "Call observed",
    Unit.DATE,
    where(call_valid > 0, claim_seen, NA),
)
call_newest = line("vendor_call.observed", "Newest call", Unit.DATE, largest(call_seen, CLAIM))
