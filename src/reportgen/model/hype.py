"""Hype: what price targets owe to optimism, age, run-ups and a launch, and a score of it."""

from __future__ import annotations

from reportgen.expr.functions import at as at_member
from reportgen.expr.functions import (
    by,
    count_known,
    count_where,
    each,
    equal,
    exp,
    known,
    ln,
    maximum,
    mean,
    minimum,
    months_before,
    same,
    sample_stdev,
    sum_known,
    total,
    where,
)
from reportgen.expr.nodes import NA, Node, Unit
from reportgen.model import launch
from reportgen.model.dims import CLAIM, COMPONENT, PRODUCT, SCENARIO, SOURCE, TARGET
from reportgen.model.evidence import (
    bull_narrative,
    call_probability,
    claim_known,
    claim_source,
    product_known,
    product_source,
)
from reportgen.model.inputs import (
    as_of,
    benchmark_beta,
    cost_of_equity,
    hype_allowance_rate,
    hype_launch_cap,
    hype_launch_share,
    hype_max_haircut,
    hype_max_target_age,
    hype_optimism_rate,
    hype_runup_cap,
    hype_runup_share,
    hype_switch_launch,
    hype_switch_optimism,
    hype_switch_runup,
    hype_switch_staleness,
    hype_target_half_life,
    hype_weight_launch,
    hype_weight_optimism,
    hype_weight_runup,
    hype_weight_staleness,
    ordinary_per_ads,
    policy,
    rate_of,
    source_id,
    source_reliability,
    source_tier,
)
from reportgen.model.market import benchmark_on, close_on, estimate_on, price
from reportgen.model.valuation import expected_value, value
from reportgen.model.words import entry, given, line, or_zero

_ROW = "target[{target}]"
number = given(f"{_ROW}.number", "No.", Unit.COUNT, TARGET)
broker = given(f"{_ROW}.broker", "Broker", Unit.TEXT, TARGET)
published = given(f"{_ROW}.published", "Published", Unit.DATE, TARGET)
stated = entry(_ROW, "Target as stated", Unit.NUMBER, TARGET)
currency = given(f"{_ROW}.currency", "Currency", Unit.TEXT, TARGET)
share_line = given(f"{_ROW}.line", "Line", Unit.TEXT, TARGET)
horizon = given(f"{_ROW}.horizon_months", "Horizon, months", Unit.COUNT, TARGET)
kind = given(f"{_ROW}.kind", "Kind", Unit.TEXT, TARGET)
rating = given(f"{_ROW}.rating", "Rating", Unit.TEXT, TARGET)
source = given(f"{_ROW}.source", "Source", Unit.TEXT, TARGET)

# --- which targets count ---
row = line(f"{_ROW}.row", "Row", Unit.COUNT, or_zero(number))
issued_on = line(f"{_ROW}.issued_on", "Published, 0 if blank", Unit.DATE, or_zero(published))
is_known = line(
    f"{_ROW}.known",
    "Known",
    Unit.FLAG,
    where(
        known(published) & known(stated),
        where(known(as_of), where(published <= as_of, 1, 0), 0),
        0,
    ),
)
newest = line(
    f"{_ROW}.newest",
    "Newest of its broker",
    Unit.FLAG,
    where(
        is_known > 0,
        where(
            count_where(
                TARGET,
                same(each(broker), broker)
                * each(is_known)
                * (
                    (each(issued_on) > issued_on)
                    + equal(each(issued_on), issued_on) * (each(row) > row)
                ),
            )
            < 1,
            1,
            0,
        ),
        0,
    ),
)
age = line(f"{_ROW}.age", "Age, days", Unit.DAYS, where(known(published), as_of - published, NA))
candidate = line(
    f"{_ROW}.candidate",
    "Newest and not too old",
    Unit.FLAG,
    where(newest > 0, where(age <= hype_max_target_age, 1, 0), 0),
)
of_broker = line(
    f"{_ROW}.of_broker",
    "A broker's",
    Unit.FLAG,
    where((or_zero(candidate) > 0) & same(kind, "broker"), 1, 0),
)
brokers = line("hype.brokers", "Brokers in use", Unit.COUNT, sum_known(of_broker, TARGET))
in_use = line(
    f"{_ROW}.in_use",
    "In use",
    Unit.FLAG,
    where(brokers > 0, of_broker, candidate),
    note="aggregates only where no broker has a target",
)
rate = line(f"{_ROW}.rate", "Its currency per price currency", Unit.NUMBER, rate_of(currency))
target = line(
    f"{_ROW}.value",
    "Target, per listed share, 12 months",
    Unit.PER_SHARE,
    where(
        in_use > 0,
        stated
        / rate
        * where(same(share_line, "ORD"), ordinary_per_ads, 1)
        / (1 + cost_of_equity) ** ((horizon - 12) / 12),
        NA,
    ),
)
count = line("hype.targets", "Targets in use", Unit.COUNT, count_known(target, TARGET))
consensus = line("hype.consensus", "Consensus", Unit.PER_SHARE, mean(target, TARGET))
consensus_upside = line(
    "consensus.upside", "Consensus against the price", Unit.CHANGE, consensus / price - 1
)

# --- 1: optimism ---
close_at_issue = line(
    f"{_ROW}.close_at_issue", "Close at issue", Unit.PER_SHARE, close_on(issued_on)
)
optimism = line(
    f"{_ROW}.optimism",
    "1 optimism",
    Unit.PER_SHARE,
    minimum(hype_optimism_rate * close_at_issue, maximum(0, target - close_at_issue)),
)
after_optimism = line(
    f"{_ROW}.after_optimism",
    "After 1",
    Unit.PER_SHARE,
    target - where(hype_switch_optimism > 0, or_zero(optimism), 0),
)

# --- 2: staleness ---
freshness = line(
    f"{_ROW}.freshness",
    "Freshness",
    Unit.RATIO,
    where(in_use > 0, 2 ** (-age / hype_target_half_life), NA),
)
staleness = line(
    f"{_ROW}.staleness",
    "2 staleness",
    Unit.PER_SHARE,
    (1 - freshness) * maximum(0, after_optimism - price),
)
after_staleness = line(
    f"{_ROW}.after_staleness",
    "After 2",
    Unit.PER_SHARE,
    after_optimism - where(hype_switch_staleness > 0, or_zero(staleness), 0),
)

# --- 3: unbacked run-up ---
_HALF_YEAR = policy("runup.months", Unit.COUNT)
day_before = line(
    f"{_ROW}.six_months_before",
    "Six months before",
    Unit.DATE,
    where(in_use > 0, months_before(issued_on, _HALF_YEAR), NA),
)
close_before = line(
    f"{_ROW}.close_before", "Close six months before", Unit.PER_SHARE, close_on(day_before)
)


def _launch_part(start: Node, end: Node) -> Node:
    """Return the launch's abnormal return where the launch falls within (start, end]."""
    within = where(known(launch.day), where((start < launch.day) & (launch.day <= end), 1, 0), 0)
    return where(within > 0, launch.abnormal_return, 0)


benchmark_at_issue = line(
    f"{_ROW}.benchmark_at_issue", "Benchmark at issue", Unit.NUMBER, benchmark_on(issued_on)
)
benchmark_before = line(
    f"{_ROW}.benchmark_before", "Benchmark before", Unit.NUMBER, benchmark_on(day_before)
)
launch_return = line(
    f"{_ROW}.launch_return",
    "Launch within",
    Unit.CHANGE,
    _launch_part(day_before, issued_on),
)
abnormal = line(
    f"{_ROW}.abnormal_runup",
    "Abnormal run-up",
    Unit.CHANGE,
    close_at_issue / close_before
    - 1
    - benchmark_beta * (benchmark_at_issue / benchmark_before - 1)
    - launch_return,
)
estimate_before = line(
    f"{_ROW}.estimate_before", "EPS estimate then", Unit.PER_SHARE, estimate_on(day_before)
)
estimate_change = line(
    f"{_ROW}.estimate_change",
    "Change of the estimate",
    Unit.CHANGE,
    where(estimate_before > 0, estimate_on(issued_on) / estimate_before - 1, NA),
)
unbacked = line(
    f"{_ROW}.unbacked",
    "Unbacked",
    Unit.CHANGE,
    maximum(0, abnormal - maximum(0, estimate_change)),
)
runup = line(
    f"{_ROW}.runup",
    "3 run-up",
    Unit.PER_SHARE,
    minimum(
        hype_runup_share * maximum(0, unbacked * close_before - maximum(0, close_at_issue - price)),
        hype_runup_cap * after_staleness,
    ),
)
after_runup = line(
    f"{_ROW}.after_runup",
    "After 3",
    Unit.PER_SHARE,
    after_staleness - where(hype_switch_runup > 0, or_zero(runup), 0),
)

# --- 4: launch ---
after_launch_day = line(
    f"{_ROW}.since_launch",
    "Published since the launch",
    Unit.FLAG,
    where(
        known(launch.day) & known(target),
        where(issued_on >= launch.day, 1, 0),
        0,
    ),
)
launch_part = line(
    f"{_ROW}.launch",
    "4 launch",
    Unit.PER_SHARE,
    where(
        after_launch_day > 0,
        minimum(hype_launch_share * launch.overpricing, hype_launch_cap * after_runup),
        where(known(target), 0, NA),
    ),
)

# --- the components ---
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
    by(
        COMPONENT,
        optimism=count_known(optimism, TARGET),
        staleness=count_known(staleness, TARGET),
        runup=count_known(runup, TARGET),
        launch=count_known(launch_part, TARGET),
    ),
)
mean_amount = line(
    "hype.mean[{component}]",
    "Mean over targets",
    Unit.PER_SHARE,
    by(
        COMPONENT,
        optimism=mean(optimism, TARGET),
        staleness=mean(staleness, TARGET),
        runup=mean(runup, TARGET),
        launch=mean(launch_part, TARGET),
    ),
)
targets_since_launch = line(
    "hype.targets_since_launch",
    "Targets since the launch",
    Unit.COUNT,
    sum_known(after_launch_day, TARGET),
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
_enough = computed >= policy("component.min_coverage", Unit.RATIO) * count
state = line(
    "hype.state[{component}]",
    "State",
    Unit.TEXT,
    where(
        switch > 0,
        where(
            applicable > 0,
            by(
                COMPONENT,
                optimism=where(_enough & (count > 0), "ok", "n/a"),
                staleness=where(_enough & (count > 0), "ok", "n/a"),
                runup=where(_enough & (count > 0), "ok", "n/a"),
                launch=where(_enough & known(launch.overpricing), "ok", "n/a"),
            ),
            "not applicable",
        ),
        "off",
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
unmeasured = line(
    "hype.unmeasured",
    "Share not measured",
    Unit.RATIO,
    where(
        total(weight_counted, COMPONENT) > 0,
        total(weight_missing, COMPONENT) / total(weight_counted, COMPONENT),
        0,
    ),
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
        count >= policy("score.dispersion_min_targets", Unit.COUNT),
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

# --- the score ---
runup_day = line("runup.day_before", "Six months ago", Unit.DATE, months_before(as_of, _HALF_YEAR))
price_before = line(
    "runup.close_before", "Close six months ago", Unit.PER_SHARE, close_on(runup_day)
)
runup_launch = line(
    "runup.launch", "Launch within the six months", Unit.CHANGE, _launch_part(runup_day, as_of)
)
runup_estimate_before = line(
    "runup.estimate_before", "EPS estimate then", Unit.PER_SHARE, estimate_on(runup_day)
)
runup_estimate_change = line(
    "runup.estimate_change",
    "Change of the estimate",
    Unit.CHANGE,
    where(runup_estimate_before > 0, estimate_on(as_of) / runup_estimate_before - 1, NA),
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
implied_return = line(
    f"{_ROW}.implied_return",
    "Implied return",
    Unit.CHANGE,
    where(known(target), target / close_at_issue - 1, NA),
)
mean_implied_return = line(
    "hype.mean_implied_return",
    "Mean implied return",
    Unit.CHANGE,
    where(count_known(implied_return, TARGET) >= count, mean(implied_return, TARGET), NA),
)
mean_freshness = line("hype.mean_freshness", "Mean freshness", Unit.RATIO, mean(freshness, TARGET))


source_cited = line(
    "source[{source}].cited",
    "Cited by targets, products, claims",
    Unit.COUNT,
    count_where(TARGET, same(each(source), source_id) * each(is_known))
    + count_where(PRODUCT, same(each(product_source), source_id) * each(product_known))
    + count_where(CLAIM, same(each(claim_source), source_id) * each(claim_known)),
)
source_counted = line(
    "source[{source}].counted",
    "Reliability, where it counts",
    Unit.RATIO,
    where((source_cited > 0) & ~same(source_tier, "assumption"), source_reliability, NA),
)
mean_reliability = line(
    "hype.mean_reliability", "Mean reliability", Unit.RATIO, mean(source_counted, SOURCE)
)


def _logit(p: Node) -> Node:
    return ln(p / (1 - p))


_BASE_RATE = policy("score.vendor_base_rate", Unit.RATIO)
calibrated_logit = line(
    "vendor_call.calibrated_logit",
    "Calibrated log-odds",
    Unit.NUMBER,
    _logit(_BASE_RATE)
    + policy("score.vendor_shrink", Unit.RATIO) * (_logit(call_probability) - _logit(_BASE_RATE)),
)
calibrated = line(
    "vendor_call.calibrated",
    "Calibrated probability",
    Unit.RATIO,
    exp(calibrated_logit) / (1 + exp(calibrated_logit)),
)
