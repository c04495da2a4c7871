"""Bounds hold what they say, and days what a workbook takes for a day."""

from __future__ import annotations

import math

import pytest

from reportgen.facts.bounds import A_DAY, Bounds


@pytest.mark.parametrize(
    ("bounds", "held", "refused", "said"),
    [
        (Bounds(0, 1), (0, 0.5, 1), (-0.1, 1.1), "between 0 and 1"),
        (Bounds(-1), (-1, 99), (-1.01,), "not below -1"),
        (Bounds(0, low_open=True), (1e-9,), (0, -1), "above 0"),
        (Bounds(None, 1), (-99, 1), (1.01,), "not above 1"),
        (Bounds(0, 1, whole=True), (0, 1), (0.5, 2, -1), "0 or 1"),
        (Bounds(), (-99, 99, 1e15, math.nan), (1e16, -1e16), "any number"),
    ],
)
def test_bounds_hold_what_they_say(
    bounds: Bounds, held: tuple[float, ...], refused: tuple[float, ...], said: str
) -> None:
    assert all(bounds.holds(value) for value in held)
    assert not any(bounds.holds(value) for value in refused)
    assert str(bounds) == said


def test_a_day_lies_after_the_first_of_march_1900() -> None:
    held = [A_DAY.holds(day) for day in (60, 61, 73_050, 73_051)]
    assert held == [False, True, True, False]
