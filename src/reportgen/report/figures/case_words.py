"""What has to be true for a case, in one live sentence; and how far it lies from base."""

from __future__ import annotations

from reportgen.expr.functions import concat, fixed, percent, spot, where
from reportgen.expr.nodes import Line, Unit
from reportgen.model.dims import SCENARIOS
from reportgen.model.phrases import money
from reportgen.model.priced_in import g_needed
from reportgen.model.valuation import eps_12m, pe_multiple, upside, value
from reportgen.model.words import line, or_zero


def _needs(name: str) -> Line:
    """Return what a case asks of earnings and cash flow."""
    return line(
        f"say.{name}.needs",
        f"Asked of earnings: {name}",
        Unit.TEXT,
        concat(
            "EPS of ",
            money(spot(eps_12m, name)),
            " at ",
            fixed(spot(pe_multiple, name), 1),
            "x, or cash flow growing ",
            percent(spot(g_needed, name), 1),
            " a year",
        ),
    )


def _gives(name: str) -> Line:
    """Return what the share is then worth."""
    return line(
        f"say.{name}.gives",
        f"Worth then: {name}",
        Unit.TEXT,
        concat(
            money(spot(value, name)),
            ", ",
            where(or_zero(spot(upside, name)) < 0, "", "+"),
            percent(spot(upside, name), 1),
            " against the price",
        ),
    )


needs = {name: _needs(name) for name in SCENARIOS}
gives = {name: _gives(name) for name in SCENARIOS}
must_be_true = {
    name: line(
        f"say.{name}",
        f"What must be true: {name}",
        Unit.TEXT,
        concat("What must be true: ", needs[name], "; then the share is worth ", gives[name]),
    )
    for name in SCENARIOS
}
bridge_total = {
    name: line(
        f"bridge.total.{name}",
        f"{name.capitalize()} less base",
        Unit.PER_SHARE,
        spot(value, name) - spot(value, "base"),
    )
    for name in ("bull", "bear")
}
