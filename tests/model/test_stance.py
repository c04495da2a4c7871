"""The prices at which the stance turns, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model import market, stance
from reportgen.model.inputs import conversion
from reportgen.model.inputs.assumptions import cost_of_equity, stance_max_skew, stance_min_skew
from reportgen.model.valuation import expected_value, value
from tests.model.by_hand import worked_out

CASES = np.array([50.0, 120.0, 200.0])  # bear, base, bull


PRICE = 100.0


@pytest.mark.parametrize(
    ("expected", "buy", "short"),
    [
        # with the dividend bear is worth 53 and bull 203 in 12 months, less a tenth today
        (85.0, 88 / 1.1, 153 / 1.1),  # the return asks for less than (203 + 2 x 53) / 3 / 1.1
        (130.0, 103 / 1.1, 153 / 1.1),  # the skew needed to buy is the lower of the two
        (180.0, 103 / 1.1, 183.0),  # expected value and dividend: above (203 + 53 / 2) / 1.5 / 1.1
    ],
)
def test_the_prices_of_the_stance_are_the_stricter_of_return_and_skew(
    expected: float, buy: float, short: float
) -> None:
    given = {
        value: CASES,
        expected_value: expected,
        conversion.dividend: 3.0,
        cost_of_equity: 0.1,
        stance_min_skew: 2.0,
        stance_max_skew: 0.5,
        market.price: PRICE,
    }
    assert worked_out(stance.buy_below, given) == pytest.approx(buy)
    assert worked_out(stance.short_above, given) == pytest.approx(short)
    assert worked_out(stance.total_return, given) == pytest.approx((expected + 3) / PRICE - 1)


@pytest.mark.parametrize(
    ("price", "view"),
    [(80.0, "LONG"), (80.01, "NO POSITION"), (120.0, "NO POSITION"), (120.01, "SHORT")],
)
def test_the_stance_turns_at_buy_below_and_above_short_above(price: float, view: str) -> None:
    stated = {market.price: price, stance.buy_below: 80.0, stance.short_above: 120.0}
    assert worked_out(stance.view, stated) == view
