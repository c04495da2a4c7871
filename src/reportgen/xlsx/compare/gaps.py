"""The lines between two that are known to correspond: paired in order, by likeness and place."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

    from reportgen.xlsx.compare.lines import Line

_ALIKE = 0.3
_LARGE = 40_000
_FEW = 2
_LONG = 1_000_000


class Gap(NamedTuple):
    """Unpaired lines between the pairs `before` and `after` (None at the end of the sheet)."""

    old: Sequence[Line]
    new: Sequence[Line]
    before: tuple[int, int]
    after: tuple[int, int] | None

    @property
    def shifts(self) -> set[int]:
        """By how much the neighbours of the gap were shifted."""
        return {new - old for old, new in (self.before, self.after or self.before)}

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
    shift = gap.before[1] - gap.before[0]
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
            score = scores[i][j]
            both = best[i + 1][j + 1] + score if score else 0.0
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
    shift = gap.before[1] - gap.before[0]
    occupied_old = {line.at for line in gap.old}
    occupied_new = {line.at for line in gap.new}
    paired_new = set(pairs.values())
    for line in gap.old:
        cleared = line.at not in pairs and line.at + shift not in occupied_new
        if cleared and len(line.typed) <= longest:
            pairs[line.at] = line.at + shift
    for line in gap.new:
        typed = line.at not in paired_new and line.at - shift not in occupied_old
        if typed and len(line.typed) <= longest:
            pairs[line.at - shift] = line.at


def _score(left: Line, right: Line, shifts: set[int]) -> float:
    """How much speaks for the pair; 0 forbids it."""
    in_place = right.at - left.at in shifts
    alike = len(left.tokens & right.tokens) / max(len(left.tokens), len(right.tokens))
    if alike >= _ALIKE:
        return 1 + alike + 0.25 * in_place
    return 0.5 if in_place and _same_shape(left, right) else 0.0


def _same_shape(left: Line, right: Line) -> bool:
    """Whether the lines are tiny, or differ in typed numbers alone."""
    if max(len(left.typed), len(right.typed)) <= _FEW:
        return True
    return len(left.typed) == len(right.typed) and _worded(left) == _worded(right)


def _worded(line: Line) -> set[Hashable]:
    return {mark for mark in line.tokens if not _is_number(mark)}


def _is_number(mark: Hashable) -> bool:
    return isinstance(mark[1] if isinstance(mark, tuple) else mark, float)
