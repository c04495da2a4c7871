"""The HTML page in a real browser: whole by itself, readable on a phone, deaf to what it shows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from reportgen.differences.forms.content import content
from reportgen.differences.forms.html import html
from tests.differences.told import BRIDGES, FULL, HOSTILE
from tests.support.browser import DESK, PHONE, chromium, visited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    path = tmp_path / "diff.html"
    path.write_text(html(content(FULL)), encoding="utf-8")
    with visited(browser, path, request.param) as shown:
        yield shown


def test_the_page_never_scrolls_sideways(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_every_bar_lies_within_its_track_and_reaches_from_level_to_level(page: Page) -> None:
    script = """tracks => tracks.map(track => {
        const outer = track.getBoundingClientRect();
        const inner = track.firstElementChild.getBoundingClientRect();
        return [inner.left - outer.left, outer.right - inner.right, inner.width];
    })"""
    found = page.eval_on_selector_all(".track", script)
    assert len(found) == sum(len(bridge.bars) + 2 for bridge in BRIDGES)
    assert all(left >= -1 and right >= -1 and width > 0 for left, right, width in found)


def test_text_is_large_enough_and_the_headline_is_in_sight(page: Page) -> None:
    assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 14
    cells = page.locator("table").nth(1).locator("tbody tr").first.locator("td")
    assert cells.all_inner_texts()[:4] == ["Bear", "89.13", "76.23", "-12.90"]
    box = cells.nth(3).bounding_box()
    assert box is not None
    assert box["x"] + box["width"] <= page.evaluate("window.innerWidth")


def test_hostile_text_is_shown_as_text(page: Page) -> None:
    cell = page.get_by_text("<script>alert(1)</script>")
    assert cell.count() == 1
    assert cell.inner_text().startswith(HOSTILE[:60])
    assert page.locator("script, a, img, link").count() == 0


def test_the_page_names_its_language_title_and_the_direction_of_bars(page: Page) -> None:
    assert page.title() == "BABA: 2025-10-31 to 2025-11-30"
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("rect.rise").count() > 0
    assert page.locator("rect.fall").count() > 0


def test_the_same_diff_is_the_same_file_and_holds_no_control_characters() -> None:
    text = html(content(FULL))
    assert text == html(content(FULL))
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", text)
