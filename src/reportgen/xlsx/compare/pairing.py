"""Taking out of two lists what belongs together."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

Item = TypeVar("Item")


def take_pairs(
    old: list[Item], new: list[Item], same: Callable[[Item, Item], bool]
) -> list[tuple[Item, Item]]:
    """The pairs of items that are the same, each taken out of its list, the first found first."""
    pairs: list[tuple[Item, Item]] = []
    left_over: list[Item] = []
    for left in old:
        at = next((at for at, right in enumerate(new) if same(left, right)), None)
        if at is None:
            left_over.append(left)
        else:
            pairs.append((left, new.pop(at)))
    old[:] = left_over
    return pairs
