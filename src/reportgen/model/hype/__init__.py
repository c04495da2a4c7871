"""Hype: what price targets owe to optimism, age, run-ups and a launch, and a score of it."""

from reportgen.model.hype import (
    adjusted,
    components,
    measures,
    price_runup,
    price_targets,
    waterfall,
)

# In the order of calculation
MODULES = (price_targets, components, adjusted, waterfall, price_runup, measures)
