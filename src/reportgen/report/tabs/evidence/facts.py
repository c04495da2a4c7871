"""The lines beside every fact: where its value comes from, and its state in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import (
    concat,
    count_where,
    each,
    given_text,
    known,
    percent,
    pick,
    same,
    sum_where,
    where,
)
from reportgen.expr.nodes import Unit
from reportgen.model import launch
from reportgen.model.dims import CLAIM
from reportgen.model.evidence.claims import (
    claim_fact,
    claim_row,
    claim_source,
    fact_id,
    fact_key,
    facts,
    weighed_claims,
)
from reportgen.model.words import line, or_zero
from reportgen.report.tabs.evidence.candidates import story
from reportgen.report.tabs.evidence.claims import (
    contradiction,
    expired,
    expiry,
    history,
    table,
    value_unit,
)
from reportgen.report.tabs.evidence.contradictions import contradicted, fact_reported

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Node


_FACT = "fact[{fact}]"
_CLAIM = "claim[{claim}]"
told = story(weighed_claims, history, table, claim_source)
_MINE = same(each(claim_fact), fact_id)


def _of(at: Line, column: Line) -> Node:
    """Return a text of one claim, blank where there is none."""
    return where(or_zero(at) >= 1, pick(column, CLAIM, at), "")


unit = line(f"{_FACT}.unit", "Unit", Unit.TEXT, _of(told.row, value_unit))
first_contradicted = line(
    f"{_CLAIM}.first_contradicted",
    "First of its fact that is contradicted",
    Unit.FLAG,
    where(
        (contradicted > 0) & (weighed_claims.used > 0),
        where(
            count_where(
                CLAIM,
                same(each(claim_fact), claim_fact)
                * each(contradicted)
                * each(weighed_claims.used)
                * (each(claim_row) < claim_row),
            )
            < 1,
            1,
            0,
        ),
        0,
    ),
)
contradicted_row = line(
    f"{_FACT}.contradicted_row",
    "Row of a contradicted candidate",
    Unit.COUNT,
    sum_where(CLAIM, _MINE * each(first_contradicted), claim_row),
)
contradicted_words = line(
    f"{_FACT}.contradicted_words",
    "Contradiction",
    Unit.TEXT,
    where(contradicted_row >= 1, concat("; ", pick(contradiction, CLAIM, contradicted_row)), ""),
)
expired_count = line(
    f"{_FACT}.expired_count",
    "Candidates that have expired",
    Unit.COUNT,
    count_where(CLAIM, _MINE * each(weighed_claims.used) * each(expired)),
)
expired_chosen = line(
    f"{_FACT}.expired_chosen",
    "How the chosen one expired",
    Unit.TEXT,
    _of(facts.chosen_row, expiry),
)
expired_words = line(
    f"{_FACT}.expired_words",
    "Expiry",
    Unit.TEXT,
    where(
        given_text(expired_chosen),
        concat("; ", expired_chosen),
        where(expired_count > 0, concat("; ", expired_count, " expired"), ""),
    ),
)
reported_words = line(
    f"{_FACT}.reported_words",
    "Against the company's report",
    Unit.TEXT,
    where(known(fact_reported), concat("; the company reports ", percent(fact_reported, 1)), ""),
)
state = line(
    f"{_FACT}.state",
    "State",
    Unit.TEXT,
    concat(
        told.agreement,
        where(facts.bound_only > 0, ", a bound only", ""),
        told.change,
        contradicted_words,
        expired_words,
        reported_words,
        where(known(table.choice), "; chosen by hand", ""),
    ),
)
feeds_launch_day = line(
    f"{_FACT}.feeds_launch_day",
    "If it feeds the day of the launch",
    Unit.TEXT,
    where(same(fact_id, launch.claim_id) & (launch.closed_on_day < 1), "launch day", ""),
)
feeds_launch = line(
    f"{_FACT}.feeds_launch",
    "What of the launch it feeds",
    Unit.TEXT,
    where(
        same(fact_id, launch.first_size_id) | same(fact_id, launch.last_size_id),
        "launch market",
        where(same(fact_id, launch.units_id), "launch units", feeds_launch_day),
    ),
)
feeds = line(
    f"{_FACT}.feeds",
    "What it feeds",
    Unit.TEXT,
    where(
        given_text(feeds_launch),
        feeds_launch,
        where(
            same(fact_key, "bull_target"),
            "bull narrative",
            where(same(fact_key, "outperform_probability_3m"), "hype score", "shown only"),
        ),
    ),
)
