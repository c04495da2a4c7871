"""The waterfall and the sorted sub-scores, and the cells that only they read."""

from __future__ import annotations

from math import isnan
from typing import TYPE_CHECKING

from reportgen.model.hype.adjusted_value import start
from reportgen.report import axes
from reportgen.report.tables import span
from reportgen.report.tabs.hype_adjusted import bars as waterfall_bars
from reportgen.report.tabs.hype_adjusted import lines
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Legend, Look, Series

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


ROW_PIXELS = 20
WATERFALL_WIDTH, SCORES_WIDTH = 615, 710
SCORES_COL = 8
# The parts of a bar that are drawn, and the colour of each by what it stands for.
PARTS = (
    ("Level", waterfall_bars.bar_total, "total"),
    ("Rise", waterfall_bars.bar_rise_above, "up"),
    ("Rise below zero", waterfall_bars.bar_rise_below, "up"),
    ("Deduction", waterfall_bars.bar_fall_above, "down"),
    ("Deduction below zero", waterfall_bars.bar_fall_below, "down"),
)
_LEVEL, _DEDUCTION = 1, 4
HIDDEN = tuple(at for at in range(1 + len(PARTS)) if at not in {_LEVEL, _DEDUCTION})


def waterfall(tab: Tab, context: Context, row: int, rows: int) -> None:
    """Place the waterfall and its source line."""
    if isnan(float(context.solved.values[start])):
        tab.text(row + 1, 0, "No waterfall: no target and no bull narrative is known", "note")
        return
    tab.charts.append(lambda places: _waterfall(places, context, row, rows))
    tab.text(row + rows, 0, "Source: targets and components below; all amounts are live.", "note")


def _waterfall(places: Places, context: Context, row: int, rows: int) -> Chart:
    values = context.solved.values
    foot = axes.baseline(values[waterfall_bars.bar_after])
    figures = axes.money(float(values[start]))
    names = span(places, waterfall_bars.bar_label)
    blank = Series("Empty", names, span(places, waterfall_bars.bar_blank), invisible=True)
    bars = [
        Series(name, names, span(places, line), chart_color(context.theme, meaning))
        for name, line, meaning in PARTS
    ]
    return Chart(
        "stacked_column",
        (blank, *bars),
        f"From bull narrative and consensus to the hype-adjusted value{axes.says(foot)}",
        "A waterfall: the bull narrative or the consensus, less the narrative gap, the components "
        "of hype and an allowance, gives the hype-adjusted value; each step's amount stands in its "
        "label.",
        (row, 0, 4, 2),
        (WATERFALL_WIDTH, rows * ROW_PIXELS - 4),
        x_axis=Axis(f"Step, {context.price_currency} per share", rotation=0, label_position="low"),
        y_axis=Axis(f"{context.price_currency} per share", figures, minimum=foot, gridlines=True),
        legend=Legend("top", hidden=HIDDEN),
        gap=35,
        overlap=100,
        look=Look(font=context.theme.family, text_size=8),
    )


def sub_scores_chart(tab: Tab, context: Context, row: int, rows: int) -> None:
    """Place the chart of the sub-scores, the highest first, and its source line."""
    tab.charts.append(lambda places: _sub_scores(places, context, row, rows))
    note = "Source: the sub-scores on the left, sorted at the end of this tab."
    tab.text(row + rows, SCORES_COL, note, "note")


def _sub_scores(places: Places, context: Context, row: int, rows: int) -> Chart:
    names = span(places, lines.place_label)
    grey = chart_color(context.theme, "base")
    return Chart(
        "stacked_column",
        (
            Series(
                "Sub-score",
                names,
                span(places, lines.place_score),
                chart_color(context.theme, "hype"),
            ),
            Series(
                "n/a: could be anything",
                names,
                span(places, lines.place_unknown),
                grey,
                pattern="wide_upward_diagonal",
            ),
        ),
        "Hype by sub-score, the highest first",
        "Columns of the sub-scores of hype from 0 to 100, the highest first; those that are n/a "
        "stand last, hatched in grey.",
        (row, SCORES_COL, 4, 12),
        (SCORES_WIDTH, rows * ROW_PIXELS - 14),
        x_axis=Axis("Sub-score", label_position="low"),
        y_axis=Axis("0 no hype, 100 full", "0", minimum=0, maximum=100, gridlines=True),
        legend=Legend("top"),
        gap=45,
        overlap=100,
        look=Look(font=context.theme.family),
    )
