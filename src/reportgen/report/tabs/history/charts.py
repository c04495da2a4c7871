"""The chart of History: closes, and what was said of the value on each day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.inputs import market_data
from reportgen.report import axes
from reportgen.report.tables import series_span, span
from reportgen.report.tabs.history import lines, trail
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Chart, Legend, Look, Marker, Series

if TYPE_CHECKING:
    from reportgen.expr.numeric import Array
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


CHART_ROWS = 25
SIZE = (900, 480)
ROOM_AFTER = 0.03  # of the days drawn
DAYS_BEFORE = 120  # of closes, before the first report
_NAMES = {"bull": "Bull", "expected": "Expected", "base": "Base", "bear": "Bear"}


def trail_of_values(tab: Tab, context: Context, row: int) -> None:
    """Place the chart and its source line."""
    tab.charts.append(lambda places: _chart(places, context, row))
    source = context.pack.company.prices_from
    note = f"Source: closes {source}; values in 12 months, drawn on the day they were said."
    tab.text(row + CHART_ROWS, 0, note, "note")


def _chart(places: Places, context: Context, row: int) -> Chart:
    theme = context.theme
    days = span(places, trail.day)
    closes = Series(
        "Close",
        series_span(places, market_data.close_date),
        series_span(places, market_data.close),
        chart_color(theme, "price"),
        1.25,
    )
    said = (
        Series(
            _NAMES[key],
            days,
            span(places, of),
            chart_color(theme, key),
            2.0 if key == "expected" else 1.5,
            "solid" if key == "expected" else "dash",
            marker=Marker("circle", 5, chart_color(theme, key), chart_color(theme, key)),
        )
        for key, of in trail.values.items()
    )
    values = context.solved.values
    as_of = context.case.as_of_serial
    dates = values[market_data.close_date]
    in_view = are_in_view(dates, values[lines.then])
    known = np.append(dates[in_view], values[lines.then])
    shown = np.concatenate(
        [values[market_data.close][in_view], *(values[of] for of in trail.values.values())]
    )
    return Chart(
        "scatter",
        (closes, *said),
        f"{context.pack.company.ticker}: price and the values of past reports",
        "Closes as a line, and the bear, base, bull and expected value of every past report and of "
        "this one as points on its day, joined by lines.",
        (row, 0, 0, 0),
        SIZE,
        x_axis=axes.days("Day of close, or of the report", known, as_of, room=ROOM_AFTER),
        y_axis=axes.prices(f"{context.price_currency} per share", shown),
        legend=Legend("bottom"),
        look=Look(font=theme.family),
    )


def are_in_view(dates: Array, then: Array) -> Array:
    """Return which closes the axes make room for: those since some days before the first report."""
    seen: Array = dates >= np.nanmin(then) - DAYS_BEFORE
    return seen
