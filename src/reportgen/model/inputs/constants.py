"""The constants of the method that formulas read, shown with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model.words import entry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model.words import Entry

# As in method.yaml, which gives their values; a test holds the two to each other
_UNITS: Mapping[str, Unit] = {
    "reliability.tier.primary": Unit.RATIO,
    "reliability.tier.wire": Unit.RATIO,
    "reliability.tier.trade_blog": Unit.RATIO,
    "reliability.tier.user_post": Unit.RATIO,
    "reliability.tier.assumption": Unit.RATIO,
    "reliability.flag.ai_generated": Unit.RATIO,
    "reliability.flag.promotional": Unit.RATIO,
    "reliability.flag.author_position": Unit.RATIO,
    "reliability.flag.verified_error": Unit.RATIO,
    "lookup.close_days": Unit.DAYS,
    "half_life.price": Unit.DAYS,
    "half_life.market_size": Unit.DAYS,
    "half_life.units": Unit.DAYS,
    "half_life.ai_capex_3y": Unit.DAYS,
    "half_life.default": Unit.DAYS,
    "choice.median_tolerance": Unit.NUMBER,
    "conflict.window_days": Unit.DAYS,
    "conflict.approximate": Unit.RATIO,
    "conflict.exact": Unit.RATIO,
    "half_life.product": Unit.DAYS,
    "launch.window_days": Unit.DAYS,
    "runup.months": Unit.COUNT,
    "component.min_coverage": Unit.RATIO,
    "score.dispersion_min_targets": Unit.COUNT,
    "score.vendor_base_rate": Unit.RATIO,
    "score.vendor_shrink": Unit.RATIO,
    "solver.high": Unit.RATIO,
    "solver.low": Unit.RATIO,
    "tolerance.absolute": Unit.NUMBER,
    "score.optimism_scale": Unit.RATIO,
    "score.dispersion_scale": Unit.RATIO,
    "score.runup_scale": Unit.RATIO,
    "score.expectations_scale": Unit.RATIO,
    "fresh.vendor_call_days": Unit.DAYS,
    "score.vendor_scale": Unit.RATIO,
    "score.min_coverage": Unit.RATIO,
    "fresh.close_days": Unit.DAYS,
    "fresh.target_days": Unit.DAYS,
    "fresh.results_days": Unit.DAYS,
    "fresh.product_days": Unit.DAYS,
    "fresh.eps_ntm_days": Unit.DAYS,
    "fresh.peer_days": Unit.DAYS,
    "weak.shock": Unit.RATIO,
    "weak.price_share": Unit.RATIO,
    "harsh.optimism_rate": Unit.NUMBER,
    "harsh.target_half_life": Unit.NUMBER,
    "harsh.runup_share": Unit.NUMBER,
    "harsh.launch_share": Unit.NUMBER,
    "lenient.optimism_rate": Unit.NUMBER,
    "lenient.target_half_life": Unit.NUMBER,
    "lenient.runup_share": Unit.NUMBER,
    "lenient.launch_share": Unit.NUMBER,
    "tolerance.relative": Unit.NUMBER,
    "tolerance.sum_of_shares": Unit.NUMBER,
    "tolerance.waterfall": Unit.NUMBER,
    "grid.growth_step": Unit.RATIO,
    "grid.multiple_step": Unit.RATIO,
    "input.largest": Unit.NUMBER,
    "check.launch_ratio": Unit.MULTIPLE,
    "chart.label_gap": Unit.RATIO,
}
_POLICIES: Mapping[str, Entry] = {
    key: entry(f"policy[{key}]", key, unit) for key, unit in _UNITS.items()
}


def policy(key: str) -> Entry:
    """Return the input line of a constant in method.yaml. Raises KeyError for an unknown one."""
    return _POLICIES[key]


def policies() -> tuple[Entry, ...]:
    """Return the input line of every constant that a formula reads, as they stand in the file."""
    return tuple(_POLICIES.values())
