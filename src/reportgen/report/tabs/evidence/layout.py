"""Evidence: what is disputed at a glance, then a row a fact and a row a product, with choices."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.model import hype_score, launch, valuation
from reportgen.model.checks import freshness
from reportgen.model.dims import ALTERNATIVE, CLAIM, FACT, OFFER, PRODUCT, SCENARIO, SCENARIOS
from reportgen.model.evidence import claims, products
from reportgen.model.evidence import own_pe as own_pe_claims
from reportgen.model.fundamentals import investments
from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.whatif import alternatives as what_if
from reportgen.report import optional
from reportgen.report.blocks import by_unit, footer, put_or_show, section, unit_name
from reportgen.report.tables import Column, table
from reportgen.report.tabs.evidence import claims as claim_lines
from reportgen.report.tabs.evidence import contradictions, tables
from reportgen.report.tabs.evidence import counts as disputes
from reportgen.report.tabs.evidence import facts as fact_lines
from reportgen.report.tabs.evidence import products as product_lines
from reportgen.report.tabs.evidence.grid import (
    LAST_COL,
    REST,
    REST_WIDTH,
    STATE,
    USE,
    WIDTHS,
    Band,
    alerts,
    rest,
)
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, ConditionalFormat, Page, Validation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from reportgen.expr.nodes import Dim, Line
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


WORKING_COLUMNS = 150


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: what is disputed, choices, facts, products, then the tables behind them."""
    tab.text(0, 0, "Evidence", "title")
    row = counts(tab, 1)
    chosen = tuple(declared(context))
    if chosen:
        row = controls(tab, context, row, chosen)
        row = alternatives(tab, row)
    if optional.claims(context):
        row = facts(tab, context, row)
    if optional.products(context):
        row = offers(tab, context, row)
    if optional.claims(context):
        row = own_pe(tab, row)
    if optional.vendor_call(context):
        row = vendor_call(tab, row)
    row = tables.launch_news(tab, context, row)
    row = tables.sources(tab, context, row)
    if optional.events(context):
        row = tables.events(tab, context, row)
    printed = row
    if optional.claims(context):
        row = tables.claims(tab, context, row)
    if optional.products(context):
        tables.products(tab, context, row)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(REST, REST + WORKING_COLUMNS, REST_WIDTH))
    tab.freeze = (1, 3)
    tab.page = Page(
        area=Area(0, 0, printed - 1, LAST_COL),  # what is chosen from the tables below stands above
        repeat_rows=(0, 0),
        footer=footer(context),
    )


COUNTS = (
    disputes.considered,
    disputes.distinct,
    freshness.conflicts,
    disputes.changes,
    disputes.contradictions,
    disputes.expiries,
    disputes.set_aside,
)
CONTROL_COL = 4
OPTIONS = 5
FIRST_VALUE, CHANGE, CODE_COL = 5, 11, 12


def counts(tab: Tab, row: int) -> int:
    """Lay out the sentence and the counts; return the row after them."""
    tab.put(disputes.headline, row, 0, look="subtitle")
    tab.heights[row + 1] = 42
    for col, line in enumerate(COUNTS, start=1):
        tab.text(row + 1, col, line.label, "header")
        place = tab.show if line is freshness.conflicts else tab.put
        place(line, row + 2, col, look="output")
    return row + 4


class Declared(NamedTuple):
    """An alternative that is declared: its choice cell, the values, what can be typed."""

    label: str
    choice: Line
    values: tuple[Line, ...]
    in_force: Line
    bounds: tuple[int, int]
    says: str


def declared(context: Context) -> Iterator[Declared]:
    """Yield the declared alternatives that the pack asks for."""
    if optional.launch(context):
        yield Declared(
            "Market of the launch",
            launch.market_choice,
            (launch.market_top_down, launch.market_bottom_up, launch.market_ratio),
            disputes.market_in_force,
            (1, 2),
            "1 top-down, 2 bottom-up; blank: the method",
        )
    if optional.peer_multiple(context):
        yield Declared(
            "P/E multiple of the bull case",
            valuation.pe_choice,
            (disputes.pe_own, valuation.pe_of_peers),
            disputes.pe_in_force,
            (1, 2),
            "1 own assumption, 2 peers'; blank: the method",
        )
    if optional.stakes(context):
        yield Declared(
            "Stakes outside the segments",
            valuation.stakes_choice,
            (investments,),
            disputes.stakes_in_force,
            (0, 1),
            "0 left out, 1 counted in; blank: the method",
        )


def controls(tab: Tab, context: Context, row: int, rows: tuple[Declared, ...]) -> int:
    """Lay out the declared alternatives with their choice cells; return the row after them."""
    section(
        tab,
        row,
        LAST_COL,
        {0: "Declared alternatives", 8: "Unit", 9: "In force", USE: "What can be typed"},
        {CONTROL_COL: "Choice", 5: "First", 6: "Second", 7: "Second / first"},
    )
    for at, (label, choice, values, in_force, bounds, says) in enumerate(rows, start=row + 1):
        tab.text(at, 1, label)
        tab.put(choice, at, CONTROL_COL, look="control")
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
            (Area(row, CONTROL_COL, row, CONTROL_COL),),
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
    tab.put(own_pe_claims.own_pe_low, row + 1, 4)
    tab.put(own_pe_claims.own_pe_high, row + 1, 5)
    tab.show(valuation.own_pe, row + 1, 6)
    tab.put(own_pe_claims.own_pe_conflict, row + 1, 7)
    tab.put(claim_lines.own_pe_words, row + 1, 8, look="label_indent")
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
    tab.put(claim_lines.call_age, row + 1, 7)
    tab.put(claim_lines.call_words, row + 1, 8, look="label_indent")
    return row + 3


CHOICE = 13


def facts(tab: Tab, context: Context, row: int) -> int:
    """Lay out the facts that documents claim; return the row after them."""
    f = claims.facts
    columns = (
        Column(claims.fact_number, unit="no.", look="input_code"),
        Column(claims.fact_key, unit=""),
        Column(claims.fact_variant, unit=""),
        Column(fact_lines.told.source, unit=""),
        Column(f.value, unit="its unit", look="output"),
        Column(f.low, "Low, of the newest", "its unit"),
        Column(f.high, "High, of the newest", "its unit"),
        Column(fact_lines.unit, unit="", look="code"),
        Column(f.candidates, unit="count"),
        Column(f.spread, unit="%"),
        Column(f.tolerance, unit="%"),
        Column(f.weighed_value, "Weighed median", "its unit"),
        Column(contradictions.fact_reported, "Company reports"),
        Column(claims.fact_choice, "Choice", "claim, row", look="control"),
        Column(f.conflict, unit="yes / no"),
        Column(fact_lines.feeds, unit="", look="label_indent"),
        Column(fact_lines.state, unit="", look="state"),
    )
    band = Band(tab, context, row, FACT, "Facts", "what documents claim, and the value used")
    by_unit(tab, context, (band.body(4, 6), band.body(11, 11)), 7)
    return _laid(band, columns, claims.fact_choice, CLAIM)


def offers(tab: Tab, context: Context, row: int) -> int:
    """Lay out the products and what each costs; return the row after them."""
    o, price = products.offers, context.price_currency
    columns = (
        Column(products.offer_number, unit="no.", look="input_code"),
        Column(products.offer_vendor, unit=""),
        Column(products.offer_product, unit=""),
        Column(products.offer_variant, unit=""),
        Column(o.value, unit=price, look="output"),
        Column(o.low, "Low, of the newest", price),
        Column(o.high, "High, of the newest", price),
        Column(o.candidates, unit="count"),
        Column(o.spread, unit="%"),
        Column(o.tolerance, unit="%"),
        Column(product_lines.told.changed_on),
        Column(product_lines.told.changed_from, unit=price),
        Column(o.weighed_value, "Weighed median", price),
        Column(products.offer_choice, "Choice", "price, row", look="control"),
        Column(o.conflict, unit="yes / no"),
        Column(product_lines.feeds, unit="", look="label_indent"),
        Column(product_lines.state, unit="", look="state"),
        Column(product_lines.told.source, unit="", look="label_indent"),
    )
    band = Band(tab, context, row, OFFER, "Products", "what each costs, in the price currency")
    return _laid(band, columns, products.offer_choice, PRODUCT)


def _laid(band: Band, columns: tuple[Column, ...], choice: Line, candidates: Dim) -> int:
    tab, row = band.tab, band.row
    section(tab, row, LAST_COL, {0: band.title, 4: band.says})
    table(tab, band.context, (row + 1, 0), band.dim, columns)
    rest(band)
    alerts(band, STATE)
    _choices(band, choice, tab.size(candidates))
    note = (
        "Choice: type the row number of the candidate you trust; clear it to return to the weighed "
        "median. Conflict: candidates seen close together differ by more than the tolerance."
    )
    tab.text(band.after, 0, note, "note")
    return band.after + 2


def _choices(band: Band, choice: Line, candidates: int) -> None:
    """Let only row numbers of candidates be typed into the choice cells of a table."""
    band.tab.validations.append(
        Validation(
            (band.body(CHOICE, CHOICE),),
            "whole",
            1,
            candidates,
            error_title="A row number is needed",
            error_message="Type the row number of a candidate of this fact, or clear the cell.",
            input_title=choice.label[:32],
            input_message="Row number of the candidate to use; blank: the weighed median.",
        )
    )
