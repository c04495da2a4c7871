"""A Registry that anybody may have rewritten, made safe to follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.errors import ReportgenError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from reportgen.report.listing import Listed, Place, Report

TYPED = frozenset({"input", "override", "control", "text", "remark"})
MOST_CELLS = 1_000_000  # that all links together lead to; a report of daily prices has a tenth


def guarded(report: Report) -> Report:
    """Return a report whose links lead to cells of its own tabs, and to no more than it has.

    Raises ReportgenError if they lead to more cells than any report has.
    """
    places = _places(report.listed.values())
    lost = {
        name for name in {place.sheet for place in places} if name.casefold() not in report.tabs
    }
    if lost:
        listed = {key: _without(row, lost) for key, row in report.listed.items()}
        report, places = replace(report, listed=listed), _places(listed.values())
    size = sum(map(_size, places))
    if size > MOST_CELLS:
        raise ReportgenError(
            f"{report.path}: Registry: its links lead to {size:,} cells, more than a report has;"
            " use the file as it was issued"
        )
    return report


def _without(row: Listed, lost: Collection[str]) -> Listed:
    """Return a row without links to tabs that are not there."""
    return row._replace(
        place=_kept(row.place, lost), remarks=tuple(_kept(place, lost) for place in row.remarks)
    )


def _kept(place: Place | None, lost: Collection[str]) -> Place | None:
    return None if place is None or place.sheet in lost else place


def _places(rows: Iterable[Listed]) -> list[Place]:
    return [place for row in rows for place in (row.place, *row.remarks) if place is not None]


def _size(place: Place) -> int:
    _, row, col, last_row, last_col = place
    return max(0, last_row - row + 1) * max(0, last_col - col + 1)
