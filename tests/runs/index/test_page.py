"""The page of the index in a real browser: sorted, searched, read on a phone, whole by itself."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.index.page import index_page
from reportgen.runs.index.rows import index_of
from tests.runs.index.cases import NASTY, NOVEMBER, OCTOBER, full_index, issue, reported, saying
from tests.runs.index.test_workbook import TRACK
from tests.runs.records import manifest
from tests.support.browser import DESK, PHONE, chromium, visited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

NARROW = 360


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("index") / "index.html"
    written.write_text(index_page(replace(full_index(), track=TRACK)), encoding="utf-8")
    return written


@pytest.fixture
def page(browser: Browser, path: Path) -> Iterator[Page]:
    with visited(browser, path, DESK) as shown:
        yield shown


def tickers(page: Page, shown: str = "tbody tr:visible") -> list[str]:
    return page.locator(f"table.index {shown} td.who > :first-child").all_inner_texts()


def column(page: Page, label: str) -> list[str]:
    return page.locator(f'table.index td[data-label="{label}"]').all_inner_texts()


@pytest.mark.parametrize("width", [NARROW, PHONE, DESK])
@pytest.mark.parametrize("everything", [False, True])
def test_the_page_never_scrolls_sideways(
    browser: Browser, path: Path, width: int, *, everything: bool
) -> None:
    with visited(browser, path, width) as page:
        page.locator("#all").set_checked(everything)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_news_stand_first_and_in_sight(browser: Browser, path: Path, width: int) -> None:
    with visited(browser, path, width) as page:
        first = page.locator("table.index tbody tr").first
        told = first.inner_text()
        assert "ACME" in told
        assert "was LONG" in told
        box = first.bounding_box()
        assert box is not None
        assert box["y"] < 800


def test_a_click_on_a_caption_sorts_and_the_third_click_is_as_before(page: Page) -> None:
    as_issued = tickers(page)
    head = page.locator("table.index th", has_text="Change, %")
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    known = [float(text.strip("%")) for text in column(page, "Change, %") if text != "n/a"]
    assert known == sorted(known, reverse=True)
    assert column(page, "Change, %")[-1] == "n/a"
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    known = [float(text.strip("%")) for text in column(page, "Change, %") if text != "n/a"]
    assert known == sorted(known)
    assert column(page, "Change, %")[-1] == "n/a"  # what is not known is last either way
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") is None
    assert tickers(page) == as_issued


def test_words_are_sorted_as_words_and_by_the_keyboard(page: Page) -> None:
    page.locator("table.index th", has_text="Ticker").get_by_role("button").focus()
    page.keyboard.press("Enter")
    assert tickers(page) == sorted(tickers(page))


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("acme", ["ACME"]),
        ("BOLT above", ["BOLT"]),
        ("was long acme", ["ACME"]),
        ("no such company", []),
        ("", None),
        ("<script>", ["N3"]),
    ],
)
def test_a_search_leaves_the_rows_that_hold_all_words(
    page: Page, words: str, left: list[str] | None
) -> None:
    everyone = tickers(page)
    page.locator("#search").fill(words)
    assert tickers(page) == (everyone if left is None else left)
    told = page.locator("#found").inner_text()
    assert told == ("" if left is None else f"{len(left)} of {len(everyone)} companies")
    page.locator("#search").fill("")
    assert tickers(page) == everyone


def test_what_needs_a_person_is_searched_too(page: Page) -> None:
    page.locator("#search").fill("acme cash conversion")
    shown = page.locator("table.attention tbody tr:visible")
    assert shown.count() == 1
    assert "Checks!A9" in (shown.text_content() or "")


def test_a_phone_sorts_by_a_list(browser: Browser, path: Path) -> None:
    with visited(browser, path, PHONE) as page:
        as_issued = tickers(page)
        page.locator("#sort").select_option(label="Ticker")
        assert tickers(page) == sorted(as_issued)
        page.locator("#sort").select_option(label="importance")
        assert tickers(page) == as_issued


def test_all_columns_are_shown_when_asked_for(page: Page) -> None:
    assert not page.locator('td[data-label="Bear"]').first.is_visible()
    page.locator("#all").check()
    assert page.locator('td[data-label="Bear"]').first.is_visible()


def test_without_a_script_the_page_is_whole(browser: Browser, path: Path) -> None:
    with visited(browser, path, DESK, script=False) as page:
        assert tickers(page)[0] == "ACME"
        assert not page.locator("#search").is_visible()
        page.locator("#all").check()
        assert page.locator('td[data-label="Bear"]').first.is_visible()


def test_links_are_relative_and_lead_to_reports(page: Page) -> None:
    links = page.locator("main a")
    for link in links.all():
        address = link.get_attribute("href") or ""
        assert re.fullmatch(r"#\w+|\w+/2025-11-30/\w+-2025-11-30\.xlsx", address)
    assert links.filter(has_text="ACME").first.get_attribute("rel") == "noopener noreferrer"


def test_a_ticker_of_any_exchange_is_a_link() -> None:
    text = index_page(index_of(NOVEMBER, [reported(manifest("^A+B&C=X_1-2.L"))]))
    assert 'href="%5EA%2BB%26C%3DX_1-2.L/2025-11-30/%5EA%2BB%26C%3DX_1-2.L-2025-11-30.xlsx"' in text


def test_a_ticker_leads_to_the_page_of_the_report_where_there_is_one() -> None:
    found = reported(manifest())
    links = found.links._replace(page="ACME/2025-11-30/a.html", changes="ACME/2025-11-30/b.html")
    text = index_page(index_of(NOVEMBER, [found._replace(links=links)]))
    assert re.search(r'<td class="who"><a href="ACME/2025-11-30/a.html"[^>]*>ACME</a>', text)
    assert 'href="ACME/2025-11-30/b.html"' in text
    assert 'href="ACME/2025-11-30/ACME-2025-11-30.xlsx"' in text


def test_texts_of_ill_will_are_shown_as_texts(page: Page) -> None:
    told = page.locator("body").inner_text()
    for text in NASTY:
        if len(text) < 99 and text.isprintable():
            assert text in told
    assert page.locator("main script, main img, main iframe").count() == 0
    assert page.evaluate("[...document.scripts].length") == 1


def test_amounts_are_told_with_sign_decimals_and_currency() -> None:
    cheap = reported(saying(price=0.8, expected_value=0.7), issue(OCTOBER, price=0.8, expected=0.7))
    text = index_page(index_of(NOVEMBER, [cheap]))
    assert '>0.8000<span class="doubt ">USD</span>' in text
    assert 'data-number="0.7">0.7000<' in text
    assert ">+20.0%<" in text


def test_a_trail_is_a_drawing_that_says_what_it_is(page: Page) -> None:
    assert page.locator("svg.spark title").first.text_content() == (
        "Expected value of ACME in the last twelve months"
    )


def test_movers_have_a_bar_to_their_side_of_zero(page: Page) -> None:
    assert page.locator("rect.rise").count() + page.locator("rect.fall").count() == 12


def test_nothing_to_tell_is_told() -> None:
    calm = reported(manifest(stale=(), conflicts=0, attention=()), issue(OCTOBER))
    text = index_page(index_of(NOVEMBER, [calm]))
    assert "Track record" not in text
    assert index_page(index_of(NOVEMBER, [])).count("<p>Nothing.</p>") == 2


def test_the_same_index_is_the_same_page_without_control_characters() -> None:
    text = index_page(full_index())
    assert text == index_page(full_index())
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f\u202e\u2028]", text)
