"""What can be counted of a workbook stays within limits, and each count finds its fault."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import xlsxwriter

from scripts import workbook_facts
from tests.support.selection import long_except

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from scripts.workbook_facts import Fact
    from tests.truth.conftest import Workshop

PACKS = long_except({"baba"}, ["baba", "bare", "single"])
# What no report holds on any tab
NONE_OF = [
    "cached_errors",
    "recalculated_errors",
    "disguised_constants",
    "hardcodes",
    "long_formulas",
    "unneeded_guards",
    "whole_columns",
    "volatile",
    "modern_functions",
    "external_links",
    "flat_index",
    "wrong_pins",
    "untyped_texts",
    "typed_not_blue",
    "formula_not_black",
    "link_not_green",
    "hidden",
    "unfrozen",
    "no_footer",
]
# What is left of others in the example; a lower number belongs here as soon as a report reaches it
AT_MOST = {
    "literal_formulas": 50,  # the first of a count, and what a pack does not ask for
    "odd_in_row": 1,  # a what-if between two that leave a case as it is
    "merged": 7,  # Summary's title and its prose
}


@pytest.fixture(scope="module", params=PACKS)
def facts(request: pytest.FixtureRequest, workshop: Workshop) -> Mapping[str, Fact]:
    pack = str(request.param)
    return workbook_facts.facts(workshop.report(pack), workshop.recalculated(pack))


def test_a_report_holds_nothing_that_none_may_hold(facts: Mapping[str, Fact]) -> None:
    assert {name: facts[name].evidence for name in NONE_OF if facts[name].total} == {}


@pytest.mark.parametrize("facts", ["baba"], indirect=True)
def test_the_example_keeps_the_limits_of_what_can_be_counted(facts: Mapping[str, Fact]) -> None:
    beyond = {name: facts[name].evidence for name in AT_MOST if _over(facts, name)}
    assert beyond == {}


def _over(facts: Mapping[str, Fact], name: str) -> bool:
    return facts[name].total > AT_MOST[name]


FAULTS = [
    ("literal_formulas", "=0"),
    ("literal_formulas", '="n/a"'),
    ("disguised_constants", "=A1*12*2"),
    ("disguised_constants", "=IF(A1<1,2+2,2)"),
    ("disguised_constants", "=A1*1000/100"),
    ("hardcodes", "=A1*3.5"),
    ("long_formulas", "=A1" + "+A1" * 50),
    ("unneeded_guards", '=IFERROR(A1,"n/a")'),
    ("whole_columns", "=SUM(A:A)"),
    ("volatile", "=OFFSET(A1,1,0)"),
    ("flat_index", "=INDEX(A1:C1,2)"),
    ("modern_functions", "=_xlfn.STDEV.S(A1:A3)"),
    ("formula_not_black", "=A1+1"),
    ("general_numbers", "=A1+1"),
]
SOUND = [
    ("literal_formulas", "=A1"),
    ("disguised_constants", "=(1-2*A1)"),
    ("disguised_constants", "=A1/2+0*A1"),
    ("hardcodes", '="3.5 times "&A1*100'),
    ("unneeded_guards", '=IFERROR(A1/A2,"n/a")'),
    ("whole_columns", "=SUM(A1:A9)"),
    ("flat_index", "=INDEX(A1:C1,1,2)"),
    ("flat_index", "=INDEX(A1:A3,2)"),
]


@pytest.mark.parametrize(
    ("name", "formula", "times"),
    [(*fault, 1) for fault in FAULTS] + [(*sound, 0) for sound in SOUND],
)
def test_each_fault_of_a_formula_is_counted(
    name: str, formula: str, times: int, tmp_path: Path
) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    grey = book.add_format({"font_color": "#7F7F7F"})
    book.add_worksheet("Model").write_formula("E5", formula, grey, 1)
    book.close()
    found = workbook_facts.FACTS[name](workbook_facts.Book(tmp_path / "book.xlsx"))
    assert (found.total, found.evidence) == (times, ["Model!E5"] * times)


GREEN = {
    "=A1+1": 1,
    "=Inputs!A1+Inputs!A2": 1,
    "=tax": 0,
    '=Inputs!A1&""': 0,
    '=IF(ISNUMBER(Inputs!A1),Inputs!A1,"n/a")': 0,
    '=IF(ISNUMBER(Inputs!A1),Inputs!A2,"n/a")': 1,
}


@pytest.mark.parametrize("formula", GREEN)
def test_a_formula_is_green_only_where_it_shows_a_cell_of_another_tab(
    formula: str, tmp_path: Path
) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    green = book.add_format({"font_color": "#008000"})
    book.add_worksheet("Model").write_formula("E5", formula, green, 1)
    book.close()
    found = workbook_facts.formulas_not_black(workbook_facts.Book(tmp_path / "book.xlsx"))
    assert found.total == GREEN[formula]


def test_a_cell_unlike_its_row_is_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet("Model")
    for col, formula in enumerate(["=A1*2", "=B1*2", "=C1*2+1", "=D1*2", "=E1*2"]):
        sheet.write_formula(1, col, formula, None, 0)
    book.close()
    found = workbook_facts.odd_ones(workbook_facts.Book(tmp_path / "book.xlsx"))
    assert found.evidence == ["Model!C2"]


PINS = {
    "what stays is not pinned": (["=A1*B1", "=A2*B1"], ["Model!D1"]),
    "what moves is pinned": (["=A$1+1", "=A$2+1"], ["Model!D1"]),
    "a copy": (["=A1*B$1", "=A2*B$1"], []),
    "another formula": (["=A1*B1", "=A2+B1"], []),
    "other cells": (["=A1*B1", "=A2*B7"], []),
}


@pytest.mark.parametrize("name", PINS)
def test_a_sign_that_a_copy_would_need_is_told(name: str, tmp_path: Path) -> None:
    formulas, places = PINS[name]
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    sheet = book.add_worksheet("Model")
    for row, formula in enumerate(formulas):
        sheet.write_formula(row, 3, formula, None, 0)
    book.close()
    assert workbook_facts.wrong_pins(workbook_facts.Book(tmp_path / "book.xlsx")).evidence == places


def test_an_empty_text_without_its_type_is_told(tmp_path: Path) -> None:
    book = xlsxwriter.Workbook(tmp_path / "book.xlsx")
    book.add_worksheet("Model").write_formula("B2", '=A1&""', None, "")
    book.close()
    found = workbook_facts.untyped_texts(workbook_facts.Book(tmp_path / "book.xlsx"))
    assert found.evidence == ["Model!B2"]
