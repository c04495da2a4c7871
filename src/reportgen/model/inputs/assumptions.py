"""The assumptions of the house: of the scenarios, the methods, hype, stance and launch.

What each is called, its unit and its bounds stand in the catalogue of `facts`.
"""

from __future__ import annotations

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import BY_KEY, CATALOGUE, Family, Group
from reportgen.model.dims import SEGMENT, VARIANT
from reportgen.model.words import Entry, assumption, given

probability = assumption("probability")
base_stated = assumption("base_metric")
base_currency = given(
    "company.segment[{segment}].currency",
    "Currency of the base metric",
    Unit.TEXT,
    SEGMENT,
    family=Family.FUNDAMENTALS,
)
growth = assumption("growth")
level_stated = assumption("metric_12m")
level_currency = given(
    "company.segment[{segment}].level_currency",
    "Currency of the metric in 12 months",
    Unit.TEXT,
    SEGMENT,
    family=Family.FUNDAMENTALS,
)
multiple = assumption("multiple")
conglomerate_discount = assumption("conglomerate_discount")
investment_haircut = assumption("investment_haircut")
eps_growth = assumption("eps_growth")
eps_level_stated = assumption("eps_12m")
eps_level_currency = given("company.eps_currency", "Currency of the EPS in 12 months", Unit.TEXT)
pe_assumed = assumption("pe_multiple")
peer_pe_discount = assumption("peer_pe_discount")
ebitda_growth = assumption("ebitda_growth")
ev_ebitda_multiple = assumption("ev_ebitda_multiple")
book_growth = assumption("book_growth")
pb_multiple = assumption("pb_multiple")
cost_of_equity = assumption("cost_of_equity")
terminal_growth = assumption("terminal_growth")
growth_half_life = assumption("growth_half_life")
fade_years = assumption("fade_years")
dividend_stated = assumption("dividend")
dividend_currency = given("company.dividend_currency", "Currency of the dividend", Unit.TEXT)
cash_conversion = assumption("cash_conversion")
weight_sotp = assumption("weight_sotp")
weight_pe = assumption("weight_pe")
weight_ev_ebitda = assumption("weight_ev_ebitda")
weight_pb = assumption("weight_pb")
benchmark_beta = assumption("benchmark_beta")
hype_optimism_rate = assumption("hype_optimism_rate")
hype_target_half_life = assumption("hype_target_half_life")
hype_max_target_age = assumption("hype_max_target_age")
hype_runup_share = assumption("hype_runup_share")
hype_runup_cap = assumption("hype_runup_cap")
hype_launch_share = assumption("hype_launch_share")
hype_launch_cap = assumption("hype_launch_cap")
hype_max_haircut = assumption("hype_max_haircut")
hype_allowance_rate = assumption("hype_allowance_rate")
hype_weight_optimism = assumption("hype_weight_optimism")
hype_weight_staleness = assumption("hype_weight_staleness")
hype_weight_runup = assumption("hype_weight_runup")
hype_weight_launch = assumption("hype_weight_launch")
hype_switch_optimism = assumption("hype_switch_optimism")
hype_switch_staleness = assumption("hype_switch_staleness")
hype_switch_runup = assumption("hype_switch_runup")
hype_switch_launch = assumption("hype_switch_launch")
stance_min_skew = assumption("stance_min_skew")
stance_max_skew = assumption("stance_max_skew")
launch_market_share = assumption("launch_market_share")
launch_share_ramp = assumption("launch_share_ramp")
launch_margin_hardware = assumption("launch_margin_hardware")
launch_margin_ecosystem = assumption("launch_margin_ecosystem")
launch_tax = assumption("launch_tax")
launch_discount_rate = assumption("launch_discount_rate")
launch_success_probability = assumption("launch_success_probability")
launch_price_mix = assumption("launch_price_mix")
variant_id = given(
    "company.launch.variant[{variant}]", "Variant", Unit.TEXT, VARIANT, family=Family.LAUNCH
)

# All of them, in the order of the catalogue
ASSUMPTIONS = tuple(assumption(key) for key in BY_KEY)


def inputs_of(*groups: Group) -> tuple[Entry, ...]:
    """Return the inputs of some groups of the catalogue, in its order."""
    return tuple(assumption(entry.key) for entry in CATALOGUE if entry.group in groups)
