"""What else the score measures: implied returns, freshness, sources, a vendor's call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_known,
    count_where,
    each,
    exp,
    known,
    ln,
    mean,
    same,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import CLAIM, PRODUCT, SOURCE, TARGET
from reportgen.model.evidence.claims import claim_known, claim_source
from reportgen.model.evidence.opinions import call_probability
from reportgen.model.evidence.products import product_known, product_source
from reportgen.model.hype.components import close_at_issue, freshness
from reportgen.model.hype.price_targets import ROW, count, is_known, source, target
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.sources import source_id, source_reliability, source_tier
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Node

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


_BASE_RATE = policy("score.vendor_base_rate")
calibrated_logit = line(
    "vendor_call.calibrated_logit",
    "Calibrated log-odds",
    Unit.NUMBER,
    _logit(_BASE_RATE)
    + policy("score.vendor_shrink") * (_logit(call_probability) - _logit(_BASE_RATE)),
)
calibrated = line(
    "vendor_call.calibrated",
    "Calibrated probability",
    Unit.RATIO,
    exp(calibrated_logit) / (1 + exp(calibrated_logit)),
)
