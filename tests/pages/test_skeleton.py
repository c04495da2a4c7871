"""The skeleton of pages: one style and one script are known by their hashes, nothing else runs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from reportgen.pages.skeleton import embedded, link, policy, render
from reportgen.report.theme import load_theme
from tests.support.browser import DESK, chromium, visited

if TYPE_CHECKING:
    from pathlib import Path

NASTY = "</script><script>alert(1)</script><!--<script> & \u2028\u2029 'x' \"y\""


@pytest.mark.parametrize("data", [NASTY, [NASTY], {NASTY: [1, None, NASTY]}], ids=repr)
def test_embedded_data_reads_back_and_holds_nothing_of_html(data: object) -> None:
    text = str(embedded(data))
    assert json.loads(text) == data
    assert not set(text) & set("<>&\u2028\u2029")


@pytest.mark.parametrize(
    ("address", "is_link"),
    [
        ("https://example.com/a?b=1", True),
        ("BABA/2025-11-30/BABA-2025-11-30.html", True),
        ("HSBA.L/2025-11-30/HSBA.L-2025-11-30.html", True),
        ("page.html#cases", True),
        ("#cases", True),
        ("javascript:alert(1)", False),
        ("JaVaScRiPt:alert(1)", False),
        (" javascript:alert(1)", False),
        ("java\tscript:alert(1)", False),
        ("data:text/html,x", False),
        ("http://example.com", False),
        ("//example.com/x", False),
        ("\\\\example.com\\x", False),
        ("/etc/passwd", False),
        ("file:///etc/passwd", False),
        ("https:javascript", False),
        ("", False),
    ],
)
def test_only_https_and_relative_addresses_become_links(address: str, *, is_link: bool) -> None:
    shown = str(link(address, "there <i>"))
    assert "there &lt;i&gt;" in shown
    assert ("<a href=" in shown) is is_link
    assert ('rel="noopener noreferrer"' in shown) is is_link


def test_the_policy_allows_one_style_and_one_script_and_nothing_from_elsewhere() -> None:
    said = policy("a { }", "let x = 1")
    assert said.startswith("default-src 'none'; style-src 'sha256-")
    assert "script-src 'sha256-" in said
    assert "script-src" not in policy("a { }")
    assert "unsafe" not in said


TEMPLATE = """{% extends "skeleton.html.jinja" %}{% block main %}
<p id="told">{{ text }}</p><p id="bare">{{ raw | safe }}</p>{% endblock %}"""


def test_in_a_browser_the_own_script_runs_and_a_foreign_one_does_not(tmp_path: Path) -> None:
    (tmp_path / "t.html.jinja").write_text(TEMPLATE)
    text = render(
        tmp_path / "t.html.jinja",
        theme=load_theme(),
        title=NASTY,
        script="document.getElementById('told').dataset.read = JSON.parse("
        "document.getElementById('data').textContent)[0];",
        data=[NASTY],
        text=f"{NASTY}\x1b\u202e",
        raw="<b id=b>bold</b>",
    )
    path = tmp_path / "page.html"
    path.write_text(text, encoding="utf-8")
    with chromium() as browser, visited(browser, path, DESK) as page:
        assert page.locator("#told").get_attribute("data-read") == NASTY
        assert NASTY.split("\u2028", maxsplit=1)[0] in page.locator("#told").inner_text()
        assert page.locator("script").count() == 2
        assert page.title().startswith("</script>")

    # even if something slipped through the escaping, the policy stops it
    slipped = text.replace("<b id=b>", "<b id=b style='color:red'><script>alert(2)</script>")
    path.write_text(slipped, encoding="utf-8")
    told: list[str] = []
    with chromium() as browser:
        page = browser.new_page()
        page.on("console", lambda line: told.append(line.text))
        page.on("dialog", lambda box: told.append(f"dialog {box.message}"))
        page.goto(path.as_uri())
        assert len(told) == 2
        assert all("Content Security Policy" in line for line in told)


def test_what_is_on_a_page_has_no_control_characters(tmp_path: Path) -> None:
    (tmp_path / "t.html.jinja").write_text(TEMPLATE)
    text = render(
        tmp_path / "t.html.jinja", theme=load_theme(), title="x", text="\x1b\u202e\x00", raw=""
    )
    assert not set(text) & set("\x1b\u202e\x00")
