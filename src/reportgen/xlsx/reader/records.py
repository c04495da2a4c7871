"""A workbook as it was read: plain records, rows and columns counted from 0.

They can travel between processes and say nothing of how the file stored them.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.values import Value
    from reportgen.xlsx.addresses import Area


EPOCH_1900 = datetime(1899, 12, 30)  # noqa: DTZ001 - a serial number has no time zone
EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001 - as above
_LEAP_DAY_1900 = 60  # serials below it count from a day later: 1900 had no 29 February


class CellError(str):
    """An error value such as #DIV/0!; it prints as itself, and the text "#DIV/0!" is not one."""

    __slots__ = ()


class ReadCell(NamedTuple):
    """One cell: `value` typed or cached; `formula` "=..." or "" for a typed value.

    A date is its serial number. Shared formulas stand as each cell has them; an array formula
    stands in braces, "{=...}", in every cell that it fills. `style` indexes `ReadBook.styles`.
    """

    value: Value
    formula: str = ""
    number_format: str = "General"
    style: int = 0


class ReadStyle(NamedTuple):
    """The number format, and every other trait of the look in words, sorted."""

    number_format: str
    look: str


class ReadColumns(NamedTuple):
    """The columns first..last; `width` in characters, None for the default."""

    first: int
    last: int
    width: float | None
    hidden: bool


class ReadValidation(NamedTuple):
    """What may be typed into `areas`; `rule` is kind and operator, `formulas` its operands."""

    areas: tuple[Area, ...]
    rule: str
    formulas: tuple[str, ...]
    messages: str


class ReadConditionalFormat(NamedTuple):
    """A look that depends on values; `rule` is kind and operator, `look` what it paints."""

    areas: tuple[Area, ...]
    rule: str
    formulas: tuple[str, ...]
    look: str


class ReadSeries(NamedTuple):
    """One series of a chart: references as the file has them, or literal text for the name."""

    name: str
    categories: str
    values: str


class ReadChart(NamedTuple):
    """A chart; `kind` such as "line" or "column, stacked + line", `anchor` its upper left cell.

    `options` are those that are not as programs have them by default, ("value axis from", "0").
    """

    kind: str
    title: str
    series: tuple[ReadSeries, ...]
    anchor: tuple[int, int] | None
    options: tuple[tuple[str, str], ...] = ()


class ReadFilter(NamedTuple):
    """What a filter over `area` lets through: of columns of the sheet, in words."""

    area: Area
    criteria: tuple[tuple[int, str], ...]


class ReadTable(NamedTuple):
    """A range that the workbook calls a table, and what formulas call its columns."""

    name: str
    area: Area
    columns: tuple[str, ...]


class ReadLink(NamedTuple):
    """A hyperlink over `area`; `target` is an address or a place in the workbook ("#Sheet!A1")."""

    area: Area
    target: str


class ReadSheet(NamedTuple):
    """One tab. `cells` also holds blank cells that carry a style of their own.

    `heights` are those of rows, in points, that somebody set; `protection` says in words what it
    forbids, "" for nothing; `settings` how the tab is shown and printed, where that is not usual.
    """

    name: str
    state: Literal["visible", "hidden", "veryHidden"] = "visible"
    cells: Mapping[tuple[int, int], ReadCell] = {}
    columns: tuple[ReadColumns, ...] = ()
    hidden_rows: frozenset[int] = frozenset()
    merges: tuple[Area, ...] = ()
    validations: tuple[ReadValidation, ...] = ()
    conditional_formats: tuple[ReadConditionalFormat, ...] = ()
    comments: Mapping[tuple[int, int], str] = {}
    charts: tuple[ReadChart, ...] = ()
    links: tuple[ReadLink, ...] = ()
    filters: tuple[ReadFilter, ...] = ()
    tables: tuple[ReadTable, ...] = ()
    protection: str = ""
    heights: Mapping[int, float] = {}
    settings: tuple[tuple[str, str], ...] = ()


class ReadBook(NamedTuple):
    """A whole workbook. `names` maps "name" or "Sheet!name" to what it refers to, without "=".

    `warnings` say what it contains that was never touched: macros, links to other files.
    `protection` is that of its list of sheets, as that of a sheet.
    """

    sheets: tuple[ReadSheet, ...]
    names: Mapping[str, str] = {}
    styles: tuple[ReadStyle, ...] = ()
    properties: Mapping[str, str] = {}
    date_1904: bool = False
    warnings: tuple[str, ...] = ()
    protection: str = ""

    def sheet(self, name: str) -> ReadSheet:
        """The tab of that name, in any case. Raises KeyError if there is none."""
        for sheet in self.sheets:
            if sheet.name.casefold() == name.casefold():
                return sheet
        raise KeyError(name)


def serial_date(serial: float, *, date_1904: bool = False) -> date:
    """The day of a serial number. Raises OverflowError beyond the year 9999."""
    if date_1904:
        return (EPOCH_1904 + timedelta(days=serial)).date()
    shift = 1 if serial < _LEAP_DAY_1900 else 0
    return (EPOCH_1900 + timedelta(days=serial + shift)).date()


NO_COLUMNS: frozenset[int] = frozenset()


class Wanted(NamedTuple):
    """What is wanted of a sheet's cells: the formulas, or only whether there is one.

    Without the columns that are `passed_over` from a row on.
    """

    formulas: bool = True
    first_row: int = 0
    passed_over: frozenset[int] = NO_COLUMNS


EVERYTHING = Wanted()
SOME_FORMULA = "="  # stands for one that is not wanted
