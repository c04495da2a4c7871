"""A Registry that anybody may have rewritten, made safe to follow."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from collections.abc import Collection

    from reportgen.report.listing import Listed, Place, Report

TYPED = frozenset({"input", "override", "control", "text", "remark"})
MOST_CELLS = 1_000_000  # that all links together lead to; a report of daily prices has a tenth


def guarded(report: Report) -> Report:
    """Return a report whose links lead to cells of its own tabs, and to no more than it has.

    Raises ReportgenError if they lead to more cells than any report has.
    """
    listed = {key: _within(row, report.tabs) for key, row in report.listed.items()}
    size = sum(map(_size, chain.from_iterable(map(_places, listed.values()))))
    if size > MOST_CELLS:
        raise ReportgenError(
            f"{report.path}: Registry: its links lead to {size:,} cells, more than a report has;"
            " use the file as it was issued"
        )
    return replace(report, listed=listed)


def _within(row: Listed, tabs: Collection[str]) -> Listed:
    """Return a row without links to tabs that are not there."""
    if all(place.sheet.casefold() in tabs for place in _places(row)):
        return row
    return row._replace(
        place=_kept(row.place, tabs), remarks=tuple(_kept(place, tabs) for place in row.remarks)
    )


def _kept(place: Place | None, tabs: Collection[str]) -> Place | None:
    return place if place is not None and place.sheet.casefold() in tabs else None


def _places(row: Listed) -> list[Place]:
    return [place for place in (row.place, *row.remarks) if place is not None]


def _size(place: Place) -> int:
    _, row, col, last_row, last_col = place
    return max(0, last_row - row + 1) * max(0, last_col - col + 1)
