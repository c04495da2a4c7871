"""Which old sheet is which new one: by name, and without a namesake by content."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.xlsx.compare.lines import is_blank, token

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    from reportgen.xlsx.reading.records import ReadSheet

_ALIKE = 0.5


class SheetPair(NamedTuple):
    """A sheet before and after."""

    old: ReadSheet
    new: ReadSheet


class PairedSheets(NamedTuple):
    """Pairs in the order of the new workbook; names of sheets without a partner."""

    pairs: tuple[SheetPair, ...]
    added: tuple[str, ...]
    removed: tuple[str, ...]


def pair_sheets(
    old: Sequence[ReadSheet], new: Sequence[ReadSheet], known: Mapping[str, str]
) -> PairedSheets:
    """The pairs: known ones, namesakes, then the most alike of the rest if half of it is alike.

    `known` maps new names to old ones.
    """
    named = {sheet.name.casefold(): sheet for sheet in old}
    old_names = {sheet.name: known.get(sheet.name, sheet.name).casefold() for sheet in new}
    partners = {name: named[before] for name, before in old_names.items() if before in named}
    taken = {sheet.name for sheet in partners.values()}
    left = [sheet for sheet in old if sheet.name not in taken]
    right = [sheet for sheet in new if sheet.name not in partners]
    for left_sheet, right_sheet in _most_alike(left, right):
        partners[right_sheet.name] = left_sheet
        taken.add(left_sheet.name)
    return PairedSheets(
        tuple(SheetPair(partners[sheet.name], sheet) for sheet in new if sheet.name in partners),
        tuple(sheet.name for sheet in new if sheet.name not in partners),
        tuple(sheet.name for sheet in old if sheet.name not in taken),
    )


def _most_alike(
    left: Sequence[ReadSheet], right: Sequence[ReadSheet]
) -> list[tuple[ReadSheet, ReadSheet]]:
    contents = {id(sheet): _content(sheet) for sheet in (*left, *right)}
    scores = [
        (-likeness(contents[id(a)], contents[id(b)]), i, j)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
    ]
    found: list[tuple[ReadSheet, ReadSheet]] = []
    used_left: set[int] = set()
    used_right: set[int] = set()
    for score, i, j in sorted(scores):
        if -score >= _ALIKE and i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            found.append((left[i], right[j]))
    return found


def likeness(left: set[Hashable], right: set[Hashable]) -> float:
    """The share of what stands in either that stands in both; 0 for two empty ones."""
    return len(left & right) / len(left | right) if left or right else 0.0


def _content(sheet: ReadSheet) -> set[Hashable]:
    """What was typed and the shapes of formulas by column: rows may have come or gone."""
    return {(col, token(cell)) for (_, col), cell in sheet.cells.items() if not is_blank(cell)} | {
        ("chart", chart.title) for chart in sheet.charts
    }
