"""Nothing that a reader sees is cut: no ###, no broken word, no line or text that ends too soon."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportgen.report.assemble import LAST
from reportgen.report.placement import Places
from reportgen.report.room import fit, width_of
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


SHAPES = {
    "General": Style(size=10),
    "E": Style(number_format="0.00E+00", size=10),
    "day": Style(number_format="yyyy-mm-dd", size=10),
    "yen": STYLES["yen"],
    "bold": STYLES["large"],
    "percent": STYLES["percent"],
    "free": STYLES["free"],
    "colour": Style(number_format='[Red]0.0"x"_);[Blue]-0.0"x"', size=9),
    "three": Style(number_format='#,##0_);(#,##0);"nothing at all"', size=10),
}
NUMBERS = (0.0, 1.5, -1.5, 0.12345, 1234567.891, -1234567.891, 45991.0, 1e9)
TEXTS = (
    "a",
    "net cash and investments",
    SENTENCE,
    "Abschreibungsbetrag " * 9,
    "w\n\nw w",
    "x" * 90,
)
LOOKS = {
    "plain": Style(size=10),
    "right": Style(size=10, align="right"),
    "left": Style(size=10, align="left", indent=1),
    "wrapped": Style(size=10, wrap=True),
    "large": Style(size=14, bold=True, wrap=True, indent=3),
}


def _room(tab: Tab, cells: list[Cell], styles: dict[str, Style], *, texts: bool = True) -> str:
    """The widths and the heights that a tab has once it is fitted to its cells."""
    fit(tab, cells, styles.__getitem__, texts=texts)
    widths = ", ".join(f"{one.first}-{one.last}: {one.width:g}" for one in tab.widths)
    heights = ", ".join(f"{row}: {height:g}" for row, height in sorted(tab.heights.items()))
    return f"{widths} | {heights}".rstrip(" |")


def _letters() -> Iterator[str]:
    """What each letter takes, plain and bold, in hundredths of a pixel."""
    for letter in (*map(chr, range(32, 127)), "é", "株"):
        widths = (100 * width_of(letter, Style(size=10, bold=bold)) for bold in (False, True))
        yield " ".join((letter, *(f"{width:.1f}" for width in widths)))


def _of_numbers() -> Iterator[str]:
    """The width of a column of one number, and of all of them."""
    for name in SHAPES:
        for numbers in (*((one,) for one in NUMBERS), NUMBERS):
            tab = Tab("Any", Places({}), widths=[Columns(0, 0, 1.0)])
            cells = [Cell(row, 0, one, "", name) for row, one in enumerate(numbers)]
            yield f"{name} {numbers}: {_room(tab, cells, SHAPES)}"


def _of_texts() -> Iterator[str]:
    """The room of a text by its column and what stands beside it; the page ends with the second."""
    for name, text, col, beside in product(LOOKS, TEXTS, range(3), (None, 1, 11, 12)):
        cells = [Cell(1, col, text, "", name)]
        cells += [] if beside is None else [Cell(1, col + beside, 1.0, "", "plain")]
        tab = Tab("Any", Places({}), widths=[Columns(0, 1, 9.0), Columns(3, 3, 11.0)])
        tab.page = Page(area=Area(0, 0, 1, 1))
        yield f"{name} {text[:12]!r} {col} {beside}: {_room(tab, cells, LOOKS)}"


def _of_merged() -> Iterator[str]:
    """The room of a text in merged cells, one below the page, with and without a page."""
    areas = (Area(1, 0, 1, 1), Area(1, 0, 3, 0), Area(2, 1, 3, 2))
    pages = (None, Page(), Page(area=Area(0, 0, 4, 1)))
    for text, area, page in product(TEXTS, areas, pages):
        cells = [Cell(area.first_row, area.first_col, text, "", "wrapped")]
        cells += [Cell(5, 1, text, "", "plain"), Cell(5, 0, "", "", "plain")]
        tab = Tab("Any", Places({}), widths=[Columns(0, 1, 9.0)], merges=[area], page=page)
        tab.heights = {1: 20.0, 2: 40.0}
        yield f"{text[:12]!r} {tuple(area)} {pages.index(page)}: {_room(tab, cells, LOOKS)}"
    tab = Tab("Any", Places({}), widths=[Columns(0, 1, 9.0)])
    long = [Cell(0, 0, SENTENCE, "", "wrapped"), Cell(0, 1, 1e300, "", "free")]
    yield f"numbers alone: {_room(tab, long, LOOKS | SHAPES, texts=False)}"


def _table() -> str:
    return "".join(
        f"{line}\n" for part in (_letters, _of_numbers, _of_texts, _of_merged) for line in part()
    )


def test_the_room_for_each_letter_number_and_text_is_as_it_was_agreed() -> None:
    assert _table() == Path(__file__).with_name("room.txt").read_text()
