"""Random weekly closes of the share and its benchmark, monthly estimates, and a launch day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE
from reportgen.model.inputs import description, market_data
from tests.laws.altered import live, with_inputs, with_rows
from tests.laws.chance import BLANK

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Columns, Company
    from tests.laws.chance import Dice

WEEKS, MONTHS = 104, 26  # as far back as half a year before the oldest target drawn
LAST_CLOSE = 2  # days before as-of
OLDEST_LAUNCH = 55  # weeks: it is news for a year, so that at times it is none any more


def as_of(case: Company) -> float:
    """The as-of day of a case as a serial number."""
    return float(live(case, description.as_of))


def last_close(case: Company) -> float:
    """The last close that is known."""
    closes = live(case, market_data.close)
    return float(closes[~np.isnan(closes)][-1])


def traded(case: Company, dice: Dice, *, whole: bool = False) -> Company:
    """A case with other closes, benchmark, estimates and launch day.

    In a `whole` market no close is missing, estimates are positive or there is none, and a launch
    falls on a day of trading: what a target needs is known for all targets or for none.
    """
    gaps = 0 if whole else 0.04
    price = last_close(case) * float(np.exp(dice.rng.normal(0, 0.7)))
    launched = dice.whole(0, OLDEST_LAUNCH) if dice.chance(0.9) else WEEKS
    days = as_of(case) - LAST_CLOSE - 7.0 * np.arange(WEEKS)[::-1]
    closes = _path(dice, WEEKS, price, gaps, jump=WEEKS - 1 - launched)
    case = with_rows(case, CLOSE, WEEKS, {market_data.close_date: days, market_data.close: closes})
    weeks = WEEKS * dice.chance(0.85)
    levels = _path(dice, WEEKS, 100, gaps)[:weeks]
    columns: Columns = {
        market_data.benchmark_date: days[:weeks],
        market_data.benchmark_close: levels,
    }
    case = _estimated(with_rows(case, BENCHMARK, weeks, columns), dice, price / 20, gaps)
    off = 3 * (not whole and dice.chance(0.15))
    day = BLANK if launched == WEEKS else days[-1 - launched] - off
    return with_inputs(case, {description.launch_date: np.array(day)})


def _path(dice: Dice, size: int, end: float, gaps: float, jump: int = -1) -> Array:
    """A random walk that ends at a level, with a few jumps, and with gaps where it is n/a."""
    steps = dice.rng.normal(0, 0.04, size) + dice.seldom(
        dice.decimals(-0.5, 0.5, (size,)), 0.0, one_in=30
    )
    if jump >= 0 and dice.chance(1 / 2):
        steps[jump] += dice.decimals(0, 0.6)
    path: Array = end * np.exp(np.cumsum(steps) - steps.sum())
    path[:-1][dice.rng.random(size - 1) < gaps] = BLANK
    return path


def _estimated(case: Company, dice: Dice, level: float, gaps: float) -> Company:
    """A case with other estimates of earnings a share: rising, falling, of a loss, or none."""
    months = MONTHS * dice.chance(0.75)
    values = _path(dice, MONTHS, level, gaps)
    values[dice.rng.random(MONTHS) < gaps] *= -1
    values[dice.rng.random(MONTHS) < gaps / 2] = 0
    columns: Columns = {
        market_data.estimate_date: as_of(case) - 1 - 30.0 * np.arange(MONTHS)[::-1],
        market_data.estimate: values,
        market_data.estimate_currency: [str(case.given[description.price_currency])] * MONTHS,
    }
    return with_rows(
        case, ESTIMATE, months, {line: cells[:months] for line, cells in columns.items()}
    )
