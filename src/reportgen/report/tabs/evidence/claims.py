"""The lines beside every claim: its unit, whether it has expired, what became of it."""

from __future__ import annotations

from reportgen.expr.functions import (
    concat,
    either,
    fixed,
    given_text,
    known,
    percent,
    same,
    where,
)
from reportgen.expr.nodes import NA, Unit
from reportgen.model.checks.plausibility import claimed_day_close
from reportgen.model.dims import FACT
from reportgen.model.evidence.claims import (
    bull_narrative,
    call_newest,
    claim_amount,
    claim_bull_target,
    claim_contradicted_by,
    claim_fact_millions,
    claim_fact_row,
    claim_fits,
    claim_in_millions,
    claim_key,
    claim_known,
    claim_measure,
    claim_millions,
    claim_published,
    claim_seen,
    claim_unit,
    claim_value,
    fact_choice,
    fact_id,
    facts,
    weighed_claims,
)
from reportgen.model.evidence.own_pe import of_own_pe, own_pe_conflict, own_pe_low
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.conversion import measure_currency
from reportgen.model.inputs.description import as_of, price_currency
from reportgen.model.market import price
from reportgen.model.number_text import cents, in_words, money
from reportgen.model.peers import claim_of_peer
from reportgen.model.valuation import own_pe
from reportgen.model.words import line, or_zero
from reportgen.report.tabs.evidence.candidates import CandidateTable, moves, no_candidate
from reportgen.report.tabs.evidence.contradictions import (
    contradicted,
    opponent_tier,
    opposite,
    twin,
)

_CLAIM = "claim[{claim}]"
_STEP = 1000  # from one magnitude to the next

currency = line(
    f"{_CLAIM}.currency",
    "Currency of the unit",
    Unit.TEXT,
    claim_measure.of(measure_currency),
)
millions = line(
    f"{_CLAIM}.millions",
    "Millions in one",
    Unit.NUMBER,
    either(claim_fact_millions, claim_millions),
)
magnitude_of_one = line(
    f"{_CLAIM}.magnitude_of_one",
    "Magnitude of one, blank where not known",
    Unit.TEXT,
    where(
        or_zero(millions) >= _STEP,
        where(or_zero(millions) / _STEP >= _STEP, "tn", "bn"),
        where(or_zero(millions) >= 1, "m", where(or_zero(millions) * _STEP >= 1, "k", "")),
    ),
)
magnitude = line(
    f"{_CLAIM}.magnitude",
    "Magnitude of the value",
    Unit.TEXT,
    where(claim_in_millions > 0, "m", where(known(millions), magnitude_of_one, "/ share")),
)
value_unit = line(
    f"{_CLAIM}.value_unit",
    "Unit of the value",
    Unit.TEXT,
    where(
        claim_measure.row >= 1,
        where(
            same(currency, ""),
            where((claim_in_millions > 0) | known(millions), magnitude, claim_unit),
            concat(price_currency, where(given_text(magnitude), " ", ""), magnitude),
        ),
        "n/a",
    ),
)


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
    where(
        same(claim_key, "upside_to_target") & (claim_known > 0),
        claimed_day_close,
        NA,
    ),
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
said_at = line(
    f"{_CLAIM}.said_at",
    "At which price it was said",
    Unit.TEXT,
    concat("expired: said at ", money(price_then), "; its target of "),
)
said_target = line(f"{_CLAIM}.said_target", "That target, in words", Unit.TEXT, cents(target_then))
restated = line(
    f"{_CLAIM}.restated",
    "Said at another price, in words",
    Unit.TEXT,
    concat(said_at, said_target, " is now ", percent(upside_now, 1), " from the price"),
)
expiry = line(
    f"{_CLAIM}.expiry",
    "How it expired",
    Unit.TEXT,
    where(
        or_zero(upside_expired) > 0,
        restated,
        where(expired > 0, concat("expired: a 3-month call of ", in_words(claim_seen)), ""),
    ),
)

# --- the newest call of a vendor, whoever it is ---
call_age = line("vendor_call.age", "Age of the newest call", Unit.DAYS, as_of - call_newest)
call_use = line(
    "vendor_call.use",
    "Use of the newest call",
    Unit.TEXT,
    where(
        call_age > policy("fresh.vendor_call_days"),
        "expired: not in the hype score",
        "in the hype score",
    ),
)
call_words = line(
    "vendor_call.words",
    "State of the vendor's call",
    Unit.TEXT,
    where(known(call_age), call_use, "no such call is claimed"),
)


table = CandidateTable(FACT, "fact[{fact}]", fact_id, fact_choice, facts, claim_fact_row)
history = moves(weighed_claims, table)

# --- P/E claims about the company itself, against the one computed ---
own_pe_conflict_words = line(
    "own_pe.conflict_words",
    "That conflict in words",
    Unit.TEXT,
    concat("conflict: ", fixed(own_pe, 1), "x on trailing EPS"),
)
own_pe_agreement = line(
    "own_pe.agreement",
    "Where there is no conflict",
    Unit.TEXT,
    where(known(own_pe), "agrees with the one computed", "n/a: no positive trailing EPS"),
)
own_pe_words = line(
    "own_pe.words",
    "State of the P/E claimed",
    Unit.TEXT,
    where(
        own_pe_conflict > 0,
        own_pe_conflict_words,
        where(known(own_pe_low), own_pe_agreement, "no P/E of the company is claimed"),
    ),
)

# --- in words ---
opposing = line(
    f"{_CLAIM}.opposing",
    "What that source says",
    Unit.TEXT,
    where(given_text(opposite), concat(" (", opposite, twin, ")"), ""),
)
contradiction = line(
    f"{_CLAIM}.contradiction",
    "Who contradicts it",
    Unit.TEXT,
    where(
        contradicted > 0,
        concat("contradicted by a ", opponent_tier, " source: ", claim_contradicted_by, opposing),
        where(given_text(claim_contradicted_by), concat("disputed by ", claim_contradicted_by), ""),
    ),
)
stands = line(
    f"{_CLAIM}.stands",
    "Conflict, or a change since, of its fact",
    Unit.TEXT,
    history.against(facts),
)
dispute = line(
    f"{_CLAIM}.dispute",
    "Conflict, or a change since",
    Unit.TEXT,
    where(known(of_own_pe) & (or_zero(own_pe_conflict) > 0), own_pe_conflict_words, stands),
)
state = line(
    f"{_CLAIM}.state",
    "What speaks against it",
    Unit.TEXT,
    where(
        given_text(claim_contradicted_by) & (claim_known > 0),
        contradiction,
        where(expired > 0, expiry, dispute),
    ),
)
use_of_pe = line(
    f"{_CLAIM}.use_of_pe",
    "Use of a P/E",
    Unit.TEXT,
    where(
        claim_of_peer > 0,
        "in the peers' mean",
        where(known(of_own_pe), "beside our own P/E", "shown only"),
    ),
)
among_targets = line(
    f"{_CLAIM}.among_targets",
    "Place among bull targets",
    Unit.TEXT,
    where(
        claim_bull_target >= bull_narrative,
        "bull narrative: the highest",
        "below the bull narrative",
    ),
)
special = line(
    f"{_CLAIM}.special",
    "Use of a P/E or a bull target",
    Unit.TEXT,
    where(same(claim_key, "pe"), use_of_pe, where(known(claim_bull_target), among_targets, "")),
)
waiting = no_candidate(
    _CLAIM,
    claim_amount,
    claim_published,
    where(given_text(claim_key), "set aside: no figure", "spare row"),
)
unread = line(
    f"{_CLAIM}.unread",
    "Why it has no value in one unit",
    Unit.TEXT,
    where(
        claim_measure.row >= 1,
        where(claim_fits > 0, "set aside: no exchange rate", "set aside: unit not of its key"),
        "set aside: unit not known",
    ),
)
use = line(
    f"{_CLAIM}.use",
    "What became of it",
    Unit.TEXT,
    where(
        claim_known > 0,
        where(
            known(claim_value),
            where(
                given_text(special),
                special,
                where(claim_fact_row >= 1, history.standing, "no fact row: add it to claims.csv"),
            ),
            unread,
        ),
        waiting,
    ),
)
