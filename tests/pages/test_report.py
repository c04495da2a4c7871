"""The page of one report, in a real browser: whole by itself, every number open to its sources."""

from __future__ import annotations

import random
import re
import shutil
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import pytest

import reportgen
from reportgen.pages.report.page import html
from reportgen.pages.report.stated import read
from reportgen.report.theme import load_theme
from tests.support.browser import DESK, PHONE, SMALL, chromium, visited
from tests.support.selection import long_except
from tests.support.tools import REPOSITORY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

AS_OF = "2025-11-30"
CLOSING = "</script><script>alert(1)</script>"
ADDRESS = "javascript:alert(2)"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pages")


PACKS = {
    "BABA": "inputs",
    "HSBA.L": "tests/packs/bank/inputs",
    "META": "tests/packs/loss/inputs",
    "NORD": "tests/packs/bare/inputs",
}


@lru_cache
def _page(folder: Path, ticker: str) -> Path:
    inputs = REPOSITORY / PACKS[ticker]
    built = reportgen.build(ticker, as_of=AS_OF, inputs=inputs, outputs=folder)
    return reportgen.page(built.path)


@pytest.fixture(scope="module")
def baba(folder: Path) -> Path:
    return _page(folder, "BABA")


@pytest.fixture(params=[PHONE, DESK], ids=["phone", "desk"])
def page(browser: Browser, baba: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    with visited(browser, baba, request.param) as shown:
        yield shown


@pytest.mark.parametrize("ticker", long_except({"BABA"}, PACKS))
def test_no_page_scrolls_sideways(browser: Browser, folder: Path, ticker: str) -> None:
    with visited(browser, _page(folder, ticker), DESK) as shown:
        for width in (320, SMALL, 430, 768, DESK):
            shown.set_viewport_size({"width": width, "height": 800})
            assert shown.evaluate("document.documentElement.scrollWidth") <= width
            assert shown.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") >= 14


def test_the_head_says_what_the_workbook_says(page: Page) -> None:
    assert page.title() == f"Alibaba Group Holding Limited (BABA) as of {AS_OF}"
    assert page.locator(".sentence").inner_text().startswith("NO POSITION at USD 157.30")
    assert page.locator(".tile .amount").all_inner_texts()[:4] == [
        *("USD 157.30", "USD 151.56", "USD 174.49", "USD 208.94")
    ]
    bear = page.locator(".cases tbody tr").first
    assert bear.locator("th, td").all_inner_texts() == [
        *("Bear", "79.16", "30.0%", "-49.7%", "-8.1%", "90.77", "-11.61")
    ]


def test_a_number_opens_by_the_keyboard_and_leads_down_to_its_source(page: Page) -> None:
    number = page.locator("#cases .n", has_text="208.94").first
    number.focus()
    page.keyboard.press("Enter")
    entry = page.locator(".entry:popover-open")
    assert "AVERAGE(Target, per listed share, 12 months, every target)" in entry.inner_text()

    for name in ("Target, per listed share, 12 months", "Per listed share, at 12 months"):
        entry.get_by_role("button", name=name).last.click()
        entry = page.locator(".entry:popover-open").last
        assert entry.locator("h2").inner_text() == f"{name}, every target"

    page.keyboard.press("Escape")  # back to what it was opened from
    assert page.locator(".entry:popover-open").count() == 2
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".entry:popover-open").count() == 0


def test_every_number_leads_to_an_entry_and_the_way_down_ends_at_sources(baba: Path) -> None:
    text = baba.read_text(encoding="utf-8")
    wanted = set(re.findall(r'popovertarget="(e\d+)"', text))
    made = re.findall(r'class="entry" id="(e\d+)"', text)
    assert wanted == set(made)
    assert len(made) == len(set(made))
    source = text.split('id="sources"')[1]
    assert "Alibaba Group" in source
    assert "primary: company filings, exchanges, central banks" in source


def test_a_source_tells_its_publisher_its_tier_and_its_title(page: Page) -> None:
    page.locator("#targets .n", has_text="press-brokers").first.click()
    told = page.locator(".entry:popover-open").inner_text()
    assert "Publisher\nvarious" in told.replace("\n\n", "\n")
    assert "wire" in told


def test_without_script_numbers_still_open(browser: Browser, baba: Path) -> None:
    with visited(browser, baba, DESK, script=False) as shown:
        assert shown.locator("#find").count() == 0
        shown.locator(".tile .n", has_text="USD 151.56").click()
        entry = shown.locator(".entry", has=shown.locator("h2", has_text="Expected value")).first
        assert entry.is_visible()


def test_a_number_is_found_by_a_part_of_its_name_and_by_the_address(page: Page) -> None:
    page.locator("#find input").fill("cost of equ")
    page.locator("#find .n", has_text="Cost of equity").first.click()
    assert page.locator(".entry:popover-open h2").inner_text() == "Cost of equity"
    page.keyboard.press("Escape")
    page.goto(f"{page.url.partition('#')[0]}#bull.value")
    assert page.locator(".entry:popover-open h2").inner_text() == "Value in 12 months: bull"


def test_charts_are_drawn_and_say_what_they_show(page: Page) -> None:
    assert page.locator("svg.chart").count() == 2
    assert page.locator("svg.chart > title").count() == 2
    outside = page.eval_on_selector_all(
        ".track",
        """tracks => tracks.filter(track => {
            const outer = track.getBoundingClientRect();
            return [...track.children].some(mark => {
                const inner = mark.getBoundingClientRect();
                return inner.left < outer.left - 1 || inner.right > outer.right + 1;
            });
        }).length""",
    )
    assert outside == 0


def test_past_reports_are_drawn_and_listed_where_there_are_any(
    browser: Browser, baba: Path, tmp_path: Path
) -> None:
    assert 'id="record"' not in baba.read_text(encoding="utf-8")
    pack = REPOSITORY / "tests/packs/tokyo"
    history = pack / "history.csv"
    built = reportgen.build(
        "6799", as_of=AS_OF, inputs=pack / "inputs", outputs=tmp_path, history=history
    )
    with visited(browser, reportgen.page(built.path), SMALL) as shown:
        record = shown.locator("#record")
        assert "scored reports" in record.locator("p").first.inner_text()
        assert record.locator("svg .end").all_text_contents() == [
            "Bull",
            "Base",
            "Expected",
            "Bear",
        ]
        record.locator("summary").press("Enter")
        first = record.locator("tbody tr").first
        assert first.locator("th, td").all_inner_texts()[:3] == [
            *("2025-10-31", "NO POSITION", "3,108.00")
        ]
        assert record.locator("tbody tr").count() == 16  # those known on that day


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_follows_the_colours_of_the_reader(
    browser: Browser, baba: Path, scheme: str
) -> None:
    with visited(browser, baba, DESK, scheme=scheme) as shown:  # type: ignore[arg-type]
        paper = shown.evaluate("getComputedStyle(document.body).backgroundColor")
        light = sum(map(int, re.findall(r"\d+", paper)[:3])) > 3 * 128
        assert light is (scheme == "light")


def test_on_paper_entries_and_search_are_left_out(browser: Browser, baba: Path) -> None:
    with visited(browser, baba, DESK, scheme="dark") as shown:
        shown.emulate_media(media="print", color_scheme="dark")
        assert not shown.locator("#find").is_visible()
        assert not shown.locator(".entry").first.is_visible()
        assert shown.evaluate("getComputedStyle(document.body).backgroundColor") in {
            *("rgb(255, 255, 255)", "rgba(0, 0, 0, 0)")
        }


@pytest.fixture(scope="module")
def hostile(folder: Path) -> Path:
    """A company whose names are code, and whose sources are addresses of code."""
    inputs = folder / "inputs"
    shutil.copytree(REPOSITORY / "inputs", inputs)
    company = inputs / "BABA" / "company.yaml"
    text = company.read_text(encoding="utf-8")
    named = re.sub(r"(?m)^name: .*$", f"name: '{CLOSING}'", text)
    company.write_text(named.replace("name: Cloud Intelligence", f"name: '{CLOSING}'"), "utf-8")
    sources = inputs / "BABA" / "sources.csv"
    lines = sources.read_text(encoding="utf-8")
    lines = re.sub(r"\w+\.txt", ADDRESS, lines).replace("Alibaba Group", ADDRESS)
    sources.write_text(lines.replace("AInvest", CLOSING), "utf-8")
    built = reportgen.build("BABA", as_of=AS_OF, inputs=inputs, outputs=folder / "hostile")
    return reportgen.page(built.path)


def test_hostile_names_are_text_and_lead_nowhere(browser: Browser, hostile: Path) -> None:
    with visited(browser, hostile, DESK) as shown:
        assert shown.locator("h1").inner_text() == CLOSING
        assert shown.locator("script").count() == 2  # the data and the page's own
        assert shown.locator("a, iframe, img, link, object, form").count() == 0
        shown.goto(f"{shown.url}#source[tiger-post]")
        entry = shown.locator(".entry:popover-open")
        assert f"Where it is kept\n{ADDRESS}" in entry.inner_text().replace("\n\n", "\n")
        entry.get_by_text(ADDRESS).click()
        shown.keyboard.press("Escape")
        field = shown.locator("#find input")
        field.fill("alert")
        assert shown.locator("#find .n").count() > 0
    text = hostile.read_text(encoding="utf-8")
    assert "<script>alert" not in text
    assert "href" not in text


def test_the_same_workbook_gives_the_same_bytes_wherever_it_lies(
    baba: Path, tmp_path: Path
) -> None:
    moved = tmp_path / "elsewhere.xlsx"
    shutil.copy(baba.with_suffix(".xlsx"), moved)
    again = reportgen.page(moved, to=tmp_path / "sub" / "again.html")
    assert again.read_bytes() == baba.read_bytes()
    assert list(again.parent.glob("*.html")) == [again]


def test_numbers_are_those_of_the_file_even_where_somebody_typed_over_them(baba: Path) -> None:
    stated = read(baba.with_suffix(".xlsx"))
    typed = replace(stated, values={**stated.values, "expected_value": 99.0})
    assert "USD 99.00" in html(typed, load_theme())


WILD = (0.0, -1.0, 5.0, 1e308, -1e308, 1e-308, 2958466.0, None, True, "", "n/a", CLOSING, "{x}")


@pytest.mark.parametrize("seed", range(3))
def test_a_page_is_made_of_whatever_values_a_file_holds(baba: Path, seed: int) -> None:
    stated = read(baba.with_suffix(".xlsx"))
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret
    every = list(stated.values)
    damaged = {
        key: value if chance.random() < seed / 3 else chance.choice(WILD)
        for key, value in stated.values.items()
    }
    for key in chance.sample(every, len(every) // 4):
        del damaged[key]
    told = html(replace(stated, values=damaged), load_theme())
    assert "<script>alert" not in told
