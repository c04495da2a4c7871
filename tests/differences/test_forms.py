"""What people read: the same page on a terminal, as Markdown, and as the JSON of programs."""

from __future__ import annotations

import json
import math
import re
from dataclasses import fields, replace
from typing import TYPE_CHECKING

import pytest

from reportgen.attribution.records import Bar, Bridge
from reportgen.cli.documents import terminal_page
from reportgen.cli.output import plain
from reportgen.differences.forms.bridges import has_bars, rounded, side_by_side, waterfall
from reportgen.differences.forms.comparison import page
from reportgen.differences.forms.content import (
    SAME,
    SAME_FILES,
    WorkbookDiff,
    content,
    file_content,
)
from reportgen.differences.forms.document import TableBlock, Waterfall
from reportgen.differences.forms.json import as_json
from reportgen.differences.forms.markdown import markdown
from reportgen.differences.records import CheckChange, InputChange, ReportDiff
from tests.differences.told import AMOUNTS, BRIDGES, FULL, HOSTILE, NEW, NOTED, OLD, WORKBOOK
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from reportgen.differences.forms.comparison import Diff
    from reportgen.differences.forms.document import Document

EMPTY = ReportDiff(OLD, OLD._replace(path=NEW.path))
FILES = WorkbookDiff(OLD.path, NEW.path, WORKBOOK, ("cells are compared",))


def said(document: Document) -> str:
    return "\n".join(plain(terminal_page(document)))


def number(text: str) -> float:
    return float(text.replace(",", "") or 0)


def test_a_page_of_two_reports_tells_everything_unless_asked_not_to() -> None:
    whole = content(NOTED, every_bridge=True, everything=True)
    assert page(NOTED) == content(NOTED) == whole
    assert page(NOTED, every_bridge=False) == content(NOTED, every_bridge=False) != whole
    assert page(NOTED, everything=False) == content(NOTED, everything=False) != whole
    assert page(FILES) == file_content(FILES)


@pytest.mark.parametrize("bridge", BRIDGES, ids=lambda bridge: bridge.output)
def test_a_shown_bridge_closes_to_the_last_digit(bridge: Bridge) -> None:
    told = rounded(bridge)
    assert round(told.old + math.fsum(told.bars), 2) == told.new == round(bridge.new or 0, 2)


def test_side_by_side_every_column_adds_up_to_its_change() -> None:
    table = side_by_side(BRIDGES)
    *rows, change = table.rows
    for column in range(1, len(BRIDGES) + 1):
        total = math.fsum(number(row[column]) for row in rows)
        assert round(total, 2) == number(change[column])


def test_side_by_side_tells_how_many_players_are_too_small_to_see() -> None:
    table = side_by_side(BRIDGES)
    assert table.rows[0][0] == "EPS reference"
    assert table.rows[-2][0] == "1 more, too small to see"
    assert len(table.rows) == len(AMOUNTS) + 1


def test_the_headline_comes_first_and_its_rows_add_up() -> None:
    table = next(block for block in content(FULL).blocks if isinstance(block, TableBlock))
    assert table.head[0] == "Value"
    rows = [row for row in said(content(FULL)).splitlines() if row.startswith("Base ")]
    assert rows[1].split()[:5] == ["Base", "167.41", "146.27", "-21.14", "-12.6%"]


def test_what_is_unreproduced_stands_before_everything() -> None:
    lines = said(content(FULL)).splitlines()
    assert lines.index("Unreproduced") < lines.index("Headline")
    assert "167.41      167.20" in said(content(FULL))


def test_a_terminal_shows_single_bridges_only_where_bars_have_doubts() -> None:
    sampled = BRIDGES[0]._replace(
        method="sampled",
        bars=(Bar("price", "Price", "price", BRIDGES[0].new - BRIDGES[0].old, None, None, 0.0123),),  # type: ignore[operator]
    )
    diff = replace(FULL, bridges=(sampled, *BRIDGES[1:]))
    shown = [one for one in content(diff, every_bridge=False).blocks if isinstance(one, Waterfall)]
    assert [one.title for one in shown] == ["Bear"]
    assert "± 0.012" in said(content(diff, every_bridge=False))


def test_a_sequential_bridge_shows_the_range_over_orders() -> None:
    bar = Bar("price", "Price", "price", -3.0, -4.5, 0.25)
    bridge = Bridge("base.value", "Base", "USD / share", 10.0, 7.0, (bar,), "sequential", 2)
    text = said(content(replace(FULL, bridges=(bridge,))))
    assert "range over orders" in text
    assert "-4.50 to +0.25" in text


@pytest.mark.parametrize(
    ("old", "new", "is_drawn"), [(1.0, 2.0, True), (None, 2.0, False), (1.0, None, False)]
)
def test_a_bridge_is_drawn_between_two_ends(
    old: float | None, new: float | None, *, is_drawn: bool
) -> None:
    assert has_bars(BRIDGES[0]._replace(old=old, new=new)) is is_drawn


def moved(label: str, **amounts: float) -> Bridge:
    """A bridge from 10, of players named by a letter."""
    bars = tuple(Bar(name, name.upper(), "growth", by) for name, by in amounts.items())
    new = 10.0 + sum(amounts.values())
    return Bridge(label, label, "USD per share", 10.0, new, bars, "exact", 8)


def test_side_by_side_what_moves_any_value_most_stands_first_and_a_blank_is_no_move() -> None:
    table = side_by_side(
        (moved("Base value", c=0.05, d=0.07, b=1.0, a=5.0), moved("Bull", a=0.1, b=2.0))
    )
    assert table.head == ("Why", "Base", "Bull", "Family")
    assert table.rows == (
        ("A", "+5.00", "+0.10", "growth"),
        ("B", "+1.00", "+2.00", "growth"),
        ("D", "+0.07", "", "growth"),
        ("C", "+0.05", "", "growth"),
        ("Change", "+6.12", "+2.10", ""),
    )
    assert (sorted(table.numbers), sorted(table.totals)) == ([1, 2], [4])


def test_a_waterfall_starts_and_ends_with_bars_from_zero() -> None:
    steps = waterfall(moved("Base", a=2.0, b=-0.5)).steps
    assert [step[2:6] for step in steps] == [
        ("10.00", 0.0, 10.0, True),
        ("+2.00", 10.0, 12.0, False),
        ("-0.50", 12.0, 11.5, False),
        ("11.50", 0.0, 11.5, True),
    ]


def test_a_bridge_that_cannot_be_drawn_says_why() -> None:
    bridge = Bridge("bull.value", "Bull", "USD / share", None, 7.0, (), "exact", 0, "old is n/a")
    assert "Bull: old is n/a" in said(content(replace(FULL, bridges=(bridge,))))


@pytest.mark.parametrize(
    ("diff", "words"), [(EMPTY, SAME), (WorkbookDiff(OLD.path, NEW.path), SAME_FILES)]
)
def test_no_difference_is_said_in_words(diff: Diff, words: str) -> None:
    assert words in said(page(diff))


def test_attributes_of_rows_that_entered_are_counted_unless_all_is_asked_for() -> None:
    row = InputChange("claim[pe,BABA,x,2025-11-29]", "P/E", "x", "entered", None, 17.0)
    months = row._replace(key="fundamental[group,net_cash,2025-09-30].months", unit="count")
    lowered = row._replace(key="source[x].promotional", unit="0/1", new=0.0)
    raised = lowered._replace(key="source[y].promotional", new=1.0)
    yoy = row._replace(key="fundamental[group,revenue,FY2026-Q2].yoy", unit="change", new=0.05)
    left = lowered._replace(kind="left")
    diff = replace(FULL, inputs=(row, months, lowered, raised, yoy, left))
    short, full = said(content(diff, everything=False)), said(content(diff))
    assert "Inputs that entered (5)" in short
    assert "and 2 attributes of rows and sources: see --all" in short
    assert {one.key in short for one in (row, raised, yoy)} == {True}
    assert {one.key in short for one in (months, lowered)} == {False}
    assert {one.key in full for one in (months, lowered)} == {True}


def test_a_superseded_value_and_what_took_its_place_share_a_cell() -> None:
    text = said(content(FULL))
    assert "240.00 → 230.00" in text
    assert "jpm-october → jpm-november" in text


def test_reports_of_two_companies_are_both_named() -> None:
    diff = replace(EMPTY, new=NEW._replace(ticker="JD"))
    assert content(diff).title == "BABA 2025-10-31 to JD 2025-11-30"


def test_values_in_other_units_are_bridged_in_tables_of_their_own() -> None:
    score = BRIDGES[1]._replace(output="hype.score", label="Score", unit="0-100")
    blocks = content(replace(FULL, bridges=(*BRIDGES, score))).blocks
    heads = [
        block.head for block in blocks if isinstance(block, TableBlock) and block.head[0] == "Why"
    ]
    assert [head[1] for head in heads] == ["Bear", "Score"]
    assert heads[1] == ("Why", "Score", "Family")


def test_a_bridge_with_bars_tells_its_note_too() -> None:
    noted = BRIDGES[0]._replace(note="the price of one end was carried over")
    assert "Bear: the price of one end" in said(content(replace(FULL, bridges=(noted,))))


def test_changes_of_foreign_files_stand_cell_by_cell() -> None:
    text = said(file_content(FILES))
    assert "hardcoded  Valuation  E47        =E45*(1+r)  146.38  was a formula" in text
    assert "7:7 → 9:9" in text
    assert "cells are compared" in text


def test_markdown_tables_have_as_many_cells_in_every_row() -> None:
    tables = re.findall(r"(?:^\|.*\n?)+", markdown(content(FULL)), re.MULTILINE)
    assert len(tables) >= len(BRIDGES) + 8
    for table in tables:
        bars = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(bars) == 1


def test_nothing_from_a_file_is_markup_in_markdown_or_steers_a_terminal() -> None:
    text = markdown(content(FULL))
    assert "<script>" not in text
    assert "\\<script\\>" in text
    assert "\x1b" not in text + said(content(FULL))
    assert HOSTILE[:20] in said(content(FULL))


def test_json_keeps_every_record_at_full_precision() -> None:
    found = json.loads(as_json(FULL))
    assert (found["schema_version"], found["kind"]) == (1, "report")
    bars = found["bridges"][0]["bars"]
    assert math.fsum(bar["amount"] for bar in bars) == pytest.approx(
        found["bridges"][0]["new"] - found["bridges"][0]["old"], abs=1e-12
    )
    assert found["inputs"][0]["new_published"] == "2025-11-26"
    assert found["headlines"][0]["change"] == FULL.headlines[0].change
    assert found["workbook"][0]["kind"] == "hardcoded"
    assert list(found)[:2] == ["schema_version", "kind"]


def test_json_of_other_workbooks_is_told_apart_by_its_kind() -> None:
    found = json.loads(as_json(FILES))
    assert (found["schema_version"], found["kind"]) == (1, "workbook")
    assert found["changes"][0]["place"] == "E47"


def test_the_documented_schema_names_every_field() -> None:
    described = (REPOSITORY / "docs/diff.md").read_text(encoding="utf-8")
    found = json.loads(as_json(FULL)), json.loads(as_json(FILES))
    for name in set().union(*map(names, found)):
        assert f"`{name}`" in described, name
    assert {field.name for field in fields(ReportDiff)} <= set(found[0])


def names(tree: object) -> set[str]:
    """Every name of an object in a JSON tree."""
    if isinstance(tree, dict):
        return set(tree).union(*map(names, tree.values()))
    return set().union(*map(names, tree)) if isinstance(tree, list) else set()


def test_what_a_report_lacks_is_said_and_what_does_not_differ_takes_no_room() -> None:
    nameless = OLD._replace(input_hash="", model_hash="")
    checks = (CheckChange("New", "", "OK"), CheckChange("Gone", "WARN", ""))
    blocks = content(ReportDiff(nameless, NEW, checks=checks)).blocks
    texts = [block.text for block in blocks if not isinstance(block, TableBlock | Waterfall)]
    assert texts == [
        "old BABA-2025-10-31.xlsx (inputs n/a, model n/a)",
        "new BABA-2025-11-30.xlsx (inputs bbbbbbbbbbbb, model cccccccccccc)",
        "Checks that turned",
    ]
    rows = [block.rows for block in blocks if isinstance(block, TableBlock)]
    assert rows == [(("New", "none", "OK"), ("Gone", "WARN", "none"))]
