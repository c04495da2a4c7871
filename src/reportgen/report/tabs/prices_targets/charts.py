"""The chart of Prices & targets: closes, targets where they were published, the consensus."""

from __future__ import annotations

from math import floor, log10
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data
from reportgen.periods import from_serial, serial
from reportgen.report.tables import span
from reportgen.report.tabs.prices_targets import lines
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Labels, Legend, Look, Marker, Series

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


CHART_ROWS = 22
SIZE = (930, 430)
MONTHS_A_TICK = (1, 2, 3, 6, 12, 24)
MOST_TICKS = 11
DAYS_A_MONTH = 365.25 / 12
MIDDLE_OF_MONTH = 15  # ticks of equal length stay inside the month that they are labelled with
ROOM_FOR_LABEL = 0.14  # of the days drawn, right of the last one
FEW = 20.0  # a price below this is read in cents
TICKS = 6
ROOM_BELOW = 0.6  # of the lowest value: a lower target typed later is still drawn


def price_history(tab: Tab, context: Context, row: int, helper_col: int) -> None:
    """Place the chart, what only it reads, and its source line."""
    tab.text(row, helper_col, "Consensus line of the chart", "note")
    tab.put(lines.consensus_name, row + 1, helper_col)
    tab.put(lines.edge_day, row + 2, helper_col, down=(lines.EDGE,), look="helper")
    tab.put(lines.edge_consensus, row + 2, helper_col + 1, down=(lines.EDGE,), look="helper")
    tab.charts.append(lambda places: _chart(places, context, row))
    company = context.pack.company
    source = company.price_source or company.exchange
    note = f"Source: closes {source}; targets as listed below, per listed share over 12 months."
    tab.text(row + CHART_ROWS, 0, note, "note")


def _chart(places: Places, context: Context, row: int) -> Chart:
    unit = f"{context.price_currency} per share"
    theme = context.theme
    days = span(places, lines.drawn_day)
    in_use, other = chart_color(theme, "consensus"), chart_color(theme, "muted")
    series = (
        Series(
            "Close",
            span(places, market_data.close_date),
            span(places, market_data.close),
            chart_color(theme, "price"),
            1.5,
        ),
        Series(
            "Targets in use",
            days,
            span(places, lines.drawn_in_use),
            in_use,
            line=False,
            marker=Marker("diamond", 9, chart_color(theme, "expected"), in_use),
        ),
        Series(
            "Superseded or too old",
            days,
            span(places, lines.drawn_other),
            other,
            line=False,
            marker=Marker("circle", 7, chart_color(theme, "base"), other),
        ),
        Series(
            span(places, lines.consensus_name),
            span(places, lines.edge_day),
            span(places, lines.edge_consensus),
            in_use,
            1.5,
            "dash",
            labels=Labels("last_name", position="right", color=in_use, bold=True),
        ),
    )
    return Chart(
        "scatter",
        series,
        f"{context.pack.company.ticker}: closes and price targets",
        "Closes as a line, price targets as points on the day each was published, "
        "and the consensus as a dashed line over the last twelve months.",
        (row, 0, 0, 0),
        SIZE,
        x_axis=_days(context),
        y_axis=_prices(context, unit),
        legend=Legend("bottom", hidden=(3,)),
        look=Look(font=theme.family),
    )


def _days(context: Context) -> Axis:
    """Return an axis from the first close to some room after as-of, ticks in whole months."""
    closes = context.case.given[market_data.close_date]
    published = context.case.given[price_targets.published]
    known = np.concatenate([closes, published])
    as_of = context.case.as_of_serial
    first = float(np.nanmin(known)) if np.isfinite(known).any() else as_of - 365
    span_of_days = max(as_of - first, 30.0)
    months = span_of_days * (1 + ROOM_FOR_LABEL) / DAYS_A_MONTH
    step = next((n for n in MONTHS_A_TICK if months / n <= MOST_TICKS), MONTHS_A_TICK[-1])
    return Axis(
        "Day of close, or of publication of the target",
        "yyyy-mm",
        minimum=_middle_of_month(first),
        maximum=round(as_of + ROOM_FOR_LABEL * span_of_days),
        major_unit=step * DAYS_A_MONTH,
    )


def _middle_of_month(day: float) -> int:
    """Return the last middle of a month on or before a day."""
    month = from_serial(day).replace(day=1)
    if day < serial(month.replace(day=MIDDLE_OF_MONTH)):
        month = from_serial(serial(month) - 1)
    return serial(month.replace(day=MIDDLE_OF_MONTH))


def _prices(context: Context, unit: str) -> Axis:
    """Return an axis that starts well below everything drawn, at a round number."""
    values = context.solved.values
    drawn = np.concatenate([values[market_data.close], values[lines.per_share]])
    known = drawn[np.isfinite(drawn) & (drawn > 0)]
    if not known.size:
        return Axis(unit, "#,##0", gridlines=True)
    low, high = ROOM_BELOW * float(known.min()), float(known.max())
    step = _round_step((high - low) / TICKS)
    decimals = "#,##0.00" if high < FEW else "#,##0"
    foot = floor(low / step) * step
    return Axis(unit, decimals, minimum=foot, major_unit=step, gridlines=True)


def _round_step(least: float) -> float:
    """Return the next step of 1, 2 or 5 times a power of ten, so that ticks are round numbers."""
    power = 10.0 ** floor(log10(least))
    return next(digit * power for digit in (1.0, 2.0, 5.0, 10.0) if digit * power >= least)
