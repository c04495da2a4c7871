"""In which unit an override is read: that of its input, or one that the row states.

A figure in another magnitude, in a subunit or of the other kind of share is brought to that of the
input; one in another currency, or of another kind, is refused.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.assumptions import Slot, standing
from reportgen.facts.catalogue import ALL, BY_KEY, PER_SHARE, REPORTING_M, SCENARIOS
from reportgen.facts.checks.rows import same_unit
from reportgen.facts.checks.units import unknown_share
from reportgen.facts.key_syntax import is_key, member, parse_key, unique
from reportgen.facts.problems import CellError
from reportgen.facts.units import (
    ON_ORDINARY,
    ORDINARY,
    PRICE,
    PRICE_CLAIMS,
    measured,
    parse_unit,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.key_syntax import Key
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Override, PackRows

_RATIO = "ratio"


def in_units_of_inputs(rows: PackRows, company: Company, log: ProblemLog) -> tuple[Override, ...]:
    """The overrides in the units of their inputs, which each then names; faults are logged.

    A key that no row has, and a figure that is a bare number, is left as it stands.
    """
    units = dict(_units_of_rows(rows, company)) if rows.overrides else {}
    return tuple(
        _converted(row, _unit_of(row.key, units, rows, company), company, log)
        for row in rows.overrides
    )


def _converted(row: Override, due: str | None, company: Company, log: ProblemLog) -> Override:
    if due is None or not row.unit or math.isnan(row.value):
        return row if due is None else row._replace(unit=due)
    fault = _fault(row, due, company)
    if fault is not None:
        log.cell(row.line_no, "unit", fault)
        return row._replace(unit=due)
    per_due = measured(1, due, company.adr_ratio).value
    factor = measured(1, _of_share(row.unit, due), company.adr_ratio).value / per_due
    if factor == 1:
        return row._replace(unit=due)
    stated = f"stated as {row.value:.10g} {row.unit}"
    reason = "; ".join(filter(None, (row.reason, stated)))
    return row._replace(value=row.value * factor, unit=due, reason=reason)


def _fault(row: Override, due: str, company: Company) -> CellError | None:
    """Why an override cannot be stated in its unit; None if it can."""
    if same_unit(row.unit, due):
        return None
    given, wanted = parse_unit(_of_share(row.unit, due)), parse_unit(due)
    fits = (
        bool(wanted.currency or wanted.is_amount)
        and given.currency == wanted.currency
        and given.is_amount == wanted.is_amount
        and given.per_share == wanted.per_share
        and (given.kind == PRICE or wanted.kind != PRICE)
    )
    if fits:
        return unknown_share(row.unit, company)
    found = f"{quote(row.unit)} is not the unit of {row.key}"
    return CellError(found, due or "no unit", "" if due else "leave it blank")


def _of_share(unit: str, due: str) -> str:
    """A unit of an override; money alone is of the share that the input is of."""
    stated, wanted = parse_unit(unit), parse_unit(due)
    if stated.kind != PRICE or not wanted.per_share:
        return unit
    return f"{unit}/{due.partition('/')[2]}"


def _unit_of(key: str, units: Mapping[str, str], rows: PackRows, company: Company) -> str | None:
    if key in units or not is_key(key):
        return units.get(key)
    parsed = parse_key(key)
    if parsed.name == "policy":
        return None
    first = parsed.members[0] if parsed.members else ""
    if parsed.name != "assumption" or first not in BY_KEY or parsed.field:
        return None
    return _unit_of_assumption(parsed, rows, company)


def _unit_of_assumption(key: Key, rows: PackRows, company: Company) -> str:
    """The unit of a parameter: money in the currency that its rows are stated in."""
    name, _, part = (*key.members, "", "", "")[:3]
    newest = standing(rows.assumptions)
    stated = (newest.get(Slot(name, scenario, part)) for scenario in (ALL, *SCENARIOS))
    currency = next((row.currency for row in stated if row is not None), "")
    row_unit = BY_KEY[name].row_unit
    if row_unit == REPORTING_M:
        return f"{currency or company.reporting_currency} m"
    if row_unit == PER_SHARE:
        return _a_share(currency or company.price_currency, company)
    return row_unit


def _a_share(currency: str, company: Company, *, ordinary: bool = False) -> str:
    if company.adr_ratio == 1:
        return f"{currency}/share"
    return f"{currency}/{'ORD' if ordinary else 'ADS'}"


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _units_of_rows(rows: PackRows, company: Company) -> Iterator[tuple[str, str]]:
    """Yield the key of every figure of a table with its unit."""
    for close in rows.prices:
        yield f"close[{close.date}]", _a_share(company.price_currency, company)
    for estimate in rows.estimates:
        if estimate.metric == "eps_ntm":
            yield f"eps_ntm[{estimate.published}]", estimate.unit
    results = (
        (member(row.segment, row.metric, row.period), row.unit or _RATIO)
        for row in rows.fundamentals
    )
    for name, unit in _named(results):
        yield f"fundamental[{name}]", unit
        yield f"fundamental[{name}].yoy", _RATIO
    targets = (
        (
            member(row.broker, row.line, row.published.isoformat()),
            _a_share(row.currency, company, ordinary=row.line == ORDINARY),
        )
        for row in rows.targets
    )
    yield from ((f"target[{name}]", unit) for name, unit in _named(targets))
    offers = (
        (
            member(row.vendor, row.product, row.variant, row.source, _iso(row.observed)),
            row.currency,
        )
        for row in rows.products
    )
    yield from ((f"product[{name}]", unit) for name, unit in _named(offers) if unit)
    claims = (
        (
            member(row.key, row.variant, row.source, _iso(row.observed)),
            _a_share(row.currency, company, ordinary=row.variant.upper() == ON_ORDINARY)
            if row.key in PRICE_CLAIMS
            else row.unit,
        )
        for row in rows.claims
    )
    yield from ((f"claim[{name}]", unit) for name, unit in _named(claims))
    peers = (
        (member(row.peer, row.metric, row.published.isoformat()), row.unit) for row in rows.peers
    )
    yield from ((f"peer[{name}]", unit) for name, unit in _named(peers))


def _named(rows: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the members of a table, each told from others of its name, with their units."""
    names, units = zip(*rows, strict=True) if (rows := list(rows)) else ((), ())
    return zip(unique(names), units, strict=True)
