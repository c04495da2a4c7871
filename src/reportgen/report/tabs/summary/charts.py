"""The two charts of the Summary: the risk-reward fan and the football field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report import axes
from reportgen.report.placement import line_ref
from reportgen.report.tabs.summary import ranges
from reportgen.report.theme import chart_color
from reportgen.xlsx.book import Axis, Chart, Labels, Legend, Series

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


_HEIGHT = 284
_SPARE_DAYS = 92  # the axis goes on for three months, so that the labels have room
_DASHES = {"bear": "dash", "base": "solid", "bull": "long_dash", "hype": "round_dot"}


def add(tab: Tab, context: Context, row: int) -> None:
    """Draw both charts from a row on, and say below them what they draw."""
    tab.charts.append(lambda places: _fan(places, context, row))
    tab.charts.append(lambda places: _football(places, context, row))
    tab.text(row + 16, 0, "Source: closes on Prices & targets, cases on Valuation", "note")
    tab.text(row + 16, 7, "Source: Valuation, Prices & targets, Hype-adjusted", "note")


def _fan(places: Places, context: Context, row: int) -> Chart:
    dates = line_ref(places, ranges.date)
    lines = [
        Series(
            "Price",
            dates,
            line_ref(places, ranges.drawn_price),
            chart_color(context.theme, "price"),
            1.5,
        )
    ]
    points = []
    for k, name in enumerate(ranges.ENDINGS):
        color = chart_color(context.theme, name)
        title = line_ref(places, ranges.fan_caption, k)
        lines.append(
            Series(
                title,
                dates,
                line_ref(places, ranges.series[name]),
                color,
                2.0,
                dash=_DASHES[name],  # type: ignore[arg-type]
            )
        )
        points.append(
            Series(
                title,
                dates,
                line_ref(places, ranges.labels[name]),
                color,
                line=False,
                labels=Labels("last_name", position="right", size=8, color=color, bold=True),
            )
        )
    ends = context.solved.values[ranges.end]
    last = context.case.as_of_serial + 365 + _SPARE_DAYS
    return Chart(
        kind="line",
        series=(*lines, *points),
        title=f"Risk and reward in 12 months, {context.price_currency} a share",
        alt_text="The price so far, and lines from it to the bear, base, bull and hype value.",
        anchor=(row, 0, 2, 2),
        size=(545, _HEIGHT),
        x_axis=Axis("Month", number_format="mmm yy", is_date=True, major_unit=4, maximum=last),
        # no gridlines: they would strike through the labels at the ends of the lines
        y_axis=Axis(
            title=f"{context.price_currency} / share",
            number_format="General",
            minimum=axes.zero(ends),
        ),
        legend=Legend("bottom", hidden=tuple(range(1, 1 + len(lines) - 1 + len(points)))),
    )


def _football(places: Places, context: Context, row: int) -> Chart:
    names = line_ref(places, ranges.football_caption)
    span = chart_color(context.theme, "range")
    return Chart(
        kind="stacked_column",
        series=(
            Series("Foot", names, line_ref(places, ranges.foot), "FFFFFF", invisible=True),
            Series("Low to high", names, line_ref(places, ranges.reach), span, border="7F7F7F"),
        ),
        overlay=(
            Series(
                "Price",
                names,
                line_ref(places, ranges.price_line),
                chart_color(context.theme, "price"),
                1.75,
            ),
            Series(
                "Expected value",
                names,
                line_ref(places, ranges.expected_line),
                chart_color(context.theme, "hype"),
                1.75,
                dash="dash",
            ),
        ),
        title="What each way of looking says",
        alt_text="Columns from low to high by method; lines at the price and the expected value.",
        anchor=(row, 7, 2, 2),
        size=(372, _HEIGHT),
        x_axis=Axis("Way of looking, low to high", label_position="low", rotation=0),
        y_axis=Axis(
            title=f"{context.price_currency} / share", number_format="General", gridlines=True
        ),
        legend=Legend("bottom", hidden=(0, 1)),
        gap=45,
        overlap=100,
    )
