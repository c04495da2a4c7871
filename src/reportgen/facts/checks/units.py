"""Which unit a figure is due in: one that is stated is used or refused, never passed over."""

from __future__ import annotations

import re
from enum import Enum
from typing import TYPE_CHECKING

from reportgen.errors import quote
from reportgen.facts.problems import CellError
from reportgen.facts.units import (
    PRICE_CLAIMS,
    SHARE,
    SHARES,
    parse_unit,
)

if TYPE_CHECKING:
    from reportgen.facts.company import Company
    from reportgen.facts.rows import Claim
    from reportgen.facts.units import StatedUnit


class Due(Enum):
    """What a figure has to be for the method to read it."""

    MONEY = "money"
    PER_SHARE = "money per share"
    SHARES = "a count of shares"
    ANYTHING = "any unit of results"


# Metrics of which the method takes amounts of money
MONEY_METRICS = frozenset(
    ["revenue", "revenue_like_for_like", "ebita", "ebitda", "free_cash_flow", "net_cash",
     "investments", "book_value"]
)  # fmt: skip
SHARE_COUNT = "shares_diluted"
_PER_SHARE = re.compile(r"(?:eps|dps)(?:_.*)?|.*_per_share(?:_.*)?")
_CHANGE = re.compile(r".*_(?:growth|yoy|change|cagr|surprise|revisions?|analysts|count)")
_PERIOD = re.compile(r"_(?:ntm|ttm|ltm|12m|(?:fy|cy)?\d{2,4}e?|(?:fy\d{2,4}_)?[qh][1-4])$")
_MULTIPLE = re.compile(r"(?:pe|pb|p_[a-z]+|ev_[a-z]+)(?:_.*)?")
_CLAIMS_DUE_IN = {
    "pe": ("x", "ratio"),
    "outperform_probability_3m": ("ratio",),
    "day_return": ("ratio",),
}
_PURE_UNITS = frozenset({"ratio", "x"})


def result_is_due_in(metric: str, company: Company) -> Due:
    """What a reported figure has to be: of a segment's own metric an amount of money."""
    own = {segment.metric for segment in company.segments}
    return Due.MONEY if metric in own else _due(metric)


def estimate_is_due_in(metric: str) -> Due:
    """What an estimate has to be, whatever period its metric names."""
    return _due(_PERIOD.sub("", metric))


def _due(metric: str) -> Due:
    if metric == SHARE_COUNT:
        return Due.SHARES
    if metric in MONEY_METRICS:
        return Due.MONEY
    if _PER_SHARE.fullmatch(metric) and not _CHANGE.fullmatch(metric):
        return Due.PER_SHARE
    return Due.ANYTHING


def unit_fault(text: str, due: Due, company: Company) -> CellError | None:
    """Why a figure that is due in something cannot be stated in a unit; None if it can."""
    unit, currency = parse_unit(text), company.reporting_currency
    if not (unit.currency or unit.is_amount or unit.text in _PURE_UNITS):
        expected = f"{currency} m, {money_a_share(currency, company)}, m or ratio"
        return CellError(f"{quote(text)} is not a unit of results", expected)
    if due is Due.MONEY and not (unit.currency and unit.is_amount):
        return CellError(f"{quote(text)} is not an amount of money", f"{currency} m")
    if due is Due.PER_SHARE and not unit.per_share:
        found = f"{quote(text)} is not money per share"
        return CellError(found, money_a_share(currency, company))
    if due is Due.SHARES and not _counts(unit):
        return CellError(f"{quote(text)} does not count shares", "m" + _of_either("m ", company))
    return unknown_share(text, company)


def unknown_share(text: str, company: Company) -> CellError | None:
    """What is wrong with a unit of "a share" where there are two kinds; None if nothing is."""
    unit = parse_unit(text)
    if unit.share != SHARE or company.adr_ratio == 1:
        return None
    found = f"{quote(text)} does not say which share: {two_shares(company)}"
    start = f"{unit.currency}/" if unit.currency else unit.text.removesuffix(SHARE)
    return CellError(found, f"{start}ADS or {start}ORD")


def two_shares(company: Company) -> str:
    """`one ADS stands for 8 ordinary shares`."""
    return f"one ADS stands for {company.adr_ratio:g} ordinary shares"


def money_a_share(currency: str, company: Company) -> str:
    """The units of money per share that a company's figures may be stated in, in words."""
    if company.adr_ratio == 1:
        return f"{currency}/share"
    return f"{currency}/ADS or {currency}/ORD"


def _of_either(start: str, company: Company) -> str:
    return "" if company.adr_ratio == 1 else f", {start}ADS or {start}ORD"


def _counts(unit: StatedUnit) -> bool:
    return unit.is_amount and not unit.currency


def claim_unit_fault(row: Claim, company: Company) -> CellError | None:
    """Why a claim cannot be stated in its unit; None if it can."""
    unit, currency = parse_unit(row.unit), company.price_currency
    if row.key in PRICE_CLAIMS:
        return _price_fault(row, unit, company)
    if row.key == "market_size" and not (unit.currency and unit.is_amount):
        return CellError(f"{quote(row.unit)} is not money", f"an amount such as {currency} bn")
    if row.key == "units" and not (_counts(unit) and not unit.share):
        return CellError(f"{quote(row.unit)} does not count units", "k, m or bn")
    due = _CLAIMS_DUE_IN.get(row.key)
    if due and unit.text not in due:
        return CellError(f"{quote(row.unit)} is not the unit of {row.key}", due[0])
    return unknown_share(row.unit, company)


def multiple_fault(metric: str, text: str) -> CellError | None:
    """Why a multiple of another company cannot be stated in a unit; None if it can."""
    if not _MULTIPLE.fullmatch(metric) or parse_unit(text).text in _PURE_UNITS:
        return None
    return CellError(f"{quote(text)} is not the unit of a multiple", "x")


def _price_fault(row: Claim, unit: StatedUnit, company: Company) -> CellError | None:
    """A price is money, of the share that its variant names."""
    if unit.text not in (unit.currency, f"{unit.currency}/{unit.text.partition('/')[2]}"):
        fact = "is an amount of money, not a price" if unit.currency else "is not money"
        expected = f"a currency such as {company.price_currency}"
        return CellError(f"{quote(row.unit)} {fact}", expected)
    named = SHARES.get(row.variant.lower(), SHARE)
    if SHARE not in (named, unit.share or SHARE) and named != unit.share:
        found = f"{quote(row.unit)} is not the share of the variant {quote(row.variant)}"
        return CellError(found, unit.currency, "make the two agree")
    return unknown_share(row.unit, company) if named == SHARE else None
