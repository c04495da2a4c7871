"""The same results as companies report them: in quarters, halves, years or a mix of these."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.model import fundamentals, twelve_months
from reportgen.model.dims import FUNDAMENTAL
from reportgen.model.inputs import description
from tests.laws.altered import GIVEN, with_rows
from tests.laws.chance import BLANK
from tests.laws.markets import as_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company
    from tests.laws.chance import Dice

QUARTER, HALF, YEAR = 3, 6, 12  # months
QUARTERS = 12  # of each series: three years
FISCAL_YEAR_END = 2025 * YEAR  # a month, counted


class Period(NamedTuple):
    """So many months, the last of which is so many months before the last one reported."""

    months: int
    back: int


Periods = tuple[Period, ...]


def _run(months: int, start: int, stop: int) -> Periods:
    return tuple(Period(months, back) for back in range(start, stop, months))


def _rolled(months: int, since: int) -> Periods:
    """A year that ended so many months back, what came after it, and the same a year before."""
    return (Period(YEAR, since), *_run(months, 0, since), *_run(months, YEAR, YEAR + since))


IN_QUARTERS, IN_HALVES, IN_A_YEAR = (_run(months, 0, YEAR) for months in (QUARTER, HALF, YEAR))
# by how many months of a new fiscal year are reported: the periods that twelve months come from
OTHERWISE = {
    0: (IN_HALVES, IN_A_YEAR),
    3: (_rolled(QUARTER, 3),),
    6: (IN_HALVES, _rolled(HALF, 6), _rolled(QUARTER, 6)),
    9: (_rolled(QUARTER, 9),),
}


class Results(NamedTuple):
    """The quarters of each series, newest first, and how much of a year they end with."""

    quarters: Mapping[str, Array]
    since: int  # months of the new fiscal year
    currency: str

    def before(self, series: str) -> float:
        """What a series came to in the year before."""
        return float(self.quarters[series][4:8].sum())


class _Row(NamedTuple):
    series: str
    period: Period
    value: float
    change: float
    age: int


def results_of(case: Company, dice: Dice, *, positive: bool = False) -> Results:
    """Random results of every series that a case sums over twelve months."""
    low = 1 if positive else -100
    quarters = {
        series: np.array([float(dice.whole(low, 1000)) for _ in range(QUARTERS)])
        for series in sorted(set(case.given[twelve_months.flow_series].tolist()))
    }
    currency = str(case.given[description.reporting_currency])
    return Results(quarters, dice.pick(list(OTHERWISE)), currency)


def reporting(
    case: Company, told: Results, periods: Periods, dice: Dice, *, by_change: bool = False
) -> Company:
    """A case with these results in place of its own, in whatever order, some of them restated.

    Balances stay as they are. The year before is told by the same periods a year earlier, or by the
    change on it alone.
    """
    earlier = tuple(Period(months, back + YEAR) for months, back in periods)
    named = periods if by_change else tuple(dict.fromkeys((*periods, *earlier)))
    rows = list(
        chain.from_iterable(
            _rows(series, quarters, period, dice, by_change=by_change)
            for series, quarters in told.quarters.items()
            for period in named
        )
    )
    kept = np.flatnonzero(case.given[fundamentals.months] == 0)
    order = dice.rng.permutation(len(kept) + len(rows))
    columns = {
        line: np.array([*case.given[line][kept], *added], dtype=case.given[line].dtype)[order]
        for line, added in _columns(told, rows, as_of(case)).items()
    }
    columns[fundamentals.number] = np.arange(len(order)) + 1.0
    return with_rows(case, FUNDAMENTAL, len(order), columns)


def _rows(
    series: str, quarters: Array, period: Period, dice: Dice, *, by_change: bool
) -> Iterator[_Row]:
    """The figure of a period, and at times one that was told before and counts no more."""

    def told(back: int) -> float:
        return float(quarters[back // 3 : (back + period.months) // 3].sum())

    value = told(period.back)
    change = value / told(period.back + YEAR) - 1 if by_change else BLANK
    yield _Row(series, period, value, change, age=1)
    if dice.chance(1 / 5):
        yield _Row(series, period, 3 * value + 7, change, age=9)


def _columns(
    told: Results, rows: Sequence[_Row], today: float
) -> dict[Line, Sequence[float] | Sequence[str]]:
    """Every column of the table of results; what is not said is blank."""
    last = FISCAL_YEAR_END + told.since
    blank: dict[Line, Sequence[float] | Sequence[str]] = {
        line: [""] * len(rows) if line.unit is Unit.TEXT else [BLANK] * len(rows)
        for line in GIVEN
        if line.dims == (FUNDAMENTAL,)
    }
    return blank | {
        fundamentals.segment: [row.series.split("/")[0] for row in rows],
        fundamentals.metric: [row.series.split("/")[1] for row in rows],
        fundamentals.months: [float(row.period.months) for row in rows],
        fundamentals.month_index: [float(last - row.period.back) for row in rows],
        fundamentals.period_end: [today - 60 - 30.0 * row.period.back for row in rows],
        fundamentals.published: [today - row.age for row in rows],
        fundamentals.value.issued: [row.value for row in rows],
        fundamentals.yoy.issued: [row.change for row in rows],
        fundamentals.currency: [told.currency] * len(rows),
    }
