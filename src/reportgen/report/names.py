"""Columns that are looked up all over the workbook, and the names that formulas know them by."""

from __future__ import annotations

from reportgen.model import evidence, fundamentals, inputs
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
    fundamentals.series: "reported_series",
    fundamentals.newest_value: "reported_newest",
    fundamentals.newest_yoy: "reported_newest_yoy",
    fundamentals.in_price_currency: "reported_values",
    fundamentals.yoy: "reported_yoy",
    evidence.fact_id: "fact_ids",
    evidence.fact_number: "fact_numbers",
    evidence.facts.value: "fact_values",
    evidence.offer_id: "offer_ids",
    evidence.offer_number: "offer_numbers",
    evidence.offers.value: "offer_values",
    stakes.key: "stake_keys",
    stakes.row: "stake_rows",
    stakes.rank: "stake_ranks",
    stakes.weak_rank: "stake_weak_ranks",
    stakes.at_stake: "stake_sizes",
}
