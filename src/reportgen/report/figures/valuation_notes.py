"""What stands beside the numbers of the Valuation tab: how each came about, or why it is n/a."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, concat, count_known, date_text, known, where
from reportgen.expr.units import Unit
from reportgen.model.dims import SCENARIO
from reportgen.model.evidence import peer_pe
from reportgen.model.fundamentals import (
    ads_diluted,
    eps_four_quarters,
    eps_reference,
    g_delivered,
    investments,
    like_for_like,
    net_cash,
)
from reportgen.model.inputs import fx
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
    market_return,
    overpricing,
    pv_bottom_up,
    pv_top_down,
    units,
)
from reportgen.model.launch import value as launch_value
from reportgen.model.launch import value_bull as launch_value_bull
from reportgen.model.market import price, price_date
from reportgen.model.priced_in import (
    cash_flow_per_ads,
    g_implied,
    g_needed,
    g_two_stage,
    gap,
    implied_years,
    net_assets_per_ads,
    operating_value,
    wanted,
)
from reportgen.model.stance import buy_below, short_above, total_return
from reportgen.model.valuation import (
    ev,
    eps_12m,
    expected_value,
    house_bull_probability,
    implied_bull_probability,
    omega,
    own_pe,
    pe_12m,
    pe_multiple,
    pe_of_peers,
    raw_value,
    segments_total,
    skew,
    sotp_12m,
    sotp_today,
    upside,
    value,
)
from reportgen.model.words import line
from reportgen.report.figures.valuation import ev_at_price, market_cap

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Operand


NOTES: dict[Line, Line] = {}  # a line -> the text beside it


def _note(of: Line, says: Operand, unless: str) -> Line:
    """Declare the text beside a line: what it says, or why the number (or one of them) is n/a."""
    held = known(of) if not of.dims else count_known(of, SCENARIO) > 2
    key = f"note.{of.key.replace('{scenario}.', '')}"
    told = where(held, says, f"n/a: {unless}")
    NOTES[of] = line(key, f"{of.label}: note", Unit.TEXT, told)
    return NOTES[of]


# --- the company and its price ---
_NO_SHARES = "no diluted share count is published"
_NO_EPS = "no EPS reference"
note_price = _note(
    price, concat("close of ", date_text(price_date)), "no close in the days before as-of"
)
note_fx = _note(fx, "as-of rate, through the euro", "no rate of the reporting currency")
note_market_cap = _note(market_cap, "price x diluted shares", "no price or no share count")
note_ev_at_price = _note(
    ev_at_price,
    "market value less net cash and stakes at the base haircut",
    "market value, net cash or stakes are n/a",
)
note_eps_four = _note(
    eps_four_quarters,
    "newest four consecutive quarters, converted at the as-of rate",
    "the newest four quarters are not all published",
)
note_eps_reference = _note(
    eps_reference,
    "the sum above",
    "needs four consecutive quarters with a positive sum",
)
note_own_pe = _note(own_pe, "price / EPS reference", _NO_EPS)
note_peer_pe = _note(
    peer_pe, "harmonic mean of every P/E claim about a peer", "no P/E claim about a peer"
)
note_pe_of_peers = _note(
    pe_of_peers, "peers' P/E x (1 - discount)", "no P/E of peers or no discount"
)

# --- sum of the parts ---
note_segments_total = _note(
    segments_total,
    "sum of base metric x (1 + growth) x multiple",
    "a segment has no base metric, growth or multiple",
)
note_ev = _note(
    ev, "segments / rate x (1 - discount)", "the segments, the rate or the discount are n/a"
)
note_net_cash = _note(net_cash, "negative is net debt", "no net cash is published")
note_investments = _note(
    investments, "outside the segments, before the haircut", "no investments are published"
)
note_shares = _note(ads_diluted, "newest diluted count", _NO_SHARES)
note_sotp_today = _note(
    sotp_today,
    "(EV + net cash + stakes) / shares + launch",
    "EV, net cash, stakes or shares are n/a",
)
note_sotp_12m = _note(
    sotp_12m, "today x (1 + cost of equity) - dividend", "today's sum of the parts is n/a"
)

# --- P/E ---
note_eps_12m = _note(eps_12m, "EPS reference x (1 + growth)", _NO_EPS)
note_pe_multiple = _note(
    pe_multiple,
    where(
        at(pe_multiple, SCENARIO, "bull") < own_pe,
        "the bull multiple is below today's own P/E",
        "bull: the peers' after the discount where known or chosen",
    ),
    "no multiple is assumed or known",
)
note_pe_12m = _note(pe_12m, "EPS in 12 months x multiple", f"{_NO_EPS} or no multiple")

# --- together ---
note_raw_value = _note(
    raw_value,
    where(
        count_known(pe_12m, SCENARIO) > 2,
        where(count_known(sotp_12m, SCENARIO) > 2, "both methods, weighted", "P/E only"),
        "sum of the parts only",
    ),
    "neither method gives a value",
)
note_value = _note(
    value, "bear at most base, bull at least base: method 2", "a case has no value by any method"
)
note_upside = _note(upside, "value / price - 1", "a value or the price is n/a")
note_expected = _note(expected_value, "sum of probability x value", "the value of a case is n/a")
note_skew = _note(
    skew, "gain to bull / loss to bear", "the price is not above bear, or a value is n/a"
)
note_omega = _note(
    omega, "expected gain / expected loss", "no case lies below the price, or a value is n/a"
)
note_implied = _note(
    implied_bull_probability,
    "of bull, were bear the only other case, that makes the price fair",
    "bull equals bear, or a value is n/a",
)
note_house = _note(
    house_bull_probability,
    "the expected value as a point between bear and bull",
    "bull equals bear, or a value is n/a",
)
note_total_return = _note(
    total_return, "(expected value + dividend) / price - 1", "no expected value"
)
note_buy_below = _note(
    buy_below, "earns the cost of equity, with the skew needed to buy", "no expected value"
)
note_short_above = _note(
    short_above, "above expected value + dividend, with a skew that allows it", "no expected value"
)

# --- what is priced in ---
_NO_CASH_FLOW = "no cash flow, as there is no EPS reference"
note_net_assets = _note(
    net_assets_per_ads,
    "net cash + stakes at the base haircut, per share",
    "net cash, stakes or shares are n/a",
)
note_operating = _note(
    operating_value, "price less net cash and stakes", "the price or net assets are n/a"
)
note_cash_flow = _note(cash_flow_per_ads, "EPS reference x cash conversion", _NO_EPS)
note_g_implied = _note(g_implied, "H-model, closed form: a cross-check", _NO_CASH_FLOW)
note_g_two_stage = _note(
    g_two_stage,
    "solved by the ladder at the end of this tab",
    "no cash flow or operating value, or the root lies outside the bracket",
)
note_g_delivered = _note(
    g_delivered,
    where(known(like_for_like), "like-for-like where it is the newest", "of the segments"),
    "no growth is published",
)
note_gap = _note(gap, "two-stage less delivered", "one of the two is n/a")
note_years = _note(
    implied_years, "0 where the price needs no growth", "no such number of years: see below"
)

# --- the launch ---
_NO_LAUNCH = "no launch in the window"
note_close_before = _note(close_before, "last close before the day", f"{_NO_LAUNCH}, or no close")
note_day_return = _note(
    day_return,
    where(closed_on_day > 0, "from the closes", "as claimed: the day has no close"),
    f"{_NO_LAUNCH}, or neither a close nor a claim",
)
note_claimed_return = _note(claimed_return, "chosen on Evidence", "no claim about the day")
note_market_return = _note(market_return, "of the same day", f"{_NO_LAUNCH}, or no benchmark")
note_abnormal = _note(
    abnormal_return, "return - beta x the benchmark's", "a return or beta is n/a"
)
note_gain = _note(gain, "one day against one benchmark: weak", "a return or close is n/a")
note_cagr = _note(cagr, "between first and last year", "fewer than two years of market size")
note_units = _note(units, "claimed for model year 1", "no unit forecast for model year 1")
note_average_price = _note(
    average_price, "share of units x price", "no launch, or a variant has no price"
)
note_pv_top_down = _note(
    pv_top_down, "market of year 1 x present value of a market of 1", "no market size"
)
note_pv_bottom_up = _note(
    pv_bottom_up, "the same, from units and prices", "no units, prices or market growth"
)
note_launch_value = _note(
    launch_value,
    "probability of success x present value / shares",
    where(applies > 0, "an input of the launch", "no launch"),
)
