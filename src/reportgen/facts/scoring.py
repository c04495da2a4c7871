"""The rules by which what was issued is scored: fixed beforehand, so that nobody tunes them."""

from __future__ import annotations

MONTHS = 12  # from a report to its outcome
CLOSE_DAYS = 7  # the outcome's close is no older at the end of its window
SCORED_DAYS = 31  # a report that goes out later after its day may know how things went
# Bear and bull are read as P10 and P90 of the value in a year: what lies outside is ALPHA
ALPHA = 0.2
# Probabilities of 30/40/30 around P10/P50/P90 put the edges of the middle band at P30 and P70: of a
# normal half that far from the middle, .524 / 1.282
BAND_EDGE = 0.409
FEWEST_WINDOWS = 60  # months scored; below, no interval holds what it promises
CORRELATION = 0.3  # between companies of one month, in counting what is independent
