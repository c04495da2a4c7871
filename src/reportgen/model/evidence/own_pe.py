"""The P/E that documents claim of the company itself, against the one computed."""

from __future__ import annotations

from reportgen.expr.functions import known, largest, same, smallest, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.dims import CLAIM
from reportgen.model.evidence.claims import claim_key, claim_known, claim_value, claim_variant
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import ticker
from reportgen.model.valuation import own_pe
from reportgen.model.words import line

of_own_pe = line(
    "claim[{claim}].of_own_pe",
    "P/E of the company",
    Unit.MULTIPLE,
    where(same(claim_key, "pe") & same(claim_variant, ticker) & (claim_known > 0), claim_value, NA),
)
own_pe_low = line(
    "own_pe.claimed_low", "P/E claimed, lowest", Unit.MULTIPLE, smallest(of_own_pe, CLAIM)
)
own_pe_high = line(
    "own_pe.claimed_high", "P/E claimed, highest", Unit.MULTIPLE, largest(of_own_pe, CLAIM)
)
_NEAR = policy("conflict.approximate")
own_pe_apart = line(
    "own_pe.apart",
    "P/E computed is outside those claimed",
    Unit.FLAG,
    where((own_pe > own_pe_high * (1 + _NEAR)) | (own_pe < own_pe_low * (1 - _NEAR)), 1, 0),
)
own_pe_conflict = line(
    "own_pe.conflict",
    "P/E claimed against P/E computed: conflict",
    Unit.FLAG,
    where(known(own_pe_low) & known(own_pe), own_pe_apart, 0),
)
