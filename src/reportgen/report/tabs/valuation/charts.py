"""The charts of Valuation: segment values by case, growth needed against growth delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.facts.catalogue import SOTP
from reportgen.model.priced_in import g_needed
from reportgen.model.valuation import segment_value
from reportgen.report import axes, optional
from reportgen.report.tables import span
from reportgen.report.tabs.valuation.lines import (
    delivered_drawn,
    delivered_name,
    growth_caption,
    selected_caption,
    selected_segment_value,
)
from reportgen.report.tabs.valuation.rows import LABEL
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Marker, Series

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


TOP, HEIGHT = 4, 18  # the first row of the charts, and how many rows they cover
_PIXELS = 20 * HEIGHT
_RIGHT = 5  # the column where the right chart begins


def add(tab: Tab, context: Context) -> None:
    """Add the charts at the top of the tab, and below them their sources."""
    parts = optional.method(context, SOTP)
    if parts:
        tab.charts.append(lambda places: _segments(places, context))
        source = "Source: base metrics, growth and multiples on Inputs; values in the rows below"
        tab.text(TOP + HEIGHT, LABEL, source, "note")
    col = _RIGHT if parts else LABEL
    needed = np.isfinite(context.solved.values[g_needed])
    if not needed.any():
        tab.text(TOP, col, "No chart: the growth that each value needs is n/a", "note")
        return
    tab.charts.append(lambda places: axes.cropped(_growth(places, context, col), needed))
    source = "Source: solved by the ladder at the end of this tab; delivered: results below"
    tab.text(TOP + HEIGHT, col, source, "note")


def _segments(places: Places, context: Context) -> Chart:
    colors = context.theme
    bear, base, bull = (span(places, segment_value, case) for case in range(3))
    names = bear._replace(first_col=LABEL, last_col=LABEL)
    chosen = span(places, selected_segment_value)
    caption = span(places, selected_caption)
    hatched, lined = chart_color(colors, "bear"), chart_color(colors, "bull")
    return Chart(
        kind="column",
        series=(
            Series("Bear", names, bear, hatched, pattern="wide_upward_diagonal", border=hatched),
            Series("Base", names, base, chart_color(colors, "base")),
            Series("Bull", names, bull, lined, pattern="light_horizontal", border=lined),
            Series(caption, names, chosen, chart_color(colors, "total")),
        ),
        title="What each segment is worth, by case",
        alt_text="Columns for each segment: its value in the bear, base, bull and selected case.",
        anchor=(TOP, 0, 4, 0),
        size=(660, _PIXELS - 8),
        x_axis=Axis(title="Segment", label_position="low"),
        y_axis=Axis(
            title=f"Segment value, {context.reporting_currency} m",
            number_format="#,##0",
            gridlines=True,
        ),
    )


def _growth(places: Places, context: Context, col: int) -> Chart:
    colors = context.theme
    names = span(places, growth_caption)
    line = chart_color(colors, "hype")
    return Chart(
        kind="column",
        series=(
            Series(
                "Growth needed a year",
                names,
                span(places, g_needed),
                chart_color(colors, "accent"),
            ),
        ),
        overlay=(
            Series(
                span(places, delivered_name),
                names,
                span(places, delivered_drawn),
                line,
                width=2.25,
                dash="dash",
                marker=Marker("diamond", 6, line),
            ),
        ),
        title="Growth of cash flow that each value needs",
        alt_text=(
            "Columns: the yearly growth that today's price and each value need; a dashed line at "
            "the growth delivered last."
        ),
        anchor=(TOP, col, 4, 0),
        size=(660, _PIXELS - 8),
        x_axis=Axis(title="Value to justify", label_position="low"),
        y_axis=Axis(title="% a year", number_format="0%", gridlines=True),
    )
