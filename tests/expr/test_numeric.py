"""What each function does to arrays: cases side by side, n/a, infinities, halves."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.expr import numeric
from reportgen.expr.numeric import MISFIT
from tests.expr.small import NAN

INF = float("inf")
DAYS = np.array([[10.0, 20, 30], [10.0, NAN, 20]])
VALUES = np.array([[1.0, 2, 3], [4.0, 5, 6]])


def same(found: object, expected: object) -> bool:
    return np.array_equal(np.asarray(found), np.asarray(expected, dtype=float), equal_nan=True)


def test_a_misfit_is_told_from_what_is_merely_not_there() -> None:
    typed = np.array([[[MISFIT, 1], [NAN, MISFIT]], [[NAN, 0], [INF, -1]]])
    assert same(numeric.misfits(typed), [2, 0])


@pytest.mark.parametrize(
    ("days", "wrong"),
    [
        ([1, 2, 3], 0),
        ([1, 1, 2], 1),
        ([3, 2, 1], 2),
        ([1, NAN, 2], 1),
        ([1, 2, NAN], 0),
        ([NAN, NAN, 1], 1),
        ([0, 1, 2], 1),
        ([-1, 0, 1], 2),
    ],
)
def test_a_day_out_of_order_is_counted(days: list[float], wrong: float) -> None:
    assert same(numeric.disorder(np.array([[1, 2, 3], days], dtype=float)), [0, wrong])


def test_a_number_is_made_whole_or_tidy_or_a_truth() -> None:
    numbers = np.array([0.5, -0.5, 1.5, 2.5, -2.5, 0.49, -1.51, 0, NAN])
    assert same(numeric.whole(numbers), [1, -1, 2, 3, -3, 0, -2, 0, NAN])
    edges = np.array([INF, -INF, NAN, 0, 2, -1e-300])
    with np.errstate(all="ignore"):
        assert same(numeric.tidy(edges), [NAN, NAN, NAN, 0, 2, -1e-300])
        assert same(numeric.truth(edges), [NAN, NAN, NAN, 0, 1, 1])


def test_a_power_is_that_of_a_positive_base_alone() -> None:
    base = np.array([2.0, 0, -8, NAN, 1, 4, INF])
    exponent = np.array([3.0, 0, 1 / 3, 0, NAN, -0.5, 0])
    with np.errstate(all="ignore"):
        assert same(numeric.power(base, exponent), [8, NAN, NAN, NAN, NAN, 0.5, NAN])


def test_a_sum_is_that_of_what_is_held_even_where_one_answer_holds_for_all() -> None:
    held, one = np.array([[1.0, 0, 1]]), np.array([[1.0]])
    assert same(numeric.sum_where(held, None, 3), [2])
    assert same(numeric.sum_where(held, np.array([[5.0, 6, NAN]]), 3), [5])
    assert same(numeric.sum_where(one, None, 3), [3])
    assert same(numeric.sum_where(one, np.array([[5.0]]), 3), [15])
    assert same(numeric.sum_where(one, np.array([[5.0, NAN, 7]]), 3), [12])


@pytest.mark.parametrize(
    ("when", "found"),
    [
        ([[9.0], [9]], [[NAN], [NAN]]),
        ([[10.0], [10]], [[1], [4]]),
        ([[19.0, 20], [19, 20]], [[1, 2], [4, 6]]),
        ([[NAN, 99], [99, NAN]], [[NAN, 3], [6, NAN]]),
    ],
)
def test_a_value_is_that_of_the_last_day_reached(
    when: list[list[float]], found: list[list[float]]
) -> None:
    assert same(numeric.as_of(DAYS, VALUES, np.array(when)), found)
    assert same(numeric.as_of(DAYS[:1], VALUES[:1], np.array(when[:1])), found[:1])


def test_a_member_is_picked_by_its_number_case_by_case() -> None:
    positions = np.array([[0.9, 1, 3.9, 4], [2, 3, 0, NAN]])
    found = [[NAN, 1, 3, NAN], [5, 6, NAN, NAN]]
    assert same(numeric.picked(VALUES, positions, NAN), found)
    assert same(numeric.picked(VALUES[:1], positions, NAN), [found[0], [2, 3, NAN, NAN]])


def test_members_are_taken_of_the_case_that_they_are_of() -> None:
    places = np.array([[[0, 2]], [[1, 0]]])
    assert same(numeric.taken(VALUES, places), [[[1, 3]], [[5, 4]]])
    assert same(numeric.taken(VALUES[:1], places), [[[1, 3]], [[2, 1]]])
