"""What an outcome depends on, what its players are called, and the lines of mixed states."""

from __future__ import annotations

from math import nan
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.attribution.factors import (
    CONVERTED,
    OUTCOMES,
    STATED_OF_A_TARGET,
    SUBSTITUTES,
    TAKEN,
    Outcome,
    aggregate,
    needs,
    of_broker,
    read_below,
    target_currency,
)
from reportgen.expr.evaluate import Evaluator
from reportgen.expr.nodes import Unit
from reportgen.expr.order import steps
from reportgen.model import fundamentals, market
from reportgen.model.dims import CURRENCY, TARGET
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, description

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Line

# What is taken at each end, with the family, the key and the label of its player
GAIN = ("launch", "launch.gain", "What the market paid for the launch")
MARKET = ("launch", "launch.market", "Market sizes of the launch")
DECLARED = {
    "price": ("price", "price", "Price"),
    "fx_cross[{currency}]": ("FX", "fx[{currency}]", "Exchange rate of {currency}"),
    "as_of": ("time", "time", "Passing of time"),
    "shares_diluted": ("balance sheet", "shares_diluted", "Diluted listed shares"),
    "peer_pe": ("multiples", "peer_pe", "P/E of the peers"),
    "segment_base[{segment}]": (
        *("fundamentals", "segment_base[{segment}]", "Base metric: {segment}"),
    ),
    "ebitda_ttm": ("fundamentals", "ebitda_ttm", "EBITDA of twelve months"),
    "launch.applies": ("launch", "launch", "The launch itself"),
    "launch.day": ("launch", "launch", "The launch itself"),
    "launch.close_before": GAIN,
    "launch.return": GAIN,
    "launch.market_return": GAIN,
    "launch.years": MARKET,
    "net_cash": ("balance sheet", "net_cash", "Net cash"),
    "investments": ("balance sheet", "investments", "Investments"),
    "book_value": ("fundamentals", "book_value", "Book value"),
    "eps_reference": ("fundamentals", "eps_reference", "EPS of twelve months"),
    "launch.first_size": MARKET,
    "launch.last_size": MARKET,
    "launch.units": ("launch", "launch.units", "Units of the launch's market"),
    "launch.price[{variant}]": ("launch", "launch.price[{variant}]", "Price of {variant}"),
}


def test_each_thing_that_is_taken_has_its_player() -> None:
    taken = (*TAKEN, *(one.taken for one in CONVERTED))
    assert {one.line.key: (one.family, one.player, one.label) for one in taken} == DECLARED


def test_nothing_is_needed_behind_what_is_taken() -> None:
    assert {read_below(one.line) for one in TAKEN} == {()}
    assert needs(Outcome("price", "Price", market.price)) == {market.price}


def test_an_outcome_needs_what_its_lines_are_computed_from() -> None:
    for outcome in OUTCOMES:
        found = needs(outcome)
        assert outcome.line in found
        assert {below for one in found for below in read_below(one)} == found - {outcome.line}


def test_what_is_stated_of_a_line_is_called_after_it() -> None:
    for one in CONVERTED:
        of = one.taken.line
        parts = one.amount, one.currency, one.value
        assert [part.key for part in parts] == [
            f"{of.key}.{name}" for name in ("as_stated", "stated_in", "converted")
        ]
        assert [part.label for part in parts] == [
            *(f"{of.label}, as stated", "No. of its currency", of.label),
        ]
        assert [part.unit for part in parts] == [of.unit, Unit.COUNT, of.unit]
        assert {part.dims for part in parts} == {of.dims}
    lines = *STATED_OF_A_TARGET, *(SUBSTITUTES[line] for line in OF_TARGETS)
    assert [(one.key, one.label, one.unit) for one in lines] == [
        ("target[{target}].stated_in", "No. of its currency", Unit.COUNT),
        ("target[{target}].of_broker_then", "A broker's, in use", Unit.FLAG),
        ("target[{target}].aggregate_then", "Aggregate, in use", Unit.FLAG),
        ("target[{target}].in_use_then", "In use", Unit.FLAG),
        ("target[{target}].rate_then", "Its currency per price currency", Unit.NUMBER),
        ("target[{target}].age_then", "Age, days, 0 before it was published", Unit.DAYS),
    ]


OF_TARGETS = (price_targets.in_use, price_targets.rate, price_targets.age)
CASH = next(one for one in CONVERTED if one.taken.line is fundamentals.net_cash)
RATES: Mapping[Line, object] = {conversion.cross: [7.0, nan], target_currency: [-1, 0, 1, 2]}
# A line of the model, what is given in a mixed state, and what stands for the line there
MIXED: list[tuple[Line, Mapping[Line, object], object]] = [
    *(
        (fundamentals.net_cash, {**RATES, CASH.amount: 70.0, CASH.currency: number}, value)
        for number, value in ((0, 70.0), (1, 10.0), (2, nan))
    ),
    (price_targets.rate, RATES, [1, nan, 7, nan]),
    (
        price_targets.in_use,
        {of_broker: [0, 1, 0, 1], aggregate: [1, 0, 0, 0]},
        [0, 1, 0, 1],
    ),
    (
        price_targets.in_use,
        {of_broker: [0, 0, 0, 0], aggregate: [1, 0, 0, 1]},
        [1, 0, 0, 1],
    ),
    (
        price_targets.age,
        {description.as_of: 100, price_targets.issued_on: [90, 99.5, 100, 101]},
        [10, 0.5, 0, 0],
    ),
]


@pytest.mark.parametrize(("line", "given", "value"), MIXED)
def test_in_a_mixed_state_a_line_comes_to_what_the_model_would_give(
    line: Line, given: Mapping[Line, object], value: object
) -> None:
    members = {TARGET: ("a", "b", "c", "d"), CURRENCY: ("CNY", "XAU")}
    values = {of: np.array(stated, dtype=float)[None] for of, stated in given.items()}
    made = SUBSTITUTES[line]
    (step,) = steps((made,))
    Evaluator(values, members, {}).run(step)
    np.testing.assert_array_equal(values[made][0], value)
