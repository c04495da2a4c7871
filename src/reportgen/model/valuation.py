"""Bear, base and bull: sum of the parts and P/E, and what they come to together."""

from __future__ import annotations

from reportgen.expr.functions import at, by, equal, known, maximum, minimum, total, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import SCENARIO, SEGMENT
from reportgen.model.evidence.claims import peer_pe
from reportgen.model.fundamentals import eps_reference, investments, net_cash, shares_diluted
from reportgen.model.inputs.assumptions import (
    conglomerate_discount,
    cost_of_equity,
    eps_growth,
    growth,
    investment_haircut,
    multiple,
    pe_assumed,
    peer_pe_discount,
    probability,
    weight_pe,
    weight_sotp,
)
from reportgen.model.inputs.conversion import base_metric, dividend, fx
from reportgen.model.launch import value as launch_value
from reportgen.model.launch import value_bull as launch_value_bull
from reportgen.model.market import price
from reportgen.model.words import control, line, or_zero

# --- sum of the parts ---
segment_value = line(
    "{scenario}.segment_value[{segment}]",
    "Segment value",
    Unit.REPORTING_M,
    base_metric * (1 + growth) * multiple,
)
segments_total = line(
    "{scenario}.segments_total", "All segments", Unit.REPORTING_M, total(segment_value, SEGMENT)
)
ev = line(
    "{scenario}.ev",
    "Enterprise value",
    Unit.PRICE_M,
    segments_total / fx * (1 - conglomerate_discount),
)
stakes_choice = control("stakes", "Stakes outside the segments: 0 out, blank or 1 in", Unit.COUNT)
stakes = line(
    "{scenario}.investments",
    "Investments after haircut",
    Unit.PRICE_M,
    where(
        known(stakes_choice) & equal(or_zero(stakes_choice), 0),
        0,
        investments * (1 - investment_haircut),
    ),
)
launch = line(
    "{scenario}.launch",
    "Launch",
    Unit.PER_SHARE,
    by(SCENARIO, bear=0, base=or_zero(launch_value), bull=or_zero(launch_value_bull)),
    note="0 where the launch value is n/a",
)
sotp_today = line(
    "{scenario}.sotp_today",
    "Sum of the parts, today",
    Unit.PER_SHARE,
    (ev + net_cash + stakes) / shares_diluted + launch,
)
sotp_12m = line(
    "{scenario}.sotp_12m",
    "Sum of the parts, 12 months",
    Unit.PER_SHARE,
    sotp_today * (1 + cost_of_equity) - dividend,
)

# --- P/E ---
own_pe = line("own_pe", "P/E on the EPS reference", Unit.MULTIPLE, price / eps_reference)
pe_choice = control(
    "pe_multiple", "Bull P/E: 1 own assumption, 2 peers', blank = method", Unit.COUNT
)
pe_of_peers = line(
    "pe_of_peers", "Peers' P/E after the discount", Unit.MULTIPLE, peer_pe * (1 - peer_pe_discount)
)
pe_multiple = line(
    "{scenario}.pe_multiple",
    "P/E multiple",
    Unit.MULTIPLE,
    by(
        SCENARIO,
        bear=pe_assumed,
        base=pe_assumed,
        bull=where(
            known(pe_of_peers) & (or_zero(pe_choice) - 1 < 0) | equal(or_zero(pe_choice), 2),
            pe_of_peers,
            pe_assumed,
        ),
    ),
)
eps_12m = line(
    "{scenario}.eps_12m", "EPS in 12 months", Unit.PER_SHARE, eps_reference * (1 + eps_growth)
)
pe_12m = line("{scenario}.pe_12m", "P/E, 12 months", Unit.PER_SHARE, eps_12m * pe_multiple)

# --- together ---
raw_value = line(
    "{scenario}.raw_value",
    "Weighted mean of the methods",
    Unit.PER_SHARE,
    (
        where(known(sotp_12m), weight_sotp * sotp_12m, 0)
        + where(known(pe_12m), weight_pe * pe_12m, 0)
    )
    / (where(known(sotp_12m), weight_sotp, 0) + where(known(pe_12m), weight_pe, 0)),
)
_bear, _base, _bull = (at(raw_value, SCENARIO, name) for name in ("bear", "base", "bull"))
value = line(
    "{scenario}.value",
    "Value in 12 months",
    Unit.PER_SHARE,
    by(
        SCENARIO,
        bear=where(known(_base), minimum(_bear, _base), _bear),
        base=raw_value,
        bull=where(known(_base), maximum(_bull, _base), _bull),
    ),
)
upside = line("{scenario}.upside", "Against the price", Unit.CHANGE, value / price - 1)
weighted_value = line(
    "{scenario}.weighted_value", "Probability x value", Unit.PER_SHARE, probability * value
)
expected_value = line(
    "expected_value", "Expected value", Unit.PER_SHARE, total(weighted_value, SCENARIO)
)
expected_upside = line("upside", "Upside", Unit.CHANGE, expected_value / price - 1)
bear = at(value, SCENARIO, "bear")
base = at(value, SCENARIO, "base")
bull = at(value, SCENARIO, "bull")
skew = line(
    "skew",
    "Skew: gain to bull / loss to bear",
    Unit.NUMBER,
    where(price > bear, maximum(0, bull - price) / (price - bear), NA),
)
gain_part = line(
    "{scenario}.gain", "Probability x gain", Unit.PER_SHARE, probability * maximum(0, value - price)
)
loss_part = line(
    "{scenario}.loss", "Probability x loss", Unit.PER_SHARE, probability * maximum(0, price - value)
)
omega = line(
    "omega",
    "Omega: expected gain / expected loss",
    Unit.NUMBER,
    total(gain_part, SCENARIO) / total(loss_part, SCENARIO),
)
implied_bull_probability = line(
    "implied_bull_probability",
    "Bull probability implied by the price",
    Unit.RATIO,
    (price * (1 + cost_of_equity) - dividend - bear) / (bull - bear),
)
house_bull_probability = line(
    "house_bull_probability",
    "The house's, on two points",
    Unit.RATIO,
    (expected_value - bear) / (bull - bear),
)
scenario_probability = line("{scenario}.probability", "Probability", Unit.RATIO, probability)
scenario_choice = control("scenario", "Selected case", Unit.TEXT)
