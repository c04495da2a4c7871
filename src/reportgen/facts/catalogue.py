"""The catalogue of inputs: every parameter of the method, and the bounds of every figure.

A parameter is declared here once, with all that the program knows of it: what `check` calls it and
the tabs show, the unit, the bounds, where it may vary, its default and the reason for that, the
family that an attribution counts it to, and how far it moves in a what-if. The line of the model is
derived from the entry (`model.words.assumption`).
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import (
    A_DAY,
    ANY,
    AT_MOST_ONE,
    GROWTH,
    NOT_NEGATIVE,
    ON_OR_OFF,
    POSITIVE,
    SHARE,
    Bounds,
    out_of_bounds,
)
from reportgen.facts.key_syntax import parse_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.facts.key_syntax import Key
    from reportgen.facts.problems import CellError

SCENARIOS = ("bear", "base", "bull")
ALL = "all"
# The methods of valuation
SOTP, PE, EV_EBITDA, PB = METHODS = ("sotp", "pe", "ev_ebitda", "pb")

# What a row may state in place of the name of a line's unit
REPORTING_M = "reporting m"  # millions of the reporting currency
PER_SHARE = "price/ADS"  # money per listed share, in any currency


class Family(StrEnum):
    """What a reader thinks of as one reason of a change, in the order in which they are told."""

    PRICE = "price"
    FX = "FX"
    TIME = "time"
    FUNDAMENTALS = "fundamentals"
    GROWTH = "growth"
    MULTIPLES = "multiples"
    BALANCE_SHEET = "balance sheet"
    TARGETS = "targets"
    LAUNCH = "launch"
    POLICY = "policy"
    METHOD = "method"


class Part(Enum):
    """What a parameter has a row for, besides the scenarios."""

    COMPANY = ""
    SEGMENT = "segment"
    VARIANT = "variant"  # of the launched product; the column `segment` names it


class Shock(StrEnum):
    """How far an input moves when the value at stake with it is measured: a constant `shock.`."""

    POINTS = "points"  # growth, margins, discounts, haircuts, probabilities: added and taken off
    RATE_OF_RETURN = "rate_of_return"  # cost of equity, terminal growth: the same
    MULTIPLE = "multiple"  # and all below: of the input itself
    REPORTED = "reported"  # base metrics, EPS, EBITDA, book value
    BALANCE = "balance"  # net cash, investments
    EXCHANGE_RATE = "rate"
    SHARES = "shares"
    OTHER = "other"
    NONE = ""  # it says nothing about the company, or moves with another input

    @property
    def is_added(self) -> bool:
        """Whether the shock is in points, and not a share of the input."""
        return self in {Shock.POINTS, Shock.RATE_OF_RETURN}


class Parameter(NamedTuple):
    """One parameter of the method, which a pack may set in assumptions.csv.

    `scenarios` are the scenarios it may be set for besides `all` (empty: `all` only). `method` is
    the method of valuation that alone needs it, "" where more than one does; `instead` the
    parameter that may be given in its place. `stated_in` is the unit that a row states where that
    is more than the name of the line's unit.
    """

    key: str
    label: str
    unit: Unit
    bounds: Bounds
    family: Family = Family.POLICY
    scenarios: tuple[str, ...] = ()
    part: Part = Part.COMPANY
    required: bool = False
    method: str = ""
    instead: str = ""
    default: float | None = None
    reason: str = ""
    shock: Shock = Shock.OTHER
    stated_in: str = ""

    @property
    def by_scenario(self) -> bool:
        """Whether the parameter may differ between scenarios."""
        return bool(self.scenarios)

    @property
    def by_part(self) -> bool:
        """Whether there is a row for each segment, or variant."""
        return self.part is not Part.COMPANY

    @property
    def is_switch(self) -> bool:
        """Whether it only turns a part of the method on or off: a way of looking at the inputs."""
        return self.unit is Unit.FLAG

    @property
    def row_unit(self) -> str:
        """The unit as a row of assumptions.csv states it."""
        return self.stated_in or self.unit.value


def _case(
    key: str,
    label: str,
    unit: Unit,
    bounds: Bounds,
    family: Family = Family.POLICY,
    part: Part = Part.COMPANY,
    method: str = "",
    instead: str = "",
) -> Parameter:
    return Parameter(
        key,
        label,
        unit,
        bounds,
        family,
        SCENARIOS,
        part,
        required=True,
        method=method,
        instead=instead,
        shock=Shock.MULTIPLE if unit is Unit.MULTIPLE else Shock.POINTS,
    )


def _level(key: str, label: str, part: Part, stated_in: str) -> Parameter:
    """Return a figure in 12 months that may be stated in place of its growth."""
    return Parameter(
        key,
        label,
        Unit.NUMBER,
        ANY,
        Family.GROWTH,
        SCENARIOS,
        part,
        shock=Shock.REPORTED,
        stated_in=stated_in,
    )


def _one(
    key: str,
    label: str,
    unit: Unit,
    bounds: Bounds,
    family: Family = Family.POLICY,
    stated_in: str = "",
) -> Parameter:
    return Parameter(key, label, unit, bounds, family, required=True, stated_in=stated_in)


def _usual(
    key: str,
    label: str,
    unit: Unit,
    bounds: Bounds,
    default: float,
    reason: str = "judgement",
    stated_in: str = "",
) -> Parameter:
    """Return a parameter of the house, which has a default and no stake in the company."""
    return Parameter(
        key,
        label,
        unit,
        bounds,
        default=default,
        reason=reason,
        shock=Shock.NONE,
        stated_in=stated_in,
    )


def _weight(method: str, label: str) -> Parameter:
    """Return the weight of a method of valuation: one that a pack does not weigh does not count."""
    return Parameter(
        f"weight_{method}",
        label,
        Unit.RATIO,
        SHARE,
        default=0,
        reason="a method that is given no weight does not count",
    )


def _launch(
    key: str, label: str, unit: Unit, bounds: Bounds, part: Part = Part.COMPANY
) -> Parameter:
    return Parameter(key, label, unit, bounds, Family.LAUNCH, part=part)


_RATIO, _TIMES, _NUMBER = Unit.RATIO, Unit.MULTIPLE, Unit.NUMBER
_X = Unit.MULTIPLE.value  # how a row states a bare number that is a multiple

_BIAS = "targets exceed outcomes by 15 points on average (Bradshaw, Brown, Huang 2013)"
_STALE = "judgement; stale targets are not cut after bad news (Palley et al. 2025)"
_RUNUP = "run-ups raise crash odds, not lower mean returns (Greenwood, Shleifer, You 2019)"
_LAUNCH = "between full reversal (Cheng et al. 2019) and none (Chen et al. 2017)"
_ALLOWED = "judgement: about the haircut when all can be measured"

CATALOGUE: tuple[Parameter, ...] = (
    _case("probability", "Probability", _RATIO, SHARE)._replace(shock=Shock.NONE),
    Parameter(
        "base_metric",
        "Base metric",
        _NUMBER,
        ANY,
        Family.FUNDAMENTALS,
        part=Part.SEGMENT,
        shock=Shock.NONE,
        stated_in=REPORTING_M,
    ),
    _case("growth", "Growth", _RATIO, GROWTH, Family.GROWTH, Part.SEGMENT, SOTP, "metric_12m"),
    _level("metric_12m", "Metric in 12 months", Part.SEGMENT, REPORTING_M),
    _case("multiple", "Multiple", _TIMES, NOT_NEGATIVE, Family.MULTIPLES, Part.SEGMENT, SOTP),
    _case(
        "conglomerate_discount",
        "Conglomerate discount",
        _RATIO,
        SHARE,
        Family.MULTIPLES,
        method=SOTP,
    ),
    _case("investment_haircut", "Haircut on investments", _RATIO, SHARE, Family.BALANCE_SHEET),
    _case(
        "eps_growth",
        "EPS growth",
        _RATIO,
        GROWTH,
        Family.GROWTH,
        method=PE,
        instead="eps_12m",
    ),
    _level("eps_12m", "EPS in 12 months, assumed", Part.COMPANY, PER_SHARE),
    _case("pe_multiple", "P/E multiple assumed", _TIMES, NOT_NEGATIVE, Family.MULTIPLES, method=PE),
    Parameter(
        "peer_pe_discount",
        "Discount to the peers' P/E",
        _RATIO,
        SHARE,
        Family.MULTIPLES,
        scenarios=("bull",),
        shock=Shock.POINTS,
    ),
    _case("ebitda_growth", "EBITDA growth", _RATIO, GROWTH, Family.GROWTH, method=EV_EBITDA),
    _case(
        "ev_ebitda_multiple",
        "EV/EBITDA multiple",
        _TIMES,
        NOT_NEGATIVE,
        Family.MULTIPLES,
        method=EV_EBITDA,
    ),
    _case("book_growth", "Book value growth", _RATIO, GROWTH, Family.GROWTH, method=PB),
    _case("pb_multiple", "P/B multiple", _TIMES, NOT_NEGATIVE, Family.MULTIPLES, method=PB),
    _one("cost_of_equity", "Cost of equity", _RATIO, SHARE)._replace(shock=Shock.RATE_OF_RETURN),
    _one("terminal_growth", "Terminal growth", _RATIO, GROWTH, Family.GROWTH)._replace(
        shock=Shock.RATE_OF_RETURN
    ),
    _one("growth_half_life", "Half-life of growth", Unit.YEARS, POSITIVE, Family.GROWTH),
    _one("fade_years", "Years of growth before it fades", Unit.YEARS, POSITIVE, Family.GROWTH),
    _one(
        "dividend",
        "Dividend, next 12 months",
        _NUMBER,
        NOT_NEGATIVE,
        Family.FUNDAMENTALS,
        PER_SHARE,
    ),
    _one(
        "cash_conversion",
        "Cash conversion of earnings",
        _RATIO,
        NOT_NEGATIVE,
        Family.FUNDAMENTALS,
    ),
    _weight(SOTP, "Weight of the sum of the parts"),
    _weight(PE, "Weight of the P/E method"),
    _weight(EV_EBITDA, "Weight of the EV/EBITDA method"),
    _weight(PB, "Weight of the P/B method"),
    _one("benchmark_beta", "Beta to the benchmark", _NUMBER, ANY, stated_in=_X),
    _usual("hype_optimism_rate", "Optimism rate", _RATIO, SHARE, 0.15, _BIAS),
    _usual("hype_target_half_life", "Half-life of a target", Unit.DAYS, POSITIVE, 90, _STALE),
    _usual("hype_max_target_age", "Oldest target in use", Unit.DAYS, POSITIVE, 365),
    _usual("hype_runup_share", "Share of unbacked run-up", _RATIO, SHARE, 0.25, _RUNUP),
    _usual("hype_runup_cap", "Cap of the run-up", _RATIO, SHARE, 0.15),
    _usual("hype_launch_share", "Share of launch overpricing", _RATIO, SHARE, 0.5, _LAUNCH),
    _usual("hype_launch_cap", "Cap of the launch", _RATIO, SHARE, 0.05),
    _usual("hype_max_haircut", "Largest haircut in all", _RATIO, SHARE, 0.60),
    _usual("hype_allowance_rate", "Allowance rate", _RATIO, SHARE, 0.20, _ALLOWED),
    _usual("hype_weight_optimism", "Weight of optimism", _RATIO, SHARE, 0.5),
    _usual("hype_weight_staleness", "Weight of staleness", _RATIO, SHARE, 0.2),
    _usual("hype_weight_runup", "Weight of the run-up", _RATIO, SHARE, 0.2),
    _usual("hype_weight_launch", "Weight of the launch", _RATIO, SHARE, 0.1),
    _usual("hype_switch_optimism", "Deduct optimism", Unit.FLAG, ON_OR_OFF, 1),
    _usual("hype_switch_staleness", "Deduct staleness", Unit.FLAG, ON_OR_OFF, 1),
    _usual("hype_switch_runup", "Deduct the run-up", Unit.FLAG, ON_OR_OFF, 1),
    _usual("hype_switch_launch", "Deduct launch overpricing", Unit.FLAG, ON_OR_OFF, 1),
    _usual("stance_min_skew", "Skew needed to buy", _NUMBER, NOT_NEGATIVE, 2, stated_in=_X),
    _usual("stance_max_skew", "Skew that allows a short", _NUMBER, NOT_NEGATIVE, 0.5, stated_in=_X),
    _launch("launch_market_share", "Market share", _RATIO, SHARE),
    _launch("launch_share_ramp", "Years to reach it", Unit.YEARS, POSITIVE),
    _launch("launch_margin_hardware", "Hardware margin", _RATIO, AT_MOST_ONE)._replace(
        shock=Shock.POINTS
    ),
    _launch("launch_margin_ecosystem", "Ecosystem margin", _RATIO, AT_MOST_ONE)._replace(
        shock=Shock.POINTS
    ),
    _launch("launch_tax", "Tax", _RATIO, SHARE),
    _launch("launch_discount_rate", "Discount rate", _RATIO, SHARE),
    _launch("launch_success_probability", "Probability of success", _RATIO, SHARE)._replace(
        shock=Shock.POINTS
    ),
    _launch("launch_price_mix", "Share of units", _RATIO, SHARE, Part.VARIANT),
)
BY_KEY: Mapping[str, Parameter] = {entry.key: entry for entry in CATALOGUE}

# Figures that are bounded whatever else their row says, by the first name of their key
FIGURES: Mapping[str, Bounds] = {
    "as_of": A_DAY,
    "company.launch.date": A_DAY,
    "company.adr_ratio": POSITIVE,
    "fx": POSITIVE,
    "close": POSITIVE,
    "benchmark_close": POSITIVE,
    "target": POSITIVE,
    "product": POSITIVE,
}
# Figures of tables that hold all sorts: by the key of a claim, the metric of a result
CLAIMS: Mapping[str, Bounds] = {
    "price": POSITIVE,
    "bull_target": POSITIVE,
    "market_size": POSITIVE,
    "units": POSITIVE,
    "pe": POSITIVE,
    "outperform_probability_3m": SHARE,
}
RESULTS: Mapping[str, Bounds] = {"shares_diluted": POSITIVE}
# Reported figures as people say them; any other is called by the words of its name
METRICS: Mapping[str, str] = {
    "ebita": "EBITA",
    "ebitda": "EBITDA",
    "eps": "EPS",
    "revenue_like_for_like": "revenue like for like",
    "shares_diluted": "diluted listed shares",
}


def metric_name(metric: str, own: Iterable[tuple[str, str]] = ()) -> str:
    """What a metric is called: by the company's own name, else by ours, else by its words."""
    return dict(own).get(metric) or METRICS.get(metric, metric.replace("_", " "))


class Constant(NamedTuple):
    """A constant of the method that formulas read; method.yaml gives its value and reason."""

    key: str
    unit: Unit
    bounds: Bounds


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


def change_bounds(metric: str) -> Bounds:
    """The bounds of a metric's change on a year: no revenue falls by more than all of it."""
    return GROWTH if metric.startswith("revenue") else ANY


def bounds_of(key: str) -> Bounds:
    """The bounds of an input by its public key; ANY where none are set, or there is no such key."""
    return _bounds(parse_key(key))


def override_fault(key: str, value: float) -> CellError | None:
    """What is wrong with the value of an override, by the bounds of the key overridden."""
    parsed = parse_key(key)
    first = (*parsed.members, "")[0]
    is_parameter = parsed.name == "assumption" and first in BY_KEY
    unit = BY_KEY[first].unit if is_parameter else None
    return out_of_bounds(value, _bounds(parsed), of=key, is_ratio=unit is Unit.RATIO)


def _bounds(key: Key) -> Bounds:
    first, second = (*key.members, "", "")[:2]
    if key.name == "assumption":
        return BY_KEY[first].bounds if first in BY_KEY else ANY
    if key.name == "policy":
        return CONSTANTS[first].bounds if first in CONSTANTS else NOT_NEGATIVE
    if key.name == "claim":
        return CLAIMS.get(first, ANY)
    if key.name == "fundamental":
        return change_bounds(second) if key.field == "yoy" else RESULTS.get(second, ANY)
    return FIGURES.get(key.name, ANY)
