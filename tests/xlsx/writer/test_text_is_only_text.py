"""Whatever text comes from inputs is stored as that text: never a formula, link or number."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from lxml import etree

from reportgen.xlsx.book import Cell, Comment, WorkbookError
from reportgen.xlsx.writer.workbook import render, write
from tests.support import libreoffice
from tests.support.stored_cells import read_values
from tests.xlsx.writer.samples import TEXTS, one_sheet
from tests.xlsx.writer.stock import parts

if TYPE_CHECKING:
    from pathlib import Path

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = (
    *TEXTS,
    "\x00\x01\x08\x0b\x1f",
    "carriage\r\nreturn",
    "_x0041_ stays as typed",
    "_x005F_",
    "half a pair \ud83d and \udc00",
    "\ufffe and \uffff",
    "<r><t>not mark-up</t></r>",
    "]]> <!-- -->",
    "",
)


def stored_texts(content: bytes) -> list[str]:
    """The shared strings as a reader that follows ECMA-376 22.9.2.19 sees them."""
    table = etree.fromstring(parts(content)["xl/sharedStrings.xml"])
    return [unescaped("".join(item.itertext())) for item in table]


def unescaped(text: str) -> str:
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


@given(st.text(st.characters(codec=None), max_size=60))
@example("_x000D_\r")
@example("__x0041_x0042_")
def test_any_text_reads_back_as_itself(text: str) -> None:
    assert stored_texts(render(one_sheet(Cell(0, 0, text)))) == [text]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_text_is_stored_as_a_shared_string_and_nothing_else(text: str) -> None:
    package = parts(render(one_sheet(Cell(0, 0, text))))
    cell = etree.fromstring(package["xl/worksheets/sheet1.xml"]).find(f".//{MAIN}c")
    assert cell is not None
    assert cell.get("t") == "s"
    assert [child.tag for child in cell] == [f"{MAIN}v"]
    assert b"hyperlink" not in package["xl/worksheets/sheet1.xml"]
    assert stored_texts(render(one_sheet(Cell(0, 0, text)))) == [text]


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_a_formula_carries_any_text_as_its_cached_value(text: str) -> None:
    if text == "#N/A":
        return
    package = parts(render(one_sheet(Cell(0, 0, text, "=B1"))))
    cell = etree.fromstring(package["xl/worksheets/sheet1.xml"]).find(f".//{MAIN}c")
    assert cell is not None
    assert unescaped(cell.findtext(f"{MAIN}v") or "") == text
    assert cell.get("t") == "str"


def test_libreoffice_shows_formula_like_text_as_text(tmp_path: Path) -> None:
    shown = [text for text in HOSTILE if text.isprintable() and text.strip() == text and text]
    write(one_sheet(*(Cell(row, 0, text) for row, text in enumerate(shown))), tmp_path / "a.xlsx")
    reread = libreoffice.recalculate([tmp_path / "a.xlsx"], tmp_path / "out")
    stored = read_values(reread[tmp_path / "a.xlsx"])["Model"].values()
    assert [unescaped(str(text)) for text in stored] == shown


def test_a_note_with_control_characters_is_well_formed_xml() -> None:
    book = one_sheet(Cell(0, 0, 1.0), comments=(Comment(0, 0, "bell \x07 and half \ud83d"),))
    notes = etree.fromstring(parts(render(book))["xl/comments1.xml"])
    assert unescaped("".join(notes.itertext())) == "bell \x07 and half \ud83d"


@pytest.mark.parametrize("char", ["x", "🐜"], ids=["plain", "beyond the basic plane"])
def test_the_longest_text_fits_and_one_more_character_does_not(char: str) -> None:
    longest = char * (32_767 // (2 if char > "\uffff" else 1))
    assert stored_texts(render(one_sheet(Cell(0, 0, longest)))) == [longest]
    with pytest.raises(
        WorkbookError, match=r"sheet 'Model': B3: the text has 32,76[89] characters"
    ):
        render(one_sheet(Cell(2, 1, longest + char)))
