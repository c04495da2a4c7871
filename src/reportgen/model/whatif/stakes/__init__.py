"""Value at stake: how far the expected value moves with each thing it rests on.

An input is moved up and down by the shock of the policy; what rests on a single document is also
taken away. The things moved are those that the valuation reads: assumptions, the chosen facts,
the newest balance, each quarter's earnings, the exchange rate.
"""

from reportgen.model.whatif.stakes import ranking, removals, rests_on
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    rests_on.ads_weak,
    rests_on.net_cash_weak,
    rests_on.investments_weak,
    rests_on.quarter_weak,
    rests_on.peer_pe_weak,
    rests_on.first_size_weak,
    rests_on.last_size_weak,
    rests_on.units_weak,
    rests_on.variant_weak,
    removals.removal_key,
    removals.removal_label,
    removals.removal_of,
    removals.removal_change,
    ranking.top_label,
    ranking.top_key,
    ranking.top_size,
    ranking.top_share,
    ranking.top_weak,
)
