"""How long we take compared with others, measured side by side so that only the ratio travels."""

from __future__ import annotations

from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable


class Ratio(NamedTuple):
    """Seconds that we and the yardstick took for `what`, and the ratio that is allowed."""

    what: str
    ours: float
    theirs: float
    allowed: float

    @property
    def ratio(self) -> float:
        """Ours over theirs: below 1 we are faster."""
        return self.ours / self.theirs

    @property
    def is_kept(self) -> bool:
        """Whether the ratio stays within what is allowed."""
        return self.ratio <= self.allowed


def side_by_side(
    what: str,
    ours: Callable[[], object],
    theirs: Callable[[], object],
    allowed: float,
    rounds: int = 15,
) -> Ratio:
    """The medians of `rounds` runs of each, taken in turns so that both meet the same weather.

    Each runs once before, so that imports and caches are warm.
    """
    ours()
    theirs()
    turns = [(_seconds(ours), _seconds(theirs)) for _ in range(rounds)]
    return Ratio(
        what, median(turn[0] for turn in turns), median(turn[1] for turn in turns), allowed
    )


def _seconds(work: Callable[[], object]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started
