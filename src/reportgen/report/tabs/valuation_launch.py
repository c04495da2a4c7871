"""The Valuation tab's launch: what the market paid for it, and what it may be worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model import launch
from reportgen.model.dims import VARIANT, YEAR
from reportgen.model.fundamentals import ads_diluted
from reportgen.model.inputs import assumptions
from reportgen.report.tabs.valuation_rows import ALL, CASES, CHOSEN, LABEL, NOTE, UNIT

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line
    from reportgen.report.tabs.valuation_rows import Rows

LOOKED_UP = NOTE + 2  # the column that names the fact a number was looked up from


def announcement(rows: Rows) -> None:
    """Write what the market paid for the launch."""
    rows.band("The launch: what the market paid", {ALL: "Value"})
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
    rows.own(launch.terminal)
    rows.own(launch.pv_of_one, "total")
    rows.own(launch.pv_top_down)
    rows.own(launch.pv_bottom_up)
    rows.seen(ads_diluted)
    rows.own(launch.per_share_top_down)
    rows.own(launch.value, "output")
    rows.own(launch.value_bull, "output")
    rows.own(launch.overpricing, "output")
    rows.own(launch.breakeven_share, "output")
    rows.own(launch.verdict)
