"""The newest balance: diluted shares, net cash, investments outside the segments."""

from __future__ import annotations

from reportgen.expr.nodes import Unit
from reportgen.model.fundamentals.reported import newest
from reportgen.model.words import line

ads_diluted = line(
    "ads_diluted", "Diluted listed shares", Unit.SHARES_M, newest("group/ads_diluted")
)
net_cash = line("net_cash", "Net cash", Unit.PRICE_M, newest("group/net_cash"))
investments = line(
    "investments", "Investments outside the segments", Unit.PRICE_M, newest("group/investments")
)
