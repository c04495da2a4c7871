"""Values of cells as people write them, and when two are the same."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest

from reportgen.expr.nodes import Line, Unit
from reportgen.reviews.cells import same, shown

if TYPE_CHECKING:
    from reportgen.values import Value


NUMBER, DAY = Line("n", "N", Unit.RATIO, ()), Line("d", "D", Unit.DATE, ())


@pytest.mark.parametrize(
    ("line", "value", "told"),
    [
        (NUMBER, 0.5, 0.5),
        (NUMBER, math.nan, None),
        (NUMBER, "", None),
        (NUMBER, "x", "x"),
        (DAY, 45990.0, "2025-11-29"),
        (DAY, 1e10, 1e10),
        (DAY, math.inf, math.inf),
        (DAY, math.nan, None),
    ],
)
def test_a_value_is_shown_as_people_write_it(line: Line, value: float | str, told: Value) -> None:
    assert shown(line, value) == told


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (1.0, 1.0 + 4e-15, True),
        (1.0, 1.0 + 4e-14, False),
        (math.nan, math.nan, True),
        (math.nan, 1.0, False),
        ("a", "a", True),
        ("1.0", 1.0, False),
        (0.0, "", False),
    ],
)
def test_values_are_the_same_up_to_the_digits_that_programs_keep(
    one: float | str, other: float | str, *, is_same: bool
) -> None:
    assert same(one, other) is same(other, one) is is_same
