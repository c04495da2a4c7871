"""What-ifs on the one model: ranges, grids, value at stake, alternatives, bridges.

Each module has its lines at module level and a function that adds what depends on the company:
members, what-ifs and given labels.
"""

from reportgen.model.whatif import (
    alternatives,
    bridges,
    grids,
    hype_range,
    remaining_prices,
    removals,
    value_at_stake,
)
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    hype_range.low,
    hype_range.high,
    bridges.label,
    bridges.number,
    bridges.ordering,
    grids.segment_choice,
    grids.segment_number,
    grids.chosen_name,
    grids.growth_axis,
    grids.multiple_axis,
    grids.eps_growth_axis,
    grids.pe_axis,
    remaining_prices.is_approximate,
    remaining_prices.price_without,
    remaining_prices.weighed,
    value_at_stake.shares_weak,
    value_at_stake.net_cash_weak,
    value_at_stake.investments_weak,
    value_at_stake.book_value_weak,
    value_at_stake.eps_weak,
    value_at_stake.ebitda_weak,
    value_at_stake.base_weak,
    value_at_stake.peer_pe_weak,
    value_at_stake.first_size_weak,
    value_at_stake.last_size_weak,
    value_at_stake.units_weak,
    value_at_stake.variant_weak,
    removals.removal_key,
    removals.removal_label,
    removals.removal_of,
    removals.removal_change,
    value_at_stake.top_label,
    value_at_stake.top_key,
    value_at_stake.top_size,
    value_at_stake.top_share,
    value_at_stake.top_weak,
    alternatives.topic,
    alternatives.option,
    alternatives.code,
    alternatives.values,
    alternatives.hype_adjusted,
    alternatives.consensus_then,
    alternatives.expected_change,
)
