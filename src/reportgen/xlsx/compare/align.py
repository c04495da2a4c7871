"""Which line of the old sheet is which line of the new one: by content, then key, then place.

Lines that are unlike all others are found wherever they went; what lies between them is paired in
order by likeness. Only exact contents are compared.
"""

from __future__ import annotations

from bisect import bisect_left
from itertools import pairwise
from typing import TYPE_CHECKING

from reportgen.xlsx.compare.axis import AxisMap
from reportgen.xlsx.compare.gaps import Gap, pair_gap
from reportgen.xlsx.compare.lines import Line, unique_by

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

_TRAITS: tuple[Callable[[Line], Hashable], ...] = (
    lambda line: line.exact,
    lambda line: line.typed,
    lambda line: line.key,
)
_BEFORE_ALL = (-1, -1)


def align(old: Sequence[Line], new: Sequence[Line]) -> AxisMap:
    """The map from old to new lines."""
    pairs = _trim(old, new)
    for trait in _TRAITS:
        _pair_unique(old, new, trait, pairs)
    ordered = longest_increasing(pairs)
    _fill_gaps(old, new, ordered, pairs)
    return _axis_map(old, new, pairs)


def longest_increasing(pairs: dict[int, int]) -> list[tuple[int, int]]:
    """The largest set of pairs in which both sides ascend, in order."""
    tails: list[int] = []
    chains: list[tuple[tuple[int, int], int]] = []
    last_at: list[int] = []
    for old in sorted(pairs):
        new = pairs[old]
        length = bisect_left(tails, new)
        before = last_at[length - 1] if length else -1
        chains.append(((old, new), before))
        if length == len(tails):
            tails.append(new)
            last_at.append(len(chains) - 1)
        else:
            tails[length], last_at[length] = new, len(chains) - 1
    found, at = [], last_at[-1] if last_at else -1
    while at >= 0:
        pair, at = chains[at]
        found.append(pair)
    return found[::-1]


def _trim(old: Sequence[Line], new: Sequence[Line]) -> dict[int, int]:
    """The pairs of equal lines at the beginning, unshifted, and at the end, shifted alike."""
    pairs: dict[int, int] = {}
    for left, right in zip(old, new, strict=False):
        if left.at != right.at or left.exact != right.exact:
            break
        pairs[left.at] = right.at
    rest = min(len(old), len(new)) - len(pairs)
    shift = new[-1].at - old[-1].at if rest else 0
    for at in range(1, rest + 1):
        left, right = old[-at], new[-at]
        if right.at - left.at != shift or left.exact != right.exact:
            break
        pairs[left.at] = right.at
    return pairs


def _pair_unique(
    old: Sequence[Line],
    new: Sequence[Line],
    trait: Callable[[Line], Hashable],
    pairs: dict[int, int],
) -> None:
    """Add the pairs of lines left over that share a trait with each other and nobody else.

    A single number names no line: two of them that changed places may as well have changed.
    """
    taken = set(pairs.values())
    left = unique_by((line for line in old if line.at not in pairs), trait)
    right = unique_by((line for line in new if line.at not in taken), trait)
    for mark, line in left.items():
        if mark in right and not line.is_slight:
            pairs[line.at] = right[mark].at


def _fill_gaps(
    old: Sequence[Line],
    new: Sequence[Line],
    ordered: Sequence[tuple[int, int]],
    pairs: dict[int, int],
) -> None:
    """Add the pairs of lines left over between neighbours in order."""
    taken = set(pairs.values())
    lefts = [line for line in old if line.at not in pairs]
    rights = [line for line in new if line.at not in taken]
    starts_left = [line.at for line in lefts]
    starts_right = [line.at for line in rights]
    for before, after in zip([_BEFORE_ALL, *ordered], [*ordered, None], strict=True):
        gap = Gap(
            lefts[_from(starts_left, before[0]) : _to(starts_left, after and after[0])],
            rights[_from(starts_right, before[1]) : _to(starts_right, after and after[1])],
            before,
            after,
        )
        if gap.old or gap.new:
            pairs.update(pair_gap(gap))


def _from(indices: list[int], after: int) -> int:
    return bisect_left(indices, after)


def _to(indices: list[int], before: int | None) -> int:
    return len(indices) if before is None else bisect_left(indices, before)


def _axis_map(old: Sequence[Line], new: Sequence[Line], pairs: dict[int, int]) -> AxisMap:
    ordered = longest_increasing(pairs)
    inserted = {line.at for line in new} - set(pairs.values())
    deleted = {line.at for line in old} - pairs.keys()
    moved = pairs.keys() - {left for left, _ in ordered}
    came, went = inserted | {pairs[left] for left in moved}, deleted | moved
    arrivals, departures = sorted(came), sorted(went)
    entered, gone = [], []
    for (left, right), (next_left, next_right) in pairwise([_BEFORE_ALL, *ordered]):
        lines_entered = _to(arrivals, next_right) - _from(arrivals, right)
        lines_gone = _to(departures, next_left) - _from(departures, left)
        blank = (next_right - right) - (next_left - left) - (lines_entered - lines_gone)
        # The empty lines that push their successors away stand right before these.
        if blank > 0:
            entered.append((next_right - blank, next_right - 1))
        elif blank < 0:
            gone.append((next_left + blank, next_left - 1))
    return AxisMap(
        pairs,
        frozenset(moved),
        frozenset(inserted),
        frozenset(deleted),
        tuple(entered),
        tuple(gone),
    )
