"""Valuation: the one engine, every case beside the others, and a case to select."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import fundamentals, stance, valuation
from reportgen.model.dims import QUARTER, SEGMENT
from reportgen.model.evidence.claims import peer_pe
from reportgen.model.fundamentals import eps_reference, investments, net_cash, shares_diluted
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.inputs.description import segment_name
from reportgen.model.market import price, price_date
from reportgen.model.valuation import scenario_choice
from reportgen.report.blocks import footer, unit_name
from reportgen.report.tabs.cases.lines import metric_words
from reportgen.report.tabs.valuation import charts, lines, questions
from reportgen.report.tabs.valuation.lines import selected_caption, subtitle
from reportgen.report.tabs.valuation.rows import (
    ALL,
    CASE_CAPTIONS,
    CASES,
    CHOSEN,
    LABEL,
    LAST,
    NOTE,
    UNIT,
    Rows,
)
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page, Validation

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


_SELECTOR = 2


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: selector, charts, the sections, and the ladder, which is not printed."""
    tab.text(0, LABEL, "Valuation", "title")
    tab.put(subtitle, 1, LABEL, look="subtitle")
    _selector(tab)
    charts.add(tab, context)
    rows = Rows(tab, context, charts.TOP + charts.HEIGHT + 1)
    starts = []
    for section in _SECTIONS:
        starts.append(rows.row + 1)
        section(rows)
    printed = rows.row
    questions.ladder(rows)
    _page(tab, context, printed, tuple(starts[at] for at in _NEW_PAGE))


def _selector(tab: Tab) -> None:
    row = _SELECTOR
    tab.text(row, LABEL, "Selected case: choose bear, base or bull", "label_strong")
    tab.put(scenario_choice, row, ALL, look="control")
    tab.put(selected_caption, row, CHOSEN, look="selected")
    tab.text(row, NOTE, "Column G and the first chart follow; blank is base", "note_indent")
    tab.validations.append(
        Validation(
            (Area(row, ALL, row, ALL),),
            "list",
            items=("bear", "base", "bull"),
            error_title="Selected case",
            error_message="Choose bear, base or bull; blank is base.",
            input_title="Selected case",
            input_message="bear, base or bull: column G and the first chart follow.",
        )
    )


def _page(tab: Tab, context: Context, printed: int, breaks: tuple[int, ...]) -> None:
    tab.widths.append(Columns(LABEL, LABEL, 40))
    tab.widths.append(Columns(UNIT, LAST + 3 * 7, 13.5))
    tab.freeze = (_SELECTOR + 1, ALL)
    tab.page = Page(
        area=Area(0, 0, printed - 1, LAST),
        repeat_rows=(0, _SELECTOR + 1),  # with the empty row below
        footer=footer(context),
        breaks=breaks,
    )


_ROW = LAST + 2  # what the look-ups read stands right of the printed page
_LOOKS = {
    lines.figure_row: "helper",
    lines.quarter_row: "helper",
    lines.segment_row: "helper",
    lines.figure_period: "label_indent",
    lines.quarter_period: "label_indent",
    fundamentals.segment_series: "helper",
}


def newest_figures(rows: Rows) -> None:
    """Write the newest figures of the company and the four quarters of EPS, with sources."""
    captions = {ALL: "Value", CASES: "Period end", CASES + 1: "Published"}
    texts = {CASES + 2: "  Period", NOTE: "Source"}
    rows.band("Newest figures of the company", captions, texts)
    rows.tab.text(rows.row - 1, _ROW, "Row on Growth", "helper_head")
    _origin(
        rows,
        lines.FIGURE,
        (
            (lines.figure_end, CASES),
            (lines.figure_published, CASES + 1),
            (lines.figure_period, CASES + 2),
            (lines.figure_row, _ROW),
            (lines.figure_source, NOTE),
        ),
    )
    for line in (
        fundamentals.shares_diluted,
        fundamentals.net_cash,
        fundamentals.investments,
        fundamentals.like_for_like,
        fundamentals.ebita_yoy,
        fundamentals.eps_yoy,
        fundamentals.free_cash_flow,
    ):
        _labelled(rows, line, line.label)
    rows.heading("Non-GAAP EPS of the newest four quarters")
    _quarters(rows)
    rows.own(fundamentals.eps_four_quarters, "total")
    rows.own(fundamentals.eps_reference, "output")
    rows.own(fundamentals.results_published)


def _labelled(rows: Rows, line: Line, label: str) -> None:
    """Write a row that has its source, not a note, beside it."""
    rows.tab.text(rows.row, LABEL, label, "label")
    rows.tab.text(rows.row, UNIT, unit_name(line.unit, rows.context), "unit")
    rows.place(line, ALL)
    rows.row += 1


def _origin(rows: Rows, dim: Dim, columns: tuple[tuple[Line, int], ...]) -> None:
    for line, col in columns:
        look = _LOOKS.get(line, "note_indent" if col == NOTE else "")
        rows.place(line, col, down=(dim,), look=look)


def _quarters(rows: Rows) -> None:
    _origin(
        rows,
        QUARTER,
        (
            (fundamentals.quarter_eps, ALL),
            (lines.quarter_end, CASES),
            (lines.quarter_published, CASES + 1),
            (lines.quarter_period, CASES + 2),
            (lines.quarter_row, _ROW),
            (lines.quarter_source, NOTE),
        ),
    )
    rows.tab.text(rows.row - 1, _ROW + 1, "Quarter no.", "helper_head")
    rows.place(fundamentals.quarter_number, _ROW + 1, down=(QUARTER,), look="helper")
    rows.tab.text(rows.row, LABEL, "Newest quarter", "label_indent")
    for before in range(1, rows.tab.size(QUARTER)):
        rows.tab.text(rows.row + before, LABEL, f"{before} before it", "label_indent")
    rows.column(QUARTER, UNIT, unit_name(fundamentals.quarter_eps.unit, rows.context), "unit")
    rows.skip(QUARTER)


def delivered(rows: Rows) -> None:
    """Write the growth that was delivered: of the group, and segment by segment."""
    captions = {
        ALL: "Newest quarter",
        CASES: "Growth",
        CASES + 1: "Year before",
        CASES + 2: "Period end",
        CHOSEN: "Published",
    }
    texts = {NOTE: "Source", NOTE + 2: "Series"}
    rows.band("Growth delivered, revenue by segment", captions, texts)
    rows.tab.text(rows.row - 1, _ROW, "Row on Growth", "helper_head")
    _origin(
        rows,
        SEGMENT,
        (
            (fundamentals.segment_revenue, ALL),
            (fundamentals.segment_yoy, CASES),
            (fundamentals.segment_before, CASES + 1),
            (fundamentals.segment_end, CASES + 2),
            (lines.segment_published, CHOSEN),
            (lines.segment_source, NOTE),
            (fundamentals.segment_series, NOTE + 2),
            (lines.segment_row, _ROW),
        ),
    )
    rows.tab.show(segment_name, rows.row, LABEL, down=(SEGMENT,), look="label_indent")
    unit = unit_name(fundamentals.segment_revenue.unit, rows.context)
    rows.column(SEGMENT, UNIT, f"{unit}; %", "unit")
    rows.skip(SEGMENT)
    rows.own(fundamentals.segments_growth)
    rows.own(fundamentals.segments_end)
    rows.seen(fundamentals.like_for_like)
    rows.own(fundamentals.like_for_like_end)
    rows.own(fundamentals.g_delivered, "output")


def key_data(rows: Rows) -> None:
    """Write price, currency, value of the whole company and multiples."""
    rows.band("Key data", {ALL: "Value"})
    rows.own(price, "output")
    rows.own(price_date)
    rows.own(lines.market_cap)
    rows.own(lines.ev_at_price)
    rows.own(
        conversion.fx, unit=f"{rows.context.reporting_currency} / {rows.context.price_currency}"
    )
    rows.seen(description.adr_ratio)
    rows.own(valuation.own_pe)
    rows.seen(peer_pe, label="P/E of the peers")


def sum_of_parts(rows: Rows) -> None:
    """Write the sum of the parts: segments, enterprise value, per share, in 12 months."""
    rows.band("Sum of the parts", CASE_CAPTIONS)
    rows.heading("Base metric", f"{rows.origin(assumptions.base_stated)}; valued on")
    rows.segments(conversion.base_metric, own=True, note=metric_words)
    rows.heading("Growth of the base metric", rows.origin(assumptions.growth))
    rows.segments(assumptions.growth, own=False)
    rows.heading("Multiple of the grown metric", rows.origin(assumptions.multiple))
    rows.segments(assumptions.multiple, own=False)
    rows.heading("Segment value", "base metric x (1 + growth) x multiple; a loss counts negative")
    rows.segments(valuation.segment_value, own=True)
    rows.own(valuation.segments_total, "total")
    rows.own(
        conversion.fx, unit=f"{rows.context.reporting_currency} / {rows.context.price_currency}"
    )
    rows.seen(assumptions.conglomerate_discount)
    rows.own(valuation.ev, "output")
    rows.seen(net_cash)
    rows.seen(investments)
    rows.seen(assumptions.investment_haircut)
    rows.own(valuation.stakes)
    rows.seen(shares_diluted)
    _per_share(rows)
    rows.seen(assumptions.cost_of_equity)
    rows.own(conversion.dividend)
    rows.own(valuation.sotp_12m, "output")


def _per_share(rows: Rows) -> None:
    rows.heading("Segment value per share", "value / rate x (1 - discount) / shares")
    rows.segments(lines.segment_per_share, own=True)
    rows.own(lines.ev_per_share, "total")
    rows.own(lines.net_cash_per_share)
    rows.own(lines.stakes_per_share)
    rows.own(valuation.launch)
    rows.own(valuation.sotp_today, "output")


def earnings_multiple(rows: Rows) -> None:
    """Write the P/E method."""
    rows.band("Price / earnings", CASE_CAPTIONS)
    rows.seen(eps_reference)
    rows.seen(assumptions.eps_growth)
    rows.own(valuation.eps_12m)
    rows.seen(assumptions.pe_assumed)
    rows.seen(peer_pe, label="P/E of the peers")
    rows.seen(assumptions.peer_pe_discount)
    rows.own(valuation.pe_of_peers)
    rows.own(valuation.pe_multiple)
    rows.own(valuation.pe_12m, "output")


def values(rows: Rows) -> None:
    """Write the value of each case and what the cases come to together."""
    rows.band("Value in 12 months", CASE_CAPTIONS)
    rows.seen(valuation.sotp_12m)
    rows.seen(assumptions.weight_sotp)
    rows.seen(valuation.pe_12m)
    rows.seen(assumptions.weight_pe)
    rows.own(valuation.raw_value)
    rows.own(valuation.value, "headline")
    rows.own(valuation.upside)
    rows.own(valuation.scenario_probability)
    rows.own(valuation.weighted_value)
    rows.own(valuation.expected_value, "headline")
    rows.own(valuation.expected_upside, label="Expected value against the price")
    rows.own(valuation.skew, unit="ratio")
    rows.own(valuation.gain_part)
    rows.own(valuation.loss_part)
    rows.own(valuation.omega, unit="ratio")
    rows.own(valuation.implied_bull_probability)
    rows.own(valuation.house_bull_probability, label="The house's probability, on two points")


def stances(rows: Rows) -> None:
    """Write at which price to buy and to sell, before readiness is asked."""
    rows.band("Stance", {ALL: "Value"})
    rows.seen(price)
    rows.own(stance.total_return)
    rows.seen(assumptions.cost_of_equity)
    rows.seen(assumptions.stance_min_skew, unit="ratio")
    rows.own(stance.buy_below, "output")
    rows.seen(assumptions.stance_max_skew, unit="ratio")
    rows.own(stance.short_above, "output")
    rows.own(stance.view, "output")


_SECTIONS = (
    key_data,
    newest_figures,
    sum_of_parts,
    earnings_multiple,
    values,
    stances,
    questions.implied,
    questions.needed,
    delivered,
    questions.announcement,
    questions.market,
    questions.worth,
    questions.bridges,
)
_NEW_PAGE = (2, 3, 6, 8, 11, 12)  # sections that start a printed page
