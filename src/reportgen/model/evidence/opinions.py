"""What others expect: the bull narrative, and a vendor's call weighed over all its variants."""

from __future__ import annotations

from reportgen.expr.functions import count_where, each, largest, same, sum_where, where
from reportgen.expr.nodes import NA, Unit
from reportgen.model.choosing.weighing import weigh
from reportgen.model.dims import CLAIM
from reportgen.model.evidence.claims import (
    CLAIM_ROW,
    claim_key,
    claim_known,
    claim_seen,
    claim_valid,
    claim_value,
    weighed_claims,
)
from reportgen.model.words import line

# --- the bull narrative ---
claim_bull_target = line(
    f"{CLAIM_ROW}.bull_target",
    "Target of the bull narrative",
    Unit.PER_SHARE,
    where(same(claim_key, "bull_target") & (claim_known > 0), claim_value, NA),
)
bull_narrative = line(
    "bull_narrative", "Bull narrative, highest", Unit.PER_SHARE, largest(claim_bull_target, CLAIM)
)

# --- a vendor's call: weighed over all its variants ---
_CALL = "outperform_probability_3m"
call_fact = line(
    f"{CLAIM_ROW}.call.fact", "Call", Unit.TEXT, where(same(claim_key, _CALL), claim_key, "")
)
call_valid = line(
    f"{CLAIM_ROW}.call.candidate",
    "Candidate",
    Unit.FLAG,
    where(same(claim_key, _CALL), claim_valid, 0),
)
calls = weigh(
    weighed_claims.of._replace(prefix=f"{CLAIM_ROW}.call", fact_id=call_fact, is_known=call_valid)
)
call_probability = line(
    "vendor_call.probability",
    "Vendor's probability of outperforming",
    Unit.RATIO,
    where(
        count_where(CLAIM, each(calls.chosen)) > 0,
        sum_where(CLAIM, each(calls.chosen), calls.ranked),
        NA,
    ),
)
call_seen = line(
    f"{CLAIM_ROW}.call.seen",
    "Call observed",
    Unit.DATE,
    where(call_valid > 0, claim_seen, NA),
)
call_newest = line("vendor_call.observed", "Newest call", Unit.DATE, largest(call_seen, CLAIM))
