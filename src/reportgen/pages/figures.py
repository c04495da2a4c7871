"""Values as people read them: in their unit, with as many digits as it takes to see a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.periods import FIRST_DAY, from_serial, serial

if TYPE_CHECKING:
    from reportgen.values import Value

NA = "n/a"
MOST_DIGITS = 15  # of a double that survive every program's decimal spelling
_PERCENT = frozenset({"%", "% change", "ratio", "change"})
_WHOLE = frozenset({"days", "count"})
_PLAIN = frozenset({"", "number"})  # of any size, such as a rate: up to two decimals more
FLAGS = frozenset({"1 yes, 0 no", "0/1", "flag"})
_FIRST_SERIAL, _LAST_SERIAL = serial(FIRST_DAY), 2_958_465  # 9999-12-31


def decimals(unit: str) -> int:
    """How many decimals an amount in the unit is shown with."""
    if unit in _WHOLE:
        return 0
    if unit in _PERCENT:
        return 3
    return 1 if unit in {"x", "years", "0-100", "m", "m shares"} or unit.endswith(" m") else 2


def shown(value: Value, unit: str, more: int = 0) -> str:
    """A value in its unit, with `more` decimals than usual; the unit itself only where short."""
    match value:
        case None:
            return NA
        case bool():
            return "yes" if value else "no"
        case str():
            return value
    if unit == "date" and _FIRST_SERIAL <= value <= _LAST_SERIAL:
        return str(from_serial(value))
    if unit in FLAGS and value in {0.0, 1.0}:
        return "yes" if value else "no"
    places = decimals(unit) + more
    if unit in _PERCENT:
        return f"{_positive_zero(value, places):.{places - 2}%}"
    if unit in _PLAIN:
        return _trimmed(f"{_positive_zero(value, places + 2):,.{places + 2}f}")
    suffix = "x" if unit == "x" else ""
    return f"{_positive_zero(value, places):,.{places}f}{suffix}"


def shown_pair(old: Value, new: Value, unit: str) -> tuple[str, str]:
    """Two values, with so many decimals that different ones look different."""
    if old == new or isinstance(old, str) or isinstance(new, str):
        return shown(old, unit), shown(new, unit)
    for more in range(MOST_DIGITS):
        pair = shown(old, unit, more), shown(new, unit, more)
        if pair[0] != pair[1]:
            return pair
    return pair


def signed(amount: float, unit: str, more: int = 0) -> str:
    """A change in its unit, with its sign: `+1.20`, `-3.0%`; nothing changed has none."""
    text = shown(amount, unit, more)
    return f"+{text}" if amount > 0 and any(digit in "123456789" for digit in text) else text


def percent(ratio: float | None) -> str:
    """A relative change with its sign, n/a where there is none."""
    return NA if ratio is None else signed(ratio, "ratio")


def plain(value: Value) -> str:
    """A value of unknown unit, to 15 digits: noise in the last bits does not show."""
    if isinstance(value, float):
        return f"{value:.{MOST_DIGITS}g}"
    return "" if value is None else shown(value, "")


def _trimmed(text: str) -> str:
    """The text of a number without zeros at its end, but with two decimals."""
    whole, _, parts = text.partition(".")
    return f"{whole}.{parts.rstrip('0').ljust(2, '0')}"


def _positive_zero(value: float, places: int) -> float:
    return 0.0 if round(value, places) == 0 else value
