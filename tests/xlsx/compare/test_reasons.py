"""A calculated value that moved has a reason, or is reported as unexplained."""

from __future__ import annotations

import pytest

from reportgen.xlsx.compare.changes import ChangeKind
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import ReadBook, ReadCell, ReadSheet
from tests.xlsx.compare.tables import book

# a formula of the sheet Calc, and whether a change of Table!B2 is a reason for its value to move
REASONS = [
    ("=Table!B2*2", True),
    ("=Table!B3*2", False),
    ("=SUM(Table!A1:C9)", True),
    ("=SUM(Table!B:B)", True),
    ("=SUM(Table!C1:C9)", False),
    ("=price*2", True),
    ("=PRICE*2", True),
    ("=Table!local+1", True),
    ("=other*2", False),
    ("=chain+1", True),
    ("=chain8+1", True),
    ("=chain9+1", False),  # deeper than anybody looks
    ('="Table!B2"&A1', False),
    ("=TODAY()-A1", True),
    ("=INDIRECT(A1)", True),
    ("=[1]Sheet!A1", True),
    ("=SUM(First:Last!A1)", True),
    ("=SUM(Prices[Close])", True),
]
NAMES = {
    "price": "Table!$B$2",
    "other": "Table!$B$3",
    "chain": "price*3",
    "Table!local": "Table!$B$2",
    "loop": "loop+1",
    "chain1": "Table!$B$2",
    **{f"chain{n}": f"chain{n - 1}+1" for n in range(2, 10)},
}


@pytest.mark.parametrize(("formula", "reason"), [*REASONS, ("=loop", False)])
def test_a_reason_is_found_wherever_the_formula_looks(formula: str, *, reason: bool) -> None:
    def made(price: float, value: float) -> ReadBook:
        table = book(("row", 1.0), ("price", price), ("row 3", 3.0))
        calc = ReadSheet("Calc", cells={(0, 0): ReadCell("x"), (4, 4): ReadCell(value, formula)})
        return ReadBook((*table.sheets, calc), names=NAMES)

    kinds = [change.kind for change in compare(made(1.0, 5.0), made(2.0, 6.0))]
    assert kinds == [ChangeKind.INPUT, ChangeKind.CALCULATED if reason else ChangeKind.UNEXPLAINED]


def test_an_inserted_row_is_no_reason_for_what_does_not_read_it() -> None:
    def made(*words: str, value: float) -> ReadBook:
        calc = ReadSheet("Calc", cells={(0, 0): ReadCell(value, "=Table!A1")})
        return ReadBook((*book(*((word,) for word in words)).sheets, calc))

    old, new = made("a", "b", "c", value=1.0), made("a", "new", "b", "c", value=2.0)
    assert [one.kind for one in compare(old, new)] == [
        ChangeKind.ROW_INSERTED,
        ChangeKind.UNEXPLAINED,
    ]


def test_a_range_that_an_inserted_row_made_longer_has_a_reason_to_move() -> None:
    def made(*rows: ReadCell, size: float) -> ReadBook:
        table = {(at, 0): cell for at, cell in enumerate(rows)}
        calc = ReadCell(size, f"=ROWS(Table!A1:A{len(rows)})")
        return ReadBook((ReadSheet("Table", cells=table), ReadSheet("Calc", cells={(0, 0): calc})))

    words = [ReadCell(word) for word in ("a", "b", "c", "d")]
    # Programs give an inserted row the look of the one above
    longer = [*words[:2], ReadCell(None, style=1), *words[2:]]
    changes = compare(made(*words, size=4.0), made(*longer, size=5.0))
    assert [(change.kind, change.place) for change in changes] == [
        (ChangeKind.ROW_INSERTED, "3:3"),
        (ChangeKind.CALCULATED, "A1"),
    ]
