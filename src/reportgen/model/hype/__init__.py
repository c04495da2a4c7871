"""Hype: what price targets owe to optimism, age, run-ups and a launch, and a score of it."""

from reportgen.model.hype import price_targets, waterfall
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    price_targets.rating,
    price_targets.consensus_upside,
    waterfall.shown_optimism,
    waterfall.shown_staleness,
    waterfall.shown_runup,
    waterfall.shown_launch,
    waterfall.start,
    waterfall.hype_upside,
    waterfall.generic,
    waterfall.specific,
    waterfall.to_expected,
    waterfall.consensus_tilt,
)
