"""What documents say: claims and product prices in one unit, weighed; one value a fact."""

from __future__ import annotations

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    known,
    largest,
    pick,
    same,
    sum_known,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Line, Node, Unit
from reportgen.model.choosing import Candidates, decide, weigh
from reportgen.model.dims import CLAIM, FACT, MEASURE, OFFER, PEER, PRODUCT, SOURCE
from reportgen.model.inputs import (
    as_of,
    measure,
    measure_divisor,
    measure_millions,
    measure_number,
    peer,
    policy,
    rate_of,
    source_group,
    source_id,
    source_number,
    source_reliability,
    source_tier,
)
from reportgen.model.words import entry, given, line, or_zero


def source_row(source: Line, key: str) -> Line:
    """Return the number of a row's source in the table of sources, 0 if it is not there."""
    match = same(each(source_id), source)
    return line(
        f"{key}.source_row",
        "Row of the source",
        Unit.COUNT,
        sum_where(SOURCE, match, source_number),
    )


def _reliability(row: Line, key: str) -> Line:
    unknown = policy("reliability.tier.assumption", Unit.RATIO)
    found = where(row >= 1, pick(source_reliability, SOURCE, row), unknown)
    return line(f"{key}.reliability", "Reliability", Unit.RATIO, found)


def _group(row: Line, source: Line, key: str) -> Line:
    found = where(row >= 1, pick(source_group, SOURCE, row), source)
    return line(f"{key}.group", "Publisher group", Unit.TEXT, found)


def _is_known(published: Line, observed: Line, amount: Line, key: str) -> Line:
    visible = where(known(as_of), (published_or_zero(published) <= as_of) & (observed <= as_of), 0)
    return line(
        f"{key}.known",
        "Known",
        Unit.FLAG,
        where(known(published) & known(amount), where(visible, 1, 0), 0),
    )


def published_or_zero(published: Line) -> Node:
    """Return a publication day, 0 where the cell is blank."""
    return or_zero(published)


def is_weak(tier: Node, qualifier: Line) -> Node:
    """Return 1 where a row is weak: a post, an assumption, or an approximate figure."""
    doubtful = same(tier, "user_post") | same(tier, "assumption")
    return where(doubtful | same(qualifier, "~"), 1, 0)


def tier_of(row: Line) -> Node:
    """Return the tier of a row's source; a source not described is an assumption."""
    return where(row >= 1, pick(source_tier, SOURCE, row), "assumption")


# --- claims ---
_CLAIM = "claim[{claim}]"
claim_number = given(f"{_CLAIM}.number", "No.", Unit.COUNT, CLAIM)
claim_key = given(f"{_CLAIM}.key", "Key", Unit.TEXT, CLAIM)
claim_variant = given(f"{_CLAIM}.variant", "Variant", Unit.TEXT, CLAIM)
claim_amount = entry(_CLAIM, "As stated", Unit.NUMBER, CLAIM)
claim_unit = given(f"{_CLAIM}.unit", "Unit", Unit.TEXT, CLAIM)
claim_qualifier = given(f"{_CLAIM}.qualifier", "Qualifier", Unit.TEXT, CLAIM)
claim_observed = given(f"{_CLAIM}.observed", "Observed", Unit.DATE, CLAIM)
claim_published = given(f"{_CLAIM}.published", "Published", Unit.DATE, CLAIM)
claim_source = given(f"{_CLAIM}.source", "Source", Unit.TEXT, CLAIM)
claim_contradicted_by = given(f"{_CLAIM}.contradicted_by", "Contradicted by", Unit.TEXT, CLAIM)
claim_note = given(f"{_CLAIM}.note", "Note", Unit.TEXT, CLAIM)

claim_row = line(f"{_CLAIM}.row", "Row", Unit.COUNT, or_zero(claim_number))
claim_fact = line(f"{_CLAIM}.fact", "Fact", Unit.TEXT, concat(claim_key, "/", claim_variant))
claim_seen = line(
    f"{_CLAIM}.seen",
    "Observed, else published",
    Unit.DATE,
    where(known(claim_observed), claim_observed, or_zero(claim_published)),
)
claim_known = _is_known(claim_published, claim_seen, claim_amount, _CLAIM)
claim_measure_row = line(
    f"{_CLAIM}.unit_row",
    "Row of the unit",
    Unit.COUNT,
    sum_where(MEASURE, same(each(measure), claim_unit), measure_number),
)
claim_in_millions = line(
    f"{_CLAIM}.in_millions",
    "Counted in millions",
    Unit.FLAG,
    same(claim_key, "market_size") | same(claim_key, "units"),
)
claim_value = line(
    f"{_CLAIM}.value",
    "In one unit",
    Unit.NUMBER,
    claim_amount
    / pick(measure_divisor, MEASURE, claim_measure_row)
    * where(claim_in_millions > 0, pick(measure_millions, MEASURE, claim_measure_row), 1),
)
claim_bound = line(
    f"{_CLAIM}.bound",
    "Bound",
    Unit.FLAG,
    same(claim_qualifier, ">") | same(claim_qualifier, "<"),
)
claim_approximate = line(
    f"{_CLAIM}.approximate", "Approximate", Unit.FLAG, same(claim_qualifier, "~") + 0
)
claim_source_row = source_row(claim_source, _CLAIM)
claim_reliability = _reliability(claim_source_row, _CLAIM)
claim_group = _group(claim_source_row, claim_source, _CLAIM)
claim_tier = line(f"{_CLAIM}.tier", "Tier", Unit.TEXT, tier_of(claim_source_row))
claim_weak = line(f"{_CLAIM}.weak", "Weak", Unit.FLAG, is_weak(claim_tier, claim_qualifier))
claim_half_life = line(
    f"{_CLAIM}.half_life",
    "Half-life, days",
    Unit.DAYS,
    where(
        same(claim_key, "price"),
        policy("half_life.price", Unit.DAYS),
        where(
            same(claim_key, "market_size"),
            policy("half_life.market_size", Unit.DAYS),
            where(
                same(claim_key, "units"),
                policy("half_life.units", Unit.DAYS),
                where(
                    same(claim_key, "ai_capex_3y"),
                    policy("half_life.ai_capex_3y", Unit.DAYS),
                    policy("half_life.default", Unit.DAYS),
                ),
            ),
        ),
    ),
)
claim_valid = line(
    f"{_CLAIM}.candidate",
    "Candidate",
    Unit.FLAG,
    where(known(claim_value), where(same(claim_key, "pe"), 0, claim_known), 0),
)
claims = weigh(
    Candidates(
        CLAIM,
        _CLAIM,
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
fact_number = given("fact[{fact}].number", "No.", Unit.COUNT, FACT)
fact_id = given("fact[{fact}].id", "Fact", Unit.TEXT, FACT)
fact_key = given("fact[{fact}].key", "Key", Unit.TEXT, FACT)
fact_variant = given("fact[{fact}].variant", "Variant", Unit.TEXT, FACT)
fact_market = given("fact[{fact}].market", "Market", Unit.TEXT, FACT)
fact_year = given("fact[{fact}].year", "Year", Unit.COUNT, FACT)
fact_choice = given("control[choice,{fact}]", "Choice: row no., blank = weighed", Unit.COUNT, FACT)
facts = decide(claims, fact_id, fact_choice, "fact[{fact}]")

# --- product prices ---
_PRODUCT = "product[{product}]"
product_number = given(f"{_PRODUCT}.number", "No.", Unit.COUNT, PRODUCT)
product_vendor = given(f"{_PRODUCT}.vendor", "Vendor", Unit.TEXT, PRODUCT)
product_name = given(f"{_PRODUCT}.product", "Product", Unit.TEXT, PRODUCT)
product_variant = given(f"{_PRODUCT}.variant", "Variant", Unit.TEXT, PRODUCT)
product_price = entry(_PRODUCT, "Price as stated", Unit.NUMBER, PRODUCT)
product_currency = given(f"{_PRODUCT}.currency", "Currency", Unit.TEXT, PRODUCT)
product_market = given(f"{_PRODUCT}.market", "Market", Unit.TEXT, PRODUCT)
product_qualifier = given(f"{_PRODUCT}.qualifier", "Qualifier", Unit.TEXT, PRODUCT)
product_observed = given(f"{_PRODUCT}.observed", "Observed", Unit.DATE, PRODUCT)
product_published = given(f"{_PRODUCT}.published", "Published", Unit.DATE, PRODUCT)
product_source = given(f"{_PRODUCT}.source", "Source", Unit.TEXT, PRODUCT)
product_note = given(f"{_PRODUCT}.note", "Note", Unit.TEXT, PRODUCT)

product_row = line(f"{_PRODUCT}.row", "Row", Unit.COUNT, or_zero(product_number))
product_fact = line(
    f"{_PRODUCT}.fact",
    "Fact",
    Unit.TEXT,
    concat("product/", product_vendor, "/", product_name, "/", product_variant),
)
product_seen = line(
    f"{_PRODUCT}.seen",
    "Observed, else published",
    Unit.DATE,
    where(known(product_observed), product_observed, or_zero(product_published)),
)
product_known = _is_known(product_published, product_seen, product_price, _PRODUCT)
product_value = line(
    f"{_PRODUCT}.value",
    "In price currency",
    Unit.PER_SHARE,
    product_price / rate_of(product_currency),
)
product_bound = line(
    f"{_PRODUCT}.bound",
    "Bound",
    Unit.FLAG,
    same(product_qualifier, ">") | same(product_qualifier, "<"),
)
product_approximate = line(
    f"{_PRODUCT}.approximate", "Approximate", Unit.FLAG, same(product_qualifier, "~") + 0
)
product_source_row = source_row(product_source, _PRODUCT)
product_reliability = _reliability(product_source_row, _PRODUCT)
product_group = _group(product_source_row, product_source, _PRODUCT)
product_tier = line(f"{_PRODUCT}.tier", "Tier", Unit.TEXT, tier_of(product_source_row))
product_weak = line(f"{_PRODUCT}.weak", "Weak", Unit.FLAG, is_weak(product_tier, product_qualifier))
product_valid = line(
    f"{_PRODUCT}.candidate", "Candidate", Unit.FLAG, where(known(product_value), product_known, 0)
)
products = weigh(
    Candidates(
        PRODUCT,
        _PRODUCT,
        product_fact,
        product_row,
        product_valid,
        product_value,
        product_bound,
        product_approximate,
        product_group,
        product_reliability,
        product_seen,
        policy("half_life.product", Unit.DAYS),
    )
)
offer_number = given("fact[{offer}].number", "No.", Unit.COUNT, OFFER)
offer_id = given("fact[{offer}].id", "Fact", Unit.TEXT, OFFER)
offer_vendor = given("fact[{offer}].vendor", "Vendor", Unit.TEXT, OFFER)
offer_product = given("fact[{offer}].product", "Product", Unit.TEXT, OFFER)
offer_variant = given("fact[{offer}].variant", "Variant", Unit.TEXT, OFFER)
offer_choice = given(
    "control[choice,{offer}]", "Choice: row no., blank = weighed", Unit.COUNT, OFFER
)
offers = decide(products, offer_id, offer_choice, "fact[{offer}]")


def fact_value(wanted: Node) -> Node:
    """Return the value used of the fact with an id such as `units/ai_glasses 2026`."""
    place = sum_where(FACT, same(each(fact_id), wanted), fact_number)
    return pick(facts.value, FACT, place)


def fact_weak(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a fact is weak."""
    chosen = same(each(claim_fact), wanted) * each(claims.chosen)
    return where(sum_where(CLAIM, chosen, claim_weak) > 0, 1, 0)


def offer_weak(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a product price is weak."""
    chosen = same(each(product_fact), wanted) * each(products.chosen)
    return where(sum_where(PRODUCT, chosen, product_weak) > 0, 1, 0)


def offer_value(wanted: Node) -> Node:
    """Return the value used of a product price by its fact id."""
    place = sum_where(OFFER, same(each(offer_id), wanted), offer_number)
    return pick(offers.value, OFFER, place)


# --- peers' P/E: every claim row of a peer ---
claim_of_peer = line(
    f"{_CLAIM}.of_peer",
    "P/E of a peer",
    Unit.FLAG,
    where(
        same(claim_key, "pe") & (claim_known > 0),
        where(count_where(PEER, same(each(peer), claim_variant)) > 0, 1, 0),
        0,
    ),
)
claim_inverse_pe = line(
    f"{_CLAIM}.inverse_pe",
    "1 / P/E of a peer",
    Unit.NUMBER,
    where(claim_of_peer > 0, 1 / claim_value, NA),
)
peer_pe_count = line(
    "peer_pe.count", "P/E claims of peers", Unit.COUNT, sum_known(claim_of_peer, CLAIM)
)
peer_pe = line(
    "peer_pe",
    "P/E of the peers",
    Unit.MULTIPLE,
    where(peer_pe_count > 0, peer_pe_count / sum_known(claim_inverse_pe, CLAIM), NA),
    note="harmonic mean of every P/E claim about a peer",
)

claim_pe_without = line(
    f"{_CLAIM}.peer_pe_without",
    "P/E of the peers without it",
    Unit.MULTIPLE,
    where(
        claim_of_peer > 0,
        (peer_pe_count - 1) / (sum_known(claim_inverse_pe, CLAIM) - claim_inverse_pe),
        NA,
    ),
)

# --- the bull narrative ---
claim_bull_target = line(
    f"{_CLAIM}.bull_target",
    "Target of the bull narrative",
    Unit.PER_SHARE,
    where(same(claim_key, "bull_target") & (claim_known > 0), claim_value, NA),
)
bull_narrative = line(
    "bull_narrative", "Bull narrative, highest", Unit.PER_SHARE, largest(claim_bull_target, CLAIM)
)

# --- a vendor's call: weighed over all its variants ---
_CALL = "outperform_probability_3m"
call_fact = line(
    f"{_CLAIM}.call.fact", "Call", Unit.TEXT, where(same(claim_key, _CALL), claim_key, "")
)
call_valid = line(
    f"{_CLAIM}.call.candidate",
    "Candidate",
    Unit.FLAG,
    where(same(claim_key, _CALL), claim_valid, 0),
)
calls = weigh(
    Candidates(
        CLAIM,
        f"{_CLAIM}.call",
        call_fact,
        claim_row,
        call_valid,
        claim_value,
        claim_bound,
        claim_approximate,
        claim_group,
        claim_reliability,
        claim_seen,
        claim_half_life,
    )
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
    f"{_CLAIM}.call.seen",
    "Call observed",
    Unit.DATE,
    where(call_valid > 0, claim_seen, NA),
)
call_newest = line("vendor_call.observed", "Newest call", Unit.DATE, largest(call_seen, CLAIM))
