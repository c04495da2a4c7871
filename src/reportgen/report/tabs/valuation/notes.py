"""The text beside the numbers of Valuation: how each came about or, where it is n/a, why."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    at,
    concat,
    count_known,
    date_text,
    given_text,
    known,
    same,
    where,
)
from reportgen.expr.nodes import Line, Unit
from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model.checks import differences
from reportgen.model.delivered_growth import (
    free_cash_flow,
    g_delivered_earnings,
)
from reportgen.model.dims import BRIDGE_CASE, BRIDGE_CASES, SCENARIO
from reportgen.model.fundamentals import (
    book_value,
    investments,
    net_cash,
    results_published,
    shares_diluted,
)
from reportgen.model.inputs.conversion import dividend, eps_level_typed, fx
from reportgen.model.inputs.description import launch_name
from reportgen.model.market import price, price_date
from reportgen.model.peers import peer_pe
from reportgen.model.stance import (
    buy_below,
    buy_return,
    buy_skew,
    excess_return,
    short_above,
    short_return,
    short_skew,
    total_return,
    view,
)
from reportgen.model.twelve_months import eps_growth_ttm, eps_reference
from reportgen.model.valuation import (
    book_12m,
    book_per_share,
    ebitda_12m,
    ebitda_ttm,
    eps_12m,
    ev,
    ev_ebitda_12m,
    ev_ebitda_unfloored,
    expected_upside,
    expected_value,
    gain_part,
    house_bull_probability,
    implied_bull_probability,
    loss_part,
    omega,
    own_pe,
    pb_12m,
    pb_unfloored,
    pe_12m,
    pe_multiple,
    pe_of_peers,
    pe_unfloored,
    present_value,
    raw_value,
    scenario_probability,
    segments_gain,
    segments_total,
    skew,
    sotp_12m,
    sotp_today,
    sotp_unfloored,
    stakes,
    unfloored_value,
    upside,
    value,
    weight_used,
    weighted_value,
)
from reportgen.model.whatif import bridges
from reportgen.model.words import line
from reportgen.report.tabs.valuation.lines import (
    ev_at_price,
    ev_per_share,
    market_cap,
    net_cash_per_share,
    stakes_per_share,
)
from reportgen.values import NOT_AVAILABLE

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node, Operand


TWO_CASES = 2  # more than two of three cases are all of them


@dataclass(frozen=True, eq=False, slots=True)
class Note(Line):
    """The text that stands beside the line `of`."""

    of: Line = field(kw_only=True)


def note(of: Line, says: Operand, unless: str) -> Note:
    """Declare the text beside a line of one number or of three cases.

    It says `says` where every number is known, else that and why one is n/a.
    """
    held = count_known(of, SCENARIO) > TWO_CASES if of.dims else known(of)
    if of.unit is Unit.TEXT:
        held = ~same(of, NOT_AVAILABLE)
    key = f"note.{of.key.replace('{scenario}', 'case')}"
    text = line(key, f"{of.label}: note", Unit.TEXT, where(held, says, f"n/a: {unless}"))
    return Note(text.key, text.label, text.unit, text.dims, text.expr, of=of)


# --- the company and its price ---
_NO_SHARES = "no diluted share count is published"
_NO_EPS = "no EPS reference"
price_date_words = line(
    "price.date.words", "Day of the close, in words", Unit.TEXT, date_text(price_date)
)
note_price = note(price, concat("close of ", price_date_words), "no close in the days before as-of")
note_price_date = note(price_date, "Prices & targets", "no close on or before as-of")
note_fx = note(fx, "as-of rate, through the euro", "no rate of the reporting currency")
note_market_cap = note(market_cap, "price x diluted shares", "no price or no share count")
note_ev_at_price = note(
    ev_at_price,
    "market value - net cash - stakes at the base haircut",
    "market value, net cash or stakes are n/a",
)
note_eps_reference = note(
    eps_reference,
    "twelve months of EPS, at the as-of rate",
    "the periods known make no twelve months of EPS",
)
note_eps_growth = note(
    eps_growth_ttm,
    "twelve months on the twelve before",
    "no year before is known, or it was not positive",
)
note_ebitda = note(
    ebitda_ttm, "twelve months as reported", "the periods known make no twelve months of EBITDA"
)
note_book = note(book_value, "newest", "no book value is published")
note_own_pe = note(own_pe, "price / EPS reference", _NO_EPS)
note_peer_pe = note(
    peer_pe,
    "harmonic mean of peers.csv, else of claims",
    "no P/E of a peer in peers.csv or a claim",
)
note_pe_of_peers = note(
    pe_of_peers, "peers' P/E x (1 - discount)", "no P/E of peers or no discount"
)

note_eps_typed = note(
    eps_level_typed, "Inputs, converted at the as-of rate", "no level of EPS is assumed"
)
note_cash_flow_year = note(
    free_cash_flow,
    "twelve months as reported",
    "the periods known make no twelve months of free cash flow",
)
note_earnings = note(
    g_delivered_earnings,
    "twelve months of EPS on the twelve before",
    "no twelve months of EPS and of the year before",
)

# --- sum of the parts ---
note_segments_total = note(
    segments_total,
    "sum of metric in 12 months x multiple",
    "a segment lacks base metric, growth or multiple",
)
note_ev = note(
    ev,
    "segments / rate, those above 0 less the discount",
    "segments, rate or discount are n/a",
)
note_net_cash = note(net_cash, "negative is net debt", "no net cash is published")
note_investments = note(
    investments, "outside the segments, before the haircut", "no investments are published"
)
note_stakes = note(
    stakes, "0 where stakes are left out on Evidence", "no investments are published"
)
note_shares = note(shares_diluted, "newest diluted count", _NO_SHARES)
note_ev_per_share = note(ev_per_share, "EV / shares", "EV or shares are n/a")
note_cash_per_share = note(net_cash_per_share, "net cash / shares", "net cash or shares are n/a")
note_stakes_per_share = note(
    stakes_per_share, "stakes after the haircut / shares", "stakes or shares are n/a"
)
note_results = note(results_published, "of any figure", "nothing is published")
with_launch = line(
    "note.with_launch",
    "Said of the launch in the sum of the parts",
    Unit.TEXT,
    where(given_text(launch_name), " + launch", ""),
)
note_sotp_today = note(
    sotp_today,
    concat("(EV + net cash + stakes) / shares", with_launch),
    "EV, net cash, stakes or shares are n/a",
)
note_dividend = note(dividend, "Inputs, converted at the as-of rate", "not given on Inputs")
note_sotp_12m = note(
    sotp_12m,
    "today x (1 + cost of equity) - dividend, not below 0",
    "today's sum or the dividend is n/a",
)

# --- P/E ---
note_eps_12m = note(
    eps_12m, "the newer of a level and growth of the EPS reference", f"{_NO_EPS} and no level"
)
note_pe_multiple = note(
    pe_multiple,
    "bull: peers' after the discount, if known or chosen",
    "no multiple is assumed or known",
)
note_pe_12m = note(pe_12m, "EPS in 12 months, not below 0, x multiple", f"{_NO_EPS} or no multiple")
note_ebitda_12m = note(
    ebitda_12m, "twelve months x (1 + growth)", "no EBITDA of twelve months, or no growth"
)
note_ev_ebitda = note(
    ev_ebitda_12m,
    "(EBITDA x multiple / rate + net cash + stakes) / shares, not below 0",
    "one of these is n/a",
)
note_book_share = note(book_per_share, "book value / shares", "book value or shares are n/a")
note_book_12m = note(book_12m, "x (1 + growth)", "no book value, or no growth")
note_pb = note(pb_12m, "book value in 12 months x multiple", "no book value or no multiple")


# --- together ---
def _counted(name: str, label: str) -> Node:
    return where(weight_used[name] > 0, concat(" ", label), "")


methods_counted = line(
    "methods.counted",
    "Methods that count",
    Unit.TEXT,
    concat(
        _counted(SOTP, "parts"),
        _counted(PE, "P/E"),
        _counted(EV_EBITDA, "EV/EBITDA"),
        _counted(PB, "P/B"),
    ),
)
note_raw_value = note(
    raw_value,
    concat("by weight:", methods_counted),
    "no method with a weight is known in all three cases",
)
_NOT_FLOORED = "may be negative; bridges explain it"
note_gain_parts = note(
    segments_gain,
    "what the discount is taken off",
    "a segment has no base metric, growth or multiple",
)
note_unfloored = (
    note(sotp_unfloored, _NOT_FLOORED, "today's sum or the dividend is n/a"),
    note(pe_unfloored, _NOT_FLOORED, f"{_NO_EPS} or no multiple"),
    note(
        ev_ebitda_unfloored,
        "may be negative; without the cash flow of the year",
        "EBITDA, multiple or balance is n/a",
    ),
    note(pb_unfloored, _NOT_FLOORED, "no book value or no multiple"),
    note(unfloored_value, _NOT_FLOORED, "no method with a weight is known in all three cases"),
)
note_present = note(
    present_value, "(value + dividend) / (1 + cost of equity)", "a value or the dividend is n/a"
)
note_excess = note(excess_return, "total return - cost of equity", "no expected value")
note_value = note(
    value, "bear at most base, bull at least base: method 2", "a case has no value by any method"
)
note_upside = note(upside, "value / price - 1", "a value or the price is n/a")
note_expected_upside = note(
    expected_upside, "expected value / price - 1", "no expected value or no price"
)
note_expected = note(expected_value, "sum of probability x value", "the value of a case is n/a")
note_skew = note(
    skew,
    "gain to bull / loss to bear, in today's money",
    "price not above bear today, or one is n/a",
)
note_probability = note(scenario_probability, "Inputs", "not given on Inputs")
note_weighted = note(
    weighted_value, "the three make up the expected value", "the value of a case is n/a"
)
note_gain = note(
    gain_part, "in today's money; 0 below the price", "the price or the value of a case is n/a"
)
note_loss = note(
    loss_part, "in today's money; 0 above the price", "the price or the value of a case is n/a"
)
note_omega = note(
    omega, "expected gain / expected loss", "no case lies below the price, or a value is n/a"
)
note_implied = note(
    implied_bull_probability,
    "12-month chance of bull, else bear, at the cost of equity",
    "bull equals bear, or one is n/a",
)
note_house = note(
    house_bull_probability,
    "the expected value as a point between bear and bull",
    "bull equals bear, or a value is n/a",
)
note_total_return = note(
    total_return, "(expected value + dividend) / price - 1", "no expected value"
)
_NO_CASES = "a value or the dividend is n/a"
note_buy_return = note(buy_return, "expected value in today's money", _NO_CASES)
note_buy_skew = note(
    buy_skew, "gain to bull so many times the loss to bear, in today's money", _NO_CASES
)
note_buy_below = note(buy_below, "the lower of the two", _NO_CASES)
note_short_return = note(short_return, "expected value + dividend", _NO_CASES)
note_short_skew = note(
    short_skew, "gain to bull so small against loss to bear, in today's money", _NO_CASES
)
note_short_above = note(short_above, "the higher of the two", _NO_CASES)
note_view = note(
    view, "before readiness, which can block it", "a value, the price or the dividend is n/a"
)


# --- the bridges ---
def _note(of: Line, name: str, says: str, unless: str) -> Line:
    """Return the text beside a line of both cases."""
    bull, bear = (at(of, BRIDGE_CASE, case) for case in BRIDGE_CASES)
    told = where(known(bull + bear), says, f"n/a: {unless}")
    return line(f"note.bridge.{name}", f"{of.label}: note", Unit.TEXT, told)


_NO_CASE = "a case has no value"
note_effect = _note(bridges.effect, "effect[{driver}]", "", "no value")
SUMS: dict[str, tuple[Line, Line]] = {
    "All drivers": (
        differences.bridge_sum,
        _note(
            differences.bridge_sum,
            "sum",
            "case less base, both before floors and ordering",
            _NO_CASE,
        ),
    ),
    "Case before floors and ordering": (
        bridges.case_raw,
        _note(
            bridges.case_raw,
            "case",
            "weighted value of the case by itself, not floored at 0",
            _NO_CASE,
        ),
    ),
    "Left over": (
        differences.bridge_gap,
        _note(differences.bridge_gap, "gap", "0, or Checks says FAIL", _NO_CASE),
    ),
    "Floors at 0 and the order of cases": (
        bridges.ordering,
        _note(
            bridges.ordering,
            "ordering",
            "what keeps values at 0 or above, and bear <= base <= bull",
            _NO_CASE,
        ),
    ),
}
note_base = line(
    "note.bridge.base",
    "Base, before floors and ordering: note",
    Unit.TEXT,
    where(known(bridges.base_raw), "where both bridges start", "n/a: base has no value"),
)
