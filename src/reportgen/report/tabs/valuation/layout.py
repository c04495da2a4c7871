"""Valuation: the one engine, every case beside the others, and a case to select."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from reportgen.facts.catalogue import EV_EBITDA, PB, PE, SOTP
from reportgen.model import delivered_growth, fundamentals, stance, twelve_months, valuation
from reportgen.model.delivered_growth import segment_series
from reportgen.model.dims import CYCLE, FLOW, SEGMENT
from reportgen.model.fundamentals import investments, net_cash, shares_diluted
from reportgen.model.inputs import assumptions, conversion, description
from reportgen.model.inputs.description import segment_name
from reportgen.model.market import price, price_date
from reportgen.model.peers import peer_pe
from reportgen.model.twelve_months import eps_reference
from reportgen.model.valuation import scenario_choice
from reportgen.report import optional
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
    from collections.abc import Callable

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


_SELECTOR = 2
SELECTOR = (_SELECTOR, ALL)  # the cell that selects a case
_AND_CHART = " and the first chart follow"


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: selector, charts, the sections, and the ladder, which is not printed."""
    tab.text(0, LABEL, "Valuation", "title")
    tab.put(subtitle, 1, LABEL, look="subtitle")
    _selector(tab, context)
    charts.add(tab, context)
    rows = Rows(tab, context, charts.TOP + charts.HEIGHT + 1)
    for section in _SECTIONS:
        if section.asked(context):
            section.write(rows)
    printed = rows.row
    questions.ladder(rows)
    _page(tab, context, printed)


def _selector(tab: Tab, context: Context) -> None:
    row = _SELECTOR
    tab.text(row, LABEL, "Selected case: choose bear, base or bull", "label_strong")
    tab.put(scenario_choice, row, ALL, look="control")
    tab.put(selected_caption, row, CHOSEN, look="selected")
    followers = f"Column G{_AND_CHART if optional.method(context, SOTP) else ' follows'}"
    tab.text(row, NOTE, f"{followers}; blank is base", "note_indent")
    tab.validations.append(
        Validation(
            (Area(row, ALL, row, ALL),),
            "list",
            items=("bear", "base", "bull"),
            error_title="Selected case",
            error_message="Choose bear, base or bull; blank is base.",
            input_title="Selected case",
            input_message=f"bear, base or bull: {followers[0].lower()}{followers[1:]}.",
        )
    )


def _page(tab: Tab, context: Context, printed: int) -> None:
    tab.widths.append(Columns(LABEL, LABEL, 40))
    tab.widths.append(Columns(UNIT, LAST + 4 * 7, 13.5))
    tab.freeze = (_SELECTOR + 1, ALL)
    tab.page = Page(
        area=Area(0, 0, printed - 1, LAST),
        repeat_rows=(0, _SELECTOR + 1),  # with the empty row below
        footer=footer(context),
    )


_ROW = LAST + 2  # what the look-ups read stands right of the printed page
_LOOKS = {
    lines.figure_row: "helper",
    delivered_growth.segment_row: "helper",
    lines.figure_period: "label_indent",
    lines.flow_period: "label_indent",
    segment_series: "helper",
}


def newest_figures(rows: Rows) -> None:
    """Write the newest figures of the company, with sources."""
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
        fundamentals.book_value,
        delivered_growth.like_for_like,
        delivered_growth.ebita_yoy,
        delivered_growth.eps_yoy,
    ):
        _labelled(rows, line, rows.context.named(line.label))
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


def twelve_months_of(rows: Rows) -> None:
    """Write the twelve months of each flow: what they are, what they are made of, candidates."""
    captions = {
        ALL: "Twelve months",
        CASES: "Growth",
        CASES + 1: "Year before",
        CASES + 2: "Ended",
        CHOSEN: "Published",
    }
    texts = {NOTE: "Made of", NOTE + 2: "Last period", NOTE + 3: "Source"}
    rows.band("Trailing twelve months", captions, texts)
    tab, first = rows.tab, rows.row
    tab.put(twelve_months.flow_series, first, LABEL, down=(FLOW,), look="label_indent")
    rows.column(FLOW, UNIT, f"{rows.context.price_currency} m; / share", "unit")
    for line, col, look in (
        (twelve_months.twelve_months, ALL, ""),
        (twelve_months.growth, CASES, ""),
        (twelve_months.twelve_months_before, CASES + 1, ""),
        (twelve_months.end_day, CASES + 2, ""),
        (twelve_months.known_since, CHOSEN, ""),
        (lines.flow_made_of, NOTE, "note_indent"),
        (lines.flow_period, NOTE + 2, "label_indent"),
        (lines.flow_source, NOTE + 3, "note_indent"),
    ):
        rows.place(line, col, look=look, down=(FLOW,))
    _candidates(rows, first)
    rows.skip(FLOW)
    rows.own(eps_reference, "output")
    rows.own(twelve_months.eps_growth_ttm)
    rows.own(valuation.ebitda_ttm)
    rows.own(delivered_growth.free_cash_flow)


def _candidates(rows: Rows, first: int) -> None:
    """Place what the twelve months are chosen from right of the printed page."""
    tab, col = rows.tab, _ROW
    cycles = tab.places.members[CYCLE]
    for line in (
        twelve_months.flow_number,
        twelve_months.flow_row,
        twelve_months.last_end,
        twelve_months.chosen_cycle,
        twelve_months.last_row,
        twelve_months.recent,
        twelve_months.has_year_before,
        twelve_months.disagreement,
    ):
        tab.text(first - 1, col, line.label, "helper_head")
        tab.put(line, first, col, down=(FLOW,), look="helper")
        col += 1
    for line in (
        twelve_months.candidate_row,
        twelve_months.candidate_end,
        twelve_months.candidate,
        twelve_months.candidate_before,
        twelve_months.has_candidate_before,
        twelve_months.ends_last,
        twelve_months.is_chosen,
        twelve_months.rival,
    ):
        for at, cycle in enumerate(cycles):
            told = f"{line.label}: {cycle.replace('_', ' ')}"
            tab.text(first - 1, col + at, told, "helper_head")
        tab.put(line, first, col, down=(FLOW,), across=(CYCLE,), look="helper")
        col += len(cycles)
    below = first + tab.size(FLOW)
    for at, line in enumerate(
        (
            twelve_months.cycle_number,
            twelve_months.cycle_row,
            twelve_months.cycle_length,
            twelve_months.is_rolled,
        ),
        start=below,
    ):
        tab.text(at, _ROW, line.label, "helper_head")
        tab.put(line, at, _ROW + 1, across=(CYCLE,), look="helper")


def delivered(rows: Rows) -> None:
    """Write the growth that was delivered: of the group, and segment by segment."""
    captions = {
        ALL: "Newest period",
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
            (delivered_growth.segment_revenue, ALL),
            (delivered_growth.segment_yoy, CASES),
            (delivered_growth.segment_before, CASES + 1),
            (delivered_growth.segment_end, CASES + 2),
            (lines.segment_published, CHOSEN),
            (lines.segment_source, NOTE),
            (segment_series, NOTE + 2),
            (delivered_growth.segment_row, _ROW),
        ),
    )
    rows.tab.show(segment_name, rows.row, LABEL, down=(SEGMENT,), look="label_indent")
    unit = unit_name(delivered_growth.segment_revenue.unit, rows.context)
    rows.column(SEGMENT, UNIT, f"{unit}; %", "unit")
    rows.skip(SEGMENT)
    rows.own(delivered_growth.segments_growth)
    rows.own(delivered_growth.segments_end)
    rows.seen(delivered_growth.like_for_like)
    rows.own(delivered_growth.like_for_like_end)
    rows.own(delivered_growth.g_delivered_revenue, "output")
    rows.own(delivered_growth.g_delivered_earnings)
    rows.own(delivered_growth.g_delivered, "output")


def scenario_inputs(rows: Rows) -> None:
    """Write what is assumed case by case, a column a case, as the live cells of Inputs have it."""
    rows.band("Scenario inputs, typed on Inputs", CASE_CAPTIONS)
    rows.called_up(assumptions.probability, valuation.scenario_probability)
    for name, of_segments, of_cases in _BY_METHOD:
        if optional.method(rows.context, name):
            for line in of_segments:
                rows.heading(line.label, rows.origin(line))
                rows.called_up_by_segment(line)
            for line in of_cases:
                rows.called_up(line, line)


_BY_METHOD = (
    (
        SOTP,
        (assumptions.growth, assumptions.multiple),
        (assumptions.conglomerate_discount, assumptions.investment_haircut),
    ),
    (PE, (), (assumptions.eps_growth, assumptions.pe_assumed)),
    (EV_EBITDA, (), (assumptions.ebitda_growth, assumptions.ev_ebitda_multiple)),
    (PB, (), (assumptions.book_growth, assumptions.pb_multiple)),
)


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
    rows.own(conversion.dividend)
    rows.own(valuation.own_pe)
    rows.seen(peer_pe, label="P/E of the peers")


def sum_of_parts(rows: Rows) -> None:
    """Write the sum of the parts: segments, enterprise value, per share, in 12 months."""
    rows.band("Sum of the parts", CASE_CAPTIONS)
    rows.heading("Base metric, as typed", f"{rows.origin(assumptions.base_stated)}; valued on")
    rate = conversion.looked_up_rate(assumptions.base_currency)
    rows.tab.text(rows.row - 1, _ROW, "Rate of its currency", "helper_head")
    rows.tab.put(rate, rows.row, _ROW, down=(SEGMENT,), look="helper")
    rows.segments(conversion.base_typed, own=True, note=metric_words)
    rows.heading("Twelve months as reported", "at the as-of rate; published:")
    first = rows.row
    rows.segments(valuation.reported, own=True)
    rows.tab.put(valuation.reported_on, first, NOTE, down=(SEGMENT,), look="note_indent")
    rows.tab.put(valuation.is_typed, first, _ROW, down=(SEGMENT,), look="helper")
    rows.tab.put(valuation.segment_flow, first, _ROW + 1, down=(SEGMENT,), look="helper")
    rows.heading("Base metric", "the newer of the two; of one day what is typed")
    rows.segments(valuation.base_metric, own=True)
    rows.heading("Growth of the base metric", rows.origin(assumptions.growth))
    rows.segments(assumptions.growth, own=False)
    if not np.isnan(rows.context.solved.values[assumptions.level_stated]).all():
        rows.heading("Metric in 12 months, as typed", rows.origin(assumptions.level_stated))
        rows.segments(conversion.level_typed, own=True)
    rows.heading("Metric in 12 months", "the newer of a level and growth of the base metric")
    rows.segments(valuation.level, own=True)
    rows.heading("Multiple of it", rows.origin(assumptions.multiple))
    rows.segments(assumptions.multiple, own=False)
    rows.heading("Segment value", "metric in 12 months x multiple; a loss counts negative")
    rows.segments(valuation.segment_value, own=True)
    rows.own(valuation.segments_total, "total")
    rows.own(
        conversion.fx, unit=f"{rows.context.reporting_currency} / {rows.context.price_currency}"
    )
    rows.own(valuation.segments_gain)
    rows.seen(assumptions.conglomerate_discount)
    rows.own(valuation.ev, "output")
    rows.seen(net_cash)
    rows.seen(investments)
    rows.seen(assumptions.investment_haircut)
    rows.own(valuation.stakes)
    rows.seen(shares_diluted)
    _per_share(rows)
    rows.seen(assumptions.cost_of_equity)
    rows.seen(conversion.dividend)
    rows.own(valuation.sotp_unfloored)
    rows.own(valuation.sotp_12m, "output")


def _per_share(rows: Rows) -> None:
    rows.heading("Segment value per share", "value / rate x (1 - discount) / shares")
    rows.segments(lines.segment_per_share, own=True)
    rows.own(lines.ev_per_share, "total")
    rows.own(lines.net_cash_per_share)
    rows.own(lines.stakes_per_share)
    if optional.launch(rows.context):
        rows.own(valuation.launch)
    rows.own(valuation.sotp_today, "output")


def earnings_multiple(rows: Rows) -> None:
    """Write the P/E method."""
    rows.band("Price / earnings", CASE_CAPTIONS)
    rows.seen(eps_reference)
    rows.seen(assumptions.eps_growth)
    rows.own(conversion.eps_level_typed)
    rows.own(valuation.eps_12m)
    rows.seen(assumptions.pe_assumed)
    rows.seen(peer_pe, label="P/E of the peers")
    rows.seen(assumptions.peer_pe_discount)
    rows.own(valuation.pe_of_peers)
    rows.own(valuation.pe_multiple)
    rows.own(valuation.pe_unfloored)
    rows.own(valuation.pe_12m, "output")


def operations_multiple(rows: Rows) -> None:
    """Write the EV/EBITDA method."""
    rows.band("EV/EBITDA", CASE_CAPTIONS)
    rows.seen(valuation.ebitda_ttm)
    rows.seen(assumptions.ebitda_growth)
    rows.own(valuation.ebitda_12m)
    rows.seen(assumptions.ev_ebitda_multiple)
    rows.own(
        conversion.fx, unit=f"{rows.context.reporting_currency} / {rows.context.price_currency}"
    )
    rows.seen(net_cash)
    rows.own(valuation.stakes)
    rows.seen(shares_diluted)
    rows.own(valuation.ev_ebitda_unfloored)
    rows.own(valuation.ev_ebitda_12m, "output")


def book_multiple(rows: Rows) -> None:
    """Write the P/B method."""
    rows.band("Price / book value", CASE_CAPTIONS)
    rows.seen(fundamentals.book_value)
    rows.seen(shares_diluted)
    rows.own(valuation.book_per_share)
    rows.seen(assumptions.book_growth)
    rows.own(valuation.book_12m)
    rows.seen(assumptions.pb_multiple)
    rows.own(valuation.pb_unfloored)
    rows.own(valuation.pb_12m, "output")


def values(rows: Rows) -> None:
    """Write the value of each case and what the cases come to together."""
    rows.band("Value in 12 months", CASE_CAPTIONS)
    for name, method in valuation.METHODS.items():
        if optional.method(rows.context, name):
            rows.seen(method.value)
            rows.seen(method.weight)
            rows.own(valuation.weight_used[name])
    rows.own(valuation.weights_used, "total")
    rows.own(valuation.raw_value)
    rows.own(valuation.unfloored_value)
    rows.own(valuation.value, "headline")
    rows.own(valuation.upside)
    rows.own(valuation.scenario_probability)
    rows.own(valuation.weighted_value)
    rows.own(valuation.expected_value, "headline")
    rows.own(valuation.expected_upside, label="Expected value against the price")
    rows.seen(conversion.dividend)
    rows.own(valuation.present_value)
    rows.own(valuation.skew, unit="ratio")
    rows.own(valuation.gain_part)
    rows.own(valuation.loss_part)
    rows.own(valuation.omega, unit="ratio")
    rows.own(valuation.implied_bull_probability)
    rows.own(valuation.house_bull_probability)


def stances(rows: Rows) -> None:
    """Write at which price to buy and to sell, before readiness is asked."""
    rows.band("Stance", {ALL: "Value"})
    rows.seen(price)
    rows.own(stance.total_return)
    rows.seen(assumptions.cost_of_equity)
    rows.own(stance.excess_return)
    rows.own(stance.buy_return)
    rows.seen(assumptions.stance_min_skew, unit="ratio")
    rows.own(stance.buy_skew)
    rows.own(stance.buy_below, "output")
    rows.own(stance.short_return)
    rows.seen(assumptions.stance_max_skew, unit="ratio")
    rows.own(stance.short_skew)
    rows.own(stance.short_above, "output")
    rows.own(stance.view, "output")


class Section(NamedTuple):
    """A part of the tab, whether it starts a printed page, and when it is asked for."""

    write: Callable[[Rows], None]
    asked: Callable[[Context], bool] = lambda _: True


def _method(name: str) -> Callable[[Context], bool]:
    return lambda context: optional.method(context, name)


_SECTIONS = (
    Section(scenario_inputs),
    Section(key_data),
    Section(newest_figures),
    Section(twelve_months_of),
    Section(sum_of_parts, asked=_method(SOTP)),
    Section(earnings_multiple, asked=_method(PE)),
    Section(operations_multiple, asked=_method(EV_EBITDA)),
    Section(book_multiple, asked=_method(PB)),
    Section(values),
    Section(stances),
    Section(questions.implied),
    Section(questions.needed),
    Section(delivered),
    Section(questions.announcement, asked=optional.launch),
    Section(questions.market, asked=optional.launch),
    Section(questions.worth, asked=optional.launch),
    Section(questions.bridges),
)
