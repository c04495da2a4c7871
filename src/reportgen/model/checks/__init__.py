"""Checks with a verdict each, and what they come to: how far the report can be relied on."""

from reportgen.model.checks import catalogue, differences, plausibility, readiness
from reportgen.model.words import lines_in

# What is read from here, by tabs and programs if not by other lines
LINES = lines_in(
    differences.probability_sum,
    differences.mix_sum,
    differences.bridge_gap,
    differences.waterfall_gap,
    differences.segment_centre,
    differences.pe_centre,
    differences.against,
    differences.conversion_reported,
    differences.methods_missing,
    differences.set_aside,
    differences.flows_apart,
    differences.peers_few,
    differences.basis_changed,
    differences.growths_apart,
    differences.eps_ahead,
    plausibility.WATCHES,
    plausibility.single_label,
    plausibility.kind_label,
    plausibility.kind_said,
    plausibility.kind_measured,
    plausibility.warned,
    plausibility.failed,
    differences.cleared,
    differences.homeless,
    differences.targets_wanted,
    differences.unused_overrides,
    catalogue.difference,
    readiness.kind,
    readiness.where_to_look,
    readiness.shown_place,
)
