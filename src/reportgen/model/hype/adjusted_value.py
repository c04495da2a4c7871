"""The hype-adjusted value: the components together, capped, an allowance, and the waterfall.

What the targets owe on average comes off the consensus, no more than the largest haircut in all.
A component that could not be measured is n/a, never a quiet 0: an allowance stands for its weight.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at as at_member
from reportgen.expr.functions import (
    by,
    maximum,
    mean,
    same,
    sum_known,
    total,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import COMPONENT, SCENARIO, TARGET
from reportgen.model.evidence.claims import bull_narrative
from reportgen.model.hype.components import BY_NAME, targets_since_launch
from reportgen.model.hype.price_targets import consensus
from reportgen.model.inputs.assumptions import (
    hype_allowance_rate,
    hype_max_haircut,
    hype_switch_launch,
    hype_switch_optimism,
    hype_switch_runup,
    hype_switch_staleness,
    hype_weight_launch,
    hype_weight_optimism,
    hype_weight_runup,
    hype_weight_staleness,
)
from reportgen.model.market import price
from reportgen.model.valuation import expected_value, value
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node


switch = line(
    "hype.switch[{component}]",
    "Switch",
    Unit.FLAG,
    by(
        COMPONENT,
        optimism=hype_switch_optimism,
        staleness=hype_switch_staleness,
        runup=hype_switch_runup,
        launch=hype_switch_launch,
    ),
)
computed = line(
    "hype.computed[{component}]",
    "Computed for",
    Unit.COUNT,
    by(COMPONENT, **{name: of.computed for name, of in BY_NAME.items()}),
)
mean_amount = line(
    "hype.mean[{component}]",
    "Mean over targets",
    Unit.PER_SHARE,
    by(COMPONENT, **{name: mean(of.amount, TARGET) for name, of in BY_NAME.items()}),
)
state = line(
    "hype.state[{component}]",
    "State",
    Unit.TEXT,
    by(COMPONENT, **{name: of.state for name, of in BY_NAME.items()}),
)
applicable = line(
    "hype.applicable[{component}]",
    "Applicable",
    Unit.FLAG,
    by(
        COMPONENT,
        optimism=1,
        staleness=1,
        runup=1,
        launch=where(targets_since_launch > 0, 1, 0),
    ),
)
is_ok = line("hype.ok[{component}]", "Counts", Unit.FLAG, same(state, "ok") + 0)
is_missing = line(
    "hype.missing[{component}]", "Could not be measured", Unit.FLAG, same(state, "n/a") + 0
)
raw_amount = line(
    "hype.amount[{component}]",
    "Haircut before the cap",
    Unit.PER_SHARE,
    where(is_ok > 0, mean_amount, 0),
)
raw_total = line(
    "hype.raw_total", "Haircut before the cap", Unit.PER_SHARE, total(raw_amount, COMPONENT)
)
scale = line(
    "hype.scale",
    "Scale of the cap",
    Unit.RATIO,
    where(raw_total > hype_max_haircut * consensus, hype_max_haircut * consensus / raw_total, 1),
)
haircut = line("hype.haircut[{component}]", "Haircut", Unit.PER_SHARE, raw_amount * scale)
weight = line(
    "hype.weight[{component}]",
    "Weight",
    Unit.RATIO,
    by(
        COMPONENT,
        optimism=hype_weight_optimism,
        staleness=hype_weight_staleness,
        runup=hype_weight_runup,
        launch=hype_weight_launch,
    ),
)
weight_missing = line(
    "hype.weight_missing[{component}]",
    "Weight not measured",
    Unit.RATIO,
    where(is_missing > 0, weight, 0),
)
weight_counted = line(
    "hype.weight_counted[{component}]",
    "Weight measured or not",
    Unit.RATIO,
    where((is_missing > 0) | (is_ok > 0), weight, 0),
)
missing_total = line(
    "hype.weight_missing_total",
    "Weight not measured, all components",
    Unit.RATIO,
    total(weight_missing, COMPONENT),
)
counted_total = line(
    "hype.weight_counted_total",
    "Weight measured or not, all components",
    Unit.RATIO,
    total(weight_counted, COMPONENT),
)
unmeasured = line(
    "hype.unmeasured",
    "Share not measured",
    Unit.RATIO,
    where(counted_total > 0, missing_total / counted_total, 0),
)
haircut_total = line(
    "hype.haircut_total", "Haircut, all components", Unit.PER_SHARE, total(haircut, COMPONENT)
)
allowance = line(
    "hype.allowance",
    "Allowance for what could not be measured",
    Unit.PER_SHARE,
    hype_allowance_rate * unmeasured * (consensus - haircut_total),
)
hype_value = line(
    "hype.value",
    "Hype-adjusted value",
    Unit.PER_SHARE,
    where(
        (sum_known(is_ok, COMPONENT) < 1) & (sum_known(is_missing, COMPONENT) > 0),
        NA,
        consensus - haircut_total - allowance,
    ),
)


# --- the waterfall from the bull narrative to this value, and how consensus stands ---
def _shown(component: str) -> Node:
    return where(
        at_member(is_ok, COMPONENT, component) > 0, at_member(haircut, COMPONENT, component), NA
    )


shown_optimism = line("hype.optimism", "Optimism", Unit.PER_SHARE, _shown("optimism"))
shown_staleness = line("hype.staleness", "Staleness", Unit.PER_SHARE, _shown("staleness"))
shown_runup = line("hype.runup", "Unbacked run-up", Unit.PER_SHARE, _shown("runup"))
shown_launch = line("hype.launch", "Launch overpricing", Unit.PER_SHARE, _shown("launch"))
narrative_gap = line(
    "hype.narrative_gap",
    "Narrative gap",
    Unit.PER_SHARE,
    maximum(0, bull_narrative - consensus),
)
start = line(
    "hype.start", "Start: the bull narrative", Unit.PER_SHARE, consensus + or_zero(narrative_gap)
)
hype_upside = line("hype.upside", "Against the price", Unit.CHANGE, hype_value / price - 1)
_hair = {
    name: at_member(haircut, COMPONENT, name)
    for name in ("optimism", "staleness", "runup", "launch")
}
generic = line(
    "hype.generic", "Generic haircut", Unit.PER_SHARE, _hair["optimism"] + _hair["staleness"]
)
specific = line(
    "hype.specific", "Specific haircut", Unit.PER_SHARE, _hair["runup"] + _hair["launch"]
)
to_expected = line(
    "hype.to_expected",
    "From hype-adjusted to expected",
    Unit.PER_SHARE,
    expected_value - hype_value,
)
consensus_tilt = line(
    "consensus_tilt",
    "Consensus between bear and bull",
    Unit.RATIO,
    (consensus - at_member(value, SCENARIO, "bear"))
    / (at_member(value, SCENARIO, "bull") - at_member(value, SCENARIO, "bear")),
)
