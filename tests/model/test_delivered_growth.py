"""What contradicts the growth delivered, each figure by itself."""

from __future__ import annotations

import pytest

from reportgen.model.checks import differences
from reportgen.model.delivered_growth import ebita_yoy, eps_yoy, free_cash_flow, g_delivered
from tests.model.by_hand import worked_out


@pytest.mark.parametrize(
    ("delivered", "ebita", "eps", "cash", "against"),
    [
        (0.1, 0.1, 0.1, 5.0, 0),
        (0.1, -0.1, 0.1, 5.0, 1),
        (0.1, 0.1, -0.1, 5.0, 1),
        (0.1, 0.1, 0.1, -5.0, 1),
        (0.1, -0.1, -0.1, -5.0, 3),
        (0.1, 0.0, 0.0, 0.0, 0),
        (0.1, float("nan"), -0.1, float("nan"), 1),
        (0.0, -0.1, -0.1, -5.0, 0),  # without growth nothing can point the other way
        (-0.1, -0.1, -0.1, -5.0, 0),
        (-0.1, 0.1, -0.1, -5.0, 1),
        (-0.1, 0.1, 0.1, 5.0, 2),  # cash that flows in says nothing of falling earnings
        (float("nan"), -0.1, -0.1, -5.0, 0),
    ],
)
def test_growth_delivered_is_contradicted_by_each_figure_that_points_the_other_way(
    delivered: float, ebita: float, eps: float, cash: float, against: int
) -> None:
    given = {g_delivered: delivered, ebita_yoy: ebita, eps_yoy: eps, free_cash_flow: cash}
    assert worked_out(differences.against, given) == against
