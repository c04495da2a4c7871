"""Prices & targets: every known target, live flags, and a chart of what the table holds."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.model.dims import BENCHMARK, CLOSE
from reportgen.model.hype import price_targets
from reportgen.model.inputs import market_data
from reportgen.model.question import Question
from reportgen.periods import serial
from reportgen.pipeline import compose
from reportgen.report.placement import Places
from reportgen.report.tab import Tab
from reportgen.report.tabs.prices_targets.layout import build
from reportgen.report.tabs.prices_targets.lines import HOUSE, ask_houses, house_name
from reportgen.xlsx.writer.soundness import book_problems
from tests.report.conftest import ROOT
from tests.report.rebuilt import context_of
from tests.report.sheets import chart, held, sheet, table

if TYPE_CHECKING:
    from collections.abc import Callable

    from reportgen.pipeline import Report

    Reports = Callable[[str], Report]

TAB = "Prices & targets"
SPARE = 5
TYPED = ("Broker", "Published", "Target, issued", "Currency", "Line", "Kind", "Rating", "Source")
LIVE = (
    "Target, live",
    "Per listed share, 12 months",
    "Target in use",
    "Close at issue",
    "Against the close at issue",
    "Against the price now",
    "Age",
    "Known",
    "Newest of its broker",
    "Newest and not too old",
    "A broker's",
    "In use",
)


@pytest.mark.parametrize("pack", ["baba", "pence", "tokyo", "daily", "bare"])
def test_every_known_target_stands_on_the_tab_above_five_spare_rows(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    rows = table(built, TAB, "Broker", "Horizon")
    expected = [
        (row.broker, float(serial(row.published)), row.target, row.currency, row.source)
        for row in built.pack.rows.targets
    ]
    columns = ("Broker", "Published", "Target, issued", "Currency", "Source")
    found = [tuple(row[name].value for name in columns) for row in rows]
    assert found[:-SPARE] == expected
    assert {value for row in found[-SPARE:] for value in row} == {None}


def test_what_an_analyst_types_is_typed_and_the_rest_of_the_table_is_live(
    report: Reports,
) -> None:
    for row in table(report("baba"), TAB, "Broker", "Horizon"):
        assert not any(row[name].formula for name in TYPED)
        assert all(row[name].formula for name in LIVE)


def test_only_the_newest_target_of_a_broker_is_in_use(report: Reports) -> None:
    rows = table(report("baba"), TAB, "Broker", "Horizon")
    macquarie = [
        (row["Target, live"].value, row["In use"].value)
        for row in rows
        if row["Broker"].value == "Macquarie"
    ]
    assert macquarie == [(235.6, 0.0), (212.7, 1.0)]


def test_a_target_is_set_against_the_close_on_the_day_it_was_published(report: Reports) -> None:
    for row in table(report("daily"), TAB, "Broker", "Horizon")[:-SPARE]:
        target, close = row["Per listed share, 12 months"].value, row["Close at issue"].value
        assert row["Against the close at issue"].value == pytest.approx(target / close - 1)


@pytest.mark.parametrize("pack", ["baba", "daily", "bare"])
def test_the_chart_draws_the_closes_and_each_known_target_once(report: Reports, pack: str) -> None:
    built = report(pack)
    closes, in_use, other, _ = chart(built, TAB, "closes and price targets").series
    values = built.solved.values
    assert held(built, closes.values) == values[market_data.close][:-SPARE].tolist()
    drawn = zip(held(built, in_use.values), held(built, other.values), strict=True)
    known = values[price_targets.is_known] > 0
    for is_known, pair in zip(known.tolist(), drawn, strict=True):
        assert sum(value is not None for value in pair) == is_known
    assert held(built, in_use.values) == [
        None if math.isnan(value) else value for value in values[price_targets.target].tolist()
    ]


def test_the_day_axis_holds_every_close_and_target_drawn(report: Reports) -> None:
    built = report("daily")
    axis = chart(built, TAB, "closes and price targets").x_axis
    days = [values[np.isfinite(values)] for values in _days(built)]
    assert axis.minimum is not None
    assert axis.maximum is not None
    assert axis.minimum <= min(map(np.min, days)) < max(map(np.max, days)) < axis.maximum


def _days(built: Report) -> list[np.ndarray]:
    values = built.solved.values
    return [values[market_data.close_date], values[price_targets.published]]


@pytest.mark.parametrize("pack", ["baba", "daily"])
def test_dated_series_stand_one_below_the_other_with_nothing_beside_them(
    report: Reports, pack: str
) -> None:
    built = report(pack)
    bands = [
        {cell.row for row in table(built, TAB, "Override", caption) for cell in row.values()}
        for caption in ("EPS, issued", "Close, issued", "Benchmark close, issued")
    ]
    assert all(max(upper) < min(lower) for upper, lower in itertools.pairwise(bands))
    first = min(map(min, bands))
    assert max(cell.col for cell in sheet(built, TAB).cells if cell.row >= first) <= 10


@pytest.mark.parametrize(
    ("closes", "benchmark", "printed"),
    [
        (55, 55, {"Closes", "Benchmark"}),
        (56, 55, set()),  # what follows a series that is not printed is not printed either
        (55, 56, {"Closes"}),
    ],
)
def test_a_series_is_printed_where_it_and_those_above_fit_on_a_page(
    closes: int, benchmark: int, printed: set[str]
) -> None:
    context = replace(context_of("bare"), everything=True)
    sizes = {CLOSE: closes, BENCHMARK: benchmark}
    members = {dim: tuple(map(str, range(size))) for dim, size in sizes.items()}
    tab = Tab(TAB, Places(context.members | members))
    build(tab, context)
    assert tab.page is not None
    assert tab.page.area is not None
    titles = {word.row: word.text for word in tab.words if word.look == "section"}
    last = tab.page.area.last_row
    always = {"Targets in brief", "Price targets"}
    assert {title for row, title in titles.items() if row <= last} == always | printed
    assert {
        titles[word.row]
        for word in tab.words
        if word.row in titles and "not printed: longer than a page" in word.text
    } == {"Closes", "Benchmark"} - printed


@pytest.mark.parametrize(
    ("targets", "houses"),
    [
        ([("B", -1, ""), ("A", -1, "")], ["A", "B"]),
        ([("A", 0, ""), ("B", 1, "")], ["A"]),  # of as-of, and of the day after
        ([("A", -1, "Aggregate"), ("B", -1, "broker")], ["B"]),
        ([("UBS", -2, ""), ("ubs", -1, "")], ["ubs"]),  # letters do not tell houses apart
        ([(name, -1, "") for name in "HGFEDCBA"], list("ABCDEFGH")),
        ([(name, -1, "") for name in "IHGFEDCBA"], list("ABCDEFGH")),
        ([(name, -1, "") for name in "IHGFEDCBAI"], list("ABCDEFGI")),  # most targets come first
    ],
)
def test_the_eight_houses_with_most_targets_have_a_line_each(
    targets: list[tuple[str, int, str]], houses: list[str]
) -> None:
    case = context_of("bare").case
    columns = (price_targets.broker, price_targets.published, price_targets.kind)
    rows = [(name, case.as_of_serial + day, kind) for name, day, kind in targets]
    given = {
        of: np.array(values, dtype=object)
        for of, values in zip(columns, zip(*rows, strict=True), strict=True)
    }
    question = Question(case, {}, given, [])
    ask_houses(question)
    assert question.given[house_name].tolist() == houses
    assert question.members[HOUSE] == tuple("12345678"[: len(houses)])


def test_text_cannot_be_typed_where_a_target_or_a_close_is_read(report: Reports) -> None:
    built = report("baba")
    tab = sheet(built, TAB)
    guarded = [area for rule in tab.validations if rule.kind == "decimal" for area in rule.ranges]
    typed = [
        row[name]
        for names, anchor in (
            (("Target, issued", "Override", "Horizon"), ("Broker", "Horizon")),
            (("Close, issued", "Override"), ("Date", "Close, issued")),
        )
        for row in table(built, TAB, *anchor)
        for name in names
    ]
    outside = [
        cell
        for cell in typed
        if not any(
            area.first_row <= cell.row <= area.last_row
            and area.first_col <= cell.col <= area.last_col
            for area in guarded
        )
    ]
    assert outside == []


def test_a_company_is_reported_before_its_first_close_is_known() -> None:
    before = date(2025, 10, 31)
    found = compose("ONE", as_of=before, inputs=ROOT / "tests/packs/single/inputs")
    assert found.headline["price"] is None
    assert not list(book_problems(found.book))
