"""Arrays with named axes: what is read along, across and beside a line's own dimensions."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Unit
from tests.expr.small import CASE, NAN, ROW, given, line, value

ROWS, CASES, GRID = given("rows", ROW), given("cases", CASE), given("grid", CASE, ROW)


NAMES = given("names", ROW, unit=Unit.TEXT)


NUMBERED = line("numbered", f.either(ROWS, 0), ROW)


COUNTING = [[11.0, 12, 13, 14], [21, 22, 23, 24], [31, 32, 33, 34]]


def test_a_line_of_fewer_dimensions_is_read_for_every_member_of_the_others() -> None:
    found = value(ROWS * CASES, CASE, ROW, rows=[1, 2, 3, 4], cases=[1, 10, 100])
    assert found == [[1, 2, 3, 4], [10, 20, 30, 40], [100, 200, 300, 400]]


def test_dimensions_may_stand_in_another_order() -> None:
    assert value(GRID + 0, ROW, CASE, grid=COUNTING) == np.transpose(COUNTING).tolist()


def test_a_line_of_one_value_fills_its_dimensions() -> None:
    assert value(f.node(7), CASE, ROW) == [[7] * 4] * 3


def test_a_reduction_leaves_the_other_dimension() -> None:
    assert value(f.total(GRID, ROW), CASE, grid=COUNTING) == [50, 90, 130]
    assert value(f.largest(GRID, CASE), ROW, grid=COUNTING) == [31, 32, 33, 34]


def test_a_fixed_member_leaves_the_other_dimension() -> None:
    assert value(f.at(GRID, CASE, "base") + 0, ROW, grid=COUNTING) == [21, 22, 23, 24]
    assert value(f.spot(GRID, "base", "3") + 0, grid=COUNTING) == 23


def test_cases_are_told_apart_by_member() -> None:
    told = f.by(CASE, bear=ROWS, base=CASES, bull=NA)
    assert value(told, CASE, ROW, rows=[1, 2, 3, 4], cases=[5, 6, 7]) == pytest.approx(
        np.array([[1, 2, 3, 4], [6] * 4, [NAN] * 4]), nan_ok=True
    )


def test_texts_are_told_apart_by_member() -> None:
    told = f.by(CASE, bear="low", base=NA, bull="high")
    assert value(told, CASE, unit=Unit.TEXT) == ["low", "n/a", "high"]


def test_a_member_without_a_case_is_named() -> None:
    with pytest.raises(ValueError, match="there is no case for case base"):
        value(f.by(CASE, bear=1, bull=2), CASE)


def test_a_condition_is_asked_along_the_dimension_that_is_said() -> None:
    large = f.sum_where(CASE, f.each(GRID, CASE) > 21, GRID)
    assert value(large, ROW, grid=COUNTING) == [31, 22 + 32, 23 + 33, 24 + 34]
    assert value(f.count_where(ROW, f.each(GRID) > 21), CASE, grid=COUNTING) == [0, 3, 4]


def test_a_condition_is_asked_of_every_row_beside_each_row() -> None:
    newer = f.count_where(ROW, f.same(f.each(NAMES), NAMES) & (f.each(NUMBERED) > ROWS))
    assert value(newer, ROW, names=list("abab"), rows=[1, 2, 3, 4]) == [1, 1, 0, 0]


@pytest.mark.parametrize(
    ("day", "found"),
    [(9, NAN), (10, 1), (19.9, 1), (20, NAN), (39, 3), (40, 4), (1e9, 4), (NAN, NAN)],
)
def test_a_dated_series_is_read_on_the_last_day_at_or_before(day: float, found: float) -> None:
    dates, series = given("dates", ROW), given("series", ROW)
    read = value(
        f.as_of(dates, series, given("day")), dates=[10, 20, 30, 40], series=[1, NAN, 3, 4], day=day
    )
    assert read == pytest.approx(found, nan_ok=True)


def test_blank_dates_are_passed_over() -> None:
    dates, series, days = given("dates", ROW), given("series", ROW), given("days", CASE)
    read = f.as_of(dates, series, days)
    blanks = {"dates": [10, NAN, 30, NAN], "series": [1, 2, 3, 4], "days": [9, 25, 99]}
    assert value(read, CASE, **blanks) == pytest.approx([NAN, 1, 3], nan_ok=True)


@pytest.mark.parametrize(
    ("position", "found", "name"),
    [
        (1, 5, "a"),
        (4, 8, ""),
        (4.9, 8, ""),  # INDEX cuts fractions off
        (5, NAN, "n/a"),
        (0, NAN, "n/a"),
        (0.9, NAN, "n/a"),
        (-1, NAN, "n/a"),
        (1e300, NAN, "n/a"),
        (NAN, NAN, "n/a"),
    ],
)
def test_a_member_is_picked_by_position(position: float, found: float, name: str) -> None:
    typed = {"rows": [5, 6, 7, 8], "names": ["a", "b", "c", ""], "n": position}
    number = value(f.pick(ROWS, ROW, given("n")), **typed)
    assert number == pytest.approx(found, nan_ok=True)
    assert value(f.pick(NAMES, ROW, given("n")), unit=Unit.TEXT, **typed) == name


@pytest.mark.parametrize(
    ("reduced", "empty", "one"),
    [
        (f.total, NAN, NAN),
        (f.sum_known, 0, 5),
        (f.count_known, 0, 1),
        (f.mean, NAN, 5),
        (f.smallest, NAN, 5),
        (f.largest, NAN, 5),
        (f.sample_stdev, NAN, NAN),
    ],
)
def test_a_reduction_of_nothing_and_of_one(reduced: object, empty: float, one: float) -> None:
    assert callable(reduced)
    assert value(reduced(ROWS, ROW)) == pytest.approx(empty, nan_ok=True)
    assert value(reduced(ROWS, ROW), rows=[NAN, 5, NAN, NAN]) == pytest.approx(one, nan_ok=True)
