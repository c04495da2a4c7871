"""The families that players belong to: what a reader thinks of as one reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

FAMILIES = (
    "price",
    "FX",
    "time",
    "fundamentals",
    "growth",
    "multiples",
    "balance sheet",
    "targets",
    "launch",
    "policy",
    "method",
)

_FAMILY_OF = {
    "base_metric": "fundamentals",
    "dividend": "fundamentals",
    "cash_conversion": "fundamentals",
    "growth": "growth",
    "eps_growth": "growth",
    "terminal_growth": "growth",
    "growth_half_life": "growth",
    "fade_years": "growth",
    "multiple": "multiples",
    "pe_multiple": "multiples",
    "peer_pe_discount": "multiples",
    "conglomerate_discount": "multiples",
    "investment_haircut": "balance sheet",
}


def family_of(of: Line) -> str:
    """Return the family of an input that TAKEN does not name: of its assumption, else policy."""
    name = of.key.partition("[")[2].partition(",")[0].rstrip("]")
    if of.key.startswith("assumption["):
        return "launch" if name.startswith("launch_") else _FAMILY_OF.get(name, "policy")
    if of.key.startswith("company.segment["):
        return "fundamentals"
    return "launch" if of.key.startswith("company.launch") else "policy"
