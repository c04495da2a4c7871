"""Exchange rates, the units that claims are stated in, and what is converted at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import each, pick, same, sum_where, where
from reportgen.expr.nodes import NA, Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.model.dims import CURRENCY, MEASURE
from reportgen.model.inputs.assumptions import (
    base_currency,
    base_stated,
    dividend_currency,
    dividend_stated,
)
from reportgen.model.inputs.description import price_currency, reporting_currency
from reportgen.model.words import Table, given, line, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

currency_number = row_number("currency[{currency}].number", CURRENCY)
RATES = Table("fx[{currency}]", CURRENCY)
currency_code = given("currency[{currency}]", "Currency", Unit.TEXT, CURRENCY)
per_euro = RATES.figure("per_eur", "Units per EUR", Unit.NUMBER, bounds=FIGURES["fx"])
price_currency_per_euro = line(
    "fx_price_currency",
    "Price currency per EUR",
    Unit.NUMBER,
    sum_where(CURRENCY, same(each(currency_code), price_currency), per_euro),
)
cross = line(
    "fx_cross[{currency}]",
    "Units per unit of price currency",
    Unit.NUMBER,
    where((per_euro > 0) & (price_currency_per_euro > 0), per_euro / price_currency_per_euro, NA),
)


def rate_of(currency: Line) -> Node:
    """Return units of a currency (by its code) per unit of the price currency; n/a if unknown.

    The price currency itself needs no rate: a company may live in one currency alone.
    """
    return where(same(currency, price_currency), 1, _listed_rate(currency))


def _listed_rate(currency: Line) -> Node:
    """Return the rate in the table of currencies; n/a if it is not there."""
    place = sum_where(CURRENCY, same(each(currency_code), currency), currency_number)
    return pick(cross, CURRENCY, place)


fx = line(
    "fx_reporting",
    "Reporting currency per unit of price currency",
    Unit.NUMBER,
    rate_of(reporting_currency),
)
base_metric = line(
    "segment[{segment}].base_metric",
    "Base metric",
    Unit.REPORTING_M,
    where(
        same(base_currency, reporting_currency),
        base_stated,
        base_stated / _listed_rate(base_currency) * fx,
    ),
)
dividend = line(
    "dividend",
    "Dividend, next 12 months",
    Unit.PER_SHARE,
    where(
        same(dividend_currency, price_currency),
        dividend_stated,
        dividend_stated / _listed_rate(dividend_currency),
    ),
)
measure = given("measure[{measure}]", "Unit", Unit.TEXT, MEASURE)
measure_currency = given("measure[{measure}].currency", "Its currency", Unit.TEXT, MEASURE)
measure_millions = given("measure[{measure}].millions", "Millions in one", Unit.NUMBER, MEASURE)
measure_number = row_number("measure[{measure}].number", MEASURE)
measure_divisor = line(
    "measure[{measure}].divisor",
    "Units per unit of price currency",
    Unit.NUMBER,
    where(same(measure_currency, ""), 1, rate_of(measure_currency)),
)
