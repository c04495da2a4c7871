"""Summary: one printed page that says what to do with the share, at which price, and why."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np

from reportgen.model import gaps, last_month, sentences, stance, valuation
from reportgen.model.checks import catalogue, readiness
from reportgen.model.dims import BRIDGE_CASE, GROWTH_CASE, RANK
from reportgen.model.headlines import VALUES, HeadlineLine
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.hype_score import coverage, score
from reportgen.model.inputs import assumptions, description
from reportgen.model.market import price, price_date
from reportgen.model.priced_in import g_needed
from reportgen.model.whatif import value_at_stake
from reportgen.report import asked
from reportgen.report.blocks import footer
from reportgen.report.registry.form import CHANGED, TITLE
from reportgen.report.registry.kinds import changed
from reportgen.report.tabs.cases.lines import PLACE, ranked_effect, ranked_label, ranked_text
from reportgen.report.tabs.summary import charts, events
from reportgen.report.tabs.summary.lines import DATES, NEWS, issued, moved_text, state
from reportgen.xlsx.addresses import Area, Ref, a1
from reportgen.xlsx.book import Cell, Columns, ConditionalFormat, Link, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


LAST_COL = 11
_TITLE_LINE, _TITLE_CHARACTERS = 21.0, 72
_TYPED = LAST_COL + 2  # the column, off the page, of the headlines as issued
_LINE, _REASON_CHARACTERS, _SPACE = 13.5, 125, 8.0  # a line of a note, and room below the last
_WIDTHS = (17, 11, 10, 9.5, 9.5, 11, 9.5, 11, 9.5, 9.5, 9.5, 11.5)
_CASES_ROW, _CHARTS_ROW, _DRIVERS_ROW, _DATES_ROW, _WEAK_ROW, _LACKS_ROW = 5, 14, 32, 41, 49, 56
_HEADS = (
    "",
    "Value",
    "Probability",
    "Upside",
    "Growth needed",
    "Last month",
    "Change",
    "As issued",
)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab, block by block from the top."""
    _head(tab, context)
    _cases(tab, context)
    _levels(tab, _CASES_ROW, 8)
    charts.add(tab, context, _CHARTS_ROW)
    drivers(tab, context, _DRIVERS_ROW, 0)
    since_last_month(tab, context, _DRIVERS_ROW, 6)
    dates(tab, _DATES_ROW, 0)
    hype_block(tab, context, _DATES_ROW, 6)
    weakest(tab, context, _WEAK_ROW, 0)
    legend(tab, _WEAK_ROW, 6)
    row = _LACKS_ROW
    if asked.events(context):
        coming(tab, row, 0, "Events ahead", events.AHEAD)
        coming(tab, row, 6, "Events past, the latest first", events.PAST)
        row += events.NEXT + 2
    last = lacks(tab, context, row)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(_WIDTHS)]
    tab.page = Page(
        "portrait",
        fit=(1, 1),
        area=Area(0, 0, last, LAST_COL),
        footer=footer(context),
        margins=(0.4, 0.4, 0.4, 0.5),
    )


def _head(tab: Tab, context: Context) -> None:
    """Write name, price, readiness and the stance in one sentence."""
    company = context.pack.company
    title = f"{company.name} ({company.exchange}: {company.ticker})"
    tab.text(0, 0, title, "title_wrap")
    tab.merges.append(Area(0, 0, 0, LAST_COL))
    tab.heights[0] = _TITLE_LINE * ceil(len(title) / _TITLE_CHARACTERS)
    tab.show(sentences.sentence, 1, 0, look="sentence.text")
    tab.merges.append(Area(1, 0, 1, LAST_COL))
    tab.heights[1] = 33.0
    cells: tuple[tuple[int, str, Line, str], ...] = (
        (0, "As of", description.as_of, ""),
        (3, "Price", price, ""),
        (5, "Close of", price_date, ""),
        (7, "Readiness", readiness.readiness, "status"),
    )
    for col, label, line, look in cells:
        tab.text(2, col, label, "label_right" if col else "label_strong")
        tab.show(line, 2, col + 1, look=look)
    tab.text(3, 0, "Because of", "label_strong_top")
    tab.show(readiness.readiness_reason, 3, 1, look="note_wrap.text")
    tab.merges.append(Area(3, 1, 3, LAST_COL))
    reason = str(context.solved.values[readiness.readiness_reason])
    tab.heights[3] = _LINE * max(1, ceil(len(reason) / _REASON_CHARACTERS))
    tab.text(4, 0, "Checks", "label_strong_top")
    tab.show(state, 4, 1, look="note_wrap.text")
    tab.text(4, 5, "Since issue", "label_right_top")
    tab.put(moved_text, 4, 6, look="note_wrap.text")
    tab.merges += [Area(4, 1, 4, 4), Area(4, 6, 4, 8), Area(4, 9, 4, LAST_COL - 1)]
    tab.text(4, 9, "Inputs changed", "label_right_top")
    link = f"={TITLE}!{a1(*CHANGED)}"
    tab.cells.append(Cell(4, LAST_COL, changed(context), link, "link_top.count"))
    tab.heights[4] = _LINE + _SPACE
    place = (Area(2, 8, 2, 8),)
    for text, look in (("blocked", "fail"), ("with care", "warn"), ("decision-grade", "ok")):
        tab.conditional_formats.append(ConditionalFormat(place, "text", look, text=text))


def _cases(tab: Tab, context: Context) -> None:
    """Show each headline with its upside, growth needed, last month and as issued."""
    row = _CASES_ROW
    heads = (f"{context.price_currency} / share", *_HEADS[1:])
    for col, head in enumerate(heads):
        tab.text(row, col, head, "header_left" if col == 0 else "header")
    tab.heights[row] = 28.0
    for of in VALUES:
        row += 1
        at = dict(zip(of.line.dims, of.at, strict=True))
        tab.text(row, 0, of.headline.label, "label_strong")
        tab.show(of.line, row, 1, at=at, look="output_link")
        if of.headline.probability:
            tab.show(valuation.scenario_probability, row, 2, at=at)
        if of.upside is not None:
            tab.show(of.upside, row, 3, at=at)
        _rest(tab, row, of)
    tab.text(_CASES_ROW, _TYPED, "As issued, typed", "helper_head")
    note = "Values in 12 months; upside against today's price, before dividends"
    if np.isnan(context.solved.values[last_month.before["bear.value"]]):
        note += "; last month n/a: too little was known"
    tab.text(row + 1, 0, note, "note")


def _rest(tab: Tab, row: int, of: HeadlineLine) -> None:
    """Show growth needed, last month, the change since and the value as issued."""
    if of.headline.growth:
        tab.show(g_needed, row, 4, at={GROWTH_CASE: of.headline.growth})
    tab.show(last_month.before[of.key], row, 5)
    tab.show(last_month.change[of.key], row, 6, look="link.signed")
    tab.put(issued[of.key], row, _TYPED, look="issued")  # blank where it was n/a
    tab.show(issued[of.key], row, 7, look="issued")


def _levels(tab: Tab, row: int, col: int) -> None:
    """Show the stance in numbers."""
    for k in range(col, LAST_COL + 1):
        tab.text(row, k, "Stance" if k == col else "", "header_inset")
    lines: tuple[tuple[str, Line], ...] = (
        ("Buy below", stance.buy_below),
        ("Short above", stance.short_above),
        ("Total return expected", stance.total_return),
        ("Cost of equity", assumptions.cost_of_equity),
        ("Skew: gain to bull / loss to bear", valuation.skew),
        ("Bull probability implied", valuation.implied_bull_probability),
        ("Bull probability, house", valuation.house_bull_probability),
    )
    for k, (label, line) in enumerate(lines, start=row + 1):
        tab.text(k, col, label, "label_indent")
        two = "output_link.two" if line is valuation.skew else "output_link"
        tab.show(line, k, LAST_COL, look=two)


_SHOWN = 3
_TABS = ("Bull", "Bear", "Hype-adjusted", "Valuation", "Evidence", "Inputs", "Checks")


def _band(tab: Tab, row: int, first: int, last: int, title: str, *right: str) -> None:
    """Write a dark band over columns; captions at the right end stand over numbers."""
    for col in range(first, last + 1):
        look = "header_inset" if first else "header_title"
        tab.text(row, col, title if col == first else "", look)
    for k, caption in enumerate(reversed(right)):
        tab.text(row, last - k, caption, "header")


def drivers(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show the three largest drivers each way."""
    money = f"{context.price_currency} / share"
    _band(tab, row, col, col + 5, "Largest drivers, from base", "Case", money)
    at = row + 1
    for case in ("bull", "bear"):
        for k in range(_SHOWN):
            here = at + k
            if k < tab.size(PLACE):
                member = {BRIDGE_CASE: case, PLACE: tab.places.members[PLACE][k]}
                tab.text(here, col, f"{case.capitalize()} {k + 1}", "muted")
                tab.show(ranked_label, here, col + 1, at=member)
                tab.show(ranked_text, here, col + 4, at=member, look="link_right.text")
                tab.show(ranked_effect, here, col + 5, at=member, look="link.signed")
        at += _SHOWN


def since_last_month(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show how price and score moved, and how much was published, since last month end."""
    del context
    _band(tab, row, col, col + 5, "Since last month", "", "Change")
    tab.show(last_month.day, row, col + 4, look="header_date.date")
    for k, (label, key) in enumerate((("Price", "price"), ("Hype score", "hype.score"))):
        tab.text(row + 1 + k, col, label, "label_indent")
        tab.show(last_month.before[key], row + 1 + k, col + 4)
        tab.show(last_month.change[key], row + 1 + k, col + 5, look="link.signed")
    for k, line in enumerate(NEWS, start=row + 3):
        tab.text(k, col, line.label, "label_indent")
        tab.show(line, k, col + 5)
    tab.show(last_month.restated, row + 3 + len(NEWS), col, look="note.text")


def dates(tab: Tab, row: int, col: int) -> None:
    """Show the next dates at which an argument can be checked, three a side."""
    _band(tab, row, col, col + 5, "Next dates: three of the bull case, three of the bear case")
    here = row + 1
    for side in DATES.values():
        for name in tab.places.members[side.place_dim]:
            member = {side.place_dim: name}
            tab.show(side.due, here, col, at=member, look="link_left.date")
            tab.show(side.watch, here, col + 1, at=member, look="link_small.text")
            here += 1


def coming(tab: Tab, row: int, col: int, title: str, side: events.Side) -> None:
    """Show the next events, or the latest past ones, a row each."""
    _band(tab, row, col, col + 5, title)
    for k, name in enumerate(tab.places.members[side.dim], start=row + 1):
        tab.show(side.day, k, col, at={side.dim: name}, look="link_left.text")
        tab.show(side.what, k, col + 1, at={side.dim: name}, look="link_small.text")


def hype_block(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show what is taken off the consensus, the score, and the way to the expected value."""
    _band(tab, row, col, col + 5, "Hype: amounts a share, and the score", "Value")
    lines: tuple[tuple[str, Line], ...] = (
        ("Consensus of price targets", price_targets.consensus),
        ("Generic haircut: optimism, age", adjusted_value.generic),
        (f"Specific haircut: {asked.specific_haircut(context)}", adjusted_value.specific),
        ("Hype-adjusted value", adjusted_value.hype_value),
        ("Hype-adjusted to expected", adjusted_value.to_expected),
        ("Hype score, 0 to 100", score),
    )
    for k, (label, line) in enumerate(lines, start=row + 1):
        tab.text(k, col, label, "label_indent")
        tab.show(line, k, col + 5)
    tab.text(row + len(lines), col + 2, "coverage", "note")
    tab.show(coverage, row + len(lines), col + 3)


def weakest(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show the three weakest inputs by value at stake."""
    _band(tab, row, col, col + 5, "Weakest inputs", f"At stake, {context.price_currency}")
    for k, name in enumerate(tab.places.members[RANK][:_SHOWN], start=row + 1):
        tab.show(value_at_stake.weakest_label, k, col, at={RANK: name})
        tab.show(value_at_stake.weakest_size, k, col + 5, at={RANK: name})
    tab.text(row + 4, col, "Weak: an assumption, a user's post, or an approximate figure", "note")
    tab.text(row + 5, col, "At stake: change of expected value by the shock of its kind", "note")


def lacks(tab: Tab, context: Context, row: int) -> int:
    """Tell which methods and headline inputs are n/a and what fills them; return the last row."""
    _band(
        tab,
        row,
        0,
        LAST_COL,
        "Not available, and what fills it: all of it on Checks",
        "n/a now",
        "",
    )
    tab.show(gaps.told, row, LAST_COL, look="header_date.count")
    count = min(int(context.solved.values[gaps.told]), gaps.MOST_PLACES)
    for k, name in enumerate(tab.places.members[gaps.PLACE][: max(1, count)], start=row + 1):
        tab.show(gaps.told_label, k, 0, at={gaps.PLACE: name})
        tab.show(gaps.told_remedy, k, 2, at={gaps.PLACE: name})
    return row + max(1, count)


def legend(tab: Tab, row: int, col: int) -> None:
    """Say what the colours mean, count the checks, and link to the other tabs."""
    _band(tab, row, col, col + 5, "Legend, checks, sources")
    tab.text(row + 1, col + 1, "Typed input", "input")
    tab.text(row + 1, col + 3, "Formula", "calc")
    tab.text(row + 1, col + 4, "From another tab", "link")
    for k, (label, line) in enumerate((("FAIL", catalogue.fails), ("WARN", catalogue.warns))):
        tab.text(row + 2, col + 3 * k, label, "label_indent")
        tab.show(line, row + 2, col + 3 * k + 1)
    tab.text(row + 3, col + 1, "Every number has its source on Inputs, Evidence, Growth", "note")
    for k, name in enumerate(_TABS):
        target = Ref.cell(name, 0, 0)
        place = (row + 4 + k // 4, col + 1 + k % 4)
        tab.links.append(Link(*place, target, name.split("-")[0], "jump", f"To {name}"))
