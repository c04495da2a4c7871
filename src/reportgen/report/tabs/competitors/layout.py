"""Competitors: product prices beside our own, claims of a P/E, multiples of the peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model import peers as multiples
from reportgen.model.dims import OFFER, PEER_ROW
from reportgen.model.evidence import products
from reportgen.model.inputs.assumptions import peer_pe_discount
from reportgen.model.inputs.description import own_vendor
from reportgen.model.peers import peer_pe
from reportgen.model.valuation import own_pe
from reportgen.report import optional
from reportgen.report.blocks import by_unit, footer, section, unit_name
from reportgen.report.tables import HEADER_ROWS, Column, numbers_only, table
from reportgen.report.tabs.competitors import lines as shown
from reportgen.report.tabs.competitors import peers
from reportgen.report.tabs.competitors.charts import CHART_ROWS, price_columns
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, ConditionalFormat, Page

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab


TOP = 3
NO_EARLIER = "n/a: no price from an earlier time"
MONEY, MONEY_LINK = "right.money", "link_right.money"  # two decimals, the currency in the units row
KEY_COL, KEY_VALUE_COL = 10, 13
STATE_COL, LAST_COL, HELPER_COL = 12, 18, 20
WIDTHS = (34, 12, 12, 10, 12, 11, 12, 12, 11, 11, 11, 11, 12, 11, 11, 7, 9, 20, 12, 3)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: prices with their chart, then P/E claims, then peers, below each other."""
    tab.text(0, 0, tab.name, "title")
    if optional.products(context):
        tab.put(shown.headline, 1, 0, look="subtitle")
        tab.put(shown.said_discount, 1, HELPER_COL, look="helper")
    row = TOP
    if optional.products(context):
        row = _prices(tab, context, row) + 2
    if optional.peers(context) or optional.multiples_claimed(context):
        row = pe_table(tab, context, row) + 2
    if optional.peers(context):
        row = peer_tables(tab, context, row) + 2
    if row == TOP:
        tab.text(row, 0, "The pack names no products and no peers.", "note")
    row = max(row - 2, TOP)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(HELPER_COL, HELPER_COL + 14, 12))
    tab.freeze = (1, 1)
    tab.page = Page(area=Area(0, 0, row, LAST_COL), repeat_rows=(0, 0), footer=footer(context))


def _prices(tab: Tab, context: Context, row: int) -> int:
    """Lay out the offers with their chart; return the row after them."""
    price_columns(tab, context, row)
    _key_figures(tab, context, row)
    return _offers(tab, context, row + CHART_ROWS + 2)


def _key_figures(tab: Tab, context: Context, row: int) -> None:
    for col in range(KEY_COL, KEY_COL + 5):
        tab.text(row, col, "" if col > KEY_COL else "Prices in brief", "section")
    lines = (
        shown.reference_name,
        shown.reference,
        shown.own_cheapest,
        shown.own_discount,
    )
    for number, line in enumerate(lines, start=row + 1):
        tab.text(number, KEY_COL, line.label)
        money = line.unit is Unit.NUMBER
        tab.put(line, number, KEY_VALUE_COL, look=MONEY if money else "")
        unit = context.price_currency if money else unit_name(line.unit, context)
        tab.text(number, KEY_VALUE_COL + 1, unit, "unit")
    tab.text(row + len(lines) + 1, KEY_COL, "Own vendor")
    tab.show(own_vendor, row + len(lines) + 1, KEY_VALUE_COL)


def _offers(tab: Tab, context: Context, row: int) -> int:
    """Lay out one row an offer; return the row after the last."""
    captions = {0: "Product prices", 4: "as weighed or chosen on Evidence", 7: NO_EARLIER}
    section(tab, row, LAST_COL, captions)
    money = context.price_currency
    columns = (
        Column(shown.name),
        Column(shown.market, look="code"),
        Column(shown.local_price, unit="as stated"),
        Column(shown.local_currency, look="code"),
        Column(products.offers.value, "In price currency", money, MONEY_LINK, elsewhere=True),
        Column(shown.over_reference),
        Column(shown.over_own),
        Column(shown.previous_price, unit=money, look=MONEY),
        Column(shown.previous_seen, "Previous observed"),
        Column(shown.change),
        Column(products.offers.low, unit=money, look=MONEY_LINK, elsewhere=True),
        Column(products.offers.high, unit=money, look=MONEY_LINK, elsewhere=True),
        Column(shown.state, look="code"),
        Column(products.offers.candidates, elsewhere=True),
        Column(shown.observed),
        Column(shown.age, "Age"),
        Column(shown.qualifier, unit="= ~ > <", look="code"),
        Column(shown.source),
        Column(shown.tier),
    )
    table(tab, context, (row + 1, 0), OFFER, columns)
    tab.text(row, HELPER_COL, "What the look-ups and the chart read", "note")
    helpers = (
        shown.chosen_row,
        shown.source_row,
        shown.is_reference,
        shown.is_own,
        shown.own_price,
        shown.other_price,
        shown.reference_price,
        shown.previous_row,
        shown.drawn_reference,
        shown.drawn_previous,
    )
    table(tab, context, (row + 1, HELPER_COL), OFFER, [Column(line) for line in helpers])
    first = row + 1 + HEADER_ROWS
    last = first + tab.size(OFFER) - 1
    states = (Area(first, STATE_COL, last, STATE_COL),)
    tab.conditional_formats += [
        ConditionalFormat(states, "text", "fail", text="conflict"),
        ConditionalFormat(states, "text", "warn", text="changed"),
    ]
    return last + 1


SOURCE_COL, NOTE_COL, NOTE_END = 6, 8, 12
FLAGS_COL = 9


def pe_table(tab: Tab, context: Context, row: int) -> int:
    """Lay out every claim of a P/E under our own and the peers'; return the row after them."""
    section(tab, row, LAST_COL, {0: "P/E as claimed", 4: "every claim of a P/E on Evidence"})
    for number, line in enumerate((own_pe, peer_pe, peer_pe_discount), start=row + 1):
        tab.text(number, 0, line.label)
        tab.show(line, number, 2)
        tab.text(number, 3, unit_name(line.unit, context), "unit")
    if not optional.multiples_claimed(context):
        return row + 4
    columns = (
        Column(shown.pe_company),
        Column(shown.pe_of_peer, unit="1 yes"),
        Column(shown.pe_value),
        Column(shown.pe_qualifier, unit="= ~ > <", look="code"),
        Column(shown.pe_observed),
    )
    row += 5
    table(tab, context, (row, 0), shown.PE_ROW, columns)
    table(tab, context, (row, SOURCE_COL), shown.PE_ROW, [Column(shown.pe_source)])
    table(tab, context, (row, NOTE_COL), shown.PE_ROW, [Column(shown.pe_note)])
    for col in range(len(columns), NOTE_END + 1):
        if col not in {SOURCE_COL, NOTE_COL}:
            tab.text(row, col, "", "header")
    helpers = [Column(line) for line in (shown.pe_places.place, shown.pe_places.row)]
    table(tab, context, (row, HELPER_COL), shown.PE_ROW, helpers)
    row += HEADER_ROWS + tab.size(shown.PE_ROW)
    tab.text(row, 0, "Rows that are n/a wait for claims typed on Evidence.", "note")
    return row + 1


_METRIC_UNIT, _QUARTILES, _OWN = 1, 3, 6


def peer_tables(tab: Tab, context: Context, row: int) -> int:
    """Lay out quartiles of the peers beside our own, and the rows below; return the last row."""
    section(tab, row, LAST_COL, {0: "Multiples of the peers", 4: "newest of each company"})
    if not context.pack.rows.peers:
        tab.text(row + 1, 0, "n/a: peers.csv has no multiples of those named", "note")
        return row + 1
    columns = (
        Column(peers.metric_name),
        Column(peers.metric_unit, look="input_code"),
        Column(peers.count),
        Column(peers.lower_quartile, unit="as unit"),
        Column(peers.median, unit="as unit"),
        Column(peers.upper_quartile, unit="as unit"),
        Column(peers.own, unit="as unit"),
        Column(peers.over_median),
        Column(peers.standing, look="calc_indent"),
    )
    table(tab, context, (row + 1, 0), peers.METRIC, columns)
    first = row + 1 + HEADER_ROWS
    row = first + tab.size(peers.METRIC)
    by_unit(tab, context, (Area(first, _QUARTILES, row - 1, _OWN),), _METRIC_UNIT)
    note = "Own: price on consensus EPS of the next 12 months (pe_ntm) or the EPS reference (pe); "
    note += "EV as on Valuation, over EBITDA, EBITA or revenue of twelve months; "
    note += "delivered growth of revenue; n/a where not known. Quartiles interpolate; rows of "
    tab.text(row, 0, note + "our own are left out of them.", "note")
    return _peer_rows(tab, context, row + 2)


def _peer_rows(tab: Tab, context: Context, row: int) -> int:
    columns = (
        Column(multiples.company),
        Column(multiples.metric, look="input_code"),
        Column(multiples.value, unit="as unit"),
        Column(multiples.unit, look="input_code"),
        Column(multiples.published),
        Column(multiples.source, look="input_indent"),
    )
    table(tab, context, (row, 0), PEER_ROW, columns)
    flags = (multiples.is_known, multiples.newest, peers.counted, peers.rank, peers.crowd)
    table(tab, context, (row, FLAGS_COL), PEER_ROW, [Column(line) for line in flags])
    helpers = (
        multiples.number,
        multiples.row,
        multiples.issued_on,
        multiples.tier,
        peers.ranked,
        peers.low_part,
        peers.middle_part,
        peers.high_part,
    )
    table(tab, context, (row, HELPER_COL), PEER_ROW, [Column(line) for line in helpers])
    numbers_only(tab, multiples.value, what="The multiple, or a ratio such as 0.12")
    return row + HEADER_ROWS + tab.size(PEER_ROW) - 1
