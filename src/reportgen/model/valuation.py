"""Bear, base and bull by four methods, and what they come to together.

The methods are the sum of the parts, P/E, EV/EBITDA and P/B; a company is valued by those that its
assumptions give a weight.
"""

from __future__ import annotations

from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import (
    absolute,
    at,
    by,
    concat,
    equal,
    known,
    maximum,
    minimum,
    pick,
    total,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model.dims import FLOW, SCENARIO, SCENARIOS, SEGMENT
from reportgen.model.fundamentals import book_value, investments, net_cash, shares_diluted
from reportgen.model.inputs.assumptions import (
    base_stated,
    book_growth,
    conglomerate_discount,
    cost_of_equity,
    ebitda_growth,
    eps_growth,
    eps_level_stated,
    ev_ebitda_multiple,
    growth,
    investment_haircut,
    level_stated,
    multiple,
    pb_multiple,
    pe_assumed,
    peer_pe_discount,
    probability,
    weight_ev_ebitda,
    weight_pb,
    weight_pe,
    weight_sotp,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import (
    base_typed,
    dividend,
    eps_level_typed,
    fx,
    level_typed,
)
from reportgen.model.inputs.description import segment_id, segment_metric
from reportgen.model.launch import value as launch_value
from reportgen.model.launch import value_bull as launch_value_bull
from reportgen.model.market import price
from reportgen.model.peers import peer_pe
from reportgen.model.twelve_months import (
    EBITDA,
    eps_reference,
    flow_of,
    known_since,
    last_row,
    of_flow,
    twelve_months,
)
from reportgen.model.words import control, line, or_zero, published_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from reportgen.expr.nodes import Line, Node
    from reportgen.model.words import Entry

# --- the figure that each segment is valued on, and in 12 months ---
segment_flow = line(
    "segment[{segment}].flow", "Series valued", Unit.TEXT, concat(segment_id, "/", segment_metric)
)
flow_place = line(
    "segment[{segment}].flow_place", "Place of that series", Unit.COUNT, flow_of(segment_flow)
)
reported = line(
    "segment[{segment}].twelve_months",
    "Twelve months as reported",
    Unit.REPORTING_M,
    pick(twelve_months, FLOW, flow_place) * fx,
)
reported_row = line(
    "segment[{segment}].twelve_months_row",
    "Row of the last period",
    Unit.COUNT,
    pick(last_row, FLOW, flow_place),
)
reported_on = line(
    "segment[{segment}].twelve_months_published",
    "Published",
    Unit.DATE,
    pick(known_since, FLOW, flow_place),
)
is_typed = line(
    "segment[{segment}].base_is_typed",
    "The typed base counts",
    Unit.FLAG,
    where(
        known(base_typed),
        where(
            known(base_stated.override)
            | ~known(reported)
            | (or_zero(published_of(base_stated)) >= or_zero(reported_on)),
            1,
            0,
        ),
        0,
    ),
    note="the newer of what is typed and what is reported; of one day what is typed",
)
base_metric = line(
    "segment_base[{segment}]",
    "Base metric",
    Unit.REPORTING_M,
    where(is_typed > 0, base_typed, reported),
)


def _level_counts(level: Line, stated: Entry, rate: Entry) -> Node:
    """Return 1 where a level in 12 months counts rather than growth: the newer of the two."""
    newer = or_zero(published_of(stated)) >= or_zero(published_of(rate))
    typed = known(stated.override) | (~known(rate.override) & newer)
    return where(known(level) & (typed | ~known(rate)), 1, 0)


level_counts = line(
    "{scenario}.level_counts[{segment}]",
    "The level typed counts",
    Unit.FLAG,
    _level_counts(level_typed, level_stated, growth),
    note="the newer of the level and the growth",
)
level = line(
    "{scenario}.level_12m[{segment}]",
    "In 12 months",
    Unit.REPORTING_M,
    where(
        level_counts > 0,
        level_typed,
        base_metric + absolute(base_metric) * growth,
    ),
)

# --- sum of the parts ---
segment_value = line(
    "{scenario}.segment_value[{segment}]",
    "Segment value",
    Unit.REPORTING_M,
    level * multiple,
)
segment_gain = line(
    "{scenario}.segment_gain[{segment}]",
    "Segment value above 0",
    Unit.REPORTING_M,
    maximum(0, segment_value),
)
segments_total = line(
    "{scenario}.segments_total", "All segments", Unit.REPORTING_M, total(segment_value, SEGMENT)
)
segments_gain = line(
    "{scenario}.segments_gain",
    "Segments of positive value",
    Unit.REPORTING_M,
    total(segment_gain, SEGMENT),
)
ev = line(
    "{scenario}.ev",
    "Enterprise value",
    Unit.PRICE_M,
    (segments_total - segments_gain * conglomerate_discount) / fx,
    note="the discount is taken off segments of positive value only",
)
stakes_choice = control("stakes", "Stakes outside the segments: 0 out, blank or 1 in", Unit.COUNT)
stakes = line(
    "{scenario}.investments",
    "Investments after haircut",
    Unit.PRICE_M,
    where(
        known(stakes_choice) & equal(or_zero(stakes_choice), 0),
        0,
        investments * (1 - investment_haircut),
    ),
)
launch = line(
    "{scenario}.launch",
    "Launch",
    Unit.PER_SHARE,
    by(
        SCENARIO,
        bear=policy("launch.counts.bear") * or_zero(launch_value),
        base=policy("launch.counts.base") * or_zero(launch_value),
        bull=policy("launch.counts.bull") * or_zero(launch_value_bull),
    ),
    note="0 where the launch value is n/a",
)
sotp_today = line(
    "{scenario}.sotp_today",
    "Sum of the parts, today",
    Unit.PER_SHARE,
    (ev + net_cash + stakes) / shares_diluted + launch,
)
sotp_unfloored = line(
    "{scenario}.sotp_unfloored",
    "Sum of the parts, before the floor",
    Unit.PER_SHARE,
    sotp_today * (1 + cost_of_equity) - dividend,
)
sotp_12m = line(
    "{scenario}.sotp_12m",
    "Sum of the parts, 12 months",
    Unit.PER_SHARE,
    maximum(0, sotp_unfloored),
)

# --- P/E ---
own_pe = line(
    "own_pe",
    "P/E on the EPS reference",
    Unit.MULTIPLE,
    where(eps_reference > 0, price / eps_reference, NA),
)
pe_choice = control(
    "pe_multiple", "Bull P/E: 1 own assumption, 2 peers', blank = method", Unit.COUNT
)
pe_chosen = line(
    "control[pe_multiple].number", "Bull P/E chosen, 0 for none", Unit.COUNT, or_zero(pe_choice)
)
pe_of_peers = line(
    "pe_of_peers", "Peers' P/E after the discount", Unit.MULTIPLE, peer_pe * (1 - peer_pe_discount)
)
pe_multiple = line(
    "{scenario}.pe_multiple",
    "P/E multiple",
    Unit.MULTIPLE,
    by(
        SCENARIO,
        bear=pe_assumed,
        base=pe_assumed,
        bull=where(
            known(pe_of_peers) & (pe_chosen - 1 < 0) | equal(pe_chosen, 2),
            pe_of_peers,
            pe_assumed,
        ),
    ),
)
eps_level_counts = line(
    "{scenario}.eps_level_counts",
    "The EPS typed counts",
    Unit.FLAG,
    _level_counts(eps_level_typed, eps_level_stated, eps_growth),
    note="the newer of the level and the growth",
)
eps_12m = line(
    "{scenario}.eps_12m",
    "EPS in 12 months",
    Unit.PER_SHARE,
    where(
        eps_level_counts > 0,
        eps_level_typed,
        eps_reference + absolute(eps_reference) * eps_growth,
    ),
)
pe_unfloored = line(
    "{scenario}.pe_unfloored", "P/E, before the floor", Unit.PER_SHARE, eps_12m * pe_multiple
)
pe_12m = line(
    "{scenario}.pe_12m", "P/E, 12 months", Unit.PER_SHARE, maximum(0, eps_12m) * pe_multiple
)

# --- EV/EBITDA ---
ebitda_ttm = line("ebitda_ttm", "EBITDA, twelve months", Unit.REPORTING_M, of_flow(EBITDA) * fx)
ebitda_12m = line(
    "{scenario}.ebitda_12m",
    "EBITDA in 12 months",
    Unit.REPORTING_M,
    ebitda_ttm + absolute(ebitda_ttm) * ebitda_growth,
)
ev_ebitda_unfloored = line(
    "{scenario}.ev_ebitda_unfloored",
    "EV/EBITDA, before the floor",
    Unit.PER_SHARE,
    (ebitda_12m * ev_ebitda_multiple / fx + net_cash + stakes) / shares_diluted,
)
ev_ebitda_12m = line(
    "{scenario}.ev_ebitda_12m",
    "EV/EBITDA, 12 months",
    Unit.PER_SHARE,
    maximum(0, ev_ebitda_unfloored),
    note="the cash flow and the dividend of the year are left out",
)

# --- P/B ---
book_per_share = line(
    "book_value_per_share", "Book value a share", Unit.PER_SHARE, book_value / shares_diluted
)
book_12m = line(
    "{scenario}.book_12m",
    "Book value a share in 12 months",
    Unit.PER_SHARE,
    book_per_share * (1 + book_growth),
)
pb_unfloored = line(
    "{scenario}.pb_unfloored", "P/B, before the floor", Unit.PER_SHARE, book_12m * pb_multiple
)
pb_12m = line("{scenario}.pb_12m", "P/B, 12 months", Unit.PER_SHARE, maximum(0, pb_unfloored))


# --- together: the methods that are known in all three cases ---
class Method(NamedTuple):
    """A method of valuation: its value in 12 months, floored at 0 and not, and its weight."""

    value: Line
    unfloored: Line
    weight: Entry


METHODS = {
    SOTP: Method(sotp_12m, sotp_unfloored, weight_sotp),
    PE: Method(pe_12m, pe_unfloored, weight_pe),
    EV_EBITDA: Method(ev_ebitda_12m, ev_ebitda_unfloored, weight_ev_ebitda),
    PB: Method(pb_12m, pb_unfloored, weight_pb),
}


def _weight_used(name: str, method: Method) -> Line:
    bear, base, bull = (known(at(method.value, SCENARIO, case)) for case in SCENARIOS)
    return line(
        f"method[{name}].weight",
        f"{method.weight.label}, used",
        Unit.RATIO,
        where(bear & base & bull, method.weight, 0),
        note="0 unless the method is known in all three cases",
    )


weight_used = {name: _weight_used(name, method) for name, method in METHODS.items()}


weights_used = line(
    "methods.weight", "All weights used", Unit.RATIO, reduce(add, weight_used.values())
)


def _weighed(names: Iterable[str], values: Mapping[str, Line]) -> Node:
    """Return methods times their weights; one not known in all three cases weighs nothing."""
    return reduce(add, [weight_used[name] * or_zero(values[name]) for name in names])


def _others(values: Mapping[str, Line]) -> Node:
    """Return the methods that fewer companies are valued by; n/a where neither has a weight."""
    weights = reduce(add, [weight_used[name] for name in _OTHERS])
    return where(weights > 0, _weighed(_OTHERS, values), NA)


_FLOORED = {name: method.value for name, method in METHODS.items()}
_NOT_FLOORED = {name: method.unfloored for name, method in METHODS.items()}
# Most companies are valued by the first two: apart from the others they make a short formula.
_FIRST, _OTHERS = (SOTP, PE), (EV_EBITDA, PB)
others_weighed = line(
    "{scenario}.others_weighed",
    "EV/EBITDA and P/B, times their weights",
    Unit.PER_SHARE,
    _others(_FLOORED),
)
others_unfloored = line(
    "{scenario}.others_weighed_unfloored",
    "EV/EBITDA and P/B, times their weights, before floors",
    Unit.PER_SHARE,
    _others(_NOT_FLOORED),
)
raw_value = line(
    "{scenario}.raw_value",
    "Weighted mean of the methods",
    Unit.PER_SHARE,
    (_weighed(_FIRST, _FLOORED) + or_zero(others_weighed)) / weights_used,
    note="n/a where no method counts",
)
unfloored_value = line(
    "{scenario}.unfloored_value",
    "Weighted mean, before floors",
    Unit.PER_SHARE,
    (_weighed(_FIRST, _NOT_FLOORED) + or_zero(others_unfloored)) / weights_used,
)
_bear, _base, _bull = (at(raw_value, SCENARIO, name) for name in ("bear", "base", "bull"))
value = line(
    "{scenario}.value",
    "Value in 12 months",
    Unit.PER_SHARE,
    by(
        SCENARIO,
        bear=where(known(_base), minimum(_bear, _base), _bear),
        base=raw_value,
        bull=where(known(_base), maximum(_bull, _base), _bull),
    ),
)
upside = line("{scenario}.upside", "Against the price", Unit.CHANGE, value / price - 1)
weighted_value = line(
    "{scenario}.weighted_value", "Probability x value", Unit.PER_SHARE, probability * value
)
expected_value = line(
    "expected_value", "Expected value", Unit.PER_SHARE, total(weighted_value, SCENARIO)
)
expected_upside = line("upside", "Upside", Unit.CHANGE, expected_value / price - 1)
bear = at(value, SCENARIO, "bear")
base = at(value, SCENARIO, "base")
bull = at(value, SCENARIO, "bull")


def today(amount: Node) -> Node:
    """Return a value in 12 months in today's money: with the dividend, at the cost of equity."""
    return (amount + dividend) / (1 + cost_of_equity)


present_value = line(
    "{scenario}.present_value", "Value in today's money", Unit.PER_SHARE, today(value)
)
_bear_today, _bull_today = (at(present_value, SCENARIO, name) for name in ("bear", "bull"))
skew = line(
    "skew",
    "Skew: gain to bull / loss to bear",
    Unit.NUMBER,
    where(price > _bear_today, maximum(0, _bull_today - price) / (price - _bear_today), NA),
    note="in today's money",
)
gain_part = line(
    "{scenario}.gain",
    "Probability x gain",
    Unit.PER_SHARE,
    probability * maximum(0, present_value - price),
)
loss_part = line(
    "{scenario}.loss",
    "Probability x loss",
    Unit.PER_SHARE,
    probability * maximum(0, price - present_value),
)
omega = line(
    "omega",
    "Omega: expected gain / expected loss",
    Unit.NUMBER,
    total(gain_part, SCENARIO) / total(loss_part, SCENARIO),
    note="in today's money",
)
implied_bull_probability = line(
    "implied_bull_probability",
    "Price, 0% bear 100% bull",
    Unit.RATIO,
    (price * (1 + cost_of_equity) - dividend - bear) / (bull - bear),
)
house_bull_probability = line(
    "house_bull_probability",
    "Expected, 0% bear 100% bull",
    Unit.RATIO,
    (expected_value - bear) / (bull - bear),
)
scenario_probability = line("{scenario}.probability", "Probability", Unit.RATIO, probability)
scenario_choice = control("scenario", "Selected case", Unit.TEXT)
