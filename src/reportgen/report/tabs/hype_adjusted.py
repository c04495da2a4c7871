"""Hype-adjusted: from the bull narrative and consensus to what is left without hype."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import hype_score
from reportgen.model.dims import COMPONENT
from reportgen.model.evidence.claims import bull_narrative
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.valuation import expected_value
from reportgen.model.whatif import hype_range
from reportgen.report.assemble import footer
from reportgen.report.blocks import put_or_show, section
from reportgen.report.figures import hype_adjusted as figures
from reportgen.report.tabs import hype_charts, hype_scores, hype_targets
from reportgen.report.tabs.hype_grid import LAST_COL, REST, WIDTHS
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

CHART_ROW, CHART_ROWS = 4, 15
TARGETS_ROW = 21
NAME = 7  # the column of the components' names, right of the waterfall
HEADLINES: tuple[tuple[str, Line], ...] = (
    ("Consensus", price_targets.consensus),
    ("against the price", price_targets.consensus_upside),
    ("Hype-adjusted", adjusted_value.hype_value),
    ("against the price", adjusted_value.hype_upside),
    ("Low: harsh set", hype_range.low),
    ("High: lenient set", hype_range.high),
    ("Generic haircut", adjusted_value.generic),
    ("Specific haircut", adjusted_value.specific),
    ("Allowance", adjusted_value.allowance),
    ("Hype score of 100", hype_score.score),
    ("Sub-scores known", hype_score.coverage),
    ("Consensus, 0% bear 100% bull", adjusted_value.consensus_tilt),
)
NAMES = ("1 Optimism", "2 Staleness", "3 Unbacked run-up", "4 Launch")
LIMITS = (
    "Targets are values in 12 months and are not rolled forward; other horizons are discounted.",
    "One launch day against one benchmark proves little: component 4 is capped for that reason.",
    "The caps, weights, half-life and allowance are judgement; their reasons stand on Inputs.",
    "A haircut is an average over many targets of the past: it says nothing of this company's.",
    "Trailing and forward P/E claims are mixed by their authors: the premium is a rough guide.",
)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: headlines, waterfall and components, targets, score, bridge, workings."""
    tab.text(0, 0, "Hype-adjusted value", "title")
    tab.put(figures.basis, 0, 3, look="subtitle")
    _headlines(tab, context)
    hype_charts.waterfall(tab, context, CHART_ROW, CHART_ROWS)
    _components(tab, context)
    row = hype_targets.brokers(tab, context, TARGETS_ROW)
    row = hype_scores.scores(tab, context, row)
    bridge_row = row
    row = _bridge(tab, context, row)
    row = _limits(tab, row)
    row = hype_targets.workings(tab, context, row)
    row = _component_workings(tab, row)
    row = printed = hype_scores.behind(tab, context, row)
    row = hype_scores.in_order(tab, row)
    hype_charts.helpers(tab, row)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(REST, REST + 3, 30))
    tab.freeze = (3, 1)
    tab.page = Page(
        area=Area(0, 0, printed - 1, LAST_COL),
        repeat_rows=(0, 0),
        paper="A3",
        footer=footer(context),
        breaks=(bridge_row,),
    )


def _headlines(tab: Tab, context: Context) -> None:
    tab.heights[1] = 30
    tab.text(1, 0, "Value in 12 months", "header_left")
    tab.text(2, 0, f"{context.price_currency} per listed share", "unit")
    for col, (caption, line) in enumerate(HEADLINES, start=1):
        tab.text(1, col, caption, "header")
        tab.put(line, 2, col, look="output")


def _components(tab: Tab, context: Context) -> None:
    """Lay out the state of each component right of the waterfall, and what they come to."""
    row = CHART_ROW
    left = {NAME + 2: "State", 14: "What it takes off, or why it does not"}
    right = {10: "Computed for", 11: "Switch", 12: "Weight", 13: context.price_currency}
    tab.text(row, NAME, "Components of the haircut", "section")
    for col in range(NAME + 1, LAST_COL + 1):
        caption = right.get(col, left.get(col, ""))
        beside = "band_indent" if col - 1 in right else "band_left"
        tab.text(row, col, caption, "band_right" if col in right else beside)
    for at, name in enumerate(NAMES, start=row + 1):
        tab.text(at, NAME, name)
    tab.put(adjusted_value.state, row + 1, NAME + 2, down=(COMPONENT,))
    tab.put(figures.coverage_words, row + 1, 10, down=(COMPONENT,), look="code")
    tab.put(adjusted_value.switch, row + 1, 11, down=(COMPONENT,), look="link")
    tab.put(adjusted_value.weight, row + 1, 12, down=(COMPONENT,), look="link")
    tab.put(adjusted_value.haircut, row + 1, 13, down=(COMPONENT,))
    tab.put(figures.component_reason, row + 1, 14, down=(COMPONENT,), look="note_indent")
    _sums(tab, row + 1 + len(NAMES))


def _sums(tab: Tab, row: int) -> None:
    rows = (
        ("All components", adjusted_value.haircut_total, "after the cap", "output"),
        ("before the cap", adjusted_value.raw_total, "the cap is a share of consensus: Inputs", ""),
        ("scale of the cap", adjusted_value.scale, "100%: the cap does not bind", ""),
        (
            "weight not measured",
            adjusted_value.unmeasured,
            "of the components that are ok or n/a",
            "",
        ),
        ("Narrative gap", adjusted_value.narrative_gap, "bull narrative above consensus", ""),
        ("Bull narrative", bull_narrative, "the highest bull target claimed: Evidence", ""),
        ("Start", adjusted_value.start, "the higher of bull narrative and consensus", ""),
    )
    for at, (label, line, note, look) in enumerate(rows, start=row):
        tab.text(at, NAME, label, "label_strong" if look else "label")
        put_or_show(tab, line, at, 13, look)
        tab.text(at, 14, note, "note_indent")
    tab.text(row + len(rows), NAME, "The switches stand on Inputs: 1 deducts, 0 does not.", "note")


def _bridge(tab: Tab, context: Context, row: int) -> int:
    """Lay out how the hype-adjusted value and the house's expected value differ."""
    section(tab, row, LAST_COL, {0: "From consensus to the house's expected value"})
    steps: tuple[tuple[str, Line, str], ...] = (
        ("Consensus", price_targets.consensus, ""),
        ("less generic: optimism, staleness", adjusted_value.generic, ""),
        ("less specific: run-up, launch", adjusted_value.specific, ""),
        ("less allowance", adjusted_value.allowance, ""),
        ("Hype-adjusted", adjusted_value.hype_value, "output"),
        ("and from there", adjusted_value.to_expected, ""),
        ("Expected value", expected_value, "output"),
    )
    tab.heights[row + 1] = 42
    tab.text(row + 1, 0, "Value in 12 months", "header_left")
    tab.text(row + 2, 0, f"{context.price_currency} per listed share", "unit")
    for col, (caption, line, look) in enumerate(steps, start=1):
        tab.text(row + 1, col, caption, "header")
        place = tab.put if line is adjusted_value.to_expected else tab.show
        place(line, row + 2, col, look=look)
    note = "Hype-adjusted: what others expect, without hype. Expected: our own cases, weighted."
    tab.text(row + 3, 0, note, "note")
    return row + 5


def _limits(tab: Tab, row: int) -> int:
    section(tab, row, LAST_COL, {0: "What this cannot tell"})
    for at, limit in enumerate(LIMITS, start=row + 1):
        tab.text(at, 0, limit, "note")
    return row + len(LIMITS) + 2


def _component_workings(tab: Tab, row: int) -> int:
    lines = (
        adjusted_value.computed,
        adjusted_value.applicable,
        adjusted_value.is_ok,
        adjusted_value.is_missing,
        adjusted_value.mean_amount,
        adjusted_value.raw_amount,
        adjusted_value.weight_missing,
        adjusted_value.weight_counted,
    )
    section(tab, row, LAST_COL, {0: "Behind the components"})
    tab.put(figures.component_meaning, row + 2, 9, down=(COMPONENT,), look="note_indent")
    tab.put(figures.component_lack, row + 2, 13, down=(COMPONENT,), look="note_indent")
    tab.heights[row + 1] = 30
    tab.text(row + 1, 0, "Component", "header_left")
    for at, name in enumerate(NAMES, start=row + 2):
        tab.text(at, 0, name)
    for col, line in enumerate(lines, start=1):
        tab.text(row + 1, col, line.label, "header")
        tab.put(line, row + 2, col, down=(COMPONENT,))
    return row + 2 + len(NAMES) + 1
