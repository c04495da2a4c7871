"""Axes, pages and grids as they were agreed: one table of what each of many cases comes to."""

from __future__ import annotations

import math
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from reportgen.report import axes
from reportgen.report.pagination import BLOCK, paginated
from reportgen.report.placement import Places
from reportgen.report.tab import Tab
from reportgen.xlsx.addresses import Area, Ref
from reportgen.xlsx.book import Chart, Columns, Page, Series

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.xlsx.book import Paper

NAN = math.nan
DAY = 45991.0  # 2025-11-30
AGES = (*(0.0, 10.0, 29.0, 31.0, 200.0, 320.0, 640.0, 1000.0, 2000.0, 4000.0, 9000.0),)
SERIES = (
    *((100.0, 99.0), (100.0, 50.0), (100.0, 49.9), (19.99, 18.0), (20.0, 18.0), (7.0, 7.0)),
    *((1.0, 0.5, NAN), (0.0, 3.0), (-2.0, 3.0), (NAN,), (), (250.0, 100.0), (250.1, 100.0)),
    *((1000.0, 990.0, 985.0), (0.013, 0.0125), (5.0, 2.0, 2.0), (5.1, 2.0, 1.0), (3.0, 0.0)),
)


def _axes() -> Iterator[str]:
    for age, room in product(AGES, (0.0, 0.05)):
        known = np.array([NAN, 3.0, DAY - age, DAY])
        axis = axes.days("Day", known, DAY, room=room)
        yield f"days {age} {room}: {axis.minimum} {axis.maximum} {axis.major_unit:.3f}"
    for day in (45976.0, 45977.0, 45962.0, 45961.0):  # around the middle and the end of a month
        yield f"day {day}: {axes.days('', np.array([day]), DAY, room=0.0).minimum}"
    for told in (np.array([]), np.array([NAN]), np.array([60.0, 61.0]), np.array([75.0])):
        axis = axes.days("Day", told, DAY, room=0.1)
        yield f"days {told}: {axis.minimum} {axis.maximum} {axis.major_unit:.3f}"
    axis = axes.days("Day", np.array([]), 92.0, room=0.1)  # of the first report that there can be
    yield f"days of 1900: {axis.minimum} {axis.maximum}"
    for levels in SERIES:
        axis = axes.prices("USD", np.array(levels, dtype=float))
        foot = axes.baseline(np.array(levels, dtype=float))
        end = axes.cut(np.array(levels, dtype=float))
        yield f"{levels}: {axis.minimum} {axis.major_unit} {axis.number_format}"
        yield f"  foot {foot}{axes.says(foot)} end {end}"


def _charts() -> Iterator[str]:
    down, across, other = Ref("A", 3, 1, 7, 1), Ref("A", 2, 4, 2, 8), Ref("A", 3, 1, 6, 1)
    chart = Chart(
        *(
            "column",
            (Series("one", down, down), Series("two", None, across), Series("s", other, down)),
        ),
        *("title", "told", (0, 0, 0, 0), (2, 2)),
    )
    for drawn in ((1, 1, 1, 1, 1), (0, 1, 0, 1, 0), (0, 0, 0, 0, 1), (0, 0, 0, 0, 0)):
        cropped = axes.cropped(chart, np.array(drawn, dtype=bool))
        for one in cropped.series:
            refs = (one.categories, one.values)
            yield f"cropped {drawn}: {[tuple(ref)[1:] if ref else None for ref in refs]}"


PAGES = (
    Page(area=Area(0, 0, 59, 2)),
    Page(area=Area(0, 0, 399, 1), repeat_rows=(0, 3)),
    Page(area=Area(5, 1, 140, 6), repeat_rows=(1, 2), margins=(0.25, 0.25, 0.5, 1.0)),
)
WIDTHS = (
    (),
    (Columns(0, 0, 60.0),),
    (Columns(0, 3, 30.0), Columns(5, 9, 4.0)),
    (Columns(1, 1, 250.0),),
)


def _pages() -> Iterator[str]:
    papers: tuple[Paper, ...] = ("A4", "A3", "letter")
    for page, widths, blocks, paper in product(PAGES, WIDTHS, ((), (20, 38, 44, 90, 300)), papers):
        tab = Tab("Tab", Places({}), widths=list(widths), heights={2: 60.0, 41: 90.0})
        for row in blocks:
            tab.text(row, 0, "A block", BLOCK)
            tab.text(row + 3, 1, "No block", BLOCK)
            tab.text(row + 5, 0, "No block")
        found = paginated(tab, page, paper)
        place = (PAGES.index(page), WIDTHS.index(widths), len(blocks), paper)
        yield f"page {place}: {found.orientation} {found.scale} {found.breaks}"


def _table() -> str:
    return "".join(f"{line}\n" for part in (_axes, _charts, _pages) for line in part())


def test_axes_and_pages_are_as_they_were_agreed() -> None:
    assert _table() == Path(__file__).with_name("measured.txt").read_text()
