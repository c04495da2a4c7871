"""The constants of the method: the unit and the bounds of each, in the order in which they stand.

`method.yaml` gives their values and reasons (`policy`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import GROWTH, NOT_NEGATIVE, POSITIVE, SHARE, Bounds

if TYPE_CHECKING:
    from collections.abc import Mapping


class Constant(NamedTuple):
    """A constant of the method that formulas read; method.yaml gives its value and reason."""

    key: str
    unit: Unit
    bounds: Bounds


_RATIO, _TIMES, _NUMBER = Unit.RATIO, Unit.MULTIPLE, Unit.NUMBER
_DAYS, _COUNT = Unit.DAYS, Unit.COUNT
CONSTANTS: Mapping[str, Constant] = {
    key: Constant(key, unit, bounds)
    for key, unit, bounds in (
        ("reliability.tier.primary", _RATIO, SHARE),
        ("reliability.tier.wire", _RATIO, SHARE),
        ("reliability.tier.trade_blog", _RATIO, SHARE),
        ("reliability.tier.user_post", _RATIO, SHARE),
        ("reliability.tier.assumption", _RATIO, SHARE),
        ("reliability.flag.ai_generated", _RATIO, SHARE),
        ("reliability.flag.promotional", _RATIO, SHARE),
        ("reliability.flag.author_position", _RATIO, SHARE),
        ("reliability.flag.verified_error", _RATIO, SHARE),
        ("lookup.close_days", _DAYS, POSITIVE),
        ("lookup.rate_days", _DAYS, POSITIVE),
        ("twelve_months.max_age", _DAYS, POSITIVE),
        ("twelve_months.difference", _RATIO, NOT_NEGATIVE),
        ("half_life.price", _DAYS, POSITIVE),
        ("half_life.market_size", _DAYS, POSITIVE),
        ("half_life.units", _DAYS, POSITIVE),
        ("half_life.ai_capex_3y", _DAYS, POSITIVE),
        ("half_life.default", _DAYS, POSITIVE),
        ("choice.median_tolerance", _NUMBER, NOT_NEGATIVE),
        ("conflict.window_days", _DAYS, POSITIVE),
        ("conflict.approximate", _RATIO, SHARE),
        ("conflict.exact", _RATIO, SHARE),
        ("half_life.product", _DAYS, POSITIVE),
        ("launch.window_days", _DAYS, NOT_NEGATIVE),
        ("launch.counts.bear", _COUNT, SHARE),
        ("launch.counts.base", _COUNT, SHARE),
        ("launch.counts.bull", _COUNT, SHARE),
        ("runup.months", _COUNT, NOT_NEGATIVE),
        ("component.min_coverage", _RATIO, SHARE),
        ("score.dispersion_min_targets", _COUNT, NOT_NEGATIVE),
        ("score.vendor_base_rate", _RATIO, NOT_NEGATIVE),
        ("score.vendor_shrink", _RATIO, NOT_NEGATIVE),
        ("solver.high", _RATIO, GROWTH),
        ("solver.low", _RATIO, GROWTH),
        ("tolerance.absolute", _NUMBER, NOT_NEGATIVE),
        ("score.optimism_scale", _RATIO, NOT_NEGATIVE),
        ("score.dispersion_scale", _RATIO, NOT_NEGATIVE),
        ("score.runup_scale", _RATIO, NOT_NEGATIVE),
        ("score.expectations_scale", _RATIO, NOT_NEGATIVE),
        ("fresh.vendor_call_days", _DAYS, POSITIVE),
        ("score.vendor_scale", _RATIO, NOT_NEGATIVE),
        ("score.min_coverage", _RATIO, NOT_NEGATIVE),
        ("fresh.close_days", _DAYS, POSITIVE),
        ("fresh.target_days", _DAYS, POSITIVE),
        ("fresh.results_days", _DAYS, POSITIVE),
        ("fresh.product_days", _DAYS, POSITIVE),
        ("fresh.eps_ntm_days", _DAYS, POSITIVE),
        ("fresh.peer_days", _DAYS, POSITIVE),
        ("weak.price_share", _RATIO, NOT_NEGATIVE),
        ("weak.assumption", _COUNT, SHARE),
        ("weak.exchange_rate", _COUNT, SHARE),
        ("harsh.optimism_rate", _NUMBER, NOT_NEGATIVE),
        ("harsh.target_half_life", _NUMBER, NOT_NEGATIVE),
        ("harsh.runup_share", _NUMBER, NOT_NEGATIVE),
        ("harsh.launch_share", _NUMBER, NOT_NEGATIVE),
        ("lenient.optimism_rate", _NUMBER, NOT_NEGATIVE),
        ("lenient.target_half_life", _NUMBER, NOT_NEGATIVE),
        ("lenient.runup_share", _NUMBER, NOT_NEGATIVE),
        ("lenient.launch_share", _NUMBER, NOT_NEGATIVE),
        ("tolerance.relative", _NUMBER, NOT_NEGATIVE),
        ("tolerance.sum_of_shares", _NUMBER, NOT_NEGATIVE),
        ("tolerance.waterfall", _NUMBER, NOT_NEGATIVE),
        ("grid.growth_step", _RATIO, NOT_NEGATIVE),
        ("grid.multiple_step", _RATIO, NOT_NEGATIVE),
        ("input.largest", _NUMBER, NOT_NEGATIVE),
        ("input.first_day", _DAYS, POSITIVE),
        ("input.last_day", _DAYS, POSITIVE),
        ("shock.points", _RATIO, NOT_NEGATIVE),
        ("shock.multiple", _RATIO, NOT_NEGATIVE),
        ("shock.reported", _RATIO, NOT_NEGATIVE),
        ("shock.balance", _RATIO, NOT_NEGATIVE),
        ("shock.target", _RATIO, NOT_NEGATIVE),
        ("shock.rate", _RATIO, NOT_NEGATIVE),
        ("shock.shares", _RATIO, NOT_NEGATIVE),
        ("shock.rate_of_return", _RATIO, NOT_NEGATIVE),
        ("shock.other", _RATIO, NOT_NEGATIVE),
        ("plausible.value", _TIMES, NOT_NEGATIVE),
        ("plausible.value.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.claim", _TIMES, NOT_NEGATIVE),
        ("plausible.claim.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.shares", _RATIO, NOT_NEGATIVE),
        ("plausible.shares.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.base", _RATIO, NOT_NEGATIVE),
        ("plausible.base.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.yoy", _RATIO, NOT_NEGATIVE),
        ("plausible.yoy.fail", _RATIO, NOT_NEGATIVE),
        ("plausible.series", _TIMES, NOT_NEGATIVE),
        ("plausible.series.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.balance", _TIMES, NOT_NEGATIVE),
        ("plausible.balance.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.dividend", _RATIO, NOT_NEGATIVE),
        ("plausible.dividend.fail", _RATIO, NOT_NEGATIVE),
        ("plausible.pe_low", _TIMES, NOT_NEGATIVE),
        ("plausible.pe_low.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.pe_high", _TIMES, NOT_NEGATIVE),
        ("plausible.pe_high.fail", _TIMES, NOT_NEGATIVE),
        ("plausible.growth", _RATIO, NOT_NEGATIVE),
        ("plausible.growth.fail", _RATIO, NOT_NEGATIVE),
        ("plausible.confirmed_days", _DAYS, POSITIVE),
        ("coherent.eps_growth", _RATIO, NOT_NEGATIVE),
        ("coherent.eps_ntm", _RATIO, NOT_NEGATIVE),
        ("coherent.cash_conversion", _RATIO, NOT_NEGATIVE),
        ("coherent.peers", _COUNT, NOT_NEGATIVE),
        ("fresh.half_year_results_days", _DAYS, POSITIVE),
        ("fresh.annual_results_days", _DAYS, POSITIVE),
        ("fresh.rate_days", _DAYS, POSITIVE),
        ("choice.max_age_days", _DAYS, POSITIVE),
        ("check.launch_ratio", _TIMES, NOT_NEGATIVE),
        ("chart.label_gap", _RATIO, NOT_NEGATIVE),
    )
}
