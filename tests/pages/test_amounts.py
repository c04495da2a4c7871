"""Amounts of a company: its currencies and decimals, rounded as a spreadsheet rounds them."""

from __future__ import annotations

import pytest

from reportgen.expr.nodes import Unit
from reportgen.pages.amounts import Amounts

HOUSE = Amounts("USD", "CNY")
PENCE = Amounts("GBP", "USD", 3)


@pytest.mark.parametrize(
    ("value", "unit", "told"),
    [
        (151.3556, Unit.PER_SHARE, "USD 151.36"),
        (-22.9266, Unit.PER_SHARE, "-USD 22.93"),
        (-0.001, Unit.PER_SHARE, "USD 0.00"),
        (22.065, Unit.PER_SHARE, "USD 22.07"),
        (0.1092858, Unit.CHANGE, "+10.9%"),
        (-0.0377, Unit.CHANGE, "-3.8%"),
        (0.3, Unit.RATIO, "30.0%"),
        (20.769230, Unit.MULTIPLE, "20.8x"),
        (793929.8, Unit.REPORTING_M, "CNY 793,929.8 m"),
        (-1200.0, Unit.PRICE_M, "-USD 1,200.0 m"),
        (2396.0, Unit.SHARES_M, "2,396.0 m"),
        (62.0, Unit.DAYS, "62 days"),
        (3.25, Unit.YEARS, "3.3 years"),
        (47.46, Unit.SCORE, "47"),
        (8.0, Unit.COUNT, "8"),
        (45991.0, Unit.DATE, "2025-11-30"),
        (1.0, Unit.FLAG, "yes"),
        (True, Unit.FLAG, "yes"),
        ("NO POSITION", Unit.TEXT, "NO POSITION"),
        (None, Unit.PER_SHARE, "n/a"),
        (float("nan"), Unit.PER_SHARE, "n/a"),
        (float("inf"), Unit.RATIO, "n/a"),
        ("typed over", Unit.RATIO, "typed over"),
    ],
)
def test_a_value_is_told_in_its_unit(value: object, unit: Unit, told: str) -> None:
    assert HOUSE.told(value, unit) == told  # type: ignore[arg-type]


@pytest.mark.parametrize("value", [5.0, -3.0, 0.0, 1e300, -1e300, 1e-300])
@pytest.mark.parametrize("unit", list(Unit), ids=lambda unit: unit.name)
def test_any_number_can_be_told_in_any_unit(value: float, unit: Unit) -> None:
    assert HOUSE.told(value, unit)


def test_a_cheap_share_is_told_with_more_decimals() -> None:
    assert PENCE.told(10.2849, Unit.PER_SHARE) == "GBP 10.285"
    assert PENCE.change(-0.0556) == "-0.056"
    assert PENCE.change(None) == "n/a"
