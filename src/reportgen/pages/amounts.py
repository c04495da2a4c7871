"""Amounts of a report as people read them: in the currencies and the decimals of its company."""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.pages.figures import NA, shown, signed
from reportgen.values import CENTS, fixed

if TYPE_CHECKING:
    from reportgen.values import Value


class Amounts(NamedTuple):
    """How amounts of one company are told: its currencies, the decimals of an amount a share."""

    price_currency: str
    reporting_currency: str
    decimals: int = CENTS

    def told(self, value: Value, unit: Unit) -> str:
        """Return a value in its unit, n/a for none: `USD 151.36`, `+10.9%`, `20.8x`, `62 days`."""
        match value:
            case float() if not isfinite(value):
                return NA
            case float() | int() if not isinstance(value, bool):
                return self._number(float(value), unit)
        return shown(value, "")

    def _number(self, value: float, unit: Unit) -> str:
        match unit:
            case Unit.PER_SHARE:
                return self._money(value, self.price_currency, self.cents(abs(value)))
            case Unit.PRICE_M | Unit.REPORTING_M:
                of_price = unit is Unit.PRICE_M
                currency = self.price_currency if of_price else self.reporting_currency
                return self._money(value, currency, f"{shown(abs(value), 'm')} m")
            case Unit.CHANGE:
                return signed(value, "ratio")
            case Unit.DAYS | Unit.YEARS:
                return f"{shown(value, unit.value)} {unit.value}"
            case Unit.SHARES_M:
                return f"{shown(value, unit.value)} m"
            case Unit.SCORE:
                return fixed(value, 0)
        return shown(value, unit.value)

    def cents(self, value: Value) -> str:
        """Return money a share without its currency: `151.36`."""
        return shown(value, "money", cents=self.decimals)

    def change(self, value: Value) -> str:
        """Return a change of money a share with its sign and without its currency: `-15.19`."""
        if not isinstance(value, float):
            return shown(None, "")
        return signed(value, "money", cents=self.decimals)

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
