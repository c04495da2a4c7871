"""On paper: few pages, letters that can be read, and no page that ends within a short block."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.pdf import is_read
from reportgen.report.pagination import BLOCK, LEAST, paginated
from reportgen.report.placement import Places
from reportgen.report.tab import Tab
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from reportgen.pipeline import Report
    from reportgen.resources import Extent

ROW = 15.0


def printed(rows: int, width: float, blocks: Sequence[int] = (), page: Page | None = None) -> Page:
    """How a tab of so many rows, one column wide, prints on A4."""
    tab = Tab("Tab", Places({}))
    tab.widths.append(Columns(0, 0, width))
    for row in blocks:
        tab.text(row, 0, "A block", BLOCK)
    return paginated(tab, page or Page(area=Area(0, 0, rows - 1, 0)), "A4")


@pytest.mark.parametrize(("extent", "most"), [("report", 20), ("summary", 8)])
def test_the_example_prints_on_few_pages(
    report: Callable[[str], Report], extent: Extent, most: int
) -> None:
    sheets = [one for one in report("baba").book.sheets if is_read(one.name, extent)]
    assert sum(len(one.page.breaks) + 1 for one in sheets) <= most
    scales = {one.name: one.page.scale for one in sheets if one.page.fit is None}
    assert min(scales.values()) >= LEAST
    assert {"&P of &N" in one.page.footer for one in sheets} == {True}


@pytest.mark.parametrize(
    ("rows", "width", "orientation", "scale", "pages"),
    [
        (10, 50, "landscape", 100, 1),
        (60, 50, "portrait", 83, 1),  # smaller letters save a page
        (60, 200, "landscape", 57, 1),
        (300, 90, "portrait", 50, 3),
        (10, 400, "landscape", 34, 1),  # what is too wide to be read lies across all the same
    ],
)
def test_the_way_with_the_fewest_pages_and_the_largest_letters_is_taken(
    rows: int, width: float, orientation: str, scale: int, pages: int
) -> None:
    page = printed(rows, width)
    found = page.orientation, page.scale, len(page.breaks) + 1
    assert found == (orientation, scale, pages)


def of_widths(*widths: Columns) -> Page:
    """How a tab of three columns and sixty rows prints where some have a width of their own."""
    tab = Tab("Tab", Places({}))
    tab.widths.extend(widths)
    return paginated(tab, Page(area=Area(0, 0, 59, 2)), "A4")


def test_columns_without_a_width_of_their_own_have_the_usual_one() -> None:
    stated = of_widths(Columns(0, 0, 120), Columns(1, 2, 8.43))
    assert of_widths(Columns(0, 0, 120)) == stated
    assert of_widths(Columns(2, 9, 120)) == of_widths(Columns(0, 1, 8.43), Columns(2, 2, 120))
    assert of_widths(Columns(0, 1, 120)) != stated


def test_a_page_ends_before_a_block_that_begins_where_it_is_mostly_full() -> None:
    assert printed(300, 90, blocks=[90]).breaks[0] == 90
    assert printed(300, 90, blocks=[20]).breaks[0] > 90


def test_what_is_to_be_one_page_stays_so() -> None:
    whole = Page("portrait", fit=(1, 1), area=Area(0, 0, 500, 0))
    assert printed(500, 50, page=whole) is whole


@given(st.integers(1, 900), st.integers(20, 400), st.sets(st.integers(0, 900), max_size=20))
def test_every_row_stands_on_one_page_that_holds_it(
    rows: int, width: int, blocks: set[int]
) -> None:
    page = printed(rows, width, sorted(blocks))
    assert list(page.breaks) == sorted({*page.breaks})
    ends = [0, *page.breaks, rows]
    height = (595.3 if page.orientation == "landscape" else 841.9) - 0.9 * 72
    for first, last in pairwise(ends):
        assert last - first > 0
        assert (last - first) * ROW * page.scale / 100 <= height
