"""The charts of Growth: revenue, EBITA, and growth of the segments, by period."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import SEGMENT
from reportgen.report import axes, optional
from reportgen.report.tables import span
from reportgen.report.tabs.growth import lines as shown
from reportgen.report.tabs.growth.lines import known_end, period_name
from reportgen.report.theme import chart_color
from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.book import Axis, Chart, Labels, Legend, Look, Marker, Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.expr.nodes import Line
    from reportgen.expr.numeric import Array
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


CHART_ROWS = 16  # each, with the gap to the next
SIZE = (690, 310)
GAP = 15
MARKERS = (  # with the colour of the theme's charts
    (Marker("circle", 7), "accent"),
    (Marker("square", 7), "hype"),
    (Marker("diamond", 7), "up"),
    (Marker("triangle", 7), "down"),
    (Marker("x", 7), "total"),
    (Marker("long_dash", 7), "base"),
)
QUARTERS = Axis("Fiscal period", label_position="low")
PERCENT = "0.0%"
Anchor = tuple[int, int, int, int]


def growth_charts(tab: Tab, context: Context, row: int, col: int) -> int:
    """Place the charts below each other with their source line; return the row after it."""
    if not np.any(context.solved.values[known_end] > 0):
        tab.text(row, col, "No charts: no results of a period are known.", "note")
        return row + 1
    values = context.solved.values
    drawn = largest_segments(values[shown.segment_revenue])
    draws: tuple[tuple[bool, Callable[[Places, Context, Anchor], Chart], tuple[Array, ...]], ...]
    draws = (
        (
            optional.reported(context, "revenue", "revenue_like_for_like"),
            _revenue,
            (values[shown.revenue], values[shown.drawn_revenue_yoy]),
        ),
        (optional.reported(context, "ebita"), _ebita, (values[shown.ebita],)),
        (
            optional.reported_by_segment(context, "revenue"),
            lambda places, context, anchor: _segments(places, context, anchor, drawn),
            tuple(values[shown.drawn_segment_yoy][drawn]),
        ),
    )
    for is_asked, draw, lines in draws:
        if is_asked:
            known = np.isfinite(np.array(lines)).any(axis=0)
            tab.charts.append(partial(_drawn, draw, context, (row, col, GAP, 0), known))
            row += CHART_ROWS
    note = "Source: company results as listed below."
    if len(drawn) < tab.size(SEGMENT):
        note += f" Segments: the {len(drawn)} largest by newest revenue."
    tab.text(row, col, note, "note")
    return row + 1


def _drawn(
    draw: Callable[[Places, Context, Anchor], Chart],
    context: Context,
    anchor: Anchor,
    known: Array,
    places: Places,
) -> Chart:
    return axes.cropped(draw(places, context, anchor), known)


def largest_segments(revenue: Array) -> list[int]:
    """Return the indices of the segments drawn, by their revenue (segment, period) of the last.

    They stand in the order of company.yaml; there is a marker for each.
    """
    largest = np.argsort(-revenue[:, -1], kind="stable")[: len(MARKERS)]  # n/a stands last
    return sorted(largest.tolist())


def _revenue(places: Places, context: Context, anchor: Anchor) -> Chart:
    circle = Marker("circle", 7, chart_color(context.theme, "accent"))
    diamond = Marker("diamond", 7, chart_color(context.theme, "hype"))
    lines = (
        _line(places, "on a year before", shown.drawn_revenue_yoy, circle),
        _line(places, "like for like", shown.drawn_like_for_like, diamond),
    )
    chart = _columns(places, context, anchor, shown.revenue, "Revenue and its growth")
    return replace(
        chart,
        overlay=lines,
        y2_axis=Axis("Growth on a year", PERCENT),
        legend=Legend("bottom", hidden=(1,)),
        alt_text="Columns of group revenue by period; lines of its growth on a year before, "
        "as reported and like for like.",
    )


def _ebita(places: Places, context: Context, anchor: Anchor) -> Chart:
    chart = _columns(places, context, anchor, shown.ebita, context.named("EBITA"))
    labels = Labels("value", "#,##0;-#,##0;", size=8)
    return replace(chart, series=(replace(chart.series[0], labels=labels), chart.series[1]))


def _line(places: Places, name: str, line: Line, marker: Marker) -> Series:
    quarters = span(places, period_name)
    return Series(name, quarters, span(places, line), marker.color, marker=marker, secondary=True)


def _columns(places: Places, context: Context, anchor: Anchor, of: Line, title: str) -> Chart:
    """Return columns of an amount by period, from zero."""
    bars = Series(
        context.named(of.label),
        span(places, period_name),
        span(places, of),
        chart_color(context.theme, "range"),
    )
    return Chart(
        "column",
        (bars, _baseline(places)),
        title,
        f"Columns of the group's {of.label} by period.",
        anchor,
        SIZE,
        x_axis=QUARTERS,
        y_axis=Axis(f"{context.reporting_currency} m", "#,##0", gridlines=True),
        legend=None,
        overlap=100,
        look=Look(font=context.theme.family),
    )


def _baseline(places: Places) -> Series:
    """Return unseen columns of zero: programs start an axis above it where they can."""
    zero = span(places, shown.baseline)
    return Series("Zero", span(places, period_name), zero, invisible=True)


def _segments(places: Places, context: Context, anchor: Anchor, drawn: list[int]) -> Chart:
    names = places.lines[shown.segment_yoy]
    series = []
    for index, (marker, color) in zip(drawn, MARKERS, strict=False):
        paint = chart_color(context.theme, color)
        series.append(
            Series(
                Ref.cell(names.sheet, int(names.rows[index, 0]), 0),
                span(places, period_name),
                span(places, shown.drawn_segment_yoy, index),
                paint,
                marker=marker._replace(color=paint),
            )
        )
    return Chart(
        "line",
        tuple(series),
        "Revenue growth by segment",
        "Lines of the revenue growth of each segment on a year before, by period.",
        anchor,
        SIZE,
        x_axis=QUARTERS,
        y_axis=Axis("Growth on a year", PERCENT, gridlines=True),
        legend=Legend("bottom"),
        look=Look(font=context.theme.family),
    )
