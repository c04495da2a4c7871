"""A company whose results a test states row by row, and nothing else that it reported."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from reportgen.model import fundamentals
from reportgen.model.dims import FUNDAMENTAL
from reportgen.periods import fiscal_period, parse_iso_day, serial
from tests.laws.altered import with_rows
from tests.model.by_hand import example

if TYPE_CHECKING:
    from tests.laws.altered import Columns, Company

NA = float("nan")
EPS = "group/eps"


class Row(NamedTuple):
    """A row of fundamentals.csv; fiscal years are those of the calendar."""

    period: str
    value: float
    yoy: float = NA
    published: str = "2025-11-01"
    series: str = EPS
    currency: str = "USD"
    source: str = ""


def day(text: str) -> float:
    """A day such as 2025-09-30 as Excel counts it."""
    return float(serial(date.fromisoformat(text)))


def ends_on(period: str) -> float:
    """The last day of a period such as FY2025-Q3, or the day of a balance."""
    if parse_iso_day(period):
        return day(period)
    found = fiscal_period(period)
    assert found is not None
    year, month = divmod(int(found.month_index) - 1, 12)
    return float(serial(date(year, month + 1, calendar.monthrange(year, month + 1)[1])))


def reporting(*rows: Row) -> Company:
    """The example with these results in place of its own."""
    periods = [fiscal_period(row.period) for row in rows]
    columns: Columns = {
        fundamentals.number: [float(number) for number, _ in enumerate(rows, start=1)],
        fundamentals.segment: [row.series.split("/")[0] for row in rows],
        fundamentals.metric: [row.series.split("/")[1] for row in rows],
        fundamentals.period: [row.period for row in rows],
        fundamentals.period_end: [ends_on(row.period) for row in rows],
        fundamentals.months: [float(of.months) for of in periods if of],
        fundamentals.month_index: [of.month_index for of in periods if of],
        fundamentals.value: [row.value for row in rows],
        fundamentals.yoy: [row.yoy for row in rows],
        fundamentals.currency: [row.currency for row in rows],
        fundamentals.published: [day(row.published) for row in rows],
        fundamentals.source: [row.source for row in rows],
    }
    return with_rows(example(), FUNDAMENTAL, len(rows), columns)
