"""A chart that leaves the printed area is cut off on paper, whatever it looks like on screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.report.rebuilt import pack_of, rebuilt
from tests.support.selection import long_except

if TYPE_CHECKING:
    from reportgen.xlsx.book import Sheet

DEFAULT_WIDTH = 64  # pixels of a column whose width nobody sets


def room(sheet: Sheet, col: int, last_col: int) -> int:
    """The pixels from the left edge of a column to the right edge of another."""
    widths = {
        at: int(columns.width * 7 + 5)
        for columns in sheet.column_widths
        for at in range(columns.first, columns.last + 1)
    }
    return sum(widths.get(at, DEFAULT_WIDTH) for at in range(col, last_col + 1))


@pytest.mark.parametrize("pack", long_except({"baba"}, ["baba", "daily", "pence", "tokyo"]))
def test_every_chart_lies_within_the_printed_columns(pack: str) -> None:
    cut = {
        (sheet.name, chart.title): (chart.size[0], width)
        for sheet in rebuilt(pack_of(pack)).book.sheets
        for chart in sheet.charts
        if sheet.page.area is not None
        for width in [room(sheet, chart.anchor[1], sheet.page.area.last_col) - chart.anchor[2]]
        if chart.size[0] > width
    }
    assert cut == {}
