"""Where the fields of an issued report stand in the returned file, by what stands there.

The Registry of the returned file says so, too, but whoever edits a file can edit that as well: its
links count only where the comparison of the two files finds the cell in the same place.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from reportgen.report.readback.workbook import TYPED, ReadReport, RemarkCells
from reportgen.xlsx.addresses import Ref

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.report.readback.workbook import RegistryRow
    from reportgen.xlsx.compare.maps import MappedSheet


class Routes(NamedTuple):
    """The returned report with the issued Registry; `misled` are keys linked to another cell.

    `still` are the tabs, case-folded, of which no field stands elsewhere than it was issued.
    """

    report: ReadReport
    misled: frozenset[str]
    still: frozenset[str]
    notes: tuple[str, ...]


def rerouted(
    returned: ReadReport, issued: ReadReport, sheets: Mapping[str, MappedSheet] | None
) -> Routes:
    """Return the returned report as the issued Registry describes it, each field where it is now.

    `sheets` maps the issued workbook to the returned one; None if no cell stands elsewhere.
    """
    listed: dict[str, RegistryRow] = {}
    misled: set[str] = set()
    shifted: set[str] = set()
    for key, row in issued.listed.items():
        theirs = returned.listed.get(key)
        links = _Links(returned, sheets)
        place = links.follow(row.place, theirs and theirs.place)
        remarks = RemarkCells._make(
            links.follow(one, other)
            for one, other in zip(
                row.remarks, theirs.remarks if theirs else RemarkCells(), strict=True
            )
        )
        listed[key] = row._replace(place=place, remarks=remarks)
        if row.place is not None and _folded(row.place) != _folded(theirs and theirs.place):
            shifted.add(row.place.sheet.casefold())
        if links.differ and row.kind in TYPED:
            misled.add(key)
    still = frozenset() if misled else issued.tabs.keys() - shifted
    return Routes(
        replace(returned, listed=listed), frozenset(misled), frozenset(still), tuple(_told(misled))
    )


def _told(misled: set[str]) -> Iterator[str]:
    if misled:
        told = f"the link of {min(misled)} in its Registry leads to another cell than was issued"
        if len(misled) > 1:
            told = (
                f"{len(misled):,} links of its Registry lead to other cells than those that were"
                f" issued ({min(misled)} ...)"
            )
        yield f"{told}: what was typed there is not taken"


class _Links:
    """The links of one field; `differ` once one leads elsewhere than what it names."""

    def __init__(self, returned: ReadReport, sheets: Mapping[str, MappedSheet] | None) -> None:
        self._returned, self._sheets = returned, sheets
        self.differ = False

    def follow(self, issued: Ref | None, theirs: Ref | None) -> Ref | None:
        """Return where a place is now: by the file's link if the comparison bears it out."""
        if issued is None:
            return None
        by_content, by_insertions = self._now(issued)
        if theirs is not None and _folded(theirs) in (_folded(by_content), _folded(by_insertions)):
            return theirs
        self.differ |= theirs is not None
        return by_content

    def _now(self, issued: Ref) -> tuple[Ref | None, Ref | None]:
        """Return where cells are by their content, and where insertions and deletions put them."""
        if self._sheets is None:
            return issued, issued
        sheet = self._sheets.get(issued.sheet.casefold())
        if sheet is None or sheet.name not in self._returned.tabs:
            return None, None
        name, area = self._returned.tabs[sheet.name].name, issued.area
        if not area.is_cell:
            now = Ref(name, *sheet.map.new_area(area))
            return now, now
        place = sheet.map.new_place(*area.corner)
        rows, columns = sheet.map.rows, sheet.map.columns
        shifted = Ref.cell(name, rows.shifted(area.first_row), columns.shifted(area.first_col))
        return None if place is None else Ref.cell(name, *place), shifted


def _folded(place: Ref | None) -> Ref | None:
    return place and place._replace(sheet=place.sheet.casefold())
