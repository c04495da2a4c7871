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
from reportgen.facts.rows import MONEY_OF_A_REPORT
from reportgen.periods import fiscal_period

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from reportgen.facts.rows import (
        Assumption,
        Claim,
        Close,
        Estimate,
        Fundamental,
        PastReport,
        PeerMultiple,
        Product,
        Target,
    )


SUBUNITS = {  # currency as quoted -> (whole currency, how many of the quoted one whole unit holds)
    "GBp": ("GBP", 100.0),
    "GBX": ("GBP", 100.0),
    "GBx": ("GBP", 100.0),
    "USc": ("USD", 100.0),
    "USX": ("USD", 100.0),
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
_MAGNITUDES = {  # as people write them -> as we do
    "k": "k", "000": "k", "'000": "k", "thousand": "k", "thousands": "k", "m": "m", "mn": "m",
    "mm": "m", "mio": "m", "million": "m", "millions": "m", "bn": "bn", "b": "bn",
    "billion": "bn", "billions": "bn", "tn": "tn", "trillion": "tn", "trillions": "tn",
}  # fmt: skip
# The one table of scales: of each magnitude how many millions one of it is
_MILLIONS = {"": 1e-6, "k": 1e-3, "m": 1.0, "bn": 1e3, "tn": 1e6}
LISTED, ORDINARY, SHARE = "listed", "ordinary", "share"
_ADS, _LISTED, _ORD, _ANY = (LISTED, "ADS"), (LISTED, "listed"), (ORDINARY, "ORD"), (SHARE, SHARE)
_SHARES = {  # as people write them -> which share that is (SHARE: not said), and as we write it
    "ads": _ADS, "adss": _ADS, "adr": (LISTED, "ADR"), "adrs": (LISTED, "ADR"),
    "gds": (LISTED, "GDS"), "gdr": (LISTED, "GDR"), "listed": _LISTED, "listed share": _LISTED,
    "listed shares": _LISTED, "ord": _ORD, "ords": _ORD, "ordinary": _ORD,
    "ordinary share": _ORD, "ordinary shares": _ORD, "share": _ANY, "shares": _ANY, "sh": _ANY,
}  # fmt: skip
SHARES = {word: share for word, (share, _) in _SHARES.items()}
RECEIPTS = ("ads", "adss", "adr", "adrs", "gds", "gdr")  # of these: listed ones, of a bank
_SHARE = "|".join(sorted(_SHARES, key=len, reverse=True))
_MONEY = re.compile(r"([A-Za-z]{3})(?: (?:in )?([A-Za-z]+|'?000))?|([A-Z]{3})([a-z]+)")
_PER_SHARE = re.compile(rf"([A-Za-z]{{3}}) ?(?:/|\bper\b) ?({_SHARE})", re.IGNORECASE)
_MAGNITUDE = "|".join(_MAGNITUDES)
_COUNT = re.compile(
    rf"(?:(?P<m>{_MAGNITUDE}) )?(?P<of>{_SHARE})|(?P<of2>{_SHARE}) (?P<m2>{_MAGNITUDE})",
    re.IGNORECASE,
)
PERCENT = frozenset({"%", "percent", "pct"})
_SYMBOLS = {
    "€": "EUR", "£": "GBP", "¥": "JPY CNY", "HK$": "HKD", "US$": "USD", "A$": "AUD", "C$": "CAD",
    "S$": "SGD", "R$": "BRL", "NT$": "TWD", "₹": "INR", "₩": "KRW", "zł": "PLN",
    "$": "USD HKD CAD AUD SGD TWD NZD MXN CLP COP ARS BRL",
}  # fmt: skip


SCALED_CLAIMS = frozenset({"market_size", "units"})  # put into millions by the method


# What a figure is, by its unit: money alone may be a price or an amount
PRICE, AMOUNT, A_SHARE, AN_ORDINARY = "money", "amount", "money a share", "money an ordinary share"
COUNT, PURE = "count", "pure number"


class Currency(NamedTuple):
    """A whole currency and how many of the quoted unit one of it holds (1, or 100 for GBp)."""

    code: str
    subunits: float


class StatedUnit(NamedTuple):
    """What a figure is measured in.

    `currency` is "" for what is not money; `subunits` as in Currency; `millions` is the factor to
    millions (nan for what has no magnitude: a ratio, money per share); `share` is the kind of
    share that money is stated per, or that is counted ("" for anything else); `text` is the unit
    in one spelling, its currency made whole.
    """

    text: str
    currency: str = ""
    subunits: float = 1.0
    millions: float = float("nan")
    share: str = ""

    @property
    def is_amount(self) -> bool:
        """Whether it has a magnitude: money in all, or a count."""
        return not math.isnan(self.millions)

    @property
    def per_share(self) -> bool:
        """Whether it is money per share."""
        return bool(self.currency and self.share)

    @property
    def kind(self) -> str:
        """What a figure in it is: one of the kinds below; "" for what the method does not know."""
        if self.per_share:
            return AN_ORDINARY if self.share == ORDINARY else A_SHARE
        if self.currency:
            return PRICE if self.text == self.currency else AMOUNT
        return COUNT if self.is_amount else PURE if self.text in {"ratio", "x"} else ""

    @property
    def in_millions(self) -> str:
        """The unit in one spelling, of an amount that of its millions."""
        return f"{self.currency} m".strip() if self.is_amount else self.text

    @property
    def scale(self) -> float:
        """The factor from a figure as stated to millions, or to whole money per share."""
        return (self.millions if self.is_amount else 1.0) / self.subunits


def is_currency(text: str) -> bool:
    """Whether a word is the code of a currency or of its subunit, as they are written: USD, GBp."""
    return text in CURRENCIES or text in SUBUNITS


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
def parse_unit(text: str) -> StatedUnit:
    """The unit a cell names; text that is no money, magnitude or share is kept as it is.

    Raises CellError for what looks like money in an unknown currency or magnitude.
    """
    text = " ".join(text.split())
    if text.lower() in _MAGNITUDES:
        magnitude = _MAGNITUDES[text.lower()]
        return StatedUnit(magnitude, millions=_MILLIONS[magnitude])
    if match := _PER_SHARE.fullmatch(text):
        currency = parse_currency(match[1])
        share, spelled = _SHARES[match[2].lower()]
        return StatedUnit(
            f"{currency.code}/{spelled}", currency.code, currency.subunits, share=share
        )
    if match := _COUNT.fullmatch(text):
        magnitude = _MAGNITUDES.get((match["m"] or match["m2"] or "").lower(), "")
        share, spelled = _SHARES[(match["of"] or match["of2"]).lower()]
        return StatedUnit(f"{magnitude} {spelled}".strip(), "", 1.0, _MILLIONS[magnitude], share)
    if match := _MONEY.fullmatch(text):
        return _money(match[1] or match[3], match[2] or match[4] or "", text)
    return StatedUnit("ratio") if text in PERCENT else StatedUnit(text)


def _money(code: str, magnitude: str, text: str) -> StatedUnit:
    if code.islower() and code.upper() not in CURRENCIES:  # a word of three letters
        return StatedUnit(text)
    if magnitude and magnitude.lower() not in _MAGNITUDES:
        raise CellError(f"{quote(text)} is not a unit", "a currency with k, m, bn or tn")
    return _whole(code, _MAGNITUDES.get(magnitude.lower(), ""))


def _whole(code: str, magnitude: str) -> StatedUnit:
    currency = parse_currency(code)
    text = f"{currency.code} {magnitude}".rstrip()
    return StatedUnit(text, currency.code, currency.subunits, _MILLIONS[magnitude])


def units_of(currency: str, adr_ratio: float) -> Iterator[str]:
    """The units that money of a whole currency may be stated in, each in one spelling.

    Of two subunits whose names differ from each other, or from the currency, in letter case alone
    one is left out: pence are GBX.
    """
    yield from (f"{currency} {magnitude}".rstrip() for magnitude in _MILLIONS)
    yield from (
        f"{currency}/{share}" for share in (("share",) if adr_ratio == 1 else ("ADS", "ORD"))
    )
    seen = {currency.casefold()}
    for name, (whole, _) in SUBUNITS.items():
        if whole == currency and name.casefold() not in seen:
            seen.add(name.casefold())
            yield name


COUNTS = tuple(filter(None, _MILLIONS))  # units that count things: k, m, bn, tn


def mark_fits(mark: str, unit: str) -> bool:
    """Whether the mark beside a number ("%", "x", "$", "USD") agrees with its unit or currency."""
    if not unit:
        return True
    if mark == "%":
        return unit in {"%", "ratio"}
    if mark == "x":
        return unit == "x"
    currency = unit[:3]
    if mark == "p":
        return SUBUNITS.get(currency, ("", 1.0))[0] == "GBP"
    if is_currency(mark) and is_currency(currency):  # pounds are not pence
        return parse_currency(mark) == parse_currency(currency)
    return currency in _SYMBOLS.get(mark, mark).split() or currency.upper() == mark.upper()


def whole_close(row: Close, quote_currency: str) -> Close:
    """A close quoted in pence in pounds."""
    subunits = parse_currency(quote_currency).subunits if quote_currency else 1.0
    return row if subunits == 1 else row._replace(close=row.close / subunits)


def whole_target(row: Target) -> Target:
    """A target in a whole currency; one on a share that is not named is on the listed one."""
    code, subunits = parse_currency(row.currency)
    line = LISTED if row.line == SHARE else row.line
    return row._replace(target=row.target / subunits, currency=code, line=line)


def per_share_divided(row: PastReport, by: float) -> PastReport:
    """A past report with every figure of money a share divided."""
    return row._replace(**{name: getattr(row, name) / by for name in MONEY_OF_A_REPORT})


def whole_past_report(row: PastReport) -> PastReport:
    """What a report said, in a whole currency."""
    code, subunits = parse_currency(row.currency)
    return per_share_divided(row, subunits)._replace(currency=code)


def whole_product(row: Product) -> Product:
    """A product price in a whole currency; observed when published unless it says else."""
    observed = row.observed or row.published
    if not row.currency:
        return row._replace(observed=observed)
    code, subunits = parse_currency(row.currency)
    return row._replace(price=row.price / subunits, currency=code, observed=observed)


class Measured(NamedTuple):
    """A figure as it is used: money and counts in millions, per listed share, in `unit`."""

    value: float
    unit: str
    currency: str
    scale: float
    is_per_listed: bool

    def told(self, row_value: float, row_unit: str, note: str) -> str:
        """The note of a row, and what the row stated where it was of another share."""
        if not self.is_per_listed:
            return note
        return "; ".join(filter(None, (note, f"stated as {row_value:.10g} {row_unit}")))


def measured(value: float, text: str, adr_ratio: float) -> Measured:
    """A figure of a listed share, of which one stands for `adr_ratio` ordinary ones."""
    unit = parse_unit(text)
    if unit.share != ORDINARY or adr_ratio == 1:
        return Measured(value * unit.scale, unit.in_millions, unit.currency, unit.scale, False)  # noqa: FBT003 - a field
    scale = unit.scale * adr_ratio if unit.per_share else unit.scale / adr_ratio
    shown = f"{unit.currency}/ADS" if unit.per_share else unit.in_millions
    return Measured(value * scale, shown, unit.currency, scale, True)  # noqa: FBT003 - a field


def whole_estimate(row: Estimate, adr_ratio: float) -> Estimate:
    """An estimate with money in millions of a whole currency, or whole money per listed share."""
    figure = measured(row.value, row.unit, adr_ratio)
    return row._replace(value=figure.value, unit=figure.unit, currency=figure.currency)


PRICE_CLAIMS = frozenset({"price", "bull_target"})
ON_ORDINARY = "ORD"  # the variant of a claim that the method multiplies up to the listed share


def whole_claim(row: Claim, adr_ratio: float) -> Claim:
    """A claim in a whole currency and its own magnitude; observed when published by default.

    Money per share is of the listed one. A price or target is in money alone, and where its
    variant says that it is one of the ordinary share, it stays so: the method multiplies it.
    """
    unit = parse_unit(row.unit)
    is_price = row.key in PRICE_CLAIMS
    if unit.share and not (is_price and row.variant.upper() == ON_ORDINARY):
        figure = measured(row.value, row.unit, adr_ratio)
        value, text = figure.value, figure.unit
    else:
        value, text = row.value / unit.subunits, unit.text
    return row._replace(
        value=value,
        unit=unit.currency if is_price else text,
        currency=unit.currency,
        observed=row.observed or row.published,
    )


def alike(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, those of one fact in one magnitude: the largest that one of them states.

    So that USD 53 bn and CNY 380,000 m can be held against each other. Facts that the method
    scales by itself are left as they are.
    """
    claims = tuple(claims)
    largest: dict[tuple[str, str], float] = {}
    for row in claims:
        unit = parse_unit(row.unit)
        if unit.is_amount:
            fact = (row.key.casefold(), row.variant.casefold())
            largest[fact] = max(unit.millions, largest.get(fact, 0.0))
    return tuple(_in_magnitude(row, largest) for row in claims)


def magnitude_of(row: Claim, claims: Iterable[Claim]) -> float:
    """How many millions one is in which the claims of a fact are stated; nan where not in any."""
    stated = (
        parse_unit(one.unit).millions
        for one in claims
        if (one.key.casefold(), one.variant.casefold())
        == (row.key.casefold(), row.variant.casefold())
    )
    return next((one for one in stated if not math.isnan(one)), math.nan)


def _in_magnitude(row: Claim, largest: Mapping[tuple[str, str], float]) -> Claim:
    unit = parse_unit(row.unit)
    millions = largest.get((row.key.casefold(), row.variant.casefold()), math.nan)
    if row.key in SCALED_CLAIMS or not unit.is_amount or unit.millions == millions:
        return row
    magnitude = next(name for name, factor in _MILLIONS.items() if factor == millions)
    text = f"{unit.currency} {magnitude}".strip()
    return row._replace(value=row.value * (unit.millions / millions), unit=text)


def whole_peer(row: PeerMultiple) -> PeerMultiple:
    """A comparable figure in its own shares: money in millions of a whole currency."""
    figure = measured(row.value, row.unit, 1.0)
    return row._replace(value=figure.value, unit=figure.unit)


def in_millions(row: Fundamental, adr_ratio: float) -> Fundamental:
    """A figure in millions of a whole currency (or of shares), with the facts of its period."""
    figure = measured(row.value, row.unit, adr_ratio)
    months, month_index = fiscal_period(row.period) or (0, math.nan)
    return row._replace(
        value=figure.value,
        unit=figure.unit,
        note=figure.told(row.value, row.unit, row.note),
        months=months,
        month_index=month_index,
        currency=figure.currency,
        scale=figure.scale,
    )


def whole_assumption(row: Assumption, adr_ratio: float) -> Assumption:
    """An assumption with money in millions of a whole currency, or whole money per listed share."""
    figure = measured(row.value, row.unit, adr_ratio)
    note = figure.told(row.value, row.unit, row.note)
    return row._replace(value=figure.value, unit=figure.unit, note=note, currency=figure.currency)
