"""What Yahoo answers: charts, and summaries with targets of brokers and consensus.

Its charts are adjusted for splits. A summary states no end of a rolling year: earnings of the next
twelve months are those of this year and the next, weighed by the days left of this one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.facts.reading.schema import NO_REDISTRIBUTION
from reportgen.facts.units import LISTED, is_currency
from reportgen.intake.maps.map_file import Map
from reportgen.intake.maps.rows import Mapped, Row
from reportgen.intake.records import Skipped
from reportgen.periods import parse_iso_day

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from reportgen.facts.company import Company

YAHOO = "yahoo"
TERMS = "for personal use: what rests on it may not be passed on"
_TARGETS = Map(YAHOO, "targets", YAHOO, columns={"published": "epochGradeDate"})
_ESTIMATES = Map(YAHOO, "estimates", YAHOO)
_NEVER = 1e9  # a target beyond is none
_YEAR = 365
_THREE_YEARS = timedelta(days=3 * _YEAR)  # of targets: as of quarters


class Graded(NamedTuple):
    """A broker's target and when it was set; 0 where there is none."""

    day: date
    broker: str
    target: float
    rating: str


class Expected(NamedTuple):
    """What analysts expect a share to earn in a year that ends on a day."""

    end: date
    eps: float
    currency: str


@dataclass(frozen=True)
class Summary:
    """What a quoteSummary says: targets, and what is expected of this year and the next.

    `currency` is that of the quote; it and the names are "" where they are not said.
    """

    path: Path
    digest: str
    symbol: str
    currency: str
    targets: tuple[Graded, ...]
    years: Mapping[str, Expected]
    name: str = ""
    exchange: str = ""


def summary_of(path: Path, digest: str, told: Any) -> Summary:  # noqa: ANN401 - what JSON holds
    """Return what a quoteSummary says. KeyError, TypeError or ValueError for another shape."""
    result = told["result"]
    if not result:
        raise ReportgenError(f"says that there is nothing: {_error(told)}")
    (found,) = result
    price = found.get("price") or {}
    grades = (found.get("upgradeDowngradeHistory") or {}).get("history") or ()
    trend = (found.get("earningsTrend") or {}).get("trend") or ()
    years = {str(one["period"]): year for one in trend if (year := _expected(one))}
    return Summary(
        path,
        digest,
        str(price.get("symbol") or ""),
        str(price.get("currency") or ""),
        tuple(map(_graded, grades)),
        years,
        _word(price.get("longName")),
        _word(price.get("exchangeName")),
    )


def _error(told: Mapping[str, Any]) -> str:
    error = told.get("error")
    return str(error.get("description", "")) if isinstance(error, dict) else "no result"


def _graded(one: Mapping[str, Any]) -> Graded:
    day = datetime.fromtimestamp(one["epochGradeDate"], UTC).date()
    target = _number(one.get("currentPriceTarget"))
    is_one = 0 < target < _NEVER
    return Graded(day, _word(one["firm"]), target if is_one else 0.0, _word(one.get("toGrade")))


def _expected(one: Mapping[str, Any]) -> Expected | None:
    said = one.get("earningsEstimate") or {}
    eps, end = _number(said.get("avg")), parse_iso_day(str(one.get("endDate") or ""))
    if math.isnan(eps) or end is None:
        return None
    return Expected(end, eps, str(said.get("earningsCurrency") or ""))


def _number(told: Any) -> float:  # noqa: ANN401 - what JSON holds
    """Return a number, plain or in its several forms; nan for none."""
    if isinstance(told, dict):
        told = told.get("raw")
    return float(told) if isinstance(told, int | float) and not isinstance(told, bool) else math.nan


def _word(told: object) -> str:
    return " ".join(str(told or "").split())


def mapped(
    summary: Summary, company: Company, day: date, since: date | None, fetched: str
) -> Iterable[Mapped]:
    """Return what a summary gives a company, as sheets read by a map; it was known on `day`.

    `since` is the first day of targets, `fetched` when it was fetched, "" where nobody knows.
    """
    note = f"fetched {fetched}; {TERMS}" if fetched else TERMS
    rows, skipped = _targets(summary, company, day, since)
    ntm, why = _next_twelve_months(summary, day)
    for how, given, left_out in (
        (_TARGETS, rows, skipped),
        (_ESTIMATES, (ntm,) if ntm else (), (Skipped(1, why),) if why else ()),
    ):
        yield Mapped(
            summary.path, how, summary.digest, {company.ticker: given},
            {company.ticker: tuple(left_out)}, NO_REDISTRIBUTION, note,
        )  # fmt: skip


def _targets(
    summary: Summary, company: Company, day: date, since: date | None
) -> tuple[tuple[Row, ...], list[Skipped]]:
    first = since or day - _THREE_YEARS
    currency = summary.currency or company.price_currency
    within = [one for one in summary.targets if first <= one.day <= day]
    rows = tuple(
        Row(
            {
                "published": one.day.isoformat(),
                "broker": one.broker,
                "target": f"{one.target:.12g}",
                "currency": currency,
                "rating": one.rating,
            },
            day,
            one.broker,
            line=LISTED,
        )
        for one in within
        if one.target and one.broker
    )
    counts = (
        (len(summary.targets) - len(within), f"targets before {first}, or after {day}"),
        (len(within) - len(rows), "grades without a target"),
    )
    return rows, [Skipped(number, why) for number, why in counts if number]


def _next_twelve_months(summary: Summary, day: date) -> tuple[Row | None, str]:
    """Return what a share is expected to earn in the twelve months after a day, or why not."""
    this, following = summary.years.get("0y"), summary.years.get("+1y")
    if this is None or following is None:
        return None, "eps_ntm: it has no estimates of this year and the next, with their ends"
    left = (this.end - day).days
    if not 0 <= left <= _YEAR + 1:
        return None, f"eps_ntm: {day} is not within the year that ends on {this.end}"
    if this.currency != following.currency or not is_currency(this.currency):
        return None, "eps_ntm: it does not say in which currency"
    share = min(left / _YEAR, 1.0)
    value = share * this.eps + (1 - share) * following.eps
    cells = {
        "published": day.isoformat(),
        "metric": "eps_ntm",
        "value": f"{value:.6f}".rstrip("0").rstrip("."),
        "unit": f"{this.currency}/share",
    }
    return Row(cells, day, "earningsTrend", line=LISTED), ""
