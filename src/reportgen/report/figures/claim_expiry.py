"""Shown on Evidence: claims that have expired: calls for three months, upside at another price."""

from __future__ import annotations

from reportgen.expr.functions import concat, date_text, fixed, known, percent, same, where
from reportgen.expr.nodes import NA
from reportgen.expr.units import Unit
from reportgen.model.evidence.claims import (
    call_newest,
    claim_key,
    claim_known,
    claim_seen,
    claim_value,
    weighed_claims,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import as_of, price_currency
from reportgen.model.market import close_on, price
from reportgen.model.words import line, or_zero

_CLAIM = "claim[{claim}]"

is_call = line(
    f"{_CLAIM}.is_call",
    "A vendor's call for three months",
    Unit.FLAG,
    where(
        (claim_known > 0)
        & (same(claim_key, "ai_score") | same(claim_key, "outperform_probability_3m")),
        1,
        0,
    ),
)
call_expired = line(
    f"{_CLAIM}.call_expired",
    "Call expired",
    Unit.FLAG,
    where(
        is_call > 0,
        where(weighed_claims.age > policy("fresh.vendor_call_days"), 1, 0),
        0,
    ),
)
price_then = line(
    f"{_CLAIM}.price_then",
    "Close it was said at",
    Unit.PER_SHARE,
    where(same(claim_key, "upside_to_target") & (claim_known > 0), close_on(claim_seen), NA),
)
target_then = line(
    f"{_CLAIM}.target_then",
    "Target that it implied",
    Unit.PER_SHARE,
    price_then * (1 + claim_value),
)
upside_now = line(
    f"{_CLAIM}.upside_now",
    "That target against today's price",
    Unit.CHANGE,
    target_then / price - 1,
)
upside_expired = line(
    f"{_CLAIM}.upside_expired",
    "Said at another price",
    Unit.FLAG,
    where(known(upside_now), where((price_then < price) | (price_then > price), 1, 0), 0),
)
expired = line(
    f"{_CLAIM}.expired",
    "Expired",
    Unit.FLAG,
    where((or_zero(call_expired) > 0) | (or_zero(upside_expired) > 0), 1, 0),
)
restated = line(
    f"{_CLAIM}.restated",
    "Said at another price, in words",
    Unit.TEXT,
    concat(
        "expired: said at ",
        price_currency,
        " ",
        fixed(price_then, 2),
        "; its target of ",
        fixed(target_then, 2),
        " is now ",
        percent(upside_now, 1),
        " from the price",
    ),
)
expiry = line(
    f"{_CLAIM}.expiry",
    "How it expired",
    Unit.TEXT,
    where(
        or_zero(upside_expired) > 0,
        restated,
        where(expired > 0, concat("expired: a 3-month call of ", date_text(claim_seen)), ""),
    ),
)

# --- the newest call of a vendor, whoever it is ---
call_age = line("vendor_call.age", "Age of the newest call", Unit.DAYS, as_of - call_newest)
call_words = line(
    "vendor_call.words",
    "State of the vendor's call",
    Unit.TEXT,
    where(
        known(call_age),
        where(
            call_age > policy("fresh.vendor_call_days"),
            "expired: not in the hype score",
            "in the hype score",
        ),
        "no such call is claimed",
    ),
)
