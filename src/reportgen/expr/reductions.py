"""How a whole dimension is made one: what computes it, and how a formula says it, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Reduction
from reportgen.expr.numeric import tidy

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from reportgen.expr.numeric import Array


def _total(array: Array, axis: int) -> Array:
    return tidy(np.add.reduce(array, axis=axis))


def _sum(array: Array, axis: int) -> Array:
    return tidy(np.add.reduce(np.where(np.isnan(array), 0.0, array), axis=axis))


def _count(array: Array, axis: int) -> Array:
    count: Array = np.add.reduce(np.isfinite(array), axis=axis, dtype=float)
    return count


def _mean(array: Array, axis: int) -> Array:
    return tidy(_sum(array, axis) / _count(array, axis))  # 0 / 0 is NaN


def _stdev(array: Array, axis: int) -> Array:
    centre = np.expand_dims(_mean(array, axis), axis)
    squares = np.add.reduce(np.where(np.isnan(array), 0.0, (array - centre) ** 2), axis=axis)
    return tidy(np.sqrt(squares / np.maximum(_count(array, axis) - 1.0, 0.0)))


def _least(array: Array, axis: int) -> Array:
    least: Array = np.fmin.reduce(array, axis=axis)
    return least


def _most(array: Array, axis: int) -> Array:
    most: Array = np.fmax.reduce(array, axis=axis)
    return most


def _filled(array: Array, axis: int) -> Array:
    held = array != "" if array.dtype == object else np.isfinite(array)
    count: Array = np.add.reduce(held, axis=axis, dtype=float)
    return count


class Reducing(NamedTuple):
    """What makes one axis of an array one, and the formula: {0} is its cells, {1} says n/a."""

    compute: Callable[[Array, int], Array]
    formula: str


REDUCTIONS: Mapping[Reduction, Reducing] = {
    Reduction.TOTAL: Reducing(_total, "SUM({0})"),
    Reduction.SUM: Reducing(_sum, "SUM({0})"),
    Reduction.COUNT: Reducing(_count, "COUNT({0})"),
    Reduction.MEAN: Reducing(_mean, "AVERAGE({0})"),
    Reduction.MIN: Reducing(_least, "IF(COUNT({0})=0,{1},MIN({0}))"),
    Reduction.MAX: Reducing(_most, "IF(COUNT({0})=0,{1},MAX({0}))"),
    Reduction.STDEV: Reducing(_stdev, "STDEV({0})"),
    Reduction.FILLED: Reducing(_filled, "COUNTA({0})"),
}
# SUM passes over a part that is n/a. Where cells are typed they may also be cleared.
TOTAL_OF_COMPUTED = 'IF(COUNTIF({0},"n/a")>0,{1},SUM({0}))'
TOTAL_OF_TYPED = "IF(COUNT({0})<ROWS({0})*COLUMNS({0}),{1},SUM({0}))"
