"""What a page tells of inputs: their sources and days at both ends, and what is only counted."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.attribution.records import Bar, Bridge
from reportgen.differences.forms.content import LONGEST, change_blocks, input_blocks
from reportgen.differences.forms.document import Heading, Paragraph, TableBlock
from reportgen.differences.records import InputChange, ReportDiff
from reportgen.xlsx.compare.changes import ChangeKind, WorkbookChange
from tests.differences.told import HEADLINES, NEW, OLD

if TYPE_CHECKING:
    from reportgen.differences.records import InputKind

EARLY, LATE = date(2025, 8, 31), date(2025, 11, 26)


def told(
    *inputs: InputChange, bridges: tuple[Bridge, ...] = ()
) -> list[str | tuple[tuple[str, ...], ...]]:
    """What is shown where not everything is asked for: headings, rows of tables and remarks."""
    diff = ReportDiff(OLD, NEW, HEADLINES, bridges, inputs)
    return [
        block.rows if isinstance(block, TableBlock) else block.text
        for block in input_blocks(diff, everything=False)
        if isinstance(block, Heading | Paragraph | TableBlock)
    ]


@pytest.mark.parametrize(
    ("old", "new", "source", "day"),
    [
        (("house", EARLY), ("analyst", LATE), "house → analyst", "2025-08-31 → 2025-11-26"),
        (("house", EARLY), ("house", EARLY), "house", "2025-08-31"),
        (("", None), ("analyst", LATE), "none → analyst", "none → 2025-11-26"),
        (("house", EARLY), ("", None), "house → none", "2025-08-31 → none"),
        (("", None), ("", None), "", ""),
    ],
)
def test_of_an_input_that_changed_each_end_says_what_it_rests_on(
    old: tuple[str, date | None], new: tuple[str, date | None], source: str, day: str
) -> None:
    (before, since), (after, until) = old, new
    one = InputChange("k", "k", "x", "changed", 1.0, 2.0, before, after, since, until)
    assert told(one) == ["Inputs that changed (1)", (("k", "1.0x", "2.0x", "x", source, day),)]


@pytest.mark.parametrize(
    ("kind", "values", "old", "new", "cells"),
    [
        ("entered", (None, 2.0), ("", None), ("news", LATE), ("2.0x", "news", "2025-11-26")),
        ("left", (1.0, None), ("house", EARLY), ("", None), ("1.0x", "house", "2025-08-31")),
        ("expired", (1.0, None), ("house", EARLY), ("", None), ("1.0x", "house", "2025-08-31")),
        (
            "superseded",
            (1.0, 2.0),
            ("house", EARLY),
            ("news", LATE),
            ("1.0x → 2.0x", "house → news", "2025-08-31 → 2025-11-26"),
        ),
    ],
)
def test_of_an_input_with_one_end_that_end_is_told(
    kind: InputKind,
    values: tuple[float | None, float | None],
    old: tuple[str, date | None],
    new: tuple[str, date | None],
    cells: tuple[str, str, str],
) -> None:
    (before, since), (after, until) = old, new
    one = InputChange("k", "k", "x", kind, *values, before, after, since, until)
    value, *rests_on = cells
    assert told(one)[1:] == [(("k", value, "x", *rests_on),)]


def changed(key: str, kind: InputKind, unit: str = "x", new: float | None = 1.0) -> InputChange:
    return InputChange(key, key, unit, kind, 1.0 if kind == "changed" else None, new)


@pytest.mark.parametrize(
    ("table", "one", "more"),
    [
        ("target", "1 target", "2 targets"),
        ("fundamental", "1 reported figure", "2 reported figures"),
        ("claim", "1 claim", "2 claims"),
        ("product", "1 price of a product", "2 prices of products"),
    ],
)
def test_rows_that_newer_ones_superseded_are_counted_by_their_table(
    table: str, one: str, more: str
) -> None:
    rows = [changed(f"{table}[{name}]", "superseded") for name in "ab"]
    assert told(*rows[:1])[1:] == [f"{one}: see --all"]
    assert told(*rows)[1:] == [f"{more}: see --all"]
    other = changed("other[a]", "superseded")
    assert told(other, *rows)[2:] == [f"and {more}: see --all"]


@pytest.mark.parametrize(
    ("one", "counted"),
    [
        (changed("claim[a].amount", "entered"), True),
        (changed("claim[a].amount", "changed", new=2.0), False),
        (changed("claim[a].yoy", "entered"), False),
        (changed("claim[a]", "entered"), False),
        (changed("source[a].promotional", "entered", "0/1"), False),
        (changed("source[a].promotional", "entered", "0/1", 0.0), True),
        (changed("claim[a].months", "entered", "count"), True),
    ],
)
def test_an_attribute_of_a_row_that_came_is_counted_but_for_a_raised_flag(
    one: InputChange, *, counted: bool
) -> None:
    assert (told(one)[1:] == ["1 attribute of rows and sources: see --all"]) is counted


def bridge(bar: str = "", family: str = "FX") -> Bridge:
    bars = (Bar(bar, bar, family, 1.0),) if bar else ()
    return Bridge("base.value", "Base", "USD per share", 1.0, 2.0 if bar else 1.0, bars, "exact", 8)


@pytest.mark.parametrize(
    ("bridges", "idle"),
    [
        ((bridge(),), "EUR JPY USD"),  # nothing moved, and that is known
        ((bridge("fx[EUR]"),), "JPY"),
        ((bridge("fx[EUR]", "growth"),), "EUR JPY USD"),
        ((bridge()._replace(note="not split"),), ""),
        ((bridge("fx[EUR]")._replace(note="carried over"),), "JPY"),
        ((bridge("fx[EUR]")._replace(whole="families"),), ""),
        ((bridge("fx[EUR]"), bridge("fx[JPY]")), ""),
    ],
)
def test_an_exchange_rate_that_moves_no_value_is_counted(
    bridges: tuple[Bridge, ...], idle: str
) -> None:
    names = ("EUR", "JPY", "USD")
    shown = told(*(changed(f"fx[{name}]", "changed", new=2.0) for name in names), bridges=bridges)
    rows = [row[0] for part in shown if isinstance(part, tuple) for row in part]
    assert rows == [f"fx[{name}]" for name in names if name not in idle.split()]


def test_a_long_text_of_a_cell_is_cut_and_a_place_is_said_once() -> None:
    fits, long = "x" * LONGEST, "y" * (LONGEST + 1)
    blocks = change_blocks(
        (
            WorkbookChange(ChangeKind.INPUT, "Inputs", "A1", fits, long, old_place="A1"),
            WorkbookChange(ChangeKind.INPUT, "Inputs", "A2", long, fits),
        )
    )
    (table,) = (block for block in blocks if isinstance(block, TableBlock))
    (one, two) = table.rows
    assert (one[2], one[3], two[2], two[4]) == ("A1", fits, "A2", fits)
    assert LONGEST == 120
    assert one[4] == two[3] == f"{'y' * (LONGEST - 1)}…"
