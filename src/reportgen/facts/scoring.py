"""The rules by which what was issued is scored: fixed beforehand, so that nobody tunes them."""

from __future__ import annotations

MONTHS = 12  # from a report to its outcome
CLOSE_DAYS = 7  # the outcome's close is no older at the end of its window
SCORED_DAYS = 31  # a report that goes out later after its day may know how things went
DELISTING, DONE = "delisting", "done"  # the event, and its status, that ends a share's closes
# Bear and bull are read as P10 and P90 of the value in a year: what lies outside is ALPHA
ALPHA = 0.2
# Probabilities of 30/40/30 put the edges of the middle band at P30 and P70, which in a normal
# distribution lie .524 / 1.282 of the way from P50 to P10 and P90
BAND_EDGE = 0.409
FEWEST_WINDOWS = 60  # months scored; below, no interval holds what it promises
CORRELATION = 0.3  # between companies of one month, in counting what is independent
MONTHLY_CLOSES, FEWEST_CLOSES = 36, 24  # of which the deviation of the baseline is measured
# What outcomes are held against: values of a report, and the last, which follows from two of them
LEVELS = {
    "bear": "Bear",
    "base": "Base",
    "bull": "Bull",
    "expected": "Expected value",
    "hype_adjusted": "Hype-adjusted value",
    "consensus": "Consensus of targets",
    "cost_of_equity": "Price at the cost of equity",
}
