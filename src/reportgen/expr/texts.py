"""What the functions of the language do to texts and days, cell by cell.

Texts are object arrays of str; n/a is the text `n/a`, as in a cell.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache
from math import isfinite
from typing import TYPE_CHECKING, Any

import numpy as np

from reportgen.expr.numeric import NAN
from reportgen.values import DIGITS, NOT_AVAILABLE, fixed

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.numeric import Array

# Up to here days are n/a: spreadsheet programs count those of early 1900 differently.
FIRST_DAY = 1000
_LAST_DAY = 2_958_465  # 9999-12-31
_EPOCH = date(1899, 12, 30)


def filled(value: str, shape: tuple[int, ...]) -> Array:
    """Return an array of one text."""
    array: Array = np.empty(shape, dtype=object)
    array[...] = value
    return array


def day(serial: float) -> date | None:
    """Return the calendar day of an Excel serial number; None where there is none."""
    if not FIRST_DAY < serial <= _LAST_DAY:
        return None
    return _EPOCH + timedelta(days=int(serial))


@lru_cache(maxsize=4096)
def months_before(serial: float, months: float) -> float:
    """Return the serial so many months earlier, the day clamped to its month's end."""
    start = day(serial)
    if start is None or not isfinite(months):
        return NAN
    year, month = divmod(start.year * 12 + start.month - 1 - int(months), 12)
    if not _EPOCH.year < year <= date.max.year:
        return NAN
    last = calendar.monthrange(year, month + 1)[1]
    return float((date(year, month + 1, min(start.day, last)) - _EPOCH).days)


def date_text(serial: float) -> str:
    """Return a day as yyyy-mm-dd."""
    found = day(serial)
    return NOT_AVAILABLE if found is None else found.isoformat()


def percent(value: float, decimals: float) -> str:
    """Return a ratio as percent text."""
    text = fixed(value * 100, decimals)
    return text if text == NOT_AVAILABLE else text + "%"


def concat(*parts: float | str) -> str:
    """Return texts and numbers joined, as & joins them."""
    return "".join(part if isinstance(part, str) else _shown(part) for part in parts)


def _shown(number: float) -> str:
    if not isfinite(number):
        return NOT_AVAILABLE
    return f"{Decimal(f'{number or abs(number):.{DIGITS}g}'):f}"


def cellwise(function: Callable[..., Any], kind: type) -> Callable[..., Array]:
    """Return an array function that calls `function` cell by cell."""

    def apply(*args: Array) -> Array:
        arrays = np.broadcast_arrays(*args)
        columns = (array.ravel().tolist() for array in arrays)
        result: Array = np.empty(arrays[0].size, dtype=kind)
        result[:] = [function(*cell) for cell in zip(*columns, strict=True)]
        return result.reshape(arrays[0].shape)

    return apply


def given_text(array: Array) -> Array:
    """Return 1 where a text is not blank, else 0."""
    return np.asarray(array != "", dtype=float)
