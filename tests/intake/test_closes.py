"""Which basis the closes of a file are in, as the days that it shares with a pack prove it."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.reading.price_layouts import known_price_columns
from reportgen.facts.reading.text_files import split
from reportgen.facts.split_words import Split
from reportgen.intake.closes import (
    Basis,
    Over,
    Unproven,
    as_traded,
    basis_of,
    close_rows,
    closes_over,
    spelled,
)
from reportgen.intake.contents import Bars, CloseTable
from reportgen.intake.imports import bring
from reportgen.intake.records import Import

MONDAY = date(2025, 6, 2)
FOUR = Split(date(2025, 6, 5), 4.0)
HALF = Split(date(2025, 6, 5), 1.5)


def week(*closes: float) -> dict[date, float]:
    return {MONDAY + timedelta(days=at): close for at, close in enumerate(closes)}


QUOTED = week(120, 124, 128, 32, 33)


@pytest.mark.parametrize(
    ("offered", "known", "splits", "basis"),
    [
        (week(120, 124, 128, 32, 33), QUOTED, (FOUR,), Basis.AS_TRADED),
        (week(30, 31, 32, 32, 33), QUOTED, (FOUR,), Basis.ADJUSTED),
        (week(120, 124, 128), QUOTED, (FOUR,), Basis.AS_TRADED),
        (week(30, 31), week(30, 31), (), Basis.AS_TRADED),
        (week(30, 31), {}, (), Basis.AS_TRADED),
        (week(100.1, 99.9), week(100, 100), (), Basis.AS_TRADED),  # one in a thousand off
        (week(40, 41), week(40, 41), (Split(MONDAY, 4.0),), Basis.AS_TRADED),  # not within
        (week(40, 41), week(40, 41), (Split(MONDAY + timedelta(days=2), 4.0),), Basis.AS_TRADED),
        (week(40, 10), week(40, 10), (Split(MONDAY + timedelta(days=1), 4.0),), Basis.AS_TRADED),
        ({}, {}, (FOUR,), Basis.AS_TRADED),
        (week(80, 82, 84, 84, 85), week(120, 123, 126, 84, 85), (HALF,), Basis.ADJUSTED),
    ],
)
def test_the_days_that_file_and_pack_share_prove_the_basis(
    offered: dict[date, float],
    known: dict[date, float],
    splits: tuple[Split, ...],
    basis: Basis,
) -> None:
    assert basis_of(offered, known, splits) is basis


@pytest.mark.parametrize(
    ("offered", "known", "splits", "remedy"),
    [
        (week(30, 31, 32, 32, 33), {}, (FOUR,), "--closes"),
        (week(30, 31, 32, 32, 33), {MONDAY + timedelta(days=4): 33.0}, (FOUR,), "--closes"),
        (week(29.7, 30.7, 31.7, 32, 33), QUOTED, (FOUR,), "as they were quoted"),
        (week(60, 62), week(120, 124), (), "add the split"),
        (week(100.105), week(100), (), "add the split"),
    ],
)
def test_what_no_day_proves_is_told_with_what_to_do(
    offered: dict[date, float],
    known: dict[date, float],
    splits: tuple[Split, ...],
    remedy: str,
) -> None:
    found = basis_of(offered, known, splits)
    assert isinstance(found, Unproven)
    assert remedy in found.remedy


@given(
    st.lists(st.integers(100, 9_000), min_size=3, max_size=9),
    st.sampled_from([1.25, 1.5, 2.0, 3.0, 10.0, 0.1]),
    st.data(),
)
def test_adjusted_closes_come_home_as_they_were_quoted(
    cents: list[int], ratio: float, data: st.DataObject
) -> None:
    quoted = week(*(one / 100 for one in cents))
    one = Split(data.draw(st.sampled_from(sorted(quoted)[1:])), ratio)
    adjusted = {day: close / (ratio if day < one.ex_date else 1) for day, close in quoted.items()}
    assert basis_of(adjusted, quoted, (one,)) is Basis.ADJUSTED
    restored = as_traded(adjusted, Basis.ADJUSTED, (one,))
    assert restored == pytest.approx(quoted)


def test_rows_are_dated_and_plainly_spelled() -> None:
    assert close_rows({date(2025, 6, 3): 31.5, MONDAY: 30.0}) == (
        {"Date": "2025-06-02", "Close": "30"},
        {"Date": "2025-06-03", "Close": "31.5"},
    )
    assert spelled(0.1 + 0.2) == "0.3"
    assert (spelled(1.23456789), spelled(1200.0)) == ("1.234568", "1200")


@pytest.mark.parametrize(
    ("head", "cell", "splits"),
    [
        ("Stock Splits", "4.0", [4.0]),
        ("split_coefficient", "0.05", [0.05]),
        ("splitFactor", "1.0", []),
        ("Stock Splits", "0.0", []),
        ("Stock Splits", "", []),
        ("Stock Splits", "many", []),
        ("Dividends", "4.0", []),
    ],
)
def test_splits_that_a_table_states_are_read(head: str, cell: str, splits: list[float]) -> None:
    text = f"Date,Close,{head}\n2025-06-02,30,0\n2025-06-03,31,{cell}\n"
    table = CloseTable(Path("acme.csv"), split(text, "utf-8", known_price_columns))
    found = closes_over(table, "ACME", "USD", "", date(2025, 7, 1))
    assert found.splits == tuple(Split(date(2025, 6, 3), ratio) for ratio in splits)


def test_of_a_table_of_several_shares_the_column_of_the_one_counts() -> None:
    days = ("2025-06-02,7,30,4", "2025-06-30,7,29,", "2025-07-01,8,31,", "2025-07-02,9,32,")
    text = "\n".join(("Date,USD,ACME,Stock Splits", *days, ""))
    table = CloseTable(Path("all.csv"), split(text, "utf-8", known_price_columns))
    found = closes_over(table, "ACME", "USD", "", date(2025, 7, 1))
    assert found == Over({MONDAY: 30.0, date(2025, 6, 30): 29.0}, 2, (Split(MONDAY, 4.0),))


def test_bars_of_today_are_not_over_nor_are_their_splits() -> None:
    today = date(2025, 7, 1)
    later = date(2025, 7, 2)
    splits = {later: 3.0, today: 2.0, FOUR.ex_date: 4.0, MONDAY: 1.5}
    bars = Bars(Path("a.json"), "ACME", {MONDAY: 30.0, today: 31.0, later: 32.0}, splits)
    found = closes_over(bars, "ACME", "USD", "", today)
    assert found == Over({MONDAY: 30.0}, 2, (Split(MONDAY, 1.5), FOUR))


def test_a_split_that_a_file_states_leaves_its_closes_in_doubt(
    inputs: Path, tmp_path: Path
) -> None:
    path = tmp_path / "baba.csv"
    path.write_text("Date,Close,Stock Splits\n2026-06-02,30,0\n2026-06-03,31,4\n")
    (found,) = bring([path], Import(date(2026, 11, 1), inputs))
    assert found.files == ()
    assert ["2026-06-03,4 to actions.csv" in doubt for doubt in found.doubts] == [True, False]
    assert "--closes" in found.doubts[1]
