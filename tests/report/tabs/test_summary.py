"""Summary: a story that can be repeated, one page, and a way to every other tab."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from itertools import compress
from typing import TYPE_CHECKING

import pytest

from reportgen.pipeline import compose
from reportgen.report.tabs.cases.layout import SIDES
from reportgen.report.tabs.summary.ranges import drawn_days
from reportgen.report.theme import load_theme
from tests.report.conftest import built
from tests.report.sheets import sheet
from tests.support.rendered import rendered
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from reportgen.pipeline import Report

SMALLEST = 0.70  # of its size on screen may a page be printed
A4 = (8.27, 11.69)  # inches
PIXELS, POINTS = 96, 72  # an inch


def said(report: Report, sentence: str) -> str:
    return str(report.values[f"story.{sentence}"])


@pytest.mark.parametrize(
    ("pack", "sentence", "words"),
    [
        (
            "baba",
            "market",
            (
                "At USD 157.30 the market pays for cash flow growing 7.6% a year (earnings fell"
                " 12.4%) and stands 64% of the way from bear to bull."
            ),
        ),
        (
            "baba",
            "changed",
            (
                "Since 2025-10-31 the expected value fell by USD 15.19: EPS of twelve months"
                " -13.44, Base metric: China e-commerce -10.49, Growth: China e-commerce, bull"
                " +3.66, all else +5.08; the price fell by 7.7%."
            ),
        ),
        (
            "baba",
            "turn",
            (
                "We would buy below USD 116.88 and short above USD 160.85; toward bear P/E multiple"
                " at 10.0x (-24.92); toward bull P/E multiple at 20.8x (+16.95); next:"
                " 2025-12-01, Quark AI Glasses, first deliveries (expected)."
            ),
        ),
        (
            "baba",
            "hype",
            (
                "Hype-adjusted is the consensus less a generic discount of 30.96 and"
                " company-specific hype of 3.49; expected is our own three cases,"
                " 22.93 below it."
            ),
        ),
        ("baba", "basis", "8 brokers"),
        (
            "pence",  # a loss: nothing that could grow
            "market",
            (
                "At GBP 0.8460 the market pays for what cash flow does not show (negative, or n/a)"
                " and stands 74% of the way from bear to bull."
            ),
        ),
        ("pence", "basis", "3 brokers*"),
        (
            "tokyo",
            "turn",
            (
                "We would no longer short below JPY 2,405.11; toward bear P/E multiple at 13.0x"
                " (-420.42); toward bull Multiple: Robots at 4.5x (+457.66); next: 2026-01-31,"
                " list price in January."
            ),
        ),
        (
            "no_claims",
            "changed",
            "Since 2025-10-31 the expected value stood still; the price fell by 3.4%.",
        ),
    ],
)
def test_the_story_follows_the_numbers(pack: str, sentence: str, words: str) -> None:
    assert said(built(pack), sentence) == words


def days_before(newest: date, *ages: int) -> list[str]:
    return [(newest - timedelta(age)).isoformat() for age in ages]


@pytest.mark.parametrize(
    ("ages", "drawn"),
    [
        ((), ()),
        ((3, 2, 1, 0), (3, 2, 1, 0)),
        (
            (800, 732, 731, 700, 0),
            (731, 700, 0),
        ),  # two years back; 2024 had 366 days
        (range(59, -1, -1), range(59, -1, -1)),  # sixty
        (range(60, -1, -1), range(60, -1, -2)),
        (range(119, -1, -1), range(118, -1, -2)),
        (range(120, -1, -1), range(120, -1, -3)),
    ],
)
def test_the_fan_draws_two_years_of_closes_thinned_out_evenly_up_to_the_newest(
    ages: Sequence[int], drawn: Sequence[int]
) -> None:
    newest = date(2025, 11, 28)
    assert drawn_days(days_before(newest, *ages)) == days_before(newest, *drawn)


WORDS = [
    ("bear", "USD 79.16, 49.7% below the price; it asks cash flow to shrink 8.1% a year"),
    ("bull", "USD 224.25, 42.6% above the price; it asks cash flow to grow 12.0% a year"),
    ("reason", "12-month value of USD 151.56 loses 3.0% against a cost of equity of 10.0%"),
]


@pytest.mark.parametrize(("sentence", "words"), WORDS)
def test_a_sentence_says_in_words_which_way_a_share_of_something_goes(
    sentence: str, words: str
) -> None:
    assert str(built("baba").values[f"say.{sentence}"]).endswith(words)


@pytest.mark.parametrize("pack", ["bank", "bare", "halves", "loss", "single", "carmaker"])
def test_a_story_says_nothing_where_there_is_nothing_to_say(pack: str) -> None:
    for sentence in ("market", "changed", "turn", "hype"):
        words = said(built(pack), sentence)
        assert words.endswith("."), sentence
        assert not {"nan", "None", "  ", ", ,", ";;"} & set(words.split()), words


def test_a_first_report_has_no_last_month(tmp_path: Path) -> None:
    inputs = tmp_path / "inputs"
    shutil.copytree(REPOSITORY / "tests/packs/bare/inputs", inputs)
    assumptions = inputs / "NORD/assumptions.csv"
    text = assumptions.read_text(encoding="utf-8")
    days = {line.split(",")[0] for line in text.splitlines()[1:]}
    for day in days:
        text = text.replace(day, "2025-11-15")
    assumptions.write_text(text, encoding="utf-8")
    prices = inputs / "NORD/prices.csv"
    head, *rows = prices.read_text(encoding="utf-8").splitlines()
    prices.write_text("\n".join((head, *rows[-1:])) + "\n", encoding="utf-8")
    report = compose("NORD", as_of="2025-11-30", inputs=inputs)
    assert said(report, "changed") == (
        "There is no last month to compare with: too little was known then."
    )


@pytest.mark.parametrize("pack", ["baba", "pence", "tokyo"])
def test_the_causes_and_all_else_make_the_change_of_the_expected_value(pack: str) -> None:
    report = built(pack)
    bridge = report.since_last_month
    assert bridge is not None
    amounts = [report.values[f"last_month.cause[{k + 1}]"] for k in range(3)]
    assert amounts == [bar.amount for bar in bridge.bars[:3]]
    told = sum(float(str(amount)) for amount in amounts)
    rest = float(str(report.values["since_last_month.rest"]))
    change = float(str(report.values["since_last_month.expected_value"]))
    assert told + rest == pytest.approx(change, abs=1e-9)
    assert rest == pytest.approx(sum(bar.amount for bar in bridge.bars[3:]), abs=1e-9)


@pytest.mark.parametrize("pack", ["baba", "track", "bare"])
def test_a_map_leads_to_every_other_tab(pack: str) -> None:
    book = built(pack).book
    jumps = [link for link in sheet(built(pack), "Summary").links if link.tip == f"To {link.text}"]
    targets = [link.text for link in jumps]
    assert targets == [one.name for one in book.sheets if one.name != "Summary"]


@pytest.mark.parametrize("pack", ["baba", "pence", "tokyo", "bank", "bare", "daily"])
def test_summary_prints_on_one_page_that_can_be_read(pack: str) -> None:
    tab = sheet(built(pack), "Summary")
    page = tab.page
    assert page.fit == (1, 1)
    assert page.area is not None
    left, right, top, bottom = page.margins
    widths = {col: one.width for one in tab.column_widths for col in range(one.first, one.last + 1)}
    wide = sum(widths[col] * 7 + 5 for col in range(page.area.last_col + 1)) / PIXELS
    high = sum(tab.row_heights[row] for row in range(page.area.last_row + 1)) / POINTS
    assert (A4[0] - left - right) / wide >= SMALLEST
    assert (A4[1] - top - bottom) / high >= SMALLEST


@pytest.mark.parametrize("side", SIDES)
def test_a_trigger_tells_its_level_as_the_cell_of_it_shows_it(side: str) -> None:
    """A fall of a quarter is (25.0%) in both, never -25.0%."""
    values, arguments = built("baba").solved.values, SIDES[side]
    theme, prefix = load_theme(), f"{side}.argument[{{{side}_argument}}]"
    told = {line.key: values[line] for line in values}
    for of, words in ((arguments.level, "level"), (arguments.metric, "metric")):
        shown = [
            rendered(number, theme.style("calc.ratio", "USD", "CNY").number_format).strip()
            for number in values[of]
        ]
        is_share = values[arguments.unit] == "%"
        pairs = zip(
            told[f"{prefix}.told_{words}"][is_share], compress(shown, is_share), strict=True
        )
        assert [pair for pair in pairs if pair[0] != pair[1].replace("-", "0.0%")] == []
        below = values[of] < 0
        assert below.any() or side == "bull"
        assert [text for text in told[f"{prefix}.told_{words}"][below] if text[0] != "("] == []
