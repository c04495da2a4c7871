"""The dice that random companies are made with, and how often each law is tried."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.numeric import Array

# A law is judged by the same cases on every machine, so that its verdict can be repeated.
LAW = settings(derandomize=True)
# A workbook takes a second: a failure is told as it was found.
BYTES = settings(max_examples=2, derandomize=True, phases=(Phase.explicit, Phase.generate))
BLANK = float("nan")

Option = TypeVar("Option")
Shape = tuple[int, ...]


class Dice:
    """Numbers as people type them, with few decimals, and with the ends of a range among them."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.rng = np.random.default_rng(seed)

    def __repr__(self) -> str:
        return f"Dice({self.seed})"

    def chance(self, of_one: float) -> bool:
        """Whether something happens that is that probable."""
        return bool(self.rng.random() < of_one)

    def pick(self, options: Sequence[Option]) -> Option:
        """One of some things."""
        return options[int(self.rng.integers(len(options)))]

    def whole(self, low: int, high: int) -> int:
        """A whole number; both ends are possible."""
        return int(self.rng.integers(low, high + 1))

    def decimals(self, low: float, high: float, shape: Shape = ()) -> Array:
        """Numbers between two, of which one in six is either end."""
        drawn = np.round(self.rng.uniform(low, high, shape), 3)
        ends = self.rng.choice([low, high], shape)
        return np.where(self.rng.random(shape) < 1 / 6, ends, np.clip(drawn, low, high))

    def factors(self, *special: float, shape: Shape = (), high: float = 3.0) -> Array:
        """Multiples of what was issued, of which one in four is special."""
        usual = self.decimals(0.1, high, shape)
        return np.where(self.rng.random(shape) < 1 / 4, self.rng.choice(special, shape), usual)

    def seldom(self, values: Array, usual: float = 1.0, one_in: int = 5) -> Array:
        """The usual number in most places, the values in some."""
        return np.where(self.rng.random(np.shape(values)) < 1 / one_in, values, usual)

    def shares(self, count: int) -> Array:
        """Shares of 1, in thousandths; some may be 0."""
        cuts = np.sort(np.round(self.decimals(0, 1, (count - 1,)) * 1000))
        return np.diff(np.array([0, *cuts, 1000])) / 1000
