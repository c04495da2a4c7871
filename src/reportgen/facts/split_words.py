"""Splits as such: how many new shares they make of one, and how people name them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from reportgen.facts.rows import Action


class Split(NamedTuple):
    """`ratio` new shares for one old from `ex_date` on."""

    ex_date: date
    ratio: float


def new_per_old(day: date, actions: Iterable[Action | Split]) -> float:
    """Shares of today for one of `day`: the product of the ratios of the splits since."""
    return math.prod(action.ratio for action in actions if day < action.ex_date)


def restated_for(splits: Iterable[Action | Split]) -> str:
    """What restating figures for splits is called in a sentence; "" where there is none."""
    told = in_words(splits)
    return f"restated for {told}" if told else ""


def in_words(splits: Iterable[Action | Split]) -> str:
    """Splits in a sentence: `the 10:1 split of 2025-11-15 and the ...`; "" where there is none."""
    return " and ".join(
        f"the {_ratio(one.ratio)} of {one.ex_date}" for one in splits if one.ratio != 1
    )


def _ratio(ratio: float) -> str:
    """A split as people write it: `10:1 split`, `1:10 reverse split`."""
    from fractions import Fraction  # noqa: PLC0415 - few reports cross a split

    new, old = Fraction(ratio).limit_denominator(1000).as_integer_ratio()
    return f"{new}:{old} {'split' if ratio > 1 else 'reverse split'}"
