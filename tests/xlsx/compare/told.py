"""What is told of each pair of workbooks of these tests, there and back, with looks and formats.

It stands in tests/golden/documents, written anew with the other documents: tests/golden/prints.py.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.xlsx.compare.changes import CompareOptions
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import ReadBook
from tests.xlsx.compare.tables import book, sheet
from tests.xlsx.compare.test_alignment import CASES
from tests.xlsx.compare.test_details import DETAILS, SIZES
from tests.xlsx.compare.test_details import OLD as PLAIN
from tests.xlsx.compare.test_maps import SHEETS, Sheets

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "changes_of_workbooks.txt"
_WHOLE = CompareOptions(formats=True)


def text() -> str:
    """The changes of each pair by its name."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    for name, old, new in _pairs():
        yield f"\n{name}"
        yield from (f"  {line}" for line in _changes(old, new))
        yield "  and back"
        yield from (f"  {line}" for line in _changes(new, old))


def _changes(old: ReadBook, new: ReadBook) -> Iterator[str]:
    for one in compare(old, new, _WHOLE):
        place = f"{one.kind}: {one.sheet}!{one.place} from {one.old_place or '-'}"
        yield f"{place}: {one.old!r} -> {one.new!r}" + f" ({one.note})" * bool(one.note)


def _pairs() -> Iterator[tuple[str, ReadBook, ReadBook]]:
    yield from ((name, book(*old), book(*new)) for name, (old, new, _) in CASES.items())
    yield from ((name, _sheets(old), _sheets(new)) for name, (old, new, _) in SHEETS.items())
    yield from ((name, old, new) for name, (old, new, _) in DETAILS.items())
    yield from ((name, PLAIN, new) for name, (new, _) in SIZES.items())


def _sheets(sheets: Sheets) -> ReadBook:
    return ReadBook(tuple(sheet(name, rows) for name, rows in sheets.items()))
