"""What the checks look at: sums and gaps, the centres of the grids, counts of what is amiss."""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    absolute,
    at,
    count_where,
    disorder,
    each,
    equal,
    known,
    largest,
    same,
    sum_known,
    total,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.checks import completeness
from reportgen.model.checks.completeness import BLOCK
from reportgen.model.delivered_growth import ebita_yoy, eps_yoy, free_cash_flow, g_delivered
from reportgen.model.dims import (
    CLAIM,
    COMPONENT,
    DRIVER,
    FACT,
    FLOW,
    GRID_ROW,
    SCENARIO,
    SEGMENT,
    SOURCE,
    TARGET,
    VARIANT,
)
from reportgen.model.evidence.claims import claim_fact, claim_tier, claim_valid, fact_id
from reportgen.model.fundamentals import shares_diluted
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.inputs import market_data
from reportgen.model.inputs.assumptions import (
    launch_price_mix,
    probability,
    weight_pe,
    weight_sotp,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of, segment_metric
from reportgen.model.inputs.sources import source_id, source_row
from reportgen.model.last_month import brokers_then
from reportgen.model.market import estimate_on
from reportgen.model.peers import claim_of_peer, peer_pe, peer_pe_count
from reportgen.model.peers import count as peers_known
from reportgen.model.twelve_months import (
    FREE_CASH_FLOW,
    eps_reference,
    flow_apart,
    of_flow,
)
from reportgen.model.valuation import (
    METHODS,
    base_metric,
    eps_12m,
    expected_value,
    level,
    value,
    weight_used,
)
from reportgen.model.whatif import bridges, grids, hype_range
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


def _positive(of: Line) -> Node:
    return where(known(of), where(of > 0, 1, 0), 0)


falling = line(
    "check.falling",
    "Of EBITA, EPS and cash flow: negative",
    Unit.COUNT,
    _negative(ebita_yoy) + _negative(eps_yoy) + _negative(free_cash_flow),
)
rising = line(
    "check.rising",
    "Of EBITA and EPS: rising",
    Unit.COUNT,
    _positive(ebita_yoy) + _positive(eps_yoy),
)
against = line(
    "check.against",
    "Of EBITA, EPS and cash flow: pointing the other way",
    Unit.COUNT,
    where(or_zero(g_delivered) > 0, falling, where(or_zero(g_delivered) < 0, rising, 0)),
)
conversion_reported = line(
    "check.cash_conversion",
    "Free cash flow / earnings, twelve months",
    Unit.RATIO,
    where(eps_reference > 0, of_flow(FREE_CASH_FLOW) / (eps_reference * shares_diluted), NA),
)
methods_missing = line(
    "check.methods_missing",
    "Methods with a weight that are n/a",
    Unit.COUNT,
    reduce(
        add,
        (
            where((method.weight > 0) & (weight_used[name] <= 0), 1, 0)
            for name, method in METHODS.items()
        ),
    ),
)
loss_valued = line(
    "check.loss_valued",
    "P/E counts, on an EPS reference that is not positive",
    Unit.FLAG,
    where(known(eps_reference) & (weight_pe > 0), where(eps_reference > 0, 0, 1), 0),
)
set_aside = line(
    "check.set_aside",
    "Targets set aside",
    Unit.COUNT,
    sum_known(price_targets.set_aside, TARGET),
)
flows_apart = line(
    "check.flows_apart",
    "Twelve months that differ by what they are made of",
    Unit.COUNT,
    count_where(FLOW, each(flow_apart)),
)
peer_posts = line(
    "check.peer_posts",
    "P/Es of peers that are no user's post",
    Unit.COUNT,
    count_where(CLAIM, each(claim_of_peer) * (1 - same(each(claim_tier), "user_post"))),
)
peers_few = line(
    "check.peers_few",
    "P/E of the peers on few, or on posts alone",
    Unit.FLAG,
    where(
        known(peer_pe),
        where(
            (peer_pe_count < policy("coherent.peers")) | ((peers_known < 1) & (peer_posts < 1)),
            1,
            0,
        ),
        0,
    ),
)


basis_changed = line(
    "check.basis_changed",
    "Consensus rests on brokers now, on an average then, or the other way",
    Unit.FLAG,
    where(
        known(brokers_then),
        where(equal(where(price_targets.brokers > 0, 1, 0), where(brokers_then > 0, 1, 0)), 0, 1),
        0,
    ),
)


# --- do the assumptions of a case agree with each other? ---
_earning_level = line(
    "{scenario}.earning_level[{segment}]",
    "Metric in 12 months, unless revenue",
    Unit.REPORTING_M,
    where(same(segment_metric, "revenue"), 0, level),
)
_earning_base = line(
    "segment[{segment}].earning_base",
    "Base metric, unless revenue",
    Unit.REPORTING_M,
    where(same(segment_metric, "revenue"), 0, base_metric),
)
earning_base = line(
    "check.earning_base",
    "Base metrics that are earnings",
    Unit.REPORTING_M,
    total(_earning_base, SEGMENT),
)
parts_growth = line(
    "{scenario}.parts_growth",
    "Growth of the segments' earnings",
    Unit.CHANGE,
    where(earning_base > 0, total(_earning_level, SEGMENT) / earning_base - 1, NA),
)
eps_change = line(
    "{scenario}.eps_change",
    "Growth of EPS",
    Unit.CHANGE,
    (eps_12m - eps_reference) / absolute(eps_reference),
)
growth_apart = line(
    "{scenario}.growth_apart",
    "EPS growth less growth of the segments",
    Unit.CHANGE,
    where((weight_pe > 0) & (weight_sotp > 0), absolute(eps_change - parts_growth), NA),
)
growths_apart = line(
    "check.growth_apart",
    "Farthest of the cases",
    Unit.CHANGE,
    largest(growth_apart, SCENARIO),
)
eps_ahead = line(
    "check.eps_ahead",
    "Base EPS in 12 months against consensus",
    Unit.CHANGE,
    where(
        (weight_pe > 0) & (estimate_on(as_of) > 0),
        at(eps_12m, SCENARIO, "base") / estimate_on(as_of) - 1,
        NA,
    ),
)
closes_disordered, benchmark_disordered = (
    line(f"check.disordered.{days.dims[0].name}", label, Unit.COUNT, disorder(days, days.dims[0]))
    for label, days in (
        ("Closes out of the order of their days", market_data.close_date),
        ("Benchmark closes out of the order of their days", market_data.benchmark_date),
    )
)
sources_twice = line(
    "check.sources_twice",
    "Sources named a second time",
    Unit.COUNT,
    count_where(SOURCE, ~same(each(source_id), "")) - count_where(SOURCE, each(source_row) > 0),
)
misplaced = line(
    "check.misplaced",
    "Rows out of order, or named twice",
    Unit.COUNT,
    closes_disordered + benchmark_disordered + sources_twice,
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
_SLACK = RELATIVE * (1 + absolute(expected_value))
expected_outside = line(
    "check.expected_outside",
    "Expected value outside bear and bull",
    Unit.FLAG,
    where(
        (expected_value >= at(value, SCENARIO, "bear") - _SLACK)
        & (expected_value <= at(value, SCENARIO, "bull") + _SLACK),
        0,
        1,
    ),
)


# --- does the value lie between those of the harsh and of the lenient set? ---
_ROUNDING = RELATIVE * (1 + absolute(adjusted_value.hype_value))
above_harsh = line(
    "check.above_harsh",
    "Hype-adjusted value less the harsh one",
    Unit.PER_SHARE,
    adjusted_value.hype_value - hype_range.low,
)
below_lenient = line(
    "check.below_lenient",
    "Lenient value less the hype-adjusted one",
    Unit.PER_SHARE,
    hype_range.high - adjusted_value.hype_value,
)
hype_outside = line(
    "check.hype_outside",
    "Hype-adjusted value outside harsh and lenient",
    Unit.FLAG,
    where(
        (adjusted_value.hype_value < hype_range.low - _ROUNDING)
        | (adjusted_value.hype_value > hype_range.high + _ROUNDING),
        1,
        0,
    ),
)
unused_overrides = given("check.unused_overrides", "Overrides that fit no input", Unit.COUNT)
