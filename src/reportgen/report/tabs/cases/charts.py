"""The bridge from base to a case: a waterfall, and the helper block it draws."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from reportgen.report import axes
from reportgen.report.placement import line_ref
from reportgen.report.tabs.cases.lines import BRIDGES, bridge_total
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Look, Series

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab
    from reportgen.report.tabs.cases.lines import Bridge


BRIDGE_ROWS = 16
_PIXELS_A_ROW = 20
_WIDTH = 575  # of the columns that it stands over


def bridge_chart(
    tab: Tab, context: Context, scenario: str, place: tuple[int, int], helpers: int
) -> None:
    """Draw the bridge of a case at a cell; its helper block stands from column `helpers` on."""
    (row, col), bridge = place, BRIDGES[scenario]
    steps = bridge.steps
    columns = (
        bridge.name,
        bridge.amount,
        bridge.step,
        bridge.is_total,
        bridge.shown,
        bridge.caption,
        steps.before,
        steps.after,
        steps.blank,
        steps.total,
        steps.rise_above,
        steps.rise_below,
        steps.fall_above,
        steps.fall_below,
    )
    tab.text(row, helpers, "What the chart draws", "helper_title")
    for k, line in enumerate(columns, start=helpers):
        tab.text(row + 1, k, line.label, "helper_head")
        tab.put(line, row + 2, k, down=(bridge.bar,), look="helper")
    if isnan(float(context.solved.values[bridge_total[scenario]])):
        tab.text(row, col, "No bridge: the value of a case is n/a, for the reason above", "note")
        return
    tab.charts.append(lambda places: _chart(bridge, places, context, (row, col, 4, 2)))
    tab.text(
        row + BRIDGE_ROWS + 1,
        col,
        "Source: the table on the left; its steps on Valuation, bridges",
        "note",
    )


def _chart(
    bridge: Bridge, places: Places, context: Context, anchor: tuple[int, int, int, int]
) -> Chart:
    colors = context.theme
    start = "price" if bridge.case == "base" else "base"
    steps = bridge.steps
    foot = axes.baseline(context.solved.values[steps.after])
    names = line_ref(places, bridge.caption)
    up, down = chart_color(colors, "up"), chart_color(colors, "down")

    def series(title: str, line: object, color: str, **more: object) -> Series:
        return Series(title, names, line_ref(places, line), color, **more)  # type: ignore[arg-type]

    return Chart(
        kind="stacked_bar",  # a driver's name stands on a line of its own, no word of it broken
        series=(
            series("Room", steps.blank, "FFFFFF", invisible=True),
            series("Level", steps.total, chart_color(colors, "total")),
            series("Rise", steps.rise_above, up),
            series("Rise below zero", steps.rise_below, up),
            series("Fall", steps.fall_above, down, pattern="wide_upward_diagonal", border=down),
            series("Fall below zero", steps.fall_below, down, border=down),
        ),
        title=f"From {start} to {bridge.case}, {context.price_currency} a share{axes.says(foot)}",
        alt_text=f"Waterfall from the {start} to the {bridge.case} value, driver by driver.",
        anchor=anchor,
        size=(_WIDTH, BRIDGE_ROWS * _PIXELS_A_ROW),
        x_axis=Axis(title="Step, signed amount", label_position="low", reverse=True),
        y_axis=Axis(
            title=f"{context.price_currency} / share",
            number_format="General",
            minimum=foot,
            label_position="high",
            gridlines=True,
        ),
        legend=None,
        gap=40,
        overlap=100,
        look=Look(font=context.theme.family, text_size=8),
    )
