"""The companies that ours is compared with: their multiples, and the P/E that they come to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    count_known,
    count_where,
    each,
    known,
    pick,
    same,
    sum_known,
    sum_where,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import CLAIM, PEER, PEER_ROW
from reportgen.model.evidence.claims import (
    claim_current,
    claim_key,
    claim_value,
    claim_variant,
)
from reportgen.model.inputs.description import peer
from reportgen.model.provenance import is_published, source_row, tier_of
from reportgen.model.ranks import above, below, first, larger, place_in_order
from reportgen.model.words import Table, line, lines_in, or_zero, row_number

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line

ROW = "peer[{peer_row}]"
MULTIPLES = Table(ROW, PEER_ROW)
number = row_number(f"{ROW}.number", PEER_ROW)
company = MULTIPLES.text("peer", "Company", at="company")
metric = MULTIPLES.text("metric", "Metric")
value = MULTIPLES.figure("value", "Value", Unit.NUMBER)
unit = MULTIPLES.text("unit", "Unit")
published = MULTIPLES.given("published", "Published", Unit.DATE)
source = MULTIPLES.text("source", "Source")

# --- the newest figure of each company and metric ---
row = line(f"{ROW}.row", "Row", Unit.COUNT, or_zero(number))
issued_on = line(f"{ROW}.issued_on", "Published, 0 if blank", Unit.DATE, or_zero(published))
is_known = line(f"{ROW}.known", "Known", Unit.FLAG, is_published(published, value))
place = place_in_order(
    f"{ROW}.place_by_day",
    "Later rows: by publication, row",
    PEER_ROW,
    larger(issued_on, below(row)),
)
newest = line(
    f"{ROW}.newest",
    "Newest of its company",
    Unit.FLAG,
    first(
        PEER_ROW,
        is_known > 0,
        same(each(company), company) * same(each(metric), metric) * each(is_known) * above(place),
    ),
)
_source_row = source_row(source, ROW)
tier = tier_of(_source_row, ROW)

# --- the P/E of each peer named: the newest trailing one, else the newest forward one ---
_PEER = "company.peer[{peer}]"


def _row_of_peer(metric_name: str, label: str) -> Line:
    mine = same(each(company), peer) * same(each(metric), metric_name) * each(newest)
    return line(f"{_PEER}.{metric_name}_row", label, Unit.COUNT, sum_where(PEER_ROW, mine, row))


trailing_row = _row_of_peer("pe_ttm", "Row of the trailing P/E")
forward_row = _row_of_peer("pe_ntm", "Row of the forward P/E")
stated_row = line(
    f"{_PEER}.pe_stated_row",
    "Row of the P/E stated",
    Unit.COUNT,
    where(trailing_row > 0, trailing_row, forward_row),
    note="the trailing one, else the forward one",
)
stated = line(f"{_PEER}.pe_stated", "P/E stated", Unit.MULTIPLE, pick(value, PEER_ROW, stated_row))
used = line(
    f"{_PEER}.pe",
    "P/E used",
    Unit.MULTIPLE,
    where(stated > 0, stated, NA),
    note="a peer whose newest is not positive is left out",
)
used_row = line(
    f"{_PEER}.pe_row", "Row of the P/E used", Unit.COUNT, where(known(used), stated_row, 0)
)
used_assumed = line(
    f"{_PEER}.assumed",
    "Of the house",
    Unit.FLAG,
    where(
        used_row > 0,
        where(same(pick(tier, PEER_ROW, used_row), "assumption"), 1, 0),
        0,
    ),
)
used_weak = line(
    f"{_PEER}.weak",
    "Weak",
    Unit.FLAG,
    where(
        used_row > 0,
        where(
            same(pick(tier, PEER_ROW, used_row), "assumption")
            | same(pick(tier, PEER_ROW, used_row), "user_post"),
            1,
            0,
        ),
        0,
    ),
)
inverse = line(f"{_PEER}.inverse_pe", "1 / P/E", Unit.NUMBER, 1 / used)
count = line("peers.count", "Peers with a P/E", Unit.COUNT, count_known(used, PEER))

# --- where no peer has one: every claim about one of them ---
_CLAIM = "claim[{claim}]"
claim_of_peer = line(
    f"{_CLAIM}.of_peer",
    "P/E of a peer",
    Unit.FLAG,
    where(
        same(claim_key, "pe") & (claim_current > 0) & (count < 1),
        where(
            (count_where(PEER, same(each(peer), claim_variant)) > 0) & (or_zero(claim_value) > 0),
            1,
            0,
        ),
        0,
    ),
)
claim_inverse = line(
    f"{_CLAIM}.inverse_pe",
    "1 / P/E of a peer",
    Unit.NUMBER,
    where(claim_of_peer > 0, 1 / claim_value, NA),
)
peer_pe_count = line(
    "peer_pe.count",
    "P/Es of peers",
    Unit.COUNT,
    where(count > 0, count, sum_known(claim_of_peer, CLAIM)),
)
_inverse_sum = line(
    "peer_pe.inverse_sum",
    "Sum of 1 / P/E",
    Unit.NUMBER,
    where(count > 0, sum_known(inverse, PEER), sum_known(claim_inverse, CLAIM)),
)
peer_pe = line(
    "peer_pe",
    "P/E of the peers",
    Unit.MULTIPLE,
    where(peer_pe_count > 0, peer_pe_count / _inverse_sum, NA),
    note="harmonic mean of the peers in peers.csv; of every claim where none has one there",
)
peer_without = line(
    f"{_PEER}.peer_pe_without",
    "P/E of the peers without it",
    Unit.MULTIPLE,
    where(known(used), (peer_pe_count - 1) / (_inverse_sum - inverse), NA),
)
claim_without = line(
    f"{_CLAIM}.peer_pe_without",
    "P/E of the peers without it",
    Unit.MULTIPLE,
    where(claim_of_peer > 0, (peer_pe_count - 1) / (_inverse_sum - claim_inverse), NA),
)

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(unit, tier, used_row, peer_without, claim_without)
