"""What a mean over months can say: overlapping windows tell the same story again and again."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.facts import scoring
from reportgen.runs.track.outcomes import year_after

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from numpy.typing import NDArray

    Array = NDArray[np.float64]
    Months = NDArray[np.int64]

MONTHS_A_COSINE = 24
FEWEST_COSINES = 2
# The .975 quantile of Student's t by degrees of freedom, from 2
_T975 = (
    4.302653, 3.182446, 2.776445, 2.570582, 2.446912, 2.364624, 2.306004, 2.262157, 2.228139,
    2.200985, 2.178813, 2.160369, 2.144787, 2.131450, 2.119905, 2.109816, 2.100922, 2.093024,
    2.085963, 2.079614, 2.073873, 2.068658, 2.063899, 2.059539, 2.055529, 2.051831, 2.048407,
    2.045230, 2.042272,
)  # fmt: skip


class Interval(NamedTuple):
    """An interval that holds the true mean in 95 of 100 worlds."""

    low: float
    high: float


class Mean(NamedTuple):
    """A mean over months of the means over companies; `interval` None where they are too few."""

    value: float
    interval: Interval | None


def month_of(day: date) -> int:
    """Return the number of a month: neighbours differ by one."""
    return day.year * 12 + day.month


def mean_of(months: Months, values: Array) -> Mean | None:
    """Return the mean of values by the month of each; nan is left out, None where all are.

    Companies of a month are averaged first: they are one draw.
    """
    known = ~np.isnan(values)
    if not known.any():
        return None
    _, at = np.unique(months[known], return_inverse=True)
    series = np.bincount(at, values[known]) / np.bincount(at)
    return Mean(float(series.mean()), interval(series))


def interval(series: Array) -> Interval | None:
    """Return the interval of the mean of a series of months; None below the fewest that tell."""
    if len(series) < scoring.FEWEST_WINDOWS:
        return None
    cosines = max(FEWEST_COSINES, len(series) // MONTHS_A_COSINE)
    reach = t_quantile(cosines) * cosine_error(series, cosines)
    mean = float(series.mean())
    return Interval(mean - reach, mean + reach)


def cosine_error(series: Array, cosines: int) -> float:
    """Return the standard error of a mean by equal-weighted cosines, which sees slow swings.

    The long-run variance is the mean square of the series' projections onto the first cosines.
    """
    count = len(series)
    turns = np.outer(np.arange(1, cosines + 1), np.arange(count) + 0.5) / count
    projected = math.sqrt(2 / count) * np.cos(np.pi * turns) @ series
    return math.sqrt(float(np.mean(projected**2)) / count)


def t_quantile(freedom: int) -> float:
    """Return the .975 quantile of Student's t; from 30 degrees of freedom on that of 30."""
    return _T975[min(freedom - FEWEST_COSINES, len(_T975) - 1)]


def disjoint_windows(days: Iterable[date]) -> int:
    """Return how many windows of twelve months share no day, the earliest taken first."""
    count, ends = 0, None
    for day in sorted(set(days)):
        if ends is None or day >= ends:
            count, ends = count + 1, year_after(day)
    return count


def independent(days: Sequence[date]) -> int:
    """Return how many independent observations reports of these days are worth, rounded down.

    Windows that share no day count whole; companies of one month are worth less than their number.
    """
    if not days:
        return 0
    a_month = len(days) / len({month_of(day) for day in set(days)})
    worth = a_month / (1 + scoring.CORRELATION * (a_month - 1))
    return math.floor(disjoint_windows(days) * worth + 1e-9)
