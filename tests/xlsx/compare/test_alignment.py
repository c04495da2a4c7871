"""Rows and columns are found again wherever they went, and references with them."""

from __future__ import annotations

import pytest

from reportgen.xlsx.compare.changes import ChangeKind
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import CellError, ReadBook
from tests.xlsx.compare.tables import NUMBERS, TABLE, Row, book, told

# old rows, new rows, what is told
CASES: dict[str, tuple[list[Row], list[Row], list[tuple[ChangeKind, str]]]] = {
    "a blank row inserted": (
        [*TABLE], [*TABLE[:4], (), *TABLE[4:]], [(ChangeKind.ROW_INSERTED, "5:5")],
    ),
    "a range of one cell, written as that cell, above it a row inserted": (
        [*TABLE, ("sum", "=SUM(B2:B2)")],
        [("new", 7.0), *TABLE, ("sum", "=SUM(B3)")],
        [(ChangeKind.ROW_INSERTED, "1:1")],
    ),
    "a range that became one of its cells": (
        [*TABLE, ("sum", "=SUM(B2:B3)")],
        [*TABLE, ("sum", "=SUM(B2)")],
        [(ChangeKind.FORMULA, "B10")],
    ),
    "three blank rows inserted": (
        [*TABLE], [*TABLE[:4], (), (), (), *TABLE[4:]], [(ChangeKind.ROW_INSERTED, "5:7")],
    ),
    "a blank row deleted": (
        [*TABLE[:4], (), *TABLE[4:]], [*TABLE], [(ChangeKind.ROW_DELETED, "5:5")],
    ),
    "a row typed into an empty one": (
        [*TABLE[:4], (), *TABLE[4:]],
        [*TABLE[:4], ("new", 7.0), *TABLE[4:]],
        [(ChangeKind.INPUT, "A5"), (ChangeKind.INPUT, "B5")],
    ),
    "a row emptied": (
        [*TABLE], [*TABLE[:4], (), *TABLE[5:]],
        [(ChangeKind.INPUT, "A5"), (ChangeKind.INPUT, "B5"), (ChangeKind.INPUT, "C5")],
    ),
    "rows inserted in two places": (
        [*TABLE],
        [*TABLE[:2], ("a", 1.0), *TABLE[2:6], ("b", 2.0), *TABLE[6:]],
        [(ChangeKind.ROW_INSERTED, "3:3"), (ChangeKind.ROW_INSERTED, "8:8")],
    ),
    "a row replaced by an unlike one": (
        [*TABLE],
        [*TABLE[:4], ("another", 70.0, 80.0), *TABLE[5:]],
        [(ChangeKind.ROW_DELETED, "5:5"), (ChangeKind.ROW_INSERTED, "5:5")],
    ),
    "all numbers of a row changed": (
        [*TABLE],
        [*TABLE[:4], ("row 4", 70.0, 80.0), *TABLE[5:]],
        [(ChangeKind.INPUT, "B5"), (ChangeKind.INPUT, "C5")],
    ),
    "all numbers of a column changed": (
        [*TABLE],
        [(row[0], float(row[1] or 0) + 0.25, row[2]) for row in TABLE],
        [(ChangeKind.INPUT, f"B{n}") for n in range(1, 10)],
    ),
    "all numbers of a table without labels changed": (
        [*NUMBERS],
        [(float(row[0] or 0) + 0.1, float(row[1] or 0) + 0.1) for row in NUMBERS],
        [(ChangeKind.INPUT, f"{col}{n}") for n in range(1, 10) for col in "AB"],
    ),
    "a number inserted into a list": (
        [(1.0,), (2.0,), (3.0,), (4.0,)],
        [(1.0,), (9.0,), (2.0,), (3.0,), (4.0,)],
        [(ChangeKind.ROW_INSERTED, "2:2")],
    ),
    "two numbers swapped in a list": (
        [(1.0,), (2.0,), (3.0,), (4.0,)],
        [(1.0,), (3.0,), (2.0,), (4.0,)],
        [(ChangeKind.INPUT, "A2"), (ChangeKind.INPUT, "A3")],
    ),
    "equal rows, one more": (
        [("n/a", 0.0)] * 5, [("n/a", 0.0)] * 6, [(ChangeKind.ROW_INSERTED, "6:6")],
    ),
    "a remark below the table": (
        [*TABLE], [*TABLE, (), (None, "a remark")], [(ChangeKind.INPUT, "B11")],
    ),
    "a remark beside the table": (
        [*TABLE], [(*TABLE[0], None, "a remark"), *TABLE[1:]], [(ChangeKind.INPUT, "E1")],
    ),
    "a column deleted": (
        [*TABLE], [(row[0], row[2]) for row in TABLE], [(ChangeKind.COLUMN_DELETED, "B:B")],
    ),
    "a column moved to the front": (
        [*TABLE],
        [(row[2], row[0], row[1]) for row in TABLE],
        [(ChangeKind.COLUMN_MOVED, "A:A")],
    ),
    "a row and a column inserted": (
        [*TABLE],
        [
            (row[0], f"why {n}", *row[1:])
            for n, row in enumerate([*TABLE[:4], ("new", 5.0, 6.0), *TABLE[4:]])
        ],
        [(ChangeKind.COLUMN_INSERTED, "B:B"), (ChangeKind.ROW_INSERTED, "5:5")],
    ),
    "True is not 1": ([(1.0,)], [(True,)], [(ChangeKind.INPUT, "A1")]),
    "an error is not its name": (
        [("#N/A",)], [(CellError("#N/A"),)], [(ChangeKind.INPUT, "A1")],
    ),
    "text is not the number it shows": ([(200.0,)], [("200",)], [(ChangeKind.INPUT, "A1")]),
    "a cell typed where there was none, below an inserted row": (
        [*TABLE],
        [("new", 7.0), *TABLE[:2], (*TABLE[2], "why"), *TABLE[3:]],
        [(ChangeKind.ROW_INSERTED, "1:1"), (ChangeKind.INPUT, "D4")],
    ),
    "a formula left as it was below an inserted row": (
        [*TABLE, ("last", "=B9")],
        [("new", 7.0), *TABLE, ("last", "=B9")],
        [(ChangeKind.ROW_INSERTED, "1:1"), (ChangeKind.FORMULA, "B11")],
    ),
    "a formula that was cleared": ([("a", "=B2")], [("a",)], [(ChangeKind.FORMULA, "B1")]),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "expected"), CASES.values(), ids=CASES)
def test_rows_and_columns_are_aligned(
    old: list[Row], new: list[Row], expected: list[tuple[ChangeKind, str]]
) -> None:
    assert told(book(*old), book(*new)) == expected


# references in old formulas and new ones, after a row was inserted above row 5 of Table
SHIFTED = [
    ("=Table!A2", "=Table!A2", True),
    ("=Table!A5", "=Table!A6", True),
    ("=Table!A5", "=Table!A5", False),
    ("=SUM(Table!B1:B9)", "=SUM(Table!B1:B10)", True),
    ("=SUM(Table!B1:B9)", "=SUM(Table!B1:B9)", False),
    ("=SUM(Table!B1:B4)", "=SUM(Table!B1:B4)", True),
    ("=SUM(Table!B1:B4)", "=SUM(Table!B1:B5)", True),
    ("=SUM(Table!B5:B9)", "=SUM(Table!B5:B10)", True),
    ("=SUM(Table!B5:B9)", "=SUM(Table!B6:B10)", True),
    ("=SUM(Table!B2:B9)", "=SUM(Table!B1:B10)", False),
    ("=SUM(Table!B1:B9)", "=SUM(Table!B3:B10)", False),
    ("=SUM(Table!B1:B8)", "=SUM(Table!B1:B8)", False),
    ("=SUM(Table!B1:B3)", "=SUM(Table!B1:B2)", False),
    ("=SUM(Gone!B1:B9)", "=SUM(Gone!B1:B9)", True),
    ("=Gone!A5", "=Gone!#REF!", False),
    ("=Table!local", "=Table!local", True),
    ("=Table!local", "=Other!local", False),
    ("=SUM(Gone!B1:B9)", "=SUM(Gone!B1:B10)", False),
    ("=SUM(Table!B:B)", "=SUM(Table!B:B)", True),
    ('=Table!$A$5&"A5"', '=Table!$A$6&"A5"', True),
    ("=Table!A5", "=Table!$A$6", False),
    ("=Table!A5*2.0", "=table!A6 * 2", True),
]


@pytest.mark.parametrize(("before", "after", "same"), SHIFTED)
def test_references_follow_an_inserted_row(before: str, after: str, *, same: bool) -> None:
    old = book(*TABLE, Other=[("x", before)])
    new = book(*TABLE[:4], ("new", 1.0, 2.0), *TABLE[4:], Other=[("x", after)])
    expected = [(ChangeKind.ROW_INSERTED, "5:5"), *([] if same else [(ChangeKind.FORMULA, "B1")])]
    assert told(old, new) == expected


# the same after a column was inserted before column B
SHIFTED_ACROSS = [
    ("=Table!A2", "=Table!A2", True),
    ("=Table!B2", "=Table!C2", True),
    ("=Table!B2", "=Table!B2", False),
    ("=SUM(Table!A1:C1)", "=SUM(Table!A1:D1)", True),
    ("=SUM(Table!A1:C1)", "=SUM(Table!A1:C1)", False),
    ("=SUM(Table!A1:A9)", "=SUM(Table!A1:A9)", True),
    ("=SUM(Table!A1:A9)", "=SUM(Table!A1:B9)", True),
    ("=SUM(Table!A1:A9)", "=SUM(Table!A1:C9)", False),
    ("=SUM(Table!B1:C9)", "=SUM(Table!C1:D9)", True),
    ("=SUM(Table!B1:C9)", "=SUM(Table!B1:D9)", True),
    ("=SUM(Table!B1:C9)", "=SUM(Table!A1:D9)", False),
    ("=SUM(Table!2:2)", "=SUM(Table!2:2)", True),
    ("=SUM(Table!2:2)", "=SUM(Table!3:3)", False),
    ("=SUM(Table!B:B)", "=SUM(Table!C:C)", True),
    ("=SUM(Table!B:B)", "=SUM(Table!B:B)", False),
    ("=Table!$B$2", "=Table!$C$2", True),
    ("=Table!$B2", "=Table!C$2", False),
    ("=Table!B2", "=Table!C3", False),
]


@pytest.mark.parametrize(("before", "after", "same"), SHIFTED_ACROSS)
def test_references_follow_an_inserted_column(before: str, after: str, *, same: bool) -> None:
    old = book(*TABLE, Other=[("x", before)])
    wider = [(row[0], f"why {n}", *row[1:]) for n, row in enumerate(TABLE)]
    new = book(*wider, Other=[("x", after)])
    expected = [
        (ChangeKind.COLUMN_INSERTED, "B:B"),
        *([] if same else [(ChangeKind.FORMULA, "B1")]),
    ]
    assert told(old, new) == expected


ROW_GONE, COLUMN_GONE = (ChangeKind.ROW_DELETED, "5:5"), (ChangeKind.COLUMN_DELETED, "B:B")
# what was deleted, a reference before and after, and whether the one became the other
LOST = [
    (ROW_GONE, "=Table!A5", "=Table!#REF!", True),
    (ROW_GONE, "=Table!A5", "=Table!A5", False),
    (ROW_GONE, "=SUM(Table!5:5)", "=SUM(Table!#REF!)", True),
    (ROW_GONE, "=Table!A4", "=Table!#REF!", False),
    (ROW_GONE, "=Table!A6", "=Table!#REF!", False),
    (ROW_GONE, "=SUM(Table!A:A)", "=SUM(Table!#REF!)", False),
    (ROW_GONE, "=SUM(Table!A5:A9)", "=SUM(Table!A5:A8)", True),
    (ROW_GONE, "=SUM(Table!A5:A9)", "=SUM(Table!A6:A8)", False),
    (ROW_GONE, "=SUM(Table!A1:A5)", "=SUM(Table!A1:A4)", True),
    (ROW_GONE, "=SUM(Table!A1:A5)", "=SUM(Table!A1:A3)", False),
    (COLUMN_GONE, "=Table!B4", "=Table!#REF!", True),
    (COLUMN_GONE, "=Table!B4", "=Table!B4", False),
    (COLUMN_GONE, "=SUM(Table!B:B)", "=SUM(Table!#REF!)", True),
    (COLUMN_GONE, "=Table!C4", "=Table!#REF!", False),
    (COLUMN_GONE, "=SUM(Table!4:4)", "=SUM(Table!#REF!)", False),
]


@pytest.mark.parametrize(("gone", "before", "after", "same"), LOST)
def test_a_reference_is_lost_with_its_row_or_column_and_else_not(
    gone: tuple[ChangeKind, str], before: str, after: str, *, same: bool
) -> None:
    left = [*TABLE[:4], *TABLE[5:]] if gone == ROW_GONE else [(row[0], row[2]) for row in TABLE]
    old, new = book(*TABLE, Other=[("x", before)]), book(*left, Other=[("x", after)])
    assert told(old, new) == [gone, *([] if same else [(ChangeKind.FORMULA, "B1")])]


def test_a_value_that_moved_without_reason_is_unexplained() -> None:
    def with_value(value: float, price: float) -> ReadBook:
        made = book(("price", price), ("twice", "=B1*2"), ("now", "=NOW()"))
        cells = dict(made.sheets[0].cells)
        for place in ((1, 1), (2, 1)):
            cells[place] = cells[place]._replace(value=value)
        return ReadBook((made.sheets[0]._replace(cells=cells),))

    assert told(with_value(4.0, 2.0), with_value(5.0, 2.0)) == [
        (ChangeKind.UNEXPLAINED, "B2"),
        (ChangeKind.CALCULATED, "B3"),
    ]
    assert told(with_value(4.0, 2.0), with_value(5.0, 2.5)) == [
        (ChangeKind.INPUT, "B1"),
        (ChangeKind.CALCULATED, "B2"),
        (ChangeKind.CALCULATED, "B3"),
    ]


def test_sheets_that_changed_places_are_told() -> None:
    old = book(*TABLE, A=[("a",)], B=[("b",)])
    new = ReadBook((old.sheets[0], old.sheets[2], old.sheets[1]))
    assert [change.kind for change in compare(old, new)] == [ChangeKind.SHEET_MOVED]
