"""Amounts of an end as it states them, and in which currency: worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from math import nan
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.attribution.ends import (
    both_ends,
    chosen_row,
    stated_amount,
    target_currencies,
    targets_in_use,
)
from reportgen.model import fundamentals, launch, twelve_months
from reportgen.model.dims import FLOW, SEGMENT
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, description
from reportgen.model.inputs.description import segment_name
from tests.differences.case_ends import NOVEMBER, end_at

if TYPE_CHECKING:
    from reportgen.attribution.ends import Amount
    from reportgen.expr.nodes import Line
    from reportgen.expr.solve import Solved

CODES = ("cny", "gbp")
UNITS = {  # of the table of units: GBX, CNY bn
    conversion.measure_currency: ["GBP", "CNY"],
    conversion.measure_subunits: [100.0, 1.0],
}
RATES = {conversion.currency_code: ["CNY", "GBP"], conversion.cross: [7.0, 0.8]}


def end(stated: dict[Line, object]) -> Solved:
    """A report in dollars, a currency that is not in its table, with these values."""
    solved = end_at("baba", NOVEMBER).solved
    known = {description.price_currency: "USD", **UNITS, **RATES, **stated}
    arrays = {
        line: np.array(value, dtype=object if isinstance(np.ravel(value)[0], str) else float)
        for line, value in known.items()
    }
    return replace(solved, values={**solved.values, **arrays})


def told(of: Amount) -> str:
    return str((of.values.tolist(), of.currency.tolist()))


CURRENCIES = [("CNY", 50.0, 1), ("gbp", 50.0, 2), ("usd", 50.0, 0), ("", 50.0, 0), ("XAU", nan, 0)]


@pytest.mark.parametrize(("code", "amount", "number"), CURRENCIES)
@pytest.mark.parametrize(
    ("line", "series"),
    [
        (fundamentals.net_cash, "group/net_cash"),
        (fundamentals.investments, "GROUP/Investments"),
        (fundamentals.book_value, "group/book_value"),
    ],
)
def test_a_balance_is_stated_in_the_currency_of_its_newest_row(
    line: Line, series: str, code: str, amount: float, number: float
) -> None:
    rows = {
        fundamentals.series: ["group/eps", series, series, series],
        fundamentals.newest_value: [1.0, 0.0, 1.0, 1.0],
        fundamentals.value: [10.0, 40.0, 50.0, 60.0],
        fundamentals.currency: ["CNY", "CNY", code, "CNY"],
    }
    assert told(stated_amount(line, end(rows), CODES)) == str((amount, float(number)))
    none = {**rows, fundamentals.newest_value: [1.0, 0.0, 0.0, 0.0]}
    assert told(stated_amount(line, end(none), CODES)) == str((nan, 0.0))


@pytest.mark.parametrize(
    ("code", "row", "eps", "amount", "number"),
    [
        ("CNY", 2.0, 3.0, 21.0, 1),
        ("cny", 2.0, 3.0, 21.0, 1),
        ("USD", 2.0, 3.0, 3.0, 0),
        ("", 2.0, 3.0, 3.0, 0),
        ("XAU", 2.0, 3.0, 3.0, 0),  # what its sum came to stands in
        ("CNY", nan, 3.0, nan, 0),
        ("CNY", 2.0, nan, nan, 0),
    ],
)
def test_twelve_months_are_stated_in_the_currency_of_the_last_period(
    code: str, row: float, eps: float, amount: float, number: float
) -> None:
    flows = end_at("baba", NOVEMBER).solved.members[FLOW]
    stated = {
        twelve_months.last_row: [row if flow == twelve_months.EPS else 1.0 for flow in flows],
        twelve_months.eps_reference: eps,
        fundamentals.currency: ["GBP", code],
    }
    found = stated_amount(twelve_months.eps_reference, end(stated), CODES)
    assert told(found) == str((amount, float(number)))


class Picked(NamedTuple):
    """What a reader picked, whether the rows of a fact are known and chosen, and the row used."""

    choice: float
    known: tuple[float, float, float]
    chosen: tuple[float, float, float]
    row: int | None


PICKED = [
    Picked(nan, (1, 1, 1), (0, 1, 0), 1),
    Picked(nan, (1, 1, 1), (1, 0, 0), None),  # a row of another fact
    Picked(3.0, (1, 1, 1), (0, 1, 0), 2),
    Picked(3.0, (1, 1, 0), (0, 1, 0), None),
    Picked(1.0, (1, 1, 1), (0, 1, 0), None),
]


def said(of: Picked, value: float = 5.0) -> dict[Line, object]:
    return {
        claims.fact_id: ["price/B", "Units/A"],
        claims.fact_choice: [nan, of.choice],
        claims.facts.value: [nan, value],
        claims.weighed_claims.of.fact_id: ["price/B", "units/a", "UNITS/A"],
        claims.weighed_claims.of.number: [1.0, 2.0, 3.0],
        claims.weighed_claims.of.is_known: of.known,
        claims.weighed_claims.chosen: of.chosen,
    }


@pytest.mark.parametrize("of", PICKED)
def test_the_row_that_a_fact_takes_is_the_one_picked_else_the_one_weighed(of: Picked) -> None:
    table = claims.weighed_claims, claims.facts

    def row(fact: str, value: float = 5.0) -> int | None:
        return chosen_row(end(said(of, value)), fact, claims.fact_id, claims.fact_choice, table)

    assert row("units/A") == of.row
    assert row("price/B") is None  # it has no value
    assert row("price/C") is None
    assert row("units/A", nan) is None


@pytest.mark.parametrize(
    ("unit", "amount", "number"), [(1.0, 800.0, 2.0), (2.0, 800.0, 1.0), (0.0, 800.0, 0.0)]
)
@pytest.mark.parametrize(
    ("line", "names"),
    [
        (launch.units, launch.units_id),
        (launch.first_size, launch.first_size_id),
        (launch.last_size, launch.last_size_id),
    ],
)
def test_a_claim_is_stated_in_the_unit_of_its_row(
    line: Line, names: Line, unit: float, amount: float, number: float
) -> None:
    stated = {
        **said(PICKED[0]),
        names: "units/A",
        claims.claim_amount: [1.0, 8.0, 1.0],
        claims.claim_scale: [1.0, 100.0, 1.0],
        claims.claim_measure.row: [0.0, unit, 0.0],
    }
    assert told(stated_amount(line, end(stated), CODES)) == str((amount, number))
    nowhere = {**stated, names: "units/C"}
    assert told(stated_amount(line, end(nowhere), CODES)) == str((nan, 0.0))


def test_prices_of_products_are_whole_and_side_by_side() -> None:
    stated = {
        launch.variant_offer: ["offer/A", "offer/B", "offer/C", "offer/D"],
        products.offer_id: ["offer/A", "offer/B", "offer/C"],
        products.offer_choice: [nan] * 3,
        products.offers.value: [1.0] * 3,
        products.weighed_products.of.fact_id: ["offer/A", "offer/B", "offer/C"],
        products.weighed_products.of.number: [1.0, 2.0, 3.0],
        products.weighed_products.of.is_known: [1.0] * 3,
        products.weighed_products.chosen: [1.0] * 3,
        products.product_quoted.row: [1.0, 2.0, 0.0],
        products.product_currency: ["GBX", "CNY", "USD"],
        products.product_price: [500.0, 70.0, 9.0],
    }
    found = stated_amount(launch.variant_price, end(stated), CODES)
    assert told(found) == str(([5.0, 70.0, 9.0, nan], [2.0, 1.0, 0.0, 0.0]))


def test_targets_are_of_a_broker_or_an_aggregate_in_a_currency() -> None:
    stated = {
        price_targets.quoted.row: [1.0, 0.0, 0.0, 0.0, 2.0],
        price_targets.currency: ["GBX", "usd", "XAU", "cny", "CNY"],
        price_targets.in_use: [1.0, 1.0, 0.0, 0.0, 1.0],
        price_targets.of_broker: [1.0, 0.0, 1.0, 0.0, 1.0],
    }
    assert target_currencies(end(stated), CODES).tolist() == [2, -1, 0, 1, 1]
    of_brokers, aggregates = targets_in_use(end(stated))
    assert of_brokers.tolist() == [1, 0, 0, 0, 1]
    assert aggregates.tolist() == [0, 1, 0, 0, 0]


def test_a_segment_is_called_as_the_new_report_calls_it_else_as_the_old_one() -> None:
    old = end_at("baba", NOVEMBER).solved
    first, *others = old.members[SEGMENT]
    names = np.array(["Before", *others], dtype=object)
    renamed = replace(old, values={**old.values, segment_name: names})
    assert both_ends(renamed, old).segments[first] == old.values[segment_name][0]
    assert both_ends(old, renamed).segments[first] == "Before"
    other = end_at("pence", NOVEMBER).solved
    assert both_ends(renamed, other).segments[first] == "Before"
