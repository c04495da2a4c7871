"""Value at stake: how far the expected value moves with each thing it rests on.

An input is moved up and down by the shock of the policy; what rests on a single document is also
taken away. The things moved are those that the valuation reads: assumptions, the chosen facts,
the newest balance, each quarter's earnings, the exchange rate.
"""

from reportgen.model.whatif.stakes import moves, ranking, removals, rests_on

# In the order of calculation
MODULES = (rests_on, moves, removals, ranking)
