"""The charts of the Growth tab: revenue, EBITA, and growth of the segments, by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.dims import SEGMENT
from reportgen.model.inputs import segment_name
from reportgen.report.figures import growth as figures
from reportgen.report.tables import span
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Legend, Look, Marker, Series
from reportgen.xlsx.places import Ref

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.places import Places
    from reportgen.report.tab import Tab

CHART_ROWS = 18
SIZE = (500, 350)
FIRST_COLS = (0, 4, 9)
MOST_SEGMENTS = 6  # more lines cannot be told apart
SHAPES = ("circle", "square", "diamond", "triangle", "x", "long_dash")
COLORS = ("accent", "hype", "up", "down", "total", "base")
QUARTERS = Axis("Fiscal quarter", label_position="low")
PERCENT = "0%"


def growth_charts(tab: Tab, context: Context, row: int) -> int:
    """Place the three charts beside each other with their source line; return that line's row."""
    drawn = _largest_segments(context)
    tab.charts += [
        lambda places: _revenue(places, context, (row, FIRST_COLS[0], 0, 0)),
        lambda places: _ebita(places, context, (row, FIRST_COLS[1], 60, 0)),
        lambda places: _segments(places, context, (row, FIRST_COLS[2], 60, 0), drawn),
    ]
    left_out = tab.size(SEGMENT) - len(drawn)
    note = "Source: company results as listed below."
    if left_out:
        note += f" The chart of segments shows the {len(drawn)} largest by newest revenue."
    tab.text(row + CHART_ROWS, 0, note, "note")
    return row + CHART_ROWS


def _largest_segments(context: Context) -> list[int]:
    """Return the indices of the segments drawn, in the order of company.yaml."""
    revenue = np.nan_to_num(context.solved.values[figures.segment_revenue][:, -1], nan=-1.0)
    largest = np.argsort(-revenue, kind="stable")[:MOST_SEGMENTS]
    return sorted(largest.tolist())


def _revenue(places: Places, context: Context, anchor: tuple[int, int, int, int]) -> Chart:
    growth = (
        _line(places, context, "on a year before", figures.drawn_revenue_yoy, "accent", "circle"),
        _line(places, context, "like for like", figures.drawn_like_for_like, "hype", "diamond"),
    )
    return _columns(
        places,
        context,
        anchor,
        figures.revenue,
        growth,
        ("Revenue and its growth", "Growth on a year"),
        "Columns of group revenue by quarter; lines of its growth on a year before, as reported "
        "and like for like.",
    )


def _ebita(places: Places, context: Context, anchor: tuple[int, int, int, int]) -> Chart:
    margin = (_line(places, context, "EBITA margin", figures.drawn_margin, "hype", "diamond"),)
    return _columns(
        places,
        context,
        anchor,
        figures.ebita,
        margin,
        ("Adjusted EBITA and its margin", "Share of revenue"),
        "Columns of the group's adjusted EBITA by quarter; a line of its share of revenue.",
    )


def _line(
    places: Places, context: Context, name: str, line: Line, color: str, shape: str
) -> Series:
    paint = chart_color(context.theme, color)
    return Series(
        name,
        span(places, figures.quarter_name),
        span(places, line),
        paint,
        marker=Marker(shape, 7, paint),  # type: ignore[arg-type] # one of the shapes above
        secondary=True,
    )


def _columns(
    places: Places,
    context: Context,
    anchor: tuple[int, int, int, int],
    amounts: Line,
    lines: tuple[Series, ...],
    titles: tuple[str, str],
    alt_text: str,
) -> Chart:
    """Return columns of an amount with lines of ratios on a second axis."""
    money = f"{context.reporting_currency} m"
    bars = Series(
        amounts.label,
        span(places, figures.quarter_name),
        span(places, amounts),
        chart_color(context.theme, "range"),
    )
    return Chart(
        "column",
        (bars,),
        titles[0],
        alt_text,
        anchor,
        SIZE,
        overlay=lines,
        x_axis=QUARTERS,
        y_axis=Axis(money, "#,##0", gridlines=True),
        y2_axis=Axis(titles[1], PERCENT),
        look=Look(font=context.theme.family),
    )


def _segments(
    places: Places, context: Context, anchor: tuple[int, int, int, int], drawn: list[int]
) -> Chart:
    names = places.lines[figures.segment_yoy]
    series = []
    for number, index in enumerate(drawn):
        paint = chart_color(context.theme, COLORS[number])
        series.append(
            Series(
                Ref.cell(names.sheet, int(names.rows[index, 0]), 0),
                span(places, figures.quarter_name),
                span(places, figures.drawn_segment_yoy, index),
                paint,
                marker=Marker(SHAPES[number], 7, paint),  # type: ignore[arg-type] # as above
            )
        )
    return Chart(
        "line",
        tuple(series),
        "Revenue growth by segment",
        "Lines of the revenue growth of each segment on a year before, by quarter.",
        anchor,
        SIZE,
        x_axis=QUARTERS,
        y_axis=Axis("Growth on a year", PERCENT, gridlines=True),
        legend=Legend("bottom"),
        look=Look(font=context.theme.family),
    )
