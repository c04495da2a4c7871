"""The chart of Competitors: a column a product, ours told from theirs, with earlier prices."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import OFFER
from reportgen.report import axes
from reportgen.report.tables import span
from reportgen.report.tabs.competitors import lines
from reportgen.report.tabs.competitors.lines import drawn_previous
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Labels, Legend, Look, Marker, Series

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


CHART_ROWS = 21
SIZE = (900, 410)
FEW = 6  # names of more products do not fit side by side
HIDE_ZERO = "#,##0;-#,##0;"


def price_columns(tab: Tab, context: Context, row: int) -> None:
    """Place the chart and its source line."""
    tab.charts.append(lambda places: _chart(places, context, row))
    note = "Source: product prices as listed below, at the as-of rate; taxes as each seller states."
    tab.text(row + CHART_ROWS, 0, note, "note")


def rotation_of_names(count: int) -> int:
    """Return the degrees by which the names of so many products are turned."""
    return -45 if count > FEW else 0


def _chart(places: Places, context: Context, row: int) -> Chart:
    theme = context.theme
    muted = chart_color(theme, "base")
    values = context.solved.values
    prices = np.concatenate([values[of] for of in (lines.own_price, lines.other_price)])
    end = axes.cut(prices)
    return Chart(
        "stacked_column",
        (
            _columns(places, "Own products", lines.own_price, chart_color(theme, "total")),
            _columns(places, "Competitors", lines.other_price, chart_color(theme, "range")),
        ),
        f"Product prices, {context.price_currency}{'' if end is None else f'; cut at {end:,.10g}'}",
        "A column for the price of each product, our own dark, competitors' light; diamonds for "
        "the previous price; a dashed line at the reference product.",
        (row, 0, 0, 0),
        SIZE,
        overlay=(
            Series(
                "Reference product",
                span(places, lines.name),
                span(places, lines.drawn_reference),
                chart_color(theme, "hype"),
                1.5,
                "dash",
            ),
            Series(
                "Previous price",
                span(places, lines.name),
                span(places, drawn_previous),
                muted,
                line=False,
                marker=Marker("diamond", 8, muted),
            ),
        ),
        x_axis=Axis("Product", rotation=rotation_of_names(len(places.members[OFFER]))),
        y_axis=Axis(context.price_currency, "#,##0", minimum=0, maximum=end, gridlines=True),
        legend=Legend("bottom"),
        look=Look(font=theme.family),
    )


def _columns(places: Places, name: str, prices: Line, color: str) -> Series:
    light = name == "Competitors"
    return Series(
        name,
        span(places, lines.name),
        span(places, prices),
        color,
        labels=Labels(
            "value", HIDE_ZERO, position="inside_base", color="262626" if light else "FFFFFF"
        ),
    )
