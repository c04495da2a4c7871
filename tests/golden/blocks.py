"""What each answer of a pack adds to the tabs, as text: rows that come, and rows that go.

Whether a pack asks for a launch, a method, claims and so on decides which blocks are laid out. Each
is left out with all the others laid out, and those that others look at are laid out alone. A row is
its texts and its lines by their columns, wherever it stands; each time nothing is solved anew.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING
from unittest.mock import patch

import numpy as np

from reportgen.facts.catalogue import METHODS
from reportgen.model.dims import SUB_SCORES
from reportgen.model.inputs import assumptions
from reportgen.report import optional
from reportgen.report.placement import Places
from reportgen.report.tab import Tab
from reportgen.report.tabs.catalogue import HISTORY, TABS
from reportgen.report.tabs.valuation import layout as valuation
from reportgen.report.theme import ON_DARK
from reportgen.xlsx.addresses import a1, column_name
from tests.report.rebuilt import context_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from reportgen.report.context import Context

PACK = "bare"  # it asks for next to nothing
OF_ONE = (
    "launch",
    "products",
    "claims",
    "vendor_call",
    "multiples_claimed",
    "peers",
    "peer_multiple",
    "stakes",
    "events",
    "benchmark",
    "history",
)
OF_SEVERAL = {
    "method": METHODS,
    "arguments": ("bull", "bear"),
    "reported": ("revenue", "ebita"),
    "reported_by_segment": ("revenue",),
}
ALONE = ("launch", "benchmark", "multiples_claimed", "peers")
LEVELS = "levels"  # of segments in 12 months, typed: no question to a pack, but to its figures
OF_SCORES = {"launch": "launch", "vendor_call": "vendor"}
ANSWERS = (*OF_ONE, LEVELS, *(f"{name} {of}" for name, every in OF_SEVERAL.items() for of in every))
Rows = Counter[tuple[str, str]]


def blocks() -> Iterator[str]:
    """Each answer with the rows that come and go where it alone is no, or alone is yes."""
    context = context_of(PACK)
    nothing, everything = rows(context, set()), rows(context, set(ANSWERS))
    for name in ANSWERS:
        yield from told(f"all but {name}", everything, rows(context, set(ANSWERS) - {name}))
        if name in ALONE:
            yield from told(f"only {name}", nothing, rows(context, {name}))


def told(title: str, old: Rows, new: Rows) -> Iterator[str]:
    """The rows that are gone and those that came, by their tabs."""
    yield f"\n{title}"
    for sign, found in (("-", old - new), ("+", new - old)):
        for (tab, row), count in found.items():
            yield f"{sign} {tab}: {row}" + f" x{count}" * (count > 1)


def rows(context: Context, yes: set[str]) -> Rows:
    """The rows of every tab where some answers are yes and the others no."""
    if LEVELS in yes:
        values, of = context.solved.values, assumptions.level_stated
        typed = {**values, of: np.zeros_like(values[of])}
        context = replace(context, solved=replace(context.solved, values=typed))
    with patch.multiple(optional, **answers(yes)):
        sections = tuple(
            part._replace(asked=optional.launch) if part.asked.__name__ == "launch" else part
            for part in valuation._SECTIONS  # noqa: SLF001 - it keeps the question itself
        )
        with patch.object(valuation, "_SECTIONS", sections):
            places = Places(context.members)
            found: Rows = Counter()
            for entry in TABS:
                if entry.title != HISTORY:
                    tab = Tab(entry.title, places)
                    entry.build(tab, context)
                    found.update((entry.title, row) for row in rows_of(tab))
    return found


def answers(yes: set[str]) -> dict[str, Callable[..., object]]:
    """The questions that layouts ask, with their answers."""

    def one(name: str) -> Callable[..., object]:
        return lambda _: name in yes

    def several(name: str) -> Callable[..., object]:
        return lambda _, *of: any(f"{name} {each}" in yes for each in of)

    gone = {score for name, score in OF_SCORES.items() if name not in yes}
    scores = tuple(name for name in SUB_SCORES if name not in gone)
    return {
        **{name: one(name) for name in OF_ONE},
        **{name: several(name) for name in OF_SEVERAL},
        "sub_scores": lambda _: scores,
    }


def rows_of(tab: Tab) -> Iterator[str]:
    """The rows of a tab: what stands in which column, and how it looks."""
    parts = [(word.row, word.col, word.text, word.look) for word in tab.words]
    for part in (*tab.placed, *tab.views):
        first = int(part.rows.min()), int(part.cols.min())
        last = int(part.rows.max()), int(part.cols.max())
        shape = f"{last[0] - first[0] + 1}x{last[1] - first[1] + 1}"
        parts.append((*first, f"{{{part.line.key}}} {shape}", part.look))
    parts += [(cell.row, cell.col, cell.formula, cell.style) for cell in tab.cells]
    parts += [(link.row, link.col, f"link {link.text}", "") for link in tab.links]
    for _, row in groupby(sorted(parts), key=itemgetter(0)):
        yield " | ".join(f"{column_name(col)} {text} {look}".strip() for _, col, text, look in row)
    bands = sorted({word.row + 1 for word in tab.words if word.look in ON_DARK})
    yield f"bands in {' '.join(map(str, bands))}"
    if tab.page and tab.page.area:
        area = tab.page.area
        yield f"page to {a1(area.last_row, area.last_col)}"
    for kind in ("charts", "validations", "conditional_formats", "merges"):
        yield from [kind] * len(getattr(tab, kind))
