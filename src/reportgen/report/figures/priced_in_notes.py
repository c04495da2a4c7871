"""Beside what is priced in and the launch: how each number came about or, where n/a, why."""

from __future__ import annotations

from reportgen.expr.functions import given_text, known, where
from reportgen.expr.units import Unit
from reportgen.model.fundamentals import (
    g_delivered,
    like_for_like,
    like_for_like_end,
    segments_end,
)
from reportgen.model.inputs import launch_name
from reportgen.model.launch import (
    abnormal_return,
    applies,
    average_price,
    breakeven_share,
    cagr,
    claimed_return,
    close_before,
    closed_on_day,
    day_return,
    gain,
    market_ratio,
    market_return,
    overpricing,
    pv_bottom_up,
    pv_top_down,
    units,
    value,
    value_bull,
)
from reportgen.model.priced_in import (
    cash_flow_per_ads,
    g_implied,
    g_needed,
    g_two_stage,
    gap,
    implied_years,
    multiple_paid,
    net_assets_per_ads,
    operating_value,
    target_value,
    wanted,
    years_annuity,
    years_ratio,
    years_raw,
)
from reportgen.model.words import line, or_zero
from reportgen.report.figures.notes import note

# --- what is priced in ---
_NO_CASH_FLOW = "no cash flow, as there is no EPS reference"
note_net_assets = note(
    net_assets_per_ads,
    "net cash + stakes at the base haircut, per share",
    "net cash, stakes or shares are n/a",
)
note_operating = note(
    operating_value, "price less net cash and stakes", "the price or net assets are n/a"
)
note_cash_flow = note(cash_flow_per_ads, "EPS reference x cash conversion", "no EPS reference")
note_g_implied = note(g_implied, "H-model, closed form: a cross-check", _NO_CASH_FLOW)
note_g_two_stage = note(
    g_two_stage,
    "solved by the ladder at the end of this tab",
    "no cash flow or operating value, or the root lies outside the bracket",
)
note_g_delivered = note(
    g_delivered,
    where(
        known(like_for_like) & (or_zero(like_for_like_end) >= or_zero(segments_end)),
        "like-for-like growth of the group",
        "growth of the segments' revenue",
    ),
    "no growth is published",
)
note_gap = note(gap, "two-stage less delivered", "one of the two is n/a")
note_multiple_paid = note(
    multiple_paid, "operating value / cash flow", "operating value or cash flow is n/a"
)
note_years_ratio = note(
    years_ratio, "q = (1 + delivered growth) / (1 + cost of equity)", "no growth is published"
)
note_years_annuity = note(years_annuity, "the same growth for ever", "q is n/a or 1")
note_years_raw = note(
    years_raw, "solved in closed form for the multiple paid", "a part is n/a, or no logarithm"
)
note_years = note(
    implied_years, "0 where the price needs no growth", "no such number of years: see below"
)

# --- the launch ---
_NO_LAUNCH = "no launch in the window"
note_applies = note(
    applies,
    where(given_text(launch_name), launch_name, "no launch is named for the company"),
    "the day is not known",
)
note_close_before = note(close_before, "last close before the day", f"{_NO_LAUNCH}, or no close")
note_day_return = note(
    day_return,
    where(closed_on_day > 0, "from the closes", "as claimed: the day has no close"),
    f"{_NO_LAUNCH}, or neither a close nor a claim",
)
note_claimed_return = note(claimed_return, "chosen on Evidence", "no claim about the day")
note_market_return = note(market_return, "of the same day", f"{_NO_LAUNCH}, or no benchmark")
note_abnormal = note(abnormal_return, "return - beta x the benchmark's", "a return or beta is n/a")
note_gain = note(gain, "one day against one benchmark: weak", "a return or close is n/a")
note_cagr = note(cagr, "between first and last year", "fewer than two years of market size")
note_units = note(units, "claimed for model year 1", "no unit forecast for model year 1")
note_average_price = note(
    average_price, "share of units x price", "no launch, or a variant has no price"
)
note_pv_top_down = note(
    pv_top_down, "market of year 1 x present value of a market of 1", "no market size"
)
note_pv_bottom_up = note(
    pv_bottom_up, "the same, from units and prices", "no units, prices or market growth"
)
note_launch_value = note(
    value,
    "probability of success x present value / shares",
    "no launch, or one of its inputs is n/a",
)
note_value_bull = note(
    value_bull,
    "bottom-up present value / shares, top-down if that is n/a",
    "no launch, or one of its inputs is n/a",
)
note_market_ratio = note(
    market_ratio,
    "two different estimates: shown, not averaged",
    "one of the two is n/a",
)
note_overpricing = note(
    overpricing, "what the market paid less the value, at least 0", "the gain or value is n/a"
)
note_breakeven = note(
    breakeven_share, "share of the market that justifies the gain", "the gain or value is n/a"
)
note_g_needed = line(
    "note.g_needed[{growth_case}]",
    "Growth needed: note",
    Unit.TEXT,
    where(
        known(g_needed),
        "solved by the ladder",
        where(
            known(wanted),
            where(
                known(cash_flow_per_ads),
                where(wanted > 0, "n/a: outside the bracket", "n/a: net assets exceed it"),
                "n/a: no cash flow",
            ),
            where(known(target_value), "n/a: net assets are n/a", "n/a: no such value"),
        ),
    ),
)
