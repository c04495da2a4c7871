"""Axes of charts over time: round prices, and ticks that stay inside the month they name."""

from __future__ import annotations

from dataclasses import replace
from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np

from reportgen.periods import FIRST_DAY, from_serial, serial
from reportgen.xlsx.book import Axis

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Chart, Series

MONTHS_A_TICK = (1, 2, 3, 6, 12, 24)
MOST_TICKS = 11
DAYS_A_MONTH = 365.25 / 12
FIRST_SERIAL = serial(FIRST_DAY)
MIDDLE_OF_MONTH = 15  # ticks of equal length stay inside the month that they are labelled with
FIRST_TICK = float(serial(FIRST_DAY.replace(day=MIDDLE_OF_MONTH)))
FEW = 20.0  # a price below this is read in cents
TICKS = 6
LARGE_STEPS = 0.5  # of the highest level: such steps can be seen from zero
FAR_ABOVE = 2.5  # times the next highest
ROOM_BELOW = 0.6  # of the lowest value: a lower one typed later is still drawn


def days(title: str, known: Array, as_of: float, *, room: float) -> Axis:
    """Return an axis from the first known day to as-of and some room, a share of the days drawn."""
    days_drawn = known[np.isfinite(known) & (known >= FIRST_SERIAL)]
    first = max(days_drawn.min() if days_drawn.size else as_of - 365, FIRST_TICK)
    span_of_days = max(as_of - first, 30.0)
    months = span_of_days * (1 + room) / DAYS_A_MONTH
    step = next((n for n in MONTHS_A_TICK if months / n <= MOST_TICKS), MONTHS_A_TICK[-1])
    return Axis(
        title,
        "yyyy-mm",
        minimum=_middle_of_month(first),
        maximum=round(as_of + room * span_of_days),
        major_unit=step * DAYS_A_MONTH,
    )


def _middle_of_month(day: float) -> int:
    """Return the last middle of a month on or before a day."""
    month = from_serial(day).replace(day=1)
    if day < serial(month.replace(day=MIDDLE_OF_MONTH)):
        month = from_serial(serial(month) - 1)
    return serial(month.replace(day=MIDDLE_OF_MONTH))


def prices(unit: str, drawn: Array) -> Axis:
    """Return an axis that starts well below everything drawn, at a round number."""
    known = drawn[np.isfinite(drawn) & (drawn > 0)]
    if not known.size:
        return Axis(unit, "#,##0", gridlines=True)
    low, high = ROOM_BELOW * float(known.min()), float(known.max())
    step = _round_step((high - low) / TICKS)
    foot = floor(low / step) * step
    return Axis(unit, money(high), minimum=foot, major_unit=step, gridlines=True)


def zero(drawn: Array) -> float | None:
    """Return 0 for an axis to start at; None where something is drawn below it."""
    return None if (drawn < 0).any() else 0  # n/a compares as false


def money(highest: float) -> str:
    """Return how an axis tells amounts a share: with decimals where the share costs little."""
    return "#,##0.00" if highest < FEW else "#,##0"


def baseline(levels: Array) -> float | None:
    """Return a round number near the levels of a bridge for its axis to start at; None for zero.

    It starts at zero where a level is there or beyond, or where the steps are large anyway.
    """
    known = levels[np.isfinite(levels)]
    if not known.size or (low := float(known.min())) <= 0:
        return None
    reach = float(known.max()) - low
    if reach <= 0 or reach > LARGE_STEPS * float(known.max()):
        return None
    step = _round_step(reach / 4)
    foot = floor((low - reach / 2) / step) * step
    return foot if foot > 0 else None


def says(foot: float | None) -> str:
    """Return what the title of a chart says of an axis that does not start at zero."""
    return "" if foot is None else f"; axis from {foot:,.10g}"


def cropped(chart: Chart, drawn: Array) -> Chart:
    """Return a chart from the first category that is drawn to the last.

    `drawn` says of each category whether anything stands there; ranges of another length stay.
    """
    found = np.flatnonzero(drawn)
    if not found.size:
        return chart
    first, last = int(found[0]), int(found[-1])

    def part(ref: Ref) -> Ref:
        if ref.last_row - ref.first_row + 1 == drawn.size:
            return ref._replace(first_row=ref.first_row + first, last_row=ref.first_row + last)
        if ref.last_col - ref.first_col + 1 == drawn.size:
            return ref._replace(first_col=ref.first_col + first, last_col=ref.first_col + last)
        return ref

    def shorter(one: Series) -> Series:
        names = None if one.categories is None else part(one.categories)
        return replace(one, categories=names, values=part(one.values))

    return replace(
        chart,
        series=tuple(map(shorter, chart.series)),
        overlay=tuple(map(shorter, chart.overlay)),
    )


def cut(heights: Array) -> float | None:
    """Return where an axis ends so that one column far above the others leaves them to be read.

    None where no column is: then the axis ends above the highest.
    """
    known: list[float] = np.sort(heights[np.isfinite(heights)]).tolist()
    *others, last = known or [0.0]
    if not others or last <= FAR_ABOVE * others[-1] or others[-1] <= 0:
        return None
    step = _round_step(others[-1] / 2)
    return (floor(others[-1] / step) + 1) * step


def _round_step(least: float) -> float:
    """Return the next step of 1, 2 or 5 times a power of ten, so that ticks are round numbers."""
    power = 10.0 ** floor(log10(least))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= least)
