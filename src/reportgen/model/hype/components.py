"""What each target owes to optimism, age, unbacked run-ups and a launch: one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    count_known,
    known,
    maximum,
    minimum,
    months_before,
    same,
    sum_known,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model import launch, market
from reportgen.model.dims import TARGET
from reportgen.model.hype.price_targets import (
    ROW,
    age,
    close_at_issue,
    count,
    day,
    in_use,
    issued_on,
    target,
)
from reportgen.model.inputs.assumptions import (
    benchmark_beta,
    hype_launch_cap,
    hype_launch_share,
    hype_optimism_rate,
    hype_runup_cap,
    hype_runup_share,
    hype_switch_launch,
    hype_switch_optimism,
    hype_switch_runup,
    hype_switch_staleness,
    hype_target_half_life,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.market import estimate_on, price
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


_ENOUGH = policy("component.min_coverage")
OK, OFF, NOT_APPLICABLE, UNMEASURED = "ok", "off", "not applicable", "n/a"


class Component(NamedTuple):
    """A component of the haircut: its amount for each target, and what becomes of it."""

    amount: Line
    computed: Line
    state: Line

    def less(self, amount: Line) -> Node:
        """Return what is left of an amount after it, where it counts and is known."""
        return amount - where(same(self.state, OK), or_zero(self.amount), 0)


def _component(
    name: str, amount: Line, switch: Line, *, applies: Node | None = None, also: Node | None = None
) -> Component:
    """Return a component with its state; `also` must hold for it to be measured."""
    computed = line(
        f"hype.computed.{name}", "Computed for", Unit.COUNT, count_known(amount, TARGET)
    )
    enough = (computed >= _ENOUGH * count) & (count > 0)
    measured = where(enough if also is None else enough & also, OK, UNMEASURED)
    applicable = measured if applies is None else where(applies, measured, NOT_APPLICABLE)
    state = line(f"hype.state.{name}", "State", Unit.TEXT, where(switch > 0, applicable, OFF))
    return Component(amount, computed, state)


# --- 1: optimism ---
optimism = line(
    f"{ROW}.optimism",
    "1 optimism",
    Unit.PER_SHARE,
    minimum(hype_optimism_rate * close_at_issue, maximum(0, target - close_at_issue)),
)
OPTIMISM = _component("optimism", optimism, hype_switch_optimism)
after_optimism = line(f"{ROW}.after_optimism", "After 1", Unit.PER_SHARE, OPTIMISM.less(target))

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
STALENESS = _component("staleness", staleness, hype_switch_staleness)
after_staleness = line(
    f"{ROW}.after_staleness", "After 2", Unit.PER_SHARE, STALENESS.less(after_optimism)
)

# --- 3: unbacked run-up ---
HALF_YEAR = policy("runup.months")
day_before = line(
    f"{ROW}.six_months_before",
    "Six months before",
    Unit.DATE,
    where(in_use > 0, months_before(day, HALF_YEAR), NA),
)
_CLOSE = market.close_of(day_before, f"{ROW}.close_before")
close_before = line(f"{ROW}.close_before", "Close six months before", Unit.PER_SHARE, _CLOSE.value)


def launch_within(start: Node, end: Node) -> Node:
    """Return the launch's abnormal return where the launch falls within (start, end]."""
    within = (start < launch.day) & (launch.day <= end)
    return where(known(launch.day), where(within, launch.abnormal_return, 0), 0)


_AT_ISSUE = market.benchmark_of(day, f"{ROW}.benchmark_at_issue")
benchmark_at_issue = line(
    f"{ROW}.benchmark_at_issue", "Benchmark at issue", Unit.NUMBER, _AT_ISSUE.value
)
_BEFORE = market.benchmark_of(day_before, f"{ROW}.benchmark_before")
benchmark_before = line(f"{ROW}.benchmark_before", "Benchmark before", Unit.NUMBER, _BEFORE.value)
close_day_before, benchmark_day, benchmark_day_before = (
    found.made_on for found in (_CLOSE, _AT_ISSUE, _BEFORE)
)
launch_return = line(
    f"{ROW}.launch_return",
    "Launch within",
    Unit.CHANGE,
    launch_within(day_before, day),
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
RUNUP = _component("runup", runup, hype_switch_runup)
after_runup = line(f"{ROW}.after_runup", "After 3", Unit.PER_SHARE, RUNUP.less(after_staleness))

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
        target * 0,  # n/a where there is none
    ),
)
targets_since_launch = line(
    "hype.targets_since_launch",
    "Targets since the launch",
    Unit.COUNT,
    sum_known(after_launch_day, TARGET),
)
LAUNCH = _component(
    "launch",
    launch_part,
    hype_switch_launch,
    applies=targets_since_launch > 0,
    also=known(launch.overpricing),
)
BY_NAME = {"optimism": OPTIMISM, "staleness": STALENESS, "runup": RUNUP, "launch": LAUNCH}
