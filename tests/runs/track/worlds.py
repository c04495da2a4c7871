"""Made-up worlds whose true rates are known, and reports in the words of a desk."""

from __future__ import annotations

import math
from datetime import date
from statistics import NormalDist
from typing import TYPE_CHECKING

import numpy as np

from reportgen.facts.rows import PastReport
from reportgen.runs.track.outcomes import Facts, Outcome, months_after, outcomes

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

FIRST = date(2010, 1, 31)
VOLATILITY, CORRELATION, RISE = 0.3, 0.3, 0.05
TRUE_RATE = 1 - NormalDist(0, VOLATILITY).cdf(RISE)


def said(as_of: date, price: float = 100.0, **values: float | str) -> PastReport:
    """A report with cases of 80, 120 and 150 at 30/40/30, and an expected value of 117."""
    stated: dict[str, float | str] = {
        "scored": "yes",
        "currency": "USD",
        "bear": 80.0,
        "base": 120.0,
        "bull": 150.0,
        "bear_probability": 0.3,
        "base_probability": 0.4,
        "bull_probability": 0.3,
        "expected": 117.0,
        "hype_adjusted": 95.0,
        "consensus": 140.0,
        "cost_of_equity": 0.1,
        "dividend": 2.0,
        "stance": "LONG",
    }
    return PastReport(as_of=as_of, price=price, line_no=0, **stated | values)  # type: ignore[arg-type]  # as its fields are


def became(as_of: date, close: float, **values: float | str) -> Outcome:
    """A report whose price went straight to its outcome."""
    deviation = float(values.pop("deviation", math.nan))
    price = float(values.get("price", 100.0))
    high, low = max(price, close), min(price, close)
    return Outcome(said(as_of, **values), "resolved", close, high, low, deviation)  # type: ignore[arg-type]  # as above


def hits(rng: np.random.Generator, months: int, companies: int) -> NDArray[np.float64]:
    """Whether each company's price rose by more than RISE in twelve months: months x companies."""
    shape = (months + 12, companies)
    common = rng.standard_normal((months + 12, 1)) * math.sqrt(CORRELATION)
    own = rng.standard_normal(shape) * math.sqrt(1 - CORRELATION)
    path = np.cumsum((common + own) * VOLATILITY / math.sqrt(12), axis=0)
    path = np.concatenate([np.zeros((1, companies)), path])
    risen: NDArray[np.float64] = (path[12 : months + 12] - path[:months] > RISE).astype(float)
    return risen


def company(rng: np.random.Generator, months: int) -> tuple[Outcome, ...]:
    """Three years of closes, then months of reports, all of whose windows are over."""
    count = months + 48
    path = 100 * np.exp(np.cumsum(rng.standard_normal(count) * VOLATILITY / math.sqrt(12)))
    days = [months_after(FIRST, at) for at in range(count)]
    facts = Facts(days, path.tolist(), days[-1], "USD", is_delisted=False)
    reports = (_report(days[at], float(path[at]), rng) for at in range(36, 36 + months))
    return outcomes(reports, facts)


def _report(day: date, price: float, rng: np.random.Generator) -> PastReport:
    base = price * (1 + 0.1 * float(rng.standard_normal()))
    money = {"bear": 0.7, "base": 1.0, "bull": 1.3, "expected": 1.02, "consensus": 1.1}
    return said(day, price, **{name: base * times for name, times in money.items()})


def restated(found: Mapping[str, tuple[Outcome, ...]], split: float) -> dict[str, list[Outcome]]:
    """The same world in other shares."""
    names = ("price", "bear", "base", "bull", "expected", "hype_adjusted", "consensus", "dividend")
    return {
        ticker: [
            one._replace(
                said=one.said._replace(**{name: getattr(one.said, name) / split for name in names}),
                close=one.close / split,
                high=one.high / split,
                low=one.low / split,
            )
            for one in rows
        ]
        for ticker, rows in found.items()
    }
