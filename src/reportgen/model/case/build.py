"""Building a case, a table at a time: what the model needs, and nothing dated after as-of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.split_words import Split
from reportgen.model.case.judgements import (
    add_assumptions,
    add_constants,
    add_overrides,
    confirmed_keys,
)
from reportgen.model.case.record import Builder, Case
from reportgen.model.case.tables import (
    add_claims,
    add_company,
    add_flows,
    add_fundamentals,
    add_peers,
    add_products,
    add_rates,
    add_series,
    add_sources,
    add_targets,
)
from reportgen.model.given_values import blank_rest
from reportgen.model.lines import MODEL

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from reportgen.facts.policy import Policy


_TABLES = (
    add_series,
    add_sources,
    add_fundamentals,
    add_peers,
    add_targets,
    add_claims,
    add_products,
)


def build_case(pack: Pack, policy: Policy) -> Case:
    """Return the case of a pack: what the model needs, and nothing dated after as-of."""
    builder = Builder()
    add_company(builder, pack)
    add_rates(builder, pack)
    add_flows(builder, pack)
    for table in _TABLES:
        table(builder, pack.rows)
    add_assumptions(builder, pack)
    add_constants(builder, policy)
    confirmed = confirmed_keys(builder, pack, policy)
    blank_rest(builder.given, MODEL, builder.members)
    overridden, unused = add_overrides(builder, pack)
    return Case(
        builder.members,
        builder.given,
        builder.issued,
        overridden,
        unused,
        pack.rows.arguments,
        confirmed,
        tuple(Split(action.ex_date, action.ratio) for action in pack.rows.actions),
    )
