"""Evidence: what is disputed at a glance, the declared alternatives, what expired or was known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import hype_score, launch, valuation
from reportgen.model.checks import freshness
from reportgen.model.dims import ALTERNATIVE, SCENARIO, SCENARIOS
from reportgen.model.evidence import claims
from reportgen.model.fundamentals import investments
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.whatif import alternatives as what_if
from reportgen.report.blocks import put_or_show, section, unit_name
from reportgen.report.figures import claim_expiry, evidence_claims
from reportgen.report.figures import evidence_summary as figures
from reportgen.report.tabs.evidence_grid import LAST_COL, USE
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import ConditionalFormat, Validation

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

COUNTS = (
    figures.considered,
    figures.distinct,
    freshness.conflicts,
    figures.changes,
    figures.contradictions,
    figures.expiries,
    figures.set_aside,
)
CHOICE = 4
OPTIONS = 5
FIRST_VALUE, CHANGE, CODE_COL = 5, 11, 12


def counts(tab: Tab, row: int) -> int:
    """Lay out the sentence and the counts; return the row after them."""
    tab.put(figures.headline, row, 0, look="subtitle")
    tab.heights[row + 1] = 42
    for col, line in enumerate(COUNTS, start=1):
        tab.text(row + 1, col, line.label, "header")
        place = tab.show if line is freshness.conflicts else tab.put
        place(line, row + 2, col, look="output")
    return row + 4


def controls(tab: Tab, context: Context, row: int) -> int:
    """Lay out the declared alternatives with their choice cells; return the row after them."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "Declared alternatives", 8: "Unit", 9: "In force", USE: "What can be typed"},
        {CHOICE: "Choice", 5: "First", 6: "Second", 7: "Second / first"},
    )
    rows = (
        (
            "Market of the launch",
            launch.market_choice,
            (launch.market_top_down, launch.market_bottom_up, launch.market_ratio),
            figures.market_in_force,
            (1, 2),
            "1 top-down, 2 bottom-up; blank: the method",
        ),
        (
            "P/E multiple of the bull case",
            valuation.pe_choice,
            (figures.pe_own, valuation.pe_of_peers),
            figures.pe_in_force,
            (1, 2),
            "1 own assumption, 2 peers'; blank: the method",
        ),
        (
            "Stakes outside the segments",
            valuation.stakes_choice,
            (investments,),
            figures.stakes_in_force,
            (0, 1),
            "0 left out, 1 counted in; blank: the method",
        ),
    )
    for at, (label, choice, values, in_force, bounds, says) in enumerate(rows, start=row + 1):
        tab.text(at, 1, label)
        tab.put(choice, at, CHOICE, look="control")
        first = OPTIONS if len(values) > 1 else OPTIONS + 1
        for col, line in enumerate(values, start=first):
            put_or_show(tab, line, at, col)
        tab.text(at, 8, unit_name(values[0].unit, context), "note_indent")
        tab.put(in_force, at, 9)
        tab.text(at, USE, says, "note")
        _choice(tab, at, bounds, says)
    return row + len(rows) + 2


def _choice(tab: Tab, row: int, bounds: tuple[int, int], says: str) -> None:
    low, high = bounds
    tab.validations.append(
        Validation(
            (Area(row, CHOICE, row, CHOICE),),
            "whole",
            low,
            high,
            error_title="Not one of the alternatives",
            error_message=says,
            input_title="Alternative",
            input_message=says,
        )
    )


def alternatives(tab: Tab, row: int) -> int:
    """Lay out every headline value under each alternative; return the row after them."""
    section(tab, row, LAST_COL, {0: "Headline values under each alternative"})
    columns: tuple[tuple[str, Line, Line], ...] = (
        ("Expected value", what_if.expected, valuation.expected_value),
        ("Hype-adjusted", what_if.hype_adjusted, adjusted_value.hype_value),
        ("Consensus", what_if.consensus_then, price_targets.consensus),
    )
    tab.heights[row + 1] = 30
    captions = {1: "In question", 2: "", 3: "If this is right", 4: "", CODE_COL: "Choice to type"}
    for col, text in captions.items():
        tab.text(row + 1, col, text, "header")
    for col, name in enumerate(SCENARIOS, start=FIRST_VALUE):
        tab.text(row + 1, col, name.title(), "header")
    tab.text(row + 2, 1, "As it stands", "label_strong")
    tab.show(valuation.value, row + 2, FIRST_VALUE, across=(SCENARIO,))
    tab.put(what_if.topic, row + 3, 1, down=(ALTERNATIVE,), look="label")
    tab.put(what_if.option, row + 3, 3, down=(ALTERNATIVE,), look="label")
    tab.put(what_if.code, row + 3, CODE_COL, down=(ALTERNATIVE,), look="calc")
    tab.put(what_if.values, row + 3, FIRST_VALUE, down=(ALTERNATIVE,), across=(SCENARIO,))
    for col, (caption, under, now) in enumerate(columns, start=FIRST_VALUE + len(SCENARIOS)):
        tab.text(row + 1, col, caption, "header")
        tab.show(now, row + 2, col)
        tab.put(under, row + 3, col, down=(ALTERNATIVE,))
    tab.text(row + 1, CHANGE, "Change of expected", "header")
    tab.put(what_if.expected_change, row + 3, CHANGE, down=(ALTERNATIVE,), look="calc.signed")
    return row + 3 + tab.size(ALTERNATIVE) + 1


def own_pe(tab: Tab, row: int) -> int:
    """Lay out the P/E that documents claim of the company against the one computed."""
    captions = {4: "Lowest", 5: "Highest", 6: "Computed", 7: "In conflict"}
    section(tab, row, LAST_COL, {0: "P/E claimed of the company itself", 8: "State"}, captions)
    tab.text(row + 1, 1, "P/E claims against price over trailing EPS")
    tab.put(evidence_claims.own_pe_low, row + 1, 4)
    tab.put(evidence_claims.own_pe_high, row + 1, 5)
    tab.show(valuation.own_pe, row + 1, 6)
    tab.put(evidence_claims.own_pe_conflict, row + 1, 7)
    tab.put(evidence_claims.own_pe_words, row + 1, 8, look="label_indent")
    tab.conditional_formats.append(
        ConditionalFormat((Area(row + 1, 7, row + 1, 7),), "cell", "warn", criterion=">", low=0)
    )
    return row + 3


def vendor_call(tab: Tab, row: int) -> int:
    """Lay out the call of a vendor, weighed over all its variants; return the row after it."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "A vendor's three-month call", 8: "State"},
        {4: "Probability", 5: "Calibrated", 6: "Observed", 7: "Age, days"},
    )
    tab.text(row + 1, 1, "Outperforms the market in three months")
    tab.put(claims.call_probability, row + 1, 4)
    put_or_show(tab, hype_score.calibrated, row + 1, 5)
    tab.put(claims.call_newest, row + 1, 6)
    tab.put(claim_expiry.call_age, row + 1, 7)
    tab.put(claim_expiry.call_words, row + 1, 8, look="label_indent")
    return row + 3
