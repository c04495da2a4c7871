"""Nothing that a reader sees is cut: no ###, no broken word, no line or text that ends too soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportgen.report.assemble import LAST
from reportgen.report.fitting import fit
from reportgen.report.placement import Places
from reportgen.report.tab import Tab
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Book, Cell, Columns, Page, Properties, Sheet, Style
from tests.report.conftest import AS_OF, built
from tests.support.fitting import Cut, Fit
from tests.support.selection import long_except

if TYPE_CHECKING:
    from collections.abc import Iterator

PACKS = long_except({"baba", "bank"}, ("baba", "bank", "daily", "pence", "tokyo", "track"))
MOST = 64 * 7  # pixels to which a column beside the printed page is widened for its texts
LONGEST = 22 * 7  # pixels of a word, beyond which it may be broken: an address, a key
REGISTRY = LAST[-1]  # of programs, not of people: its texts are as long as a source's title


def cut(book: Book, kind: str) -> Iterator[tuple[str, Cut]]:
    """What is cut on any tab."""
    for sheet in book.sheets:
        yield from ((sheet.name, found) for found in getattr(Fit(book, sheet), kind)())


@pytest.mark.parametrize("pack", PACKS)
def test_no_number_shows_as_hashes(pack: str) -> None:
    assert list(cut(built(pack).book, "numbers")) == []


@pytest.mark.parametrize("pack", PACKS)
def test_no_text_runs_into_the_next_cell(pack: str) -> None:
    found = [
        (tab, one)
        for tab, one in cut(built(pack).book, "texts")
        if tab != REGISTRY and one.needs <= MOST
    ]
    assert found == []


@pytest.mark.parametrize("pack", PACKS)
def test_rows_are_as_high_as_their_wrapped_texts(pack: str) -> None:
    assert list(cut(built(pack).book, "lines")) == []


@pytest.mark.parametrize("pack", PACKS)
def test_no_word_of_a_caption_is_broken(pack: str) -> None:
    assert [(tab, one) for tab, one in cut(built(pack).book, "words") if one.needs < LONGEST] == []


STYLES = {
    "plain": Style(size=10),
    "yen": Style(number_format='"JPY" #,##0.00_);("JPY" #,##0.00)', size=10),
    "large": Style(number_format='"JPY" #,##0.00_);("JPY" #,##0.00)', size=12, bold=True),
    "percent": Style(number_format='0.0%_);(0.0%);"-"_)', size=10),
    "free": Style(number_format='#,##0.00##_);(#,##0.00##);"-"_)', size=10),
    "wrapped": Style(size=10, wrap=True),
    "indented": Style(size=10, indent=2),
}
SENTENCE = "One line of this and then another of the same length"


@pytest.mark.parametrize(
    ("cells", "kept"),
    [
        ([(0, 0, 99.0, "yen")], True),
        ([(0, 0, 3228.18, "yen")], False),
        ([(0, 0, -1234567.0, "yen")], False),
        ([(0, 0, 322.18, "large")], False),
        ([(0, 0, 0.125, "percent"), (1, 0, -123456.0, "percent")], False),
        ([(0, 0, 12345678.0, "free")], False),
        ([(0, 0, 1.5, "free")], True),
        ([(0, 0, "net cash", "plain"), (0, 1, 1.0, "free")], True),
        ([(0, 0, "net cash and investments", "plain"), (0, 1, 1.0, "free")], False),
        # the page ends with the first column: paper would cut what runs over the others
        ([(0, 0, "net cash and investments", "plain")], False),
        ([(0, 0, "net cash and investments", "plain"), (0, 9, 1.0, "free")], False),
        ([(0, 2, "net cash and investments", "plain"), (0, 4, 1.0, "free")], False),
        ([(0, 0, "net cash, EUR", "indented"), (0, 1, 1.0, "free")], False),
        ([(0, 0, SENTENCE, "wrapped")], True),
        ([(0, 0, "Abschreibungsbetrag", "wrapped")], False),
        ([(0, 0, "https://example.com/a/very/long/address", "wrapped")], True),
    ],
)
def test_a_column_is_widened_only_where_its_cells_need_it(
    cells: list[tuple[int, int, float | str, str]], *, kept: bool
) -> None:
    tab = fitted(cells)
    assert (tab.widths == [WIDTH]) is kept
    shown = Sheet("Any", tuple(made(cells)), column_widths=tuple(tab.widths))
    book = Book((shown,), Properties(AS_OF), STYLES)
    assert [one for kind in ("numbers", "texts") for one in cut(book, kind)] == []


WIDTH = Columns(0, 2, 10.0)


def made(cells: list[tuple[int, int, float | str, str]]) -> list[Cell]:
    return [Cell(row, col, value, "", look) for row, col, value, look in cells]


def fitted(cells: list[tuple[int, int, float | str, str]], *merges: Area) -> Tab:
    """A tab of three columns of ten characters, of which the first is printed, and its cells."""
    tab = Tab("Any", Places({}), widths=[WIDTH], merges=list(merges))
    tab.page = Page(area=Area(0, 0, 9, 0))
    fit(tab, made(cells), STYLES.__getitem__)
    return tab


@pytest.mark.parametrize(
    ("text", "merges", "heights"),
    [
        ("short", (), {}),
        (SENTENCE, (), {0: 79}),
        (SENTENCE, (Area(0, 0, 0, 2),), {0: 27}),
        (SENTENCE, (Area(0, 0, 2, 0),), {2: 49}),
        ("two\nlines", (), {0: 27}),
    ],
)
def test_a_row_is_heightened_for_the_lines_of_its_texts(
    text: str, merges: tuple[Area, ...], heights: dict[int, float]
) -> None:
    assert fitted([(0, 0, text, "wrapped")], *merges).heights == heights
