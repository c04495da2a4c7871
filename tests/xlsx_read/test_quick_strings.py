"""Shared texts read without a parser are those that the parser reads."""

from __future__ import annotations

import zipfile
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.xlsx.book import Book, Cell, Properties, Sheet
from reportgen.xlsx.guard import DEFAULT_LIMITS
from reportgen.xlsx.reader import read
from reportgen.xlsx.reading.package import Package
from reportgen.xlsx.reading.strings import quick_strings, read_strings, unescape
from reportgen.xlsx.writer import write

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PROPERTIES = Properties(date(2025, 11, 30))
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=8)


def spelt(items: str) -> str:
    return f'{HEAD}<sst xmlns="{MAIN}" count="9" uniqueCount="2">{items}</sst>'


@given(texts=st.lists(TEXT, min_size=1, max_size=4))
def test_plain_texts_are_read_without_the_parser(texts: list[str]) -> None:
    items = (f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in texts)
    found = quick_strings(spelt("".join(items)).encode())
    assert found is not None
    assert found == [unescape(text) for text in texts]


@pytest.mark.parametrize(
    "items",
    [
        "",
        "<si><r><t>rich</t></r></si>",
        "<si><t>a</t></si> <si><t>b</t></si>",
        "<si><t>a</t></si><si><t>b</t><rPh><t>c</t></rPh></si>",
        "<si><t>a</t></si><!-- <si><t>b</t></si> -->",
        "<si><t>&unknown;</t></si>",
        "<si><t>&#0;</t></si>",
        "<si><t>a\r\nb</t></si>",
        "<si><t>a</t></si></sst><si><t>b</t></si>",
        "<si><t/></si>",
    ],
)
def test_what_is_doubtful_is_left_to_the_parser(items: str) -> None:
    assert quick_strings(spelt(items).encode()) is None
    strange = spelt("<si><t>a</t></si>").replace("<sst ", "<x:sst ")
    assert quick_strings(strange.encode()) is None


def test_both_ways_read_the_same(tmp_path: Path) -> None:
    written = ["a & b", "_x0041_ &#10; &lt;", "\u00e9"]
    quick = "".join(f"<si><t>{text.replace(' & ', ' &amp; ')}</t></si>" for text in written)
    texts = []
    for name, items in (("quick", quick), ("parsed", quick.replace("</si><si>", "</si> <si>"))):
        path = tmp_path / f"{name}.xlsx"
        write(Book((Sheet("S", (Cell(0, 0, "text"),)),), PROPERTIES), path)
        with zipfile.ZipFile(path, "a") as package:
            package.writestr("xl/others.xml", spelt(items))
        with Package(path, DEFAULT_LIMITS) as opened:
            texts.append(read_strings(opened, "xl/others.xml"))
    assert texts == [["a & b", "A \n <", "\u00e9"]] * 2


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
