"""What a sheet carries besides cells: rules, links, notes and how it prints."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from reportgen.xlsx.addresses import Area, Ref

Paper = Literal["A4", "A3", "letter"]


@dataclass(frozen=True, slots=True)
class Validation:
    """What may be typed into `ranges`.

    For list: `items` (at most 255 characters together), or `formula`, a range such as
    "=Lists!$A$1:$A$5". For decimal, whole and date: `low` and `high` (dates as serials), either
    may be None; exclusive bounds hold for the side that is the only one given. For custom:
    `formula`. A blank is always allowed, because a cleared override restores the issued value.
    """

    ranges: tuple[Area, ...]
    kind: Literal["list", "decimal", "whole", "date", "custom"]
    low: float | None = None
    high: float | None = None
    exclusive: bool = False
    items: tuple[str, ...] = ()
    formula: str = ""
    error_title: str = ""
    error_message: str = ""
    input_title: str = ""
    input_message: str = ""
    severity: Literal["stop", "warning", "information"] = "stop"


@dataclass(frozen=True, slots=True)
class ConditionalFormat:
    """A look that depends on values. `style` is a key of `Book.styles` (not for a data bar).

    formula: `formula` relative to the first cell of the first range. cell: the value compared
    by `criterion` with `low` (and `high` for between); a text operand is a formula ("=$A$1").
    text: the cell equals `text`. data_bar: a solid bar of `color`, of `negative` below 0 ("" is
    red), from `low` to `high` (None is automatic).
    """

    ranges: tuple[Area, ...]
    kind: Literal["formula", "cell", "text", "data_bar"]
    style: str = ""
    formula: str = ""
    criterion: Literal["<", "<=", "=", "!=", ">=", ">", "between", "not between"] = "="
    low: float | str | None = None
    high: float | str | None = None
    text: str = ""
    color: str = "9DB4D0"
    negative: str = ""
    stop_if_true: bool = False


class Link(NamedTuple):
    """A jump to cells of the workbook, to a file beside it, or to an https address.

    A file is named by its path from there, with slashes.

    With `text` "" it is laid over the cell that stands there.
    """

    row: int
    col: int
    target: Ref | str
    text: str = ""
    style: str = ""
    tip: str = ""


class Sparkline(NamedTuple):
    """A small drawing inside of a cell, of one row or one column of `values`."""

    row: int
    col: int
    values: Ref


@dataclass(frozen=True, slots=True)
class Sparklines:
    """Small drawings of one look; `last` is the colour of their last point, "" for none.

    LibreOffice prints columns alone; it shows lines only on the screen.
    """

    lines: tuple[Sparkline, ...]
    kind: Literal["line", "column"] = "line"
    color: str = "1F3864"
    last: str = ""
    width: float = 1.25


class Comment(NamedTuple):
    """A note on a cell; its box grows with the text."""

    row: int
    col: int
    text: str


class IgnoredErrors(NamedTuple):
    """Green triangles that are not shown, because the area is meant as it is."""

    kind: Literal[
        "number_stored_as_text",
        "formula_differs",
        "formula_range",
        "formula_unlocked",
        "empty_cell_reference",
        "eval_error",
        "two_digit_text_year",
    ]
    ranges: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """How a sheet prints, on the paper of its book.

    `fit` is (pages wide, pages tall), 0 for as many as needed; without it `scale` in percent
    holds. `header` and `footer` in Excel's codes (&L, &C, &R, &P, &N; a literal & is &&).
    `margins` are left, right, top, bottom in inches.
    """

    orientation: Literal["portrait", "landscape"] = "landscape"
    fit: tuple[int, int] | None = (1, 0)
    scale: int = 100
    area: Area | None = None
    repeat_rows: tuple[int, int] | None = None
    header: str = ""
    footer: str = ""
    margins: tuple[float, float, float, float] = (0.35, 0.35, 0.4, 0.5)
    center: bool = False
    breaks: tuple[int, ...] = ()


class Marker(NamedTuple):
    """The points of a line; an empty `fill` takes the colour of the outline."""

    kind: Literal[
        "circle", "square", "diamond", "triangle", "short_dash", "long_dash", "x", "star", "plus"
    ]
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


class WorkbookError(ReportgenError):
    """The book cannot be stored as it stands; the message gives place, fact and remedy."""


class Cell(NamedTuple):
    """One cell: a typed value, or a formula with its cached value.

    `formula` is "" for a typed value, else "=..." in A1 notation with English function names.
    `value` None is a blank cell that carries only its style (typed) or an empty result
    (formula). Text is always stored as text, whatever it looks like; the nine error names of
    Excel ("#N/A" ...) as the value of a formula are stored as errors.
    `style` is a key of `Book.styles`; "" is the default look.
    """

    row: int
    col: int
    value: float | str | bool | None
    formula: str = ""
    style: str = ""


class Border(NamedTuple):
    """One edge of a cell."""

    weight: Literal["none", "hair", "thin", "medium"] = "none"
    color: str = "000000"


NO_BORDER = Border()


@dataclass(frozen=True, slots=True)
class Style:
    """How a cell looks. `size` in points, `indent` in steps of about one character."""

    number_format: str = "General"
    color: str = ""
    fill: str = ""
    bold: bool = False
    italic: bool = False
    underline: bool = False
    size: float = 11
    font: str = "Calibri"
    align: Literal["", "left", "center", "right", "fill", "center_across"] = ""
    valign: Literal["", "top", "vcenter", "bottom"] = ""
    indent: int = 0
    wrap: bool = False
    border_top: Border = NO_BORDER
    border_bottom: Border = NO_BORDER
    locked: bool = True


class Columns(NamedTuple):
    """The width of the columns first..last in characters of the default font."""

    first: int
    last: int
    width: float


class RowGroup(NamedTuple):
    """Rows first..last that can be folded away below the row above them, which names them."""

    first: int
    last: int


PLAIN_PAGE = Page()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab. Gridlines are always off; `cells` stand in any order, each place once.

    `filter` is a table whose rows can be filtered by the captions in its first row. `groups` do
    not overlap, and are open.
    """

    name: str
    cells: tuple[Cell, ...] = ()
    column_widths: tuple[Columns, ...] = ()
    row_heights: Mapping[int, float] = field(default_factory=lambda: MappingProxyType({}))
    merges: tuple[Area, ...] = ()
    freeze: tuple[int, int] | None = None
    validations: tuple[Validation, ...] = ()
    conditional_formats: tuple[ConditionalFormat, ...] = ()
    charts: tuple[Chart, ...] = ()
    links: tuple[Link, ...] = ()
    comments: tuple[Comment, ...] = ()
    ignored_errors: tuple[IgnoredErrors, ...] = ()
    sparklines: tuple[Sparklines, ...] = ()
    page: Page = PLAIN_PAGE
    tab_color: str = ""
    zoom: int = 100
    hidden: bool = False
    filter: Area | None = None
    groups: tuple[RowGroup, ...] = ()


@dataclass(frozen=True, slots=True)
class Properties:
    """The document properties; `created` carries no clock, so the same book is the same file."""

    created: date
    title: str = ""
    subject: str = ""
    author: str = ""
    company: str = ""
    comments: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """A whole workbook. `names` are (name, "=Sheet!$A$1"); `active` is the sheet opened first.

    Every sheet prints on the same paper.
    """

    sheets: tuple[Sheet, ...]
    properties: Properties
    styles: Mapping[str, Style] = field(default_factory=lambda: MappingProxyType({}))
    names: tuple[tuple[str, str], ...] = ()
    active: int = 0
    paper: Paper = "A4"
