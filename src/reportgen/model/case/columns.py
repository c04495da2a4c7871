"""The columns of the tables to which analysts add rows, by their names in the files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line

TARGETS: Mapping[str, Line] = {
    "published": price_targets.published,
    "broker": price_targets.broker,
    "target": price_targets.stated,
    "currency": price_targets.currency,
    "line": price_targets.share_line,
    "horizon_months": price_targets.horizon,
    "kind": price_targets.kind,
    "rating": price_targets.rating,
    "source": price_targets.source,
}
PRODUCTS: Mapping[str, Line] = {
    "vendor": products.product_vendor,
    "product": products.product_name,
    "variant": products.product_variant,
    "price": products.product_price,
    "currency": products.product_currency,
    "market": products.product_market,
    "qualifier": products.product_qualifier,
    "observed": products.product_observed,
    "published": products.product_published,
    "source": products.product_source,
    "note": products.product_note,
}
CLAIMS: Mapping[str, Line] = {
    "key": claims.claim_key,
    "variant": claims.claim_variant,
    "value": claims.claim_amount,
    "unit": claims.claim_unit,
    "qualifier": claims.claim_qualifier,
    "observed": claims.claim_observed,
    "published": claims.claim_published,
    "source": claims.claim_source,
    "contradicted_by": claims.claim_contradicted_by,
    "note": claims.claim_note,
}
