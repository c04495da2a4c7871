"""The table of shared texts, in every spelling; cells alone, without their looks."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.book import Book, Cell, Properties, Sheet
from reportgen.xlsx.reader.limits import DEFAULT_LIMITS, UnreadableFile
from reportgen.xlsx.reader.package import Package
from reportgen.xlsx.reader.records import SOME_FORMULA, Wanted
from reportgen.xlsx.reader.shared import read_strings, unescape
from reportgen.xlsx.reader.workbook import read
from reportgen.xlsx.writer.workbook import write
from tests.xlsx.reader.raw_book import MAIN, XML, pack, parts

if TYPE_CHECKING:
    from pathlib import Path

PROPERTIES = Properties(date(2025, 11, 30))
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


def strings_of(path: Path, items: str, *, prefixed: bool = False) -> list[str]:
    xml = f'{XML}<sst xmlns="{MAIN}" count="9" uniqueCount="2">{items}</sst>'
    if prefixed:
        for tag in ("sst", "si", "t"):
            xml = xml.replace(f"<{tag}", f"<x:{tag}").replace(f"</{tag}", f"</x:{tag}")
        xml = xml.replace("xmlns=", "xmlns:x=")
    pack(path, {**parts(), "xl/others.xml": xml})
    with Package(path, DEFAULT_LIMITS) as opened:
        return read_strings(opened, "xl/others.xml")


@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_texts_come_back_as_they_were_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str]
) -> None:
    items = "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    path = tmp_path_factory.mktemp("texts") / "a.xlsx"
    assert strings_of(path, items) == [unescape(text) for text in texts]


# The items, and the texts that they are
SPELLINGS = [
    ("", []),
    ("<si><r><t>rich</t></r></si>", ["rich"]),
    ("<si><t>a</t></si> <si><t>b</t></si>", ["a", "b"]),
    ("<si><t>a</t></si><si><t>b</t><rPh><t>c</t></rPh></si>", ["a", "b"]),
    ("<si><t>a</t></si><!-- <si><t>b</t></si> -->", ["a"]),
    ("<si><t>a\r\nb</t></si>", ["a\nb"]),
    ("<si><t/></si>", [""]),
    ("<si><t>a &amp; b</t></si><si><t>_x0041_ &#10; &lt;</t></si>", ["a & b", "A \n <"]),
]


@pytest.mark.parametrize(("items", "texts"), SPELLINGS)
def test_texts_are_read_however_they_are_spelt(
    tmp_path: Path, items: str, texts: list[str]
) -> None:
    path = tmp_path / "a.xlsx"
    assert strings_of(path, items) == texts
    assert strings_of(path, items, prefixed=True) == texts


@pytest.mark.parametrize(
    "items",
    [
        "<si><t>&unknown;</t></si>",
        "<si><t>&#0;</t></si>",
        "<si><t>a</t></si></sst><si><t>b</t></si>",
    ],
)
def test_a_table_that_is_not_well_formed_is_named(tmp_path: Path, items: str) -> None:
    with pytest.raises(UnreadableFile, match=r"others\.xml.*not well-formed"):
        strings_of(tmp_path / "a.xlsx", items)


def test_columns_that_are_passed_over_are_left_out_from_their_row_on(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = tuple(Cell(row, col, f"{row} {col}") for row in range(3) for col in range(3))
    write(Book((Sheet("One", cells), Sheet("Two", cells)), PROPERTIES), path)
    wanted = {"One": Wanted(first_row=1, passed_over=frozenset({0, 2}))}
    one, two = read(path, cells_only=True, wanted=wanted).sheets
    assert sorted(one.cells) == [(0, 0), (0, 1), (0, 2), (1, 1), (2, 1)]
    assert len(two.cells) == 9


def test_of_formulas_that_are_not_wanted_it_is_told_that_there_are_some(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = (Cell(0, 0, 1.0), Cell(0, 1, 2.0, "=A1+1"), Cell(0, 2, None, "=B9"))
    write(Book((Sheet("One", cells), Sheet("Two", cells)), PROPERTIES), path)
    wanted = {"": Wanted(formulas=False), "Two": Wanted()}
    one, two = read(path, cells_only=True, wanted=wanted).sheets
    assert [cell.formula for cell in one.cells.values()] == ["", SOME_FORMULA, SOME_FORMULA]
    assert [cell.formula for cell in two.cells.values()] == ["", "=A1+1", "=B9"]
    assert [cell.value for cell in one.cells.values()] == [1.0, 2.0, ""]


def test_sheets_that_are_skipped_are_named_alone(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = (Cell(0, 0, 1.0),)
    write(Book((Sheet("One", cells), Sheet("Two", cells)), PROPERTIES), path)
    one, two = read(path, cells_only=True, skipped=("Two",)).sheets
    assert (len(one.cells), two.name, two.cells) == (1, "Two", {})


def test_cells_alone_are_the_cells_of_the_whole_book(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    cells = (Cell(0, 0, "text"), Cell(0, 1, 2.5), Cell(3, 0, 5.0, "=2*B1"), Cell(4, 2, value=True))
    write(Book((Sheet("One", cells), Sheet("Two", cells[:1])), PROPERTIES), path)
    whole, alone = read(path), read(path, cells_only=True)
    for one, other in zip(whole.sheets, alone.sheets, strict=True):
        assert (one.name, one.state) == (other.name, other.state)
        assert {at: cell[:2] for at, cell in one.cells.items()} == {
            at: cell[:2] for at, cell in other.cells.items()
        }
    assert alone.styles == ()
