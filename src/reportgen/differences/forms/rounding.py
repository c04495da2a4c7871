"""Rounding that keeps sums: shown parts add up to the shown whole."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def add_up(amounts: Sequence[float], total: float, decimals: int) -> tuple[float, ...]:
    """The amounts rounded to `decimals` such that they sum to `total`, itself so rounded.

    Largest remainder: all are rounded down, and those cut most get the missing steps, the earlier
    first where they are cut alike. Where `total` is not the sum of the amounts to half a step a
    part, the difference is spread over all.
    """
    if not amounts:
        return ()
    scale = 10.0**decimals
    scaled = [amount * scale for amount in amounts]
    floors = [math.floor(amount) for amount in scaled]
    missing = round(round(total, decimals) * scale) - sum(floors)
    whole, rest = divmod(missing, len(amounts))
    by_cut = sorted(range(len(scaled)), key=lambda place: floors[place] - scaled[place])
    for rank, place in enumerate(by_cut):
        floors[place] += whole + (rank < rest)
    return tuple(steps / scale for steps in floors)
