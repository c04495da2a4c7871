"""The bounds of every input by its public key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.assumption_keys import BY_KEY, RATIO
from reportgen.facts.bounds import (
    A_DAY,
    ANY,
    GROWTH,
    NOT_NEGATIVE,
    POSITIVE,
    SHARE,
    Bounds,
    largest,
)
from reportgen.facts.key_syntax import parse_key
from reportgen.facts.problem_log import CellError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.facts.key_syntax import Key

# Figures that are bounded whatever else their row says, by the first name of their key
FIGURES: Mapping[str, Bounds] = {
    "as_of": A_DAY,
    "company.launch.date": A_DAY,
    "company.ordinary_per_ads": POSITIVE,
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
RESULTS: Mapping[str, Bounds] = {"ads_diluted": POSITIVE}
# Constants of the method by the beginning of their key, the first that fits
CONSTANTS: Mapping[str, Bounds] = {
    "reliability.": SHARE,
    "component.": SHARE,
    "conflict.window": POSITIVE,
    "conflict.": SHARE,
    "half_life.": POSITIVE,
    "lookup.": POSITIVE,
    "fresh.": POSITIVE,
    "solver.": GROWTH,
    "": NOT_NEGATIVE,
}


def constant_bounds(name: str) -> Bounds:
    """The bounds of a constant in method.yaml."""
    return next(bounds for start, bounds in CONSTANTS.items() if name.startswith(start))


def change_bounds(metric: str) -> Bounds:
    """The bounds of a metric's change on a year: no revenue falls by more than all of it."""
    return GROWTH if metric.startswith("revenue") else ANY


def bounds_of(key: str) -> Bounds:
    """The bounds of an input by its public key; ANY where none are set, or there is no such key."""
    return _bounds(parse_key(key))


def _bounds(key: Key) -> Bounds:
    first, second = (*key.members, "", "")[:2]
    if key.name == "assumption":
        return BY_KEY[first].bounds if first in BY_KEY else ANY
    if key.name == "policy":
        return constant_bounds(first)
    if key.name == "claim":
        return CLAIMS.get(first, ANY)
    if key.name == "fundamental":
        return change_bounds(second) if key.field == "yoy" else RESULTS.get(second, ANY)
    return FIGURES.get(key.name, ANY)


def out_of_bounds(
    value: float, bounds: Bounds, *, of: str = "", unit: str = ""
) -> CellError | None:
    """What is wrong with a value that lies outside; `of` names the input where its row does not."""
    if bounds.holds(value):
        return None
    expected = str(bounds)
    if abs(value) > largest():
        expected += f", and at most {largest():g}"
    is_share = bounds.high == 1 and value > 1 and unit == RATIO
    remedy = f"write {value:g}% or {value / 100:g} for {value:g} %" if is_share else ""
    return CellError(f"{value:g} is out of bounds{f' of {of}' if of else ''}", expected, remedy)


def override_fault(key: str, value: float) -> CellError | None:
    """What is wrong with the value of an override, by the bounds of the key overridden."""
    parsed = parse_key(key)
    first = (*parsed.members, "")[0]
    unit = BY_KEY[first].unit if parsed.name == "assumption" and first in BY_KEY else ""
    return out_of_bounds(value, _bounds(parsed), of=key, unit=unit)
