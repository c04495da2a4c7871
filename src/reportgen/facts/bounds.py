"""The values an input may have: said once for reading, for what may be typed, and for the checks.

A figure out of bounds is an error of the pack, a cell that refuses it, and a check that FAILs.
"""

from __future__ import annotations

import math
from functools import cache
from typing import NamedTuple

from reportgen.facts.policy import load_policy
from reportgen.facts.problems import CellError


class Bounds(NamedTuple):
    """The values allowed; an open end is not itself allowed, None is no limit of its own.

    Whatever the bounds, no input is larger than `largest()`, either way.
    """

    low: float | None = None
    high: float | None = None
    low_open: bool = False
    whole: bool = False

    def holds(self, value: float) -> bool:
        """Whether the value lies within; what is n/a breaks no bound."""
        if math.isnan(value):
            return True
        above = self.low is None or (value > self.low if self.low_open else value >= self.low)
        below = self.high is None or value <= self.high
        rounded = not self.whole or float(value).is_integer()
        return above and below and rounded and abs(value) <= largest()

    def __str__(self) -> str:
        if self.low is not None and self.high is not None:
            ends = "{:g} or {:g}" if self.whole else "between {:g} and {:g}"
            return ends.format(self.low, self.high)
        if self.low is not None:
            return f"{'above' if self.low_open else 'not below'} {self.low:g}"
        return "any number" if self.high is None else f"not above {self.high:g}"


@cache
def largest() -> float:
    """The largest figure that an input may be."""
    return load_policy()["input.largest"]


SHARE = Bounds(0, 1)
ON_OR_OFF = Bounds(0, 1, whole=True)
GROWTH = Bounds(-1)
NOT_NEGATIVE = Bounds(0)
POSITIVE = Bounds(0, low_open=True)
AT_MOST_ONE = Bounds(None, 1)
ANY = Bounds()
A_DAY = Bounds(61, 73_050)  # 1900-03-01 to 2099-12-31: before it serials are off by one


def out_of_bounds(
    value: float, bounds: Bounds, *, of: str = "", is_ratio: bool = False
) -> CellError | None:
    """What is wrong with a value that lies outside; `of` names the input where its row does not."""
    if bounds.holds(value):
        return None
    expected = str(bounds)
    if abs(value) > largest():
        expected += f", and at most {largest():g}"
    is_share = bounds.high == 1 and value > 1 and is_ratio
    remedy = f"write {value:g}% or {value / 100:g} for {value:g} %" if is_share else ""
    return CellError(f"{value:g} is out of bounds{f' of {of}' if of else ''}", expected, remedy)
