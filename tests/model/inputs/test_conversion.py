"""What is stated in another currency comes in the one that is asked for, worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest

from reportgen.model.inputs import conversion, description
from reportgen.model.inputs.assumptions import (
    base_currency,
    base_stated,
    dividend_currency,
    dividend_stated,
)
from tests.model.by_hand import example, worked_out

# a euro is worth 1.25 dollars, 10 yuan or 0.8 pounds
RATES = {"EUR": 1.0, "USD": 1.25, "CNY": 10.0, "GBP": 0.8}


def rates() -> dict[object, object]:
    """The rates above in the table of currencies of the example, as far as it lists them."""
    codes = example().given[conversion.currency_code].tolist()
    return {
        description.price_currency: "USD",
        description.reporting_currency: "CNY",
        conversion.per_euro: np.array([RATES.get(code, np.nan) for code in codes]),
    }


@pytest.mark.parametrize(
    ("currency", "stated", "dividend"),
    [
        ("USD", 2.0, 2.0),
        ("CNY", 8.0, 1.0),  # 8 yuan to the dollar
        ("EUR", 0.8, 1.0),
        ("XXX", 1.0, np.nan),  # no rate is known
    ],
)
def test_a_dividend_in_another_currency_is_divided_by_what_a_dollar_costs(
    currency: str, stated: float, dividend: float
) -> None:
    given = {**rates(), dividend_currency: currency, dividend_stated: stated}
    found = worked_out(conversion.dividend, given)
    assert found == pytest.approx(dividend, nan_ok=True)


@pytest.mark.parametrize(("currency", "metric"), [("CNY", 100.0), ("USD", 800.0), ("EUR", 1000.0)])
def test_a_base_metric_in_another_currency_comes_in_that_of_reporting(
    currency: str, metric: float
) -> None:
    size = len(example().given[base_currency])
    given = {
        **rates(),
        base_currency: np.array([currency] * size, dtype=object),
        base_stated: np.full(size, 100.0),
    }
    assert worked_out(conversion.base_typed, given) == pytest.approx(np.full(size, metric))


def test_the_rate_of_reporting_is_yuan_per_dollar() -> None:
    assert worked_out(conversion.fx, rates()) == pytest.approx(8.0)
