"""What each target owes to optimism, age, unbacked run-ups and a launch: one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import known, maximum, minimum, months_before, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model import launch, market
from reportgen.model.hype.price_targets import ROW, age, in_use, issued_on, target
from reportgen.model.inputs.assumptions import (
    benchmark_beta,
    hype_launch_cap,
    hype_launch_share,
    hype_optimism_rate,
    hype_runup_cap,
    hype_runup_share,
    hype_switch_optimism,
    hype_switch_runup,
    hype_switch_staleness,
    hype_target_half_life,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.market import benchmark_on, close_on, estimate_on, price
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


def _less(amount: Line, component: Line, switch: Line) -> Node:
    """Return what is left after a component, where it is deducted and known."""
    return amount - where(switch > 0, or_zero(component), 0)


# --- 1: optimism ---
close_at_issue = line(
    f"{ROW}.close_at_issue", "Close at issue", Unit.PER_SHARE, close_on(issued_on)
)
optimism = line(
    f"{ROW}.optimism",
    "1 optimism",
    Unit.PER_SHARE,
    minimum(hype_optimism_rate * close_at_issue, maximum(0, target - close_at_issue)),
)
after_optimism = line(
    f"{ROW}.after_optimism",
    "After 1",
    Unit.PER_SHARE,
    _less(target, optimism, hype_switch_optimism),
)

# --- 2: staleness ---
freshness = line(
    f"{ROW}.freshness",
    "Freshness",
    Unit.RATIO,
    where(in_use > 0, 2 ** (-age / hype_target_half_life), NA),
)
staleness = line(
    f"{ROW}.staleness",
    "2 staleness",
    Unit.PER_SHARE,
    (1 - freshness) * maximum(0, after_optimism - price),
)
after_staleness = line(
    f"{ROW}.after_staleness",
    "After 2",
    Unit.PER_SHARE,
    _less(after_optimism, staleness, hype_switch_staleness),
)

# --- 3: unbacked run-up ---
HALF_YEAR = policy("runup.months")
day_before = line(
    f"{ROW}.six_months_before",
    "Six months before",
    Unit.DATE,
    where(in_use > 0, months_before(issued_on, HALF_YEAR), NA),
)
close_before = line(
    f"{ROW}.close_before", "Close six months before", Unit.PER_SHARE, close_on(day_before)
)


def launch_within(start: Node, end: Node) -> Node:
    """Return the launch's abnormal return where the launch falls within (start, end]."""
    within = where(
        known(launch.day),
        where((start < launch.day) & (launch.day <= end), 1, 0),
        0,
    )
    return where(within > 0, launch.abnormal_return, 0)


benchmark_at_issue = line(
    f"{ROW}.benchmark_at_issue", "Benchmark at issue", Unit.NUMBER, benchmark_on(issued_on)
)
benchmark_before = line(
    f"{ROW}.benchmark_before", "Benchmark before", Unit.NUMBER, benchmark_on(day_before)
)
launch_return = line(
    f"{ROW}.launch_return",
    "Launch within",
    Unit.CHANGE,
    launch_within(day_before, issued_on),
)
abnormal = line(
    f"{ROW}.abnormal_runup",
    "Abnormal run-up",
    Unit.CHANGE,
    close_at_issue / close_before
    - 1
    - benchmark_beta * (benchmark_at_issue / benchmark_before - 1)
    - launch_return,
)
estimate_before = line(
    f"{ROW}.estimate_before", "EPS estimate then", Unit.PER_SHARE, estimate_on(day_before)
)
estimate_change = line(
    f"{ROW}.estimate_change",
    "Change of the estimate",
    Unit.CHANGE,
    market.estimate_change(estimate_before, issued_on),
)
unbacked = line(
    f"{ROW}.unbacked",
    "Unbacked",
    Unit.CHANGE,
    maximum(0, abnormal - maximum(0, estimate_change)),
)
runup = line(
    f"{ROW}.runup",
    "3 run-up",
    Unit.PER_SHARE,
    minimum(
        hype_runup_share * maximum(0, unbacked * close_before - maximum(0, close_at_issue - price)),
        hype_runup_cap * after_staleness,
    ),
)
after_runup = line(
    f"{ROW}.after_runup",
    "After 3",
    Unit.PER_SHARE,
    _less(after_staleness, runup, hype_switch_runup),
)

# --- 4: launch ---
after_launch_day = line(
    f"{ROW}.since_launch",
    "Published since the launch",
    Unit.FLAG,
    where(
        known(launch.day) & known(target),
        where(issued_on >= launch.day, 1, 0),
        0,
    ),
)
launch_part = line(
    f"{ROW}.launch",
    "4 launch",
    Unit.PER_SHARE,
    where(
        after_launch_day > 0,
        minimum(hype_launch_share * launch.overpricing, hype_launch_cap * after_runup),
        where(known(target), 0, NA),
    ),
)
