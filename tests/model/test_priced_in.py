"""The growth that a price needs is found in halvings, and ends at the ends of its ladder."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model import priced_in
from reportgen.model.inputs import assumptions
from tests.model.by_hand import worked_out


def test_the_ends_of_the_ladder_of_growth() -> None:
    stated = {
        assumptions.cost_of_equity: 0.25,
        assumptions.fade_years: 2.0,
        priced_in.cash_flow_per_share: 10.0,
        priced_in.perpetuity: 5.0,
    }
    # growth of -50 % and 100 % against 25 %: q of 0.4 and 1.6
    for worth, q in ((priced_in.worth_low, 0.4), (priced_in.worth_high, 1.6)):
        assert worked_out(worth, stated) == pytest.approx(10 * (q + q * q + q * q * 5))


@pytest.mark.parametrize("growth", [-0.4, 0.0, 0.25, 0.9])
def test_forty_halvings_find_the_growth(growth: float) -> None:
    q = (1 + growth) / 1.25
    stated = {
        assumptions.cost_of_equity: 0.25,
        assumptions.fade_years: 2.0,
        priced_in.cash_flow_per_share: 10.0,
        priced_in.perpetuity: 5.0,
        priced_in.wanted: np.full(7, 10 * (q + q * q + q * q * 5)),
    }
    assert worked_out(priced_in.g_needed, stated) == pytest.approx(np.full(7, growth), abs=1e-11)
    widths = worked_out(priced_in.half_width, stated)
    assert widths == pytest.approx(0.75 / 2 ** np.arange(len(widths)))
