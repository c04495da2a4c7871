"""What must hold of a single assumption, by the catalogue of keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.assumption_keys import (
    ALL,
    BY_KEY,
    DAYS,
    MULTIPLE,
    RATIO,
    REPORTING_M,
    SWITCH,
    YEARS,
    AssumptionKey,
)
from reportgen.facts.nearest import suggestion
from reportgen.facts.problem_log import CellError
from reportgen.facts.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts.company import Company
    from reportgen.facts.rows import Assumption

PRICE_MIX = "launch_price_mix"  # the one key whose "segment" is a variant of the product
_WORDS = {
    RATIO: ("", RATIO, "%"),
    MULTIPLE: ("", MULTIPLE, RATIO),
    YEARS: ("", YEARS, "year", "y"),
    DAYS: ("", DAYS, "day", "d"),
    SWITCH: ("", SWITCH),
}


def assumption_faults(row: Assumption, company: Company) -> Iterator[tuple[str, CellError]]:
    """Every column of the row that its key does not allow."""
    entry = BY_KEY.get(row.key)
    if entry is None:
        found = f"{quote(row.key)} is not a parameter of the method"
        yield "key", CellError(found, "", suggestion(row.key, BY_KEY))
        return
    for column, fault in (
        ("scenario", _scenario_fault(entry, row)),
        ("segment", _segment_fault(entry, row, company)),
        ("unit", _unit_fault(entry, row, company)),
        ("value", _value_fault(entry, row)),
    ):
        if fault is not None:
            yield column, fault


def _scenario_fault(entry: AssumptionKey, row: Assumption) -> CellError | None:
    if row.scenario in (ALL, *entry.scenarios):
        return None
    if entry.by_scenario:
        allowed = " or ".join((*entry.scenarios, ALL))
        return CellError(f"{entry.key} is not used in the {row.scenario} case", allowed)
    found = f"{entry.key} is one value for all cases, not one of the {row.scenario} case"
    return CellError(found, ALL, "write it once, with the scenario all")


def _segment_fault(entry: AssumptionKey, row: Assumption, company: Company) -> CellError | None:
    if not entry.by_segment:
        if not row.segment:
            return None
        return CellError(f"{entry.key} does not differ between segments", "a blank cell")
    if entry.key == PRICE_MIX:
        return None if row.segment else CellError("is blank", "a variant of the product launched")
    ids = [segment.id for segment in company.segments]
    if row.segment in ids:
        return None
    found = f"{quote(row.segment)} is not a segment of company.yaml" if row.segment else "is blank"
    return CellError(found, " or ".join(ids), suggestion(row.segment, ids))


def _unit_fault(entry: AssumptionKey, row: Assumption, company: Company) -> CellError | None:
    if entry.unit in _WORDS:
        words = _WORDS[entry.unit]
        if row.unit in words:
            return None
        return CellError(
            f"{quote(row.unit)} is not the unit of {entry.key}", " or ".join(words[1:])
        )
    unit = parse_unit(row.unit)
    if entry.unit == REPORTING_M:
        wanted = company.reporting_currency
        fits = unit.currency == wanted and not math.isnan(unit.millions)
        expected = f"{wanted} m, the reporting currency"
    else:
        fits = bool(unit.currency) and unit.per_share
        expected = f"{company.price_currency}/ADS"
    return (
        None if fits else CellError(f"{quote(row.unit)} is not the unit of {entry.key}", expected)
    )


def _value_fault(entry: AssumptionKey, row: Assumption) -> CellError | None:
    if entry.unit == SWITCH and row.value not in (0, 1):
        return CellError(f"{row.value:g} is neither 0 nor 1", "1 for on, 0 for off")
    if entry.bounds.holds(row.value):
        return None
    is_share = entry.bounds.high == 1 and row.value > 1 and entry.unit == RATIO
    remedy = f"write {row.value:g}% or {row.value / 100:g} for {row.value:g} %" if is_share else ""
    return CellError(f"{row.value:g} is out of bounds", str(entry.bounds), remedy)
