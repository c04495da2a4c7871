"""The lower part of Competitors: claims of a P/E, quartiles of the peers, the peers' figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.model.evidence import claims
from reportgen.model.inputs.assumptions import peer_pe_discount
from reportgen.model.valuation import own_pe
from reportgen.report.blocks import section, unit_name
from reportgen.report.figures import pe_claims, peer_quartiles, peers
from reportgen.report.tables import HEADER_ROWS, Column, numbers_only, table

if TYPE_CHECKING:
    from reportgen.report.context import Context
    from reportgen.report.tab import Tab

LAST_COL, HELPER_COL = 18, 20
SOURCE_COL, NOTE_COL, NOTE_END = 6, 8, 12
FLAGS_COL = 9


def pe_table(tab: Tab, context: Context, row: int) -> int:
    """Lay out every claim of a P/E under our own and the peers'; return the row after them."""
    section(tab, row, LAST_COL, {0: "P/E as claimed", 4: "every claim of a P/E on Evidence"})
    for number, line in enumerate((own_pe, claims.peer_pe, peer_pe_discount), start=row + 1):
        tab.text(number, 0, line.label)
        tab.show(line, number, 2)
        tab.text(number, 3, unit_name(line.unit, context), "unit")
    columns = (
        Column(pe_claims.pe_company),
        Column(pe_claims.pe_of_peer, unit="1 yes"),
        Column(pe_claims.pe_value),
        Column(pe_claims.pe_qualifier, unit="= ~ > <", look="code"),
        Column(pe_claims.pe_observed),
    )
    row += 5
    table(tab, context, (row, 0), pe_claims.PE_ROW, columns)
    table(tab, context, (row, SOURCE_COL), pe_claims.PE_ROW, [Column(pe_claims.pe_source)])
    table(tab, context, (row, NOTE_COL), pe_claims.PE_ROW, [Column(pe_claims.pe_note)])
    for col in range(len(columns), NOTE_END + 1):
        if col not in {SOURCE_COL, NOTE_COL}:
            tab.text(row, col, "", "header")
    helpers = [Column(line) for line in (pe_claims.pe_position, pe_claims.pe_row)]
    table(tab, context, (row, HELPER_COL), pe_claims.PE_ROW, helpers)
    row += HEADER_ROWS + tab.size(pe_claims.PE_ROW)
    tab.text(row, 0, "Rows that are n/a wait for claims typed on Evidence.", "note")
    return row + 1


def peer_tables(tab: Tab, context: Context, row: int) -> int:
    """Lay out quartiles of the peers beside our own, and the rows below; return the last row."""
    section(tab, row, LAST_COL, {0: "Multiples of the peers", 4: "newest of each company"})
    if not context.pack.rows.peers:
        tab.text(row + 1, 0, "n/a: the pack has no multiples of peers", "note")
        return row + 1
    columns = (
        Column(peers.metric_name),
        Column(peers.metric_unit, look="input_code"),
        Column(peer_quartiles.count),
        Column(peer_quartiles.lower_quartile, unit="as unit"),
        Column(peer_quartiles.median, unit="as unit"),
        Column(peer_quartiles.upper_quartile, unit="as unit"),
        Column(peer_quartiles.own, unit="as unit"),
        Column(peer_quartiles.over_median),
        Column(peer_quartiles.standing, look="calc_indent"),
    )
    table(tab, context, (row + 1, 0), peers.METRIC, columns)
    row += 1 + HEADER_ROWS + tab.size(peers.METRIC)
    note = "Own: price on consensus EPS of the next 12 months (pe_ntm) or the EPS reference (pe); "
    note += "EV as on Valuation, over EBITA or revenue of the newest four quarters; "
    tab.text(row, 0, note + "delivered growth; n/a where not known. Quartiles interpolate.", "note")
    return _peer_rows(tab, context, row + 2)


def _peer_rows(tab: Tab, context: Context, row: int) -> int:
    columns = (
        Column(peers.company),
        Column(peers.metric, look="input_code"),
        Column(peers.value, unit="as unit"),
        Column(peers.unit, look="input_code"),
        Column(peers.published),
        Column(peers.source, look="input_indent"),
    )
    table(tab, context, (row, 0), peers.ROW, columns)
    flags = (peers.is_known, peers.newest, peers.rank, peers.crowd)
    table(tab, context, (row, FLAGS_COL), peers.ROW, [Column(line) for line in flags])
    helpers = (
        peers.number,
        peers.row,
        peers.issued_on,
        peers.ranked,
        peers.low_part,
        peers.middle_part,
        peers.high_part,
    )
    table(tab, context, (row, HELPER_COL), peers.ROW, [Column(line) for line in helpers])
    numbers_only(tab, peers.value, what="The multiple, or a ratio such as 0.12")
    return row + HEADER_ROWS + tab.size(peers.ROW) - 1
