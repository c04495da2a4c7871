"""What names a row: a text of its own in most rows, or else a day that only rises or only falls."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.xlsx.compare.lines import Placed, build_lines, find_key
from reportgen.xlsx.reader.records import CellError
from tests.xlsx.compare.tables import cell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.values import Value

NAMES = tuple("abcdefghij")
# The columns of ten rows, and the one whose cells name the rows
KEYS: dict[str, tuple[Sequence[Sequence[Value]], int | None]] = {
    "texts": ([NAMES], 0),
    "texts to the right of numbers": ([[2.5] * 10, NAMES], 1),
    "the first of two columns of texts": ([[*NAMES[::-1]], NAMES], 0),
    "texts rather than days": ([[float(n) for n in range(10)], NAMES], 1),
    "nine texts in ten of their own": ([[*NAMES[:9], "a"]], 0),
    "eight texts in ten of their own": ([[*NAMES[:8], "a", "b"]], None),
    "texts in half of the rows": ([[*NAMES[:5], *[None] * 5], [0.5] * 10], 0),
    "texts in fewer than half": ([[*NAMES[:4], *[None] * 6], [0.5] * 10], None),
    "days that rise": ([[45990.0 + n for n in range(10)]], 0),
    "days that fall": ([[45990.0 - n for n in range(10)]], 0),
    "days that rise and fall": ([[45990.0 + n % 5 for n in range(10)]], None),
    "a day twice": ([[45990.0, 45990.0, *(45991.0 + n for n in range(8))]], None),
    "a day twice among days that fall": ([[45990.0, 45990.0, *(45980.0 - n for n in range(8))]],
                                         None),
    "numbers that rise": ([[n + 0.5 for n in range(10)]], None),
    "days in half of the rows": ([[*(45990.0 + n for n in range(5)), *[None] * 5], [0.5] * 10], 0),
    "days in fewer than half": ([[*(45990.0 + n for n in range(4)), *[None] * 6], [0.5] * 10],
                                None),
    "formulas": ([[f"=B{n}" for n in range(1, 11)], NAMES], 1),
    "marks of yes and no": ([[True, False] * 5], None),
}  # fmt: skip


def placed(columns: Sequence[Sequence[Value]], rows: int = 10) -> list[Placed]:
    return [
        Placed(at, across, cell(column[at]))
        for across, column in enumerate(columns)
        for at in range(rows)
        if column[at] is not None
    ]


@pytest.mark.parametrize(("columns", "key"), KEYS.values(), ids=KEYS)
def test_rows_are_named_by_texts_or_days_of_their_own(
    columns: Sequence[Sequence[Value]], key: int | None
) -> None:
    assert find_key(placed(columns), placed(columns)) == key


def test_one_day_names_no_row() -> None:
    one = placed([[45990.0], [0.5]], rows=1)
    two = placed([[45990.0, 45991.0], [0.5, 0.5]], rows=2)
    assert (find_key(one, one), find_key(two, two)) == (None, 0)


def test_a_row_is_named_by_what_was_typed_in_the_column_of_names_alone() -> None:
    columns = [["=B1", "b", CellError("#N/A")], ["x", "y", "z"]]
    first, second, third = build_lines(placed(columns, rows=3), 0, positions=True)
    assert (first.key, second.key) == (None, "b")
    assert third.key not in {None, "#N/A"}  # an error is not its text


@pytest.mark.parametrize(
    ("row", "is_slight"),
    [([7.0], True), (["a"], False), ([True], False), ([7.0, 8.0], False), (["=A1"], False)],
    ids=str,
)
def test_a_single_number_tells_no_row_from_another(row: list[Value], *, is_slight: bool) -> None:
    (line,) = build_lines(placed([[value] for value in row], rows=1), None, positions=True)
    assert line.is_slight is is_slight
