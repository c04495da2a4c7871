"""Looking at the tabs of a report: what stands where, and what charts refer to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportgen.pipeline import Report
    from reportgen.xlsx.addresses import Ref
    from reportgen.xlsx.book import Cell, Chart, Sheet

Row = dict[str, "Cell"]


def sheet(report: Report, name: str) -> Sheet:
    """The tab of that name."""
    return next(sheet for sheet in report.book.sheets if sheet.name == name)


def held(report: Report, ref: Ref) -> list[object]:
    """What the cells of a reference hold, in reading order; None for an empty place."""
    grid = {(cell.row, cell.col): cell.value for cell in sheet(report, ref.sheet).cells}
    rows = range(ref.first_row, ref.last_row + 1)
    cols = range(ref.first_col, ref.last_col + 1)
    return [grid.get((row, col)) for row in rows for col in cols]


def chart(report: Report, tab: str, words: str) -> Chart:
    """The chart of a tab whose title holds some words."""
    return next(found for found in sheet(report, tab).charts if words in str(found.title))


def table(report: Report, tab: str, *captions: str) -> list[Row]:
    """The rows under the header that has all these captions, each by caption, the leftmost first.

    Captions stand above a row of units; the table ends where one of the captions has no cell.
    """
    lines: dict[int, dict[int, Cell]] = {}
    for cell in sheet(report, tab).cells:
        lines.setdefault(cell.row, {})[cell.col] = cell
    header = next(
        row
        for row, line in sorted(lines.items())
        if set(captions) <= {cell.value for cell in line.values()}
    )
    columns: dict[str, int] = {}
    for col, cell in sorted(lines[header].items()):
        columns.setdefault(str(cell.value), col)
    needed = {columns[caption] for caption in captions}
    rows = []
    row = header + 2
    while needed <= set(lines.get(row, {})):
        rows.append({name: lines[row][col] for name, col in columns.items() if col in lines[row]})
        row += 1
    return rows
