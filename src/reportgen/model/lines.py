"""The model: what it offers, and every line that takes part, in the order of calculation."""

from __future__ import annotations

from reportgen.expr.order import in_order
from reportgen.model import (
    delivered_growth,
    evidence,
    fundamentals,
    hype,
    hype_score,
    inputs,
    launch,
    market,
    peers,
    priced_in,
    stance,
    twelve_months,
    valuation,
)
from reportgen.model.inputs.constants import policies
from reportgen.model.words import lines_in

OFFERED = lines_in(
    inputs.LINES,
    fundamentals.LINES,
    twelve_months.LINES,
    delivered_growth.LINES,
    peers.LINES,
    market.price_date,
    evidence.LINES,
    launch.LINES,
    valuation.upside,
    valuation.expected_upside,
    valuation.skew,
    valuation.omega,
    valuation.implied_bull_probability,
    valuation.house_bull_probability,
    valuation.scenario_probability,
    valuation.scenario_choice,
    hype.LINES,
    priced_in.LINES,
    hype_score.score,
    hype_score.coverage,
    stance.excess_return,
    stance.view,
)
_READ = frozenset(in_order(OFFERED))
MODEL = in_order((*(constant for constant in policies() if constant in _READ), *OFFERED))
# with the constants of the method that only what-ifs, checks and tabs read
MODEL_AND_CONSTANTS = in_order((*MODEL, *policies()))
BY_KEY = {line.key: line for line in MODEL}
