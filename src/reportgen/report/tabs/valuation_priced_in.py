"""The Valuation tab's question what the price holds: implied growth, and the ladder solving it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import priced_in
from reportgen.model.dims import GROWTH_CASE, GROWTH_CASES, STEP
from reportgen.model.fundamentals import eps_reference, g_delivered
from reportgen.model.inputs import assumptions, constants
from reportgen.model.market import price
from reportgen.report.figures import valuation as figures
from reportgen.report.figures.priced_in_notes import note_g_needed
from reportgen.report.tabs.valuation_rows import ALL, CASES, LABEL, LAST, NOTE, UNIT

if TYPE_CHECKING:
    from reportgen.report.tabs.valuation_rows import Rows

CASE_NAMES = {
    "price": "Today's price",
    "bear": "Bear",
    "base": "Base",
    "bull": "Bull",
    "consensus": "Consensus",
    "hype_adjusted": "Hype-adjusted",
    "bull_narrative": "Bull narrative",
}
HELPER = LAST + 1  # columns that feed a chart stand right of what is printed


def implied(rows: Rows) -> None:
    """Write the growth that today's price implies, and for how many years."""
    rows.band("What is priced in", {ALL: "Value"})
    rows.seen(price)
    rows.own(priced_in.net_assets_per_ads)
    rows.own(priced_in.operating_value)
    rows.seen(eps_reference)
    rows.seen(assumptions.cash_conversion)
    rows.own(priced_in.cash_flow_per_ads)
    rows.own(priced_in.multiple_paid)
    rows.seen(assumptions.cost_of_equity)
    rows.seen(assumptions.terminal_growth)
    rows.seen(assumptions.fade_years)
    rows.seen(assumptions.growth_half_life)
    rows.own(priced_in.perpetuity)
    rows.own(priced_in.g_two_stage, "output")
    rows.own(priced_in.g_implied)
    rows.seen(g_delivered)
    rows.own(priced_in.gap, "output")
    rows.own(priced_in.years_ratio)
    rows.own(priced_in.years_annuity)
    rows.own(priced_in.years_raw)
    rows.own(priced_in.implied_years, "output")
    rows.own(priced_in.years_verdict)


def needed(rows: Rows) -> None:
    """Write the growth that each value needs."""
    money = f"{rows.context.price_currency} / share"
    captions = {
        ALL: "Worth today",
        CASES: "Operating",
        CASES + 1: "Growth needed",
        CASES + 2: "Over delivered",
    }
    rows.band("Growth needed to justify", captions)
    rows.tab.text(rows.row - 1, HELPER, "Chart: caption", "note")
    rows.tab.put(figures.delivered_name, rows.row - 1, HELPER + 2, look="note")
    for at, case in enumerate(GROWTH_CASES):
        rows.tab.text(rows.row + at, LABEL, CASE_NAMES[case], "label")
    rows.column(GROWTH_CASE, UNIT, f"{money}; %", "unit")
    for line, col, look in (
        (priced_in.target_value, ALL, ""),
        (priced_in.wanted, CASES, ""),
        (priced_in.g_needed, CASES + 1, "output"),
        (figures.growth_over, CASES + 2, ""),
        (note_g_needed, NOTE, "note_indent"),
        (figures.growth_caption, HELPER, "helper"),
        (figures.delivered_drawn, HELPER + 2, "helper"),
    ):
        rows.place(line, col, look=look, down=(GROWTH_CASE,))
    rows.skip(GROWTH_CASE)


def ladder(rows: Rows) -> None:
    """Write the ladder of halvings that solves for the growth needed, one row a halving."""
    rows.band("Ladder: growth needed, by halving the bracket", {ALL: "Value"})
    rows.seen(constants.policy("solver.low"), label="Low end of the bracket")
    rows.seen(constants.policy("solver.high"), label="High end of the bracket")
    rows.own(priced_in.low_ratio)
    rows.own(priced_in.high_ratio)
    rows.own(priced_in.worth_low)
    rows.own(priced_in.worth_high)
    rows.row += 1
    _ladder_heads(rows)
    for at, step in enumerate(rows.tab.places.members[STEP]):
        rows.tab.text(rows.row + at, LABEL, f"Step {step}", "label")
    rows.place(priced_in.half_width, UNIT, look="calc.number", down=(STEP,))
    for at, line in enumerate((priced_in.middle, priced_in.ratio, priced_in.side)):
        rows.tab.put(
            line,
            rows.row,
            ALL + at,
            down=(STEP,),
            across=(GROWTH_CASE,),
            step=(1, 3),
            look="calc.count" if line is priced_in.side else "calc.number",
        )
    rows.skip(STEP)


def _ladder_heads(rows: Rows) -> None:
    names = tuple(CASE_NAMES[case] for case in GROWTH_CASES)
    rows.tab.text(rows.row + 1, LABEL, "Growth and ratio as plain numbers", "header_left")
    rows.tab.text(rows.row + 1, UNIT, "Half bracket", "header")
    for at, name in enumerate(names):
        col = ALL + 3 * at
        rows.tab.text(rows.row, col, name, "label_strong")
        for shift, caption in enumerate(("Middle", "Ratio", "Up 1, down -1")):
            rows.tab.text(rows.row + 1, col + shift, caption, "header")
    rows.row += 2
