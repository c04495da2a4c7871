"""What must hold of a single row, table by table."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from reportgen.errors import quote
from reportgen.facts.bounds import NOT_NEGATIVE, POSITIVE, Bounds, largest
from reportgen.facts.catalogue import CLAIMS, FIGURES, RESULTS, change_bounds, override_fault
from reportgen.facts.checks.assumption_rules import assumption_faults
from reportgen.facts.company import Company
from reportgen.facts.key_syntax import is_key, parse_key, parse_trigger
from reportgen.facts.nearest import suggestion
from reportgen.facts.problem_log import CellError
from reportgen.facts.reading.schema import FLAGS
from reportgen.facts.units import parse_unit
from reportgen.periods import fiscal_period

if TYPE_CHECKING:
    from reportgen.facts.rows import (
        Action,
        Argument,
        Claim,
        Estimate,
        Fundamental,
        Override,
        PeerMultiple,
        Product,
        Source,
        Target,
    )

GROUP = "group"
Fault = tuple[str, CellError]  # the column and what is wrong with it
_MONEY_CLAIMS = frozenset({"price", "bull_target", "market_size"})
_PURE_UNITS = frozenset({"ratio", "x"})
_MARKET_YEAR = re.compile(r".*\S \d{4}", re.ASCII)


def _outside(column: str, value: float, bounds: Bounds) -> Iterator[Fault]:
    if not bounds.holds(value):
        found = f"{value:g} is not {bounds}" if value <= largest() else f"{value:g} is too large"
        yield column, CellError(found, f"a number {bounds}")


def target_faults(row: Target, company: Company) -> Iterator[Fault]:
    """Prices and horizons are positive."""
    del company
    yield from _outside("target", row.target, FIGURES["target"])
    yield from _outside("horizon_months", row.horizon_months, POSITIVE)


def fundamental_faults(row: Fundamental, company: Company) -> Iterator[Fault]:
    """A known segment and period, a value or a growth, a count of shares that is one."""
    segments = [GROUP, *(segment.id for segment in company.segments)]
    if row.segment not in segments:
        yield (
            "segment",
            CellError(
                f"{quote(row.segment)} is not a segment of company.yaml",
                " or ".join(segments),
                suggestion(row.segment, segments),
            ),
        )
    if fiscal_period(row.period) is None:
        expected = "FY2026-Q2, FY2026-H1, FY2025 or a day (a balance)"
        yield "period", CellError(f"{quote(row.period)} is not a period", expected)
    if math.isnan(row.value) and math.isnan(row.yoy):
        yield "value", CellError("is blank, and so is yoy", "one of the two", "fill one in")
    unit = parse_unit(row.unit)
    if row.metric == "ads_diluted":
        yield from _outside("value", row.value, RESULTS[row.metric])
        if unit.currency or math.isnan(unit.millions):
            yield "unit", CellError(f"{quote(row.unit)} does not count shares", "m")
    elif not unit.currency and math.isnan(unit.millions) and unit.text not in _PURE_UNITS:
        expected = f"{company.reporting_currency} m, {company.reporting_currency}/ADS, m or ratio"
        yield "unit", CellError(f"{quote(row.unit)} is not a unit of results", expected)
    if not change_bounds(row.metric).holds(row.yoy):
        yield "yoy", CellError(f"{row.yoy:g} is below -1", "growth of revenue, not below -100%")


def estimate_faults(row: Estimate, company: Company) -> Iterator[Fault]:
    """Earnings are money per share."""
    unit = parse_unit(row.unit)
    if row.metric.startswith("eps") and not (unit.currency and unit.per_share):
        expected = f"{company.price_currency}/ADS"
        yield "unit", CellError(f"{quote(row.unit)} is not money per share", expected)


def product_faults(row: Product, company: Company) -> Iterator[Fault]:
    """Prices are positive."""
    del company
    yield from _outside("price", row.price, FIGURES["product"])


def claim_faults(row: Claim, company: Company) -> Iterator[Fault]:
    """Prices, multiples, markets are positive, probabilities are such, markets name a year."""
    if row.key in _MONEY_CLAIMS and not parse_unit(row.unit).currency:
        found = f"{quote(row.unit)} is not money"
        yield "unit", CellError(found, f"a currency such as {company.price_currency}")
    if row.key in CLAIMS:
        yield from _outside("value", row.value, CLAIMS[row.key])
    if row.key in {"market_size", "units"} and not _MARKET_YEAR.fullmatch(row.variant):
        found = f"{quote(row.variant)} does not name a market and a year"
        yield "variant", CellError(found, 'MARKET YEAR, such as "ai_glasses 2026"')


def argument_faults(row: Argument, company: Company) -> Iterator[Fault]:
    """The key and the trigger are spelt as such."""
    del company
    yield from _unreadable("assumption", row.assumption, parse_key)
    yield from _unreadable("trigger", row.trigger, parse_trigger)


def override_faults(row: Override, company: Company) -> Iterator[Fault]:
    """The key is spelt as one; there is a value, or an earlier row is revoked."""
    del company
    yield from _unreadable("key", row.key, parse_key)
    if math.isnan(row.value) and not row.revokes:
        yield "value", CellError("is blank", "a value, or in revokes the day of the row revoked")
    if row.expires is not None and row.expires < row.published:
        found = f"{row.expires} is before the row was published ({row.published})"
        yield "expires", CellError(found, "the last day on which the value stands")


def _unreadable(column: str, text: str, parse: Callable[[str], object]) -> Iterator[Fault]:
    try:
        if text:
            parse(text)
    except CellError as error:
        yield column, error


def action_faults(row: Action, company: Company) -> Iterator[Fault]:
    """Ratios are positive."""
    del company
    yield from _outside("ratio", row.ratio, POSITIVE)


def peer_faults(row: PeerMultiple, company: Company) -> Iterator[Fault]:
    """Multiples are not negative."""
    del company
    if row.unit == "x" and not NOT_NEGATIVE.holds(row.value):
        yield "value", CellError(f"{row.value:g} is below 0", "a multiple (n/a where earnings are)")


def source_faults(row: Source, company: Company) -> Iterator[Fault]:
    """Flags are known."""
    del company
    for flag in filter(None, row.flags.split(";")):
        if flag.strip() not in FLAGS:
            known = suggestion(flag, FLAGS)
            yield "flags", CellError(f"{quote(flag)} is not a flag", "; ".join(FLAGS), known)


def later_override_faults(row: Override, company: Company) -> Iterator[Fault]:
    """The bounds of the input overridden: whether the row will be in force is not known yet."""
    del company
    fault = override_fault(row.key, row.value) if is_key(row.key) else None
    if fault is not None:
        yield "value", fault


Rule = Callable[[Any, Company], Iterator[Fault]]
RULES: dict[str, Rule] = {  # each takes the record of its own table
    "targets": target_faults,
    "fundamentals": fundamental_faults,
    "estimates": estimate_faults,
    "products": product_faults,
    "claims": claim_faults,
    "assumptions": assumption_faults,
    "arguments": argument_faults,
    "overrides": override_faults,
    "actions": action_faults,
    "peers": peer_faults,
    "sources": source_faults,
}
LATER_RULES: dict[str, Rule] = {  # what is checked of known rows only where they are in force
    "overrides": later_override_faults,
}
