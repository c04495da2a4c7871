"""The families that players belong to: what a reader thinks of as one reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.catalogue import Family

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

FAMILIES = tuple(family.value for family in Family)


def family_of(of: Line) -> str:
    """Return the family of an input that TAKEN does not name: as its line declares it."""
    return str(of.family) or Family.POLICY.value
