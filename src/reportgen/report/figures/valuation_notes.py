"""Beside the numbers of the valuation: how each came about or, where it is n/a, why."""

from __future__ import annotations

from reportgen.expr.functions import concat, count_known, date_text, where
from reportgen.model.dims import SCENARIO
from reportgen.model.evidence.claims import peer_pe
from reportgen.model.fundamentals import (
    ads_diluted,
    eps_four_quarters,
    eps_reference,
    investments,
    net_cash,
    results_published,
)
from reportgen.model.inputs.conversion import dividend, fx
from reportgen.model.market import price, price_date
from reportgen.model.stance import buy_below, short_above, total_return, view
from reportgen.model.valuation import (
    eps_12m,
    ev,
    expected_upside,
    expected_value,
    gain_part,
    house_bull_probability,
    implied_bull_probability,
    loss_part,
    omega,
    own_pe,
    pe_12m,
    pe_multiple,
    pe_of_peers,
    raw_value,
    scenario_probability,
    segments_total,
    skew,
    sotp_12m,
    sotp_today,
    stakes,
    upside,
    value,
    weighted_value,
)
from reportgen.report.figures.notes import TWO_CASES, note
from reportgen.report.figures.valuation import (
    ev_at_price,
    ev_per_share,
    market_cap,
    net_cash_per_share,
    stakes_per_share,
)

# --- the company and its price ---
_NO_SHARES = "no diluted share count is published"
_NO_EPS = "no EPS reference"
note_price = note(
    price, concat("close of ", date_text(price_date)), "no close in the days before as-of"
)
note_price_date = note(price_date, "Prices & targets", "no close on or before as-of")
note_fx = note(fx, "as-of rate, through the euro", "no rate of the reporting currency")
note_market_cap = note(market_cap, "price x diluted shares", "no price or no share count")
note_ev_at_price = note(
    ev_at_price,
    "market value less net cash and stakes at the base haircut",
    "market value, net cash or stakes are n/a",
)
note_eps_four = note(
    eps_four_quarters,
    "newest four consecutive quarters, converted at the as-of rate",
    "the newest four quarters are not all published",
)
note_eps_reference = note(
    eps_reference,
    "sum of the four quarters",
    "needs four consecutive quarters with a positive sum",
)
note_own_pe = note(own_pe, "price / EPS reference", _NO_EPS)
note_peer_pe = note(
    peer_pe, "harmonic mean of every P/E claim about a peer", "no P/E claim about a peer"
)
note_pe_of_peers = note(
    pe_of_peers, "peers' P/E x (1 - discount)", "no P/E of peers or no discount"
)

# --- sum of the parts ---
note_segments_total = note(
    segments_total,
    "sum of base metric x (1 + growth) x multiple",
    "a segment has no base metric, growth or multiple",
)
note_ev = note(
    ev, "segments / rate x (1 - discount)", "the segments, the rate or the discount are n/a"
)
note_net_cash = note(net_cash, "negative is net debt", "no net cash is published")
note_investments = note(
    investments, "outside the segments, before the haircut", "no investments are published"
)
note_stakes = note(
    stakes, "0 where stakes are left out on Evidence", "no investments are published"
)
note_shares = note(ads_diluted, "newest diluted count", _NO_SHARES)
note_ev_per_share = note(ev_per_share, "EV / shares", "EV or shares are n/a")
note_cash_per_share = note(net_cash_per_share, "net cash / shares", "net cash or shares are n/a")
note_stakes_per_share = note(
    stakes_per_share, "stakes after the haircut / shares", "stakes or shares are n/a"
)
note_results = note(results_published, "of any figure", "nothing is published")
note_sotp_today = note(
    sotp_today,
    "(EV + net cash + stakes) / shares + launch",
    "EV, net cash, stakes or shares are n/a",
)
note_dividend = note(dividend, "Inputs, converted at the as-of rate", "not given on Inputs")
note_sotp_12m = note(
    sotp_12m, "today x (1 + cost of equity) - dividend", "today's sum of the parts is n/a"
)

# --- P/E ---
note_eps_12m = note(eps_12m, "EPS reference x (1 + growth)", _NO_EPS)
note_pe_multiple = note(
    pe_multiple,
    "bull: the peers' after the discount, where known or chosen",
    "no multiple is assumed or known",
)
note_pe_12m = note(pe_12m, "EPS in 12 months x multiple", f"{_NO_EPS} or no multiple")

# --- together ---
note_raw_value = note(
    raw_value,
    where(
        count_known(pe_12m, SCENARIO) > TWO_CASES,
        where(count_known(sotp_12m, SCENARIO) > TWO_CASES, "both methods, weighted", "P/E only"),
        "sum of the parts only",
    ),
    "neither method gives a value",
)
note_value = note(
    value, "bear at most base, bull at least base: method 2", "a case has no value by any method"
)
note_upside = note(upside, "value / price - 1", "a value or the price is n/a")
note_expected_upside = note(
    expected_upside, "expected value / price - 1", "no expected value or no price"
)
note_expected = note(expected_value, "sum of probability x value", "the value of a case is n/a")
note_skew = note(
    skew, "gain to bull / loss to bear", "the price is not above bear, or a value is n/a"
)
note_probability = note(scenario_probability, "Inputs", "not given on Inputs")
note_weighted = note(
    weighted_value, "the three make up the expected value", "the value of a case is n/a"
)
note_gain = note(gain_part, "0 below the price", "the price or the value of a case is n/a")
note_loss = note(loss_part, "0 above the price", "the price or the value of a case is n/a")
note_omega = note(
    omega, "expected gain / expected loss", "no case lies below the price, or a value is n/a"
)
note_implied = note(
    implied_bull_probability,
    "of bull, were bear the only other case, that makes the price fair",
    "bull equals bear, or a value is n/a",
)
note_house = note(
    house_bull_probability,
    "the expected value as a point between bear and bull",
    "bull equals bear, or a value is n/a",
)
note_total_return = note(
    total_return, "(expected value + dividend) / price - 1", "no expected value"
)
note_buy_below = note(
    buy_below, "earns the cost of equity, with the skew needed to buy", "no expected value"
)
note_short_above = note(
    short_above, "above expected value + dividend, with a skew that allows it", "no expected value"
)
note_view = note(
    view, "before readiness, which can block it", "a value, the price or the dividend is n/a"
)
