"""Axes that show what there is to be seen: a bridge from near its levels, columns from zero."""

from __future__ import annotations

import math

import numpy as np
import pytest

from reportgen.report import axes
from tests.report.conftest import built
from tests.report.sheets import chart, held, sheet

NAN = math.nan


@pytest.mark.parametrize(
    ("levels", "foot"),
    [
        ((157.3, 151.36, 151.36), 148.0),  # a step of 4 %: it would be a sliver from zero
        ((151.4, 168.3, 182.5, 224.3), 100.0),
        ((208.94, 182.3, 178.0, 174.49), 150.0),
        ((0.846, 0.80, 0.78), 0.74),
        ((1.25, 0.64, 0.1), None),  # large steps
        ((5.0, 0.0, 3.0), None),
        ((5.0, -1.0, 4.8), None),  # across zero
        ((100.0, 100.0), None),
        ((NAN, NAN), None),
        ((NAN, 101.0, 99.0), 98.0),
    ],
)
def test_a_bridge_starts_near_its_levels_where_steps_are_small(
    levels: tuple[float, ...], foot: float | None
) -> None:
    assert axes.baseline(np.array(levels)) == pytest.approx(foot)


@pytest.mark.parametrize(
    ("heights", "end"),
    [
        ((268.0, 537.0, 799.0, 3499.0), 1000.0),
        ((268.0, 537.0, 799.0, 1500.0), None),
        ((NAN, 5.0), None),
        ((NAN,), None),
        ((0.0, 3.0), None),
    ],
)
def test_an_axis_ends_where_one_column_would_make_slivers_of_the_others(
    heights: tuple[float, ...], end: float | None
) -> None:
    assert axes.cut(np.array(heights)) == end


@pytest.mark.parametrize(
    ("drawn", "foot"), [((0.0, 5.0), 0), ((NAN, 5.0), 0), ((-0.1, 5.0), None), ((NAN, -5.0), None)]
)
def test_an_axis_starts_at_zero_unless_something_is_drawn_below(
    drawn: tuple[float, ...], foot: float | None
) -> None:
    assert axes.zero(np.array(drawn)) == foot


@pytest.mark.parametrize(
    ("highest", "shown"), [(19.99, "#,##0.00"), (20.0, "#,##0"), (NAN, "#,##0"), (-5.0, "#,##0.00")]
)
def test_an_axis_tells_cents_where_a_share_costs_little(highest: float, shown: str) -> None:
    assert axes.money(highest) == shown


@pytest.mark.parametrize(
    ("tab", "words"),
    [
        ("Bull", "From base to bull, USD a share; axis from 100"),
        ("Base", "From price to base, USD a share; axis from 148"),
        ("Hype-adjusted", "hype-adjusted value; axis from 150"),
        ("Competitors", "Product prices, USD; cut at 1,000"),
    ],
)
def test_a_title_says_where_an_axis_does_not_begin_or_end_as_expected(tab: str, words: str) -> None:
    assert any(words in str(one.title) for one in sheet(built("baba"), tab).charts)


def test_the_share_and_its_benchmark_begin_at_100() -> None:
    report = built("baba")
    drawn = chart(report, "Prices & targets", "BABA against KWEB")
    for series in drawn.series:
        values = [one for one in held(report, series.values) if one is not None]
        assert values[0] == pytest.approx(100)


def test_each_broker_has_a_line_of_its_targets() -> None:
    report = built("baba")
    drawn = chart(report, "Prices & targets", "each house")
    told = {
        str(held(report, series.name)[0]): [
            one for one in held(report, series.values) if one is not None
        ]
        for series in drawn.series
    }
    assert told["Goldman Sachs"] == pytest.approx([160.0, 179.0, 205.0, 197.0])
    assert "MarketBeat average" not in told


def test_without_a_benchmark_or_a_broker_there_is_no_such_chart() -> None:
    titles = [str(one.title) for one in sheet(built("bare"), "Prices & targets").charts]
    assert not [title for title in titles if "against" in title or "house" in title]


def test_no_category_at_an_end_of_a_chart_is_empty() -> None:
    for pack in ("baba", "pence", "halves", "loss", "bank", "tokyo"):
        for tab in ("Growth", "Valuation"):
            for one in sheet(built(pack), tab).charts:
                rows = [held(built(pack), series.values) for series in (*one.series, *one.overlay)]
                filled = [
                    [isinstance(value, float) and value != 0 for value in row] for row in rows
                ]
                ends = [any(row[at] for row in filled) for at in (0, -1)]
                assert ends == [True, True], (pack, tab, one.title)
