"""Prices on a day: the last close on or before it, n/a if that is too old."""

from __future__ import annotations

from typing import NamedTuple

from reportgen.expr.functions import as_of as last_before
from reportgen.expr.functions import where
from reportgen.expr.nodes import NA, Line, Node, Unit
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of
from reportgen.model.inputs.market_data import (
    benchmark_close,
    benchmark_date,
    close,
    close_date,
    estimate_date,
    estimate_value,
)
from reportgen.model.words import line, or_zero


class OnADay(NamedTuple):
    """A close on a day: the day on which it was made, and what it was, n/a if that is too old."""

    made_on: Line
    value: Node


def _fresh(dates: Line, values: Line, day: Node, key: str) -> OnADay:
    found = line(f"{key}.day", "Day of that close", Unit.DATE, last_before(dates, dates, day))
    fresh = day - found <= policy("lookup.close_days")
    return OnADay(found, where(fresh, last_before(dates, values, found), NA))


def close_of(day: Node, key: str) -> OnADay:
    """Return the close on a day, price currency per share; n/a if older than the limit.

    `key` is that of the line that shows it; the day of that close has a line of its own.
    """
    return _fresh(close_date, close, day, key)


def close_on(day: Node, key: str) -> Node:
    """Return the close on a day alone."""
    return close_of(day, key).value


def benchmark_of(day: Node, key: str) -> OnADay:
    """Return the benchmark's close on a day; n/a if older than the limit. `key` as for a close."""
    return _fresh(benchmark_date, benchmark_close, day, key)


def benchmark_on(day: Node, key: str) -> Node:
    """Return the benchmark's close on a day alone."""
    return benchmark_of(day, key).value


def estimate_on(day: Node) -> Node:
    """Return consensus EPS as known on a day, price currency; no limit of age."""
    return last_before(estimate_date, estimate_value, day)


def estimate_change(before: Line, day: Node) -> Node:
    """Return the change of consensus EPS up to a day; n/a unless it was positive before."""
    return where(before > 0, estimate_on(day) / before - 1, NA)


# of the closes, for conditions over all of them
day_of_close = line("close[{close}].day", "Day, 0 if none", Unit.DATE, or_zero(close_date))
close_of_day = line("close[{close}].known", "Close, 0 if none", Unit.PER_SHARE, or_zero(close))

price_date = line("price.date", "Close of", Unit.DATE, last_before(close_date, close_date, as_of))
price = line(
    "price",
    "Price",
    Unit.PER_SHARE,
    where(
        as_of - price_date <= policy("lookup.close_days"),
        last_before(close_date, close, price_date),
        NA,
    ),
)
