"""Laws that hold for the comparison of any two tables."""

from __future__ import annotations

from hypothesis import example, given
from hypothesis import strategies as st

from reportgen.xlsx.compare.changes import ChangeKind
from reportgen.xlsx.compare.maps import map_sheet
from reportgen.xlsx.compare.workbooks import compare
from reportgen.xlsx.reader.records import ReadBook
from tests.xlsx.compare.tables import Row, book, told

VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(-1e6, 1e6),
    st.text("abc ", max_size=3),
    st.sampled_from(["=A1", "=SUM(A1:B3)", "=Table!C2*2"]),
)


TABLES = st.lists(st.lists(VALUES, max_size=4).map(tuple), max_size=8)


# A row moved to where another one was cleared
CROWDED: dict[str, list[Row]] = {
    "old": [(None, "=A1", None, 0.0), (None, None, None, "=A1"), (None, False)],
    "new": [(None, None, None, "=A1"), (None, None, "=A1", 0.0)],
}


@given(rows=TABLES)
def test_a_workbook_does_not_differ_from_itself(rows: list[Row]) -> None:
    assert compare(book(*rows), book(*rows)) == ()


@given(old=TABLES, new=TABLES)
@example(**CROWDED)
def test_any_two_tables_are_compared_alike_in_any_order_of_cells(
    old: list[Row], new: list[Row]
) -> None:
    assert compare(book(*old), book(*new)) == compare(_reversed(book(*old)), _reversed(book(*new)))


@given(old=TABLES, new=TABLES)
@example(**CROWDED)
def test_no_two_cells_became_the_same_cell(old: list[Row], new: list[Row]) -> None:
    left, right = (made.sheets[0] for made in (book(*old), book(*new)))
    sheet_map = map_sheet(left, right)
    found = [sheet_map.new_place(*place) for place in left.cells]
    kept = [place for place in found if place is not None]
    assert len(set(kept)) == len(kept)


@given(old=TABLES, new=TABLES)
def test_tables_without_a_difference_told_hold_the_same(old: list[Row], new: list[Row]) -> None:
    if compare(book(*old), book(*new)) == ():
        left, right = (
            {place: value for place, value in made.sheets[0].cells.items() if value.value != ""}
            for made in (book(*old), book(*new))
        )
        assert left.keys() == right.keys()


@given(
    at=st.integers(0, 30),
    rows=st.lists(st.tuples(st.floats(0, 1e6), st.sampled_from("abc")), min_size=30, max_size=30),
)
def test_a_row_inserted_anywhere_is_one_change(at: int, rows: list[tuple[float, str]]) -> None:
    table: list[Row] = [(f"key {n}", *row, f"=B{n + 1}*2") for n, row in enumerate(rows)]
    moved = [
        (*row[:3], f"=B{n + 1}*2")
        for n, row in enumerate([*table[:at], ("new", 1.0, "z"), *table[at:]])
    ]
    assert told(book(*table), book(*moved)) == [(ChangeKind.ROW_INSERTED, f"{at + 1}:{at + 1}")]


@given(first=st.integers(0, 29), second=st.integers(0, 29))
def test_a_row_moved_anywhere_is_one_change(first: int, second: int) -> None:
    table: list[Row] = [(f"key {n}", n * 1.25, f"=B{n + 1}*2") for n in range(30)]
    order = list(range(30))
    order.insert(second, order.pop(first))
    moved: list[Row] = [(*table[n][:2], f"=B{at + 1}*2") for at, n in enumerate(order)]
    kinds = [change.kind for change in compare(book(*table), book(*moved))]
    assert kinds == ([] if first == second else [ChangeKind.ROW_MOVED])


def _reversed(made: ReadBook) -> ReadBook:
    return ReadBook(
        tuple(one._replace(cells=dict(reversed(list(one.cells.items())))) for one in made.sheets)
    )
