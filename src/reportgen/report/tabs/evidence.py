"""Evidence: every claim and price considered, what was made of it, and what speaks against it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.report.assemble import footer
from reportgen.report.tabs import evidence_facts, evidence_launch, evidence_tables, evidence_top
from reportgen.report.tabs.evidence_grid import LAST_COL, REST, REST_WIDTH, WIDTHS
from reportgen.xlsx.addresses import Area
from reportgen.xlsx.book import Columns, Page

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

WORKING_COLUMNS = 70


def build(tab: Tab, context: Context) -> None:
    """Lay out the tab: what is disputed, choices, facts, products, then the tables behind them."""
    tab.text(0, 0, "Evidence", "title")
    row = evidence_top.counts(tab, 1)
    row = evidence_top.controls(tab, context, row)
    row = evidence_top.alternatives(tab, row)
    row = evidence_facts.facts(tab, context, row)
    row = evidence_facts.offers(tab, context, row)
    row = evidence_top.own_pe(tab, row)
    row = evidence_top.vendor_call(tab, row)
    row = evidence_launch.launch_news(tab, context, row)
    claims_row = row
    row = evidence_tables.claims(tab, context, row)
    row = evidence_tables.products(tab, context, row)
    row = evidence_tables.sources(tab, context, row)
    tab.widths += [Columns(col, col, width) for col, width in enumerate(WIDTHS)]
    tab.widths.append(Columns(REST, REST + WORKING_COLUMNS, REST_WIDTH))
    tab.freeze = (1, 3)
    tab.page = Page(
        area=Area(0, 0, row - 1, LAST_COL),
        repeat_rows=(0, 0),
        paper="A3",
        footer=footer(context),
        breaks=(claims_row,),
    )
