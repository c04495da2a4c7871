"""What is priced in: the growth that a price needs, and for how long growth would have to last.

The price less net assets buys cash flow; one rate of growth makes that worth what was paid. It is
found by a ladder of halvings in the sheet, with the closed form of the H-model beside it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import absolute, at, by, known, ln, previous, spot, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.delivered_growth import g_delivered
from reportgen.model.dims import GROWTH_CASE, SCENARIO, STEP
from reportgen.model.evidence.claims import bull_narrative
from reportgen.model.fundamentals import investments, net_cash, shares_diluted
from reportgen.model.hype.adjusted_value import hype_value
from reportgen.model.hype.price_targets import consensus
from reportgen.model.inputs.assumptions import (
    cash_conversion,
    cost_of_equity,
    fade_years,
    growth_half_life,
    investment_haircut,
    terminal_growth,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.market import price
from reportgen.model.twelve_months import eps_reference
from reportgen.model.valuation import present_value, today
from reportgen.model.words import case_line, line, lines_in, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


net_assets_per_share = line(
    "priced_in.net_assets_per_share",
    "Net cash and stakes",
    Unit.PER_SHARE,
    (net_cash + investments * (1 - at(investment_haircut, SCENARIO, "base"))) / shares_diluted,
)
operating_value = line(
    "priced_in.operating_value", "Operating value", Unit.PER_SHARE, price - net_assets_per_share
)
cash_flow_per_share = line(
    "priced_in.cash_flow_per_share",
    "Cash flow",
    Unit.PER_SHARE,
    where(eps_reference * cash_conversion > 0, eps_reference * cash_conversion, NA),
    note="n/a unless positive",
)
perpetuity = line(
    "priced_in.perpetuity",
    "Multiple of the cash flow after the fade",
    Unit.MULTIPLE,
    (1 + terminal_growth) / (cost_of_equity - terminal_growth),
)
g_implied = line(
    "priced_in.g_implied",
    "Growth implied, H-model",
    Unit.CHANGE,
    terminal_growth
    + (
        operating_value * (cost_of_equity - terminal_growth) / cash_flow_per_share
        - (1 + terminal_growth)
    )
    / growth_half_life,
    note="closed form, a cross-check",
)


# --- the growth that a value needs, in two stages ---
_LOW = policy("solver.low")
_HIGH = policy("solver.high")


near_one = line(
    "ladder.near_one",
    "Ratios so near to 1 are 1",
    Unit.NUMBER,
    or_zero(policy("tolerance.absolute")),
)


def _faded(q: Line) -> Node:
    """Return what is left of a ratio q, which is positive, after the fading years: q^n."""
    return where(q > 0, q**fade_years, NA)


def _worth(q: Line, faded: Line) -> Node:
    """Return what the cash flow is worth that grows by the ratio q, then for ever.

    The sum of q^t over the fading years is not divided by nearly 0.
    """
    annuity = where(absolute(q - 1) < near_one, fade_years, q * (1 - faded) / (1 - q))
    return cash_flow_per_share * (annuity + faded * perpetuity)


# --- the ladder ---
target_value = line(
    "priced_in.value_for[{growth_case}]",
    "Value to justify",
    Unit.PER_SHARE,
    by(
        GROWTH_CASE,
        price=price,
        bear=spot(present_value, "bear"),
        base=spot(present_value, "base"),
        bull=spot(present_value, "bull"),
        consensus=today(consensus),
        hype_adjusted=today(hype_value),
        bull_narrative=today(bull_narrative),
    ),
)
wanted = line(
    "priced_in.operating_value_for[{growth_case}]",
    "Operating value to justify",
    Unit.PER_SHARE,
    target_value - net_assets_per_share,
)
half_width = case_line(
    "ladder[{step}].half_width",
    "Half the bracket",
    Unit.RATIO,
    previous("ladder[{step}].half_width", STEP, _HIGH - _LOW) / 2,
    STEP,
)
middle = case_line(
    "ladder[{step}].middle[{growth_case}]",
    "Middle of the bracket",
    Unit.RATIO,
    previous("ladder[{step}].middle[{growth_case}]", STEP, (_LOW + _HIGH) / 2)
    + previous("ladder[{step}].side[{growth_case}]", STEP, 0) * half_width,
    STEP,
    GROWTH_CASE,
)
ratio = case_line(
    "ladder[{step}].ratio[{growth_case}]",
    "(1 + growth) / (1 + cost of equity)",
    Unit.NUMBER,
    (1 + middle) / (1 + cost_of_equity),
    STEP,
    GROWTH_CASE,
)
faded = case_line(
    "ladder[{step}].faded[{growth_case}]",
    "Ratio to the power of the fading years",
    Unit.NUMBER,
    _faded(ratio),
    STEP,
    GROWTH_CASE,
)
side = case_line(
    "ladder[{step}].side[{growth_case}]",
    "Up (1) or down (-1)",
    Unit.NUMBER,
    where(_worth(ratio, faded) < wanted, 1, -1),
    STEP,
    GROWTH_CASE,
)
low_ratio = line(
    "ladder.low_ratio", "Ratio at the low end", Unit.NUMBER, (1 + _LOW) / (1 + cost_of_equity)
)
high_ratio = line(
    "ladder.high_ratio", "Ratio at the high end", Unit.NUMBER, (1 + _HIGH) / (1 + cost_of_equity)
)
low_faded, high_faded = (
    line(
        f"ladder.{end}_faded",
        f"To the power of the fading years, {end} end",
        Unit.NUMBER,
        _faded(q),
    )
    for end, q in (("low", low_ratio), ("high", high_ratio))
)
worth_low = line(
    "ladder.worth_low", "Worth at the low end", Unit.PER_SHARE, _worth(low_ratio, low_faded)
)
worth_high = line(
    "ladder.worth_high", "Worth at the high end", Unit.PER_SHARE, _worth(high_ratio, high_faded)
)
g_needed = line(
    "priced_in.g_needed[{growth_case}]",
    "Growth needed",
    Unit.CHANGE,
    where(
        (wanted > 0) & (worth_low <= wanted) & (worth_high >= wanted),
        at(middle, STEP, "40"),
        NA,
    ),
    note="two-stage: years of growth, then terminal growth; n/a outside the bracket",
)
g_two_stage = line(
    "priced_in.g_two_stage",
    "Growth implied, two-stage",
    Unit.CHANGE,
    at(g_needed, GROWTH_CASE, "price"),
)
gap = line("priced_in.gap", "Gap: implied less delivered", Unit.CHANGE, g_two_stage - g_delivered)


# --- for how many years delivered growth would have to last ---
years_ratio = line(
    "priced_in.years_ratio",
    "Ratio at delivered growth",
    Unit.NUMBER,
    (1 + g_delivered) / (1 + cost_of_equity),
)
years_annuity = line(
    "priced_in.years_annuity",
    "q / (1 - q)",
    Unit.NUMBER,
    where(absolute(years_ratio - 1) < near_one, NA, years_ratio / (1 - years_ratio)),
)
multiple_paid = line(
    "priced_in.multiple_paid",
    "Operating value / cash flow",
    Unit.MULTIPLE,
    operating_value / cash_flow_per_share,
)
years_solved = line(
    "priced_in.years_solved",
    "Years, where growth is not the cost of equity",
    Unit.YEARS,
    ln((multiple_paid - years_annuity) / (perpetuity - years_annuity)) / ln(years_ratio),
)
years_raw = line(
    "priced_in.years_raw",
    "Years, before the limits",
    Unit.YEARS,
    where(
        (multiple_paid <= perpetuity) & known(years_ratio),
        0,
        where(absolute(years_ratio - 1) < near_one, multiple_paid - perpetuity, years_solved),
    ),
)
implied_years = line(
    "priced_in.implied_years",
    "Years of delivered growth in the price",
    Unit.YEARS,
    where(years_raw >= 0, years_raw, NA),
)
_without_years = line(
    "priced_in.years_verdict.unsolved",
    "What it means that there are none",
    Unit.TEXT,
    where(
        known(multiple_paid + years_ratio),
        "not justified at any horizon",
        "cannot be judged: an input is n/a",
    ),
)
years_verdict = line(
    "priced_in.years_verdict",
    "What that means",
    Unit.TEXT,
    where(
        known(implied_years),
        where(implied_years > 0, "years at delivered growth justify the price", "needs no growth"),
        _without_years,
    ),
)


# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    g_implied,
    side,
    years_verdict,
)
