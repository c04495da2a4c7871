"""Which sheets of two files are stored alike, so that nothing in them can have changed.

Programs number shared texts and styles in the order of first use, so that one new text in front
renumbers them in every later sheet. Both numberings are undone before sheets are held together.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from reportgen.xlsx.reader.package import Relationship
    from reportgen.xlsx.reader.sheet import SheetEntry
    from reportgen.xlsx.reader.workbook import WorkbookFile

_TEXT_NUMBER = re.compile(rb' t="s"([^<>]*)><v>([0-9]+)</v>')
_STYLE_NUMBER = re.compile(rb' s="[0-9]+"')
_COMPARED = {"drawing", "comments", "chart", "hyperlink", "table"}
_DEEPEST = 4


class EntryPair(NamedTuple):
    """A sheet of the old file and the one of the new file that it is."""

    old: SheetEntry
    new: SheetEntry


def same_sheets(old: WorkbookFile, new: WorkbookFile, *, formats: bool) -> list[EntryPair]:
    """The pairs of sheets, by name, else by content, that hold the same with all that belongs."""
    comparer = _Comparer(old, new, formats=formats)
    named = {entry.name.casefold(): entry for entry in old.entries}
    new_names = {entry.name.casefold() for entry in new.entries}
    orphans = [entry for entry in old.entries if entry.name.casefold() not in new_names]
    found: list[EntryPair] = []
    for entry in new.entries:
        namesake = named.get(entry.name.casefold())
        for candidate in orphans if namesake is None else [namesake]:
            if comparer.same_sheet(candidate, entry):
                found.append(EntryPair(candidate, entry))
                orphans = [orphan for orphan in orphans if orphan is not candidate]
                break
    return found


class _Comparer:
    """Compares parts of two files as they are stored."""

    def __init__(self, old: WorkbookFile, new: WorkbookFile, *, formats: bool) -> None:
        self._old, self._new = old, new
        self._same_styles = self._same_related("styles")
        self._same_strings = self._same_related("sharedStrings")
        self._hopeless = formats and not self._same_styles
        self._ids: dict[str, int] = {}
        self._numbers: dict[WorkbookFile, list[bytes]] = {}

    def same_sheet(self, old: SheetEntry, new: SheetEntry) -> bool:
        """Whether the sheets are stored alike but for their name and state."""
        if self._hopeless or not self._same_surroundings(old.part, new.part, 0):
            return False
        if self._same_styles and self._same_strings:
            return self._same_part(old.part, new.part)
        left, right = self._old.read(old.part), self._new.read(new.part)
        if b"<!" in left:
            return False  # a comment could hold what only looks like a number to be undone
        plain = self._plain(left, self._old)
        return plain is not None and plain == self._plain(right, self._new)

    def _plain(self, text: bytes, file: WorkbookFile) -> bytes | None:
        """The sheet with numbers of texts that hold for both files, and without those of styles.

        None if it refers to a text that there is not.
        """
        if not self._same_strings:
            numbers = self._common_numbers(file)
            try:
                text = _TEXT_NUMBER.sub(
                    lambda m: b' t="s"%b><v>%b</v>' % (m[1], numbers[int(m[2])]), text
                )
            except IndexError:
                return None
        return text if self._same_styles else _STYLE_NUMBER.sub(b"", text)

    def _common_numbers(self, file: WorkbookFile) -> list[bytes]:
        if file not in self._numbers:
            ids = self._ids
            self._numbers[file] = [b"%d" % ids.setdefault(text, len(ids)) for text in file.strings]
        return self._numbers[file]

    def _same_related(self, kind: str) -> bool:
        old = self._old.related(self._old.workbook_part, kind)
        new = self._new.related(self._new.workbook_part, kind)
        return len(old) == len(new) and all(map(self._same_part, old, new))

    def _same_surroundings(self, old: str, new: str, depth: int) -> bool:
        left = _compared(self._old.relationships(old))
        right = _compared(self._new.relationships(new))
        return (
            left.keys() == right.keys()
            and depth < _DEEPEST
            and all(self._same_target(link, right[key], depth) for key, link in left.items())
        )

    def _same_target(self, old: Relationship, new: Relationship, depth: int) -> bool:
        if old.external or new.external:
            return old._replace(key="") == new._replace(key="")
        return (
            old.kind == new.kind
            and self._same_part(old.target, new.target)
            and self._same_surroundings(old.target, new.target, depth + 1)
        )

    def _same_part(self, old: str, new: str) -> bool:
        if not (self._old.has(old) and self._new.has(new)):
            return False
        left, right = self._old.info(old), self._new.info(new)
        if (left.CRC, left.file_size) != (right.CRC, right.file_size):
            return False
        packed = left.compress_type == right.compress_type
        if packed and self._old.packed(old) == self._new.packed(new):
            return True
        return self._old.read(old) == self._new.read(new)


def _compared(links: Sequence[Relationship]) -> Mapping[str, Relationship]:
    return {link.key: link for link in links if link.kind in _COMPARED}
