"""Lines that look back at the member before, and the order in which lines are calculated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given as forall
from hypothesis import strategies as st

from reportgen.expr import functions as f
from reportgen.expr.nodes import NA, Line, Linked, Unit
from reportgen.expr.order import steps
from reportgen.expr.solve import solve
from tests.expr.small import CASE, MEMBERS, ROW, STEP, given, line, solved

if TYPE_CHECKING:
    from collections.abc import Callable

RATE, START = given("rate"), given("start")
WEIGHT, SCALE = given("weight", ROW), given("scale", CASE)
YEAR = line("year", f.previous("year", STEP, 2025) + 1, STEP)
LOW = line("low", f.previous("low", STEP, 0) + f.previous("side", STEP, 1) * RATE, STEP)
SIDE = line("side", f.where(LOW > 1, -1, 1), STEP)


def test_a_line_looks_back_at_its_own_member_before() -> None:
    assert solved(YEAR).values[YEAR].tolist() == [2026, 2027, 2028, 2029]


@forall(rate=st.floats(0, 2))
def test_lines_that_look_back_at_each_other_climb_together(rate: float) -> None:
    low, side, expected = 0.0, 1.0, []
    for _ in MEMBERS[STEP]:
        low = low + side * rate
        side = -1.0 if low > 1 else 1.0
        expected.append((low, side))
    values = solve((RATE, LOW, SIDE), {RATE: np.array(rate)}, MEMBERS, {}).values
    assert list(zip(values[LOW].tolist(), values[SIDE].tolist(), strict=True)) == expected


def test_a_ladder_reads_the_row_in_turn_and_keeps_its_other_dimensions() -> None:
    so_far = line("so_far", f.previous("so_far", ROW, 0) + WEIGHT * SCALE, ROW, CASE)
    values = solved(so_far, typed={"weight": [1, 2, 3, 4], "scale": [1, 10, 100]}).values
    assert values[so_far].tolist() == [[1, 10, 100], [3, 30, 300], [6, 60, 600], [10, 100, 1000]]


def test_a_ladder_climbs_along_any_of_its_dimensions() -> None:
    grid = given("grid", CASE, ROW)
    so_far = line("so_far", f.previous("so_far", ROW, 0) + grid, CASE, ROW)
    before = line("before", grid * 1, CASE, ROW)
    step = line("step", before - f.previous("before", ROW, START), CASE, ROW)
    told = line("told", so_far * f.by(ROW, **{"1": 1, "2": 10, "3": 100, "4": grid}), CASE, ROW)
    cells = [[1, 3, 6, 10], [2, 3, 5, 8], [4, 4, 5, 5]]
    values = solved(step, told, typed={"grid": cells, "start": 1}).values
    assert values[so_far].tolist() == [[1, 4, 10, 20], [2, 5, 10, 18], [4, 8, 13, 18]]
    assert values[step].tolist() == [[0, 2, 3, 4], [1, 1, 2, 3], [3, 0, 1, 0]]
    assert values[told].tolist() == [[1, 40, 1000, 200], [2, 50, 1000, 144], [4, 80, 1300, 90]]


def test_a_ladder_tells_its_own_members_apart() -> None:
    named = line("named", f.by(STEP, **{"0": 1, "1": 10, "2": 100, "3": NA}), STEP)
    stair = line("stair", f.previous("stair", STEP, 0) + named + 0, STEP)
    inner = line(
        "inner", f.previous("inner", STEP, 0) + f.by(STEP, **dict.fromkeys("0123", 2)), STEP
    )
    values = solved(stair, inner).values
    assert values[stair].tolist() == pytest.approx([1, 11, 111, np.nan], nan_ok=True)
    assert values[inner].tolist() == [2, 4, 6, 8]


def test_a_line_looks_back_at_a_line_calculated_before_it() -> None:
    after = line("after", WEIGHT * 1, ROW)
    effect = line("effect", after - f.previous("after", ROW, START), ROW)
    solution = solved(RATE, START, after, effect, typed={"weight": [5, 7, 6, 6.5], "start": 4})
    assert solution.values[effect].tolist() == [1, 2, -1, 0.5]


def test_what_is_n_a_on_a_rung_stays_so_further_down() -> None:
    so_far = line("so_far", f.previous("so_far", ROW, 0) + WEIGHT, ROW)
    values = solved(so_far, typed={"weight": [1, np.nan, 3, 4]}).values[so_far]
    assert values.tolist() == pytest.approx([1, np.nan, np.nan, np.nan], nan_ok=True)


def test_lines_on_one_ladder_are_one_step_and_others_one_each() -> None:
    found = steps((RATE, LOW, SIDE, YEAR))
    assert [step.lines for step in found] == [(RATE,), (LOW, SIDE), (YEAR,)]
    assert [step.back for step in found] == [None, STEP, STEP]


LATER = line("later", 1)
FAULTS = {
    "early reads later, which is calculated after it": (line("early", LATER + 1), LATER),
    "lost looks back at nowhere, which is no line": (
        line("lost", f.previous("nowhere", STEP, 0), STEP),
    ),
    "flat cannot stand on the ladder of first along step": (
        line("first", f.previous("last", STEP, 0), STEP),
        line("flat", 1),
        line("last", 2 + f.previous("first", STEP, 0), STEP),
    ),
    "torn looks back along step and row: one at a time": (
        line("torn", f.previous("torn", STEP, 0) + f.previous("torn", ROW, 0), STEP, ROW),
    ),
    "aside cannot stand on the ladder of upright along step": (
        line("upright", f.previous("aside", STEP, 0), STEP, ROW),
        line("aside", f.previous("upright", ROW, 0), STEP, ROW),
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_an_order_that_cannot_be_calculated_is_named(fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        steps(FAULTS[fault])


def _summing_itself() -> Line:
    climbing = line("climbing", f.previous("summing", STEP, 0), STEP)
    return line("summing", f.total(climbing, STEP) + f.previous("climbing", STEP, 0), STEP)


MISTAKES = {
    "summing: climbing is read along step by a line of its own ladder": _summing_itself(),
    "wide: dimensions .* do not fit": line("wide", WEIGHT + 1),
    "mixed: there is a number where a text is wanted": line(
        "mixed", f.where(RATE > 0, "text", RATE), unit=Unit.TEXT
    ),
    "wordy: there is a text where a number is wanted": line("wordy", f.concat("a", "b") + 1),
    "loose: no way to compute Linked": line("loose", Linked()),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_expression_that_makes_no_sense_is_named(mistake: str) -> None:
    with pytest.raises((TypeError, ValueError), match=mistake):
        solved(MISTAKES[mistake])


def test_a_line_that_is_not_given_is_named() -> None:
    with pytest.raises(KeyError, match="rate was not given"):
        solve((RATE, line("double", RATE * 2)), {}, MEMBERS, {})


@pytest.mark.parametrize(
    "asked",
    [
        lambda: bool(RATE > 0),
        lambda: 0 < RATE < 1,
        lambda: max(RATE, START),
        lambda: RATE and START,
        lambda: sorted([RATE, START]),
    ],
)
def test_an_expression_has_no_truth_value(asked: Callable[[], object]) -> None:
    with pytest.raises(TypeError, match="no truth value; use where"):
        asked()
