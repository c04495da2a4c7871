"""Units and currencies as rows state them, and rows made whole by them.

GBp is a hundredth of GBP, bn is 1000 m; money of a row ends in millions of a whole currency, or
whole per share, and blanks that have a meaning are filled.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from reportgen.errors import quote
from reportgen.facts.problems import CellError
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


SUBUNITS = {  # currency as quoted -> (whole currency, how many of the quoted one whole unit holds)
    "GBp": ("GBP", 100.0),
    "GBX": ("GBP", 100.0),
    "GBx": ("GBP", 100.0),
    "ILA": ("ILS", 100.0),
    "ILa": ("ILS", 100.0),
    "ZAc": ("ZAR", 100.0),
    "ZAC": ("ZAR", 100.0),
}
_CODES = """
AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD
CAD CDF CHF CLP CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD
KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO
NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS
SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VED VES VND VUV WST
XAF XCD XOF XPF YER ZAR ZMW ZWG
"""
CURRENCIES = frozenset(_CODES.split())
EXPECTED_CURRENCY = "an ISO 4217 code such as USD, or a subunit such as GBp"
_MILLIONS = {
    "k": 1e-3, "thousand": 1e-3, "m": 1.0, "mn": 1.0, "mm": 1.0, "million": 1.0,
    "bn": 1e3, "b": 1e3, "billion": 1e3, "tn": 1e6, "trillion": 1e6,
}  # fmt: skip
_MONEY = re.compile(r"([A-Za-z]{3})(?: ([a-z]+))?|([A-Z]{3})([a-z]+)")
_PER_SHARE = re.compile(r"([A-Za-z]{3}) ?/ ?(ADS|ADR|share|ORD)", re.IGNORECASE)
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "¥": "JPY CNY", "HK$": "HKD", "US$": "USD", "A$": "AUD", "C$": "CAD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "₹": "INR", "₩": "KRW", "zł": "PLN", "p": "GBP",
    "$": "USD HKD CAD AUD SGD TWD NZD MXN CLP COP ARS BRL",
}  # fmt: skip


class Currency(NamedTuple):
    """A whole currency and how many of the quoted unit one of it holds (1, or 100 for GBp)."""

    code: str
    subunits: float


class Unit(NamedTuple):
    """What a figure is measured in.

    `currency` is "" for what is not money; `subunits` as in Currency; `millions` is the factor to
    millions (nan for what has no magnitude: a ratio, money per share); `text` is the unit as
    written, its currency made whole.
    """

    text: str
    currency: str = ""
    subunits: float = 1.0
    millions: float = float("nan")
    per_share: bool = False


@lru_cache(maxsize=512)
def parse_currency(text: str) -> Currency:
    """The currency a cell names; raises CellError if it names none."""
    if text in SUBUNITS:
        return Currency(*SUBUNITS[text])
    code = text.upper() if text.islower() else text
    if code in CURRENCIES:
        return Currency(code, 1.0)
    raise CellError(f"{quote(text)} is not a currency", EXPECTED_CURRENCY)


@lru_cache(maxsize=512)
def parse_unit(text: str) -> Unit:
    """The unit a cell names; text that is no money, magnitude or share is kept as it is.

    Raises CellError for what looks like money in an unknown currency or magnitude.
    """
    if text in _MILLIONS:
        return Unit(text, millions=_MILLIONS[text])
    if match := _PER_SHARE.fullmatch(text):
        currency = parse_currency(match[1])
        per = match[2] if match[2].islower() else match[2].upper()
        return Unit(f"{currency.code}/{per}", currency.code, currency.subunits, per_share=True)
    if match := _MONEY.fullmatch(text):
        return _money(match[1] or match[3], match[2] or match[4] or "", text)
    return Unit("ratio") if text == "%" else Unit(text)


def _money(code: str, magnitude: str, text: str) -> Unit:
    if code.islower() and not magnitude:  # a word of three letters, unless it is a currency
        return Unit(text) if code.upper() not in CURRENCIES else _whole(code, "", 1e-6)
    if magnitude and magnitude not in _MILLIONS:
        raise CellError(f"{quote(text)} is not a unit", "a currency with k, m, bn or tn")
    return _whole(code, magnitude, _MILLIONS.get(magnitude, 1e-6))


def _whole(code: str, magnitude: str, millions: float) -> Unit:
    currency = parse_currency(code)
    return Unit(f"{currency.code} {magnitude}".rstrip(), currency.code, currency.subunits, millions)


def mark_fits(mark: str, unit: str) -> bool:
    """Whether the mark beside a number ("%", "x", "$", "USD") agrees with its unit or currency."""
    if not unit:
        return True
    if mark == "%":
        return unit in {"%", "ratio"}
    if mark == "x":
        return unit == "x"
    currency = unit[:3]
    return currency in _SYMBOLS.get(mark, mark).split() or currency.upper() == mark.upper()


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
