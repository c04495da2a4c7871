"""Which line of the old sheet is which line of the new one: by content, then key, then place.

Lines that are unlike all others are found wherever they went; what lies between them is paired in
order by likeness. Only exact contents are compared.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.compare.areas import Run
from reportgen.xlsx.compare.lines import SheetLine, unique_by

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

    from reportgen.xlsx.compare.lines import Mark


_TRAITS: tuple[Callable[[SheetLine], Hashable], ...] = (
    lambda line: line.exact,
    lambda line: line.typed,
    lambda line: line.key,
)


class Pair(NamedTuple):
    """The old and the new position of a line."""

    old: int
    new: int

    @property
    def shift(self) -> int:
        """By how much the line was shifted."""
        return self.new - self.old


_BEFORE_ALL = Pair(-1, -1)


class _Chain(NamedTuple):
    """A pair at the end of an ascending chain, and the place of the one before it, -1 for none."""

    pair: Pair
    before: int


def align(old: Sequence[SheetLine], new: Sequence[SheetLine]) -> AxisMap:
    """The map from old to new lines."""
    pairs = _trim(old, new)
    for trait in _TRAITS:
        _pair_unique(old, new, trait, pairs)
    ordered = longest_increasing(pairs)
    _fill_gaps(old, new, ordered, pairs)
    return _axis_map(old, new, pairs)


def longest_increasing(pairs: dict[int, int]) -> list[Pair]:
    """The largest set of pairs in which both sides ascend, in order."""
    tails: list[int] = []
    chains: list[_Chain] = []
    last_at: list[int] = []
    for old in sorted(pairs):
        new = pairs[old]
        length = bisect_left(tails, new)
        before = last_at[length - 1] if length else -1
        chains.append(_Chain(Pair(old, new), before))
        if length == len(tails):
            tails.append(new)
            last_at.append(len(chains) - 1)
        else:
            tails[length], last_at[length] = new, len(chains) - 1
    found, at = [], last_at[-1] if last_at else -1
    while at >= 0:
        found.append(chains[at].pair)
        at = chains[at].before
    return found[::-1]


def _trim(old: Sequence[SheetLine], new: Sequence[SheetLine]) -> dict[int, int]:
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
    old: Sequence[SheetLine],
    new: Sequence[SheetLine],
    trait: Callable[[SheetLine], Hashable],
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
    old: Sequence[SheetLine],
    new: Sequence[SheetLine],
    ordered: Sequence[Pair],
    pairs: dict[int, int],
) -> None:
    """Add the pairs of lines left over between neighbours in order."""
    left, taken = frozenset(pairs), frozenset(pairs.values())
    lefts = [line for line in old if line.at not in left]
    rights = [line for line in new if line.at not in taken]
    starts_left = [line.at for line in lefts]
    starts_right = [line.at for line in rights]
    for before, after in zip([_BEFORE_ALL, *ordered], [*ordered, None], strict=True):
        gap = Gap(
            lefts[_from(starts_left, before.old) : _to(starts_left, after and after.old)],
            rights[_from(starts_right, before.new) : _to(starts_right, after and after.new)],
            before,
            after,
            left,
            taken,
        )
        if gap.old or gap.new:
            pairs.update(pair_gap(gap))


def _from(indices: list[int], after: int) -> int:
    return bisect_left(indices, after)


def _to(indices: list[int], before: int | None) -> int:
    return len(indices) if before is None else bisect_left(indices, before)


def _axis_map(old: Sequence[SheetLine], new: Sequence[SheetLine], pairs: dict[int, int]) -> AxisMap:
    ordered = longest_increasing(pairs)
    inserted = {line.at for line in new} - set(pairs.values())
    deleted = {line.at for line in old} - pairs.keys()
    moved = pairs.keys() - {pair.old for pair in ordered}
    came, went = inserted | {pairs[left] for left in moved}, deleted | moved
    arrivals, departures = sorted(came), sorted(went)
    entered, gone = [], []
    for before, after in pairwise([_BEFORE_ALL, *ordered]):
        lines_entered = _to(arrivals, after.new) - _from(arrivals, before.new)
        lines_gone = _to(departures, after.old) - _from(departures, before.old)
        blank = after.shift - before.shift - (lines_entered - lines_gone)
        # The empty lines that push their successors away stand right before these.
        if blank > 0:
            entered.append(Run(after.new - blank, after.new - 1))
        elif blank < 0:
            gone.append(Run(after.old + blank, after.old - 1))
    return AxisMap(
        pairs,
        frozenset(moved),
        frozenset(inserted),
        frozenset(deleted),
        tuple(entered),
        tuple(gone),
    )


_ALIKE = 0.3
_LARGE = 40_000
_FEW = 2
_LONG = 1_000_000


class Gap(NamedTuple):
    """Unpaired lines between the pairs `before` and `after` (None at the end of the sheet).

    `left` and `taken` are places, old and new, of lines that are paired out of order.
    """

    old: Sequence[SheetLine]
    new: Sequence[SheetLine]
    before: Pair
    after: Pair | None
    left: frozenset[int]
    taken: frozenset[int]

    @property
    def shifts(self) -> set[int]:
        """By how much the neighbours of the gap were shifted."""
        return {self.before.shift, (self.after or self.before).shift}

    @property
    def is_unshifted(self) -> bool:
        """Whether the gap is as wide as it was, so that a place in it is still the same place."""
        return self.after is not None and len(self.shifts) == 1


def pair_gap(gap: Gap) -> dict[int, int]:
    """The pairs of a gap. A line may pair with a place now empty: it was cleared, not deleted."""
    pairs = _pair_in_place(gap)
    if not (gap.is_unshifted and len(pairs) == len(gap.old) == len(gap.new)):
        large = len(gap.old) * len(gap.new) > _LARGE
        pairs = pairs if large else _pair_by_likeness(gap)
    if gap.is_unshifted:
        _pair_with_empty(gap, pairs, _LONG)
    elif gap.after is None:
        # Past the last common line, a single cell was typed or cleared, a longer line added.
        _pair_with_empty(gap, pairs, 1)
    return pairs


def _pair_in_place(gap: Gap) -> dict[int, int]:
    shift = gap.before.shift
    there = {line.at: line for line in gap.new}
    return {
        line.at: line.at + shift
        for line in gap.old
        if line.at + shift in there and _score(line, there[line.at + shift], {shift})
    }


def _pair_by_likeness(gap: Gap) -> dict[int, int]:
    """The pairs in order with the greatest sum of scores (longest common subsequence, weighted)."""
    scores = [[_score(left, right, gap.shifts) for right in gap.new] for left in gap.old]
    best = [[0.0] * (len(gap.new) + 1) for _ in range(len(gap.old) + 1)]
    for i in range(len(gap.old) - 1, -1, -1):
        for j in range(len(gap.new) - 1, -1, -1):
            both = best[i + 1][j + 1] + scores[i][j]
            best[i][j] = max(both, best[i + 1][j], best[i][j + 1])
    pairs: dict[int, int] = {}
    i = j = 0
    while i < len(gap.old) and j < len(gap.new):
        if scores[i][j] and best[i][j] == best[i + 1][j + 1] + scores[i][j]:
            pairs[gap.old[i].at] = gap.new[j].at
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _pair_with_empty(gap: Gap, pairs: dict[int, int], longest: int) -> None:
    """Where nothing was shifted, a line that vanished was cleared and a new one typed in place."""
    shift = gap.before.shift
    occupied_old = gap.left | {line.at for line in gap.old}
    occupied_new = gap.taken | {line.at for line in gap.new}
    paired_new = set(pairs.values())
    for line in gap.old:
        cleared = line.at not in pairs and line.at + shift not in occupied_new
        if cleared and len(line.typed) <= longest:
            pairs[line.at] = line.at + shift
    for line in gap.new:
        typed = line.at not in paired_new and line.at - shift not in occupied_old
        if typed and len(line.typed) <= longest:
            pairs[line.at - shift] = line.at


def _score(left: SheetLine, right: SheetLine, shifts: set[int]) -> float:
    """How much speaks for the pair; 0 forbids it."""
    in_place = right.at - left.at in shifts
    alike = len(left.marks & right.marks) / max(len(left.marks), len(right.marks))
    if alike >= _ALIKE:
        return 1 + alike + 0.25 * in_place
    return 0.5 if in_place and _same_shape(left, right) else 0.0


def _same_shape(left: SheetLine, right: SheetLine) -> bool:
    """Whether the lines are tiny, or differ in typed numbers alone."""
    if max(len(left.typed), len(right.typed)) <= _FEW:
        return True
    return len(left.typed) == len(right.typed) and _worded(left) == _worded(right)


def _worded(line: SheetLine) -> set[Mark]:
    return {mark for mark in line.marks if not isinstance(mark.token, float)}


@dataclass(frozen=True)
class AxisMap:
    """The map of one axis; without any entries, the identity.

    `pairs` are old and new positions that correspond, `moved` those of them out of order,
    `inserted` new positions with content of their own, `deleted` old ones whose content is gone.
    `blank_inserted` and `blank_deleted` are runs of empty lines that came or went.
    """

    pairs: Mapping[int, int] = field(default_factory=dict)
    moved: frozenset[int] = frozenset()
    inserted: frozenset[int] = frozenset()
    deleted: frozenset[int] = frozenset()
    blank_inserted: tuple[Run, ...] = ()
    blank_deleted: tuple[Run, ...] = ()

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


def _is_within(position: int, runs: tuple[Run, ...]) -> bool:
    return any(run.first <= position <= run.last for run in runs)


IDENTITY = AxisMap()
