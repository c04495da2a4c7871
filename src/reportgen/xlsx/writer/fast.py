"""XlsxWriter with its slow inner loops replaced; the parts of the file stay the same.

What is replaced is private to that library, and is renamed in it now and then. So the tests hold
every part against what the library itself writes, and versions that were not tried are refused
(pyproject.toml names the same range; whoever tries a newer one moves both).
"""
# ruff: noqa: SLF001 - to replace inner loops is the purpose of this module

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import xlsxwriter
from xlsxwriter.chart_area import ChartArea
from xlsxwriter.chart_bar import ChartBar
from xlsxwriter.chart_column import ChartColumn
from xlsxwriter.chart_line import ChartLine
from xlsxwriter.chart_scatter import ChartScatter
from xlsxwriter.packager import Packager
from xlsxwriter.url import Url
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from reportgen.errors import ReportgenError
from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.text import ESCAPE_SURROGATES, number_text, xml_text
from reportgen.xlsx.writer.rows import ERRORS, SPILLING, Extent, Rows, rows_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from io import StringIO

    from xlsxwriter.chart import Chart

    from reportgen.xlsx.book import Cell

_ROWS_IN_A_SPAN = 16
_WITH_EXTENSIONS = 2010
OLDEST, NEWEST = "3.3.0", "3.3.1"


class LibraryError(ReportgenError):
    """The XlsxWriter that is installed is of a version that was never tried."""


def check_library() -> None:
    """Raises LibraryError if reports cannot be written with the installed XlsxWriter."""
    installed = str(xlsxwriter.__version__)
    if not _numbers(OLDEST) <= _numbers(installed) <= _numbers(NEWEST):
        raise LibraryError(
            f"XlsxWriter {installed} is installed, and reports are written with versions {OLDEST}"
            f" to {NEWEST}; run: python -m pip install XlsxWriter=={NEWEST}"
        )


def _numbers(version: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", version)[:3]]


class FastWorksheet(Worksheet):  # type: ignore[misc]  # XlsxWriter's classes count as Any
    """A worksheet that turns its cells into XML as they come, in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self._rows = Rows({}, {})
        self._cells: Mapping[int, list[Cell]] = {}

    def place(
        self, cells: Mapping[int, list[Cell]], style_attributes: Mapping[str, str]
    ) -> list[str]:
        """Take all cells of the sheet, by row, before anything else is put on it.

        Returns a sentence for each cell that cannot be stored.
        """
        self._cells = cells
        string_index = self.str_table._get_shared_string_index
        self._rows, problems = rows_of(cells, style_attributes, string_index)
        if not self._rows.xml:
            return problems
        self.str_table.count += self._rows.repeated
        extents = self._rows.extents.values()
        self._check_dimensions(min(cells), min(extent.first for extent in extents))
        self._check_dimensions(max(cells), max(extent.last for extent in extents))
        return problems

    def cells_of(self, ref: Ref | Area) -> list[Cell | None]:
        """The cells of an area of this sheet, row by row, None where nothing stands."""
        found: list[Cell | None] = []
        for row in range(ref.first_row, ref.last_row + 1):
            at = {cell.col: cell for cell in self._cells.get(row, ())}
            found += map(at.get, range(ref.first_col, ref.last_col + 1))
        return found

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: FBT001, FBT002 - theirs
        """The formula of a rule as it is stored; 29 searches less than where it is inherited."""
        if formula.endswith("}") or any(name in formula for name in SPILLING):
            return str(super()._prepare_formula(formula, expand_future_functions))
        return formula.removeprefix("=")

    def _write_rows(self) -> None:
        spans = self._spans()
        write = self.fh.write
        for row in sorted({*self._rows.xml, *self.row_info, *self.comments}):
            cells = self._rows.xml.get(row)
            span = spans.get(row // _ROWS_IN_A_SPAN)
            info = self.row_info.get(row)
            if cells is None:
                self._write_empty_row(row, span, info)
                continue
            if info is None and self.excel_version != _WITH_EXTENSIONS:
                write(f'<row r="{row + 1}" spans="{span}">')
            else:
                self._write_row(row, span, info)
            write(cells)
            write("</row>")
        # The library's objects hold each other, so that all would wait for the collector.
        self._rows, self._cells = Rows({}, {}), {}

    def _spans(self) -> dict[int, str]:
        """The first and last used column of each block of 16 rows, as the format likes it."""
        reach: dict[int, Extent] = {}
        extents = list(self._rows.extents.items())
        extents += [(row, Extent(min(cols), max(cols))) for row, cols in self.comments.items()]
        for row, extent in extents:
            block = row // _ROWS_IN_A_SPAN
            so_far = reach.get(block, extent)
            reach[block] = Extent(min(so_far.first, extent.first), max(so_far.last, extent.last))
        return {block: f"{extent.first + 1}:{extent.last + 1}" for block, extent in reach.items()}

    def _get_range_data(
        self, first_row: int, first_col: int, last_row: int, last_col: int
    ) -> ChartCache:
        """The cached values of a chart's range."""
        return ChartCache(self.cells_of(Area(first_row, first_col, last_row, last_col)))


class FileUrl(Url):  # type: ignore[misc]  # XlsxWriter's classes count as Any
    """A file by its path from the workbook, kept with the slashes that every system reads."""

    def __init__(self, path: str) -> None:
        super().__init__(f"external:{quote(path)}")

    def _target(self) -> str:
        return str(super()._target()).replace("\\", "/")


class FastPackager(Packager):  # type: ignore[misc]  # XlsxWriter's classes count as Any
    """A packager that assembles the shared strings in one go."""

    def _write_shared_strings_file(self) -> None:
        table = self.workbook.str_table
        if not table.count:
            return
        items = []
        for text in table.string_array:
            item = xml_text(text)
            space = ' xml:space="preserve"' if item[:1].isspace() or item[-1:].isspace() else ""
            items.append(f"<si><t{space}>{item}</t></si>")
        self._filename("xl/sharedStrings.xml").write(
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
            f' count="{table.count}" uniqueCount="{table.unique_count}">{"".join(items)}</sst>'
        )


class _FastChart:
    """What makes a chart of XlsxWriter write its caches in one go."""

    fh: StringIO

    def _get_data_type(self, data: ChartCache | None) -> str:
        return data.kind if data else "none"

    def _write_num_cache(self, data: ChartCache) -> None:
        self.fh.write(data.as_numbers)

    def _write_str_cache(self, data: ChartCache) -> None:
        self.fh.write(data.as_texts)


_FAST_CHARTS: dict[str, type[Any]] = {
    kind: type(f"Fast{stock.__name__}", (_FastChart, stock), {})
    for kind, stock in {
        "area": ChartArea,
        "bar": ChartBar,
        "column": ChartColumn,
        "line": ChartLine,
        "scatter": ChartScatter,
    }.items()
}


class FastWorkbook(Workbook):  # type: ignore[misc]  # XlsxWriter's classes count as Any
    """A workbook whose parts are handed over instead of written."""

    worksheet_class = FastWorksheet

    def __init__(self) -> None:
        super().__init__(None, {"in_memory": True})

    def add_chart(self, options: dict[str, str]) -> Chart:
        """A new chart of the kind `options` name, to be put on one of the sheets."""
        chart = _FAST_CHARTS[options["type"]](options)
        chart.embedded = True
        self.charts.append(chart)
        return chart

    def parts(self) -> dict[str, bytes]:
        """The name and content of each part, in the order of the file."""
        self._select_sheets()
        self._prepare_sst_string_data()
        self._prepare_vml()
        self._prepare_defined_names()
        self._prepare_drawings()
        self._add_chart_data()
        packager = FastPackager()
        packager._add_workbook(self)
        packager.in_memory = True
        return {
            name: content.getvalue().encode("utf-8", ESCAPE_SURROGATES)
            for content, name, _ in packager._create_package()
        }

    def _select_sheets(self) -> None:
        sheets = self.worksheets()
        active = self.worksheet_meta.activesheet
        if active == 0:
            sheets[0].selected = 1
            sheets[0].hidden = 0
        sheets[active].active = 1


class ChartCache:
    """The cells of one range as chart caches: numbers without loss, errors and blanks left out.

    The XML is made once for all series that share the range.
    """

    def __init__(self, cells: Iterable[Cell | None]) -> None:
        self._cells = [cell if cell and _shows(cell) else None for cell in cells]

    def __len__(self) -> int:
        return len(self._cells)

    @cached_property
    def kind(self) -> str:
        """What categories these cells make: "str" if any is text, else "num"."""
        return "str" if any(cell and isinstance(cell.value, str) for cell in self._cells) else "num"

    @cached_property
    def as_numbers(self) -> str:
        """The numeric cache; text counts as zero, as it does when the chart is drawn."""
        return (
            f"<c:numCache><c:formatCode>General</c:formatCode>{self._points(_number)}</c:numCache>"
        )

    @cached_property
    def as_texts(self) -> str:
        """The text cache."""
        return f"<c:strCache>{self._points(_text)}</c:strCache>"

    def _points(self, spell: Callable[[Cell], str]) -> str:
        points = [
            f'<c:pt idx="{index}"><c:v>{spell(cell)}</c:v></c:pt>'
            for index, cell in enumerate(self._cells)
            if cell
        ]
        return f'<c:ptCount val="{len(self._cells)}"/>{"".join(points)}'


def _shows(cell: Cell) -> bool:
    return cell.value is not None and not (cell.formula and cell.value in ERRORS)


def _number(cell: Cell) -> str:
    if cell.value is None or isinstance(cell.value, str):
        return "0"
    return number_text(float(cell.value))


def _text(cell: Cell) -> str:
    return xml_text(cell.value) if isinstance(cell.value, str) else _number(cell)
