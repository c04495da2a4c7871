"""The assumptions of the house: of the scenarios, the methods, hype, stance and launch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model.dims import SCENARIO, SEGMENT, VARIANT
from reportgen.model.words import entry, given

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim
    from reportgen.model.words import Entry


def _assumption(key: str, label: str, unit: Unit, *dims: Dim) -> Entry:
    scenario = "{scenario}" if SCENARIO in dims else "all"
    place = "{segment}" if SEGMENT in dims else "{variant}" if VARIANT in dims else ""
    return entry(f"assumption[{key},{scenario},{place}]", label, unit, *dims)


probability = _assumption("probability", "Probability", Unit.RATIO, SCENARIO)
base_stated = _assumption("base_metric", "Base metric", Unit.NUMBER, SEGMENT)
base_currency = given(
    "company.segment[{segment}].currency", "Currency of the base metric", Unit.TEXT, SEGMENT
)
growth = _assumption("growth", "Growth", Unit.RATIO, SCENARIO, SEGMENT)
multiple = _assumption("multiple", "Multiple", Unit.MULTIPLE, SCENARIO, SEGMENT)
conglomerate_discount = _assumption(
    "conglomerate_discount", "Conglomerate discount", Unit.RATIO, SCENARIO
)
investment_haircut = _assumption(
    "investment_haircut", "Haircut on investments", Unit.RATIO, SCENARIO
)
eps_growth = _assumption("eps_growth", "EPS growth", Unit.RATIO, SCENARIO)
pe_assumed = _assumption("pe_multiple", "P/E multiple assumed", Unit.MULTIPLE, SCENARIO)
peer_pe_discount = entry(
    "assumption[peer_pe_discount,bull,]", "Discount to the peers' P/E", Unit.RATIO
)
cost_of_equity = _assumption("cost_of_equity", "Cost of equity", Unit.RATIO)
terminal_growth = _assumption("terminal_growth", "Terminal growth", Unit.RATIO)
growth_half_life = _assumption("growth_half_life", "Half-life of growth", Unit.YEARS)
fade_years = _assumption("fade_years", "Years of growth before it fades", Unit.YEARS)
dividend_stated = _assumption("dividend", "Dividend, next 12 months", Unit.NUMBER)
dividend_currency = given("company.dividend_currency", "Currency of the dividend", Unit.TEXT)
cash_conversion = _assumption("cash_conversion", "Cash conversion of earnings", Unit.RATIO)
weight_sotp = _assumption("weight_sotp", "Weight of the sum of the parts", Unit.RATIO)
weight_pe = _assumption("weight_pe", "Weight of the P/E method", Unit.RATIO)
benchmark_beta = _assumption("benchmark_beta", "Beta to the benchmark", Unit.NUMBER)
hype_optimism_rate = _assumption("hype_optimism_rate", "Optimism rate", Unit.RATIO)
hype_target_half_life = _assumption("hype_target_half_life", "Half-life of a target", Unit.DAYS)
hype_max_target_age = _assumption("hype_max_target_age", "Oldest target in use", Unit.DAYS)
hype_runup_share = _assumption("hype_runup_share", "Share of unbacked run-up", Unit.RATIO)
hype_runup_cap = _assumption("hype_runup_cap", "Cap of the run-up", Unit.RATIO)
hype_launch_share = _assumption("hype_launch_share", "Share of launch overpricing", Unit.RATIO)
hype_launch_cap = _assumption("hype_launch_cap", "Cap of the launch", Unit.RATIO)
hype_max_haircut = _assumption("hype_max_haircut", "Largest haircut in all", Unit.RATIO)
hype_allowance_rate = _assumption("hype_allowance_rate", "Allowance rate", Unit.RATIO)
hype_weight_optimism = _assumption("hype_weight_optimism", "Weight of optimism", Unit.RATIO)
hype_weight_staleness = _assumption("hype_weight_staleness", "Weight of staleness", Unit.RATIO)
hype_weight_runup = _assumption("hype_weight_runup", "Weight of the run-up", Unit.RATIO)
hype_weight_launch = _assumption("hype_weight_launch", "Weight of the launch", Unit.RATIO)
hype_switch_optimism = _assumption("hype_switch_optimism", "Deduct optimism", Unit.FLAG)
hype_switch_staleness = _assumption("hype_switch_staleness", "Deduct staleness", Unit.FLAG)
hype_switch_runup = _assumption("hype_switch_runup", "Deduct the run-up", Unit.FLAG)
hype_switch_launch = _assumption("hype_switch_launch", "Deduct launch overpricing", Unit.FLAG)
stance_min_skew = _assumption("stance_min_skew", "Skew needed to buy", Unit.NUMBER)
stance_max_skew = _assumption("stance_max_skew", "Skew that allows a short", Unit.NUMBER)
launch_market_share = _assumption("launch_market_share", "Market share", Unit.RATIO)
launch_share_ramp = _assumption("launch_share_ramp", "Years to reach it", Unit.YEARS)
launch_margin_hardware = _assumption("launch_margin_hardware", "Hardware margin", Unit.RATIO)
launch_margin_ecosystem = _assumption("launch_margin_ecosystem", "Ecosystem margin", Unit.RATIO)
launch_tax = _assumption("launch_tax", "Tax", Unit.RATIO)
launch_discount_rate = _assumption("launch_discount_rate", "Discount rate", Unit.RATIO)
launch_success_probability = _assumption(
    "launch_success_probability", "Probability of success", Unit.RATIO
)
launch_price_mix = _assumption("launch_price_mix", "Share of units", Unit.RATIO, VARIANT)
variant_id = given("company.launch.variant[{variant}]", "Variant", Unit.TEXT, VARIANT)

# Every one, as the Inputs tab lists them
ASSUMPTIONS = (
    probability,
    base_stated,
    growth,
    multiple,
    conglomerate_discount,
    investment_haircut,
    eps_growth,
    pe_assumed,
    peer_pe_discount,
    cost_of_equity,
    terminal_growth,
    growth_half_life,
    fade_years,
    dividend_stated,
    cash_conversion,
    weight_sotp,
    weight_pe,
    benchmark_beta,
    hype_optimism_rate,
    hype_target_half_life,
    hype_max_target_age,
    hype_runup_share,
    hype_runup_cap,
    hype_launch_share,
    hype_launch_cap,
    hype_max_haircut,
    hype_allowance_rate,
    hype_weight_optimism,
    hype_weight_staleness,
    hype_weight_runup,
    hype_weight_launch,
    hype_switch_optimism,
    hype_switch_staleness,
    hype_switch_runup,
    hype_switch_launch,
    stance_min_skew,
    stance_max_skew,
    launch_market_share,
    launch_share_ramp,
    launch_margin_hardware,
    launch_margin_ecosystem,
    launch_tax,
    launch_discount_rate,
    launch_success_probability,
    launch_price_mix,
)
