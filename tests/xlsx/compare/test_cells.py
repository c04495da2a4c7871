"""Two cells that stand in one place: which kind of change it is, and what is told of it."""

from __future__ import annotations

import pytest

from reportgen.xlsx.compare.cells import same_value
from reportgen.xlsx.compare.changes import ChangeKind, CompareOptions
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import ReadBook, ReadCell, ReadSheet

TYPED, BLANK = ReadCell(1.0), ReadCell(None)
EMPTY_TEXT = ReadCell("", "=B1")
UNSEEN = ReadCell(None, "=B1")
SUM, OTHER_SUM = ReadCell(1.0, "=B1+1"), ReadCell(1.0, "=B1+2")
TRUE, FALSE = ReadCell(value=True), ReadCell(value=False)

PAIRS: list[tuple[ReadCell, ReadCell, ChangeKind | None]] = [
    (TYPED, TYPED, None),
    (TYPED, ReadCell(2.0), ChangeKind.INPUT),
    (TYPED, BLANK, ChangeKind.INPUT),
    (BLANK, TYPED, ChangeKind.INPUT),
    (TYPED, ReadCell("1"), ChangeKind.INPUT),
    (TYPED, TRUE, ChangeKind.INPUT),
    (ReadCell(0.0), FALSE, ChangeKind.INPUT),
    (TRUE, FALSE, ChangeKind.INPUT),
    (SUM, SUM, None),
    (SUM, OTHER_SUM, ChangeKind.FORMULA),
    (SUM, TYPED, ChangeKind.HARDCODED),
    (SUM, BLANK, ChangeKind.FORMULA),
    (TYPED, SUM, ChangeKind.FORMULA),
    (BLANK, SUM, ChangeKind.FORMULA),
    (SUM, SUM._replace(value=2.0), ChangeKind.UNEXPLAINED),
    (SUM, SUM._replace(value=None), ChangeKind.UNCACHED),
    (SUM._replace(value=None), SUM, ChangeKind.UNCACHED),
    (SUM, SUM._replace(value="1"), ChangeKind.UNEXPLAINED),
    (SUM._replace(value="1"), SUM, ChangeKind.UNEXPLAINED),
    (EMPTY_TEXT, UNSEEN, None),
    (UNSEEN, EMPTY_TEXT, None),
    *(
        (ReadCell(is_true, formula), ReadCell(is_true), None)
        for formula, is_true in (
            ("=TRUE", True), ("=TRUE()", True), ("=FALSE", False), ("=FALSE()", False),
        )
    ),
    *(
        (ReadCell(is_true), ReadCell(is_true, formula), None)
        for formula, is_true in (
            ("=TRUE", True), ("=TRUE()", True), ("=FALSE", False), ("=FALSE()", False),
        )
    ),
    (ReadCell(value=True, formula="=TRUE"), FALSE, ChangeKind.INPUT),
    (ReadCell(value=False, formula="=FALSE()"), TRUE, ChangeKind.INPUT),
    (ReadCell(value=True, formula="=NOT(FALSE)"), TRUE, ChangeKind.HARDCODED),
]  # fmt: skip


def one_cell(cell: ReadCell) -> ReadBook:
    """A workbook of the cell A1, and of what lets a formula see that nothing it reads moved."""
    return ReadBook((ReadSheet("Calc", cells={(0, 0): cell, (0, 1): TYPED, (4, 4): TYPED}),))


@pytest.mark.parametrize(("old", "new", "kind"), PAIRS)
def test_each_pair_of_cells_has_its_kind(
    old: ReadCell, new: ReadCell, kind: ChangeKind | None
) -> None:
    kinds = [change.kind for change in compare(one_cell(old), one_cell(new))]
    assert kinds == ([kind] if kind else [])


@pytest.mark.parametrize(
    ("old", "new", "shown", "note"),
    [
        (SUM, OTHER_SUM, ("=B1+1", "=B1+2"), "same value"),
        (SUM, OTHER_SUM._replace(value=3.0), ("=B1+1", "=B1+2"), "value 1.0 -> 3.0"),
        (SUM, TYPED, ("=B1+1", 1.0), "same value"),
        (SUM, ReadCell(5.0), ("=B1+1", 5.0), "value 1.0 -> 5.0"),
        (SUM, BLANK, ("=B1+1", None), "value 1.0 -> None"),
        (TYPED, SUM, (1.0, "=B1+1"), "same value"),
        (TYPED, ReadCell(2.0), (1.0, 2.0), ""),
    ],
)
def test_what_stood_and_what_stands_there_is_told(
    old: ReadCell, new: ReadCell, shown: tuple[object, object], note: str
) -> None:
    (change,) = compare(one_cell(old), one_cell(new))
    assert ((change.old, change.new), change.note) == (shown, note)


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (1.0, 1.0 + 0.9e-3, True),
        (1.0, 1.0 + 1.1e-3, False),
        (1e6, 1e6 + 0.9e3, True),
        (1e6, 1e6 + 1.1e3, False),
        (0.0, 0.9e-6, True),
        (0.0, 1.1e-6, False),
        (1.0, True, False),
        (1.0, "1.0", False),
        ("a", "a", True),
        ("a", "A", False),
        (None, None, True),
        (None, "", False),
        (float("inf"), float("inf"), True),
    ],
)
def test_numbers_are_the_same_within_either_tolerance(
    old: float | str | None, new: float | str | None, *, same: bool
) -> None:
    options = CompareOptions(relative_tolerance=1e-3, absolute_tolerance=1e-6)
    assert same_value(old, new, options) is same_value(new, old, options) is same


def test_by_itself_a_number_is_the_same_up_to_the_last_digits_alone() -> None:
    assert CompareOptions() == CompareOptions(1e-9, 1e-12, formats=False)
