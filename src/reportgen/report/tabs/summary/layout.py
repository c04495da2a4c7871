"""Summary: one printed page that says what to do with the share, at which price, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
from reportgen.report import optional
from reportgen.report.blocks import footer
from reportgen.report.registry.form import CHANGED, TITLE
from reportgen.report.registry.kinds import changed
from reportgen.report.tabs.cases.lines import PLACE, ranked_effect, ranked_label, ranked_text
from reportgen.report.tabs.summary import ahead, charts, events, story
from reportgen.report.tabs.summary.lines import issued, moved_text, series_changed, state
from reportgen.report.tabs.valuation.layout import SELECTOR
from reportgen.xlsx.addresses import Area, Ref, a1
from reportgen.xlsx.book import Cell, Columns, ConditionalFormat, Link, Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


LAST_COL = 11
_TITLE_LINE = 21.0
_TYPED = LAST_COL + 2  # the column, off the page, of the headlines as issued
_LINE, _SPACE = 13.5, 6.0  # a line, and room below the last of the head
_WIDTHS = (17, 11, 10, 9.5, 9.5, 11, 9.5, 11, 9.5, 9.5, 9.5, 11.5)
_RIGHT = 6  # the column where blocks on the right begin
_STORY_ROW, _CASES_ROW, _CHARTS_ROW, _DRIVERS_ROW, _DATES_ROW = 5, 10, 19, 37, 46
_WEAK_ROW, _FIRED_ROW, _LEGEND_ROW, _LACKS_ROW = 55, 59, 55, 65
_MAP_ROWS, _MAP_COLS = 6, 3
_PAST = 2  # events
_BAND = 15.0  # height of a band, whose title is larger
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
    _story(tab)
    _cases(tab, context)
    _levels(tab, _CASES_ROW, _RIGHT + 2)
    charts.add(tab, context, _CHARTS_ROW)
    drivers(tab, context, _DRIVERS_ROW, 0)
    since_last_month(tab, _DRIVERS_ROW, _RIGHT)
    next_dates(tab, _DATES_ROW, 0)
    hype_block(tab, context, _DATES_ROW, _RIGHT)
    weakest(tab, context, _WEAK_ROW, 0)
    if any(optional.arguments(context, case) for case in ahead.SIDES):
        fired(tab, context, _FIRED_ROW, 0)
    legend(tab, _LEGEND_ROW, _RIGHT)
    row = _LACKS_ROW
    if optional.events(context):
        past_events(tab, row, 0)
        row += _PAST + 2
    last = lacks(tab, context, row)
    for row in range(last + 1):
        tab.heights.setdefault(row, _LINE)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(_WIDTHS)]
    tab.freeze = (3, 0)  # name, stance and price stay in sight
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
    tab.heights[0] = _TITLE_LINE
    tab.show(sentences.sentence, 1, 0, look="sentence.text")
    tab.merges.append(Area(1, 0, 1, LAST_COL))
    tab.heights[1] = 31.0
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
    tab.text(4, 0, "Checks", "label_strong_top")
    tab.show(state, 4, 1, look="note_top.text")
    tab.text(4, 5, "Since issue", "label_right_top")
    tab.show(moved_text, 4, 6, look="note_top.text")
    tab.text(4, LAST_COL - 1, "Inputs changed", "label_right_top")
    tab.text(3, _TYPED, series_changed.label, "helper_head")
    tab.put(series_changed, 4, _TYPED, look="helper")
    link = f"={TITLE}!{a1(*CHANGED)}+{a1(4, _TYPED)}"
    tab.cells.append(Cell(4, LAST_COL, changed(context), link, "calc_top.count"))
    tab.heights[4] = _LINE + _SPACE
    place = (Area(2, 8, 2, 8),)
    for text, look in (("blocked", "fail"), ("with care", "warn"), ("decision-grade", "ok")):
        tab.conditional_formats.append(ConditionalFormat(place, "text", look, text=text))


def _story(tab: Tab) -> None:
    """Tell the story: what the market pays for, what changed, what would turn us."""
    _band(tab, _STORY_ROW, 0, LAST_COL, "The story")
    for row, (label, line) in enumerate(story.SENTENCES, start=_STORY_ROW + 1):
        tab.text(row, 0, label, "label_strong_top")
        tab.put(line, row, 1, look="calc_wrap.text")
        tab.merges.append(Area(row, 1, row, LAST_COL))


def _cases(tab: Tab, context: Context) -> None:
    """Show each headline with its upside, growth needed, last month and as issued."""
    row = _CASES_ROW
    heads = (f"{context.price_currency} / share, in 12 months", *_HEADS[1:])
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
        if of.line is price_targets.consensus:
            tab.show(story.basis, row, 2, look="link_right.text")
        if of.upside is not None:
            tab.show(of.upside, row, 3, at=at)
        _rest(tab, row, of)
    tab.text(_CASES_ROW, _TYPED, "As issued, typed", "helper_head")
    tab.show(story.hype, row + 1, 0, look="note_wrap.text")
    tab.merges.append(Area(row + 1, 0, row + 2, _RIGHT + 1))


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
        ("Price, 0% bear 100% bull", valuation.implied_bull_probability),
        ("Expected, 0% bear 100% bull", valuation.house_bull_probability),
    )
    for k, (label, line) in enumerate(lines, start=row + 1):
        tab.text(k, col, label, "label_indent")
        two = "output_link.two" if line is valuation.skew else "output_link"
        tab.show(line, k, LAST_COL, look=two)


_SHOWN = 3


def _band(tab: Tab, row: int, first: int, last: int, title: str, *right: str) -> None:
    """Write a dark band over columns, as on all tabs; captions at the right stand over numbers."""
    tab.text(row, first, title, "band_indent" if first else "section")
    for col in range(first + 1, last + 1):
        tab.text(row, col, "", "band")
    for k, caption in enumerate(reversed(right)):
        tab.text(row, last - k, caption, "band_right")
    tab.heights[row] = _BAND


def drivers(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show the three largest drivers each way."""
    money = f"{context.price_currency} / share"
    _band(tab, row, col, col + 5, "Largest drivers, from base", "Case", money)
    at = row + 1
    for case in ("bull", "bear"):
        for here, place in enumerate(tab.places.members[PLACE][:_SHOWN], start=at):
            member = {BRIDGE_CASE: case, PLACE: place}
            tab.text(here, col, f"{case.capitalize()} {here - at + 1}", "muted")
            tab.show(ranked_label, here, col + 1, at=member)
            tab.show(ranked_text, here, col + 4, at=member, look="link_right.text")
            tab.show(ranked_effect, here, col + 5, at=member, look="link.signed")
        at += _SHOWN


def since_last_month(tab: Tab, row: int, col: int) -> None:
    """Show what the expected value has changed by and why, beside price and score."""
    _band(tab, row, col, col + 5, "Since last month", "", "Change")
    tab.show(last_month.day, row, col + 4, look="band_right.date")
    row += 1
    moved = (
        ("Price", "price"),
        ("Expected value", "expected_value"),
        ("Hype score", "hype.score"),
    )
    for label, key in moved:
        at = row if key != "hype.score" else row + 1 + last_month.CAUSES + 2
        at += key == "expected_value"
        tab.text(at, col, label, "label_indent")
        tab.show(last_month.before[key], at, col + 4)
        tab.show(last_month.change[key], at, col + 5, look="link.signed")
    row += 2
    for k, name in enumerate(tab.places.members[last_month.CAUSE], start=row):
        at_cause = {last_month.CAUSE: name}
        tab.show(last_month.cause_label, k, col, at=at_cause, look="link_indent_2.text")
        tab.show(last_month.cause_amount, k, col + 5, at=at_cause, look="link.signed")
    row += last_month.CAUSES
    tab.text(row, col, last_month.rest.label, "label_indent_2")
    tab.show(last_month.rest, row, col + 5, look="link.signed")
    tab.show(last_month.restated, row + 2, col, look="note.text")


def next_dates(tab: Tab, row: int, col: int) -> None:
    """Show the next days on which something is known: events, and dates of arguments."""
    _band(tab, row, col, col + 5, "Next dates: events, and arguments put to the test")
    for k, name in enumerate(tab.places.members[ahead.NEXT_DATES.dim], start=row + 1):
        at = {ahead.NEXT_DATES.dim: name}
        tab.show(ahead.next_day, k, col, at=at, look="link_left.text")
        tab.show(ahead.next_what, k, col + 1, at=at, look="link_small.text")


def fired(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show the triggers of arguments that fired, those with the most money first."""
    money = f"{context.price_currency} at stake"
    _band(tab, row, col, col + 5, f"Triggers that fired, {money}: level; where it stands")
    for k, name in enumerate(tab.places.members[ahead.FIRED_ONES.dim], start=row + 1):
        at = {ahead.FIRED_ONES.dim: name}
        tab.show(ahead.fired_case, k, col, at=at, look="link_left.text")
        tab.show(ahead.fired_fact, k, col + 1, at=at, look="link_small.text")


def past_events(tab: Tab, row: int, col: int) -> None:
    """Show the latest events past, a row each."""
    _band(tab, row, col, LAST_COL, "Events past, the latest first")
    for k, name in enumerate(tab.places.members[events.PAST.dim][:_PAST], start=row + 1):
        tab.show(events.PAST.day, k, col, at={events.PAST.dim: name}, look="link_left.text")
        tab.show(events.PAST.what, k, col + 1, at={events.PAST.dim: name}, look="link_small.text")


def hype_block(tab: Tab, context: Context, row: int, col: int) -> None:
    """Show what is taken off the consensus, the score, and the way to the expected value."""
    _band(tab, row, col, col + 5, "Hype: amounts a share, and the score", "Value")
    lines: tuple[tuple[str, Line], ...] = (
        ("Consensus of price targets", price_targets.consensus),
        ("Generic haircut: optimism, age", adjusted_value.generic),
        (f"Specific haircut: {optional.specific_haircut(context)}", adjusted_value.specific),
        ("Allowance: what could not be measured", adjusted_value.allowance),
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
    note = "Weak: an assumption, a post, or approximate; at stake: of the expected value"
    tab.text(_LACKS_ROW - 2, col, note, "note")


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
    tab.show(gaps.told, row, LAST_COL, look="band_right.count")
    count = min(int(context.solved.values[gaps.told]), gaps.MOST_PLACES)
    for k, name in enumerate(tab.places.members[gaps.PLACE][: max(1, count)], start=row + 1):
        tab.show(gaps.told_label, k, 0, at={gaps.PLACE: name})
        tab.show(gaps.told_remedy, k, 2, at={gaps.PLACE: name})
    return row + max(1, count)


def legend(tab: Tab, row: int, col: int) -> None:
    """Say what the colours mean, and count the checks; the map of the tabs stands between."""
    _band(tab, row, col, col + 5, "All tabs, legend, checks")
    row += _MAP_ROWS + 1
    tab.text(row, col, "Typed input", "input")
    tab.text(row, col + 1, "Formula", "calc")
    tab.text(row, col + 2, "Other tab", "link")
    for k, (label, line) in enumerate((("FAIL", catalogue.fails), ("WARN", catalogue.warns))):
        tab.text(row + 1, col + 2 * k, label, "label_indent")
        tab.show(line, row + 1, col + 2 * k + 1)
    tab.text(row, col + 3, "n/a, notes", "not_available")
    case = Ref.cell("Valuation", *SELECTOR)
    tab.links.append(Link(row + 1, col + 4, case, "Select a case", "jump", "The one case cell"))


def add_map(tab: Tab, names: Sequence[str]) -> None:
    """Add a jump to each of the tabs to the map, row by row."""
    for k, name in enumerate(names):
        row, part = divmod(k, _MAP_COLS)
        place = _LEGEND_ROW + 1 + row, _RIGHT + part * 2
        tab.links.append(Link(*place, Ref.cell(name, 0, 0), name, "jump_indent", f"To {name}"))
