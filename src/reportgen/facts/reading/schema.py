"""The tables of a pack, column by column: the input contract as it is checked."""

from __future__ import annotations

from reportgen.facts.reading.evidence_tables import (
    CLAIMS,
    ESTIMATES,
    FUNDAMENTALS,
    PEERS,
    PRODUCTS,
    TARGETS,
)
from reportgen.facts.reading.house_tables import (
    ACTIONS,
    ARGUMENTS,
    ASSUMPTIONS,
    FLAGS,
    OVERRIDES,
    SOURCES,
    TIERS,
)

__all__ = [
    "ACTIONS",
    "ARGUMENTS",
    "ASSUMPTIONS",
    "CLAIMS",
    "COMPANY_TABLES",
    "ESTIMATES",
    "FLAGS",
    "FUNDAMENTALS",
    "OVERRIDES",
    "PEERS",
    "PRODUCTS",
    "SOURCES",
    "TARGETS",
    "TIERS",
]

COMPANY_TABLES = (
    TARGETS, FUNDAMENTALS, ESTIMATES, PRODUCTS, CLAIMS, ASSUMPTIONS, ARGUMENTS, OVERRIDES, ACTIONS,
    PEERS, SOURCES,
)  # fmt: skip
