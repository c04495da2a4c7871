"""Exchange rates, the units that figures are stated in, and what is converted at once."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.functions import each, equal, identical, known, pick, same, sum_where, where
from reportgen.expr.nodes import NA, Unit
from reportgen.facts.catalogue import FIGURES
from reportgen.facts.units import A_SHARE, PRICE, PURE
from reportgen.model.dims import CURRENCY, MEASURE
from reportgen.model.inputs.assumptions import (
    base_currency,
    base_stated,
    dividend_currency,
    dividend_stated,
    eps_level_currency,
    eps_level_stated,
    level_currency,
    level_stated,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of, price_currency, reporting_currency
from reportgen.model.ranks import row_of
from reportgen.model.words import Table, given, line, looked_up, or_zero, published_of, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node

currency_number = row_number("currency[{currency}].number", CURRENCY)
RATES = Table("fx[{currency}]", CURRENCY)
currency_code = given("currency[{currency}]", "Currency", Unit.TEXT, CURRENCY)
per_euro = RATES.figure("per_eur", "Units per EUR", Unit.NUMBER, bounds=FIGURES["fx"])
rate_stands = line(
    "fx[{currency}].stands",
    "Rate not too old",
    Unit.FLAG,
    where(
        known(per_euro.override) | (as_of - published_of(per_euro) <= policy("lookup.rate_days")),
        1,
        0,
    ),
)
standing_rate = line(
    "fx[{currency}].standing", "Rate that stands", Unit.NUMBER, where(rate_stands > 0, per_euro, NA)
)
price_currency_per_euro = line(
    "fx_price_currency",
    "Price currency per EUR",
    Unit.NUMBER,
    looked_up(standing_rate, same(each(currency_code), price_currency), currency_number),
)
cross = line(
    "fx_cross[{currency}]",
    "Units per unit of price currency",
    Unit.NUMBER,
    standing_rate / price_currency_per_euro,
)


def rate_of(currency: Line) -> Node:
    """Return units of a currency (by its code) per unit of the price currency; n/a if unknown.

    The price currency itself needs no rate: a company may live in one currency alone.
    """
    return where(same(currency, price_currency), 1, _listed_rate(currency))


def _listed_rate(currency: Line) -> Node:
    """Return the rate in the table of currencies; n/a if it is not there."""
    return pick(cross, CURRENCY, _row_of(currency))


@cache
def _row_of(currency: Line) -> Line:
    return row_of(currency, currency_code, currency_number)


fx = line(
    "fx_reporting",
    "Reporting currency per unit of price currency",
    Unit.NUMBER,
    rate_of(reporting_currency),
)


@cache
def looked_up_rate(currency: Line) -> Line:
    """Return the line of the rate at which an amount in a currency that is typed is converted."""
    key, label = f"{currency.key}.rate", f"{currency.label}: rate looked up"
    return line(key, label, Unit.NUMBER, _listed_rate(currency))


def _reporting(amount: Line, currency: Line) -> Node:
    """Return an amount in the reporting currency; as stated where that is its own."""
    return where(same(currency, reporting_currency), amount, amount / looked_up_rate(currency) * fx)


def _priced(amount: Line, currency: Line) -> Node:
    """Return an amount in the price currency; as stated where that is its own."""
    return where(same(currency, price_currency), amount, amount / looked_up_rate(currency))


base_typed = line(
    "segment[{segment}].base_typed",
    "Base metric, as typed",
    Unit.REPORTING_M,
    _reporting(base_stated, base_currency),
)
level_typed = line(
    "{scenario}.level_typed[{segment}]",
    "Metric in 12 months, as typed",
    Unit.REPORTING_M,
    _reporting(level_stated, level_currency),
)
eps_level_typed = line(
    "{scenario}.eps_typed",
    "EPS in 12 months, as typed",
    Unit.PER_SHARE,
    _priced(eps_level_stated, eps_level_currency),
)
dividend = line(
    "dividend",
    "Dividend, next 12 months",
    Unit.PER_SHARE,
    _priced(dividend_stated, dividend_currency),
)
measure = given("measure[{measure}]", "Unit", Unit.TEXT, MEASURE)
measure_currency = given("measure[{measure}].currency", "Its currency", Unit.TEXT, MEASURE)
measure_millions = given("measure[{measure}].millions", "Millions in one", Unit.NUMBER, MEASURE)
measure_subunits = given(
    "measure[{measure}].subunits", "Parts of a whole one", Unit.NUMBER, MEASURE
)
measure_kind = given("measure[{measure}].kind", "What it measures", Unit.TEXT, MEASURE)
measure_number = row_number("measure[{measure}].number", MEASURE)
measure_divisor = line(
    "measure[{measure}].divisor",
    "Units per unit of price currency",
    Unit.NUMBER,
    where(same(measure_currency, ""), 1, rate_of(measure_currency)),
)


measure_parts = line(
    "measure[{measure}].parts",
    "Parts of a whole one, of money alone",
    Unit.NUMBER,
    where(same(measure_kind, PRICE), measure_subunits, NA),
)
any_case = line(
    "measure[{measure}].any_case",
    "Row, for any letter case",
    Unit.COUNT,
    where(same(measure_currency, "GBP") & ~same(measure, "GBX"), 0, or_zero(measure_number)),
    note="0 for pounds: GBp is a part of one",
)


measure_is_whole = line(
    "measure[{measure}].is_whole",
    "Of results: millions, or a listed share",
    Unit.FLAG,
    where(
        known(measure_millions),
        where(equal(measure_millions, 1), 1, 0),
        where(same(measure_kind, A_SHARE) | same(measure_kind, PURE), 1, 0),
    ),
)


class Measured(NamedTuple):
    """The row, in the table of units, of the unit or currency that a row of facts states."""

    read: Line
    found: Line
    row: Line

    def of(self, column: Line) -> Node:
        """Return what the table says of the unit; n/a of one that is not there."""
        return pick(column, MEASURE, self.row)


def measured_in(unit: Line, prefix: str) -> Measured:
    """Return the lines that look a stated unit up; 0 is the row of an unknown one.

    Texts are looked up whatever their letter case, but pence and pounds differ in nothing else:
    GBp is read as GBX, and pounds have to be written as the table has them.
    """
    read = line(
        f"{prefix}.unit_read",
        "Unit as looked up",
        Unit.TEXT,
        where(identical(unit, "GBp"), "GBX", unit),
    )
    found = line(
        f"{prefix}.unit_found",
        "Row of the unit, letter case aside",
        Unit.COUNT,
        sum_where(MEASURE, same(each(measure), read), measure_number),
    )
    row = line(
        f"{prefix}.unit_row",
        "Row of the unit",
        Unit.COUNT,
        or_zero(
            where(
                found >= 1,
                where(
                    identical(pick(measure, MEASURE, found), read),
                    found,
                    pick(any_case, MEASURE, found),
                ),
                0,
            )
        ),
    )
    return Measured(read, found, row)
