"""Tables that are sorted and searched in the browser, as an index of companies is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from reportgen.pages.charts import sparkline
from reportgen.pages.skeleton import TABLES, link, render
from reportgen.report.theme import load_theme
from tests.support.browser import DESK, SMALL, chromium, visited

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page

TEMPLATE = """{% extends "skeleton.html.jinja" %}{% import "parts.html.jinja" as parts %}
{% block main %}{{ parts.table(table, look="sortable", search="Find a company") }}{% endblock %}"""


class Table(NamedTuple):
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int]
    totals: frozenset[int] = frozenset()


BABA = link("BABA/BABA.html", "Alibaba")
COMPANIES = Table(
    ("Company", "Value", "Upside", "Next date", "Trail"),
    (
        (
            link("BABA/BABA.html", "Alibaba"),
            "USD 151.56",
            "-3.6%",
            "2026-02-19",
            sparkline([1, 2], ""),
        ),
        ("HSBC", "GBP 10.285", "+3.9%", "2025-12-01", ""),
        ("Meta", "USD 1,059.21", "+17.2%", "2026-01-28", ""),
        ("Nordhavn", "n/a", "n/a", "", ""),
    ),
    frozenset({1, 2}),
)


@pytest.fixture(params=[SMALL, DESK])
def page(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    (tmp_path / "t.html.jinja").write_text(TEMPLATE)
    script = TABLES.read_text(encoding="utf-8")
    text = render(
        tmp_path / "t.html.jinja", theme=load_theme(), title="x", script=script, table=COMPANIES
    )
    path = tmp_path / "index.html"
    path.write_text(text, encoding="utf-8")
    with chromium() as browser, visited(browser, path, request.param) as shown:
        yield shown


def names(page: Page) -> list[str]:
    return page.locator("tbody tr:visible td:first-child").all_inner_texts()


@pytest.mark.parametrize(
    ("head", "clicks", "order"),
    [
        ("Company", 1, ["Alibaba", "HSBC", "Meta", "Nordhavn"]),
        ("Company", 2, ["Nordhavn", "Meta", "HSBC", "Alibaba"]),
        ("Value", 1, ["Meta", "Alibaba", "HSBC", "Nordhavn"]),
        ("Value", 2, ["HSBC", "Alibaba", "Meta", "Nordhavn"]),
        ("Upside", 1, ["Meta", "HSBC", "Alibaba", "Nordhavn"]),
        ("Next date", 1, ["HSBC", "Meta", "Alibaba", "Nordhavn"]),
    ],
)
def test_a_table_is_sorted_by_a_column_and_what_is_not_known_stands_last(
    page: Page, head: str, clicks: int, order: list[str]
) -> None:
    for _ in range(clicks):
        page.get_by_role("button", name=head).press("Enter")
    assert names(page) == order
    assert page.locator("[aria-sort]").count() == 1


def test_rows_are_found_by_any_of_their_words(page: Page) -> None:
    field = page.get_by_label("Find a company")
    for words, found in (("meta", ["Meta"]), ("usd 2026", ["Alibaba", "Meta"]), ("zzz", [])):
        field.fill(words)
        assert names(page) == found
    field.fill("")
    assert len(names(page)) == len(COMPANIES.rows)


def test_cells_may_be_links_and_small_lines_and_a_wide_table_scrolls_by_itself(page: Page) -> None:
    assert page.locator("td a").get_attribute("href") == "BABA/BABA.html"
    assert page.locator("td svg.spark").count() == 1
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
