"""A page in a real browser, headless: what it asks of the network, and what it complains of."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal

from playwright.sync_api import sync_playwright

from tests.support import tools

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

SMALL, PHONE, DESK = 360, 390, 1280


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, if it is installed."""
    program = tools.require("chromium-headless-shell")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program)
        yield opened
        opened.close()


@contextmanager
def visited(
    browser: Browser,
    path: Path,
    width: int,
    *,
    script: bool = True,
    scheme: Literal["light", "dark"] = "light",
) -> Iterator[Page]:
    """The page of a file, which must need nothing else, show no dialog and meet no trouble."""
    shown = browser.new_page(
        viewport={"width": width, "height": 800}, java_script_enabled=script, color_scheme=scheme
    )
    wanted: list[str] = []
    troubles: list[str] = []
    shown.on("request", lambda asked: wanted.append(asked.url))
    shown.on("console", lambda line: troubles.append(line.text))
    shown.on("pageerror", lambda error: troubles.append(str(error)))
    shown.on("dialog", lambda box: troubles.append(box.message))
    shown.goto(path.as_uri())
    yield shown
    shown.close()
    # where somebody goes within a page is the page's own address again
    assert {one.partition("#")[0] for one in wanted} == {path.as_uri()}, "it needs only itself"
    assert troubles == []
