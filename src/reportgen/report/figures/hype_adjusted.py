"""Shown on Hype-adjusted: what consensus is made of, and what became of each component."""

from __future__ import annotations

from reportgen.expr.functions import by, concat, same, where
from reportgen.expr.units import Unit
from reportgen.model.dims import COMPONENT
from reportgen.model.hype.adjusted_value import computed, state
from reportgen.model.hype.price_targets import brokers, count
from reportgen.model.words import line

basis = line(
    "hype.basis",
    "What consensus is made of",
    Unit.TEXT,
    where(
        count > 0,
        where(
            brokers > 0,
            concat("mean of the newest target of ", brokers, " brokers"),
            concat("mean of ", count, " averages of brokers: no broker's own target"),
        ),
        "no target in use",
    ),
)

# --- what became of each component ---
coverage_words = line(
    "hype.coverage_words[{component}]",
    "Computed for",
    Unit.TEXT,
    concat(computed, " of ", count),
)
component_meaning = line(
    "hype.component_meaning[{component}]",
    "What it takes off",
    Unit.TEXT,
    by(
        COMPONENT,
        optimism="targets run ahead of outcomes",
        staleness="old targets are not cut after bad news",
        runup="a rise that estimates do not back",
        launch="what the market paid beyond the launch's value",
    ),
)
component_lack = line(
    "hype.component_lack[{component}]",
    "What it lacks",
    Unit.TEXT,
    where(
        count > 0,
        by(
            COMPONENT,
            optimism="no close at issue for most targets",
            staleness="no price, or no half-life",
            runup="closes, benchmark or estimates missing for most targets",
            launch="the launch's overpricing is n/a",
        ),
        "no target in use",
    ),
)
component_reason = line(
    "hype.component_reason[{component}]",
    "What it takes off, or why it does not",
    Unit.TEXT,
    where(
        same(state, "ok"),
        component_meaning,
        where(
            same(state, "n/a"),
            component_lack,
            where(same(state, "off"), "switched off on Inputs", "no target since a launch"),
        ),
    ),
)
