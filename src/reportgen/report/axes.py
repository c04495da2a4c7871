"""Axes of charts over time: round prices, and ticks that stay inside the month they name."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np

from reportgen.periods import from_serial, serial
from reportgen.xlsx.book import Axis

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array

MONTHS_A_TICK = (1, 2, 3, 6, 12, 24)
MOST_TICKS = 11
DAYS_A_MONTH = 365.25 / 12
MIDDLE_OF_MONTH = 15  # ticks of equal length stay inside the month that they are labelled with
FEW = 20.0  # a price below this is read in cents
TICKS = 6
ROOM_BELOW = 0.6  # of the lowest value: a lower one typed later is still drawn


def days(title: str, known: Array, as_of: float, *, room: float) -> Axis:
    """Return an axis from the first known day to as-of and some room, a share of the days drawn."""
    first = float(np.nanmin(known)) if np.isfinite(known).any() else as_of - 365
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
    decimals = "#,##0.00" if high < FEW else "#,##0"
    foot = floor(low / step) * step
    return Axis(unit, decimals, minimum=foot, major_unit=step, gridlines=True)


def _round_step(least: float) -> float:
    """Return the next step of 1, 2 or 5 times a power of ten, so that ticks are round numbers."""
    power = 10.0 ** floor(log10(least))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= least)
