"""What to do, and at which price; the stance never reads the hype-adjusted value."""

from __future__ import annotations

from reportgen.expr.functions import maximum, minimum, where
from reportgen.expr.nodes import Unit
from reportgen.model.inputs.assumptions import cost_of_equity, stance_max_skew, stance_min_skew
from reportgen.model.inputs.conversion import dividend
from reportgen.model.market import price
from reportgen.model.valuation import bear, bull, expected_value
from reportgen.model.words import line

total_return = line(
    "stance.total_return",
    "Total return expected",
    Unit.CHANGE,
    (expected_value + dividend) / price - 1,
)
buy_below = line(
    "stance.buy_below",
    "Buy below",
    Unit.PER_SHARE,
    minimum(
        (expected_value + dividend) / (1 + cost_of_equity),
        (bull + stance_min_skew * bear) / (1 + stance_min_skew),
    ),
)
short_above = line(
    "stance.short_above",
    "Short above",
    Unit.PER_SHARE,
    maximum(
        expected_value + dividend,
        (bull + stance_max_skew * bear) / (1 + stance_max_skew),
    ),
)
view = line(
    "stance.view",
    "Stance, before readiness",
    Unit.TEXT,
    where(price <= buy_below, "LONG", where(price > short_above, "SHORT", "NO POSITION")),
)
