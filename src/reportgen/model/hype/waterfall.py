"""The waterfall from the bull narrative to the hype-adjusted value, and how consensus stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at as at_member
from reportgen.expr.functions import maximum, sample_stdev, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import COMPONENT, SCENARIO, TARGET
from reportgen.model.evidence.opinions import bull_narrative
from reportgen.model.hype.adjusted import haircut, hype_value, is_ok
from reportgen.model.hype.price_targets import consensus, count, target
from reportgen.model.inputs.constants import policy
from reportgen.model.market import price
from reportgen.model.valuation import expected_value, value
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node


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
dispersion = line(
    "hype.dispersion",
    "Dispersion of targets",
    Unit.RATIO,
    where(
        count >= policy("score.dispersion_min_targets"),
        sample_stdev(target, TARGET) / consensus,
        NA,
    ),
)
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
