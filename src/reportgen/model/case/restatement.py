"""A case in the shares of after a split: what is dated before it, a row or an input at a time."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import PER_SHARE
from reportgen.facts.problems import CellError
from reportgen.facts.split_words import new_per_old
from reportgen.facts.splits import claim_is_per_share, result_counts_shares
from reportgen.facts.units import parse_unit
from reportgen.model import fundamentals, twelve_months
from reportgen.model.evidence import claims
from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data
from reportgen.model.inputs.assumptions import ASSUMPTIONS
from reportgen.model.keys import filled
from reportgen.periods import from_serial, parse_serial

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.facts.split_words import Split
    from reportgen.model.case.record import Case, Origin
    from reportgen.model.words import Entry


class Restating(NamedTuple):
    """From the shares of some splits to those of others; a figure without a day is of `day`.

    For the splits `in_closes` closes are adjusted as they are.
    """

    old: tuple[Split, ...]
    new: tuple[Split, ...]
    day: float
    in_closes: tuple[Split, ...] = ()

    def new_per_old(self, serial: float) -> float:
        """New shares for one old, of a figure dated that day as an Excel serial number."""
        day = parse_serial(serial) or from_serial(self.day)
        return new_per_old(day, self.new) / new_per_old(day, self.old)


def restated(case: Case, by: Restating) -> Case:
    """Return a case with money per share and numbers of shares in the new shares.

    Closes are dated by their day, claims by when they were observed, other rows and inputs by when
    they were published, overrides by their own day.
    """
    given = dict(case.given)
    of_closes = by._replace(old=(*by.old, *by.in_closes))
    for entry, power, days in _per_share(case):
        dated = of_closes if entry is market_data.close else by
        issued = np.array([dated.new_per_old(day) for day in days.ravel().tolist()])
        given[entry.issued] = _moved(given[entry.issued], power, issued.reshape(days.shape))
        override = given[entry.override]
        if not np.isnan(override).all():
            ratios = np.ones(override.shape)
            for key, index in filled(entry, case.members):
                ratios[index] = by.new_per_old(_published(case.overridden, key))
            given[entry.override] = _moved(override, power, ratios)
    return replace(case, given=given, splits=by.new)


def _moved(values: Array, power: Array, ratio: Array) -> Array:
    """Return money per share (power -1) divided by new shares per old, numbers (1) multiplied."""
    moved: Array = np.where(power < 0, values / ratio, np.where(power > 0, values * ratio, values))
    return moved


def _per_share(case: Case) -> Iterator[tuple[Entry, Array, Array]]:
    """Yield what may be per share: the input, -1 (money per share), 1 (shares) or 0, its days."""
    given = case.given
    for entry, dated in (
        (market_data.close, market_data.close_date),
        (market_data.estimate, market_data.estimate_date),
        (price_targets.stated, price_targets.published),
    ):
        yield entry, np.full(given[dated].shape, -1), given[dated]
    stated = (given[fundamentals.metric], given[fundamentals.unit])
    yield fundamentals.value, _each(_of_result, *stated), given[fundamentals.published]
    stated = (given[claims.claim_key], given[claims.claim_unit])
    observed = given[claims.claim_observed]
    seen = np.where(np.isnan(observed), given[claims.claim_published], observed)
    yield claims.claim_amount, _each(_of_claim, *stated), seen
    for entry in ASSUMPTIONS:
        if entry.parameter is not None and entry.parameter.row_unit == PER_SHARE:
            keys = filled(entry, case.members)
            days = np.array([_published(case.issued, key) for key, _ in keys])
            shape = given[entry.issued].shape
            yield entry, np.full(shape, -1), days.reshape(shape)


def power_of(line: Line, at: Sequence[str], case: Case) -> int:
    """Return -1 for a figure in money a share, 1 for a number of shares, 0 for any other."""
    of_unit = {Unit.PER_SHARE: -1, Unit.SHARES_M: 1}
    if line.unit in of_unit:
        return of_unit[line.unit]
    index = tuple(case.members[dim].index(one) for dim, one in zip(line.dims, at, strict=True))
    for entry, power, _ in _per_share(case):
        if line in (entry, entry.issued, entry.override):
            return int(power[index])
    if line in _OF_RESULTS:
        unit = case.given[fundamentals.unit][index]
        return _known(_of_result, case.given[fundamentals.metric][index], unit)
    if line is claims.claim_value:
        unit = case.given[claims.claim_unit][index]
        return _known(_of_claim, case.given[claims.claim_key][index], unit)
    if line in _OF_FACTS:
        return _of_fact(str(case.given[claims.fact_id][index]), case)
    return _of_flow(at[0], case) if line in _OF_FLOWS else 0


_OF_RESULTS = frozenset({fundamentals.in_price_currency, twelve_months.year_before})
_OF_FACTS = frozenset(
    {claims.facts.value, claims.facts.weighed_value, claims.facts.low, claims.facts.high}
)
_OF_FLOWS = frozenset({twelve_months.twelve_months, twelve_months.twelve_months_before})


def _of_fact(fact: str, case: Case) -> int:
    """Return the power of the claims of a fact such as `price/ADS`."""
    rows = zip(
        *(case.given[of] for of in (claims.claim_key, claims.claim_variant, claims.claim_unit)),
        strict=True,
    )
    stated = ((key, unit) for key, variant, unit in rows if f"{key}/{variant}" == fact)
    return next((_known(_of_claim, key, unit) for key, unit in stated), 0)


def _of_flow(member: str, case: Case) -> int:
    """Return the power of the results that are summed to twelve months."""
    columns = (fundamentals.segment, fundamentals.metric, fundamentals.unit)
    rows = zip(*(case.given[of] for of in columns), strict=True)
    stated = ((metric, unit) for segment, metric, unit in rows if f"{segment},{metric}" == member)
    return next((_known(_of_result, metric, unit) for metric, unit in stated), 0)


def _published(origins: Mapping[str, Origin], key: str) -> float:
    return origins[key].published if key in origins else math.nan


def _each(power: Callable[[str, str], int], *columns: Array) -> Array:
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return np.array([_known(power, str(name), str(unit)) for name, unit in rows], dtype=int)


def _known(power: Callable[[str, str], int], name: str, unit: str) -> int:
    """Return a power; 0 where somebody typed a unit that is none."""
    try:
        return power(name, unit)
    except CellError:
        return 0


def _of_result(metric: str, unit: str) -> int:
    if result_counts_shares(metric, unit):
        return 1
    return -1 if parse_unit(unit).per_share else 0


def _of_claim(key: str, unit: str) -> int:
    return -1 if claim_is_per_share(key, unit) else 0
