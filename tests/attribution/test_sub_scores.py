"""The score's change by its sub-scores, those that came or went as well; figures by hand."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest

from reportgen.attribution.game import RefusedError
from reportgen.attribution.records import Change
from reportgen.attribution.sub_scores import by_sub_score
from reportgen.expr.solve import Solved
from reportgen.model.dims import SUB_SCORE
from reportgen.model.hype_score import NAMES, sub


def scored(*known: float) -> Solved:
    """A solved case of which the first sub-scores are known, the others n/a."""
    values = np.array([*known, *[nan] * (len(NAMES) - len(known))])
    return Solved({SUB_SCORE: tuple(NAMES)}, {sub: values}, {})


def test_a_sub_score_that_moved_adds_its_part_of_the_mean() -> None:
    found = by_sub_score(scored(40, 20, 60), scored(40, 50, 36.4), Change(40, 42.1 + 1 / 30))
    told = [(bar.player, bar.label, bar.family, bar.note) for bar in found.bars]
    first, second = list(NAMES.items())[1:3]
    assert told == [
        (f"hype.sub[{first[0]}]", first[1], "sub-scores", "20 of 100 before, 50 of 100 now"),
        (f"hype.sub[{second[0]}]", second[1], "sub-scores", "60 of 100 before, 36 of 100 now"),
    ]
    assert [bar.amount for bar in found.bars] == pytest.approx([10, -23.6 / 3])
    assert (found.method, found.states) == ("exact", 4)


def test_one_that_came_and_one_that_went_are_players() -> None:
    """The mean of those there are: 40 alone, 65 with the one that came, none is moved by zero."""
    found = by_sub_score(scored(40, nan), scored(40, 90), Change(40, 65))
    (bar,) = found.bars
    assert bar.amount == pytest.approx(25)
    assert bar.note == "n/a before, 90 of 100 now"
    (bar,) = by_sub_score(scored(40, 90), scored(40, nan), Change(65, 40)).bars
    assert bar.note == "90 of 100 before, n/a now"


def test_nothing_moved_needs_no_bar() -> None:
    assert by_sub_score(scored(40), scored(40 + 0.9e-9), Change(40, 40)).bars == ()
    assert len(by_sub_score(scored(40), scored(40 + 1.1e-9), Change(40, 40)).bars) == 1


@pytest.mark.parametrize(
    ("old", "new", "ends", "why"),
    [
        (scored(40), scored(nan, 20), Change(40, 20), "no sub-score of the old report is known"),
        (scored(40), scored(20), Change(40, 21), "the sub-scores give 20 where the model gives 21"),
        (scored(40), scored(20), Change(41, 20), "the sub-scores give 40 where the model gives 41"),
    ],
)
def test_a_score_that_cannot_be_split_is_refused(
    old: Solved, new: Solved, ends: Change, why: str
) -> None:
    with pytest.raises(RefusedError, match=why):
        by_sub_score(old, new, ends)
