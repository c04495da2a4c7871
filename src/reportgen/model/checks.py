"""Checks with a verdict each, and what they come to: how far the report can be relied on."""

from __future__ import annotations

from reportgen.expr.functions import (
    at,
    concat,
    count_where,
    each,
    fixed,
    known,
    pick,
    same,
    sum_known,
    sum_where,
    total,
    where,
)
from reportgen.expr.nodes import Line, Linked, Node, Unit
from reportgen.model import input_counts, stance
from reportgen.model.dims import (
    CHECK,
    CLAIM,
    COMPONENT,
    DRIVER,
    FACT,
    GRID_ROW,
    RANK,
    SCENARIO,
    TARGET,
    VARIANT,
)
from reportgen.model.evidence.claims import claim_fact, claim_valid, fact_id
from reportgen.model.fundamentals.growth import ebita_yoy, eps_yoy, free_cash_flow, g_delivered
from reportgen.model.hype import adjusted, price_targets, waterfall
from reportgen.model.input_counts import BLOCK
from reportgen.model.inputs.assumptions import launch_price_mix, probability
from reportgen.model.inputs.constants import policy
from reportgen.model.whatif import bridges, grids
from reportgen.model.whatif.stakes import ranking
from reportgen.model.words import case_line, given, line, or_zero

_RELATIVE = policy("tolerance.relative")
_SUM = policy("tolerance.sum_of_shares")
_WATERFALL = policy("tolerance.waterfall")

# --- what the checks look at ---
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
    waterfall.start
    - or_zero(waterfall.narrative_gap)
    - total(adjusted.haircut, COMPONENT)
    - adjusted.allowance
    - adjusted.hype_value,
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
    total(input_counts.cleared, BLOCK),
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

# --- the table of checks ---
label = given("check[{check}].label", "Check", Unit.TEXT, CHECK)
basis = given("check[{check}].basis", "Basis", Unit.TEXT, CHECK)
number = given("check[{check}].number", "No.", Unit.COUNT, CHECK)
difference = case_line("check[{check}].difference", "Difference", Unit.NUMBER, Linked(), CHECK)
wrong = case_line("check[{check}].wrong", "Wrong", Unit.FLAG, Linked(), CHECK)
verdict = given("check[{check}].verdict", "If wrong", Unit.TEXT, CHECK)
status = line(
    "check[{check}]",
    "Status",
    Unit.TEXT,
    where(known(wrong), where(wrong > 0, verdict, "OK"), verdict),
)
row = line("check[{check}].row", "Row", Unit.COUNT, or_zero(number))
is_fail = line("check[{check}].fail", "Fails", Unit.FLAG, same(status, "FAIL") + 0)
is_warn = line("check[{check}].warn", "Warns", Unit.FLAG, same(status, "WARN") + 0)
fails = line("checks.fail", "FAIL", Unit.COUNT, sum_known(is_fail, CHECK))
warns = line("checks.warn", "WARN", Unit.COUNT, sum_known(is_warn, CHECK))


def _first(flag: Line) -> Node:
    """Return the label of the first check with a flag; n/a if there is none."""
    earlier = each(flag) * (each(row) < row)
    return where(flag > 0, where(count_where(CHECK, earlier) < 1, 1, 0), 0)


first_fail = line("check[{check}].first_fail", "First to fail", Unit.FLAG, _first(is_fail))
first_warn = line("check[{check}].first_warn", "First to warn", Unit.FLAG, _first(is_warn))
fail_label = line(
    "checks.first_fail",
    "First FAIL",
    Unit.TEXT,
    pick(label, CHECK, sum_where(CHECK, each(first_fail), row)),
)
warn_label = line(
    "checks.first_warn",
    "First WARN",
    Unit.TEXT,
    pick(label, CHECK, sum_where(CHECK, each(first_warn), row)),
)

# --- readiness ---
readiness = line(
    "readiness",
    "Readiness",
    Unit.TEXT,
    where(
        fails > 0,
        "blocked",
        where((warns > 0) | (or_zero(ranking.weak_over_limit) > 0), "with care", "decision-grade"),
    ),
)
weak_reason = line(
    "readiness.weak",
    "Weak inputs",
    Unit.TEXT,
    concat(
        fixed(ranking.weak_over_limit, 0),
        where(ranking.weak_over_limit > 1, " weak inputs, first ", " weak input: "),
        at(ranking.weakest_label, RANK, "1"),
    ),
)
readiness_reason = line(
    "readiness.reason",
    "Because of",
    Unit.TEXT,
    where(
        fails > 0,
        concat("not met: ", fail_label),
        where(
            or_zero(ranking.weak_over_limit) > 0,
            concat(
                weak_reason,
                where(warns > 0, concat("; not met: ", warn_label), ""),
            ),
            where(warns > 0, concat("not met: ", warn_label), "every check is passed"),
        ),
    ),
)
call = line(
    "stance.call", "Stance", Unit.TEXT, where(same(readiness, "blocked"), "BLOCKED", stance.view)
)
