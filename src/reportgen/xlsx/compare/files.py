"""The comparison of two files: sheets that are stored alike are never taken apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.compare.books import compare_mapped
from reportgen.xlsx.compare.changes import DEFAULT_OPTIONS, CompareOptions, WorkbookChange
from reportgen.xlsx.compare.maps import BookMap, map_books
from reportgen.xlsx.compare.parts import same_sheets
from reportgen.xlsx.guard import DEFAULT_LIMITS, Limits
from reportgen.xlsx.reading.pause import paused_collector
from reportgen.xlsx.reading.workbook import WorkbookFile

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from pathlib import Path

    from reportgen.xlsx.reading.records import ReadBook, ReadSheet
    from reportgen.xlsx.reading.sheet import SheetEntry

_CHUNK = 1_000_000


def compare_files(
    old: Path,
    new: Path,
    options: CompareOptions = DEFAULT_OPTIONS,
    limits: Limits = DEFAULT_LIMITS,
    after_reading: Callable[[], object] = tuple,
) -> tuple[WorkbookChange, ...]:
    """As `compare` for two files. Raises UnreadableFile or HostileFile if one is not read.

    `after_reading` is called when the files have been read and only comparing is left to do.
    """
    with WorkbookFile(old, limits) as old_file, WorkbookFile(new, limits) as new_file:
        if _same_bytes(old, new):
            return ()
        with paused_collector():
            return _compare_open(old_file, new_file, options, after_reading)


def _compare_open(
    old: WorkbookFile,
    new: WorkbookFile,
    options: CompareOptions,
    after_reading: Callable[[], object],
) -> tuple[WorkbookChange, ...]:
    same = same_sheets(old, new, formats=options.formats)
    left = old.book({before.name for before, _ in same})
    right = new.book({after.name for _, after in same})
    after_reading()
    books = map_books(left, right, {after.name: before.name for before, after in same})
    disturbed = books.disturbed()
    # Equal formulas that refer to what was moved do not say the same any more.
    stale = [pair for pair in same if disturbed and _mentions(old, pair[0], disturbed)]
    if stale:
        fresh_left = {before.name: old.sheet(before) for before, _ in stale}
        fresh_right = {after.name: new.sheet(after) for _, after in stale}
        left, right = _with(left, fresh_left), _with(right, fresh_right)
        books = _with_pairs(books, fresh_left, fresh_right)
    return compare_mapped(left, right, books, options)


def _with(book: ReadBook, fresh: Mapping[str, ReadSheet]) -> ReadBook:
    return book._replace(sheets=tuple(fresh.get(sheet.name, sheet) for sheet in book.sheets))


def _with_pairs(
    books: BookMap, old: Mapping[str, ReadSheet], new: Mapping[str, ReadSheet]
) -> BookMap:
    return books._replace(
        pairs=tuple(
            pair._replace(
                old=old.get(pair.old.name, pair.old), new=new.get(pair.new.name, pair.new)
            )
            for pair in books.pairs
        )
    )


def _mentions(file: WorkbookFile, entry: SheetEntry, sheets: Collection[str]) -> bool:
    """Whether the stored sheet may hold a reference to one of the sheets."""
    text = file.read(entry.part).decode("utf-8", "replace").casefold().replace("&apos;", "'")
    names = [_as_stored(name).casefold() for name in sheets]
    return any(f"{name}{end}" in text for name in names for end in ("!", "'!", ":"))


def _as_stored(sheet: str) -> str:
    """The name as XML has it inside a formula."""
    for plain, stored in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "''")):
        sheet = sheet.replace(plain, stored)
    return sheet


def _same_bytes(old: Path, new: Path) -> bool:
    if old.stat().st_size != new.stat().st_size:
        return False
    with old.open("rb") as left, new.open("rb") as right:
        while chunk := left.read(_CHUNK):
            if chunk != right.read(_CHUNK):
                return False
    return True
