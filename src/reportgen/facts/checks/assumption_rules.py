"""What must hold of a single assumption, by the catalogue of keys."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import out_of_bounds
from reportgen.facts.catalogue import (
    ALL,
    BY_KEY,
    PER_SHARE,
    REPORTING_M,
    Parameter,
    Part,
)
from reportgen.facts.nearest import suggestion
from reportgen.facts.problem_log import CellError
from reportgen.facts.units import parse_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts.company import Company
    from reportgen.facts.rows import Assumption

BLANK = "is blank"
PRICE_MIX = "launch_price_mix"  # the one key whose "segment" is a variant of the product
_WORDS = {
    "ratio": ("", "ratio", "%"),
    "x": ("", "x", "ratio"),
    "years": ("", "years", "year", "y"),
    "days": ("", "days", "day", "d"),
    "0/1": ("", "0/1"),
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
        ("value", out_of_bounds(row.value, entry.bounds, is_ratio=entry.unit is Unit.RATIO)),
    ):
        if fault is not None:
            yield column, fault


def _scenario_fault(entry: Parameter, row: Assumption) -> CellError | None:
    if row.scenario in (ALL, *entry.scenarios):
        return None
    if entry.by_scenario:
        allowed = " or ".join((*entry.scenarios, ALL))
        return CellError(f"{entry.key} is not used in the {row.scenario} case", allowed)
    found = f"{entry.key} is one value for all cases, not one of the {row.scenario} case"
    return CellError(found, ALL, "write it once, with the scenario all")


def _segment_fault(entry: Parameter, row: Assumption, company: Company) -> CellError | None:
    if not entry.by_part:
        if not row.segment:
            return None
        return CellError(f"{entry.key} does not differ between segments", "a blank cell")
    if entry.part is Part.VARIANT:
        return None if row.segment else CellError("is blank", "a variant of the product launched")
    ids = [segment.id for segment in company.segments]
    if row.segment in ids:
        return None
    found = f"{quote(row.segment)} is not a segment of company.yaml" if row.segment else "is blank"
    return CellError(found, " or ".join(ids), suggestion(row.segment, ids))


def unit_expected(entry: Parameter, company: Company) -> str:
    """The unit that an assumption is to be stated in, in words."""
    if entry.row_unit == REPORTING_M:
        return f"{company.reporting_currency or 'the code'} m, the reporting currency"
    if entry.row_unit == PER_SHARE:
        return f"{company.price_currency or 'currency'}/ADS"
    return " or ".join(_WORDS[entry.row_unit][1:])


def _unit_fault(entry: Parameter, row: Assumption, company: Company) -> CellError | None:
    if _is_unit(entry, row.unit, company):
        return None
    expected = unit_expected(entry, company)
    if not row.unit:
        return CellError(BLANK, expected, "fill it in")
    return CellError(f"{quote(row.unit)} is not the unit of {entry.key}", expected)


def _is_unit(entry: Parameter, text: str, company: Company) -> bool:
    if entry.row_unit in _WORDS:
        return text in _WORDS[entry.row_unit]
    unit = parse_unit(text)
    if entry.row_unit == REPORTING_M:
        return unit.currency == company.reporting_currency and not math.isnan(unit.millions)
    return bool(unit.currency) and unit.per_share
