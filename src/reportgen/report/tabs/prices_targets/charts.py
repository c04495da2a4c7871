"""The chart of Prices & targets: closes, targets where they were published, the consensus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data
from reportgen.report import axes
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
ROOM_FOR_LABEL = 0.14  # of the days drawn, right of the last one


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
    """Return an axis from the first close, or target, to some room after as-of."""
    closes = context.case.given[market_data.close_date]
    published = context.case.given[price_targets.published]
    title = "Day of close, or of publication of the target"
    known = np.concatenate([closes, published])
    return axes.days(title, known, context.case.as_of_serial, room=ROOM_FOR_LABEL)


def _prices(context: Context, unit: str) -> Axis:
    values = context.solved.values
    return axes.prices(unit, np.concatenate([values[market_data.close], values[lines.per_share]]))
