"""What past reports score: levels met, errors, and their cases as a forecast.

Track record in a workbook computes the same of one company in live formulas. Scores are arrays, a
place a report; nan is n/a.
"""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.facts import scoring
from reportgen.facts.scoring import LEVELS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from reportgen.runs.track.outcomes import Outcome

    Array = NDArray[np.float64]

_OUTER = NormalDist().inv_cdf(1 - scoring.ALPHA / 2)
_SAID = (
    "price",
    *tuple(LEVELS)[:-1],
    "bear_probability",
    "base_probability",
    "bull_probability",
    "cost_of_equity",
    "dividend",
)
_BECAME = ("close", "high", "low", "deviation")


class Against(NamedTuple):
    """Outcomes against one level: met is 1 or 0, the error (close - level) / price."""

    met: Array
    met_any_time: Array
    error: Array


class Forecast(NamedTuple):
    """How good a forecast of the close was: as an interval of 80 %, and over three bands.

    `inside` is 1 or 0; the interval score is divided by the price. Less is better of all others.
    """

    inside: Array
    interval: Array
    brier: Array
    rps: Array


class Scores(NamedTuple):
    """All that reports score: by level, their own cases, and the lognormal baseline beside them."""

    levels: Mapping[str, Against]
    cases: Forecast
    baseline: Forecast


class _Bands(NamedTuple):
    """The edges of the middle one of three bands, and in which one the close fell, from 0."""

    low: Array
    high: Array
    fell: Array


def scores(found: Sequence[Outcome]) -> Scores:
    """Return what reports score. They have to be those that are scored."""
    rows = [
        (*(getattr(one.said, name) for name in _SAID), *(getattr(one, name) for name in _BECAME))
        for one in found
    ]
    names = (*_SAID, *_BECAME)
    columns = np.array(rows, dtype=float).reshape(len(rows), len(names)).T
    of = dict(zip(names, columns, strict=True))
    levels = of | {"cost_of_equity": at_cost_of_equity(of)}
    bands = _bands(of)
    with np.errstate(all="ignore"):
        return Scores(
            {name: _against(of, levels[name]) for name in LEVELS},
            _of_cases(of, bands),
            _of_baseline(of, levels["cost_of_equity"], bands),
        )


def at_cost_of_equity(of: Mapping[str, Array]) -> Array:
    """Return the prices a year on that earn the cost of equity, the dividend apart."""
    return of["price"] * (1 + of["cost_of_equity"]) - np.nan_to_num(of["dividend"])


def millionths(money: Array) -> Array:
    """Return money in whole millionths, halves up: what is compared, so that programs agree."""
    return np.floor(money * 1e6 + 0.5)


def _against(of: Mapping[str, Array], level: Array) -> Against:
    wanted, close = millionths(level), millionths(of["close"])
    is_above = wanted >= millionths(of["price"])
    met = np.where(is_above, close >= wanted, close <= wanted)
    reached = np.where(is_above, millionths(of["high"]) >= wanted, millionths(of["low"]) <= wanted)
    error = (of["close"] - level) / of["price"]
    return Against(_where_known(level, met), _where_known(level, met | reached), error)


def _where_known(known: Array, truths: NDArray[np.bool_]) -> Array:
    return np.where(np.isnan(known), np.nan, truths)


def interval_score(low: Array, high: Array, close: Array) -> Array:
    """Return the width of intervals and what lies outside, weighed by 2 / alpha."""
    missed = np.maximum(0.0, low - close) + np.maximum(0.0, close - high)
    return high - low + 2 / scoring.ALPHA * missed


def brier_score(chances: Sequence[Array], band: Array) -> Array:
    """Return the squares of probability less what happened, over all bands."""
    found: Array = np.zeros(len(band))
    for at, chance in enumerate(chances):
        found = found + (chance - (band == at)) ** 2
    return _where_band(band, found)


def rps_score(chances: Sequence[Array], band: Array) -> Array:
    """Return the same over the probabilities of a band or a lower one."""
    found: Array = np.zeros(len(band))
    below: Array = np.zeros(len(band))
    for at, chance in enumerate(chances[:-1]):
        below = below + chance
        found = found + (below - (band <= at)) ** 2
    return _where_band(band, found)


def _where_band(band: Array, found: Array) -> Array:
    return np.where(np.isnan(band), np.nan, found)


def _bands(of: Mapping[str, Array]) -> _Bands:
    """Return the bands of reports; n/a where cases are equal, out of order or n/a themselves."""
    bear, base, bull = of["bear"], of["base"], of["bull"]
    low = base - scoring.BAND_EDGE * (base - bear)
    high = base + scoring.BAND_EDGE * (bull - base)
    close = millionths(of["close"])
    fell = np.where(close < millionths(low), 0.0, np.where(close > millionths(high), 2.0, 1.0))
    return _Bands(low, high, np.where((bear < base) & (base < bull), fell, np.nan))


def _of_cases(of: Mapping[str, Array], bands: _Bands) -> Forecast:
    chances = [of[f"{case}_probability"] for case in ("bear", "base", "bull")]
    return _forecast(of, of["bear"], of["bull"], chances, bands)


def _of_baseline(of: Mapping[str, Array], center: Array, bands: _Bands) -> Forecast:
    """Return what a lognormal price would have scored, its mean the price at the cost of equity."""
    is_known = (center > 0) & (of["deviation"] > 0)
    spread = np.where(is_known, of["deviation"], np.nan)
    middle = np.log(center) - spread**2 / 2
    below, up_to = (
        _chance_below((np.log(edge) - middle) / spread) for edge in (bands.low, bands.high)
    )
    low, high = np.exp(middle - spread * _OUTER), np.exp(middle + spread * _OUTER)
    return _forecast(of, low, high, [below, up_to - below, 1 - up_to], bands)


def _chance_below(deviations: Array) -> Array:
    """Return the chances of a normal distribution below some deviations; one of 0 is -inf."""
    found = [0.5 * (1 + math.erf(one / math.sqrt(2))) for one in deviations.tolist()]
    return np.array(found, dtype=float)


def _forecast(
    of: Mapping[str, Array], low: Array, high: Array, chances: Sequence[Array], bands: _Bands
) -> Forecast:
    is_interval = low <= high
    close = millionths(of["close"])
    inside = (millionths(low) <= close) & (close <= millionths(high))
    score = interval_score(low, high, of["close"]) / of["price"]
    return Forecast(
        np.where(is_interval, inside, np.nan),
        np.where(is_interval, score, np.nan),
        brier_score(chances, bands.fell),
        rps_score(chances, bands.fell),
    )
