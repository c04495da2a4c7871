"""The fast writer makes the same parts, byte by byte, as the library it speeds up."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.books import report_like
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Book, Cell, Validation
from reportgen.xlsx.writer.workbook import render
from tests.xlsx.writer.gallery import gallery
from tests.xlsx.writer.samples import STYLES, everything, one_sheet, smallest
from tests.xlsx.writer.stock import parts, stock_parts

if TYPE_CHECKING:
    from collections.abc import Callable

BOOKS = {
    "every feature": everything,
    "nothing": smallest,
    "every chart": gallery,
    "a report's shape": lambda: report_like(600),
}


def assert_same_parts(book: Book) -> None:
    ours, stock = parts(render(book)), stock_parts(book)
    assert list(ours) == list(stock)
    assert [name for name in ours if ours[name] != stock[name]] == []


@pytest.mark.parametrize("make", BOOKS.values(), ids=BOOKS.keys())
def test_every_part_is_the_one_the_stock_library_writes(make: Callable[[], Book]) -> None:
    assert_same_parts(make())


def test_rules_with_functions_that_spill_are_stored_as_the_stock_library_does() -> None:
    rules = tuple(
        Validation((Area(row, 0, row, 0),), "custom", formula=formula)
        for row, formula in enumerate(("=ROWS(UNIQUE($A$1:$A$9))>1", "={TRUE}", '="SORT("<>A1'))
    )
    assert_same_parts(one_sheet(validations=rules))


def test_a_line_that_is_not_drawn_is_stored_as_the_stock_library_does() -> None:
    book = everything()
    chart = book.sheets[0].charts[0]
    hidden = tuple(replace(series, invisible=True) for series in chart.series)
    sheet = replace(book.sheets[0], charts=(replace(chart, series=hidden),))
    assert_same_parts(replace(book, sheets=(sheet, *book.sheets[1:])))


typed = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
)
cached = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="_"), max_size=9),
)
places = st.tuples(st.integers(0, 60), st.integers(0, 40))
looks = st.sampled_from(["", *STYLES])


def typed_cell(place: tuple[int, int]) -> st.SearchStrategy[Cell]:
    return st.builds(Cell, st.just(place[0]), st.just(place[1]), typed, st.just(""), looks)


def formula_cell(place: tuple[int, int]) -> st.SearchStrategy[Cell]:
    formulas = st.sampled_from(["=A1", '=IF(A1<>0,"a & b",1)', "=SUM($A$1:B$9)", "='T & C'!A1"])
    return st.builds(Cell, st.just(place[0]), st.just(place[1]), cached, formulas, looks)


cells = st.lists(places, unique=True, max_size=25).flatmap(
    lambda taken: st.tuples(*(st.one_of(typed_cell(at), formula_cell(at)) for at in taken))
)


@given(cells)
@settings(max_examples=60)
def test_any_cells_make_the_part_the_stock_library_writes(chosen: tuple[Cell, ...]) -> None:
    plain = tuple(cell for cell in chosen if not _mistaken_by_stock(cell))
    assert_same_parts(one_sheet(*plain))


def _mistaken_by_stock(cell: Cell) -> bool:
    """Text between these tags the stock library takes for its own mark-up."""
    return isinstance(cell.value, str) and cell.value.startswith("<r>")
