"""What to do, and at which price; the stance never reads the hype-adjusted value."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import maximum, minimum, where
from reportgen.expr.nodes import Unit
from reportgen.model.inputs.assumptions import cost_of_equity, stance_max_skew, stance_min_skew
from reportgen.model.inputs.conversion import dividend
from reportgen.model.market import price
from reportgen.model.valuation import bear, bull, expected_value, today
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

total_return = line(
    "stance.total_return",
    "Total return expected",
    Unit.CHANGE,
    (expected_value + dividend) / price - 1,
)
excess_return = line(
    "stance.excess_return",
    "Above the cost of equity",
    Unit.CHANGE,
    total_return - cost_of_equity,
)


def _skewed(least: Line) -> Node:
    """Return the price at which the gain to bull is so many times the loss to bear, today."""
    return (today(bull) + least * today(bear)) / (1 + least)


buy_return = line(
    "stance.buy_return", "Earns the cost of equity", Unit.PER_SHARE, today(expected_value)
)
buy_skew = line(
    "stance.buy_skew",
    "Has the skew needed to buy",
    Unit.PER_SHARE,
    _skewed(stance_min_skew),
)
buy_below = line("stance.buy_below", "Buy below", Unit.PER_SHARE, minimum(buy_return, buy_skew))
short_return = line(
    "stance.short_return", "Earns nothing", Unit.PER_SHARE, expected_value + dividend
)
short_skew = line(
    "stance.short_skew",
    "Has the skew that allows a short",
    Unit.PER_SHARE,
    _skewed(stance_max_skew),
)
short_above = line(
    "stance.short_above", "Short above", Unit.PER_SHARE, maximum(short_return, short_skew)
)
view = line(
    "stance.view",
    "Stance, before readiness",
    Unit.TEXT,
    where(price <= buy_below, "LONG", where(price > short_above, "SHORT", "NO POSITION")),
)
