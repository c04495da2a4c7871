"""Bear, base and bull stand in order, and their mean lies between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given

from reportgen.model.inputs import assumptions
from reportgen.model.valuation import expected_value, raw_value, value
from tests.laws.altered import live, solved, with_inputs
from tests.laws.cases import company, valued
from tests.laws.chance import BLANK, LAW

if TYPE_CHECKING:
    from tests.laws.altered import Company


@LAW
@given(valued(clearing=3))
def test_the_bear_value_is_never_above_base_nor_base_above_bull(case: Company) -> None:
    bear, base, bull = solved(case, value).values[value]
    assert not bear > base
    assert not base > bull


@LAW
@given(valued())
def test_the_expected_value_lies_between_bear_and_bull(case: Company) -> None:
    found = solved(case, value, expected_value).values
    bear, _, bull = found[value]
    rounding = 1e-12 * max(abs(bear), abs(bull))
    assert not found[expected_value] < bear - rounding
    assert not found[expected_value] > bull + rounding


def test_without_a_base_value_bear_and_bull_are_left_as_they_came_out() -> None:
    """The order is made against base: where that is n/a, the law says nothing of the others."""
    case = company("pence")
    growth, multiple = (
        live(case, assumptions.growth).copy(),
        live(case, assumptions.multiple).copy(),
    )
    growth[1, 0] = BLANK
    multiple[0], multiple[2] = multiple[2].copy(), multiple[0].copy()
    case = with_inputs(case, {assumptions.growth: growth, assumptions.multiple: multiple})
    found = solved(case, value, raw_value).values
    assert found[value] == pytest.approx(found[raw_value], nan_ok=True)
    assert np.isnan(found[value][1])
    assert found[value][0] > found[value][2]
