"""Hype-adjusted: the hype score, its sub-scores, and what they are measured on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import hype_score, launch, priced_in, valuation
from reportgen.model.dims import SUB_SCORE, SUB_SCORES
from reportgen.model.evidence import claims
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures import sub_scores as figures
from reportgen.report.tabs import hype_charts
from reportgen.report.tabs.hype_grid import LAST_COL

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

CHART_ROWS = 15
BEHIND: tuple[Line, ...] = (
    hype_score.mean_implied_return,
    hype_score.mean_freshness,
    hype_score.dispersion,
    hype_score.runup_day,
    hype_score.price_before,
    hype_score.runup_benchmark,
    hype_score.runup_launch,
    hype_score.runup_estimate_before,
    hype_score.runup_estimate_change,
    hype_score.runup_unbacked,
    launch.gain,
    launch.value,
    valuation.own_pe,
    claims.peer_pe,
    priced_in.gap,
    hype_score.mean_reliability,
    claims.call_probability,
    claims.call_newest,
    hype_score.calibrated_logit,
    hype_score.calibrated,
    price_targets.count,
    price_targets.brokers,
    adjusted_value.targets_since_launch,
)
ELSEWHERE = {
    launch.gain,
    launch.value,
    valuation.own_pe,
    claims.peer_pe,
    priced_in.gap,
    claims.call_probability,
    claims.call_newest,
}


def scores(tab: Tab, context: Context, row: int) -> int:
    """Lay out the nine sub-scores and their chart; return the row after them."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "Hype score", 3: "what it measures, or why it is n/a"},
        {1: "1 = full", 2: "0-100"},
    )
    first = row + 1
    tab.put(figures.name, first, 0, down=(SUB_SCORE,))
    tab.put(hype_score.measured, first, 1, down=(SUB_SCORE,))
    tab.put(hype_score.sub, first, 2, down=(SUB_SCORE,))
    tab.put(figures.reason, first, 3, down=(SUB_SCORE,), look="note_indent")
    after = first + len(SUB_SCORES)
    for col, text in enumerate(("Mean of those that exist", "")):
        tab.text(after, col, text, "label_total")
    tab.show(hype_score.score, after, 2, look="total")
    tab.text(after + 1, 0, "Sub-scores that exist")
    tab.show(hype_score.coverage, after + 1, 2)
    tab.text(after + 1, 3, "no score is given where fewer than half exist", "note_indent")
    hype_charts.sub_scores_chart(tab, context, first, CHART_ROWS)
    return first + CHART_ROWS + 2


def behind(tab: Tab, context: Context, row: int) -> int:
    """Lay out the single numbers behind the sub-scores; return the row after them."""
    section(tab, row, LAST_COL, {0: "Behind the sub-scores"})
    for at, line in enumerate(BEHIND, start=row + 1):
        tab.text(at, 0, line.label)
        (tab.show if line in ELSEWHERE else tab.put)(line, at, 4)
        tab.text(at, 5, unit_name(line.unit, context), "note_indent")
        tab.text(at, 6, line.note, "note")
    return row + len(BEHIND) + 2


def in_order(tab: Tab, row: int) -> int:
    """Lay out what sorts the sub-scores for their chart; return the row after it."""
    helpers = (figures.counter, figures.number, hype_score.exists, figures.sort_key, figures.place)
    section(tab, row, LAST_COL, {0: "Sub-scores, sorted"}, _captions(helpers))
    tab.show(figures.name, row + 1, 0, down=(SUB_SCORE,))
    for col, line in enumerate(helpers, start=1):
        tab.put(line, row + 1, col, down=(SUB_SCORE,))
    return row + len(SUB_SCORES) + 2


def _captions(lines: tuple[Line, ...]) -> dict[int, str | Line]:
    return {col: line.label for col, line in enumerate(lines, start=1)}
