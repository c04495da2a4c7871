"""Blocks that a pack does not ask for: n/a in the Registry without a link, and n/a for good."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

import reportgen
from reportgen.expr.nodes import Kind, Unit
from reportgen.facts.policy import load_policy
from reportgen.model.keys import filled
from reportgen.model.report_question import answer
from reportgen.report.assemble import lay_out
from reportgen.report.context import Context
from reportgen.report.readback.values import show
from reportgen.report.readback.workbook import open_report
from reportgen.report.registry.form import CELL, HEADER, ISSUED, KEY, KIND, LIVE, TAB
from reportgen.report.theme import load_theme
from reportgen.xlsx.writer.workbook import write
from tests.report.conftest import AS_OF, ROOT, built
from tests.report.rebuilt import pack_of, question_of
from tests.support.selection import long_except

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.facts.pack import Pack
    from reportgen.model.question import Question
    from reportgen.xlsx.book import Book, Cell

PACKS = ("baba", "no_claims", "bare", "pence", "tokyo", "daily")
LEFT_OUT = (
    ("baba", "base.pb_12m"),
    ("baba", "assumption[ev_ebitda_multiple,bear,].override"),
    ("no_claims", "launch.value"),
    ("no_claims", "launch.applies"),
    ("no_claims", "control[launch_market]"),
    ("no_claims", "assumption[launch_tax,all,]"),
    ("no_claims", "company.launch.name"),
    ("no_claims", "product[{product}].number"),
    ("no_claims", "product[{product}].tier"),
    ("no_claims", "product[+1].override"),
    ("no_claims", "claim[+1].issued"),
    ("bare", "benchmark_close[{benchmark}].issued"),
)
CONSTANT = re.compile(r'=(?:"(?:[^"]|"")*"|-?[\d.]+(?:e[-+]?\d+)?)')


@pytest.mark.parametrize(("pack", "key"), LEFT_OUT)
def test_a_key_of_a_left_out_block_is_not_available_and_has_no_link(pack: str, key: str) -> None:
    row = registered(built(pack).book)[key]
    assert row[KIND].value == "left out"
    assert [(row[col].value, row[col].formula) for col in (ISSUED, LIVE)] == [("n/a", "")] * 2
    assert {TAB, CELL}.isdisjoint(row)


def registered(book: Book) -> dict[str, dict[int, Cell]]:
    """The rows of the Registry by key."""
    (sheet,) = (sheet for sheet in book.sheets if sheet.name == "Registry")
    rows: dict[int, dict[int, Cell]] = {}
    for cell in sheet.cells:
        if cell.row > HEADER:
            rows.setdefault(cell.row, {})[cell.col] = cell
    return {str(row[KEY].value): row for row in reversed(rows.values())}


@pytest.mark.parametrize("pack", long_except({"no_claims", "bare"}, PACKS))
def test_every_left_out_key_is_read_back_as_not_available(pack: str, tmp_path: Path) -> None:
    path = tmp_path / "report.xlsx"
    write(built(pack).book, path)
    shown = show(path)
    rows = open_report(path).listed.items()
    keys = [key for key, row in rows if row.is_left_out and "{" not in key]
    assert len(keys) > 20
    assert {shown[key] for key in keys} == {None}
    assert {built(pack).values[key] for key in keys} == {None}


@pytest.mark.parametrize("pack", long_except({"no_claims"}, PACKS))
def test_no_edit_of_the_cells_moves_what_was_left_out(pack: str) -> None:
    facts = pack_of(pack)
    question = question_of(facts)
    issued = laid_out(facts, question)
    for seed in (1, 2, 3):
        type_over(question, left_out_keys(issued), np.random.default_rng(seed))
        assert constants(laid_out(facts, question)) == constants(issued)
    assert constants(issued)


def laid_out(pack: Pack, question: Question) -> Book:
    context = Context(pack, load_policy(), question, answer(question), load_theme())
    return lay_out(context).book


def left_out_keys(book: Book) -> set[str]:
    rows = registered(book).items()
    return {key for key, row in rows if KIND in row and row[KIND].value == "left out"}


def type_over(question: Question, gone: set[str], chance: np.random.Generator) -> None:
    """Type numbers over every third override and day that has a cell, or clear it."""
    for line, values in question.given.items():
        if line.kind is Kind.OVERRIDE or (line.kind is Kind.GIVEN and line.unit is Unit.DATE):
            edited = values.copy()
            for key, index in filled(line, question.members):
                if gone.isdisjoint((key, line.key)) and chance.random() < 1 / 3:
                    edited[index] = chance.choice([np.nan, 0.0, 45_900.0, chance.normal()])
            question.given[line] = edited


def constants(book: Book) -> dict[tuple[int, int], str]:
    """The cells of Workings whose formula is a constant."""
    (sheet,) = (sheet for sheet in book.sheets if sheet.name == "Workings")
    return {
        (cell.row, cell.col): cell.formula
        for cell in sheet.cells
        if CONSTANT.fullmatch(cell.formula)
    }


def test_a_report_is_compared_with_one_that_has_the_block(tmp_path: Path) -> None:
    inputs, outputs = tmp_path / "inputs", tmp_path / "outputs"
    shutil.copytree(ROOT / "inputs", inputs)
    whole = reportgen.build("BABA", as_of=AS_OF, inputs=inputs, outputs=outputs / "whole")
    described = inputs / "BABA" / "company.yaml"
    text = described.read_text(encoding="utf-8")
    described.write_text(re.sub(r"(?m)^launch:\n(?:  .*\n)+", "", text), encoding="utf-8")
    without = reportgen.build("BABA", as_of=AS_OF, inputs=inputs, outputs=outputs / "without")
    assert whole.values["launch.value"] is not None
    for old, new in ((whole, without), (without, whole)):
        change = reportgen.diff(old.path, new.path)
        assert change.unreproduced == ()
        moved = {one.key: (one.old, one.new) for one in change.headlines}
        assert moved["base.value"] == (old.values["base.value"], new.values["base.value"])
    assert reportgen.review(without.path, inputs=inputs, outputs=outputs / "without").edits == ()


@pytest.mark.parametrize(
    ("pack", "topics"),
    [
        ("no_claims", {"Stakes outside the segments"}),
        ("pence", {"Stakes outside the segments"}),
    ],
)
def test_only_alternatives_that_the_pack_asks_for_are_priced(pack: str, topics: set[str]) -> None:
    values = built(pack).values
    assert {value for key, value in values.items() if key.endswith("].topic")} == topics
