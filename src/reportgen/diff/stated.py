"""Amounts of one end as they were stated, with the number of their currency, before any rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.model import fundamentals, launch
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.model.evidence.weighted_median import Facts, Weighed

_OF_GROUP = {
    fundamentals.net_cash: "group/net_cash",
    fundamentals.investments: "group/investments",
}
_OF_CLAIMS = {
    launch.first_size: launch.first_size_id,
    launch.last_size: launch.last_size_id,
    launch.units: launch.units_id,
}


class Amount(NamedTuple):
    """Amounts as stated, and the numbers of their currencies from 1, in the shape of a line."""

    values: Array
    currency: Array


def stated_amount(of: Line, end: Solved, codes: Sequence[str]) -> Amount:
    """Return the amounts behind a line as one end states them.

    `codes` are the currencies in order, in lower case. Number 0 is for what is no money or n/a.
    """
    found = end.values
    if of in _OF_GROUP:
        series = np.array([str(name).casefold() for name in found[fundamentals.series]])
        rows = (series == _OF_GROUP[of]) & (found[fundamentals.newest_value] > 0)
        return _of_results(end, rows, codes)
    if of is fundamentals.quarter_eps:
        numbers = found[fundamentals.quarter_number]
        quarters = found[fundamentals.eps_quarter_or_zero]
        parts = [_of_results(end, quarters == number, codes) for number in numbers]
        return _side_by_side(parts)
    if of in _OF_CLAIMS:
        return _of_claim(end, str(found[_OF_CLAIMS[of]]), codes)
    wanted = [str(name) for name in found[launch.variant_offer]]
    parts = [_of_product(end, name, codes) for name in wanted]
    return _side_by_side(parts)


def _side_by_side(parts: Sequence[Amount]) -> Amount:
    return Amount(*(np.array(column) for column in zip(*parts, strict=True)))


def target_currencies(end: Solved, codes: Sequence[str]) -> Array:
    """Return the number of each target's currency from 1, 0 where there is none such."""
    return np.array([_number(code, codes) for code in end.values[price_targets.currency]])


def targets_in_use(end: Solved) -> tuple[Array, Array]:
    """Return which targets are in use, as 1 and 0: those of brokers, and aggregates."""
    in_use = end.values[price_targets.in_use] > 0
    of_broker = in_use & (end.values[price_targets.of_broker] > 0)
    return np.where(of_broker, 1.0, 0.0), np.where(in_use & ~of_broker, 1.0, 0.0)


def _number(code: object, codes: Sequence[str]) -> float:
    name = str(code).casefold()
    return float(codes.index(name) + 1) if name in codes else 0.0


def _nothing() -> Amount:
    return Amount(np.array(np.nan), np.array(0.0))


def _amount(value: float, code: object, codes: Sequence[str]) -> Amount:
    """Return an amount with the number of its currency; n/a in a currency without a rate."""
    number = _number(code, codes)
    known = number > 0 or not str(code)
    return Amount(np.array(value if known else np.nan), np.array(number))


def _of_results(end: Solved, rows: Array, codes: Sequence[str]) -> Amount:
    found = np.flatnonzero(rows)
    if not len(found):
        return _nothing()
    row = found[0]
    values = end.values
    return _amount(values[fundamentals.value][row], values[fundamentals.currency][row], codes)


def chosen_row(
    end: Solved, fact: str, ids: Line, choice: Line, table: tuple[Weighed, Facts]
) -> int | None:
    """Return the row whose value a fact takes: the one an analyst picked, else the weighed one."""
    weighed, facts = table
    names = [str(name).casefold() for name in end.values[ids]]
    if fact.casefold() not in names:
        return None
    place = names.index(fact.casefold())
    if np.isnan(end.values[facts.value][place]):
        return None
    mine = np.array([str(n).casefold() == fact.casefold() for n in end.values[weighed.of.fact_id]])
    picked = end.values[choice][place]
    flags = end.values[weighed.chosen] > 0
    if not np.isnan(picked):
        flags = (end.values[weighed.of.number] == picked) & (end.values[weighed.of.is_known] > 0)
    rows = np.flatnonzero(mine & flags)
    return int(rows[0]) if len(rows) else None


def _of_claim(end: Solved, fact: str, codes: Sequence[str]) -> Amount:
    row = chosen_row(
        end, fact, claims.fact_id, claims.fact_choice, (claims.weighed_claims, claims.facts)
    )
    if row is None:
        return _nothing()
    unit = int(end.values[claims.claim_measure_row][row]) - 1
    scale = end.values[conversion.measure_millions][unit]
    in_millions = end.values[claims.claim_in_millions][row] > 0
    amount = end.values[claims.claim_amount][row] * (scale if in_millions else 1.0)
    return _amount(amount, end.values[conversion.measure_currency][unit], codes)


def _of_product(end: Solved, fact: str, codes: Sequence[str]) -> Amount:
    row = chosen_row(
        end,
        fact,
        products.offer_id,
        products.offer_choice,
        (products.weighed_products, products.offers),
    )
    if row is None:
        return _nothing()
    return _amount(
        end.values[products.product_price][row], end.values[products.product_currency][row], codes
    )
