from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.differences.forms.bridges import add_up
from reportgen.pages.figures import rounded

AMOUNTS = st.lists(st.floats(-500, 500), min_size=1, max_size=25)


@given(AMOUNTS, st.integers(0, 4))
def test_shown_bars_add_up_to_the_shown_change(amounts: list[float], decimals: int) -> None:
    total = math.fsum(amounts)
    shown = add_up(amounts, total, decimals)
    assert math.fsum(shown) == pytest.approx(rounded(total, decimals), abs=10**-decimals * 1e-3)


@given(AMOUNTS, st.integers(0, 4))
def test_no_bar_is_shown_further_off_than_one_step(amounts: list[float], decimals: int) -> None:
    shown = add_up(amounts, math.fsum(amounts), decimals)
    for amount, told in zip(amounts, shown, strict=True):
        assert abs(told - amount) < 10**-decimals * (1 + 1e-6)


@pytest.mark.parametrize(
    ("amounts", "total", "shown"),
    [
        ((0.335, 0.335, 0.33), 1.0, (0.34, 0.33, 0.33)),
        ((-0.004, -0.004, -0.004), -0.012, (0.0, 0.0, -0.01)),
        ((1.0, -1.0), 0.0, (1.0, -1.0)),
        ((0.004, 0.004), 0.01, (0.01, 0.0)),
        ((0.045,), 0.045, (0.05,)),  # halves away from zero, as a spreadsheet rounds
        ((), 0.0, ()),
    ],
)
def test_those_cut_most_get_the_missing_hundredths(
    amounts: tuple[float, ...], total: float, shown: tuple[float, ...]
) -> None:
    assert add_up(amounts, total, 2) == pytest.approx(shown, abs=1e-12)
