"""Which numbers of the model are money: the unit of a line says so, or the unit of its row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.model import fundamentals, twelve_months
from reportgen.model.checks import plausibility
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions, conversion, market_data
from reportgen.model.words import Entry

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from tests.laws.altered import Company

UNITS_OF_MONEY = {Unit.PER_SHARE, Unit.PRICE_M, Unit.REPORTING_M}


def _with_parts(*lines: Line) -> set[Line]:
    """Lines, and of inputs what was issued and what overrides it."""
    parts = {
        part for line in lines if isinstance(line, Entry) for part in (line.issued, line.override)
    }
    return {*lines, *parts}


# numbers stated in a currency of their own
STATED = _with_parts(
    assumptions.base_stated,
    assumptions.level_stated,
    assumptions.eps_level_stated,
    twelve_months.candidate,
    twelve_months.candidate_before,
    twelve_months.rival,
    twelve_months.twelve_months,
    twelve_months.twelve_months_before,
    assumptions.dividend_stated,
    market_data.estimate,
    price_targets.stated,
    products.product_price,
    products.weighed_products.ranked,
    *(line for line in products.offers.lines if line.unit is Unit.NUMBER),
    products.offers.beside.weighed,
    products.offers.beside.slack,
)
PARTS = (
    twelve_months.A_YEAR,
    twelve_months.A_YEAR_BEFORE,
    twelve_months.SINCE,
    twelve_months.SINCE_BEFORE,
    twelve_months.THEN,
    twelve_months.THEN_BEFORE,
)
# numbers that are money in the rows that name a currency
OF_RESULTS = _with_parts(
    fundamentals.value,
    fundamentals.in_price_currency,
    twelve_months.year_ago,
    twelve_months.before,
    *(part.total for part in PARTS),
    twelve_months.full,
    twelve_months.full_before,
    twelve_months.year,
    twelve_months.year_before,
    twelve_months.rolled,
    twelve_months.rolled_before,
    plausibility.one_before,
)
OF_CLAIMS = _with_parts(
    claims.claim_amount,
    claims.claim_value,
    claims.weighed_claims.ranked,
    claims.calls.ranked,
    claims.facts.beside.weighed,
    claims.facts.beside.slack,
)
OF_FACTS = {line for line in claims.facts.lines if line.unit is Unit.NUMBER}


def is_money(case: Company, line: Line) -> Array:
    """Which cells of a line are money: an array that can be broadcast to the line's."""
    if line in OF_RESULTS:
        return np.array(case.given[fundamentals.currency] != "")
    if line in OF_CLAIMS:
        return _claims_in_money(case)
    if line in OF_FACTS:
        in_money = _claims_in_money(case)
        names = zip(
            *(case.given[of] for of in (claims.claim_key, claims.claim_variant)), strict=True
        )
        money = {
            f"{key}/{of}".casefold() for (key, of), yes in zip(names, in_money, strict=True) if yes
        }
        return np.array([fact.casefold() in money for fact in case.given[claims.fact_id]])
    return np.array(line.unit in UNITS_OF_MONEY or line in STATED)


def _claims_in_money(case: Company) -> Array:
    units = case.given[conversion.measure].tolist()
    currencies = dict(zip(units, case.given[conversion.measure_currency].tolist(), strict=True))
    return np.array([currencies.get(unit, "") != "" for unit in case.given[claims.claim_unit]])


def redenominated(case: Company, times: float) -> Company:
    """A case all of whose money is that many times as much."""
    given = {line: in_other_money(case, line, values, times) for line, values in case.given.items()}
    return replace(case, given=given)


def in_other_money(case: Company, line: Line, values: Array, times: float) -> Array:
    """The values of a line where all money is that many times as much."""
    if line.unit is Unit.TEXT:
        return values
    return values * np.where(is_money(case, line), times, 1.0)
