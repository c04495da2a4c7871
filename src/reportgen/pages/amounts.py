"""Amounts of a report as people read them: in the currencies and the decimals of its company."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.pages.figures import NA, shown, signed

if TYPE_CHECKING:
    from reportgen.values import Value

_CENTS = 2
_LARGEST = 1e12
_DECIMALS = {  # that are shown of a value in a unit
    Unit.RATIO: 3,
    Unit.CHANGE: 3,
    Unit.MULTIPLE: 2,
    Unit.PRICE_M: 1,
    Unit.REPORTING_M: 1,
    Unit.SHARES_M: 1,
    Unit.NUMBER: 4,
    Unit.YEARS: 1,
    Unit.DAYS: 0,
    Unit.SCORE: 0,
    Unit.COUNT: 0,
}


def rounded(value: float, decimals: int) -> float:
    """Return a number rounded as every spreadsheet shows it: halves away from zero."""
    if not abs(value) < _LARGEST:
        return value  # no decimals are shown of it, or it is no number
    exact = Decimal(f"{value:.15g}")
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


class Amounts(NamedTuple):
    """How amounts of one company are told: its currencies, the decimals of an amount a share."""

    price_currency: str
    reporting_currency: str
    decimals: int = _CENTS

    def told(self, value: Value, unit: Unit) -> str:
        """Return a value in its unit, n/a for none: `USD 151.36`, `+10.9%`, `20.77x`, `62 days`."""
        match value:
            case float() if not isfinite(value):
                return NA
            case float() | int() if not isinstance(value, bool):
                return self._number(float(value), unit)
        return shown(value, "")

    def _number(self, value: float, unit: Unit) -> str:
        if unit in _DECIMALS:
            value = rounded(value, _DECIMALS[unit])
        match unit:
            case Unit.PER_SHARE:
                return self._money(value, self.price_currency, self.cents(abs(value)))
            case Unit.PRICE_M | Unit.REPORTING_M:
                of_price = unit is Unit.PRICE_M
                currency = self.price_currency if of_price else self.reporting_currency
                return self._money(value, currency, f"{shown(abs(value), 'm')} m")
            case Unit.CHANGE:
                return signed(value, "ratio")
            case Unit.MULTIPLE:
                return f"{value:,.2f}x"
            case Unit.DAYS | Unit.YEARS:
                return f"{shown(value, unit.value)} {unit.value}"
            case Unit.SHARES_M:
                return f"{shown(value, unit.value)} m"
            case Unit.SCORE:
                return f"{value:.0f}"
        return shown(value, unit.value)

    def cents(self, value: Value) -> str:
        """Return money a share without its currency: `151.36`."""
        if isinstance(value, float):
            value = rounded(value, self.decimals)
        return shown(value, "money", self.decimals - _CENTS)

    def change(self, value: Value) -> str:
        """Return a change of money a share with its sign and without its currency: `-15.19`."""
        if not isinstance(value, float):
            return shown(None, "")
        return signed(rounded(value, self.decimals), "money", self.decimals - _CENTS)

    @staticmethod
    def _money(value: float, currency: str, size: str) -> str:
        is_nothing = not any(digit in "123456789" for digit in size)
        return f"{'-' if value < 0 and not is_nothing else ''}{currency} {size}"


def in_stated_unit(value: Value, unit: str) -> str:
    """Return a figure in the unit that a document states it in: `53.00 USD bn`, `-78.0%`."""
    if unit == "year" and isinstance(value, float):
        return f"{value:.0f}"
    told = shown(value, unit)
    is_told = value is None or unit in {"", "ratio", "x"} or isinstance(value, str)
    return told if is_told else f"{told} {unit}"
