"""The catalogue of assumption keys: every parameter of the method that a pack may set."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.facts.bounds import (
    ANY,
    AT_MOST_ONE,
    GROWTH,
    NOT_NEGATIVE,
    ON_OR_OFF,
    POSITIVE,
    SHARE,
    Bounds,
)

SCENARIOS = ("bear", "base", "bull")
ALL = "all"

RATIO, MULTIPLE, YEARS, DAYS, SWITCH = "ratio", "x", "years", "days", "0/1"
REPORTING_M = "reporting m"  # millions of the reporting currency
PER_SHARE = "price/ADS"  # money per listed share, in any currency


class AssumptionKey(NamedTuple):
    """One parameter: where it may vary, its bounds, and its default with the reason for it.

    `scenarios` are the scenarios it may be set for besides `all` (empty: `all` only).
    `by_segment` keys stand once a segment id (`launch_price_mix`: once a product variant).
    """

    key: str
    label: str
    unit: str
    bounds: Bounds
    scenarios: tuple[str, ...] = ()
    by_segment: bool = False
    required: bool = False
    default: float | None = None
    reason: str = ""

    @property
    def by_scenario(self) -> bool:
        """Whether the parameter may differ between scenarios."""
        return bool(self.scenarios)


def _case(key: str, label: str, unit: str, bounds: Bounds) -> AssumptionKey:
    return AssumptionKey(key, label, unit, bounds, SCENARIOS, required=True)


def _one(key: str, label: str, unit: str, bounds: Bounds) -> AssumptionKey:
    return AssumptionKey(key, label, unit, bounds, required=True)


def _launch(key: str, label: str, unit: str, bounds: Bounds) -> AssumptionKey:
    return AssumptionKey(f"launch_{key}", label, unit, bounds)


def _usual(entry: AssumptionKey, default: float, reason: str = "judgement") -> AssumptionKey:
    return entry._replace(default=default, reason=reason)


def _hype(key: str, label: str, unit: str, bounds: Bounds) -> AssumptionKey:
    return AssumptionKey(f"hype_{key}", label, unit, bounds)


_BIAS = "targets exceed outcomes by 15 points on average (Bradshaw, Brown, Huang 2013)"
_STALE = "judgement; stale targets are not cut after bad news (Palley et al. 2025)"
_RUNUP = "run-ups raise crash odds, not lower mean returns (Greenwood, Shleifer, You 2019)"
_LAUNCH = "between full reversal (Cheng et al. 2019) and none (Chen et al. 2017)"
_ALLOWED = "judgement: about the haircut when all can be measured"

CATALOGUE: tuple[AssumptionKey, ...] = (
    _case("probability", "Probability of the scenario", RATIO, SHARE),
    AssumptionKey(
        "base_metric",
        "Segment's base metric",
        REPORTING_M,
        ANY,
        by_segment=True,
        required=True,
    ),
    _case("growth", "Growth of the segment's metric", RATIO, GROWTH)._replace(by_segment=True),
    _case("multiple", "Multiple on the segment's metric", MULTIPLE, NOT_NEGATIVE)._replace(
        by_segment=True
    ),
    _case("conglomerate_discount", "Conglomerate discount", RATIO, SHARE),
    _case("investment_haircut", "Haircut on investments", RATIO, SHARE),
    _case("eps_growth", "Growth of earnings per share", RATIO, GROWTH),
    _case("pe_multiple", "P/E multiple", MULTIPLE, NOT_NEGATIVE),
    AssumptionKey(
        "peer_pe_discount", "Discount to the peers' P/E", RATIO, SHARE, scenarios=("bull",)
    ),
    _one("cost_of_equity", "Cost of equity", RATIO, SHARE),
    _one("terminal_growth", "Terminal growth", RATIO, GROWTH),
    _one("growth_half_life", "Half-life of excess growth", YEARS, POSITIVE),
    _one("fade_years", "Years of growth before it fades", YEARS, POSITIVE),
    _one("dividend", "Dividend over the next 12 months", PER_SHARE, NOT_NEGATIVE),
    _one("cash_conversion", "Cash flow as a share of earnings", RATIO, NOT_NEGATIVE),
    _one("weight_sotp", "Weight of the sum of the parts", RATIO, SHARE),
    _one("weight_pe", "Weight of the P/E method", RATIO, SHARE),
    _one("benchmark_beta", "Beta against the benchmark", MULTIPLE, ANY),
    _usual(_hype("optimism_rate", "Optimism in a target", RATIO, SHARE), 0.15, _BIAS),
    _usual(_hype("target_half_life", "Half-life of a target", DAYS, POSITIVE), 90, _STALE),
    _usual(_hype("max_target_age", "Oldest target counted", DAYS, POSITIVE), 365),
    _usual(_hype("runup_share", "Share of an unbacked run-up", RATIO, SHARE), 0.25, _RUNUP),
    _usual(_hype("runup_cap", "Cap on the run-up", RATIO, SHARE), 0.15),
    _usual(_hype("launch_share", "Share of launch overpricing", RATIO, SHARE), 0.5, _LAUNCH),
    _usual(_hype("launch_cap", "Cap on launch overpricing", RATIO, SHARE), 0.05),
    _usual(_hype("max_haircut", "Cap on all components", RATIO, SHARE), 0.60),
    _usual(_hype("allowance_rate", "Allowance for the unmeasured", RATIO, SHARE), 0.20, _ALLOWED),
    _usual(_hype("weight_optimism", "Weight of optimism", RATIO, SHARE), 0.5),
    _usual(_hype("weight_staleness", "Weight of staleness", RATIO, SHARE), 0.2),
    _usual(_hype("weight_runup", "Weight of the run-up", RATIO, SHARE), 0.2),
    _usual(_hype("weight_launch", "Weight of the launch", RATIO, SHARE), 0.1),
    _usual(_hype("switch_optimism", "Deduct optimism", SWITCH, ON_OR_OFF), 1),
    _usual(_hype("switch_staleness", "Deduct staleness", SWITCH, ON_OR_OFF), 1),
    _usual(_hype("switch_runup", "Deduct the run-up", SWITCH, ON_OR_OFF), 1),
    _usual(_hype("switch_launch", "Deduct launch overpricing", SWITCH, ON_OR_OFF), 1),
    _usual(AssumptionKey("stance_min_skew", "Skew needed to buy", MULTIPLE, NOT_NEGATIVE), 2),
    _usual(AssumptionKey("stance_max_skew", "Skew to sell below", MULTIPLE, NOT_NEGATIVE), 0.5),
    _launch("market_share", "Market share at the end of the ramp", RATIO, SHARE),
    _launch("share_ramp", "Years to reach that share", YEARS, POSITIVE),
    _launch("margin_hardware", "Margin on the device", RATIO, AT_MOST_ONE),
    _launch("margin_ecosystem", "Margin of the services around it", RATIO, AT_MOST_ONE),
    _launch("tax", "Tax rate on its profit", RATIO, SHARE),
    _launch("discount_rate", "Discount rate of the launch", RATIO, SHARE),
    _launch("success_probability", "Probability of success", RATIO, SHARE),
    AssumptionKey("launch_price_mix", "Share of units sold", RATIO, SHARE, by_segment=True),
)

BY_KEY: dict[str, AssumptionKey] = {entry.key: entry for entry in CATALOGUE}
