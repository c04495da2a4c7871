"""What an auditor expects on every tab: ink by what a cell holds, formats, colours, a way back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportgen.report.assemble import BACK, LAST
from reportgen.report.tabs.catalogue import SUMMARY
from reportgen.report.theme import ON_DARK
from reportgen.xlsx.addresses import a1
from tests.report.conftest import built
from tests.support.selection import long_except

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.xlsx.book import Book, Cell, Sheet

PACKS = ("baba", "pence")
BLUE, BLACK, GREEN = "0000FF", "000000", "008000"
LINK = re.compile(r"=(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!\$?[A-Z]{1,3}\$?[1-9]\d*")
LONGEST, LONGEST_OF_PLUMBING = 120, 250  # characters of a formula, where people read and elsewhere
EVERY_PACK = [
    "baba",
    "bank",
    "bare",
    "carmaker",
    "daily",
    "halves",
    "loss",
    "no_claims",
    "pence",
    "tokyo",
    "track",
]
REGISTRY = LAST[-1]  # of programs, not of people: its column of issued values is no input


def cells(book: Book) -> Iterator[tuple[Sheet, Cell]]:
    for sheet in book.sheets:
        if sheet.name != REGISTRY:
            yield from ((sheet, cell) for cell in sheet.cells if cell.style)


@pytest.mark.parametrize("pack", PACKS)
def test_typed_is_blue_formulas_are_black_and_links_to_other_tabs_are_green(pack: str) -> None:
    book = built(pack).book
    off = []
    for sheet, cell in cells(book):
        if cell.style.partition(".")[0] in ON_DARK:
            continue
        if LINK.fullmatch(cell.formula):
            inks = {GREEN}
        elif cell.formula:  # one that guards a link, or reads a name, is a link to its reader
            inks = {BLACK, GREEN}
        elif isinstance(cell.value, float):
            inks = {BLUE}
        else:
            continue
        if book.styles[cell.style].color not in inks:
            off.append((sheet.name, cell))
    assert off == []


@pytest.mark.parametrize("pack", PACKS)
def test_no_number_stands_without_a_format(pack: str) -> None:
    book = built(pack).book
    bare = [
        (sheet.name, cell)
        for sheet, cell in cells(book)
        if isinstance(cell.value, float) and book.styles[cell.style].number_format == "General"
    ]
    assert bare == []


@pytest.mark.parametrize("pack", PACKS)
def test_every_tab_has_a_colour_of_its_kind_and_leads_back_to_summary(pack: str) -> None:
    sheets = built(pack).book.sheets
    assert all(sheet.tab_color for sheet in sheets)
    assert len({sheet.tab_color for sheet in sheets}) == 4
    ways = {
        sheet.name: [link.target.sheet for link in sheet.links if (link.row, link.col) == BACK]  # type: ignore[union-attr]
        for sheet in sheets
    }
    assert ways == {sheet.name: [SUMMARY] * (sheet.name != SUMMARY) for sheet in sheets}


@pytest.mark.parametrize("pack", PACKS)
def test_one_font_and_texts_on_the_line_of_their_numbers(pack: str) -> None:
    styles = built(pack).book.styles.values()
    assert len({style.font for style in styles}) == 1
    assert {style.valign for style in styles} <= {"vcenter", "top"}


def test_the_engine_reads_an_input_where_its_own_tab_calls_it_up() -> None:
    """So each formula of a row is the one before it, copied along."""
    (valuation,) = (sheet for sheet in built("baba").book.sheets if sheet.name == "Valuation")
    formulas = [cell.formula for cell in valuation.cells if cell.formula]
    by_case = (cell.formula for cell in valuation.cells if cell.col in {3, 4, 5})
    called_up = {text[1:] for text in by_case if text.startswith("=Inputs!D")}
    assert len(called_up) > 30
    read = [
        (text, found)
        for text in formulas
        if not LINK.fullmatch(text)
        for found in re.findall(r"Inputs!\$?D\$?\d+", text)
    ]
    assert [text for text, found in read if found.replace("$", "") in called_up] == []


@pytest.mark.parametrize(
    "pack", long_except({"baba", "bank", "bare", "daily", "track"}, EVERY_PACK)
)
def test_no_formula_is_longer_than_a_reader_takes_in(pack: str) -> None:
    """Not so where a pack asks for one method: its means read the three others on Workings."""
    long = [
        (sheet.name, a1(cell.row, cell.col), cell.formula)
        for sheet in built(pack).book.sheets
        for cell in sheet.cells
        if len(cell.formula) - 1 > (LONGEST_OF_PLUMBING if sheet.name in LAST else LONGEST)
    ]
    assert long == []


@pytest.mark.parametrize("pack", PACKS)
def test_nothing_is_merged_but_the_title_and_the_prose_of_summary(pack: str) -> None:
    """Merged cells neither sort nor copy: a table has columns as wide as its texts."""
    assert {sheet.name for sheet in built(pack).book.sheets if sheet.merges} == {SUMMARY}
    (summary,) = (sheet for sheet in built(pack).book.sheets if sheet.name == SUMMARY)
    told = {(cell.row, cell.col): cell.value for cell in summary.cells}
    texts = [told[area.first_row, area.first_col] for area in summary.merges]
    assert [text for text in texts if not isinstance(text, str)] == []
    assert len(texts) <= 7
