"""Hype: what price targets owe to optimism, age, run-ups and a launch, and a score of it."""

from reportgen.model.hype import adjusted_value, price_targets
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    price_targets.rating,
    price_targets.consensus_upside,
    adjusted_value.switch,
    adjusted_value.computed,
    adjusted_value.applicable,
    adjusted_value.shown_optimism,
    adjusted_value.shown_staleness,
    adjusted_value.shown_runup,
    adjusted_value.shown_launch,
    adjusted_value.start,
    adjusted_value.hype_upside,
    adjusted_value.generic,
    adjusted_value.specific,
    adjusted_value.to_expected,
    adjusted_value.consensus_tilt,
)
