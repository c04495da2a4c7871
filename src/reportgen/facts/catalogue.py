"""The catalogue of inputs: every parameter of the method, and the bounds of every figure.

A parameter is declared here once, with all that the program knows of it: what `check` calls it and
the tabs show, the unit, the bounds, where it may vary, its default and the reason for that, the
family that an attribution counts it to, how far it moves in a what-if, and what it is listed and
counted with. The line of the model is derived from the entry (`model.words.assumption`). It is a
long module because it is a list.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from functools import partial
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
from reportgen.facts.constants import CONSTANTS
from reportgen.facts.key_syntax import parse_key
from reportgen.headline import CASES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.facts.key_syntax import Key
    from reportgen.facts.problems import CellError

SCENARIOS = CASES
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


class Group(StrEnum):
    """What is listed together on Inputs, and counted together by the check of cleared inputs."""

    SCENARIOS = "scenarios"
    SEGMENTS = "segments"
    SEGMENT_GROWTH = "segment_growth"
    SEGMENT_MULTIPLES = "segment_multiples"
    FLOWS = "flows"
    MULTIPLES = "multiples"
    WEIGHTS = "weights"
    RETURNS = "returns"
    METHODS = "methods"
    HYPE_RATES = "hype_rates"
    HYPE_CAPS = "hype_caps"
    HYPE_WEIGHTS = "hype_weights"
    HYPE_SWITCHES = "hype_switches"
    STANCE = "stance"
    LAUNCH_MARKET = "launch_market"
    LAUNCH_PROFIT = "launch_profit"
    LAUNCH_VARIANTS = "launch_variants"


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
    group: Group
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


_RATIO, _TIMES, _NUMBER = Unit.RATIO, Unit.MULTIPLE, Unit.NUMBER
_X = Unit.MULTIPLE.value  # how a row states a bare number that is a multiple

_BIAS = "targets exceed outcomes by 15 points on average (Bradshaw, Brown, Huang 2013)"
_STALE = "judgement; stale targets are not cut after bad news (Palley et al. 2025)"
_RUNUP = "run-ups raise crash odds, not lower mean returns (Greenwood, Shleifer, You 2019)"
_LAUNCH_STUDIES = "between full reversal (Cheng et al. 2019) and none (Chen et al. 2017)"
_ALLOWED = "judgement: about the haircut when all can be measured"

# The sorts of parameters: of each case; a multiple of each case; a figure in 12 months that may be
# stated in place of its growth; of the company; the weight of a method; of the house, which has a
# default and no stake in the company; of the launch
_case = partial(Parameter, scenarios=SCENARIOS, required=True, shock=Shock.POINTS)
_multiple = partial(
    _case, unit=_TIMES, bounds=NOT_NEGATIVE, family=Family.MULTIPLES, shock=Shock.MULTIPLE
)
_level = partial(
    Parameter,
    unit=_NUMBER,
    bounds=ANY,
    family=Family.GROWTH,
    scenarios=SCENARIOS,
    shock=Shock.REPORTED,
)
_single = partial(Parameter, required=True)
_weight = partial(
    Parameter,
    unit=_RATIO,
    bounds=SHARE,
    group=Group.WEIGHTS,
    default=0,
    reason="a method that is given no weight does not count",
)
_house = partial(Parameter, reason="judgement", shock=Shock.NONE)
_launch = partial(Parameter, family=Family.LAUNCH)

CATALOGUE: tuple[Parameter, ...] = (
    _case("probability", "Probability", _RATIO, SHARE, Group.SCENARIOS, shock=Shock.NONE),
    Parameter(
        "base_metric",
        "Base metric",
        _NUMBER,
        ANY,
        Group.SEGMENTS,
        Family.FUNDAMENTALS,
        part=Part.SEGMENT,
        shock=Shock.NONE,
        stated_in=REPORTING_M,
    ),
    _case(
        "growth",
        "Growth",
        _RATIO,
        GROWTH,
        Group.SEGMENT_GROWTH,
        Family.GROWTH,
        part=Part.SEGMENT,
        method=SOTP,
        instead="metric_12m",
    ),
    _level(
        "metric_12m",
        "Metric in 12 months",
        group=Group.SEGMENT_GROWTH,
        part=Part.SEGMENT,
        stated_in=REPORTING_M,
    ),
    _multiple(
        "multiple", "Multiple", group=Group.SEGMENT_MULTIPLES, part=Part.SEGMENT, method=SOTP
    ),
    _case(
        "conglomerate_discount",
        "Conglomerate discount",
        _RATIO,
        SHARE,
        Group.SCENARIOS,
        Family.MULTIPLES,
        method=SOTP,
    ),
    _case(
        "investment_haircut",
        "Haircut on investments",
        _RATIO,
        SHARE,
        Group.SCENARIOS,
        Family.BALANCE_SHEET,
    ),
    _case(
        "eps_growth",
        "EPS growth",
        _RATIO,
        GROWTH,
        Group.FLOWS,
        Family.GROWTH,
        method=PE,
        instead="eps_12m",
    ),
    _level("eps_12m", "EPS in 12 months, assumed", group=Group.FLOWS, stated_in=PER_SHARE),
    _multiple("pe_multiple", "P/E multiple assumed", group=Group.MULTIPLES, method=PE),
    Parameter(
        "peer_pe_discount",
        "Discount to the peers' P/E",
        _RATIO,
        SHARE,
        Group.MULTIPLES,
        Family.MULTIPLES,
        scenarios=("bull",),
        shock=Shock.POINTS,
    ),
    _case(
        "ebitda_growth",
        "EBITDA growth",
        _RATIO,
        GROWTH,
        Group.FLOWS,
        Family.GROWTH,
        method=EV_EBITDA,
    ),
    _multiple("ev_ebitda_multiple", "EV/EBITDA multiple", group=Group.MULTIPLES, method=EV_EBITDA),
    _case(
        "book_growth", "Book value growth", _RATIO, GROWTH, Group.FLOWS, Family.GROWTH, method=PB
    ),
    _multiple("pb_multiple", "P/B multiple", group=Group.MULTIPLES, method=PB),
    _single(
        "cost_of_equity", "Cost of equity", _RATIO, SHARE, Group.RETURNS, shock=Shock.RATE_OF_RETURN
    ),
    _single(
        "terminal_growth",
        "Terminal growth",
        _RATIO,
        GROWTH,
        Group.RETURNS,
        Family.GROWTH,
        shock=Shock.RATE_OF_RETURN,
    ),
    _single(
        "growth_half_life",
        "Half-life of growth",
        Unit.YEARS,
        POSITIVE,
        Group.RETURNS,
        Family.GROWTH,
    ),
    _single(
        "fade_years",
        "Years of growth before it fades",
        Unit.YEARS,
        POSITIVE,
        Group.RETURNS,
        Family.GROWTH,
    ),
    _single(
        "dividend",
        "Dividend, next 12 months",
        _NUMBER,
        NOT_NEGATIVE,
        Group.METHODS,
        Family.FUNDAMENTALS,
        stated_in=PER_SHARE,
    ),
    _single(
        "cash_conversion",
        "Cash conversion of earnings",
        _RATIO,
        NOT_NEGATIVE,
        Group.METHODS,
        Family.FUNDAMENTALS,
    ),
    _weight("weight_sotp", "Weight of the sum of the parts"),
    _weight("weight_pe", "Weight of the P/E method"),
    _weight("weight_ev_ebitda", "Weight of the EV/EBITDA method"),
    _weight("weight_pb", "Weight of the P/B method"),
    _single("benchmark_beta", "Beta to the benchmark", _NUMBER, ANY, Group.METHODS, stated_in=_X),
    _house(
        "hype_optimism_rate",
        "Optimism rate",
        _RATIO,
        SHARE,
        Group.HYPE_RATES,
        default=0.15,
        reason=_BIAS,
    ),
    _house(
        "hype_target_half_life",
        "Half-life of a target",
        Unit.DAYS,
        POSITIVE,
        Group.HYPE_RATES,
        default=90,
        reason=_STALE,
    ),
    _house(
        "hype_max_target_age",
        "Oldest target in use",
        Unit.DAYS,
        POSITIVE,
        Group.HYPE_RATES,
        default=365,
    ),
    _house(
        "hype_runup_share",
        "Share of unbacked run-up",
        _RATIO,
        SHARE,
        Group.HYPE_RATES,
        default=0.25,
        reason=_RUNUP,
    ),
    _house("hype_runup_cap", "Cap of the run-up", _RATIO, SHARE, Group.HYPE_CAPS, default=0.15),
    _house(
        "hype_launch_share",
        "Share of launch overpricing",
        _RATIO,
        SHARE,
        Group.HYPE_RATES,
        default=0.5,
        reason=_LAUNCH_STUDIES,
    ),
    _house("hype_launch_cap", "Cap of the launch", _RATIO, SHARE, Group.HYPE_CAPS, default=0.05),
    _house(
        "hype_max_haircut", "Largest haircut in all", _RATIO, SHARE, Group.HYPE_CAPS, default=0.6
    ),
    _house(
        "hype_allowance_rate",
        "Allowance rate",
        _RATIO,
        SHARE,
        Group.HYPE_RATES,
        default=0.2,
        reason=_ALLOWED,
    ),
    _house(
        "hype_weight_optimism", "Weight of optimism", _RATIO, SHARE, Group.HYPE_WEIGHTS, default=0.5
    ),
    _house(
        "hype_weight_staleness",
        "Weight of staleness",
        _RATIO,
        SHARE,
        Group.HYPE_WEIGHTS,
        default=0.2,
    ),
    _house(
        "hype_weight_runup", "Weight of the run-up", _RATIO, SHARE, Group.HYPE_WEIGHTS, default=0.2
    ),
    _house(
        "hype_weight_launch", "Weight of the launch", _RATIO, SHARE, Group.HYPE_WEIGHTS, default=0.1
    ),
    _house(
        "hype_switch_optimism",
        "Deduct optimism",
        Unit.FLAG,
        ON_OR_OFF,
        Group.HYPE_SWITCHES,
        default=1,
    ),
    _house(
        "hype_switch_staleness",
        "Deduct staleness",
        Unit.FLAG,
        ON_OR_OFF,
        Group.HYPE_SWITCHES,
        default=1,
    ),
    _house(
        "hype_switch_runup",
        "Deduct the run-up",
        Unit.FLAG,
        ON_OR_OFF,
        Group.HYPE_SWITCHES,
        default=1,
    ),
    _house(
        "hype_switch_launch",
        "Deduct launch overpricing",
        Unit.FLAG,
        ON_OR_OFF,
        Group.HYPE_SWITCHES,
        default=1,
    ),
    _house(
        "stance_min_skew",
        "Skew needed to buy",
        _NUMBER,
        NOT_NEGATIVE,
        Group.STANCE,
        default=2,
        stated_in=_X,
    ),
    _house(
        "stance_max_skew",
        "Skew that allows a short",
        _NUMBER,
        NOT_NEGATIVE,
        Group.STANCE,
        default=0.5,
        stated_in=_X,
    ),
    _launch("launch_market_share", "Market share", _RATIO, SHARE, Group.LAUNCH_MARKET),
    _launch("launch_share_ramp", "Years to reach it", Unit.YEARS, POSITIVE, Group.LAUNCH_MARKET),
    _launch(
        "launch_margin_hardware",
        "Hardware margin",
        _RATIO,
        AT_MOST_ONE,
        Group.LAUNCH_PROFIT,
        shock=Shock.POINTS,
    ),
    _launch(
        "launch_margin_ecosystem",
        "Ecosystem margin",
        _RATIO,
        AT_MOST_ONE,
        Group.LAUNCH_PROFIT,
        shock=Shock.POINTS,
    ),
    _launch("launch_tax", "Tax", _RATIO, SHARE, Group.LAUNCH_PROFIT),
    _launch("launch_discount_rate", "Discount rate", _RATIO, SHARE, Group.LAUNCH_PROFIT),
    _launch(
        "launch_success_probability",
        "Probability of success",
        _RATIO,
        SHARE,
        Group.LAUNCH_PROFIT,
        shock=Shock.POINTS,
    ),
    _launch(
        "launch_price_mix",
        "Share of units",
        _RATIO,
        SHARE,
        Group.LAUNCH_VARIANTS,
        part=Part.VARIANT,
    ),
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
