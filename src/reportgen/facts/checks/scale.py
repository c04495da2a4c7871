"""Whether money a share is in the unit of the closes: targets, and prices that documents state.

One target at four times the close is an opinion, all of them are another unit: closes that were
adjusted for a split nobody wrote down, a ratio turned round, pounds taken for pence.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import timedelta
from statistics import median, median_high, median_low
from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.units import ON_ORDINARY, ORDINARY, parse_currency

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from reportgen.facts.company import Company
    from reportgen.facts.problems import ProblemLog
    from reportgen.facts.rows import Close, PackRows

OLDEST_CLOSE = timedelta(days=31)  # before the day of a figure: scale needs no better
TARGETS_OFF, PRICES_OFF = 2.0, 1.4  # most targets, or prices, stay within it
ALIKE_OFF, ALIKE = (
    1.08,
    1.02,
)  # prices that agree with each other tell of less, an 11:10 bonus issue
_HUNDRED = (50.0, 200.0)  # a subunit taken for the whole currency, or the other way round


class _Compared(NamedTuple):
    """A figure a share as a multiple of the close of its day, and the line it stands on."""

    ratio: float
    line_no: int


class _Yardstick(NamedTuple):
    """The closes, and the rates (units per euro) that bring money into their currency."""

    closes: Sequence[Close]
    rates: Mapping[str, float]
    currency: str

    def compare(self, money: float, currency: str, day: date, line_no: int) -> Iterator[_Compared]:
        """Yield money a listed share against the close of the day, if both are known."""
        if currency != self.currency:
            if not {currency, self.currency} <= self.rates.keys():
                return
            money *= self.rates[self.currency] / self.rates[currency]
        place = bisect_right(self.closes, day, key=lambda row: row.date)
        if place and day - self.closes[place - 1].date <= OLDEST_CLOSE:
            yield _Compared(money / self.closes[place - 1].close, line_no)


def warn_of_scale(rows: PackRows, company: Company, logs: Mapping[str, ProblemLog]) -> None:
    """Log, once a table, that targets or stated prices stand at a multiple of the closes."""
    rates = {rate.currency: rate.per_eur for rate in rows.fx if rate.per_eur > 0}
    yardstick = _Yardstick(rows.prices, rates, company.price_currency)
    targets = [*_targets(rows, company, yardstick)]
    prices = [*_prices(rows, company, yardstick)]
    if targets and _is_off(targets, TARGETS_OFF):
        _tell(targets, "target", company, logs["targets"])
    if prices and (_is_off(prices, PRICES_OFF) or _are_alike_off(prices)):
        _tell(prices, "price", company, logs["claims"])


def _targets(rows: PackRows, company: Company, yardstick: _Yardstick) -> Iterator[_Compared]:
    for row in rows.targets:
        to_listed = company.adr_ratio if row.line == ORDINARY else 1.0
        money = row.target * to_listed
        yield from yardstick.compare(money, row.currency, row.published, row.line_no)


def _prices(rows: PackRows, company: Company, yardstick: _Yardstick) -> Iterator[_Compared]:
    for row in rows.claims:
        if row.key == "price" and row.qualifier in {"=", "~"}:
            to_listed = company.adr_ratio if row.variant.upper() == ON_ORDINARY else 1.0
            day = row.observed or row.published
            yield from yardstick.compare(row.value * to_listed, row.currency, day, row.line_no)


def _middle(compared: Sequence[_Compared]) -> float:
    return median(one.ratio for one in compared)


def _is_off(compared: Sequence[_Compared], limit: float) -> bool:
    """Whether more than half of the figures are off by more than the limit, to one side."""
    ratios = [one.ratio for one in compared]
    return median_low(ratios) >= limit or median_high(ratios) <= 1 / limit


def _are_alike_off(compared: Sequence[_Compared]) -> bool:
    """Whether prices that differ are off by one factor: copies of one price prove nothing."""
    ratios = sorted({one.ratio for one in compared})
    agree = len(ratios) > 1 and ratios[-1] / ratios[0] <= ALIKE
    return agree and (ratios[0] >= ALIKE_OFF or ratios[-1] <= 1 / ALIKE_OFF)


def _tell(compared: Sequence[_Compared], what: str, company: Company, log: ProblemLog) -> None:
    middle, number = _middle(compared), len(compared)
    many = f"the {number} {what}s known stand" if number > 1 else f"the {what} stands"
    times = f"{middle:.3g} times" if middle > 1 else f"1/{1 / middle:.3g} of"
    log.caution(
        min(one.line_no for one in compared),
        "target" if what == "target" else "value",
        f"{many} at about {times} the close of the day",
        "figures in the unit of prices.csv",
        _remedy(middle, company),
    )


def _remedy(middle: float, company: Company) -> str:
    whole, subunits = parse_currency(company.quote_currency or company.price_currency)
    if not _HUNDRED[0] < max(middle, 1 / middle) < _HUNDRED[1]:
        return "state the split that the closes are adjusted for in actions.csv, or mend its ratio"
    if subunits > 1 and middle > 1:
        return f"if the closes are in {whole}, write price_currency: {whole}"
    return "one of the two may be in hundredths of the currency, such as GBp"
