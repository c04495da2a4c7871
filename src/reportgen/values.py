"""A value as people and programs read it, and how its digits are rounded: one rule for all."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from math import isfinite

Value = float | str | bool | None  # a number, a text, a truth; None is n/a or blank

NOT_AVAILABLE = "n/a"
CENTS = 2  # decimals of an amount a share
CHEAP = (12.0, 1.0)  # a price below each of these adds a decimal to them
DIGITS = 15  # beyond them a spreadsheet shows zeros
_ROOM = Context(prec=400)  # for the zeros of the largest number, 1e308, and its decimals


def share_decimals(price: float | None) -> int:
    """Return how many decimals an amount a share has at a price: 2, 3 below 12, 4 below 1."""
    return CENTS + sum(price is not None and price < limit for limit in CHEAP)


def cut(text: str, longest: int) -> str:
    """Return a text of so many letters at most: where it is longer, it ends in a sign for more."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


def fixed(value: float, decimals: float) -> str:
    """Return a number as a spreadsheet's FIXED shows it: half away from zero, with thousands.

    n/a for what is no finite number.
    """
    if not isfinite(value):
        return NOT_AVAILABLE
    exact = Decimal(f"{value:.{DIGITS}g}")
    step = Decimal(1).scaleb(-int(decimals))
    rounded = exact.quantize(step, ROUND_HALF_UP, _ROOM)
    return f"{rounded or abs(rounded):,f}"
