"""How old the things are that the valuation rests on, and which of them are stale."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.expr.functions import (
    concat,
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
from reportgen.model import peers
from reportgen.model.dims import (
    CLAIM,
    CURRENCY,
    ESTIMATE,
    FACT,
    OFFER,
    PEER,
    PEER_ROW,
    PRODUCT,
    SEGMENT,
    TARGET,
)
from reportgen.model.evidence.claims import (
    claim_row,
    claim_seen,
    claim_source,
    claim_variant,
    facts,
)
from reportgen.model.evidence.own_pe import own_pe_conflict
from reportgen.model.evidence.products import (
    offers,
    product_fact,
    product_row,
    product_seen,
    weighed_products,
)
from reportgen.model.fundamentals import results_published
from reportgen.model.hype import price_targets
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import currency_code, currency_number, per_euro
from reportgen.model.inputs.description import (
    as_of,
    price_currency,
    reporting_currency,
    segment_name,
)
from reportgen.model.inputs.market_data import estimate_date
from reportgen.model.market import price_date
from reportgen.model.peers import claim_of_peer, used_row
from reportgen.model.ranks import above, first
from reportgen.model.twelve_months import eps_length
from reportgen.model.words import counted, given, line, or_zero, published_of

segment_assumed = given("segment[{segment}].assumed", "Oldest assumption of", Unit.DATE, SEGMENT)


_YEAR = 12  # months


def _age(day: Node) -> Node:
    return as_of - day


def _stale(age: Line, limit: str) -> Node:
    return where(known(age), where(age > policy(limit), 1, 0), 0)


close_age = line("fresh.close.age", "Age of the close", Unit.DAYS, _age(price_date))
close_stale = line("fresh.close", "Close stale", Unit.FLAG, _stale(close_age, "fresh.close_days"))
results_age = line(
    "fresh.results.age", "Age of the newest results", Unit.DAYS, _age(results_published)
)
results_limit = line(
    "fresh.results.limit",
    "Results are stale after",
    Unit.DAYS,
    where(
        or_zero(eps_length) >= _YEAR,
        policy("fresh.annual_results_days"),
        where(
            or_zero(eps_length) * 2 >= _YEAR,
            policy("fresh.half_year_results_days"),
            policy("fresh.results_days"),
        ),
    ),
    note="by how often the company reports earnings",
)
results_stale = line(
    "fresh.results",
    "Results stale",
    Unit.FLAG,
    where(known(results_age), where(results_age > results_limit, 1, 0), 0),
)
rate_row = line(
    "fresh.rate.row",
    "Row of the rate of the reporting currency",
    Unit.COUNT,
    sum_where(CURRENCY, same(each(currency_code), reporting_currency), currency_number),
)
rate_day = line(
    "fresh.rate.day",
    "Rate of the reporting currency of",
    Unit.DATE,
    where(
        same(reporting_currency, price_currency),
        NA,
        pick(published_of(per_euro), CURRENCY, rate_row),
    ),
)
rate_age = line("fresh.rate.age", "Age of the exchange rate", Unit.DAYS, _age(rate_day))
rate_stale = line(
    "fresh.rate", "Exchange rate stale", Unit.FLAG, _stale(rate_age, "fresh.rate_days")
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
peer_stale = line(
    "claim[{claim}].peer_stale",
    "Stale",
    Unit.FLAG,
    where(
        claim_of_peer > 0,
        where(_age(claim_seen) > policy("fresh.peer_days"), 1, 0),
        0,
    ),
)
multiple_stale = line(
    "company.peer[{peer}].stale",
    "Stale",
    Unit.FLAG,
    where(
        used_row > 0,
        where(_age(pick(peers.published, PEER_ROW, used_row)) > policy("fresh.peer_days"), 1, 0),
        0,
    ),
)
peers_stale = line(
    "fresh.peers",
    "Multiples of peers that are stale",
    Unit.COUNT,
    sum_known(peer_stale, CLAIM) + sum_known(multiple_stale, PEER),
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
    close_stale
    + results_stale
    + rate_stale
    + estimate_stale
    + targets_stale
    + products_stale
    + peers_stale
    + segments_stale,
)


# --- which of them: the first of each kind by name ---
class First(NamedTuple):
    """The first row that is stale: a flag for each row, its place, its name; blank without one."""

    flag: Line
    place: Line
    said: Line


def _first(name: str, label: str, stale: Line, row: Line, said: Line) -> First:
    dim = stale.dims[0]
    flag = line(
        f"{stale.key}_first",
        "First that is stale",
        Unit.FLAG,
        first(dim, stale > 0, each(stale) * above(row)),
    )
    place = line(
        f"fresh.{name}.place", f"{label}: row", Unit.COUNT, sum_where(dim, each(flag), row)
    )
    return First(
        flag,
        place,
        line(f"fresh.{name}.first", label, Unit.TEXT, where(place > 0, pick(said, dim, place), "")),
    )


_PLACE = "segment[{segment}].place"
segment_place = counted(_PLACE, "Place", SEGMENT)
segment_row = line(
    "segment[{segment}].position", "Place, for counting", Unit.COUNT, or_zero(segment_place)
)
peer_claim = line(
    "claim[{claim}].peer_claim",
    "P/E of a peer, named",
    Unit.TEXT,
    concat("P/E of ", claim_variant, ", ", claim_source),
)
first_target = _first(
    "targets", "First target that is stale", target_stale, price_targets.row, price_targets.broker
)
first_product = _first(
    "products", "First price that is stale", product_stale, product_row, product_fact
)
first_peer = _first(
    "peers", "First multiple of a peer that is stale", peer_stale, claim_row, peer_claim
)
first_segment = _first(
    "assumptions", "First segment assumed too early", segment_stale, segment_row, segment_name
)

fact_conflicts = line(
    "conflicts.facts", "Claims in conflict", Unit.COUNT, sum_known(facts.conflict, FACT)
)
offer_conflicts = line(
    "conflicts.offers", "Prices in conflict", Unit.COUNT, sum_known(offers.conflict, OFFER)
)
conflicts = line(
    "conflicts.count",
    "Conflicts between sources",
    Unit.COUNT,
    fact_conflicts + offer_conflicts + or_zero(own_pe_conflict),
    note="of claims, of product prices, and of the P/E claimed with the one computed",
)
