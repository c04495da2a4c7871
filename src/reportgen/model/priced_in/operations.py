"""What the price leaves for the operations, and the growth it implies in closed form."""

from __future__ import annotations

from reportgen.expr.functions import at
from reportgen.expr.nodes import Unit
from reportgen.model.dims import SCENARIO
from reportgen.model.fundamentals.balance import ads_diluted, investments, net_cash
from reportgen.model.fundamentals.earnings import eps_reference
from reportgen.model.inputs.assumptions import (
    cash_conversion,
    cost_of_equity,
    growth_half_life,
    investment_haircut,
    terminal_growth,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.market import price
from reportgen.model.words import line

NEAR = policy("tolerance.absolute")

net_assets_per_ads = line(
    "priced_in.net_assets_per_ads",
    "Net cash and stakes",
    Unit.PER_SHARE,
    (net_cash + investments * (1 - at(investment_haircut, SCENARIO, "base"))) / ads_diluted,
)
operating_value = line(
    "priced_in.operating_value", "Operating value", Unit.PER_SHARE, price - net_assets_per_ads
)
cash_flow_per_ads = line(
    "priced_in.cash_flow_per_ads", "Cash flow", Unit.PER_SHARE, eps_reference * cash_conversion
)
perpetuity = line(
    "priced_in.perpetuity",
    "Multiple of the cash flow after the fade",
    Unit.MULTIPLE,
    (1 + terminal_growth) / (cost_of_equity - terminal_growth),
)
g_implied = line(
    "priced_in.g_implied",
    "Growth implied, H-model",
    Unit.CHANGE,
    terminal_growth
    + (
        operating_value * (cost_of_equity - terminal_growth) / cash_flow_per_ads
        - (1 + terminal_growth)
    )
    / growth_half_life,
    note="closed form, a cross-check",
)
