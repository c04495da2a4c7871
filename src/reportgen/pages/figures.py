"""Values as people read them: in their unit, with as many digits as it takes to see a change."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.periods import FIRST_DAY, from_serial, serial
from reportgen.values import CENTS, fixed

if TYPE_CHECKING:
    from reportgen.values import Value

NA = "n/a"
MOST_DIGITS = 15  # of a double that survive every program's decimal spelling
_PERCENT = frozenset({"%", "% change", "ratio", "change"})
_WHOLE = frozenset({"days", "count"})
_TENTHS = frozenset({"x", "years", "0-100", "m", "m shares"})
# Amounts a share of the company, as the model, an index and a review call them
_PER_SHARE = ("per share", "/ share", "money", "signed")
FLAGS = frozenset({"1 yes, 0 no", "0/1", "flag"})
_FIRST_SERIAL, _LAST_SERIAL = serial(FIRST_DAY), 2_958_465  # 9999-12-31


def decimals(unit: str, cents: int = CENTS) -> int:
    """How many decimals an amount in the unit is shown with; an amount a share has `cents`."""
    if unit in _WHOLE:
        return 0
    if unit in _PERCENT:
        return 3
    if unit in _TENTHS or unit.endswith(" m"):
        return 1
    return cents if unit.endswith(_PER_SHARE) else CENTS


def rounded(value: float, places: int) -> float:
    """A number rounded as every spreadsheet shows it: halves away from zero."""
    return float(fixed(value, places).replace(",", ""))


def shown(value: Value, unit: str, more: int = 0, *, cents: int = CENTS) -> str:
    """A value in its unit, with `more` decimals than usual; the unit itself only where short.

    An amount a share of the company has `cents` decimals; other money, and numbers of any size such
    as a rate, have up to two more than usual where they are stated so.
    """
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
    usual = decimals(unit, cents)
    places = usual + more
    if unit in _PERCENT:
        return f"{fixed(value * 100, places - 2)}%"
    if usual < CENTS or unit == "two" or unit.endswith(_PER_SHARE):
        return fixed(value, places) + ("x" if unit == "x" else "")
    return _trimmed(fixed(value, places + 2))


def shown_pair(old: Value, new: Value, unit: str, *, cents: int = CENTS) -> tuple[str, str]:
    """Two values, with so many decimals that different ones look different."""
    if old == new or isinstance(old, str) or isinstance(new, str):
        return shown(old, unit, cents=cents), shown(new, unit, cents=cents)
    for more in range(MOST_DIGITS):
        pair = shown(old, unit, more, cents=cents), shown(new, unit, more, cents=cents)
        if pair[0] != pair[1]:
            return pair
    return pair


def signed(amount: float, unit: str, *, cents: int = CENTS) -> str:
    """A change in its unit, with its sign: `+1.20`, `-3.0%`; nothing changed has none."""
    text = shown(amount, unit, cents=cents)
    return f"+{text}" if amount > 0 and any(digit in "123456789" for digit in text) else text


def change(old: float, new: float, unit: str, *, cents: int = CENTS) -> float:
    """What two values change by as they are shown, so that a row adds up to its last digit."""
    places = decimals(unit, cents)
    return rounded(rounded(new, places) - rounded(old, places), places)


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
