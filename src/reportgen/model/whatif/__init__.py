"""What-ifs on the one model: ranges, grids, value at stake, alternatives, bridges.

Each module has its lines at module level and a function that adds what depends on the company:
members, what-ifs and given labels.
"""

from reportgen.model.whatif import alternatives, bridges, grids, hype_range, stakes, without
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    hype_range.low,
    hype_range.high,
    bridges.label,
    bridges.number,
    bridges.ordering,
    grids.segment_number,
    grids.chosen_name,
    grids.growth_axis,
    grids.multiple_axis,
    grids.eps_growth_axis,
    grids.pe_axis,
    without.is_approximate,
    without.price_without,
    without.weighed,
    stakes.LINES,
    alternatives.topic,
    alternatives.option,
    alternatives.code,
    alternatives.values,
    alternatives.hype_adjusted,
    alternatives.consensus_then,
    alternatives.expected_change,
)
