"""Units in words, with the currencies of the company in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.inputs import description

if TYPE_CHECKING:
    from reportgen.expr.nodes import Unit
    from reportgen.expr.solve import Solved


def unit_words(unit: Unit, of: Solved) -> str:
    """Return a unit in words: `USD per share`, `ratio`, `CNY m`."""
    words = unit.value
    for line in (description.price_currency, description.reporting_currency):
        words = words.replace(line.label.lower(), str(of.values[line]))
    return words
