"""Checks with a verdict each, and what they come to: how far the report can be relied on."""

from reportgen.model.checks import looked_at, reasons, verdicts
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    looked_at.probability_sum,
    looked_at.mix_sum,
    looked_at.bridge_gap,
    looked_at.waterfall_gap,
    looked_at.segment_centre,
    looked_at.pe_centre,
    looked_at.against,
    looked_at.cleared,
    looked_at.homeless,
    looked_at.targets_wanted,
    looked_at.unused_overrides,
    verdicts.difference,
    reasons.kind,
    reasons.where_to_look,
    reasons.shown_place,
)
