"""Many changed formulas told as what was done to them: one line for a cause, not one for a cell."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from reportgen.reviews.records import Edit, EditKind
from reportgen.xlsx.addresses import quoted_sheet
from reportgen.xlsx.compare.changes import WorkbookChange
from reportgen.xlsx.compare.lines import shape

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterator, Sequence


FEW = 5  # of one cause are told one by one
LOST = "formulas[lost]"  # the key of those that refer to what was deleted
_REFERENCE = "#REF!"


def by_cause(formulas: Sequence[tuple[WorkbookChange, Edit]]) -> Iterator[Edit]:
    """Yield the edits of formulas, those of one cause on one tab as one edit with its `parts`.

    What referred to deleted rows and tabs is one edit, wherever it stands.
    """
    groups: dict[tuple[str, EditKind, Hashable], list[tuple[WorkbookChange, Edit]]] = defaultdict(
        list
    )
    lost: list[tuple[WorkbookChange, Edit]] = []
    for change, edit in formulas:
        if has_lost(str(change.old), str(change.new)):
            lost.append((change, edit))
        else:
            groups[change.sheet, edit.kind, _cause(change, edit)].append((change, edit))
    if lost:
        yield _lost(lost)
    for (sheet, *_), found in groups.items():
        edits = tuple(edit for _, edit in found)
        if len(edits) <= FEW:
            yield from edits
        else:
            yield _together(sheet, [change for change, _ in found], edits)


def has_lost(old: str, new: str) -> bool:
    """Return whether a formula lost what it refers to."""
    return _REFERENCE in new and _REFERENCE not in old


def _cause(change: WorkbookChange, edit: Edit) -> Hashable:
    """Return what formulas that were changed alike have in common."""
    if edit.kind is EditKind.HARDCODED:
        return None
    return shape(str(change.old)), shape(str(change.new))


def _lost(found: Sequence[tuple[WorkbookChange, Edit]]) -> Edit:
    first = found[0][1]
    tabs = list(dict.fromkeys(change.sheet for change, _ in found))
    on = ", ".join(tabs) if len(tabs) <= FEW else f"{len(tabs)} tabs"
    return Edit(
        LOST,
        f"{len(found):,} formulas lost what they refer to, on {on}",
        "",
        EditKind.FORMULA,
        first.place,
        first.issued,
        first.theirs,
        note="rows or tabs that they refer to were deleted",
        parts=tuple(edit for _, edit in found),
    )


def _together(sheet: str, changes: Sequence[WorkbookChange], edits: tuple[Edit, ...]) -> Edit:
    what = f"{len(edits):,} formulas changed alike"
    if edits[0].kind is EditKind.HARDCODED:
        others = sum(change.note != "same value" for change in changes)
        values = f"{others:,} of them as other values" if others else "the values are as issued"
        what = f"{len(edits):,} formulas pasted as values; {values}"
    first, last = changes[0].place, changes[-1].place
    return replace(
        edits[0],
        key=f"formulas[{sheet},{first}]",
        label=f"{sheet}: {what}",
        place=f"{quoted_sheet(sheet)}!{first} ... {last}",
        parts=edits,
    )


def few(changes: Sequence[WorkbookChange]) -> Sequence[WorkbookChange]:
    """Return changes of a workbook with many of one kind on one tab told as one."""
    groups: dict[tuple[str, object], list[WorkbookChange]] = defaultdict(list)
    for change in changes:
        groups[change.sheet, change.kind].append(change)
    return [change for found in groups.values() for change in _as_one(found)]


def _as_one(found: Sequence[WorkbookChange]) -> Sequence[WorkbookChange]:
    if len(found) <= FEW:
        return found
    first, last = found[0], found[-1]
    place = f"{first.place} ... {last.place}"
    return [WorkbookChange(first.kind, first.sheet, place, note=f"{len(found):,} of them: --all")]
