"""Changes of the files themselves, whoever wrote them: cells, rows, sheets, charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from reportgen.differences.forms.document import Block, Document, Heading, Paragraph, Table
from reportgen.differences.forms.figures import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from reportgen.xlsx.compare.changes import WorkbookChange

SAME_FILES = "The two workbooks hold the same."
LONGEST = 120  # letters of a formula or text that are shown


@dataclass(frozen=True, slots=True)
class WorkbookDiff:
    """Everything that two workbooks differ in of which at least one is no report of ours."""

    old: Path
    new: Path
    changes: tuple[WorkbookChange, ...] = ()
    notes: tuple[str, ...] = ()


def file_content(diff: WorkbookDiff) -> Document:
    """The diff of two workbooks as a page."""
    blocks: list[Block] = [Paragraph(note, "warn") for note in diff.notes]
    blocks += change_blocks(diff.changes)
    if not diff.changes:
        blocks.append(Paragraph(SAME_FILES, "good"))
    return Document(f"{diff.old.name} to {diff.new.name}", tuple(blocks))


def change_blocks(changes: Sequence[WorkbookChange]) -> Iterator[Block]:
    """A heading and a table of changes in the order they were found; nothing for none."""
    if not changes:
        return
    yield Heading(f"Changes in the workbook ({len(changes):,})")
    rows = tuple(
        (
            one.kind.value,
            one.sheet,
            _place(one),
            _cut(plain(one.old)),
            _cut(plain(one.new)),
            one.note,
        )
        for one in changes
    )
    yield Table(("Kind", "Sheet", "Place", "Old", "New", "Note"), rows)


def _place(change: WorkbookChange) -> str:
    moved = change.old_place and change.old_place != change.place
    return f"{change.old_place} → {change.place}" if moved else change.place


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
