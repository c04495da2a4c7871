"""Prices & targets: price history with every target on it, the targets, and the dated series."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.bounds import POSITIVE
from reportgen.model import hype_score, market
from reportgen.model.dims import BENCHMARK, CLOSE, ESTIMATE, TARGET
from reportgen.model.hype import price_targets
from reportgen.model.inputs import conversion, market_data
from reportgen.model.lines import MODEL
from reportgen.model.spare_rows import SPARE
from reportgen.report import optional
from reportgen.report.blocks import footer, section, unit_name
from reportgen.report.tables import (
    HEADER_ROWS,
    Column,
    days_only,
    mute,
    numbers_only,
    one_of,
    table,
)
from reportgen.report.tabs.prices_targets import lines
from reportgen.report.tabs.prices_targets.charts import (
    CHART_ROWS,
    against_benchmark,
    price_history,
    targets_by_house,
)
from reportgen.xlsx.addresses import Area, Ref, a1
from reportgen.xlsx.book import Columns, Link, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


PAGE_ROWS = 55  # a series that goes on has no headers on its second page
TOP_ROWS = 34  # the chart and the first table share a page
LINKS_ROW, CHART_ROW = 2, 4
LAST_COL, HELPER_COL = 21, 23
KEY_COL, KEY_VALUE_COL, INDEX_COL = 11, 13, 15
WIDTHS = (24, 11, 12, 11, 12, 9, 12, 12, 10, 13, 20, 13, 13, 13, 10, 10, 7, 7, 9, 10, 9, 7, 3)
KEY_FIGURES = (
    market.price,
    price_targets.consensus,
    price_targets.consensus_upside,
    lines.highest,
    lines.lowest,
    hype_score.dispersion,
    price_targets.count,
    price_targets.brokers,
    lines.newest_age,
    hype_score.mean_implied_return,
)
PHRASES = (lines.said_count, lines.said_upside, lines.said_consensus, lines.said_distance)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: a chart, the table of targets, then each series below the other.

    Nothing stands beside or below a series that would break when rows are inserted into it.
    """
    tab.text(0, 0, tab.name, "title")
    tab.put(lines.headline, 1, 0, look="subtitle")
    for at, phrase in enumerate(PHRASES):
        tab.put(phrase, 1, HELPER_COL + at, look="helper")
    _key_figures(tab, context)
    price_history(tab, context, CHART_ROW, HELPER_COL)
    if optional.benchmark(context):
        against_benchmark(tab, context, CHART_ROW, INDEX_COL)
    targets_by_house(tab, context, CHART_ROW + len(KEY_FIGURES) + 3, KEY_COL)
    row = CHART_ROW + CHART_ROWS + 2
    starts = {"Price targets": row}
    row = _targets(tab, context, row)
    printed, is_short = row, True
    for band in dated_series(context):
        starts[band.title] = row
        is_short = is_short and tab.size(band.dim) <= PAGE_ROWS
        told = band.source if is_short else f"{band.source}; not printed: longer than a page"
        if band.dim is CLOSE and optional.history(context):
            helpers = (Column(market.day_of_close), Column(market.close_of_day))
            table(tab, context, (row + 1, HELPER_COL), CLOSE, helpers)
        row = lay_out_band(tab, context, row, band._replace(source=told))
        printed = row if is_short else printed
    _links(tab, starts)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(HELPER_COL, HELPER_COL + 6, 12))
    tab.freeze = (1, 1)
    tab.page = Page(
        area=Area(0, 0, printed - 1, LAST_COL),
        repeat_rows=(0, 0),
        footer=footer(context),
    )


def _links(tab: Tab, starts: dict[str, int]) -> None:
    """Write jumps to the tables, since the series are long."""
    for col, (title, row) in zip((0, 2, 4, 6), starts.items(), strict=False):
        target = Ref.cell(tab.name, row, 0)
        tab.links.append(Link(LINKS_ROW, col, target, f"\u2193 {title}", "jump", f"To {title}"))


def _key_figures(tab: Tab, context: Context) -> None:
    tab.text(CHART_ROW, KEY_COL, "Targets in brief", "section")
    for col in range(KEY_COL + 1, KEY_COL + 4):
        tab.text(CHART_ROW, col, "", "band")
    for row, line in enumerate(KEY_FIGURES, start=CHART_ROW + 1):
        tab.text(row, KEY_COL, line.label)
        _put_or_show(tab, line, row)
        tab.text(row, KEY_COL + 3, unit_name(line.unit, context), "unit")
    row = CHART_ROW + len(KEY_FIGURES) + 1
    tab.text(row, KEY_COL, "n/a: too few targets in use, or no close on a day needed", "note")


def _put_or_show(tab: Tab, line: Line, row: int) -> None:
    own = line not in MODEL
    (tab.put if own else tab.show)(line, row, KEY_VALUE_COL)


def _targets(tab: Tab, context: Context, row: int) -> int:
    """Lay out the targets with their flags; return the row after them."""
    section(tab, row, LAST_COL, {0: "Price targets", 5: "every one known; type new ones below"})
    columns = (
        Column(price_targets.broker),
        Column(price_targets.published),
        Column(price_targets.stated, "Target", "as stated"),
        Column(price_targets.currency, look=CODE),
        Column(price_targets.share_line, unit="line", look=CODE),
        Column(price_targets.horizon, "Horizon", "months"),
        Column(price_targets.kind, look=CODE),
        Column(price_targets.rating),
        Column(price_targets.source),
        Column(lines.per_share),
        Column(price_targets.target, "Target in use"),
        Column(price_targets.close_at_issue, elsewhere=True),
        Column(lines.against_issue),
        Column(lines.against_price),
        Column(price_targets.age, "Age"),
        Column(price_targets.is_known, unit="yes / no"),
        Column(price_targets.newest, unit="yes / no"),
        Column(price_targets.candidate, unit="yes / no"),
        Column(price_targets.of_broker, unit="yes / no"),
        Column(price_targets.in_use, unit="yes / no"),
    )
    table(tab, context, (row + 1, 0), TARGET, columns)
    helpers = (
        price_targets.number,
        price_targets.row,
        price_targets.issued_on,
        price_targets.rate,
        lines.drawn_day,
        lines.drawn_in_use,
        lines.drawn_other,
    )
    tab.text(row, HELPER_COL, "What the look-ups and the chart read", "note")
    col = table(tab, context, (row + 1, HELPER_COL), TARGET, [Column(of) for of in helpers])
    tab.put(lines.house_name, row + 1, col, across=(lines.HOUSE,), look="helper_head")
    tab.put(
        lines.of_house,
        row + 1 + HEADER_ROWS,
        col,
        down=(TARGET,),
        across=(lines.HOUSE,),
        look="helper",
    )
    _rules(tab, context)
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(TARGET) - 1
    mute(tab, Area(first, 11, last, LAST_COL), f"=${a1(first, LAST_COL)}=0")
    note = "Grey: superseded, too old, not known yet or blank; n/a: not in use, or no close then. "
    note += "In use: the newest of each broker; aggregates only where no broker has one."
    tab.text(last + 1, 0, note, "note")
    return last + 3


def _rules(tab: Tab, context: Context) -> None:
    """Say what may be typed into the table of targets."""
    codes = tuple(str(code) for code in context.case.given[conversion.currency_code])
    numbers_only(tab, price_targets.stated, what="The target in its currency")
    numbers_only(tab, price_targets.horizon, bounds=POSITIVE, what="The horizon in months")
    days_only(tab, price_targets.published)
    one_of(
        tab,
        price_targets.share_line,
        ("listed", "ordinary"),
        "The line of shares the target is for",
    )
    one_of(tab, price_targets.kind, ("broker", "aggregate"), "Whose target it is")
    one_of(tab, price_targets.currency, codes, "A currency with a known rate")


CODE = "input_code"  # typed short codes, centered
SERIES_LAST_COL = 10


class Band(NamedTuple):
    """A dated series, oldest first as look-ups need it: its days, then its values."""

    title: str
    dim: Dim
    columns: tuple[Column, ...]
    source: str


def dated_series(context: Context) -> tuple[Band, ...]:
    """Return every dated series that the pack has."""
    company = context.pack.company
    price = unit_name(market_data.close.unit, context)
    every = (
        Band(
            "Consensus EPS",
            ESTIMATE,
            (
                Column(market_data.estimate_date),
                Column(market_data.estimate, "EPS", "as stated"),
                Column(market_data.estimate_currency, look=CODE),
                Column(market_data.estimate_value),
                Column(market_data.estimate_source, look=CODE),
            ),
            "earnings per share of the next twelve months, as known on each day",
        ),
        Band(
            "Closes",
            CLOSE,
            (Column(market_data.close_date), Column(market_data.close, unit=price)),
            f"source: {company.prices_from}; not adjusted for dividends",
        ),
        Band(
            "Benchmark",
            BENCHMARK,
            (
                Column(market_data.benchmark_date),
                Column(market_data.benchmark_close, unit="points"),
            ),
            f"{company.benchmark}; source: {company.benchmark_from}",
        ),
    )
    left_out = {
        ESTIMATE: not context.pack.rows.estimates,
        BENCHMARK: not optional.benchmark(context),
    }
    return tuple(band for band in every if not left_out.get(band.dim, False))


def lay_out_band(tab: Tab, context: Context, row: int, band: Band) -> int:
    """Lay out one dated series; return the row after it."""
    grows = f"type new ones below the last; {band.source}" if band.dim in SPARE else band.source
    section(tab, row, SERIES_LAST_COL, {0: band.title, 5: grows})
    table(tab, context, (row + 1, 1), band.dim, band.columns)
    days_only(tab, band.columns[0].line)
    numbers_only(tab, band.columns[1].line, what=f"{band.title} of that day")
    return row + 1 + HEADER_ROWS + tab.size(band.dim) + 1
