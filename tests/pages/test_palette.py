"""Colours of a page: those of the theme where they can be read, by day and by night."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from reportgen.pages.palette import DRAWN, TEXT, contrast, css, readable
from reportgen.report.theme import load_theme

HOUSE = load_theme()
DAY, NIGHT = (
    dict(re.findall(r"--([\w-]+):#([0-9a-f]{6});", part)) for part in css(HOUSE).split("@media")
)
TEXTS = ("ink", "faint", "title", "link", "good", "warn", "bad")


@pytest.mark.parametrize("colors", [DAY, NIGHT], ids=["day", "night"])
def test_every_text_and_every_line_stands_out_from_its_paper(colors: dict[str, str]) -> None:
    assert all(contrast(colors[name], colors["paper"]) >= TEXT for name in TEXTS)
    assert all(
        contrast(colors[name], colors[f"{name}-field"]) >= TEXT for name in ("good", "warn", "bad")
    )
    assert contrast(colors["head-ink"], colors["head"]) >= TEXT
    assert contrast(colors["ink"], colors["total"]) >= TEXT
    drawn = ("price", "bear", "base", "bull", "expected", "hype", "consensus", "up", "down")
    assert all(contrast(colors[f"c-{name}"], colors["paper"]) >= DRAWN for name in drawn)


def test_by_day_colours_are_those_of_the_workbook() -> None:
    assert DAY["c-bull"] == HOUSE.charts["bull"].lower()
    assert DAY["title"] == HOUSE.looks["title"]["color"].lower()


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("000000", "FFFFFF", 21.0), ("FFFFFF", "FFFFFF", 1.0), ("777777", "FFFFFF", 4.48)],
)
def test_contrast_is_that_of_the_guideline(one: str, other: str, ratio: float) -> None:
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)
    assert contrast(other, one) == contrast(one, other)


def test_a_colour_that_can_be_read_stays_as_it_is() -> None:
    assert readable("1F3864", "FFFFFF", TEXT) == "1F3864"
    assert contrast(readable("FFFF00", "FFFFFF", TEXT), "FFFFFF") >= TEXT


def test_the_name_of_a_font_cannot_end_the_style() -> None:
    said = css(replace(HOUSE, family='X";}</style><script>'))
    assert "<" not in said
    assert said.count('"') == 2


def test_the_colours_of_the_house_are_as_they_were_agreed() -> None:
    said = re.sub(r"(?<=[;{}])", "\n", css(HOUSE))
    assert said == Path(__file__).with_name("colours.txt").read_text()


@pytest.mark.parametrize(
    ("color", "paper", "found"),
    [
        ("808080", "808080", "FFFFFF"),  # no shade stands out from it: the lightest
        ("FF0000", "14181F", "FF0D0D"),
        ("101010", "000000", "767676"),
        ("FFFF00", "FFFFFF", "797900"),
    ],
)
def test_a_colour_moves_as_little_as_it_takes(color: str, paper: str, found: str) -> None:
    assert readable(color, paper, TEXT) == found
