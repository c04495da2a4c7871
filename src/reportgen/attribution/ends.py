"""Both ends in one shape: values of the factors over the members of both, money as stated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.attribution.factors import (
    CONVERTED,
    LINES,
    STATED_OF_A_TARGET,
    aggregate,
    is_taken,
    of_broker,
)
from reportgen.expr.nodes import Unit
from reportgen.model import fundamentals, launch, twelve_months
from reportgen.model.cell_names import segment_names
from reportgen.model.dims import CURRENCY, FLOW, SEGMENT, TARGET, VARIANT
from reportgen.model.evidence import claims, products
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, description

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.expr.nodes import Dim, Line
    from reportgen.expr.numeric import Array
    from reportgen.expr.solve import Solved
    from reportgen.expr.state import Members
    from reportgen.model.evidence.weighted_median import Facts, Weighed


_OF_GROUP = {
    fundamentals.net_cash: "group/net_cash",
    fundamentals.investments: "group/investments",
    fundamentals.book_value: "group/book_value",
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
    if of is twelve_months.eps_reference:
        return _of_twelve_months(end, codes)
    if of in _OF_CLAIMS:
        return _of_claim(end, str(found[_OF_CLAIMS[of]]), codes)
    wanted = [str(name) for name in found[launch.variant_offer]]
    parts = [_of_product(end, name, codes) for name in wanted]
    return _side_by_side(parts)


def _side_by_side(parts: Sequence[Amount]) -> Amount:
    return Amount(*(np.array(column) for column in zip(*parts, strict=True)))


def target_currencies(end: Solved, codes: Sequence[str]) -> Array:
    """Return the number of each target's currency from 1; -1 is price currency, 0 is unknown."""
    found = [
        _currency(row, code, end)
        for row, code in zip(
            end.values[price_targets.quoted.row], end.values[price_targets.currency], strict=True
        )
    ]
    return np.array([-1.0 if _is_price(code, end) else _number(code, codes) for code in found])


def targets_in_use(end: Solved) -> tuple[Array, Array]:
    """Return which targets are in use, as 1 and 0: those of brokers, and aggregates."""
    in_use = end.values[price_targets.in_use] > 0
    of_broker = in_use & (end.values[price_targets.of_broker] > 0)
    return np.where(of_broker, 1.0, 0.0), np.where(in_use & ~of_broker, 1.0, 0.0)


def _currency(row: float, stated: str, end: Solved) -> str:
    """Return the whole currency of the unit in a row of the table of units; of none as stated."""
    return str(end.values[conversion.measure_currency][int(row) - 1] if row >= 1 else stated)


def _is_price(code: str, end: Solved) -> bool:
    """Return whether a currency is that of the price, which needs no rate."""
    return code.casefold() == str(end.values[description.price_currency]).casefold()


def _number(code: object, codes: Sequence[str]) -> float:
    name = str(code).casefold()
    return float(codes.index(name) + 1) if name in codes else 0.0


def _nothing() -> Amount:
    return Amount(np.array(np.nan), np.array(0.0))


def _amount(value: float, code: object, end: Solved, codes: Sequence[str]) -> Amount:
    """Return an amount with the number of its currency; n/a in a currency without a rate."""
    is_own = not str(code) or _is_price(str(code), end)
    number = 0.0 if is_own else _number(code, codes)
    known = is_own or number > 0
    return Amount(np.array(value if known else np.nan), np.array(number))


def _of_results(end: Solved, rows: Array, codes: Sequence[str]) -> Amount:
    found = np.flatnonzero(rows)
    if not len(found):
        return _nothing()
    row = found[0]
    values = end.values
    return _amount(values[fundamentals.value][row], values[fundamentals.currency][row], end, codes)


def _of_twelve_months(end: Solved, codes: Sequence[str]) -> Amount:
    """Return the twelve months of EPS in the currency of the period that ends last.

    Periods in several currencies have no amount as stated: what their sum comes to there stands in.
    """
    found = end.values
    eps = end.members[FLOW].index(twelve_months.EPS)
    row = found[twelve_months.last_row][eps]
    value = float(found[twelve_months.eps_reference])
    if np.isnan(row) or np.isnan(value):
        return _nothing()
    code = str(found[fundamentals.currency][int(row) - 1])
    place = [str(name).casefold() for name in found[conversion.currency_code]]
    if code.casefold() not in place:
        return Amount(np.array(value), np.array(0.0))
    rate = found[conversion.cross][place.index(code.casefold())]
    return _amount(value * rate, code, end, codes)


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
    amount = end.values[claims.claim_amount][row] * end.values[claims.claim_scale][row]
    unit = end.values[claims.claim_measure.row][row]
    return _amount(amount, _currency(unit, "", end), end, codes)


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
    unit = end.values[products.product_quoted.row][row]
    subunits = end.values[conversion.measure_subunits][int(unit) - 1] if unit >= 1 else 1.0
    code = _currency(unit, end.values[products.product_currency][row], end)
    return _amount(end.values[products.product_price][row] / subunits, code, end, codes)


ABSENT = -1
_ADDED_UP = {SEGMENT, VARIANT}  # a part that an end does not have adds nothing to its total


@dataclass(frozen=True, slots=True)
class BothEnds:
    """The values of every line taken, at both ends, over the same members.

    `present` tells for each dimension which members each end has: two arrays of truths. The members
    of targets are brokers: a broker's row in use is one player, whichever row it is. `segments` are
    the names of segments by their ids.
    """

    members: Members
    old: Mapping[Line, Array]
    new: Mapping[Line, Array]
    present: Mapping[Dim, tuple[Array, Array]]
    segments: Mapping[str, str]


def both_ends(old: Solved, new: Solved) -> BothEnds:
    """Return both ends over the members of both, those of the old one first."""
    dims = {dim for line in LINES for dim in line.dims}
    members: dict[Dim, tuple[str, ...]] = {}
    places: dict[Dim, list[Array]] = {}
    for dim in dims:
        rows = [_rows(end, dim) for end in (old, new)]
        members[dim] = tuple(dict.fromkeys(name for found in rows for name in found)) or ("-",)
        places[dim] = [
            np.array([found.get(name, ABSENT) for name in members[dim]]) for found in rows
        ]
    ends = [
        _taken(end, {dim: places[dim][k] for dim in dims}, members)
        for k, end in enumerate((old, new))
    ]
    present = {dim: (places[dim][0] >= 0, places[dim][1] >= 0) for dim in dims}
    _lend_aggregates(ends, present[TARGET])
    segments = {
        id_: name
        for end in (old, new)
        for id_, name in segment_names(end.values, end.members).items()
    }
    return BothEnds(members, ends[0], ends[1], present, segments)


def _rows(end: Solved, dim: Dim) -> dict[str, int]:
    """Return where the members of a dimension stand; of targets the brokers of those in use."""
    if dim is not TARGET:
        return {name: at for at, name in enumerate(end.members[dim])}
    in_use = np.flatnonzero(end.values[price_targets.in_use] > 0)
    return {str(end.values[price_targets.broker][at]).casefold(): int(at) for at in in_use}


def _taken(end: Solved, places: Mapping[Dim, Array], members: Members) -> dict[Line, Array]:
    codes = [code.casefold() for code in members[CURRENCY]]
    found: dict[Line, Array] = {}
    for one in CONVERTED:
        amount, currency = stated_amount(one.taken.line, end, codes)
        found[one.amount] = _spread(one.amount, amount, places)
        found[one.currency] = _spread(one.currency, currency, places)
    stated = (target_currencies(end, codes), *targets_in_use(end))
    for line, values in zip(STATED_OF_A_TARGET, stated, strict=True):
        found[line] = _spread(line, values, places)
    for line in LINES:
        if is_taken(line) and line not in found:
            found[line] = _spread(line, end.values[line], places)
    found[conversion.currency_number] = np.arange(1.0, len(codes) + 1)
    found[conversion.currency_code] = np.array(members[CURRENCY], dtype=object)
    return found


def _spread(line: Line, values: Array, places: Mapping[Dim, Array]) -> Array:
    """Return values over the common members, blank where this end has no such member."""
    for axis, dim in enumerate(line.dims):
        at = places[dim]
        values = np.take(values, np.maximum(at, 0), axis=axis)  # another array
        values[(slice(None),) * axis + (at < 0,)] = _blank(line, line.dims)
    return values


def _lend_aggregates(ends: Sequence[dict[Line, Array]], present: tuple[Array, Array]) -> None:
    """Give an end in which brokers count the aggregates that the other end rests on.

    They change nothing there, and are thereby known in every mixed state: an aggregate does not
    leave by itself, the first broker to come takes its place.
    """
    for here, there, is_here in zip(ends, ends[::-1], present, strict=True):
        if (here[of_broker] > 0).any():
            lent = (there[aggregate] > 0) & ~is_here
            for line in here:
                if line.dims == (TARGET,):
                    here[line] = np.where(lent, there[line], here[line])


def _blank(line: Line, dims: Sequence[Dim]) -> float | str:
    if line.unit is Unit.TEXT:
        return ""
    return 0.0 if line in {of_broker, aggregate} or _ADDED_UP & set(dims) else float("nan")
