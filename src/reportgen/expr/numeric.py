"""What each function of the language does to arrays of numbers.

Numbers are float64 arrays, truth is 1.0 or 0.0. n/a is NaN wherever a line is stored; on the way
there an infinity is n/a as well, since a cell would show an error: arithmetic is then one NumPy
call. What infinities would mislead is tidied first. The caller silences NumPy's warnings.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
NAN = float("nan")
# A NaN that says that something was typed, and that it is no number: a text, an error
MISFIT = float(np.uint64(0x7FF8_0000_0000_0001).view(np.float64))


def misfits(array: Array) -> Array:
    """Return how many misfits there are in each of a batch (batch, ...)."""
    found = array.view(np.uint64) == np.float64(MISFIT).view(np.uint64)
    result: Array = np.add.reduce(found.reshape(len(array), -1), axis=1, dtype=float)
    return result


def disorder(array: Array) -> Array:
    """Return how many days along the last axis are not after the one before, or follow a blank."""
    before, after = array[..., :-1], array[..., 1:]
    wrong = np.isfinite(after) & ~((before > 0) & (before < after))
    count: Array = np.add.reduce(wrong, axis=-1, dtype=float)
    return count


def whole(array: Array) -> Array:
    """Return the nearest whole numbers, halves away from zero."""
    result: Array = np.copysign(np.floor(np.abs(array) + 0.5), array)
    return result


def tidy(array: Array) -> Array:
    """Return the array with infinities as NaN."""
    result: Array = array + array * 0.0
    return result


def truth(array: Array) -> Array:
    """Return 1 where a number is not 0, 0 where it is, n/a where there is none."""
    result: Array = np.not_equal(array, 0.0) + array * 0.0
    return result


def power(base: Array, exponent: Array) -> Array:
    """Return base^exponent; n/a unless the base is positive (programs disagree there)."""
    positive = np.where(base > 0.0, base, NAN)
    # NumPy takes NaN^0 and 1^NaN for 1.
    result: Array = np.power(positive, exponent) + (positive * 0.0 + exponent * 0.0)
    return result


def sum_where(held: Array, worth: Array | None, size: int) -> Array:
    """Return the sum over the last axis, of `size`, of `worth` (n/a as 0; None: 1) times `held`."""
    if worth is not None:
        held = held * np.where(np.isfinite(worth), worth, 0.0)
    result: Array = np.add.reduce(held, axis=-1)
    return result if held.shape[-1] == size else result * size


def as_of(dates: Array, values: Array, when: Array) -> Array:
    """Return the values (batch, n) on the last of the dates (batch, n) at or before `when`.

    Blank dates are passed over; n/a where there is none, or `when` is n/a.
    """
    batched = (len(dates), *(1,) * (when.ndim - 1), dates.shape[-1])
    reached = dates.reshape(batched) <= when[..., None]
    last = reached.shape[-1] - 1 - np.argmax(reached[..., ::-1], axis=-1)
    return np.where(reached.any(axis=-1), taken(values, last), NAN)


def taken(values: Array, position: Array) -> Array:
    """Return values (batch, n) at positions from 0 (batch or 1, ...)."""
    if len(values) == 1:
        first: Array = values[0][position]
        return first
    batch = np.arange(len(values)).reshape((-1,) + (1,) * (position.ndim - 1))
    result: Array = values[batch, position]
    return result


def picked(values: Array, position: Array, missing: float | str) -> Array:
    """Return values (batch, n) at positions from 1, `missing` where there is none."""
    inside = (position >= 1.0) & (position < values.shape[-1] + 1.0)
    index = np.where(inside, position, 1.0).astype(int) - 1
    return np.where(inside, taken(values, index), missing)
