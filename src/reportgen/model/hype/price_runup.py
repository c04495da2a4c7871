"""How far the price has run up over six months without news to back it, for the score."""

from __future__ import annotations

from reportgen.expr.functions import maximum, months_before
from reportgen.expr.nodes import Unit
from reportgen.model.hype.components import HALF_YEAR, launch_within
from reportgen.model.inputs.assumptions import benchmark_beta
from reportgen.model.inputs.description import as_of
from reportgen.model.market import benchmark_on, close_on, estimate_change, estimate_on, price
from reportgen.model.words import line

runup_day = line("runup.day_before", "Six months ago", Unit.DATE, months_before(as_of, HALF_YEAR))
price_before = line(
    "runup.close_before", "Close six months ago", Unit.PER_SHARE, close_on(runup_day)
)
runup_launch = line(
    "runup.launch", "Launch within the six months", Unit.CHANGE, launch_within(runup_day, as_of)
)
runup_estimate_before = line(
    "runup.estimate_before", "EPS estimate then", Unit.PER_SHARE, estimate_on(runup_day)
)
runup_estimate_change = line(
    "runup.estimate_change",
    "Change of the estimate",
    Unit.CHANGE,
    estimate_change(runup_estimate_before, as_of),
)
runup_benchmark_now = line("runup.benchmark_now", "Benchmark now", Unit.NUMBER, benchmark_on(as_of))
runup_benchmark_before = line(
    "runup.benchmark_before", "Benchmark six months ago", Unit.NUMBER, benchmark_on(runup_day)
)
runup_benchmark = line(
    "runup.benchmark",
    "Benchmark over six months",
    Unit.CHANGE,
    runup_benchmark_now / runup_benchmark_before - 1,
)
runup_unbacked = line(
    "runup.unbacked",
    "Unbacked run-up over six months",
    Unit.CHANGE,
    maximum(
        0,
        price / price_before
        - 1
        - benchmark_beta * runup_benchmark
        - runup_launch
        - maximum(0, runup_estimate_change),
    ),
)
