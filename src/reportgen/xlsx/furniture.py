"""What a sheet carries besides cells: rules, links, notes and how it prints."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from reportgen.xlsx.places import Area, Ref


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
    text: the cell equals `text`. data_bar: a solid bar of `color` from `low` to `high` (None is
    automatic).
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
    stop_if_true: bool = False


class Link(NamedTuple):
    """A jump inside the workbook. With `text` "" it is laid over the cell that stands there."""

    row: int
    col: int
    target: Ref
    text: str = ""
    style: str = ""
    tip: str = ""


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
    """How a sheet prints, on A4 or on A3, where a wide table would be too small to read.

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
    margins: tuple[float, float, float, float] = (0.5, 0.5, 0.6, 0.6)
    center: bool = False
    breaks: tuple[int, ...] = ()
    paper: Literal["A4", "A3"] = "A4"
