"""What has to be true for a case, in one live sentence; and how far it lies from base."""

from __future__ import annotations

from reportgen.expr.functions import concat, fixed, percent, spot, where
from reportgen.expr.nodes import Line, Unit
from reportgen.model.dims import SCENARIOS
from reportgen.model.inputs import price_currency
from reportgen.model.priced_in import g_needed
from reportgen.model.valuation import eps_12m, pe_multiple, upside, value
from reportgen.model.words import line, or_zero


def _sentence(name: str) -> Line:
    """Return the sentence of a case."""
    return line(
        f"say.{name}",
        f"What must be true: {name}",
        Unit.TEXT,
        concat(
            "What must be true: EPS of ",
            price_currency,
            " ",
            fixed(spot(eps_12m, name), 2),
            " at ",
            fixed(spot(pe_multiple, name), 1),
            "x, or cash flow growing ",
            percent(spot(g_needed, name), 1),
            " a year; then the share is worth ",
            price_currency,
            " ",
            fixed(spot(value, name), 2),
            ", ",
            where(or_zero(spot(upside, name)) < 0, "", "+"),
            percent(spot(upside, name), 1),
            " against the price",
        ),
    )


must_be_true = {name: _sentence(name) for name in SCENARIOS}
bridge_total = {
    name: line(
        f"bridge.total.{name}",
        f"{name.capitalize()} less base",
        Unit.PER_SHARE,
        spot(value, name) - spot(value, "base"),
    )
    for name in ("bull", "bear")
}
