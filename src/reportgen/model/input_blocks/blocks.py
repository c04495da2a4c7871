"""The blocks: inputs counted together, few enough for one formula."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.model import fundamentals
from reportgen.model.input_blocks.row_by_row import (
    claim_filled,
    growth_filled,
    multiple_filled,
    product_filled,
    target_filled,
    target_rest,
)
from reportgen.model.inputs import assumptions as a
from reportgen.model.inputs import conversion, description, market_data

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line


class Block(NamedTuple):
    """Inputs counted together: few enough for one formula."""

    key: str
    title: str
    cells: tuple[Line, ...]


BLOCKS = (
    Block(
        "company",
        "Company",
        (description.as_of, description.ordinary_per_ads, description.launch_date),
    ),
    Block(
        "currencies",
        "Currencies",
        (description.price_currency, description.reporting_currency, a.dividend_currency),
    ),
    Block(
        "scenarios",
        "Scenarios",
        (a.probability, a.conglomerate_discount, a.investment_haircut, a.eps_growth),
    ),
    Block("multiples", "Multiples of the scenarios", (a.pe_assumed, a.peer_pe_discount)),
    Block("segments", "Segments", (description.segment_id, a.base_currency, a.base_stated)),
    Block("segment_growth", "Growth of the segments", (growth_filled,)),
    Block("segment_multiples", "Multiples of the segments", (multiple_filled,)),
    Block(
        "returns",
        "Return, growth and fade",
        (a.cost_of_equity, a.terminal_growth, a.growth_half_life, a.fade_years),
    ),
    Block(
        "methods",
        "Dividend, cash and weights of the methods",
        (a.dividend_stated, a.cash_conversion, a.weight_sotp, a.weight_pe, a.benchmark_beta),
    ),
    Block(
        "hype_rates",
        "Rates of the hype adjustment",
        (
            a.hype_optimism_rate,
            a.hype_target_half_life,
            a.hype_max_target_age,
            a.hype_runup_share,
            a.hype_launch_share,
            a.hype_allowance_rate,
        ),
    ),
    Block(
        "hype_caps",
        "Caps of the hype adjustment",
        (a.hype_runup_cap, a.hype_launch_cap, a.hype_max_haircut),
    ),
    Block(
        "hype_switches",
        "Switches of the hype adjustment",
        (
            a.hype_switch_optimism,
            a.hype_switch_staleness,
            a.hype_switch_runup,
            a.hype_switch_launch,
        ),
    ),
    Block(
        "hype_weights",
        "Weights of the hype adjustment, stance",
        (
            a.hype_weight_optimism,
            a.hype_weight_staleness,
            a.hype_weight_runup,
            a.hype_weight_launch,
            a.stance_min_skew,
            a.stance_max_skew,
        ),
    ),
    Block(
        "launch_market",
        "Launch: share of the market and of units",
        (a.launch_market_share, a.launch_share_ramp, a.variant_id, a.launch_price_mix),
    ),
    Block(
        "launch_profit",
        "Launch: margins, tax, discount rate, success",
        (
            a.launch_margin_hardware,
            a.launch_margin_ecosystem,
            a.launch_tax,
            a.launch_discount_rate,
            a.launch_success_probability,
        ),
    ),
    Block("exchange_rates", "Exchange rates", (conversion.currency_code, conversion.per_euro)),
    Block("closes", "Closes", (market_data.close_date, market_data.close)),
    Block(
        "benchmark", "Benchmark closes", (market_data.benchmark_date, market_data.benchmark_close)
    ),
    Block(
        "estimates",
        "Consensus earnings",
        (market_data.estimate_date, market_data.estimate, market_data.estimate_currency),
    ),
    Block("results", "Results: figures", (fundamentals.value, fundamentals.yoy)),
    Block(
        "result_rows",
        "Results: what they are",
        (fundamentals.period_end, fundamentals.published, fundamentals.metric),
    ),
    Block("targets", "Price targets", (target_filled, target_rest)),
    Block("claims", "Claims", (claim_filled,)),
    Block("products", "Product prices", (product_filled,)),
)
