"""Competitors: product prices beside our own, claims of a P/E, multiples of the peers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model.dims import OFFER
from reportgen.model.evidence import products
from reportgen.model.inputs.description import own_vendor
from reportgen.model.keys import NONE
from reportgen.report.assemble import footer
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures import competitors as figures
from reportgen.report.figures import price_changes
from reportgen.report.tables import HEADER_ROWS, Column, table
from reportgen.report.tabs.peer_tables import pe_table, peer_tables
from reportgen.report.tabs.price_columns import CHART_ROWS, price_columns
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
WIDTHS = (34, 10, 12, 10, 12, 11, 12, 12, 11, 11, 11, 11, 12, 11, 11, 7, 9, 20, 12, 3)


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: prices with their chart, then P/E claims, then peers, below each other."""
    tab.text(0, 0, tab.name, "title")
    tab.put(figures.headline, 1, 0, look="subtitle")
    tab.put(figures.said_discount, 1, HELPER_COL, look="helper")
    row = _prices(tab, context, TOP)
    row = pe_table(tab, context, row + 2)
    row = peer_tables(tab, context, row + 2)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(HELPER_COL, HELPER_COL + 14, 12))
    tab.freeze = (1, 1)
    tab.page = Page(area=Area(0, 0, row, LAST_COL), repeat_rows=(0, 0), footer=footer(context))


def _prices(tab: Tab, context: Context, row: int) -> int:
    """Lay out the offers with their chart; return the row after them."""
    if tab.places.members[OFFER] == (NONE,):
        section(tab, row, LAST_COL, {0: "Product prices"})
        tab.text(row + 1, 0, "n/a: the pack has no product prices", "note")
        return row + 2
    price_columns(tab, context, row)
    _key_figures(tab, context, row)
    return _offers(tab, context, row + CHART_ROWS + 2)


def _key_figures(tab: Tab, context: Context, row: int) -> None:
    for col in range(KEY_COL, KEY_COL + 5):
        tab.text(row, col, "" if col > KEY_COL else "Prices in brief", "section")
    lines = (
        figures.reference_name,
        figures.reference,
        figures.own_cheapest,
        figures.own_discount,
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
        Column(figures.name),
        Column(figures.market, look="code"),
        Column(figures.local_price, unit="as stated"),
        Column(figures.local_currency, look="code"),
        Column(products.offers.value, "In price currency", money, MONEY_LINK, elsewhere=True),
        Column(figures.over_reference),
        Column(figures.over_own),
        Column(price_changes.previous_price, unit=money, look=MONEY),
        Column(price_changes.previous_seen, "Previous observed"),
        Column(price_changes.change),
        Column(products.offers.low, unit=money, look=MONEY_LINK, elsewhere=True),
        Column(products.offers.high, unit=money, look=MONEY_LINK, elsewhere=True),
        Column(figures.state, look="code"),
        Column(products.offers.candidates, elsewhere=True),
        Column(figures.observed),
        Column(figures.age, "Age"),
        Column(figures.qualifier, unit="= ~ > <", look="code"),
        Column(figures.source),
        Column(figures.tier),
    )
    table(tab, context, (row + 1, 0), OFFER, columns)
    tab.text(row, HELPER_COL, "What the look-ups and the chart read", "note")
    helpers = (
        figures.chosen_row,
        figures.source_row,
        figures.is_reference,
        figures.is_own,
        figures.own_price,
        figures.other_price,
        figures.reference_price,
        price_changes.previous_row,
        figures.drawn_reference,
        price_changes.drawn_previous,
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
