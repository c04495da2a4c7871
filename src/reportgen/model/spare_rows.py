"""The tables that end in spare rows, where an analyst may add what the pack does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import fundamentals
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data, sources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim
    from reportgen.model.words import Table

# Each by the name of its file, what is cited before what cites it
GROWING: Mapping[str, Table] = {
    "sources": sources.SOURCES,
    "prices": market_data.CLOSES,
    "benchmark": market_data.BENCHMARK_CLOSES,
    "targets": price_targets.TARGETS,
    "fundamentals": fundamentals.RESULTS,
    "products": products.PRODUCTS,
    "claims": claims.CLAIMS,
}
SPARE: Mapping[Dim, int] = {table.dim: table.spare for table in GROWING.values()}
