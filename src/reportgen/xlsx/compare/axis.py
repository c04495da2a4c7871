"""Where each row or column of the old sheet stands in the new one."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True)
class AxisMap:
    """The map of one axis; without any entries, the identity.

    `pairs` are old and new positions that correspond, `moved` those of them out of order,
    `inserted` new positions with content of their own, `deleted` old ones whose content is gone.
    `blank_inserted` and `blank_deleted` are runs (first, last) of empty lines that came or went.
    """

    pairs: Mapping[int, int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    inserted: frozenset[int] = frozenset()
    deleted: frozenset[int] = frozenset()
    blank_inserted: tuple[tuple[int, int], ...] = ()
    blank_deleted: tuple[tuple[int, int], ...] = ()

    @cached_property
    def is_identity(self) -> bool:
        """Whether every position is where it was."""
        unmoved = all(old == new for old, new in self.pairs.items())
        return unmoved and not (self.inserted or self.deleted)

    @cached_property
    def back(self) -> dict[int, int]:
        """The pairs from new to old."""
        return {new: old for old, new in self.pairs.items()}

    def has_come(self, new: int) -> bool:
        """Whether a new position was inserted, empty or not."""
        return new in self.inserted or _is_within(new, self.blank_inserted)

    def has_gone(self, old: int) -> bool:
        """Whether an old position was deleted, empty or not."""
        return old in self.deleted or _is_within(old, self.blank_deleted)

    def new(self, old: int) -> int | None:
        """The new position, None if it was deleted. Empty positions go with those before them."""
        if old in self.deleted:
            return None
        exact = self.pairs.get(old)
        return self.shifted(old) if exact is None else exact

    def shifted(self, old: int) -> int:
        """The new position as insertions and deletions alone shift it, moves left aside."""
        anchors = self._anchors
        at = bisect_right(anchors, old) - 1
        return old if at < 0 else old + self.pairs[anchors[at]] - anchors[at]

    def surviving(self, old: int, step: int) -> int:
        """The new position of the nearest place in direction `step` that was not deleted."""
        while old in self.deleted:
            old += step
        return self.shifted(old)

    @cached_property
    def _anchors(self) -> list[int]:
        return sorted(self.pairs.keys() - self.moved)


def _is_within(position: int, runs: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= position <= last for first, last in runs)


IDENTITY = AxisMap()
