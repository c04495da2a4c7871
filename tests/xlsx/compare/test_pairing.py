"""Which old line is which new one, line by line: what pairs two of them, and up to where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.compare.alignment import AxisMap, align
from reportgen.xlsx.compare.areas import Run
from reportgen.xlsx.compare.lines import Placed, SheetLine, build_lines
from tests.xlsx.compare.tables import cell

if TYPE_CHECKING:
    from collections.abc import Mapping


def lines(text: str) -> list[SheetLine]:
    """Lines apart by " / ": each a text a cell, or a number; "." is an empty cell or line."""
    cells = [
        Placed(at, across, cell(float(word) if word.isdigit() else word))
        for at, line in enumerate(text.split(" / "))
        for across, word in enumerate(line.split())
        if word != "."
    ]
    return build_lines(cells, None, positions=True)


# The lines before and after, and the new line of each old one
PAIRS: dict[str, tuple[str, str, Mapping[int, int]]] = {
    "three cells in ten the same": (
        "top / a b c 4 5 6 7 8 9 u / end",
        "top / a b c x y z u v w t / more / end",
        {0: 0, 1: 1, 2: 3},
    ),
    "two cells in ten the same": (
        "top / a b 3 4 5 6 7 8 9 u / end",
        "top / a b c x y z u v w t / more / end",
        {0: 0, 2: 3},
    ),
    "three cells of a line that had three, and has eleven now": (
        "top / a b c / end",
        "top / a b c x y z u v w t s / more / end",
        {0: 0, 2: 3},
    ),
    "the same, from eleven to three": (
        "top / a b c x y z u v w t s / more / end",
        "top / a b c / end",
        {0: 0, 3: 2},
    ),
    "of two the more alike": (
        "top / a b c d e / end",
        "top / a b x y z / a b c d z / end",
        {0: 0, 1: 2, 2: 3},
    ),
    "of two as alike the one in its place": (
        "top / more / a b c d e / end",
        "top / a b c x y / end / a b c d z",
        {0: 0, 2: 1, 3: 2},
    ),
    "of two as alike the one in its place, which the lines before it pushed down": (
        "top / a b c d e / end",
        "new 1 2 / top / a b c d x / a b c d y / end",
        {0: 1, 1: 2, 2: 4},
    ),
    "of two as alike the one in its place, seen from the end": (
        "top / a b c d e / end",
        "top / new 1 2 / a b c d x / a b c d y / end",
        {0: 0, 1: 3, 2: 4},
    ),
    "others in their places, as many, though one is more alike elsewhere": (
        "top / a 1 / b 2 / end",
        "top / x 3 / a 5 / end",
        {0: 0, 1: 1, 2: 2, 3: 3},
    ),
    "the same, below an inserted line": (
        "top / a 1 / b 2 / end",
        "new / top / x 3 / a 5 / end",
        {0: 1, 1: 2, 2: 3, 3: 4},
    ),
    "the same, where an empty line was inserted": (
        "top / a 1 / b 2 / end",
        "top / x 3 / a 5 / . / end",
        {0: 0, 1: 2, 3: 4},
    ),
    "the first of two equal lines emptied": ("x / x", ". / x", {0: 0, 1: 1}),
    "the last of two equal lines emptied": ("x / x / end", "x / . / end", {0: 0, 1: 1, 2: 2}),
    "a line emptied below an inserted one": (
        "top / a b c / z y x / end",
        "new / top / . / z y x / end",
        {0: 1, 1: 2, 2: 3, 3: 4},
    ),
    "a line typed into an empty one below an inserted one": (
        "top / . / z y x / end",
        "new / top / a b c / z y x / end",
        {0: 1, 1: 2, 2: 3, 3: 4},
    ),
    "two in order, both alike enough, rather than the first alone": (
        "top / a b c d / a b e f / end",
        "top / new / a b c x / a b e y / end",
        {0: 0, 1: 2, 2: 3, 3: 4},
    ),
    "two small cells that are others in their place": (
        "top / a 1 / more / end",
        "top / b 2 / end",
        {0: 0, 1: 1, 3: 2},
    ),
    "three cells that are others in their place": (
        "top / a 1 2 / more / end",
        "top / b 3 4 / end",
        {0: 0, 3: 2},
    ),
    "the words of a line the same in another place, its numbers others": (
        "top / 5 1 2 3 u / more x y z w / end",
        "top / 6 4 5 7 u / end",
        {0: 0, 1: 1, 3: 2},
    ),
    "as many cells, but other words": (
        "top / 5 1 2 3 u / more x y z w / end",
        "top / 6 4 5 7 v / end",
        {0: 0, 3: 2},
    ),
    "a line emptied, one typed elsewhere": (
        "top / a b c / . / end",
        "top / . / x y z / end",
        {0: 0, 1: 1, 2: 2, 3: 3},
    ),
    "a line emptied above two that were alike, of which one is left": (
        "top / . / a b c d / end",
        "top / a b c x / . / end",
        {0: 0, 2: 1, 3: 3},
    ),
    "a cell typed below all lines": ("top / end", "top / end / . / 7", {0: 0, 1: 1, 3: 3}),
    "two cells typed below all lines": ("top / end", "top / end / . / 7 8", {0: 0, 1: 1}),
    "a cell cleared below all lines": ("top / end / . / 7", "top / end", {0: 0, 1: 1, 3: 3}),
    "two cells cleared below all lines": ("top / end / . / 7 8", "top / end", {0: 0, 1: 1}),
}  # fmt: skip


def test_a_map_knows_what_became_of_every_line() -> None:
    axis = AxisMap(
        {0: 0, 1: 3, 2: 2, 8: 9},
        moved=frozenset({1}),
        inserted=frozenset({1}),
        deleted=frozenset({3, 4}),
        blank_inserted=(Run(5, 6), Run(8, 8)),
        blank_deleted=(Run(6, 7),),
    )
    assert [at for at in range(10) if axis.has_come(at)] == [1, 5, 6, 8]
    assert [at for at in range(10) if axis.has_gone(at)] == [3, 4, 6, 7]
    assert [axis.new(at) for at in range(10)] == [0, 3, 2, None, None, 5, 6, 7, 9, 10]
    assert [axis.shifted(at) for at in range(10)] == [0, 1, 2, 3, 4, 5, 6, 7, 9, 10]
    assert [axis.surviving(at, 1) for at in (2, 3, 4)] == [2, 5, 5]
    assert [axis.surviving(at, -1) for at in (3, 4, 5)] == [2, 2, 5]
    assert axis.back == {0: 0, 3: 1, 2: 2, 9: 8}


@pytest.mark.parametrize(
    ("axis", "is_identity"),
    [
        (AxisMap(), True),
        (AxisMap({0: 0, 5: 5}), True),
        (AxisMap({0: 0, 5: 6}), False),
        (AxisMap({0: 0}, inserted=frozenset({1})), False),
        (AxisMap({0: 0}, deleted=frozenset({1})), False),
    ],
)
def test_a_map_is_the_identity_where_nothing_came_went_or_moved(
    axis: AxisMap, *, is_identity: bool
) -> None:
    assert axis.is_identity is is_identity


@pytest.mark.parametrize(("old", "new", "pairs"), PAIRS.values(), ids=PAIRS)
def test_lines_are_paired(old: str, new: str, pairs: Mapping[int, int]) -> None:
    assert align(lines(old), lines(new)).pairs == pairs
