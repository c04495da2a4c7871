"""Solving a model leaves what it was given alone."""

from __future__ import annotations

import pytest

from tests.expr.small import CASE, NAN, ROW, given, line, solved

ROWS, CASES, GRID = given("rows", ROW), given("cases", CASE), given("grid", CASE, ROW)


def test_solving_leaves_what_was_given_alone() -> None:
    solution = solved(line("double", ROWS * 2, ROW), typed={"rows": [1, 2, NAN, 4]})
    assert solution.values[ROWS].tolist() == pytest.approx([1, 2, NAN, 4], nan_ok=True)
