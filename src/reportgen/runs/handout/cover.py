"""The cover of a hand-out: what is in it, and the way there."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from reportgen.pages.figures import shown, signed
from reportgen.pages.skeleton import link, render
from reportgen.report.theme import load_theme
from reportgen.runs.index.columns import WORDS
from reportgen.values import share_decimals

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from markupsafe import Markup

    from reportgen.runs.handout.parts import Gathered
    from reportgen.runs.index.records import Index, IndexRow

COVER = "index.html"
FOLDER = Path(__file__).parent
HEADS = ("Price", "Bear", "Base", "Bull", "Expected", "Upside")


class Entry(NamedTuple):
    """A report on the cover: who, the stance and its tone, values by HEADS, and where it is."""

    who: Markup
    name: str
    stance: str
    tone: str
    currency: str
    values: tuple[tuple[str, str], ...]
    files: tuple[Markup, ...]


def cover_page(index: Index, reports: Sequence[Gathered]) -> str:
    """Return the cover of reports and their part of the index; same input, same text."""
    of = {one.manifest.ticker: one for one in reports}
    return render(
        FOLDER / "cover.html.jinja",
        theme=load_theme(),
        title=f"Reports of {index.as_of}",
        style=(FOLDER / "cover.css").read_text(encoding="utf-8"),
        heads=HEADS,
        entries=[_entry(row, of[row.ticker]) for row in index.rows],
        indexes=[
            link(f"index-{index.as_of}.{ending}", text)
            for ending, text in (("html", "as a page"), ("xlsx", "as a workbook"))
        ],
        restricted=[(one.manifest.ticker, one.restricted) for one in reports if one.restricted],
    )


def _entry(row: IndexRow, report: Gathered) -> Entry:
    links = row.links
    files = (
        (links.report, "workbook"),
        (report.summary, "summary as PDF"),
        (report.pdf, "PDF"),
        (links.page, "page"),
        (links.changes, "changes since last month"),
    )
    return Entry(
        link(quote(links.page or links.report), row.ticker),
        row.name,
        row.stance or "n/a",
        WORDS.get(row.stance, ""),
        row.currency,
        tuple(zip(HEADS, _values(row), strict=True)),
        tuple(link(quote(path), text) for path, text in files if path),
    )


def _values(row: IndexRow) -> Iterator[str]:
    cents = share_decimals(row.price)
    for value in (row.price, row.bear, row.base, row.bull, row.expected):
        yield shown(value, "money", cents=cents)
    yield "n/a" if row.upside is None else signed(row.upside, "ratio")
