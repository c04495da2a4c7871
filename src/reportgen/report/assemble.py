"""Lay out a whole report: every tab built, then every formula printed, as one book."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from reportgen.model.number_text import share_decimals
from reportgen.report import what_ifs, workings
from reportgen.report.blocks import footer
from reportgen.report.cells import printed, sheet_cells
from reportgen.report.left_out import left_out
from reportgen.report.pagination import paginated
from reportgen.report.placement import RANGE_NAMES, Places
from reportgen.report.registry.form import TITLE, WHAT_IFS
from reportgen.report.room import fit
from reportgen.report.tab import Tab
from reportgen.report.tabs import registry
from reportgen.report.tabs.catalogue import SUMMARY, TABS, Purpose
from reportgen.report.tabs.summary import layout as summary
from reportgen.report.theme import chart_color
from reportgen.xlsx.addresses import Area, Ref, ref_a1
from reportgen.xlsx.book import PLAIN_PAGE, Book, ConditionalFormat, Link, Page, Properties

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.placement import Placement
    from reportgen.xlsx.book import Cell, Sheet, Style

    Build = Callable[[Tab, Context], None]

LAST = (WHAT_IFS, workings.TITLE, TITLE)  # which list what stands on the others
SEEN_ROWS, SEEN_COLS = 2000, 200  # as far as n/a is greyed on a tab
BACK = (0, 6)  # where each tab leads back to Summary: G1, in the rows that stay in sight
_PURPOSES = {tab.title: tab.purpose for tab in TABS}


class LaidOut(NamedTuple):
    """A report as plain data, ready to be written, and the lines that it leaves out."""

    book: Book
    left_out: frozenset[Line]


def lay_out(context: Context) -> LaidOut:
    """Return the whole report as plain data."""
    by_key = {line.key: line for line in context.lines}
    places = Places(context.members, by_key, context.question.links)
    shown = {tab.title: tab.build for tab in TABS if tab.is_asked(context.pack)}
    tabs = {name: Tab(name, places) for name in (*shown, *LAST)}
    for title, build in shown.items():
        build(tabs[title], context)
        _hold_to_lines(tabs[title], by_key)
    summary.add_map(tabs[SUMMARY], tuple(name for name in tabs if name != SUMMARY))
    gone = left_out(context, tabs.values(), _everything(shown, context))
    places.constants = gone.constants
    with_cell = [line for line in context.lines if line not in gone.without_cell]
    workings.beside_their_tables(tabs, with_cell)
    workings.build(tabs[workings.TITLE], context, gone)
    studies = tabs[WHAT_IFS]
    what_ifs.build(studies, context, gone.without_cell | gone.constants)
    registry.build(tabs[TITLE], context, gone.lines)
    extra = {WHAT_IFS: tuple(what_ifs.cells(studies, context))}
    sheets = tuple(
        printed(tab, _fitted(_finished(tab, context), context, extra.get(name, ())))
        for name, tab in tabs.items()
    )
    return LaidOut(_bound(sheets, places, context), gone.lines)


def _hold_to_lines(tab: Tab, by_key: Mapping[str, Line]) -> None:
    """Raise LookupError for what a tab lays out although its entry offers no such line."""
    forgotten = sorted({one.line.key for one in tab.placed if one.line.key not in by_key})
    if forgotten:
        raise LookupError(
            f"{tab.name} lays out {', '.join(forgotten)}: name them in `lines` of its TabEntry"
        )


def _everything(tabs: Mapping[str, Build], context: Context) -> Collection[Line]:
    """Return the lines that the tabs lay out where everything is asked for."""
    places, whole = Places(context.members), replace(context, everything=True)
    for title, build in tabs.items():
        build(Tab(title, places), whole)
    return places.lines.keys()


def _finished(tab: Tab, context: Context) -> Tab:
    """Give a tab what all tabs have: grey n/a, its colour, the way back and the footer."""
    everywhere = (Area(0, 0, SEEN_ROWS, SEEN_COLS),)
    # first: some programs apply only the first rule that holds
    tab.conditional_formats.insert(
        0, ConditionalFormat(everywhere, "text", "not_available", text="n/a")
    )
    tab.tab_color = chart_color(context.theme, _PURPOSES.get(tab.name, Purpose.PLUMBING))
    if tab.name != SUMMARY:
        target = Ref.cell(SUMMARY, 0, 0)
        tab.links.append(Link(*BACK, target, f"To {SUMMARY}", "jump", f"Back to {SUMMARY}"))
    if tab.page is None:
        tab.page = Page(footer=footer(context))
    return tab


def _fitted(tab: Tab, context: Context, extra: Iterable[Cell]) -> tuple[Cell, ...]:
    """Return the cells of a tab; its columns, rows and pages have the size that these need."""
    read = tab.name not in LAST
    cells = (*sheet_cells(tab, context.solved.values, copied=read), *extra)
    fit(tab, cells, _styles(context), texts=read)
    tab.page = paginated(tab, tab.page or PLAIN_PAGE, context.theme.paper)
    return cells


def _styles(context: Context) -> Callable[[str], Style]:
    price, reporting = context.price_currency, context.reporting_currency
    decimals = int(context.solved.values[share_decimals])
    return cache(lambda name: context.theme.style(name, price, reporting, decimals))


def _whole(place: Placement) -> Ref:
    """Return the area that a line's cells span."""
    first = int(place.rows.min()), int(place.cols.min())
    return Ref(place.sheet, *first, int(place.rows.max()), int(place.cols.max()))


def _bound(sheets: tuple[Sheet, ...], places: Places, context: Context) -> Book:
    used = set().union(*(map(attrgetter("style"), sheet.cells) for sheet in sheets)) - {""}
    used |= {rule.style for sheet in sheets for rule in sheet.conditional_formats if rule.style}
    used |= {link.style for sheet in sheets for link in sheet.links if link.style}
    style = _styles(context)
    styles = {name: style(name) for name in sorted(used)}
    singles = (
        (place.name, Ref.cell(place.sheet, int(place.rows), int(place.cols)))
        for place in places.lines.values()
        if place.name
    )
    columns = (
        (name, _whole(places.lines[line]))
        for line, name in RANGE_NAMES.items()
        if line in places.lines
    )
    names = tuple((name, "=" + ref_a1(ref)) for name, ref in sorted((*singles, *columns)))
    company = context.pack.company
    properties = Properties(
        created=context.pack.as_of,
        title=f"{company.name} ({company.ticker}): investor report",
        subject=f"As of {context.pack.as_of.isoformat()}",
        author="reportgen",
    )
    return Book(sheets, properties, styles, names, paper=context.theme.paper)
