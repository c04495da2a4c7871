"""Which sheet became which: by name, else the most alike of those left over, each once."""

from __future__ import annotations

import pytest

from reportgen.xlsx.compare.changes import ChangeKind
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import ReadBook
from tests.xlsx.compare.tables import TABLE, Row, sheet, told

Sheets = dict[str, tuple[Row, ...]]
OTHER: tuple[Row, ...] = tuple((f"other {n}", n * 3.0 + 0.5) for n in range(9))
FOUR: tuple[Row, ...] = (("a",), ("b",), ("c",), ("d",))
TWO_OF_FOUR: tuple[Row, ...] = (("a",), ("b",), ("y",), ("z",))  # and six in all

# The sheets before and after, and what is told: kind, new name, old name
SHEETS: dict[str, tuple[Sheets, Sheets, list[tuple[ChangeKind, str, str]]]] = {
    "renamed": ({"Old": TABLE}, {"New": TABLE}, [(ChangeKind.SHEET_RENAMED, "New", "Old")]),
    "in another case": (
        {"Data": TABLE},
        {"DATA": TABLE},
        [(ChangeKind.SHEET_RENAMED, "DATA", "Data")],
    ),
    "copied": (
        {"One": TABLE},
        {"One": TABLE, "Copy": TABLE},
        [(ChangeKind.SHEET_ADDED, "Copy", "")],
    ),
    "renamed, and a copy of it": (
        {"Old": TABLE},
        {"New": TABLE, "Newer": TABLE},
        [(ChangeKind.SHEET_ADDED, "Newer", ""), (ChangeKind.SHEET_RENAMED, "New", "Old")],
    ),
    "one of two that were alike removed, the other renamed": (
        {"Old": TABLE, "Older": TABLE},
        {"New": TABLE},
        [(ChangeKind.SHEET_REMOVED, "Older", "Older"), (ChangeKind.SHEET_RENAMED, "New", "Old")],
    ),
    "two renamed, each to what it holds": (
        {"First": TABLE, "Second": OTHER},
        {"A": OTHER, "B": TABLE},
        [
            (ChangeKind.SHEET_RENAMED, "A", "Second"),
            (ChangeKind.SHEET_RENAMED, "B", "First"),
            (ChangeKind.SHEET_MOVED, "B", "First"),
        ],
    ),
    "three renamed, each to what it holds": (
        {"First": TABLE, "Second": OTHER, "Third": FOUR},
        {"A": OTHER, "B": FOUR, "C": TABLE},
        [
            (ChangeKind.SHEET_RENAMED, "A", "Second"),
            (ChangeKind.SHEET_RENAMED, "B", "Third"),
            (ChangeKind.SHEET_RENAMED, "C", "First"),
            (ChangeKind.SHEET_MOVED, "C", "First"),
        ],
    ),
    "two that changed names": (
        {"First": TABLE, "Second": OTHER},
        {"Second": OTHER, "First": TABLE},
        [(ChangeKind.SHEET_MOVED, "First", "First")],
    ),
    "half alike": (
        {"Old": FOUR},
        {"New": (*FOUR[:3], ("x",), ("y",))},
        [(ChangeKind.SHEET_RENAMED, "New", "Old")],
    ),
    "less than half alike": (
        {"Old": FOUR},
        {"New": TWO_OF_FOUR},
        [(ChangeKind.SHEET_REMOVED, "Old", "Old"), (ChangeKind.SHEET_ADDED, "New", "")],
    ),
    "empty ones": (
        {"Old": ()},
        {"New": ()},
        [(ChangeKind.SHEET_REMOVED, "Old", "Old"), (ChangeKind.SHEET_ADDED, "New", "")],
    ),
}
OF_SHEETS = {
    ChangeKind.SHEET_ADDED,
    ChangeKind.SHEET_REMOVED,
    ChangeKind.SHEET_RENAMED,
    ChangeKind.SHEET_MOVED,
}


@pytest.mark.parametrize(("old", "new", "expected"), SHEETS.values(), ids=SHEETS)
def test_a_sheet_is_found_again(
    old: Sheets, new: Sheets, expected: list[tuple[ChangeKind, str, str]]
) -> None:
    left, right = (
        ReadBook(tuple(sheet(name, rows) for name, rows in sheets.items())) for sheets in (old, new)
    )
    found = [
        (change.kind, change.sheet, change.old_place)
        for change in compare(left, right)
        if change.kind in OF_SHEETS
    ]
    assert found == expected


def table(*columns: list[float]) -> ReadBook:
    return ReadBook((sheet("Table", tuple(zip(*columns, strict=True))),))


def test_columns_that_changed_places_are_told_as_moved_though_one_holds_little() -> None:
    """What one of them holds stands in the other, too, but is little of that."""
    keys, few = [float(n) for n in range(60)], [1.0, 2.0, 3.0] * 20
    many = [1.0, 2.0, *(n + 100.0 for n in range(58))]
    old, new = table(keys, few, many), table(keys, many, few)
    assert told(old, new) == [(ChangeKind.COLUMN_MOVED, "C:C")]


def test_a_column_is_a_key_only_where_it_is_one_in_both_sheets() -> None:
    old = [("k1", "x", 7.0), ("k2", "y", 7.0), ("k3", "z", 7.0), ("k4", "u", 7.0)]
    new = [old[0], ("k1", "new", 7.0), *old[1:]]
    (inserted,) = compare(*(ReadBook((sheet("Table", tuple(rows)),)) for rows in (old, new)))
    assert (inserted.kind, inserted.place) == (ChangeKind.ROW_INSERTED, "2:2")
    assert inserted.note == ""  # the second column is the key: nothing in it stands twice
