"""The lower half of Valuation: what the price holds, the launch, bull and bear against base."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import launch, priced_in
from reportgen.model.checks import differences
from reportgen.model.delivered_growth import g_delivered, g_delivered_revenue
from reportgen.model.dims import (
    BRIDGE_CASE,
    BRIDGE_ORDER,
    DRIVER,
    GROWTH_CASE,
    GROWTH_CASES,
    STEP,
    VARIANT,
    YEAR,
)
from reportgen.model.fundamentals import shares_diluted
from reportgen.model.inputs import assumptions, constants
from reportgen.model.market import price
from reportgen.model.twelve_months import eps_reference
from reportgen.model.whatif import bridges as bridge_lines
from reportgen.report.blocks import by_unit
from reportgen.report.tabs.cases import lines as case_lines
from reportgen.report.tabs.valuation import lines
from reportgen.report.tabs.valuation.notes import SUMS, note_base, note_effect
from reportgen.report.tabs.valuation.priced_in_notes import note_g_needed
from reportgen.report.tabs.valuation.rows import ALL, CASES, CHOSEN, LABEL, LAST, NOTE, UNIT
from reportgen.xlsx.addresses import Area

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.tabs.valuation.rows import Rows


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
    rows.own(priced_in.net_assets_per_share)
    rows.own(priced_in.operating_value)
    rows.seen(eps_reference)
    rows.seen(assumptions.cash_conversion)
    rows.own(priced_in.cash_flow_per_share)
    rows.own(priced_in.multiple_paid)
    rows.seen(assumptions.cost_of_equity)
    rows.seen(assumptions.terminal_growth)
    rows.seen(assumptions.fade_years)
    rows.seen(assumptions.growth_half_life)
    rows.own(priced_in.perpetuity)
    rows.own(priced_in.g_two_stage, "output")
    rows.own(priced_in.g_implied)
    rows.seen(g_delivered)
    rows.seen(g_delivered_revenue)
    rows.own(priced_in.gap, "output")
    rows.own(priced_in.years_ratio)
    rows.own(priced_in.years_annuity)
    rows.own(priced_in.years_solved)
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
    rows.tab.put(lines.delivered_name, rows.row - 1, HELPER + 2, look="note")
    for at, case in enumerate(GROWTH_CASES):
        rows.tab.text(rows.row + at, LABEL, CASE_NAMES[case], "label")
    rows.column(GROWTH_CASE, UNIT, f"{money}; %", "unit")
    for line, col, look in (
        (priced_in.target_value, ALL, ""),
        (priced_in.wanted, CASES, ""),
        (priced_in.g_needed, CASES + 1, "output"),
        (lines.growth_over, CASES + 2, ""),
        (note_g_needed, NOTE, "note_indent"),
        (lines.growth_caption, HELPER, "helper"),
        (lines.delivered_drawn, HELPER + 2, "helper"),
    ):
        rows.place(line, col, look=look, down=(GROWTH_CASE,))
    rows.skip(GROWTH_CASE)


_OF_STEP = {  # of each value, on each step
    priced_in.middle: "Middle",
    priced_in.ratio: "Ratio",
    priced_in.faded: "Ratio ^ years",
    priced_in.side: "Up 1, down -1",
}


def ladder(rows: Rows) -> None:
    """Write the ladder of halvings that solves for the growth needed, one row a halving."""
    rows.band("Ladder: growth needed, by halving the bracket", {ALL: "Value"})
    rows.seen(constants.policy("solver.low"), label="Low end of the bracket")
    rows.seen(constants.policy("solver.high"), label="High end of the bracket")
    rows.own(priced_in.near_one)
    rows.own(priced_in.low_ratio)
    rows.own(priced_in.high_ratio)
    rows.own(priced_in.low_faded)
    rows.own(priced_in.high_faded)
    rows.own(priced_in.worth_low)
    rows.own(priced_in.worth_high)
    rows.row += 1
    _ladder_heads(rows)
    for at, step in enumerate(rows.tab.places.members[STEP]):
        rows.tab.text(rows.row + at, LABEL, f"Step {step}", "label")
    rows.place(priced_in.half_width, UNIT, look="calc.number", down=(STEP,))
    for at, line in enumerate(_OF_STEP):
        rows.tab.put(
            line,
            rows.row,
            ALL + at,
            down=(STEP,),
            across=(GROWTH_CASE,),
            step=(1, len(_OF_STEP)),
            look="calc.count" if line is priced_in.side else "calc.number",
        )
    rows.skip(STEP)


def _ladder_heads(rows: Rows) -> None:
    names = tuple(CASE_NAMES[case] for case in GROWTH_CASES)
    rows.tab.text(rows.row + 1, LABEL, "Growth and ratio as plain numbers", "header_left")
    rows.tab.text(rows.row + 1, UNIT, "Half bracket", "header")
    for at, name in enumerate(names):
        col = ALL + len(_OF_STEP) * at
        rows.tab.text(rows.row, col, name, "label_strong")
        for shift, caption in enumerate(_OF_STEP.values()):
            rows.tab.text(rows.row + 1, col + shift, caption, "header")
    rows.row += 2


LOOKED_UP = NOTE + 2  # the column that names the fact a number was looked up from


def announcement(rows: Rows) -> None:
    """Write what the market paid for the launch."""
    rows.band("The launch: what the market paid", {ALL: "Value"})
    rows.own(launch.days_since)
    rows.own(launch.applies)
    rows.own(launch.day)
    rows.own(launch.close_before)
    rows.own(launch.close_on_day)
    rows.own(launch.closed_on_day)
    rows.own(launch.claimed_return)
    _looked_up(rows, launch.claim_id)
    rows.own(launch.day_return)
    rows.seen(assumptions.benchmark_beta)
    rows.own(launch.benchmark_before, unit="index points")
    rows.own(launch.benchmark_on_day, unit="index points")
    rows.own(launch.market_return)
    rows.own(launch.abnormal_return)
    rows.own(launch.gain, "output")


def _looked_up(rows: Rows, fact: Line) -> None:
    """Write beside the row above from which fact its number comes."""
    rows.row -= 1
    rows.place(fact, LOOKED_UP, look="helper")
    rows.row += 1


def market(rows: Rows) -> None:
    """Write the market of the launch, top-down and bottom-up."""
    rows.band("The launch: its market", {ALL: "Value"})
    rows.own(launch.first_year, unit="year")
    rows.own(launch.last_year, unit="year")
    rows.own(launch.years)
    rows.own(launch.first_size)
    _looked_up(rows, launch.first_size_id)
    rows.own(launch.last_size)
    _looked_up(rows, launch.last_size_id)
    rows.own(launch.cagr)
    rows.own(launch.market_top_down, "output")
    rows.own(launch.units_year, unit="year")
    rows.own(launch.units, unit="m units")
    _looked_up(rows, launch.units_id)
    _price_mix(rows)
    rows.own(launch.average_price, "total", unit=f"{rows.context.price_currency} / unit")
    rows.own(launch.market_bottom_up, "output")
    rows.own(launch.market_ratio)


def _price_mix(rows: Rows) -> None:
    captions = ((ALL, "Share of units"), (CASES, "Price"), (CASES + 1, "Share x price"))
    rows.tab.text(rows.row, LABEL, "Price of the product, by variant", "label_strong")
    for col, caption in captions:
        rows.tab.text(rows.row, col, caption, "header")
    rows.row += 1
    rows.tab.show(assumptions.variant_id, rows.row, LABEL, down=(VARIANT,), look="label_indent")
    rows.column(VARIANT, UNIT, f"%; {rows.context.price_currency}", "unit")
    for line, col, look, own in (
        (assumptions.launch_price_mix, ALL, "", False),
        (launch.variant_price, CASES, "", True),
        (launch.variant_part, CASES + 1, "", True),
        (launch.variant_offer, NOTE, "note_indent", True),
    ):
        rows.place(line, col, look=look, own=own, down=(VARIANT,))
    rows.skip(VARIANT)


def worth(rows: Rows) -> None:
    """Write the present value of the launch, year by year, and what it says of the gain."""
    captions = {
        ALL: "Market",
        CASES: "Market share",
        CASES + 1: "Profit",
        CASES + 2: "Present value",
        CHOSEN: "Last profit",
    }
    rows.band("The launch: what it may be worth", {ALL: "Value"})
    for assumption in (
        assumptions.launch_market_share,
        assumptions.launch_share_ramp,
        assumptions.launch_margin_hardware,
        assumptions.launch_margin_ecosystem,
        assumptions.launch_tax,
        assumptions.launch_discount_rate,
        assumptions.launch_success_probability,
        assumptions.terminal_growth,
    ):
        rows.seen(assumption)
    rows.tab.text(rows.row, LABEL, "For a market of 1 in year 1", "label_strong")
    for col, caption in captions.items():
        rows.tab.text(rows.row, col, caption, "header")
    rows.tab.text(
        rows.row, NOTE, "0 after the last year claimed; n/a without a market", "note_indent"
    )
    rows.row += 1
    for line, col in (
        (launch.year, UNIT),
        (launch.index, ALL),
        (launch.share, CASES),
        (launch.profit, CASES + 1),
        (launch.present, CASES + 2),
        (launch.last_profit, CHOSEN),
    ):
        rows.place(line, col, down=(YEAR,))
    rows.column(YEAR, LABEL, "Model year", "label_indent")
    rows.skip(YEAR)
    _verdict(rows)


def _verdict(rows: Rows) -> None:
    rows.own(launch.terminal_profit)
    rows.own(launch.terminal_discount)
    rows.own(launch.terminal)
    rows.own(launch.pv_of_one, "total")
    rows.own(launch.pv_top_down)
    rows.own(launch.pv_bottom_up)
    rows.seen(shares_diluted)
    rows.own(launch.per_share_top_down)
    rows.own(launch.value, "output")
    rows.own(launch.value_bull, "output")
    rows.own(launch.overpricing, "output")
    rows.own(launch.breakeven_share, "output")
    rows.own(launch.verdict)


_MONEY = CASES + 2  # in the bull case, then in the bear case
_AFTER, _REST = NOTE + 1, NOTE + 3
_HELPERS = LAST + 2


def bridges(rows: Rows) -> None:
    """Write what each driver adds, and the values before and after it is switched."""
    captions = {
        ALL: "Base",
        CASES: "Bull",
        CASES + 1: "Bear",
        _MONEY: "Bull, money",
        _MONEY + 1: "Bear, money",
        _AFTER: "Bull, to here",
        _AFTER + 1: "Bear, to here",
        _REST: "Bull, after",
        _REST + 1: "Bear, after",
    }
    rows.band("Bridges from base, by driver", captions, {NOTE: "Note"})
    money = f"{rows.context.price_currency} / share"
    rows.heading("Mean of switching in this order and in reverse")
    rows.tab.text(rows.row - 1, _AFTER, f"value, {money}, with the drivers switched", "note")
    first = rows.row
    rows.tab.put(bridge_lines.label, first, LABEL, down=(DRIVER,), look="label_indent")
    rows.tab.put(case_lines.unit, first, UNIT, down=(DRIVER,), look="unit")
    for line, col in (
        (case_lines.LEVELS["base"], ALL),
        (case_lines.LEVELS["bull"], CASES),
        (case_lines.LEVELS["bear"], CASES + 1),
    ):
        rows.tab.put(line, first, col, down=(DRIVER,))
    for line, col in (
        (bridge_lines.effect, _MONEY),
        (bridge_lines.forward, _AFTER),
        (bridge_lines.backward, _REST),
    ):
        look = "calc.signed" if line is bridge_lines.effect else ""
        rows.tab.put(line, first, col, down=(DRIVER,), across=(BRIDGE_CASE,), look=look)
    rows.tab.put(note_effect, first, NOTE, down=(DRIVER,), look="note_indent")
    levels = Area(first, ALL, first + rows.tab.size(DRIVER) - 1, CASES + 1)
    by_unit(rows.tab, rows.context, (levels,), UNIT)
    _helpers(rows, first)
    rows.skip(DRIVER)
    _totals(rows, money)


def _totals(rows: Rows, money: str) -> None:
    """Write what the bars come to, and the values that they lead from and to."""
    tab = rows.tab
    for label, (line, note) in SUMS.items():
        is_total = line is differences.bridge_sum
        tab.text(rows.row, LABEL, label, "label_total" if is_total else "label")
        for col in range(UNIT, CHOSEN):
            unit = money if col == UNIT else ""
            tab.text(rows.row, col, unit, "unit_total" if is_total else "unit")
        look = "total.signed" if is_total else "calc.signed"
        shown = "" if line is bridge_lines.case_raw else look
        tab.put(line, rows.row, _MONEY, across=(BRIDGE_CASE,), look=shown)
        tab.put(note, rows.row, NOTE, look="note_indent")
        rows.row += 1
    rows.place(note_base, NOTE, look="note_indent")
    rows.own(bridge_lines.base_raw)


def _helpers(rows: Rows, first: int) -> None:
    """Place what ranks the drivers right of the printed page, each column with its header."""
    tab, col = rows.tab, _HELPERS
    tab.text(first - 2, col, "Behind the bridges", "helper_title")
    for line in (case_lines.row, *case_lines.TEXTS.values()):
        tab.text(first - 1, col, line.label, "helper_head")
        tab.put(line, first, col, down=(DRIVER,), look="helper")
        col += 1
    for line in (case_lines.size, case_lines.size_key, case_lines.is_known, case_lines.rank):
        for case in tab.places.members[BRIDGE_CASE]:
            tab.text(first - 1, col, f"{line.label}, {case}", "helper_head")
            col += 1
        tab.put(line, first, col - 2, down=(DRIVER,), across=(BRIDGE_CASE,), look="helper")
    across = (BRIDGE_CASE, BRIDGE_ORDER)
    tab.put(bridge_lines.state, first, col, down=(DRIVER,), across=across, look="helper")
    for case in tab.places.members[BRIDGE_CASE]:
        for order in tab.places.members[BRIDGE_ORDER]:
            tab.text(first - 1, col, f"{case.capitalize()}, {order}", "helper_head")
            col += 1
