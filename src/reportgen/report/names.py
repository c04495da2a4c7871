"""Columns that are looked up all over the workbook, and the names that formulas know them by."""

from __future__ import annotations

from reportgen.model import fundamentals
from reportgen.model.evidence import claims, products
from reportgen.model.inputs import conversion, market_data, sources
from reportgen.model.whatif import value_at_stake

# A name stands for the whole column, follows inserted rows and keeps formulas readable.
RANGE_NAMES = {
    market_data.close_date: "close_dates",
    market_data.close: "closes",
    market_data.benchmark_date: "benchmark_dates",
    market_data.benchmark_close: "benchmark_closes",
    market_data.estimate_date: "estimate_dates",
    market_data.estimate_value: "estimate_values",
    conversion.currency_code: "currency_codes",
    conversion.currency_number: "currency_numbers",
    conversion.cross: "currency_rates",
    conversion.measure: "unit_names",
    conversion.measure_number: "unit_numbers",
    conversion.measure_divisor: "unit_divisors",
    conversion.measure_millions: "unit_millions",
    sources.source_id: "source_ids",
    sources.source_number: "source_numbers",
    sources.source_reliability: "source_reliabilities",
    sources.source_group: "source_groups",
    sources.source_tier: "source_tiers",
    fundamentals.series: "reported_series",
    fundamentals.newest_value: "reported_newest",
    fundamentals.newest_yoy: "reported_newest_yoy",
    fundamentals.in_price_currency: "reported_values",
    fundamentals.yoy: "reported_yoy",
    claims.fact_id: "fact_ids",
    claims.fact_number: "fact_numbers",
    claims.facts.value: "fact_values",
    products.offer_id: "offer_ids",
    products.offer_number: "offer_numbers",
    products.offers.value: "offer_values",
    value_at_stake.key: "stake_keys",
    value_at_stake.row: "stake_rows",
    value_at_stake.rank: "stake_ranks",
    value_at_stake.weak_rank: "stake_weak_ranks",
    value_at_stake.at_stake: "stake_sizes",
}
