"""A workbook as plain data: what stands in which cell and how it looks.

Everything that lays out a workbook speaks in these records; only the writer turns them into
a file. Rows and columns count from 0, as in the format's drawings and in most libraries.
Colours are six hexadecimal digits ("1F3864"); an empty colour means automatic. Dates in cells
are Excel serials with a date format.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.errors import ReportgenError
from reportgen.xlsx.drawing import Axis, Chart, Labels, Legend, Look, Marker, Series
from reportgen.xlsx.furniture import (
    Comment,
    ConditionalFormat,
    IgnoredErrors,
    Link,
    Page,
    Validation,
)
from reportgen.xlsx.places import Area, Ref

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

__all__ = [
    "Area",
    "Axis",
    "Book",
    "Border",
    "Cell",
    "Chart",
    "Columns",
    "Comment",
    "ConditionalFormat",
    "IgnoredErrors",
    "Labels",
    "Legend",
    "Link",
    "Look",
    "Marker",
    "Page",
    "Properties",
    "Ref",
    "Series",
    "Sheet",
    "Style",
    "Validation",
    "WorkbookError",
]


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


PLAIN_PAGE = Page()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One tab. Gridlines are always off; `cells` stand in any order, each place once.

    `filter` is a table whose rows can be filtered by the captions in its first row.
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
    page: Page = PLAIN_PAGE
    tab_color: str = ""
    zoom: int = 100
    hidden: bool = False
    filter: Area | None = None


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
    """A whole workbook. `names` are (name, "=Sheet!$A$1"); `active` is the sheet opened first."""

    sheets: tuple[Sheet, ...]
    properties: Properties
    styles: Mapping[str, Style] = field(default_factory=lambda: MappingProxyType({}))
    names: tuple[tuple[str, str], ...] = ()
    active: int = 0
