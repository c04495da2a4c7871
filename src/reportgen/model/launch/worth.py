"""The launch per share: its value, what it was overpaid by, and the share that would justify it."""

from __future__ import annotations

from reportgen.expr.functions import equal, known, maximum, where
from reportgen.expr.nodes import Unit
from reportgen.model.fundamentals.balance import ads_diluted
from reportgen.model.inputs.assumptions import launch_market_share, launch_success_probability
from reportgen.model.launch.announcement import applies, gain
from reportgen.model.launch.present_value import pv_bottom_up, pv_top_down
from reportgen.model.words import control, line, or_zero

market_choice = control(
    "launch_market", "Market: 1 top-down, 2 bottom-up, blank = method", Unit.COUNT
)
per_share_top_down = line(
    "launch.per_share_top_down",
    "Expected value, top-down",
    Unit.PER_SHARE,
    launch_success_probability * pv_top_down / ads_diluted,
)
value = line(
    "launch.value",
    "Launch value, base",
    Unit.PER_SHARE,
    where(
        or_zero(market_choice) > 1,
        launch_success_probability * pv_bottom_up / ads_diluted,
        per_share_top_down,
    ),
)
value_bull = line(
    "launch.value_bull",
    "Launch value, bull",
    Unit.PER_SHARE,
    where(
        equal(or_zero(market_choice), 1) | ~known(pv_bottom_up),
        pv_top_down / ads_diluted,
        pv_bottom_up / ads_diluted,
    ),
)
overpricing = line("launch.overpricing", "Overpricing", Unit.PER_SHARE, maximum(0, gain - value))
breakeven_share = line(
    "launch.breakeven_share",
    "Break-even share of the market",
    Unit.RATIO,
    launch_market_share * gain * ads_diluted / pv_top_down,
)
verdict = line(
    "launch.verdict",
    "Verdict",
    Unit.TEXT,
    where(
        known(breakeven_share),
        where(
            breakeven_share > 1,
            "no share justifies it",
            where(
                breakeven_share > launch_market_share,
                "needs more share than assumed",
                "the share assumed justifies it",
            ),
        ),
        where(applies > 0, "cannot be judged", "no launch in the last year"),
    ),
)
