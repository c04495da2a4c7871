"""Lay out a whole report: every tab built, then every formula printed, as one book."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import numpy as np

from reportgen.expr.nodes import Study
from reportgen.report.formulas import expression_formula, study_formulas
from reportgen.report.names import RANGE_NAMES
from reportgen.report.places import Places
from reportgen.report.printing import printed, shown, style
from reportgen.report.tab import Tab
from reportgen.report.workings import leftovers, place_study
from reportgen.xlsx.book import Area, Book, Cell, ConditionalFormat, Page, Properties
from reportgen.xlsx.places import Ref, ref_a1

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.places import Placement
    from reportgen.xlsx.book import Sheet

# Tab title and module of reportgen.report.tabs, in the order of the workbook
TABS = (
    ("Summary", "summary"),
    ("Bull", "bull"),
    ("Base", "base"),
    ("Bear", "bear"),
    ("Hype-adjusted", "hype_adjusted"),
    ("Valuation", "valuation"),
    ("Sensitivity", "sensitivity"),
    ("Prices & targets", "prices_targets"),
    ("Growth", "growth"),
    ("Competitors", "competitors"),
    ("Evidence", "evidence"),
    ("Inputs", "inputs"),
    ("Checks", "checks"),
    ("Workings", "workings"),
    ("Registry", "registry"),
)
SEEN_ROWS, SEEN_COLS = 2000, 200  # as far as n/a is greyed on a tab


def lay_out(context: Context) -> Book:
    """Return the whole report as plain data, ready to be written."""
    places = Places(context.members, links=context.question.links)
    tabs = {name: Tab(name, places) for name, _ in TABS}
    for name, module in TABS:
        if name not in {"Workings", "Registry"}:
            import_module(f"reportgen.report.tabs.{module}").build(tabs[name], context)
    _workings(tabs["Workings"], context)
    import_module("reportgen.report.tabs.registry").build(tabs["Registry"], context)
    by_key = {line.key: line for line in context.lines}
    extra = {"Workings": tuple(_study_cells(tabs["Workings"], context))}
    sheets = tuple(
        printed(_finished(tab, context), context.solved.values, by_key, extra.get(name, ()))
        for name, tab in tabs.items()
    )
    return _bound(sheets, places, context)


def _finished(tab: Tab, context: Context) -> Tab:
    """Give a tab what all tabs have: grey n/a and the footer."""
    everywhere = (Area(0, 0, SEEN_ROWS, SEEN_COLS),)
    tab.conditional_formats.append(
        ConditionalFormat(everywhere, "text", "not_available", text="n/a")
    )
    if tab.page is None:
        tab.page = Page(footer=footer(context))
    return tab


def footer(context: Context) -> str:
    """Return the footer of every printed page: ticker, as-of, page."""
    ticker = context.pack.company.ticker.replace("&", "&&")
    return f"&L{ticker} as of {context.pack.as_of.isoformat()}&C&A&RPage &P of &N"


def _workings(tab: Tab, context: Context) -> None:
    tab.text(0, 0, "Workings", "title")
    row = 2
    for study, result in context.solved.studies.items():
        row = place_study(tab, study, result, row) + 1
    leftovers(tab, context.lines, row)


def _study_cells(tab: Tab, context: Context) -> Iterator[Cell]:
    by_key = {line.key: line for line in context.lines}
    for study in context.solved.studies:
        yield from _one_study(tab, study, context, by_key)


def _one_study(
    tab: Tab, study: Study, context: Context, by_key: Mapping[str, Line]
) -> Iterator[Cell]:
    result = context.solved.studies[study]
    place = tab.places.studies[study]
    replaced = _replaced(study, tab, context)
    for line, columns in place.columns.items():
        put = replaced.get(line, ())
        formulas = study_formulas(study, line, place.affected, put, tab.places, by_key)
        look = style("helper", line.unit)
        where = np.nonzero(place.affected[line])
        rows = place.rows[where[0]]
        cols = np.broadcast_to(columns, formulas.shape)[where]
        values = shown(result.values[line][where], typed=False)
        texts = formulas[where].tolist()
        looks = [look] * len(texts)
        yield from map(
            Cell._make, zip(rows.tolist(), cols.tolist(), values, texts, looks, strict=True)
        )


def _replaced(
    study: Study, tab: Tab, context: Context
) -> dict[Line, list[tuple[int, tuple[int, ...], str]]]:
    """Return (what-if, place, formula) of the cells that a study puts to other values, by line."""
    members = tab.places.members
    found: dict[Line, list[tuple[int, tuple[int, ...], str]]] = {}
    for index, what_if in enumerate(context.solved.studies[study].what_ifs):
        for line, at, expr in what_if.replaced:
            place = tuple(members[dim].index(m) for dim, m in zip(line.dims, at, strict=True))
            formula = expression_formula(expr, tab.name, tab.places)
            found.setdefault(line, []).append((index, place, formula))
    return found


def _whole(place: Placement) -> Ref:
    """Return the area that a line's cells span."""
    first = int(place.rows.min()), int(place.cols.min())
    return Ref(place.sheet, *first, int(place.rows.max()), int(place.cols.max()))


def _bound(sheets: tuple[Sheet, ...], places: Places, context: Context) -> Book:
    used = {cell.style for sheet in sheets for cell in sheet.cells if cell.style}
    used |= {rule.style for sheet in sheets for rule in sheet.conditional_formats if rule.style}
    used |= {link.style for sheet in sheets for link in sheet.links if link.style}
    price, reporting = context.price_currency, context.reporting_currency
    styles = {name: context.theme.style(name, price, reporting) for name in sorted(used)}
    singles = (
        (place.name, Ref.cell(place.sheet, int(place.rows), int(place.cols)))
        for place in places.lines.values()
        if place.name
    )
    columns = ((name, _whole(places.lines[line])) for line, name in RANGE_NAMES.items())
    names = tuple((name, "=" + ref_a1(ref)) for name, ref in sorted((*singles, *columns)))
    company = context.pack.company
    properties = Properties(
        created=context.pack.as_of,
        title=f"{company.name} ({company.ticker}): investor report",
        subject=f"As of {context.pack.as_of.isoformat()}",
        author="reportgen",
    )
    return Book(sheets, properties, styles, names)
