"""Charts as plain data, in the kinds that look the same in Excel and LibreOffice.

Rows and columns count from 0. Sizes and offsets are pixels, font sizes and line widths points,
colours six hexadecimal digits. Any text may instead be a `Ref` to a cell, and is then live.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reportgen.xlsx.places import Ref


class Marker(NamedTuple):
    """The points of a line; an empty `fill` takes the colour of the outline."""

    kind: Literal["circle", "square", "diamond", "triangle", "short_dash", "long_dash", "x"]
    size: int = 6
    color: str = ""
    fill: str = ""


@dataclass(frozen=True, slots=True)
class Labels:
    """What is written at the points of a series.

    value: every point's number in `number_format`. last_name: the series' name at its last
    point only (live where the name is a Ref). custom: `texts`, one per point, None for no label.
    """

    kind: Literal["value", "last_name", "custom"]
    number_format: str = ""
    texts: tuple[str | None, ...] = ()
    position: Literal[
        "", "above", "below", "left", "right", "center", "inside_end", "inside_base", "outside_end"
    ] = ""
    size: float = 9
    color: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """One row or column of values against its categories.

    `color` is the line of a line or scatter series and the fill of the others; `point_colors`
    overrides it point by point (None keeps it). `pattern` hatches a fill, so that it can be told
    without colour. `transparency` in percent. An invisible series takes its room undrawn.
    """

    name: str | Ref
    categories: Ref | None
    values: Ref
    color: str = "1F3864"
    width: float = 1.75
    dash: Literal["solid", "round_dot", "square_dot", "dash", "long_dash", "dash_dot"] = "solid"
    marker: Marker | None = None
    line: bool = True
    pattern: Literal["", "wide_upward_diagonal", "light_horizontal", "percent_20"] = ""
    border: str = ""
    invisible: bool = False
    transparency: int = 0
    secondary: bool = False
    labels: Labels | None = None
    point_colors: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis. Bounds and `crossing` are in the axis' unit (dates: serials).

    `label_position` low keeps category labels below negative columns. `major_unit` on a date
    axis counts in `date_unit`. `rotation` 0 keeps labels level, wrapped; None leaves it to the
    program. `crossing` says where the other axis meets this one.
    """

    title: str | Ref = ""
    number_format: str = ""
    minimum: float | None = None
    maximum: float | None = None
    is_date: bool = False
    major_unit: float | None = None
    date_unit: Literal["days", "months", "years"] = "months"
    label_position: Literal["next_to", "low", "high", "none"] = "next_to"
    crossing: float | Literal["", "max", "min"] = ""
    reverse: bool = False
    visible: bool = True
    gridlines: bool = False
    rotation: int | None = None


class Legend(NamedTuple):
    """Where the legend stands; `hidden` are indices of series it leaves out (overlay last)."""

    position: Literal["top", "bottom", "right", "left", "top_right"] = "bottom"
    hidden: tuple[int, ...] = ()


LEGEND_BELOW = Legend()


class Look(NamedTuple):
    """The colours and sizes of everything but the series; `border` "" is no frame."""

    font: str = "Calibri"
    title_size: float = 11
    text_size: float = 9
    ink: str = "262626"
    muted: str = "595959"
    axis: str = "A6A6A6"
    grid: str = "E4E4E4"
    border: str = ""


PLAIN_LOOK = Look()


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: series of one kind, and lines drawn over columns or areas as `overlay`.

    `anchor` is (row, col, x offset, y offset) of the top left corner, `size` (width, height).
    `gap` and `overlap` of columns in percent. `plot` places the plot inside the chart: left, top,
    width and height as shares of its size. `alt_text` tells what a person who cannot see the chart
    needs to know.
    """

    kind: Literal["line", "column", "stacked_column", "bar", "stacked_bar", "area", "scatter"]
    series: tuple[Series, ...]
    title: str | Ref
    alt_text: str
    anchor: tuple[int, int, int, int]
    size: tuple[int, int]
    overlay: tuple[Series, ...] = ()
    x_axis: Axis = Axis()
    y_axis: Axis = Axis(gridlines=True)
    y2_axis: Axis | None = None
    legend: Legend | None = LEGEND_BELOW
    gap: int = 60
    overlap: int = 0
    plot: tuple[float, float, float, float] | None = None
    look: Look = PLAIN_LOOK
