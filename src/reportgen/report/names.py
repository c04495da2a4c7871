"""Columns that are looked up all over the workbook, and the names that formulas know them by."""

from __future__ import annotations

from reportgen.model import inputs
from reportgen.model.evidence import claims, products
from reportgen.model.fundamentals import reported
from reportgen.model.whatif import stakes

# A name stands for the whole column, follows inserted rows and keeps formulas readable.
RANGE_NAMES = {
    inputs.close_date: "close_dates",
    inputs.close: "closes",
    inputs.benchmark_date: "benchmark_dates",
    inputs.benchmark_close: "benchmark_closes",
    inputs.estimate_date: "estimate_dates",
    inputs.estimate_value: "estimate_values",
    inputs.currency_code: "currency_codes",
    inputs.currency_number: "currency_numbers",
    inputs.cross: "currency_rates",
    inputs.measure: "unit_names",
    inputs.measure_number: "unit_numbers",
    inputs.measure_divisor: "unit_divisors",
    inputs.measure_millions: "unit_millions",
    inputs.source_id: "source_ids",
    inputs.source_number: "source_numbers",
    inputs.source_reliability: "source_reliabilities",
    inputs.source_group: "source_groups",
    inputs.source_tier: "source_tiers",
    reported.series: "reported_series",
    reported.newest_value: "reported_newest",
    reported.newest_yoy: "reported_newest_yoy",
    reported.in_price_currency: "reported_values",
    reported.yoy: "reported_yoy",
    claims.fact_id: "fact_ids",
    claims.fact_number: "fact_numbers",
    claims.facts.value: "fact_values",
    products.offer_id: "offer_ids",
    products.offer_number: "offer_numbers",
    products.offers.value: "offer_values",
    stakes.key: "stake_keys",
    stakes.row: "stake_rows",
    stakes.rank: "stake_ranks",
    stakes.weak_rank: "stake_weak_ranks",
    stakes.at_stake: "stake_sizes",
}
