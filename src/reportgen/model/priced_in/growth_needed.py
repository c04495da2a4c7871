"""The growth that a value needs: two stages, solved by a ladder of halvings in the sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import absolute, at, by, previous, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import GROWTH_CASE, STEP
from reportgen.model.evidence.opinions import bull_narrative
from reportgen.model.fundamentals.growth import g_delivered
from reportgen.model.hype.adjusted import hype_value
from reportgen.model.hype.price_targets import consensus
from reportgen.model.inputs.assumptions import cost_of_equity, fade_years
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import dividend
from reportgen.model.market import price
from reportgen.model.priced_in.operations import (
    NEAR,
    cash_flow_per_ads,
    net_assets_per_ads,
    perpetuity,
)
from reportgen.model.valuation import base, bear, bull
from reportgen.model.words import case_line, line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node

_LOW = policy("solver.low")
_HIGH = policy("solver.high")


def _annuity(q: Node) -> Node:
    """Return the sum of q^t over the fading years, without dividing by nearly 0."""
    return where(absolute(q - 1) < NEAR, fade_years, q * (1 - q**fade_years) / (1 - q))


# --- the ladder ---
target_value = line(
    "priced_in.value_for[{growth_case}]",
    "Value to justify",
    Unit.PER_SHARE,
    by(
        GROWTH_CASE,
        price=price,
        bear=(bear + dividend) / (1 + cost_of_equity),
        base=(base + dividend) / (1 + cost_of_equity),
        bull=(bull + dividend) / (1 + cost_of_equity),
        consensus=(consensus + dividend) / (1 + cost_of_equity),
        hype_adjusted=(hype_value + dividend) / (1 + cost_of_equity),
        bull_narrative=(bull_narrative + dividend) / (1 + cost_of_equity),
    ),
)
wanted = line(
    "priced_in.operating_value_for[{growth_case}]",
    "Operating value to justify",
    Unit.PER_SHARE,
    target_value - net_assets_per_ads,
)
half_width = case_line(
    "ladder[{step}].half_width",
    "Half the bracket",
    Unit.RATIO,
    previous("ladder[{step}].half_width", STEP, _HIGH - _LOW) / 2,
    STEP,
)
middle = case_line(
    "ladder[{step}].middle[{growth_case}]",
    "Middle of the bracket",
    Unit.RATIO,
    previous("ladder[{step}].middle[{growth_case}]", STEP, (_LOW + _HIGH) / 2)
    + previous("ladder[{step}].side[{growth_case}]", STEP, 0) * half_width,
    STEP,
    GROWTH_CASE,
)
ratio = case_line(
    "ladder[{step}].ratio[{growth_case}]",
    "(1 + growth) / (1 + cost of equity)",
    Unit.NUMBER,
    (1 + middle) / (1 + cost_of_equity),
    STEP,
    GROWTH_CASE,
)
side = case_line(
    "ladder[{step}].side[{growth_case}]",
    "Up (1) or down (-1)",
    Unit.NUMBER,
    where(cash_flow_per_ads * (_annuity(ratio) + ratio**fade_years * perpetuity) < wanted, 1, -1),
    STEP,
    GROWTH_CASE,
)
low_ratio = line(
    "ladder.low_ratio", "Ratio at the low end", Unit.NUMBER, (1 + _LOW) / (1 + cost_of_equity)
)
high_ratio = line(
    "ladder.high_ratio", "Ratio at the high end", Unit.NUMBER, (1 + _HIGH) / (1 + cost_of_equity)
)
worth_low = line(
    "ladder.worth_low",
    "Worth at the low end",
    Unit.PER_SHARE,
    cash_flow_per_ads * (_annuity(low_ratio) + low_ratio**fade_years * perpetuity),
)
worth_high = line(
    "ladder.worth_high",
    "Worth at the high end",
    Unit.PER_SHARE,
    cash_flow_per_ads * (_annuity(high_ratio) + high_ratio**fade_years * perpetuity),
)
g_needed = line(
    "priced_in.g_needed[{growth_case}]",
    "Growth needed",
    Unit.CHANGE,
    where(
        (wanted > 0) & (worth_low <= wanted) & (worth_high >= wanted),
        at(middle, STEP, "40"),
        NA,
    ),
    note="two-stage: years of growth, then terminal growth; n/a outside the bracket",
)
g_two_stage = line(
    "priced_in.g_two_stage",
    "Growth implied, two-stage",
    Unit.CHANGE,
    at(g_needed, GROWTH_CASE, "price"),
)
gap = line("priced_in.gap", "Gap: implied less delivered", Unit.CHANGE, g_two_stage - g_delivered)
