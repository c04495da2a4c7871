"""The text beside the numbers of the launch: how each came about or, where it is n/a, why."""

from __future__ import annotations

from reportgen.expr.functions import given_text, where
from reportgen.expr.nodes import Unit
from reportgen.model.inputs.description import launch_name
from reportgen.model.launch import (
    abnormal_return,
    applies,
    average_price,
    benchmark_before,
    benchmark_on_day,
    breakeven_share,
    cagr,
    claimed_return,
    close_before,
    close_on_day,
    closed_on_day,
    day,
    day_return,
    days_since,
    first_size,
    first_year,
    gain,
    last_size,
    last_year,
    market_bottom_up,
    market_ratio,
    market_return,
    market_top_down,
    overpricing,
    per_share_top_down,
    pv_bottom_up,
    pv_of_one,
    pv_top_down,
    terminal,
    terminal_discount,
    terminal_profit,
    units,
    units_year,
    value_bull,
    years,
)
from reportgen.model.launch import (
    value as launch_value,
)
from reportgen.model.words import line
from reportgen.report.tabs.valuation.notes import note

_NO_LAUNCH = "no launch in the window"
note_days_since = note(days_since, "as-of less the launch day", "the day is not known")
note_applies = note(
    applies,
    where(given_text(launch_name), launch_name, "no launch is named for the company"),
    "the day is not known",
)
note_close_before = note(close_before, "last close before the day", f"{_NO_LAUNCH}, or no close")
note_close_on_day = note(
    close_on_day, "last close on or before the day", f"{_NO_LAUNCH}, or no close"
)
note_closed_on_day = note(closed_on_day, "0: the return is taken from claims", "not known")
note_benchmark_before = note(
    benchmark_before, "last close before the day", f"{_NO_LAUNCH}, or no benchmark"
)
note_benchmark_on_day = note(
    benchmark_on_day, "of that very day", f"{_NO_LAUNCH}, or the benchmark did not close"
)
_of_return = line(
    "note.launch.return_from",
    "Return on the launch day: from what",
    Unit.TEXT,
    where(closed_on_day > 0, "from the closes", "as claimed: the day has no close"),
)
note_day_return = note(day_return, _of_return, f"{_NO_LAUNCH}, or neither a close nor a claim")
note_claimed_return = note(claimed_return, "chosen on Evidence", "no claim about the day")
note_market_return = note(market_return, "of the same day", f"{_NO_LAUNCH}, or no benchmark")
note_abnormal = note(abnormal_return, "return - beta x the benchmark's", "a return or beta is n/a")
note_launch_gain = note(gain, "one day against one benchmark: weak", "a return or close is n/a")
_NO_SIZE = "no market size is known"
note_day = note(day, "as announced", _NO_LAUNCH)
note_first_year = note(first_year, "of the claimed market sizes", _NO_SIZE)
note_last_year = note(last_year, "of the claimed market sizes", _NO_SIZE)
note_launch_years = note(years, "last less first", _NO_SIZE)
note_first_size = note(first_size, "chosen on Evidence", _NO_SIZE)
note_last_size = note(last_size, "chosen on Evidence", _NO_SIZE)
note_units_year = note(units_year, "first year + 1", _NO_SIZE)
note_market_top_down = note(
    market_top_down, "first size x (1 + growth)", "no market size, or no growth of it"
)
note_market_bottom_up = note(
    market_bottom_up, "units x average price", "no units or no average price"
)
note_terminal_profit = note(terminal_profit, "the column above", _NO_SIZE)
note_terminal_discount = note(
    terminal_discount, "(1 + discount rate) ^ years", f"{_NO_SIZE}, or no rate"
)
note_terminal = note(terminal, "last profit, growing for ever", _NO_SIZE)
note_pv_of_one = note(pv_of_one, "all years and the terminal value", _NO_SIZE)
note_per_share = note(
    per_share_top_down, "probability x top-down / shares", "no present value or no shares"
)
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
    launch_value,
    "probability of success x present value / shares",
    "no launch, or one of its inputs is n/a",
)
note_value_bull = note(
    value_bull,
    "bottom-up value / shares, top-down if that is n/a",
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
