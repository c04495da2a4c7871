"""Charts: where bars, marks, lines and their words stand."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from reportgen.pages.charts import (
    MARK,
    Curve,
    Dot,
    Level,
    apart,
    bar,
    line_chart,
    ranges,
    spanning,
    sparkline,
    waterfall,
)
from reportgen.periods import serial


class Step(NamedTuple):
    before: float
    after: float
    is_level: bool = False


def rects(drawn: object) -> list[tuple[str, float, float]]:
    found = re.findall(r'<rect class="([^"]*)" x="([^%]*)%" width="([^%]*)%"', str(drawn))
    return [(look, float(x), float(width)) for look, x, width in found]


def test_a_waterfall_leads_from_level_to_level() -> None:
    tracks = waterfall([Step(0, 10, is_level=True), Step(10, 14), Step(14, 6), Step(0, 6, True)])  # noqa: FBT003
    assert [rects(track) for track in tracks] == [
        [("level", 49.7, MARK)],
        [("rise", 49.7, 49.7)],
        [("fall", 0.0, 99.4)],
        [("level", 0.0, MARK)],
    ]


def test_the_levels_of_ranges_are_marked_on_every_row_also_on_one_without_ends() -> None:
    tracks = ranges([(0.0, 100.0, "bull"), (None, 3.0, "bear")], [Level(50.0, "price")])
    (whole, mark), (alone,) = map(rects, tracks)
    assert whole[0] == "bull"
    assert mark == alone == ("mark price", 50 - MARK / 2, MARK)
    assert 0 < whole[1] < mark[1] < whole[1] + whole[2] < 100


@pytest.mark.parametrize(
    ("value", "found"),
    [
        (25.0, [("hype", 0.0, 25.0)]),
        (-5.0, [("hype", 0.0, 0.0)]),
        (400.0, [("hype", 0.0, 100.0)]),
        (None, []),
    ],
)
def test_a_bar_stays_within_its_track(
    value: float | None, found: list[tuple[str, float, float]]
) -> None:
    assert rects(bar(value, 100.0, "hype")) == found


def test_a_sparkline_breaks_where_nothing_is_known_and_ends_in_a_dot() -> None:
    drawn = str(sparkline([1.0, 2.0, None, 3.0, 2.0], "value of a year, now 2.00 <b>"))
    assert re.findall('points="([^"]*)"', drawn) == ["3.0,21.0 26.5,12.0", "73.5,3.0 97.0,12.0"]
    assert 'cx="97.0" cy="12.0"' in drawn
    assert "now 2.00 &lt;b&gt;" in drawn


@pytest.mark.parametrize("values", [[], [None], [None, None], [5.0], [5.0, 5.0]])
def test_a_sparkline_of_little_is_drawn_all_the_same(values: list[float | None]) -> None:
    drawn = str(sparkline(values, "told"))
    assert drawn.startswith("<svg")
    assert "nan" not in drawn


def day(text: str) -> float:
    return float(serial(date.fromisoformat(text)))


HISTORY = Curve(((day("2025-01-31"), 90.0), (day("2025-11-30"), 157.3)), "price")
CASES = [
    Curve(
        ((day("2025-11-30"), 157.3), (day("2026-11-30"), end)), look, f"{look} {end}", dashed=True
    )
    for look, end in (("bull", 160.0), ("base", 158.0), ("bear", 79.0))
]


def test_lines_have_round_ticks_dates_and_words_at_their_ends_that_keep_apart() -> None:
    dot = Dot(day("2025-06-30"), 120.0, "accent", "Macquarie <120>")
    drawn = str(line_chart([HISTORY, *CASES], [dot], told="Price"))
    values = re.findall('<text class="tick"[^>]*end">([^<]*)<', drawn)
    assert values == ["60", "80", "100", "120", "140", "160"]
    assert re.findall('middle">([^<]*)<', drawn) == ["Jul 25", "Jan 26", "Jul 26"]
    heights = [float(y) for y in re.findall('<text class="end [^>]* y="([^"]*)"', drawn)]
    assert all(high - low >= 13.9 for low, high in pairwise(heights))
    assert "Macquarie &lt;120&gt;" in drawn


@pytest.mark.parametrize("curves", [[], [Curve((), "price")], [Curve(((45000.0, 1.0),), "price")]])
def test_lines_without_two_days_are_not_drawn(curves: list[Curve]) -> None:
    assert line_chart(curves, told="") == ""


def test_what_is_on_no_day_or_has_no_value_is_left_out_of_lines() -> None:
    points = ((-5.0, 1.0), (45000.0, 1.0), (45100.0, float("nan")), (45200.0, 2.0), (1e300, 3.0))
    drawn = str(line_chart([Curve(points, "price")], told=""))
    assert len(re.findall(r"[\d.]+,[\d.]+", drawn)) == 2


@pytest.mark.parametrize("value", [0.0, -3.0, 1e-9, 1e12])
def test_a_line_that_never_moves_is_drawn(value: float) -> None:
    flat = Curve(((45000.0, value), (45400.0, value)), "price")
    drawn = str(line_chart([flat], told=""))
    assert "<polyline" in drawn
    assert "nan" not in drawn


@pytest.mark.parametrize(
    ("places", "most", "found"),
    [
        ([], 100.0, []),
        ([10.0, 50.0], 100.0, [10.0, 50.0]),
        ([10.0, 12.0, 14.0], 100.0, [10.0, 20.0, 30.0]),
        ([90.0, 95.0], 100.0, [90.0, 100.0]),
        ([97.0, 98.0, 99.0], 100.0, [80.0, 90.0, 100.0]),
    ],
)
def test_labels_move_no_further_than_they_must(
    places: list[float], most: float, found: list[float]
) -> None:
    assert apart(places, 10.0, most) == found


def test_a_scale_passes_over_what_is_not_known() -> None:
    assert spanning([None, 3.0, float("nan"), 1.0, float("inf")]) == (1.0, 3.0)
    assert spanning([]).share(0.0) == 0.0


def _years(first: str, last: str, low: float, high: float) -> Curve:
    return Curve(((day(first), low), (day(last), high)), "price")


DRAWN = {
    "steps": lambda: waterfall(
        [
            *(Step(0, 10, is_level=True), Step(10, 14), Step(14, 6), Step(6, 6), Step(6, 6.001)),
            Step(0, 6.001, is_level=True),
        ]
    ),
    "ranges": lambda: ranges(
        [(20.0, 100.0, "bull"), (None, 3.0, "bear"), (3.0, None, "bear"), (50.0, 50.0, "base")],
        [Level(50.0, "price"), Level(None, "value"), Level(120.0, "consensus")],
    ),
    "bars": lambda: [bar(value, most, "hype") for value in (0.0, 30.0) for most in (40.0, 0.0)],
    "sparks": lambda: [
        sparkline([1.0, 2.0, None, 3.0, 2.5], "told", "value"),
        sparkline([4.0, None], "ends unknown"),
        sparkline([4.0], "alone"),
    ],
    "history and cases": lambda: line_chart(
        [HISTORY, *CASES], [Dot(day("2025-06-30"), 120.0, "accent", "Macquarie")], told="Price"
    ),
    "without words": lambda: line_chart([HISTORY], told="Price"),
    "a few days": lambda: line_chart([_years("2025-11-03", "2025-11-20", 0.012, 0.0131)], told=""),
    "two months": lambda: line_chart([_years("2025-11-03", "2025-12-20", -4.0, 4.0)], told=""),
    "five months": lambda: line_chart([_years("2025-08-31", "2026-01-31", 0.0, 2.6)], told=""),
    "six months": lambda: line_chart([_years("2025-07-31", "2026-01-31", 0.0, 5.1)], told=""),
    "eleven months": lambda: line_chart([_years("2025-02-28", "2026-01-31", 1e6, 9e6)], told=""),
    "six years": lambda: line_chart([_years("2020-02-28", "2026-01-31", 99.0, 101.0)], told=""),
    "never moved": lambda: line_chart([_years("2025-02-28", "2026-01-31", 10.0, 10.0)], told=""),
    "words at the bottom": lambda: line_chart(
        [
            Curve(((45000.0, 50.0), (45100.0, 0.0), (45200.0, end)), "price", f"ends at {end}")
            for end in (2.0, 1.0, 0.0)
        ],
        told="",
    ),
    "a century": lambda: line_chart([_years("1926-02-28", "2026-01-31", 7.0, 7.0)], told=""),
}


def test_drawings_are_as_they_were_agreed() -> None:
    said = []
    for name, draw in DRAWN.items():
        drawn = draw()
        parts = [drawn] if isinstance(drawn, str) else drawn
        lines = "\n".join(map(str, parts)).replace("><", ">\n<")
        said.append(f"== {name}\n{lines}\n")
    assert "".join(said) == Path(__file__).with_name("drawn.txt").read_text()


def test_what_is_drawn_lies_on_days_and_below_any_price() -> None:
    last = 2_958_465.0
    points = ((61.0, 1.0), (last, 2.0), (60.0, 9.0), (last + 1, 9.0), (5e4, 1e15), (5e4, -1e15))
    drawn = str(line_chart([Curve(points, "price")], told=""))
    assert re.findall("[0-9.]+,[0-9.]+", drawn) == ["44.0,211.0", "388.0,10.0"]
