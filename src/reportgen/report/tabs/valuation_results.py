"""The Valuation tab's results of the company: newest figures, four quarters, growth delivered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import fundamentals
from reportgen.model.dims import QUARTER, SEGMENT
from reportgen.model.inputs.description import segment_name
from reportgen.report.blocks import unit_name
from reportgen.report.figures import valuation_sources as sources
from reportgen.report.tabs.valuation_rows import ALL, CASES, CHOSEN, LABEL, LAST, NOTE, UNIT

if TYPE_CHECKING:
    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.tabs.valuation_rows import Rows

_ROW = LAST + 2  # what the look-ups read stands right of the printed page
_LOOKS = {
    sources.figure_row: "helper",
    sources.quarter_row: "helper",
    sources.segment_row: "helper",
    sources.figure_period: "label_indent",
    sources.quarter_period: "label_indent",
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
        sources.FIGURE,
        (
            (sources.figure_end, CASES),
            (sources.figure_published, CASES + 1),
            (sources.figure_period, CASES + 2),
            (sources.figure_row, _ROW),
            (sources.figure_source, NOTE),
        ),
    )
    for line in (
        fundamentals.ads_diluted,
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
            (sources.quarter_end, CASES),
            (sources.quarter_published, CASES + 1),
            (sources.quarter_period, CASES + 2),
            (sources.quarter_row, _ROW),
            (sources.quarter_source, NOTE),
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
            (sources.segment_published, CHOSEN),
            (sources.segment_source, NOTE),
            (fundamentals.segment_series, NOTE + 2),
            (sources.segment_row, _ROW),
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
