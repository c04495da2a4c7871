"""Bull, Base and Bear: one case each, views of the one engine, never copies of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.facts.catalogue import EV_EBITDA, METHODS, PB, PE, SOTP
from reportgen.model import arguments, valuation
from reportgen.model.dims import BRIDGE_CASE, SCENARIO, SEGMENT
from reportgen.model.fundamentals import net_cash, shares_diluted
from reportgen.model.inputs import assumptions, description
from reportgen.model.market import price
from reportgen.model.priced_in import g_needed
from reportgen.model.twelve_months import eps_reference
from reportgen.report import optional
from reportgen.report.blocks import by_unit, footer, section, unit_name
from reportgen.report.tables import HEADER_HEIGHT
from reportgen.report.tabs.cases import lines as case_lines
from reportgen.report.tabs.cases.charts import BRIDGE_ROWS, bridge_chart
from reportgen.report.tabs.cases.lines import bridge_total, metric_words, must_be_true
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.expr.nodes import Dim, Line
    from reportgen.model.arguments import Arguments
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


# No., label, words, three of numbers, money, words again, three of numbers, words. Prose has
# wide columns of its own, for merged cells neither sort nor copy.
WIDTHS = (4, 44, 17, 11.5, 11.5, 11.5, 13, 23, 11, 11, 10.5, 25)
LAST_COL = len(WIDTHS) - 1
NO, LABEL, FIRST, SECOND, THIRD, MONEY, RIGHT = 0, 1, 3, 4, 5, 6, 7
HELPERS = LAST_COL + 2  # what charts draw and programs read stands off the printed page


SIDES = {"bull": arguments.bull, "bear": arguments.bear}


def build_bull(tab: Tab, context: Context) -> None:
    """Lay out the tab of the bull case."""
    build_case(tab, context, "bull")


def build_base(tab: Tab, context: Context) -> None:
    """Lay out the tab of the base case."""
    build_case(tab, context, "base")


def build_bear(tab: Tab, context: Context) -> None:
    """Lay out the tab of the bear case."""
    build_case(tab, context, "bear")


def build_case(tab: Tab, context: Context, scenario: str) -> None:
    """Lay out the tab of one scenario."""
    tab.text(0, 0, f"{scenario.capitalize()} case", "title")
    tab.show(must_be_true[scenario], 1, 0, look="subtitle")
    row = _headline(tab, scenario, 3)
    lay_out = lay_out_drivers if scenario in SIDES else lay_out_way_from_price
    row = lay_out(tab, context, scenario, row + 1)
    segments_row = row + 1
    if optional.method(context, SOTP):
        row = _segments(tab, context, scenario, segments_row)
    row = _per_share(tab, context, scenario, row + 1)
    argued = scenario in SIDES and optional.arguments(context, scenario)
    if argued:
        row = lay_out_arguments(tab, context, SIDES[scenario], row + 1)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.freeze = (3, LABEL + 1)
    tab.page = Page(area=Area(0, 0, row, LAST_COL), repeat_rows=(0, 2), footer=footer(context))


def _headline(tab: Tab, scenario: str, row: int) -> int:
    """Show value, probability, upside and growth needed; return the row after."""
    at = {SCENARIO: scenario}
    cells: tuple[tuple[str, Line, Mapping[Dim, str]], ...] = (
        ("Value in 12 months", valuation.value, at),
        ("Probability", valuation.scenario_probability, at),
        ("Against the price", valuation.upside, at),
        ("Growth needed", g_needed, {g_needed.dims[0]: scenario}),
        ("Price", price, {}),
    )
    tab.text(row, 0, "", "header")
    tab.text(row, LABEL, "In 12 months", "header_left")
    tab.text(row + 1, LABEL, "One share", "label_strong")
    tab.heights[row] = HEADER_HEIGHT
    for k, (label, line, members) in enumerate(cells, start=LABEL + 1):
        tab.text(row, k, label, "header")
        tab.show(line, row + 1, k, at=members, look="headline")
    return row + 2


def _segments(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show how the segments add up; return the row after."""
    reporting = context.reporting_currency
    section(tab, row, LAST_COL, {0: "Segments"})
    at = {SCENARIO: scenario}
    columns: tuple[tuple[str, Line, int], ...] = (
        ("Segment", description.segment_name, 1),
        ("Valued on", metric_words, 2),
        (f"Base metric, {reporting} m", valuation.base_metric, 3),
        ("In 12 months", valuation.level, 4),
        ("Multiple", assumptions.multiple, 5),
        (f"Value, {reporting} m", valuation.segment_value, 6),
        ("Growth", case_lines.level_growth, RIGHT),
    )
    tab.text(row + 1, 0, "", "header")
    tab.heights[row + 1] = HEADER_HEIGHT
    for title, line, col in columns:
        tab.text(row + 1, col, title, "header" if col > 2 else "header_left")  # noqa: PLR2004
        members = at if SCENARIO in line.dims else {}
        look = "link_wrap.text" if line in {description.segment_name, metric_words} else ""
        tab.show(line, row + 2, col, down=(SEGMENT,), at=members, look=look)
    last = row + 2 + tab.size(SEGMENT)
    tab.text(last, LABEL, "All segments", "label_total")
    for col in range(LABEL + 1, MONEY):
        tab.text(last, col, "", "label_total")
    tab.show(valuation.segments_total, last, MONEY, at=at, look="link_total")
    return last + 1


# Of each method what it is made of; its value last
_STEPS: Mapping[str, tuple[Line, ...]] = {
    SOTP: (
        assumptions.conglomerate_discount,
        valuation.ev,
        net_cash,
        valuation.stakes,
        shares_diluted,
        valuation.launch,
        valuation.sotp_today,
        valuation.sotp_12m,
    ),
    PE: (eps_reference, valuation.eps_12m, valuation.pe_multiple, valuation.pe_12m),
    EV_EBITDA: (
        valuation.ebitda_ttm,
        valuation.ebitda_12m,
        assumptions.ev_ebitda_multiple,
        valuation.ev_ebitda_12m,
    ),
    PB: (
        valuation.book_per_share,
        valuation.book_12m,
        assumptions.pb_multiple,
        valuation.pb_12m,
    ),
}


def _per_share(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the way to the value per share, method by method; return the row after."""
    section(tab, row, LAST_COL, {0: "To the value per share", RIGHT: "Methods and weights"})
    at = {SCENARIO: scenario}
    methods = [method for method in METHODS if optional.method(context, method)]
    left = _steps(context, methods[0] if methods else PE)
    right = [line for method in methods[1:] for line in _steps(context, method)]
    weights = [valuation.METHODS[method].weight for method in methods]
    for lines_, label, unit, value, words in (
        (left, LABEL, MONEY - 1, MONEY, "label"),
        ((*right, *weights, valuation.value), RIGHT, RIGHT + 2, RIGHT + 3, "label_indent"),
    ):
        for k, line in enumerate(lines_, start=row + 1):
            look = "output_link" if line is lines_[-1] else ""
            tab.text(k, label, context.named(line.label), words)
            tab.text(k, unit, unit_name(line.unit, context), "unit")
            tab.show(line, k, value, at=at if SCENARIO in line.dims else {}, look=look)
    return row + 1 + max(len(left), len(right) + len(weights) + 1)


def _steps(context: Context, method: str) -> list[Line]:
    """Return what a method is made of: a launch only where there is one."""
    has_launch = optional.launch(context)
    return [line for line in _STEPS[method] if has_launch or line is not valuation.launch]


_TEXT, _BEARS_ON, _AT_STAKE, _FIRED, _DUE, _SOURCE, _TRIGGER = range(1, 8)
_LEVEL, _METRIC, _TRIGGER_UNIT, _WATCH = range(8, 12)


def lay_out_arguments(tab: Tab, context: Context, side: Arguments, row: int) -> int:
    """Lay out the arguments, a row each; return the row after.

    What a program reads of them stands beside the printed page: key, kind and trigger as typed.
    """
    section(tab, row, LAST_COL, {0: f"The {side.case} case in words"})
    columns = (
        ("No.", side.number, 0, "input_code_top"),
        ("Argument", side.text, _TEXT, "input_wrap"),
        ("Bears on", side.bears_on, _BEARS_ON, "calc_wrap"),
        (f"At stake, {context.price_currency}", side.at_stake, _AT_STAKE, "calc_top.stake"),
        ("Fired", side.fired, _FIRED, "code_top"),
        ("Due", side.due, _DUE, "input_code_top"),
        ("Source", side.source, _SOURCE, "input_wrap"),
        ("Trigger", side.watched, _TRIGGER, "plain_wrap"),
        ("Level", side.level, _LEVEL, "input_top"),
        ("Stands at", side.metric, _METRIC, "calc_top"),
        ("Unit", side.unit, _TRIGGER_UNIT, "note_wrap"),
        ("What to watch", side.watch, _WATCH, "input_wrap"),
        ("Key", side.key, HELPERS, "input_top"),
        ("Kind", side.kind, HELPERS + 1, "input_top"),
        ("Trigger, by key", side.trigger, HELPERS + 2, "input_top"),
        ("Sign", side.sign, HELPERS + 3, "input_top"),
        ("Name of the key", side.named, HELPERS + 4, "calc_top"),
    )
    tab.text(row, HELPERS, "Behind the arguments", "helper_title")
    tab.heights[row + 1] = HEADER_HEIGHT
    for col in range(LAST_COL + 1):
        tab.text(row + 1, col, "", "header")
    for title, line, col, look in columns:
        tab.text(row + 1, col, title, _head(line, col, side))
        tab.put(line, row + 2, col, down=(side.dim,), look=look)
    last = row + 2 + tab.size(side.dim)
    levels = Area(row + 2, _LEVEL, last - 1, _METRIC)
    by_unit(tab, context, (levels,), _TRIGGER_UNIT)
    return last


def _head(line: Line, col: int, side: Arguments) -> str:
    if col >= HELPERS:
        return "helper_head"
    return "header_left" if line.unit is side.text.unit and line is not side.fired else "header"


_DRIVER_UNIT = HELPERS + 15  # right of what the chart draws


def lay_out_drivers(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the drivers, the largest first, and the bridge beside them; return the row after."""
    titles = {0: "Drivers, from base to this case", RIGHT: f"Bridge from base to {scenario}"}
    section(tab, row, LAST_COL, titles)
    at = {BRIDGE_CASE: scenario}
    place = case_lines.PLACE
    columns = (
        ("Driver", case_lines.ranked_label, LABEL, ""),
        ("Base", case_lines.ranked_base, FIRST, ""),
        (scenario.capitalize(), case_lines.ranked_case, SECOND, ""),
        ("Difference", case_lines.ranked_difference, THIRD, ""),
        (unit_name(Unit.PER_SHARE, context), case_lines.ranked_effect, MONEY, "link.signed"),
        ("Unit", case_lines.ranked_unit, _DRIVER_UNIT, "helper"),
    )
    for title, line, col, look in columns:
        head = {LABEL: "header_left", _DRIVER_UNIT: "helper_head"}.get(col, "header")
        tab.text(row + 1, col, title, head)
        tab.show(line, row + 2, col, down=(place,), at=at, look=look)
    tab.text(row + 1, NO, "No.", "header")
    tab.text(row + 1, LABEL + 1, "", "header")
    tab.show(case_lines.place, row + 2, NO, down=(place,), look="center.count")
    last = row + 2 + tab.size(place)
    levels = Area(row + 2, FIRST, last - 1, SECOND)
    by_unit(tab, context, (levels,), _DRIVER_UNIT)
    apart = Area(row + 2, THIRD, last - 1, THIRD)
    by_unit(tab, context, (apart,), _DRIVER_UNIT, signed=True)
    _total(tab, last, f"{scenario.capitalize()} less base", bridge_total[scenario])
    bridge_chart(tab, context, scenario, (row + 2, RIGHT), HELPERS)
    return max(last + 1, row + 3 + BRIDGE_ROWS) + 1


def _total(tab: Tab, row: int, label: str, line: Line) -> None:
    """Write the sum below a table, ruled off over its whole width."""
    tab.text(row, LABEL, label, "label_total")
    for col in range(LABEL + 1, MONEY):
        tab.text(row, col, "", "label_total")
    tab.show(line, row, MONEY, look="link_total.signed")


def lay_out_way_from_price(tab: Tab, context: Context, scenario: str, row: int) -> int:
    """Show the way from today's price to the case, method by method; return the row after."""
    titles = {0: "From the price to this case", RIGHT: f"Bridge from the price to {scenario}"}
    section(tab, row, LAST_COL, titles)
    money = unit_name(Unit.PER_SHARE, context)
    for col in range(MONEY + 1):
        caption = {LABEL: "One share", MONEY - 1: "Unit", MONEY: money}.get(col, "")
        tab.text(row + 1, col, caption, "header" if col == MONEY else "header_left")
    at = {SCENARIO: scenario}
    methods = [method for method in METHODS if optional.method(context, method)]
    shown: tuple[tuple[str, Line, str], ...] = (
        ("Price today", price, ""),
        *(
            (valuation.METHODS[method].value.label, valuation.METHODS[method].value, "")
            for method in methods
        ),
        ("Value in 12 months, weighted", valuation.value, "output_link"),
    )
    for k, (label, line, look) in enumerate(shown, start=row + 2):
        tab.text(k, LABEL, label)
        tab.text(k, MONEY - 1, money, "unit")
        tab.show(line, k, MONEY, at=at if SCENARIO in line.dims else {}, look=look)
    last = row + 2 + len(shown)
    _total(tab, last, f"{scenario.capitalize()} less price", bridge_total[scenario])
    bridge_chart(tab, context, scenario, (row + 2, RIGHT), HELPERS)
    return row + 4 + BRIDGE_ROWS
