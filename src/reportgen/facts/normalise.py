"""Rows as the method reads them: subunits made whole, money in millions, blanks filled."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from reportgen.facts.units import parse_currency, parse_unit
from reportgen.periods import fiscal_period

if TYPE_CHECKING:
    from reportgen.facts.rows import (
        Assumption,
        Claim,
        Close,
        Estimate,
        Fundamental,
        PeerMultiple,
        Product,
        Target,
    )


def whole_close(row: Close, quote_currency: str) -> Close:
    """A close quoted in pence in pounds."""
    subunits = parse_currency(quote_currency).subunits if quote_currency else 1.0
    return row if subunits == 1 else row._replace(close=row.close / subunits)


def whole_target(row: Target) -> Target:
    """A target in a whole currency."""
    code, subunits = parse_currency(row.currency)
    return row._replace(target=row.target / subunits, currency=code)


def whole_product(row: Product) -> Product:
    """A product price in a whole currency; observed when published unless it says else."""
    code, subunits = parse_currency(row.currency)
    observed = row.observed or row.published
    return row._replace(price=row.price / subunits, currency=code, observed=observed)


def whole_estimate(row: Estimate) -> Estimate:
    """An estimate in a whole currency."""
    unit = parse_unit(row.unit)
    return row._replace(value=row.value / unit.subunits, unit=unit.text, currency=unit.currency)


def whole_claim(row: Claim) -> Claim:
    """A claim in a whole currency and its own magnitude; observed when published by default."""
    unit = parse_unit(row.unit)
    return row._replace(
        value=row.value / unit.subunits,
        unit=unit.text,
        currency=unit.currency,
        observed=row.observed or row.published,
    )


def whole_peer(row: PeerMultiple) -> PeerMultiple:
    """A comparable figure with its unit in one spelling."""
    unit = parse_unit(row.unit)
    return row._replace(value=row.value / unit.subunits, unit=unit.text)


def in_millions(row: Fundamental) -> Fundamental:
    """A figure in millions of a whole currency (or of shares), with the facts of its period."""
    unit = parse_unit(row.unit)
    months, quarter_index = fiscal_period(row.period) or (0, math.nan)
    is_amount = not math.isnan(unit.millions)
    scale = (unit.millions if is_amount else 1.0) / unit.subunits
    return row._replace(
        value=row.value * scale,
        unit=f"{unit.currency} m".strip() if is_amount else unit.text,
        months=months,
        quarter_index=quarter_index,
        currency=unit.currency,
        scale=scale,
    )


def whole_assumption(row: Assumption) -> Assumption:
    """An assumption with money in millions of a whole currency, or whole money per share."""
    unit = parse_unit(row.unit)
    is_amount = bool(unit.currency) and not math.isnan(unit.millions)
    scale = (unit.millions if is_amount else 1.0) / unit.subunits
    text = f"{unit.currency} m" if is_amount else unit.text
    return row._replace(value=row.value * scale, unit=text, currency=unit.currency)
