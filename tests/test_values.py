"""Numbers as people read them, at each edge."""

from __future__ import annotations

import math

import pytest

from reportgen.values import cut, fixed, share_decimals


@pytest.mark.parametrize(
    ("price", "decimals"),
    [(None, 2), (12.0, 2), (11.99, 3), (1.0, 3), (0.99, 4), (1000.0, 2), (math.nan, 2)],
)
def test_a_cheap_share_has_more_decimals(price: float | None, decimals: int) -> None:
    assert share_decimals(price) == decimals


@pytest.mark.parametrize(("longest", "shown"), [(6, "letter"), (5, "lett…"), (1, "…")])
def test_a_text_is_cut_to_its_length(longest: int, shown: str) -> None:
    assert cut("letter", longest) == shown


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        *((2.5, 0, "3"), (-2.5, 0, "-3"), (2.675, 2, "2.68"), (1.005, 2, "1.01")),
        *((-0.004, 2, "0.00"), (-0.005, 2, "-0.01"), (1234.5, 1, "1,234.5"), (1250, -2, "1,300")),
        *((0.1 + 0.2, 15, "0.300000000000000"), (123456789012345678, 0, "123,456,789,012,346,000")),
        *((math.nan, 2, "n/a"), (math.inf, 2, "n/a"), (-math.inf, 0, "n/a")),
    ],
)
def test_a_number_is_rounded_as_a_spreadsheet_does(value: float, decimals: int, shown: str) -> None:
    assert fixed(value, decimals) == shown


def test_the_largest_number_is_shown_with_its_zeros() -> None:
    assert len(fixed(1.7e308, 2).replace(",", "")) == 309 + 3
