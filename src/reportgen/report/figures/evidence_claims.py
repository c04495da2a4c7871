"""Shown on Evidence beside every claim: what became of it, and what speaks against it."""

from __future__ import annotations

from reportgen.expr.functions import (
    concat,
    fixed,
    given_text,
    known,
    largest,
    same,
    smallest,
    where,
)
from reportgen.expr.nodes import NA
from reportgen.expr.units import Unit
from reportgen.model.dims import CLAIM, FACT
from reportgen.model.evidence.claims import (
    bull_narrative,
    claim_amount,
    claim_bull_target,
    claim_contradicted_by,
    claim_key,
    claim_known,
    claim_of_peer,
    claim_published,
    claim_value,
    claim_variant,
    fact_choice,
    fact_id,
    fact_number,
    facts,
    weighed_claims,
)
from reportgen.model.inputs.constants import policy
from reportgen.model.inputs.description import ticker
from reportgen.model.valuation import own_pe
from reportgen.model.words import line, or_zero
from reportgen.report.figures.claim_expiry import expired, expiry
from reportgen.report.figures.contradictions import contradicted, opponent_tier, opposite, twin
from reportgen.report.figures.disputes import Table, moves, no_candidate

_CLAIM = "claim[{claim}]"
table = Table(FACT, "fact[{fact}]", fact_number, fact_id, fact_choice, facts)
history = moves(weighed_claims, table)
fact_row, share, weighed, slack, moved, last_moved, standing, in_conflict = history

# --- P/E claims about the company itself, against the one computed ---
of_own_pe = line(
    f"{_CLAIM}.of_own_pe",
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
own_pe_conflict = line(
    "own_pe.conflict",
    "P/E claimed against P/E computed: conflict",
    Unit.FLAG,
    where(
        known(own_pe_low) & known(own_pe),
        where((own_pe > own_pe_high * (1 + _NEAR)) | (own_pe < own_pe_low * (1 - _NEAR)), 1, 0),
        0,
    ),
)

own_pe_conflict_words = line(
    "own_pe.conflict_words",
    "That conflict in words",
    Unit.TEXT,
    concat("conflict: ", fixed(own_pe, 1), "x on trailing non-GAAP EPS"),
)
own_pe_words = line(
    "own_pe.words",
    "State of the P/E claimed",
    Unit.TEXT,
    where(
        own_pe_conflict > 0,
        own_pe_conflict_words,
        where(
            known(own_pe_low),
            where(known(own_pe), "agrees with the one computed", "n/a: no positive trailing EPS"),
            "no P/E of the company is claimed",
        ),
    ),
)

# --- in words ---
contradiction = line(
    f"{_CLAIM}.contradiction",
    "Who contradicts it",
    Unit.TEXT,
    where(
        contradicted > 0,
        concat(
            "contradicted by a ",
            opponent_tier,
            " source: ",
            claim_contradicted_by,
            where(given_text(opposite), concat(" (", opposite, twin, ")"), ""),
        ),
        where(given_text(claim_contradicted_by), concat("disputed by ", claim_contradicted_by), ""),
    ),
)
dispute = line(
    f"{_CLAIM}.dispute",
    "Conflict, or a change since",
    Unit.TEXT,
    where(
        known(of_own_pe) & (or_zero(own_pe_conflict) > 0),
        own_pe_conflict_words,
        where(
            or_zero(in_conflict) > 0,
            "conflict",
            where(or_zero(moved) > 0, "older: it has changed since", ""),
        ),
    ),
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
special = line(
    f"{_CLAIM}.special",
    "Use of a P/E or a bull target",
    Unit.TEXT,
    where(
        same(claim_key, "pe"),
        where(
            claim_of_peer > 0,
            "in the peers' mean",
            where(known(of_own_pe), "beside our own P/E", "shown only"),
        ),
        where(
            known(claim_bull_target),
            where(
                claim_bull_target >= bull_narrative,
                "bull narrative: the highest",
                "below the bull narrative",
            ),
            "",
        ),
    ),
)
waiting = no_candidate(
    _CLAIM,
    claim_amount,
    claim_published,
    where(given_text(claim_key), "set aside: no figure", "spare row"),
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
                where(fact_row >= 1, standing, "no fact row: add it to claims.csv"),
            ),
            "set aside: unit not known",
        ),
        waiting,
    ),
)
