"""What each function of the language does to NumPy arrays.

Every function answers n/a (NaN, or the text `n/a`) exactly where the printed formula would.
Numbers are float64 arrays, texts are object arrays of str, truth is 1.0 or 0.0.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Array = NDArray[Any]
NAN = float("nan")
NOT_AVAILABLE = "n/a"
_EPOCH = date(1899, 12, 30)


def _finite(array: Array) -> Array:
    """Return the array with infinities as n/a: a cell would show an error there."""
    return np.where(np.isfinite(array), array, NAN)


def _truth(condition: Array, *operands: Array) -> Array:
    """Return 1/0, n/a wherever an operand is n/a."""
    result = condition.astype(float)
    for operand in operands:
        result = np.where(np.isnan(operand), NAN, result)
    return result


def _divide(a: Array, b: Array) -> Array:
    return _finite(np.where(b == 0, NAN, a / np.where(b == 0, 1.0, b)))


def _power(a: Array, b: Array) -> Array:
    undefined = np.isnan(a) | np.isnan(b) | ((a == 0) & (b <= 0))
    return np.where(undefined, NAN, _finite(np.power(a, b)))


def _where(condition: Array, yes: Array, no: Array) -> Array:
    chosen = np.where(condition != 0, yes, no)
    unknown = np.isnan(condition)
    if not unknown.any():
        return chosen
    return np.where(unknown, NOT_AVAILABLE if chosen.dtype == object else NAN, chosen)


def _known(value: Array) -> Array:
    if value.dtype == object:
        return np.zeros(value.shape)
    return np.isfinite(value).astype(float)


_folded = np.frompyfunc(str.casefold, 1, 1)


def _same(a: Array, b: Array) -> Array:
    """Return where texts are equal as `=` sees it: letter case does not count."""
    return np.asarray(np.equal(_folded(a), _folded(b)), dtype=bool).astype(float)


def _fold(step: Callable[[Array, Array], Array]) -> Callable[..., Array]:
    def fold(*args: Array) -> Array:
        result = args[0]
        for arg in args[1:]:
            result = np.where(np.isnan(result) | np.isnan(arg), NAN, step(result, arg))
        return result

    return fold


def _log(value: Array) -> Array:
    return np.log(np.where(value > 0, value, NAN))


def day(serial: float) -> date:
    """Return the calendar day of an Excel serial number."""
    return _EPOCH + timedelta(days=int(serial))


@lru_cache(maxsize=4096)
def _edate(serial: float, months: float) -> float:
    """Return the serial so many months earlier, the day clamped to its month's end."""
    try:
        start = day(serial)
        month = start.year * 12 + start.month - 1 - int(months)
        year, month = divmod(month, 12)
        last = calendar.monthrange(year, month + 1)[1]
        result = (date(year, month + 1, min(start.day, last)) - _EPOCH).days
    except (ValueError, OverflowError):
        return NAN
    return float(result) if result >= 0 else NAN


def _year(serial: float) -> float:
    try:
        return float(day(serial).year) if serial >= 1 else NAN
    except (ValueError, OverflowError):
        return NAN


def _date_text(serial: float) -> str:
    try:
        return day(serial).isoformat() if serial >= 1 else NOT_AVAILABLE
    except (ValueError, OverflowError):
        return NOT_AVAILABLE


def fixed(value: float, decimals: float) -> str:
    """Return a number as FIXED shows it: half away from zero, thousands separated."""
    if not np.isfinite(value):
        return NOT_AVAILABLE
    step = Decimal(1).scaleb(-int(decimals))
    rounded = Decimal(f"{value:.15g}").quantize(step, rounding=ROUND_HALF_UP)
    return f"{rounded or abs(rounded):,f}"


def _percent(value: float, decimals: float) -> str:
    text = fixed(value * 100, decimals)
    return text if text == NOT_AVAILABLE else text + "%"


def _cellwise(function: Callable[..., Any], kind: type) -> Callable[..., Array]:
    """Return an array function that calls `function` cell by cell."""

    def apply(*args: Array) -> Array:
        arrays = np.broadcast_arrays(*args)
        columns = (array.ravel().tolist() for array in arrays)
        cells = [function(*cell) for cell in zip(*columns, strict=True)]
        result = np.empty(len(cells), dtype=kind)
        result[:] = cells
        return result.reshape(arrays[0].shape)

    return apply


def _join(*parts: Any) -> str:
    return "".join(_shown(part) for part in parts)


def _shown(part: Any) -> str:
    """Return a part of a text as & would show it."""
    if isinstance(part, str):
        return part
    if part != part:  # noqa: PLR0124 - the one value unequal to itself is NaN
        return NOT_AVAILABLE
    return f"{part:.15g}"


FUNCTIONS: Mapping[str, Callable[..., Array]] = {
    "add": lambda a, b: _finite(a + b),
    "sub": lambda a, b: _finite(a - b),
    "mul": lambda a, b: _finite(a * b),
    "div": _divide,
    "pow": _power,
    "neg": lambda a: -a,
    "lt": lambda a, b: _truth(a < b, a, b),
    "le": lambda a, b: _truth(a <= b, a, b),
    "gt": lambda a, b: _truth(a > b, a, b),
    "ge": lambda a, b: _truth(a >= b, a, b),
    "eq": lambda a, b: _truth(a == b, a, b),
    "same": _same,
    "and": lambda a, b: _truth((a != 0) & (b != 0), a, b),
    "or": lambda a, b: _truth((a != 0) | (b != 0), a, b),
    "not": lambda a: _truth(a == 0, a),
    "min": _fold(np.minimum),
    "max": _fold(np.maximum),
    "abs": np.abs,
    "ln": _log,
    "exp": lambda a: _finite(np.exp(a)),
    "where": _where,
    "known": _known,
    "plotted": lambda a: a,
    "given_text": lambda a: np.asarray(np.not_equal(a, ""), dtype=bool).astype(float),
    "months_before": _cellwise(_edate, float),
    "year": _cellwise(_year, float),
    "fixed": _cellwise(fixed, object),
    "percent": _cellwise(_percent, object),
    "date_text": _cellwise(_date_text, object),
    "concat": _cellwise(_join, object),
}


def _stdev(array: Array) -> Array:
    count = np.sum(~np.isnan(array), axis=-1)
    centre = np.nansum(array, axis=-1) / np.maximum(count, 1)
    squares = np.nansum((array - centre[..., None]) ** 2, axis=-1)
    return np.where(count > 1, np.sqrt(squares / np.maximum(count - 1, 1)), NAN)


def _extreme(array: Array, fill: float, reduce: Callable[..., Array]) -> Array:
    filled = reduce(np.where(np.isnan(array), fill, array), axis=-1)
    return np.where(np.isnan(array).all(axis=-1), NAN, filled)


def _mean(array: Array) -> Array:
    count = np.sum(~np.isnan(array), axis=-1)
    return np.where(count > 0, np.nansum(array, axis=-1) / np.maximum(count, 1), NAN)


REDUCTIONS: Mapping[str, Callable[[Array], Array]] = {
    "total": lambda array: _finite(np.sum(array, axis=-1)),
    "sum": lambda array: _finite(np.nansum(array, axis=-1)),
    "count": lambda array: np.sum(~np.isnan(array), axis=-1).astype(float),
    "mean": _mean,
    "min": lambda array: _extreme(array, np.inf, np.min),
    "max": lambda array: _extreme(array, -np.inf, np.max),
    "stdev": _stdev,
}
