"""The Inputs tab: every assumption and constant in its own row, with room to override it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.dims import SCENARIO, SEGMENT
from reportgen.model.inputs import assumptions
from reportgen.report.assemble import footer
from reportgen.report.tabs import input_constants as constants
from reportgen.report.tabs import input_rows as rows
from reportgen.report.tabs import input_tables as tables
from reportgen.report.tabs.input_rows import CAPTIONS, Form, InputRows
from reportgen.xlsx.addresses import Area, a1
from reportgen.xlsx.book import Columns, ConditionalFormat, Page

if TYPE_CHECKING:
    from reportgen.model.words import Entry
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

HEADER = 4
WIDTHS = (56, 15, 15, 15, 13, 10.5, 16, 11, 14, 36, 11, 66, 36, 5)
HOW_TO = (
    "To try another figure, type it under Override: every tab follows. Clear it to go back.",
    "Say beside it who, why and until when: a review of the returned file reads these cells first.",
    "Blue: typed. Black: calculated. Green: from another tab. Orange: overridden.",
)
_CASES = (
    assumptions.probability,
    assumptions.conglomerate_discount,
    assumptions.investment_haircut,
    assumptions.eps_growth,
    assumptions.pe_assumed,
)
_VALUATION = (
    assumptions.peer_pe_discount,
    assumptions.weight_sotp,
    assumptions.weight_pe,
    assumptions.cost_of_equity,
    assumptions.terminal_growth,
    assumptions.growth_half_life,
    assumptions.fade_years,
    assumptions.cash_conversion,
    assumptions.benchmark_beta,
)
_LAUNCH = (
    assumptions.launch_market_share,
    assumptions.launch_share_ramp,
    assumptions.launch_margin_hardware,
    assumptions.launch_margin_ecosystem,
    assumptions.launch_tax,
    assumptions.launch_discount_rate,
    assumptions.launch_success_probability,
)
_HYPE = (
    assumptions.hype_optimism_rate,
    assumptions.hype_target_half_life,
    assumptions.hype_max_target_age,
    assumptions.hype_runup_share,
    assumptions.hype_runup_cap,
    assumptions.hype_launch_share,
    assumptions.hype_launch_cap,
    assumptions.hype_max_haircut,
    assumptions.hype_allowance_rate,
    assumptions.hype_weight_optimism,
    assumptions.hype_weight_staleness,
    assumptions.hype_weight_runup,
    assumptions.hype_weight_launch,
    assumptions.hype_switch_optimism,
    assumptions.hype_switch_staleness,
    assumptions.hype_switch_runup,
    assumptions.hype_switch_launch,
)
_STANCE = (assumptions.stance_min_skew, assumptions.stance_max_skew)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab."""
    _head(tab)
    sheet = InputRows(tab, context, HEADER)
    tables.company(sheet)
    tables.segments(sheet)
    sheet.band("Scenarios")
    for entry in _CASES:
        sheet.entry(entry, down=(SCENARIO,))
    sheet.band("Valuation: method and market")
    _single(sheet, _VALUATION)
    _dividend(sheet)
    sheet.band("Segments by scenario")
    for entry in (assumptions.growth, assumptions.multiple):
        sheet.entry(entry, down=(SEGMENT, SCENARIO))
    tables.launch(sheet)
    _single(sheet, _LAUNCH)
    tables.price_mix(sheet)
    sheet.band("Hype adjustment")
    _single(sheet, _HYPE)
    sheet.band("Stance")
    _single(sheet, _STANCE)
    tables.exchange_rates(sheet)
    constants.policy(sheet)
    constants.overrides(sheet)
    units_row = sheet.row + 1
    tables.units(sheet)
    _finish(sheet, units_row)


def _head(tab: Tab) -> None:
    tab.text(0, 0, "Inputs", "title")
    for row, text in enumerate(HOW_TO, start=1):
        tab.text(row, 0, text, "note")
    right = {rows.ISSUED, rows.OVERRIDE, rows.LIVE, rows.AS_OF, rows.EXPIRES}
    for col, caption in enumerate(CAPTIONS):
        tab.text(HEADER, col, caption, "header" if col in right else "header_left")


def _single(sheet: InputRows, entries: tuple[Entry, ...]) -> None:
    """Write inputs of one value each, named so that formulas read well."""
    for entry in entries:
        name = "" if entry.parameter is None else entry.parameter.key
        sheet.entry(entry, Form(unit=rows.unit_of_assumption(entry), name=name))


def _dividend(sheet: InputRows) -> None:
    currency = str(sheet.context.solved.values[assumptions.dividend_currency])
    sheet.entry(
        assumptions.dividend_stated, Form(unit=f"{currency} / share", name="dividend_stated")
    )
    sheet.typed(
        assumptions.dividend_currency,
        "Currency of the dividend",
        "code of a rate below",
        "assumption",
    )


def _finish(sheet: InputRows, units_row: int) -> None:
    tab, last = sheet.tab, sheet.row
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.freeze = (HEADER + 1, 1)
    tab.page = Page(
        area=Area(0, 0, last, rows.NOTE),
        repeat_rows=(0, 0),
        breaks=(units_row,),
        paper="A3",
        footer=footer(sheet.context),
    )
    tab.validations += sheet.rules.validations()
    overridden = f"=ISNUMBER({a1(sheet.lives[0].first_row, rows.OVERRIDE)})"
    tab.conditional_formats.append(
        ConditionalFormat(tuple(sheet.lives), "formula", "overridden", formula=overridden)
    )
