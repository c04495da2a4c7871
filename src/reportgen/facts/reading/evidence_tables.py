"""The tables of what others say: results, targets, estimates, prices, claims, comparables."""

from __future__ import annotations

from reportgen.facts.reading.table_spec import (
    CURRENCY,
    METRIC,
    NOTE,
    PUBLISHED,
    QUALIFIER,
    SOURCE,
    UNIT,
    TableSpec,
    choice_column,
    day_column,
    maybe_column,
    name_column,
    number_column,
    text_column,
)
from reportgen.facts.rows import Claim, Estimate, Fundamental, PeerMultiple, Product, Target

TARGETS = TableSpec(
    "targets",
    Target,
    (
        PUBLISHED,
        name_column("broker", "the name of a broker"),
        number_column("target", "currency", "the target price in the row's currency"),
        CURRENCY,
        choice_column("line", "ADS", "ORD", default="ADS"),
        number_column("horizon_months", "months", "a number of months", default="12"),
        choice_column("kind", "broker", "aggregate", default="broker"),
        text_column("rating"),
        SOURCE,
    ),
    frozenset({"line", "horizon_months", "kind", "rating"}),
    ("broker", "line", "published"),
    ("target", "currency", "horizon_months", "kind"),
    sorted_by=("published", "broker", "line"),
)

FUNDAMENTALS = TableSpec(
    "fundamentals",
    Fundamental,
    (
        day_column("period_end"),
        name_column("period", "a period such as FY2026-Q2, FY2026-H1, FY2025 or a day"),
        name_column("segment", "group or a segment of company.yaml"),
        METRIC,
        number_column("value", "unit", "the figure in the row's unit"),
        UNIT,
        number_column("yoy", "ratio", "growth on the year before, as 0.15 or 15%"),
        QUALIFIER,
        PUBLISHED,
        SOURCE,
        NOTE,
    ),
    frozenset({"yoy", "qualifier", "note"}),
    ("segment", "metric", "period", "period_end", "published"),
    ("value", "unit", "yoy"),
    sorted_by=("period_end", "period", "segment", "metric", "published"),
)

ESTIMATES = TableSpec(
    "estimates",
    Estimate,
    (
        PUBLISHED,
        METRIC,
        number_column("value", "unit", "the estimate in the row's unit"),
        UNIT,
        SOURCE,
    ),
    frozenset(),
    ("metric", "published"),
    ("value", "unit"),
    sorted_by=("metric", "published"),
)

PRODUCTS = TableSpec(
    "products",
    Product,
    (
        name_column("vendor", "the name of a vendor"),
        name_column("product", "the name of a product"),
        maybe_column("variant"),
        number_column("price", "currency", "the price in the row's currency"),
        CURRENCY,
        maybe_column("market"),
        QUALIFIER,
        day_column("observed", needed=False),
        PUBLISHED,
        SOURCE,
        NOTE,
    ),
    frozenset({"variant", "market", "qualifier", "observed", "note"}),
    ("vendor", "product", "variant", "market", "observed", "published", "source"),
    ("price", "currency", "qualifier"),
    disputed=True,
    sorted_by=("vendor", "product", "variant", "market", "observed", "published", "source"),
)

CLAIMS = TableSpec(
    "claims",
    Claim,
    (
        name_column("key", "the name of a fact, such as price or pe"),
        maybe_column("variant"),
        number_column("value", "unit", "the figure in the row's unit"),
        UNIT,
        QUALIFIER,
        day_column("observed", needed=False),
        PUBLISHED,
        SOURCE,
        maybe_column("contradicted_by"),
        NOTE,
    ),
    frozenset({"variant", "qualifier", "observed", "contradicted_by", "note"}),
    ("key", "variant", "observed", "published", "source"),
    ("value", "unit", "qualifier"),
    disputed=True,
    sorted_by=("key", "variant", "observed", "published", "source"),
)

PEERS = TableSpec(
    "peers",
    PeerMultiple,
    (
        PUBLISHED,
        name_column("peer", "the name of a peer"),
        METRIC,
        number_column("value", "unit", "the figure in the row's unit"),
        UNIT,
        SOURCE,
    ),
    frozenset(),
    ("peer", "metric", "published"),
    ("value", "unit"),
    sorted_by=("peer", "metric", "published"),
)
