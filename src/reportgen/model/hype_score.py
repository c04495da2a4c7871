"""The hype score: nine sub-scores of 0 to 100, and their mean where enough of them exist.

The nine: optimism, staleness, dispersion, run-up, launch, premium to peers, expectations, quality
of sources, and a vendor's call.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import as_of as last_before
from reportgen.expr.functions import (
    by,
    count_known,
    count_where,
    each,
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
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model import fundamentals, launch, peers
from reportgen.model.dims import (
    CLAIM,
    FUNDAMENTAL,
    PEER,
    PRODUCT,
    SOURCE,
    SUB_SCORE,
    TARGET,
    VARIANT,
)
from reportgen.model.evidence.claims import (
    call_newest,
    call_probability,
    calls,
    claim_known,
    claim_source,
    claim_tier,
    fact_assumed,
)
from reportgen.model.evidence.products import offer_assumed, product_known, product_source
from reportgen.model.fundamentals import newest_value, series
from reportgen.model.hype import price_targets
from reportgen.model.hype.components import HALF_YEAR, freshness, launch_within
from reportgen.model.hype.price_targets import (
    ROW,
    close_at_issue,
    consensus,
    count,
    is_known,
    source,
    target,
)
from reportgen.model.inputs.assumptions import benchmark_beta, cost_of_equity
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import estimate_assumed, estimate_date
from reportgen.model.inputs.sources import source_id, source_reliability, source_row, source_tier
from reportgen.model.market import benchmark_on, close_on, estimate_change, estimate_on, price
from reportgen.model.priced_in import gap
from reportgen.model.twelve_months import part_of_eps
from reportgen.model.valuation import own_pe
from reportgen.model.words import line, or_zero

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Node


# --- the run-up of the price: six months without news to back it ---
runup_day = line("runup.day_before", "Six months ago", Unit.DATE, months_before(as_of, HALF_YEAR))
price_before = line(
    "runup.close_before",
    "Close six months ago",
    Unit.PER_SHARE,
    close_on(runup_day, "runup.close_before"),
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
runup_benchmark_now = line(
    "runup.benchmark_now", "Benchmark now", Unit.NUMBER, benchmark_on(as_of, "runup.benchmark_now")
)
runup_benchmark_before = line(
    "runup.benchmark_before",
    "Benchmark six months ago",
    Unit.NUMBER,
    benchmark_on(runup_day, "runup.benchmark_before"),
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


# --- optimism and staleness of the targets ---
implied_return = line(
    f"{ROW}.implied_return",
    "Implied return",
    Unit.CHANGE,
    where(known(target), target / close_at_issue - 1, NA),
)
mean_implied_return = line(
    "hype.mean_implied_return",
    "Mean implied return",
    Unit.CHANGE,
    where(
        count_known(implied_return, TARGET) >= policy("component.min_coverage") * count,
        mean(implied_return, TARGET),
        NA,
    ),
)
mean_freshness = line("hype.mean_freshness", "Mean freshness", Unit.RATIO, mean(freshness, TARGET))


# --- the dispersion of the targets ---
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


# --- the quality of the sources that are cited ---
source_of_targets, source_of_prices, source_of_claims = (
    line(
        f"source[{{source}}].cited_by_{name}",
        f"Cited by {name}",
        Unit.COUNT,
        count_where(dim, same(each(cited), source_id) * each(counts)),
    )
    for name, dim, cited, counts in (
        ("targets", TARGET, source, is_known),
        ("prices", PRODUCT, product_source, product_known),
        ("claims", CLAIM, claim_source, claim_known),
    )
)
source_cited = line(
    "source[{source}].cited",
    "Cited by targets, products, claims",
    Unit.COUNT,
    source_of_targets + source_of_prices + source_of_claims,
)
source_counted = line(
    "source[{source}].counted",
    "Reliability, where it counts",
    Unit.RATIO,
    where(
        (source_cited > 0) & (source_row > 0) & ~same(source_tier, "assumption"),
        source_reliability,
        NA,
    ),
)
mean_reliability = line(
    "hype.mean_reliability", "Mean reliability", Unit.RATIO, mean(source_counted, SOURCE)
)


# --- a vendor's call, its log-odds shrunk towards the base rate ---
def _logit(p: Node) -> Node:
    return ln(p / (1 - p))


_BASE_RATE = policy("score.vendor_base_rate")
base_logit = line(
    "vendor_call.base_logit", "Log-odds of the base rate", Unit.NUMBER, _logit(_BASE_RATE)
)
call_logit = line(
    "vendor_call.logit", "Log-odds of the call", Unit.NUMBER, _logit(call_probability)
)
calibrated_logit = line(
    "vendor_call.calibrated_logit",
    "Calibrated log-odds",
    Unit.NUMBER,
    base_logit + policy("score.vendor_shrink") * (call_logit - base_logit),
)
calibrated = line(
    "vendor_call.calibrated",
    "Calibrated probability",
    Unit.RATIO,
    exp(calibrated_logit) / (1 + exp(calibrated_logit)),
)


# --- the score ---
NAMES = {
    "optimism": "Optimism",
    "staleness": "Staleness",
    "dispersion": "Dispersion",
    "runup": "Run-up",
    "launch": "Launch",
    "premium": "Premium",
    "expectations": "Expectations",
    "sources": "Sources",
    "vendor": "Vendor call",
}
_ONE = 1
measured = line(
    "hype.measure[{sub}]",
    "Measured, 1 = full",
    Unit.NUMBER,
    by(
        SUB_SCORE,
        optimism=(mean_implied_return - cost_of_equity) / policy("score.optimism_scale"),
        staleness=_ONE - mean_freshness,
        dispersion=dispersion / policy("score.dispersion_scale"),
        runup=runup_unbacked / policy("score.runup_scale"),
        launch=where(launch.gain > 0, _ONE - launch.value / launch.gain, NA),
        premium=own_pe / peers.peer_pe - _ONE,
        expectations=gap / policy("score.expectations_scale"),
        sources=_ONE - mean_reliability,
        vendor=where(
            as_of - call_newest <= policy("fresh.vendor_call_days"),
            (call_probability - calibrated) / policy("score.vendor_scale"),
            NA,
        ),
    ),
)
sub = line("hype.sub[{sub}]", "Sub-score", Unit.SCORE, 100 * minimum(1, maximum(0, measured)))
exists = line("hype.sub_exists[{sub}]", "Exists", Unit.FLAG, known(sub))

# --- which of them rest on a figure of the house rather than on a measured one ---
_ASSUMED = same(each(fundamentals.tier), "assumption")


def _any(dim: Dim, condition: Node) -> Node:
    return where(count_where(dim, condition) > 0, 1, 0)


targets_assumed = line(
    "hype.rests.targets", "Targets in use", Unit.FLAG, _any(TARGET, each(price_targets.assumed))
)
estimate_now_assumed, estimate_then_assumed = (
    line(
        f"hype.rests.estimate_{name}",
        f"Consensus EPS {words}",
        Unit.FLAG,
        or_zero(last_before(estimate_date, estimate_assumed, day)),
    )
    for name, words, day in (("now", "now", as_of), ("then", "six months ago", runup_day))
)
estimates_assumed = line(
    "hype.rests.estimates",
    "Consensus EPS, now and six months ago",
    Unit.FLAG,
    where((estimate_now_assumed > 0) | (estimate_then_assumed > 0), 1, 0),
)
shares_assumed = line(
    "hype.rests.shares",
    "Share count",
    Unit.FLAG,
    _any(
        FUNDAMENTAL,
        _ASSUMED * each(newest_value) * same(each(series), "group/shares_diluted"),
    ),
)
assets_assumed = line(
    "hype.rests.assets",
    "Net cash and investments",
    Unit.FLAG,
    _any(
        FUNDAMENTAL,
        _ASSUMED
        * each(newest_value)
        * (same(each(series), "group/net_cash") + same(each(series), "group/investments")),
    ),
)
eps_assumed = line(
    "hype.rests.eps",
    "EPS of the twelve months",
    Unit.FLAG,
    _any(FUNDAMENTAL, _ASSUMED * each(part_of_eps) * each(part_of_eps)),
)
peers_assumed = line(
    "hype.rests.peers",
    "P/E of the peers",
    Unit.FLAG,
    where(
        (count_where(PEER, each(peers.used_assumed)) > 0)
        | (
            count_where(CLAIM, each(peers.claim_of_peer) * same(each(claim_tier), "assumption")) > 0
        ),
        1,
        0,
    ),
)
offer_rests = line(
    "launch.price_assumed[{variant}]",
    "Price of the house",
    Unit.FLAG,
    offer_assumed(launch.variant_offer),
)
first_size_assumed, last_size_assumed, units_assumed, return_assumed = (
    line(f"{fact.key.removesuffix('_id')}.assumed", f"{words}: of the house", Unit.FLAG, flag)
    for fact, words, flag in (
        (fact, words, fact_assumed(fact))
        for fact, words in (
            (launch.first_size_id, "First market size"),
            (launch.last_size_id, "Last market size"),
            (launch.units_id, "Units"),
            (launch.claim_id, "Claimed return"),
        )
    )
)
launch_assumed = line(
    "hype.rests.launch",
    "Claims and prices of the launch",
    Unit.FLAG,
    where(
        first_size_assumed
        + last_size_assumed
        + units_assumed
        + return_assumed
        + sum_known(offer_rests, VARIANT)
        + shares_assumed
        > 0,
        1,
        0,
    ),
)
vendor_assumed = line(
    "hype.rests.vendor",
    "The vendor's call",
    Unit.FLAG,
    _any(CLAIM, each(calls.chosen) * same(each(claim_tier), "assumption")),
)
rests = line(
    "hype.sub_rests[{sub}]",
    "Rests on a figure of the house",
    Unit.FLAG,
    by(
        SUB_SCORE,
        optimism=targets_assumed,
        staleness=targets_assumed,
        dispersion=targets_assumed,
        runup=estimates_assumed,
        launch=launch_assumed,
        premium=where((eps_assumed > 0) | (peers_assumed > 0), 1, 0),
        expectations=where((eps_assumed > 0) | (shares_assumed > 0) | (assets_assumed > 0), 1, 0),
        sources=0,
        vendor=vendor_assumed,
    ),
)
is_measured = line(
    "hype.sub_measured[{sub}]",
    "Exists, and is measured",
    Unit.FLAG,
    where((exists > 0) & (rests < 1), 1, 0),
)
coverage = line(
    "hype.coverage",
    "Coverage: sub-scores measured",
    Unit.RATIO,
    mean(is_measured, SUB_SCORE),
    note="those that exist and rest on no figure of the house",
)
score = line(
    "hype.score",
    "Hype score",
    Unit.SCORE,
    where(mean(exists, SUB_SCORE) >= policy("score.min_coverage"), mean(sub, SUB_SCORE), NA),
)
