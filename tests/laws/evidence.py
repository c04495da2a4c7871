"""Random results, exchange rates, claims and product prices: those of the pack, moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model import fundamentals
from reportgen.model.evidence import claims, products
from reportgen.model.inputs import conversion
from tests.laws.altered import live, with_inputs
from tests.laws.chance import BLANK

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company
    from tests.laws.chance import Dice

PROBABILITY = "outperform_probability_3m"
RETURN = "day_return"


def reported(case: Company, dice: Dice) -> Company:
    """A case with other results: losses, no cash, n/a, and any positive number of shares."""
    figures = live(case, fundamentals.value)
    moved = dice.factors(0, -1, 0.001, BLANK, shape=figures.shape)
    counted = dice.factors(0.001, 20, BLANK, shape=figures.shape)
    of_shares = case.given[fundamentals.metric] == "shares_diluted"
    times = dice.seldom(np.where(of_shares, counted, moved))
    return with_inputs(case, {fundamentals.value: figures * times})


def documented(case: Company, dice: Dice) -> Company:
    """A case with other claims, product prices and exchange rates, n/a here and there."""
    claimed, priced = live(case, claims.claim_amount), live(case, products.product_price)
    keys = case.given[claims.claim_key]
    times = dice.seldom(dice.factors(0.001, 20, BLANK, shape=claimed.shape))
    fixed = (keys == PROBABILITY) | (keys == RETURN)
    return with_inputs(
        case,
        {
            claims.claim_amount: claimed * np.where(fixed, 1.0, times),
            products.product_price: priced
            * dice.seldom(dice.factors(0.001, 20, BLANK, shape=priced.shape)),
            conversion.per_euro: _rates(case, dice),
        },
    )


def _rates(case: Company, dice: Dice) -> Array:
    rates = live(case, conversion.per_euro)
    times = dice.seldom(dice.factors(0.2, BLANK, shape=rates.shape), one_in=10)
    return np.where(case.given[conversion.currency_code] == "EUR", 1.0, rates * times)
