"""What an outcome depends on: the lines between the factors and it, each in its case."""

from __future__ import annotations

import pytest

from reportgen.attribution.factors import OUTCOMES, TAKEN, Outcome, needs, read_below
from reportgen.model.dims import SCENARIO


@pytest.mark.parametrize("outcome", OUTCOMES, ids=lambda one: one.key)
def test_a_line_by_case_is_needed_in_a_case_and_no_other_line_is(outcome: Outcome) -> None:
    found = needs(outcome)
    assert {bool(scenario) for line, scenario in found if SCENARIO in line.dims} <= {True}
    assert {scenario for line, scenario in found if SCENARIO not in line.dims} == {""}


def test_nothing_is_needed_behind_what_is_taken() -> None:
    assert {read_below(one.line) for one in TAKEN} == {()}
