"""The bars of a waterfall: levels, steps up and down, and what of them lies below zero."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.expr.nodes import Dim, Kind, Line, Unit
from reportgen.expr.solve import solve
from reportgen.report.waterfall import is_end, waterfall

STEP = Dim("step")
AMOUNT = Line("amount[{step}]", "Amount", Unit.PER_SHARE, (STEP,), None, "", Kind.GIVEN)
TOTAL = Line("total[{step}]", "Total", Unit.FLAG, (STEP,), None, "", Kind.GIVEN)
NUMBER = Line("number[{step}]", "Number", Unit.COUNT, (STEP,), None, "", Kind.GIVEN)

# amount, whether it is a level; from, to, empty, level, rise above and below, fall above and below
BARS = (
    (10.0, 1, (0, 10, 0, 10, 0, 0, 0, 0)),
    (4.0, 0, (10, 14, 10, 0, 4, 0, 0, 0)),
    (-3.0, 0, (14, 11, 11, 0, 0, 0, 3, 0)),
    (-15.0, 0, (11, -4, 0, 0, 0, 0, 11, -4)),  # across zero
    (-2.0, 0, (-4, -6, -4, 0, 0, 0, 0, -2)),
    (1.0, 0, (-6, -5, -5, 0, 0, -1, 0, 0)),
    (8.0, 0, (-5, 3, 0, 0, 3, -5, 0, 0)),
    (0.0, 0, (3, 3, 3, 0, 0, 0, 0, 0)),
    (7.0, 1, (0, 7, 0, 7, 0, 0, 0, 0)),  # a level begins anew, whatever came before
    (-2.0, 1, (0, -2, 0, -2, 0, 0, 0, 0)),
)


def test_each_bar_begins_where_the_one_before_ended_and_shows_its_part_below_zero() -> None:
    made = waterfall("w", STEP, AMOUNT, TOTAL)
    given = {AMOUNT: np.array([bar[0] for bar in BARS])}
    given[TOTAL] = np.array([float(bar[1]) for bar in BARS])
    members = {STEP: tuple(map(str, range(len(BARS))))}
    values = solve((AMOUNT, TOTAL, *made), given, members, {}).values
    found = np.stack([values[line] for line in made], axis=1)
    assert found.tolist() == [list(map(float, bar[2])) for bar in BARS]
    assert {line.unit for line in made} == {Unit.PER_SHARE}


@pytest.mark.parametrize(
    ("numbers", "ends"),
    [
        ((1, 2, 3, np.nan), [1, 0, 1, 1]),  # a bar of nothing is a level of nothing
        ((1, np.nan), [1, 1]),
        ((1, 2, 3, 4), [1, 0, 0, 1]),
    ],
)
def test_the_first_and_the_last_bar_are_levels(numbers: tuple[float, ...], ends: list[int]) -> None:
    end = Line("end[{step}]", "End", Unit.FLAG, (STEP,), is_end(NUMBER))
    members = {STEP: tuple(map(str, range(len(numbers))))}
    values = solve((NUMBER, end), {NUMBER: np.array(numbers, dtype=float)}, members, {}).values
    assert values[end].tolist() == ends
