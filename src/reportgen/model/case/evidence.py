"""Claims and product prices, and the facts that they are about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.model import dims
from reportgen.model.case import columns
from reportgen.model.dims import SPARE_ROWS
from reportgen.model.evidence import claims, products
from reportgen.model.given_values import BLANK, numbered
from reportgen.model.keys import escaped, member

if TYPE_CHECKING:
    from datetime import date

    from reportgen.facts.rows import PackRows
    from reportgen.model.case.builder import Builder

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
LAUNCH_YEARS = 10  # rows of the launch ladder, unless the market needs more


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def add_claims(builder: Builder, rows: PackRows) -> None:
    """Add the claims, with spare rows, and the facts that they are about."""
    table = rows.claims
    ids = (member(row.key, row.variant, row.source, _iso(row.observed)) for row in table)
    builder.dimension(dims.CLAIM, ids, SPARE_ROWS)
    builder.put(claims.claim_number, numbered(builder.members[dims.CLAIM]))
    builder.table(table, columns.CLAIMS)
    named = {
        (row.key.casefold(), row.variant.casefold()): (row.key, row.variant)
        for row in table
        if row.key.casefold() != "pe"
    }
    _facts(builder, [named[name] for name in sorted(named)])


def _facts(builder: Builder, found: list[tuple[str, str]]) -> None:
    builder.dimension(dims.FACT, (escaped(f"{key}/{variant}") for key, variant in found))
    builder.put(claims.fact_number, numbered(found))
    builder.put(claims.fact_id, [f"{key}/{variant}" for key, variant in found])
    builder.put(claims.fact_key, [key for key, _ in found])
    builder.put(claims.fact_variant, [variant for _, variant in found])
    markets = [_market_year(variant) for _, variant in found]
    builder.put(claims.fact_market, [market for market, _ in markets])
    builder.put(claims.fact_year, [year for _, year in markets])
    dated = [year for market, year in markets if market]
    span = int(max(dated) - min(dated)) if dated else 0
    builder.members[dims.YEAR] = tuple(str(k + 1) for k in range(max(span, LAUNCH_YEARS)))


def _market_year(variant: str) -> tuple[str, float]:
    """Return market and year of a variant such as `ai_glasses 2025`; blank where it is not one."""
    market, _, year = variant.rpartition(" ")
    return (market, float(year)) if market and _YEAR.fullmatch(year) else ("", BLANK)


def add_products(builder: Builder, rows: PackRows) -> None:
    """Add the product prices, with spare rows, and the offers that they are of."""
    table = rows.products
    ids = (
        member(row.vendor, row.product, row.variant, row.source, _iso(row.observed))
        for row in table
    )
    builder.dimension(dims.PRODUCT, ids, SPARE_ROWS)
    builder.put(products.product_number, numbered(builder.members[dims.PRODUCT]))
    builder.table(table, columns.PRODUCTS)
    names = [(row.vendor, row.product, row.variant) for row in table]
    named = {tuple(part.casefold() for part in name): name for name in names}
    found = [named[name] for name in sorted(named)]
    offers = ["product/" + "/".join(name) for name in found]
    builder.dimension(dims.OFFER, (escaped(name) for name in offers))
    builder.put(products.offer_number, numbered(offers))
    builder.put(products.offer_id, offers)
    builder.put(products.offer_vendor, [name[0] for name in found])
    builder.put(products.offer_product, [name[1] for name in found])
    builder.put(products.offer_variant, [name[2] for name in found])
