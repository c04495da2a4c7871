"""A book with one chart of every kind a report needs, on figures that stress each of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reportgen.xlsx.book import (
    Axis,
    Book,
    Cell,
    Chart,
    Labels,
    Legend,
    Marker,
    Page,
    Properties,
    Series,
    Sheet,
    Style,
)
from tests.xlsx.writer.blocks import BLOCKS, FIGURES, Block

NAVY, BLUE, GREY, PALE = "1F3864", "2E75B6", "7F7F7F", "D0D7E2"
BEAR, BASE, BULL, HYPE = "A5402D", "44546A", "3B7A57", "C08A1E"
STYLES = {"date": Style("yyyy-mm-dd"), "amount": Style("0.00"), "head": Style(bold=True)}
USD = Axis("USD per ADS", "0", gridlines=True)
ROWS_A_CHART, COLUMNS_A_CHART = 18, 11


def gallery() -> Book:
    """The book: a sheet of charts and the sheet of figures they draw."""
    charts = [
        replace(draw(BLOCKS[name]), anchor=(2 + ROWS_A_CHART * row, COLUMNS_A_CHART * col, 0, 0))
        for (name, draw), (row, col) in zip(
            CHARTS.items(), (divmod(index, 2) for index in range(len(CHARTS))), strict=True
        )
    ]
    cells = tuple(cell for block in BLOCKS.values() for cell in block.cells())
    return Book(
        (
            Sheet("Charts", (Cell(0, 0, "Charts"),), charts=tuple(charts), page=Page("portrait")),
            Sheet(FIGURES, cells),
        ),
        Properties(date(2025, 11, 30), title="Gallery"),
        STYLES,
    )


def chart(kind: str, title: str, *series: Series, **changes: object) -> Chart:
    plain = Chart("line", series, title, f"{title}, drawn.", (0, 0, 0, 0), (640, 330), y_axis=USD)
    return replace(plain, kind=kind, **changes)


def fan(block: Block) -> Chart:
    price = Series(block.title(1), block.names, block.values(1), NAVY, 1.5)
    cases = [
        Series(
            block.title(col),
            block.names,
            block.values(col),
            color,
            2,
            "dash" if color in (BEAR, BULL) else "solid",
            Marker("circle", 5),
            labels=Labels("last_name", position="right", color=color, bold=True),
        )
        for col, color in enumerate((BEAR, BASE, BULL, HYPE), start=2)
    ]
    return chart(
        "line",
        "Price and value in twelve months",
        price,
        *cases,
        x_axis=Axis(number_format="mmm yy", is_date=True, major_unit=3, maximum=46_600),
        y_axis=replace(USD, minimum=60, maximum=260, major_unit=40),
        legend=Legend("bottom", hidden=(1, 2, 3, 4)),
    )


def football_field(block: Block) -> Chart:
    low, reach, price, expected = (
        Series(block.title(col), block.names, block.values(col), color, dash="dash")
        for col, color in enumerate((GREY, PALE, BEAR, NAVY), start=1)
    )
    return chart(
        "stacked_column",
        "What each method says",
        replace(low, invisible=True),
        replace(reach, border=GREY),
        overlay=(price, replace(expected, dash="solid")),
        legend=Legend("bottom", hidden=(0,)),
    )


def waterfall(block: Block) -> Chart:
    ends = (NAVY, *(None,) * (len(block.rows) - 2), NAVY)
    parts = [
        Series(block.title(col), block.names, block.values(col), color)
        for col, color in enumerate((NAVY, NAVY, BULL, BULL, BEAR, BEAR), start=1)
    ]
    parts[0], parts[1] = (replace(base, invisible=True) for base in parts[:2])
    parts[2] = replace(parts[2], point_colors=ends)
    return chart(
        "stacked_column",
        "From the bull narrative to the hype-adjusted value",
        *parts,
        x_axis=Axis(label_position="low"),
        legend=None,
        gap=35,
    )


def growth_needed(block: Block) -> Chart:
    labels = Labels("value", "0.0%", position="inside_end", color="FFFFFF")
    return chart(
        "column",
        "Growth the price needs",
        Series(block.title(1), block.names, block.values(1), BLUE, labels=labels),
        overlay=(Series(block.title(2), block.names, block.values(2), BEAR, dash="dash"),),
        x_axis=Axis(label_position="low"),
        y_axis=Axis("Growth a year", "0%", gridlines=True),
    )


def sub_scores(block: Block) -> Chart:
    texts = ("0.82", "0.64", "0.40", "0.22", "n/a")
    return chart(
        "column",
        "Where the hype sits",
        Series(
            block.title(1),
            block.names,
            block.values(1),
            HYPE,
            labels=Labels("custom", texts=texts, position="outside_end"),
            point_colors=(BEAR, None, None, BULL, PALE),
        ),
        y_axis=Axis("Score, 0 to 1", "0.0", 0, 1, major_unit=0.2, gridlines=True),
        legend=None,
    )


def quarters(block: Block) -> Chart:
    growth = Series(block.title(2), block.names, block.values(2), NAVY, secondary=True)
    return chart(
        "column",
        "Cloud by quarter",
        Series(block.title(1), block.names, block.values(1), PALE, border=GREY),
        overlay=(replace(growth, marker=Marker("circle", 6, NAVY, "FFFFFF")),),
        y_axis=Axis("CNY bn", "0", 0, gridlines=True),
        y2_axis=Axis("Growth on year", "0%"),
    )


def targets(block: Block) -> Chart:
    closes, set_targets = (
        Series(block.title(col), block.names, block.values(col), color, line=False, marker=marker)
        for col, color, marker in ((1, GREY, Marker("circle")), (2, NAVY, Marker("diamond", 8)))
    )
    return chart(
        "scatter",
        "Targets when they were set",
        closes,
        set_targets,
        x_axis=Axis(number_format="mmm yy"),
        y_axis=replace(USD, minimum=100),
    )


def segments(block: Block) -> Chart:
    cases = [
        Series(block.title(col), block.names, block.values(col), color)
        for col, color in enumerate((BEAR, BASE, BULL), start=1)
    ]
    value = Axis("USD bn", "0", label_position="high", gridlines=True)
    return chart("bar", "Segments by case", *cases, x_axis=Axis(reverse=True), y_axis=value)


def history(block: Block) -> Chart:
    price = Series(block.title(1), block.names, block.values(1), PALE, transparency=20)
    dates = Axis(number_format="mmm yy", is_date=True, major_unit=2)
    # A title that reads like a reference stays a title.
    return chart("area", "Wow!A1", price, x_axis=dates, legend=None)


CHARTS = {
    "fan": fan,
    "football field": football_field,
    "waterfall": waterfall,
    "growth needed": growth_needed,
    "sub-scores": sub_scores,
    "quarters": quarters,
    "targets": targets,
    "segments": segments,
    "history": history,
}
