"""What documents say: claims and product prices in one unit, weighed; one value a fact."""

from reportgen.model.evidence import claims, products
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    claims.claim_contradicted_by,
    claims.claim_note,
    claims.claim_weak,
    claims.fact_variant,
    claims.facts,
    products.product_market,
    products.product_note,
    products.product_weak,
    products.offer_vendor,
    products.offer_product,
    products.offer_variant,
    products.offers,
    claims.calls,
)
