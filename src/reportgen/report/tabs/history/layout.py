"""History: price with the trail of past values, what became of each report, and the scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.bounds import NOT_NEGATIVE, POSITIVE, SHARE
from reportgen.headline import CASES
from reportgen.report.blocks import footer, section
from reportgen.report.tables import HEADER_ROWS, Column, days_only, mute, numbers_only, table
from reportgen.report.tabs.history import lines, scores, trail
from reportgen.report.tabs.history.charts import CHART_ROWS, trail_of_values
from reportgen.report.tabs.history.lines import LEVEL, PAST
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


TOP = 4
LAST_COL, HELPER_COL = 21, 23
SCORES_COL, CASES_COL, COUNTS_COL = 12, 12, 17  # right of the chart
WIDTHS = (11, 8, 11, 11, 11, 11, 11, 11, 11, 10, 14, 12, 11, 10, 10, 10, 11, 14, 9, 9, 9, 10, 3)
TYPED, MONEY = "input.money", "calc.money"
EXPECTED = {LEVEL: "expected"}
SAID = (scores.said_met, scores.said_any_time, scores.said_count, scores.is_enough)
# Of each level, beside the printed page: what the table and the scores read
BY_LEVEL = (
    lines.level,
    lines.is_held,
    lines.compared,
    lines.is_above,
    lines.met,
    lines.least,
    lines.most,
    lines.closes_up,
    lines.closes_down,
    lines.met_any_time,
    lines.error,
    scores.size_of_error,
)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: chart and scores side by side, then a row a past report."""
    tab.text(0, 0, tab.name, "title")
    tab.put(scores.headline, 1, 0, look="subtitle")
    tab.put(lines.restated, 2, 0, look="note.text")
    for col, said in enumerate(SAID, start=HELPER_COL):
        tab.put(said, 1, col, look="helper")
    trail_of_values(tab, context, TOP)
    row = max(TOP + CHART_ROWS, _scores(tab, context, TOP)) + 2
    last = _reports(tab, context, row)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(HELPER_COL, HELPER_COL + 110, 11))
    tab.freeze = (1, 1)
    tab.page = Page(
        area=Area(0, 0, last, LAST_COL),
        repeat_rows=(row, row + HEADER_ROWS),
        footer=footer(context),
    )


def _reports(tab: Tab, context: Context, row: int) -> int:
    """Lay out what each report said and what became of it; return the last row."""
    title = "Past reports, as they went out"
    section(tab, row, LAST_COL, {0: title, 11: "What became of them"})
    columns = (
        Column(lines.then),
        Column(lines.in_time, "In time", "yes / no"),
        Column(lines.price_then, look=TYPED),
        *(Column(lines.stated[case], look=TYPED) for case in CASES),
        Column(lines.stated["expected"], "Expected", look=TYPED),
        Column(lines.stated["hype_adjusted"], "Hype-adj.", look=TYPED),
        Column(lines.stated["consensus"], "Consensus", look=TYPED),
        Column(lines.upside),
        Column(lines.stance, look="input_code"),
        Column(lines.ends),
        Column(lines.outcome, look=MONEY),
    )
    col = table(tab, context, (row + 1, 0), PAST, columns)
    first = row + 1 + HEADER_ROWS
    for line, caption, unit in (
        (lines.met, "Met at the end", "yes / no"),
        (lines.met_any_time, "Met at any time", "yes / no"),
    ):
        col = _expected(tab, row + 1, col, line, caption, unit)
    col = table(tab, context, (row + 1, col), PAST, [Column(lines.inside, unit="yes / no")])
    col = _expected(tab, row + 1, col, lines.error, "Close less expected", "of price then")
    rest = (
        Column(lines.status, look="code"),
        *(Column(of, f"P({case})") for case, of in lines.probability.items()),
        Column(lines.split, "Shares of now", "for one then"),
    )
    table(tab, context, (row + 1, col), PAST, rest)
    last = first + tab.size(PAST) - 1
    _beside(tab, context, row)
    _rules(tab)
    mute(tab, Area(first, 0, last, LAST_COL), f"=${a1(first, 1)}<>1")
    note = "Per share of now. Met: a level above the price then at or above it, one below at or "
    note += "below; at any time: by any close known in the window, which flatters. "
    tab.text(last + 1, 0, note, "note")
    note = "Grey: issued more than 31 days after its day, shown and never scored. Pending: the 12 "
    note += "months are not over. Delisted: held to the last close."
    tab.text(last + 2, 0, note, "note")
    return last + 2


def _expected(tab: Tab, row: int, col: int, line: Line, caption: str, unit: str) -> int:
    """Show a figure of each report against its expected value; return the next column."""
    tab.text(row, col, caption, "header")
    tab.text(row + 1, col, unit, "unit_centered")
    tab.show(line, row + HEADER_ROWS, col, down=(PAST,), at=EXPECTED)
    return col + 1


def _beside(tab: Tab, context: Context, row: int) -> None:
    """Lay out beside the page what the table, the scores and the chart read."""
    tab.text(row, HELPER_COL, "What the table, the scores and the chart read", "note")
    along = (
        lines.currency,
        lines.cost_of_equity,
        lines.dividend,
        lines.until,
        lines.close_day,
        lines.is_fresh,
        lines.is_resolved,
        lines.is_delisted,
        lines.outcome_compared,
        lines.hurdle,
        lines.timely,
        lines.scored,
        lines.start,
        lines.stop,
        lines.is_interval,
        lines.missed,
        lines.interval_score,
        lines.low_edge,
        lines.high_edge,
        lines.has_bands,
        lines.fell_low,
        lines.fell_high,
        lines.brier,
        lines.rps,
        scores.opens,
        scores.block_end,
    )
    col = table(tab, context, (row + 1, HELPER_COL), PAST, [Column(of) for of in along])
    for line in BY_LEVEL:
        tab.text(row + 1, col, line.label, "header")
        tab.show(lines.level_name, row + 2, col, across=(LEVEL,), look="helper.text")
        tab.put(line, row + 1 + HEADER_ROWS, col, down=(PAST,), across=(LEVEL,))
        col += tab.size(LEVEL)
    drawn = [Column(of) for of in (trail.day, *trail.values.values())]
    table(tab, context, (row + 1, col), trail.TRAIL, drawn)


def _rules(tab: Tab) -> None:
    """Say what may be typed into the table."""
    days_only(tab, lines.then)
    numbers_only(tab, lines.price_then, bounds=POSITIVE, what="The price of that day")
    money = (*lines.stated.values(), lines.dividend)
    numbers_only(tab, *money, bounds=NOT_NEGATIVE, what="A value per share")
    numbers_only(tab, *lines.probability.values(), bounds=SHARE, what="A probability")


_CASES = (
    scores.inside_share,
    scores.interval_mean,
    scores.brier_mean,
    scores.rps_mean,
    scores.without_bands,
)
_COUNTS = (
    scores.count,
    scores.independent,
    scores.pending,
    scores.unresolved,
    scores.gone,
    scores.late,
)
_OF_LEVEL: tuple[tuple[Line, str], ...] = (
    (scores.held_count, "Months"),
    (scores.met_share, "Met at the end"),
    (scores.any_share, "Met at any time"),
    (scores.mean_error, "Mean error / price"),
    (scores.mean_size, "Mean size of it"),
)


def _scores(tab: Tab, context: Context, row: int) -> int:
    """Lay out the scores right of the chart, by level and of the cases; return the last row."""
    del context
    _band(tab, row, SCORES_COL, "How right they were")
    tab.put(scores.verdict, row + 1, SCORES_COL, look="label_strong.text")
    top = row + 2
    tab.heights[top] = 30.0
    for col in range(SCORES_COL, SCORES_COL + 4):
        tab.text(top, col, "Level" if col == SCORES_COL else "", "header_left")
    tab.put(lines.level_name, top + 1, SCORES_COL, down=(LEVEL,), look="label.text")
    for col, (line, caption) in enumerate(_OF_LEVEL, start=LAST_COL - len(_OF_LEVEL)):
        tab.text(top, col, caption, "header")
        tab.put(line, top + 1, col, down=(LEVEL,))
    tab.text(top, LAST_COL, "", "header")
    row = top + tab.size(LEVEL) + 2
    _band(tab, row, SCORES_COL, "The cases as a forecast, and how many reports")
    _listed(tab, row + 1, CASES_COL, CASES_COL + 4, _CASES)
    _listed(tab, row + 1, COUNTS_COL, LAST_COL, _COUNTS)
    row += 1 + len(_COUNTS)
    _band(tab, row + 1, SCORES_COL, "Rules")
    _listed(tab, row + 2, SCORES_COL, LAST_COL, tuple(lines.RULES))
    row += 2 + len(lines.RULES)
    note = "Of brokers' targets 38% were met at the end of 12 months, 64% at some time within them"
    tab.text(row, SCORES_COL, f"{note} (Bradshaw, Brown, Huang 2013)", "note")
    return row


def _band(tab: Tab, row: int, first: int, title: str) -> None:
    for col in range(first, LAST_COL + 1):
        tab.text(row, col, title if col == first else "", "section" if col == first else "band")


def _listed(tab: Tab, row: int, col: int, value_col: int, of: tuple[Line, ...]) -> None:
    for at, line in enumerate(of, start=row):
        tab.text(at, col, line.label, "label" if col == SCORES_COL else "label_indent")
        tab.put(line, at, value_col)
