"""Evidence: whether the launch was news, or a source had described the product before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reportgen.model import launch
from reportgen.model.dims import SOURCE
from reportgen.model.inputs import description, sources
from reportgen.report.blocks import section
from reportgen.report.figures import evidence_summary as figures
from reportgen.report.tabs.evidence_grid import LAST_COL, STATE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.facts.company import Company
    from reportgen.facts.rows import Source
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

SHORTEST_WORD = 4  # letters of a word that tells one product from another


def launch_news(tab: Tab, context: Context, row: int) -> int:
    """Lay out the sources that described the launched product earlier; return the row after them.

    Which titles do is found when the report is made; the days are live.
    """
    company = context.pack.company
    if company.launch is None:
        return row
    left = {0: "Was the launch news?", 4: "Published", 6: "What follows", STATE: "Title"}
    section(tab, row, LAST_COL, left)
    tab.text(row + 1, 1, "Launch")
    tab.show(description.launch_name, row + 1, 2)
    tab.show(launch.day, row + 1, 4)
    earlier = tuple(_earlier(context))
    for at, member in enumerate(earlier, start=row + 2):
        tab.text(at, 1, "Described before by")
        tab.show(sources.source_id, at, 2, at={SOURCE: member})
        tab.show(sources.source_published, at, 4, at={SOURCE: member})
        tab.show(figures.launch_news, at, 6, at={SOURCE: member}, look="label_indent")
        tab.show(sources.source_title, at, STATE, at={SOURCE: member})
    if not earlier:
        nothing = "No title of a source cited speaks of the product before its launch."
        tab.text(row + 2, 1, nothing, "note")
    return row + 2 + max(len(earlier), 1) + 1


def _earlier(context: Context) -> Iterator[str]:
    """Yield the members of the sources whose titles name company and product before the launch."""
    company = context.pack.company
    for member, source in zip(context.members[SOURCE], context.pack.rows.sources, strict=False):
        if describes(source, company) and _is_earlier(source, company):
            yield member


def _is_earlier(source: Source, company: Company) -> bool:
    launched, published = company.launch, source.published
    return launched is not None and published is not None and published < launched.date


def describes(source: Source, company: Company) -> bool:
    """Return whether a source's title names the company and a word of its launched product."""
    launched = company.launch
    if launched is None:
        return False
    title = _words(source.title)
    makers = _words(company.own_vendor or company.name.split()[0]) | _words(company.ticker)
    return bool(title & makers) and bool(title & (_words(launched.name) - makers))


def _words(text: str) -> set[str]:
    words = re.findall(r"\w+", text.casefold())
    return {word for word in words if len(word) >= SHORTEST_WORD}
