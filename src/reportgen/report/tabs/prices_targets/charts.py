"""The chart of Prices & targets: closes, targets where they were published, the consensus."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data
from reportgen.report import axes
from reportgen.report.tables import series_span, span
from reportgen.report.tabs.prices_targets import lines
from reportgen.report.theme import chart_color
from reportgen.xlsx.addresses import Ref
from reportgen.xlsx.book import Axis, Chart, Labels, Legend, Look, Marker, Series

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.placement import Places
    from reportgen.report.tab import Tab


CHART_ROWS = 26
SIZE = (930, 505)
INDEX_SIZE, HOUSES_SIZE = (438, 245), (760, 245)
HOUSES = (  # a house is told from the next by its marker, too
    ("circle", "accent"),
    ("square", "hype"),
    ("diamond", "up"),
    ("triangle", "down"),
    ("x", "total"),
    ("star", "base"),
    ("plus", "consensus"),
    ("long_dash", "price"),
)
ROOM_FOR_LABEL = 0.14  # of the days drawn, right of the last one


def price_history(tab: Tab, context: Context, row: int, helper_col: int) -> None:
    """Place the chart, what only it reads, and its source line."""
    tab.text(row, helper_col, "Consensus line of the chart", "note")
    tab.put(lines.consensus_name, row + 1, helper_col)
    tab.put(lines.edge_day, row + 2, helper_col, down=(lines.EDGE,), look="helper")
    tab.put(lines.edge_consensus, row + 2, helper_col + 1, down=(lines.EDGE,), look="helper")
    tab.charts.append(lambda places: _chart(places, context, row))
    source = context.pack.company.prices_from
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
            series_span(places, market_data.close_date),
            series_span(places, market_data.close),
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


def against_benchmark(tab: Tab, context: Context, row: int, col: int) -> None:
    """Place the chart of the share beside its benchmark, from a common day."""
    tab.charts.append(lambda places: _indexed(places, context, (row, col, 4, 0)))


def _indexed(places: Places, context: Context, anchor: tuple[int, int, int, int]) -> Chart:
    theme, company = context.theme, context.pack.company
    share, market = chart_color(theme, "price"), chart_color(theme, "accent")
    both = (lines.close_index, lines.benchmark_index)
    values = context.solved.values
    days = np.concatenate([values[of.day] for of in both])
    levels = np.concatenate([values[of.level] for of in both])
    return Chart(
        "scatter",
        (
            Series(
                company.ticker,
                series_span(places, lines.close_index.day),
                series_span(places, lines.close_index.level),
                share,
                1.75,
            ),
            Series(
                f"{company.benchmark}",
                series_span(places, lines.benchmark_index.day),
                series_span(places, lines.benchmark_index.level),
                market,
                1.5,
                "dash",
            ),
        ),
        f"{company.ticker} against {company.benchmark}, first day 100",
        "Two lines from a common first day, which is 100: the closes of the share, and those of "
        f"its benchmark. Source: closes below; {company.benchmark_from}.",
        anchor,
        INDEX_SIZE,
        x_axis=axes.days("Day of close", days, context.case.as_of_serial, room=0.02),
        y_axis=axes.prices("Index, first day 100", levels),
        legend=Legend("bottom"),
        look=Look(font=theme.family, text_size=8),
    )


def targets_by_house(tab: Tab, context: Context, row: int, col: int) -> None:
    """Place the chart of each house's targets over time, and the source line."""
    if not np.isfinite(context.solved.values[lines.of_house]).any():
        return
    tab.charts.append(lambda places: _houses(places, context, (row, col, 4, 4)))


def _houses(places: Places, context: Context, anchor: tuple[int, int, int, int]) -> Chart:
    theme, values = context.theme, context.solved.values
    names = places.lines[lines.house_name]
    series = []
    for k, (marker, paint) in zip(range(names.cols.size), HOUSES, strict=False):
        color = chart_color(theme, paint)
        place = places.lines[lines.of_house]
        rows, cols = place.rows[:, k], place.cols[:, k]
        ref = Ref(place.sheet, int(rows.min()), int(cols[0]), int(rows.max()), int(cols[0]))
        series.append(
            Series(
                Ref.cell(names.sheet, int(names.rows[k]), int(names.cols[k])),
                span(places, lines.drawn_day),
                ref,
                color,
                1.25,
                marker=Marker(marker, 7, color),  # type: ignore[arg-type]
            )
        )
    drawn = np.isfinite(values[lines.of_house]).any(axis=1)
    days = np.where(drawn, values[lines.drawn_day], np.nan)
    unit = f"{context.price_currency} per share"
    return Chart(
        "scatter",
        tuple(series),
        "Price targets of each house over time",
        "A line for each house through its price targets, on the days they were published. "
        "Source: the table of targets below.",
        anchor,
        HOUSES_SIZE,
        x_axis=axes.days("Day of publication", days, context.case.as_of_serial, room=0.02),
        y_axis=axes.prices(unit, values[lines.of_house].ravel()),
        legend=Legend("right"),
        look=Look(font=theme.family, text_size=8),
    )
