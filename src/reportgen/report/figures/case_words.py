"""What has to be true for a case, in one live sentence; and how far it lies from base."""

from __future__ import annotations

from reportgen.expr.functions import concat, fixed, known, percent, spot, where
from reportgen.expr.nodes import Line, Unit
from reportgen.model.dims import SCENARIOS
from reportgen.model.market import price
from reportgen.model.phrases import cents, money
from reportgen.model.priced_in import g_needed
from reportgen.model.valuation import eps_12m, pe_12m, pe_multiple, sotp_12m, upside, value
from reportgen.model.words import line, or_zero


def _earnings(name: str) -> Line:
    """Return what a case asks of earnings, and what the P/E method makes of them."""
    return line(
        f"say.{name}.earnings",
        f"Asked of earnings: {name}",
        Unit.TEXT,
        where(
            known(spot(pe_12m, name)),
            concat(
                "EPS of ",
                money(spot(eps_12m, name)),
                at_multiple[name],
            ),
            "no EPS to value",
        ),
    )


def _at_multiple(name: str) -> Line:
    """Return at which multiple earnings are valued, and what that comes to."""
    return line(
        f"say.{name}.multiple",
        f"Multiple of earnings: {name}",
        Unit.TEXT,
        concat(" at ", fixed(spot(pe_multiple, name), 2), "x (", cents(spot(pe_12m, name)), ")"),
    )


def _parts(name: str) -> Line:
    """Return what a case asks of the segments."""
    return line(
        f"say.{name}.parts",
        f"Asked of the parts: {name}",
        Unit.TEXT,
        where(
            known(spot(sotp_12m, name)),
            concat("parts worth ", money(spot(sotp_12m, name))),
            "no parts to value",
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


def _growth(name: str) -> Line:
    """Return the growth of cash flow that the value asks for; nothing where it is n/a."""
    return line(
        f"say.{name}.growth",
        f"Asked of cash flow: {name}",
        Unit.TEXT,
        where(
            known(spot(g_needed, name)),
            concat("; it asks cash flow to grow ", percent(spot(g_needed, name), 1), " a year"),
            "",
        ),
    )


at_multiple = {name: _at_multiple(name) for name in SCENARIOS}
earnings = {name: _earnings(name) for name in SCENARIOS}
parts = {name: _parts(name) for name in SCENARIOS}
gives = {name: _gives(name) for name in SCENARIOS}
growth = {name: _growth(name) for name in SCENARIOS}
must_be_true = {
    name: line(
        f"say.{name}",
        f"What must be true: {name}",
        Unit.TEXT,
        where(
            known(spot(value, name)),
            concat(
                "What must be true: ",
                earnings[name],
                " and ",
                parts[name],
                " in 12 months; weighted, the share is worth ",
                gives[name],
                growth[name],
            ),
            "n/a: neither earnings nor parts can be valued",
        ),
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
bridge_total["base"] = line(
    "bridge.total.base", "Base less price", Unit.PER_SHARE, spot(value, "base") - price
)
