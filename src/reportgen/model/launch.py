"""A product announcement as an option: what the market paid for it, and what it may be worth.

The market paid the abnormal return of the day times the close before. The worth is a share of a
market, ramped up over some years, after tax, discounted, times the probability of success. The
market is sized from the top down (claims of its size) and from the bottom up (units x price).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import as_of as last_before
from reportgen.expr.functions import (
    concat,
    date_text,
    equal,
    given_text,
    known,
    largest,
    maximum,
    minimum,
    same,
    smallest,
    total,
    where,
)
from reportgen.expr.nodes import NA, Line, Unit
from reportgen.model.dims import FACT, VARIANT, YEAR
from reportgen.model.evidence.claims import fact_key, fact_market, fact_value, fact_year, facts
from reportgen.model.evidence.products import offer_value
from reportgen.model.fundamentals import shares_diluted
from reportgen.model.inputs.assumptions import (
    benchmark_beta,
    launch_discount_rate,
    launch_margin_ecosystem,
    launch_margin_hardware,
    launch_market_share,
    launch_price_mix,
    launch_share_ramp,
    launch_success_probability,
    launch_tax,
    terminal_growth,
    variant_id,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import (
    as_of,
    launch_date,
    launch_market,
    launch_name,
    own_vendor,
)
from reportgen.model.inputs.market_data import benchmark_close, benchmark_date, close_date
from reportgen.model.market import benchmark_on, close_on
from reportgen.model.words import control, counted, line, lines_in, or_zero

if TYPE_CHECKING:
    from collections.abc import Sequence

days_since = line("launch.days_since", "Days since the launch", Unit.DAYS, as_of - launch_date)
applies = line(
    "launch.applies",
    "A launch within the window",
    Unit.FLAG,
    where(
        known(days_since) & given_text(launch_name),
        where((days_since >= 0) & (days_since <= policy("launch.window_days")), 1, 0),
        0,
    ),
)
day = line("launch.day", "Launch day in use", Unit.DATE, where(applies > 0, launch_date, NA))
close_before = line(
    "launch.close_before",
    "Close the day before",
    Unit.PER_SHARE,
    close_on(day - 1, "launch.close_before"),
)
close_on_day = line(
    "launch.close", "Close on the day", Unit.PER_SHARE, close_on(day, "launch.close")
)
_benchmark_day = line(
    "launch.benchmark.day",
    "Day of that close",
    Unit.DATE,
    last_before(benchmark_date, benchmark_date, day),
)
benchmark_on_day = line(
    "launch.benchmark",
    "Benchmark on the day",
    Unit.NUMBER,
    where(_benchmark_day >= day, last_before(benchmark_date, benchmark_close, _benchmark_day), NA),
    note="n/a unless the benchmark closed on that very day",
)
benchmark_before = line(
    "launch.benchmark_before",
    "Benchmark the day before",
    Unit.NUMBER,
    benchmark_on(day - 1, "launch.benchmark_before"),
)
closed_on_day = line(
    "launch.closed_on_day",
    "The day has a close",
    Unit.FLAG,
    where(known(day), where(last_before(close_date, close_date, day) >= day, 1, 0), 0),
)
claim_id = line(
    "launch.claim_id", "Fact looked up", Unit.TEXT, concat("day_return/", date_text(day))
)
claimed_return = line(
    "launch.claimed_return",
    "Return claimed for the day",
    Unit.CHANGE,
    fact_value(claim_id),
)
day_return = line(
    "launch.return",
    "Return on the launch day",
    Unit.CHANGE,
    where(
        closed_on_day > 0, close_on_day / close_before - 1, where(known(day), claimed_return, NA)
    ),
)
market_return = line(
    "launch.market_return",
    "Benchmark's return",
    Unit.CHANGE,
    benchmark_on_day / benchmark_before - 1,
)
abnormal_return = line(
    "launch.abnormal_return",
    "Abnormal return",
    Unit.CHANGE,
    day_return - benchmark_beta * market_return,
)
gain = line(
    "launch.gain",
    "What the market paid",
    Unit.PER_SHARE,
    abnormal_return * close_before,
    note="one day against one benchmark",
)


# --- the market: what documents say of its size, units and prices ---
year_that_applies = line(
    "fact[{fact}].launch_year",
    "Its year, where there is a launch",
    Unit.COUNT,
    where(applies > 0, fact_year, NA),
)
market_year = line(
    "fact[{fact}].market_year",
    "Year of a market size",
    Unit.COUNT,
    where(
        same(fact_key, "market_size") & same(fact_market, launch_market) & known(facts.value),
        year_that_applies,
        NA,
    ),
)
first_year = line(
    "launch.first_year", "First year claimed", Unit.COUNT, smallest(market_year, FACT)
)
last_year = line("launch.last_year", "Last year claimed", Unit.COUNT, largest(market_year, FACT))
years = line("launch.years", "Years", Unit.YEARS, last_year - first_year)


def _size_id(which: str, year: Line) -> Line:
    fact = concat("market_size/", launch_market, " ", year)
    return line(f"launch.{which}_size_id", "Fact looked up", Unit.TEXT, fact)


first_size_id = _size_id("first", first_year)
first_size = line(
    "launch.first_size", "Market, first year", Unit.PRICE_M, fact_value(first_size_id)
)
last_size_id = _size_id("last", last_year)
last_size = line("launch.last_size", "Market, last year", Unit.PRICE_M, fact_value(last_size_id))
cagr = line(
    "launch.cagr",
    "Growth of the market a year",
    Unit.CHANGE,
    where(
        (years > 0) & (last_size / first_size > 0), (last_size / first_size) ** (1 / years) - 1, NA
    ),
)
units_year = line("launch.units_year", "Model year 1", Unit.COUNT, first_year + 1)
units_id = line(
    "launch.units_id",
    "Fact looked up",
    Unit.TEXT,
    concat("units/", launch_market, " ", units_year),
)
units = line(
    "launch.units",
    "Units, model year 1",
    Unit.NUMBER,
    fact_value(units_id),
    note="millions",
)
variant_offer = line(
    "launch.offer[{variant}]",
    "Fact looked up",
    Unit.TEXT,
    concat("product/", own_vendor, "/", launch_name, "/", variant_id),
)
variant_price = line(
    "launch.price[{variant}]",
    "Chosen price",
    Unit.PER_SHARE,
    offer_value(variant_offer),
)
variant_part = line(
    "launch.price_part[{variant}]",
    "Price x share of units",
    Unit.PER_SHARE,
    launch_price_mix * variant_price,
)
average_price = line(
    "launch.average_price",
    "Average price",
    Unit.PER_SHARE,
    where(applies > 0, total(variant_part, VARIANT), NA),
)
market_top_down = line(
    "launch.market_top_down", "Market of year 1, top-down", Unit.PRICE_M, first_size * (1 + cagr)
)
market_bottom_up = line(
    "launch.market_bottom_up", "Market of year 1, bottom-up", Unit.PRICE_M, units * average_price
)
market_ratio = line(
    "launch.market_ratio", "Bottom-up / top-down", Unit.MULTIPLE, market_bottom_up / market_top_down
)


# --- the ladder of years: what a share of the market is worth today ---
year = counted("launch.year[{year}].number", "Model year", YEAR)
index = line(
    "launch.year[{year}].market",
    "Market, year 1 = 1",
    Unit.NUMBER,
    where(year <= years, (1 + cagr) ** (year - 1), 0),
)
share = line(
    "launch.year[{year}].share",
    "Share of the market",
    Unit.RATIO,
    where(year <= years, launch_market_share * minimum(1, year / launch_share_ramp), 0),
)
profit = line(
    "launch.year[{year}].profit",
    "Profit after tax",
    Unit.NUMBER,
    index * share * (launch_margin_hardware + launch_margin_ecosystem) * (1 - launch_tax),
)
present = line(
    "launch.year[{year}].present_value",
    "Present value",
    Unit.NUMBER,
    profit / (1 + launch_discount_rate) ** year,
)
last_profit = line(
    "launch.year[{year}].last_profit",
    "Profit of the last year",
    Unit.NUMBER,
    where(equal(year, years), profit, 0),
)
terminal_profit = line(
    "launch.terminal_profit", "Profit of the last year", Unit.NUMBER, total(last_profit, YEAR)
)
terminal_discount = line(
    "launch.terminal_discount",
    "Discounted over the years by",
    Unit.NUMBER,
    (1 + launch_discount_rate) ** years,
)
terminal = line(
    "launch.terminal",
    "Terminal value, discounted",
    Unit.NUMBER,
    terminal_profit
    * (1 + terminal_growth)
    / (launch_discount_rate - terminal_growth)
    / terminal_discount,
)
pv_of_one = line(
    "launch.pv_of_one",
    "Present value of a market of 1",
    Unit.NUMBER,
    total(present, YEAR) + terminal,
)
pv_top_down = line(
    "launch.pv_top_down", "Present value, top-down", Unit.PRICE_M, market_top_down * pv_of_one
)
pv_bottom_up = line(
    "launch.pv_bottom_up", "Present value, bottom-up", Unit.PRICE_M, market_bottom_up * pv_of_one
)


# --- per share: the value, the overpricing, the share that would justify it ---
market_choice = control(
    "launch_market", "Market: 1 top-down, 2 bottom-up, blank = method", Unit.COUNT
)
per_share_top_down = line(
    "launch.per_share_top_down",
    "Expected value, top-down",
    Unit.PER_SHARE,
    launch_success_probability * pv_top_down / shares_diluted,
)
value = line(
    "launch.value",
    "Launch value, base",
    Unit.PER_SHARE,
    where(
        or_zero(market_choice) > 1,
        launch_success_probability * pv_bottom_up / shares_diluted,
        per_share_top_down,
    ),
)
value_bull = line(
    "launch.value_bull",
    "Launch value, bull",
    Unit.PER_SHARE,
    where(
        equal(or_zero(market_choice), 1) | ~known(pv_bottom_up),
        pv_top_down / shares_diluted,
        pv_bottom_up / shares_diluted,
    ),
)
overpricing = line("launch.overpricing", "Overpricing", Unit.PER_SHARE, maximum(0, gain - value))
breakeven_share = line(
    "launch.breakeven_share",
    "Break-even share of the market",
    Unit.RATIO,
    launch_market_share * gain * shares_diluted / pv_top_down,
)
judged = line(
    "launch.judged",
    "What the break-even share says",
    Unit.TEXT,
    where(
        breakeven_share > launch_market_share,
        "needs more share than assumed",
        "the share assumed justifies it",
    ),
)
not_judged = line(
    "launch.not_judged",
    "Why there is no verdict",
    Unit.TEXT,
    where(applies > 0, "cannot be judged", "no launch in the last year"),
)
verdict = line(
    "launch.verdict",
    "Verdict",
    Unit.TEXT,
    where(
        known(breakeven_share),
        where(breakeven_share > 1, "no share justifies it", judged),
        not_judged,
    ),
)


def line_fed_by(fact: str, market: str, facts: Sequence[str]) -> Line | None:
    """Return the line that a claimed fact such as `units/ai_glasses 2026` feeds, None if none.

    `market` is that of the launch, `facts` are the ids of all facts that are claimed.
    """
    key, _, variant = fact.partition("/")
    if not market or not variant.casefold().startswith(f"{market} ".casefold()):
        return None
    if key == "units":
        return units
    start = f"market_size/{market} ".casefold()
    sizes = [text for text in facts if text.casefold().startswith(start)]
    if key != "market_size" or not sizes:
        return None
    ends = {max(sizes).casefold(): last_size, min(sizes).casefold(): first_size}
    return ends.get(fact.casefold())


# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    market_ratio,
    verdict,
)
