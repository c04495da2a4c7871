"""The P/E of the peers: a harmonic mean of every claim about one of them."""

from __future__ import annotations

from reportgen.expr.functions import count_where, each, same, sum_known, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import CLAIM, PEER
from reportgen.model.evidence.claims import (
    CLAIM_ROW,
    claim_key,
    claim_known,
    claim_value,
    claim_variant,
)
from reportgen.model.inputs.description import peer
from reportgen.model.words import line

claim_of_peer = line(
    f"{CLAIM_ROW}.of_peer",
    "P/E of a peer",
    Unit.FLAG,
    where(
        same(claim_key, "pe") & (claim_known > 0),
        where(count_where(PEER, same(each(peer), claim_variant)) > 0, 1, 0),
        0,
    ),
)
claim_inverse_pe = line(
    f"{CLAIM_ROW}.inverse_pe",
    "1 / P/E of a peer",
    Unit.NUMBER,
    where(claim_of_peer > 0, 1 / claim_value, NA),
)
peer_pe_count = line(
    "peer_pe.count", "P/E claims of peers", Unit.COUNT, sum_known(claim_of_peer, CLAIM)
)
peer_pe = line(
    "peer_pe",
    "P/E of the peers",
    Unit.MULTIPLE,
    where(peer_pe_count > 0, peer_pe_count / sum_known(claim_inverse_pe, CLAIM), NA),
    note="harmonic mean of every P/E claim about a peer",
)

claim_pe_without = line(
    f"{CLAIM_ROW}.peer_pe_without",
    "P/E of the peers without it",
    Unit.MULTIPLE,
    where(
        claim_of_peer > 0,
        (peer_pe_count - 1) / (sum_known(claim_inverse_pe, CLAIM) - claim_inverse_pe),
        NA,
    ),
)
