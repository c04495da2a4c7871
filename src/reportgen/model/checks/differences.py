"""What the checks look at: sums and gaps, the centres of the grids, counts of what is amiss."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, count_where, each, known, same, sum_known, total, where
from reportgen.expr.nodes import Unit
from reportgen.model.checks import completeness
from reportgen.model.checks.completeness import BLOCK
from reportgen.model.dims import CLAIM, COMPONENT, DRIVER, FACT, GRID_ROW, SCENARIO, TARGET, VARIANT
from reportgen.model.evidence.claims import claim_fact, claim_valid, fact_id
from reportgen.model.fundamentals import ebita_yoy, eps_yoy, free_cash_flow, g_delivered
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs.assumptions import launch_price_mix, probability
from reportgen.model.inputs.constants import policy
from reportgen.model.whatif import bridges, grids
from reportgen.model.words import given, line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


# How far apart what should agree may lie
RELATIVE = policy("tolerance.relative")
SUM_OF_SHARES = policy("tolerance.sum_of_shares")
WATERFALL = policy("tolerance.waterfall")

probability_sum = line(
    "check.probability_sum", "Sum of the probabilities", Unit.RATIO, total(probability, SCENARIO)
)
mix_sum = line(
    "check.mix_sum", "Sum of the price mix", Unit.RATIO, total(launch_price_mix, VARIANT)
)
bridge_sum = line(
    "check.bridge_sum[{bridge_case}]",
    "Sum of the bridge",
    Unit.PER_SHARE,
    total(bridges.effect, DRIVER),
)
bridge_gap = line(
    "check.bridge_gap[{bridge_case}]",
    "Bridge less what it explains",
    Unit.PER_SHARE,
    bridge_sum - (bridges.case_raw - bridges.base_raw),
)
waterfall_gap = line(
    "check.waterfall",
    "Waterfall less its end",
    Unit.PER_SHARE,
    adjusted_value.start
    - or_zero(adjusted_value.narrative_gap)
    - total(adjusted_value.haircut, COMPONENT)
    - adjusted_value.allowance
    - adjusted_value.hype_value,
)
_centre_row = at(grids.segment_grid, GRID_ROW, "0")
segment_centre = line(
    "check.grid_row[{grid_col}]", "Middle row of the grid", Unit.PER_SHARE, _centre_row
)
pe_centre = line(
    "check.pe_grid_row[{grid_col}]",
    "Middle row of the P/E grid",
    Unit.PER_SHARE,
    at(grids.pe_grid, GRID_ROW, "0"),
)


def _negative(of: Line) -> Node:
    return where(known(of), where(of < 0, 1, 0), 0)


against = line(
    "check.against",
    "Of EBITA, EPS and cash flow: pointing down",
    Unit.COUNT,
    where(
        or_zero(g_delivered) > 0,
        _negative(ebita_yoy) + _negative(eps_yoy) + _negative(free_cash_flow),
        0,
    ),
)
cleared = line(
    "check.cleared",
    "Input cells cleared since issue",
    Unit.COUNT,
    total(completeness.cleared, BLOCK),
)
claim_homeless = line(
    "claim[{claim}].homeless",
    "Belongs to no fact row",
    Unit.FLAG,
    where(
        claim_valid > 0,
        where(count_where(FACT, same(each(fact_id), claim_fact)) < 1, 1, 0),
        0,
    ),
)
homeless = line(
    "check.homeless", "Claims of no fact row", Unit.COUNT, sum_known(claim_homeless, CLAIM)
)
targets_wanted = line(
    "check.targets_wanted",
    "Targets that should count",
    Unit.COUNT,
    sum_known(price_targets.in_use, TARGET),
)
unused_overrides = given("check.unused_overrides", "Overrides that fit no input", Unit.COUNT)
