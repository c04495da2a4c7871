"""The ladder of years: what a share of the market is worth today."""

from __future__ import annotations

from reportgen.expr.functions import equal, minimum, previous, total, where
from reportgen.expr.nodes import Unit
from reportgen.model.dims import YEAR
from reportgen.model.inputs.assumptions import (
    launch_discount_rate,
    launch_margin_ecosystem,
    launch_margin_hardware,
    launch_market_share,
    launch_share_ramp,
    launch_tax,
    terminal_growth,
)
from reportgen.model.launch.market_size import cagr, market_bottom_up, market_top_down, years
from reportgen.model.words import line

year = line(
    "launch.year[{year}].number",
    "Model year",
    Unit.COUNT,
    previous("launch.year[{year}].number", YEAR, 0) + 1,
)
index = line(
    "launch.year[{year}].market",
    "Market, year 1 = 1",
    Unit.NUMBER,
    where(year <= years, (1 + cagr) ** (year - 1), 0),
)
share = line(
    "launch.year[{year}].share",
    "Share of the market",
    Unit.RATIO,
    where(year <= years, launch_market_share * minimum(1, year / launch_share_ramp), 0),
)
profit = line(
    "launch.year[{year}].profit",
    "Profit after tax",
    Unit.NUMBER,
    index * share * (launch_margin_hardware + launch_margin_ecosystem) * (1 - launch_tax),
)
present = line(
    "launch.year[{year}].present_value",
    "Present value",
    Unit.NUMBER,
    profit / (1 + launch_discount_rate) ** year,
)
last_profit = line(
    "launch.year[{year}].last_profit",
    "Profit of the last year",
    Unit.NUMBER,
    where(equal(year, years), profit, 0),
)
terminal = line(
    "launch.terminal",
    "Terminal value, discounted",
    Unit.NUMBER,
    total(last_profit, YEAR)
    * (1 + terminal_growth)
    / (launch_discount_rate - terminal_growth)
    / (1 + launch_discount_rate) ** years,
)
pv_of_one = line(
    "launch.pv_of_one",
    "Present value of a market of 1",
    Unit.NUMBER,
    total(present, YEAR) + terminal,
)
pv_top_down = line(
    "launch.pv_top_down", "Present value, top-down", Unit.PRICE_M, market_top_down * pv_of_one
)
pv_bottom_up = line(
    "launch.pv_bottom_up", "Present value, bottom-up", Unit.PRICE_M, market_bottom_up * pv_of_one
)
