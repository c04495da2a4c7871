"""The page that explains every line of the model is made from the model, and is up to date."""

from __future__ import annotations

import re
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

from tests.report.conftest import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report

PART = re.compile(r"\.(issued|override)(\.\w+)?$")  # of an input, which stands there once
PAGE = ROOT / "docs" / "model.md"


@pytest.fixture(scope="module")
def page(report: Callable[[str], Report]) -> str:
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(ROOT / "docs")
        generator = import_module("build_model_page")
    made: str = generator.page(report("baba"))
    return made


def test_the_page_is_what_make_docs_would_write(page: str) -> None:
    assert PAGE.read_text(encoding="utf-8") == page, "run make docs"


def test_the_page_has_every_line_of_a_report_once(
    page: str, report: Callable[[str], Report]
) -> None:
    lines = [line.key for line in report("baba").solved.values if not PART.search(line.key)]
    assert [key for key in lines if page.count(f"`{key}`") != 1] == []


@pytest.mark.parametrize(
    ("key", "words"),
    [
        (
            "{scenario}.segment_value[{segment}]",
            "`[In 12 months] * [Multiple]`",
        ),
        ("{scenario}.segments_total", "`TOTAL([Segment value, every segment])`"),
        ("{scenario}.launch", "bear: `[launch.counts.bear] * OR_ZERO([Launch value, base])`"),
        ("launch.market_bottom_up", "`[Units, model year 1] * [Average price]`"),
    ],
)
def test_a_formula_reads_in_words(page: str, key: str, words: str) -> None:
    entry = page.split(f"`{key}`", 1)[1].split("\n- ", 1)[0]
    assert words in entry


@pytest.mark.parametrize(
    ("key", "label"),
    [
        ("{scenario}.sotp_12m", "Sum of the parts, 12 months"),
        ("priced_in.g_implied", "Growth implied, H-model"),
        ("launch.cagr", "Growth of the market a year"),
    ],
)
def test_the_cell_that_the_page_names_is_the_line_s_own(
    page: str, report: Callable[[str], Report], key: str, label: str
) -> None:
    tab, _, cell = (
        page.split(f"`{key}`", 1)[1].split("\n  - ", 2)[2].split(" ", 1)[0].partition("!")
    )
    (sheet,) = (sheet for sheet in report("baba").book.sheets if sheet.name == tab)
    row = int(cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")) - 1
    assert [at.value for at in sheet.cells if (at.row, at.col) == (row, 0)] == [label]
