"""Product prices: each in price currency and weighed, and the one price of each offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import concat, count_where, each, known, pick, same, sum_where, where
from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.model.dims import OFFER, PRODUCT, SPARE_ROWS
from reportgen.model.evidence.weighted_median import Candidates, FactTable, decide, weigh
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import (
    measure_divisor,
    measure_parts,
    measured_in,
)
from reportgen.model.provenance import is_known, provenance, seen_on
from reportgen.model.ranks import row_of
from reportgen.model.words import Table, control, given, line, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

_PRODUCT = "product[{product}]"
PRODUCTS = Table(_PRODUCT, PRODUCT, SPARE_ROWS)
product_number = row_number(f"{_PRODUCT}.number", PRODUCT)
product_vendor = PRODUCTS.text("vendor", "Vendor")
product_name = PRODUCTS.text("product", "Product")
product_variant = PRODUCTS.text("variant", "Variant")
product_price = PRODUCTS.figure("price", "Price as stated", Unit.NUMBER, bounds=FIGURES["product"])
product_currency = PRODUCTS.text("currency", "Currency")
product_market = PRODUCTS.text("market", "Market")
product_qualifier = PRODUCTS.text("qualifier", "Qualifier")
product_observed = PRODUCTS.given("observed", "Observed", Unit.DATE)
product_published = PRODUCTS.given("published", "Published", Unit.DATE)
product_source = PRODUCTS.text("source", "Source")
product_note = PRODUCTS.text("note", "Note")

product_row = line(f"{_PRODUCT}.row", "Row", Unit.COUNT, or_zero(product_number))
product_fact = line(
    f"{_PRODUCT}.fact",
    "Fact",
    Unit.TEXT,
    concat("product/", product_vendor, "/", product_name, "/", product_variant),
)
product_seen = seen_on(product_observed, product_published, _PRODUCT)
product_known = is_known(product_published, product_seen, product_price, _PRODUCT)
product_quoted = measured_in(product_currency, _PRODUCT)
product_value = line(
    f"{_PRODUCT}.value",
    "In price currency",
    Unit.PER_SHARE,
    product_price / product_quoted.of(measure_parts) / product_quoted.of(measure_divisor),
)
_origin = provenance(product_source, product_qualifier, _PRODUCT)
product_bound = _origin.bound
product_approximate = _origin.approximate
product_source_row = _origin.source_row
product_reliability = _origin.reliability
product_group = _origin.group
product_tier = _origin.tier
product_weak = _origin.weak
product_valid = line(
    f"{_PRODUCT}.candidate", "Candidate", Unit.FLAG, where(known(product_value), product_known, 0)
)
weighed_products = weigh(
    Candidates(
        dim=PRODUCT,
        prefix=_PRODUCT,
        fact_id=product_fact,
        number=product_row,
        is_known=product_valid,
        value=product_value,
        is_bound=product_bound,
        is_approximate=product_approximate,
        group=product_group,
        reliability=product_reliability,
        observed=product_seen,
        half_life=policy("half_life.product"),
        window=policy("conflict.window_days"),
    )
)
offer_number = row_number("fact[{offer}].number", OFFER)
offer_id = given("fact[{offer}].id", "Fact", Unit.TEXT, OFFER)
offer_vendor = given("fact[{offer}].vendor", "Vendor", Unit.TEXT, OFFER)
offer_product = given("fact[{offer}].product", "Product", Unit.TEXT, OFFER)
offer_variant = given("fact[{offer}].variant", "Variant", Unit.TEXT, OFFER)
offer_choice = control("choice,{offer}", "Choice: row no., blank = weighed", Unit.COUNT, OFFER)
product_fact_row = line(
    f"{_PRODUCT}.fact_row",
    "Row of its fact",
    Unit.COUNT,
    sum_where(OFFER, same(each(offer_id), product_fact), offer_number),
)
offers = decide(
    weighed_products,
    FactTable(OFFER, "fact[{offer}]", offer_id, offer_choice),
    product_fact_row,
)


def offer_weak(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a product price is weak."""
    chosen = same(each(product_fact), wanted) * each(weighed_products.chosen)
    return where(sum_where(PRODUCT, chosen, product_weak) > 0, 1, 0)


def offer_assumed(wanted: Node) -> Node:
    """Return 1 where the chosen candidate of a product price is a figure of the house."""
    chosen = same(each(product_fact), wanted) * each(weighed_products.chosen)
    return where(count_where(PRODUCT, chosen * same(each(product_tier), "assumption")) > 0, 1, 0)


def offer_value(wanted: Line) -> Node:
    """Return the value used of a product price by its fact id."""
    return pick(offers.value, OFFER, row_of(wanted, offer_id, offer_number))
