"""The announcement: whether it is recent enough, and what the market paid for it on the day."""

from __future__ import annotations

from reportgen.expr.functions import as_of as last_before
from reportgen.expr.functions import concat, date_text, given_text, known, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.evidence.claims import fact_value
from reportgen.model.inputs.assumptions import benchmark_beta
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of, launch_date, launch_name
from reportgen.model.inputs.market_data import benchmark_date, close_date
from reportgen.model.market import benchmark_on, close_on
from reportgen.model.words import line

applies = line(
    "launch.applies",
    "A launch within the window",
    Unit.FLAG,
    where(
        known(launch_date) & given_text(launch_name),
        where(
            (launch_date <= as_of) & (launch_date >= as_of - policy("launch.window_days")),
            1,
            0,
        ),
        0,
    ),
)
day = line("launch.day", "Launch day in use", Unit.DATE, where(applies > 0, launch_date, NA))
close_before = line(
    "launch.close_before", "Close the day before", Unit.PER_SHARE, close_on(day - 1)
)
close_on_day = line("launch.close", "Close on the day", Unit.PER_SHARE, close_on(day))
benchmark_on_day = line(
    "launch.benchmark",
    "Benchmark on the day",
    Unit.NUMBER,
    where(last_before(benchmark_date, benchmark_date, day) >= day, benchmark_on(day), NA),
    note="n/a unless the benchmark closed on that very day",
)
benchmark_before = line(
    "launch.benchmark_before", "Benchmark the day before", Unit.NUMBER, benchmark_on(day - 1)
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
