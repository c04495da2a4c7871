"""One case: the columns that all its blocks share."""

from __future__ import annotations

# No., label in two, three of numbers, money, a gap, five more, source, words
WIDTHS = (4, 31, 11.5, 11.5, 11.5, 11.5, 12.5, 3, 11.5, 11.5, 11.5, 11.5, 11.5, 15, 23)
LAST_COL = len(WIDTHS) - 1
NO, LABEL, FIRST, SECOND, THIRD, MONEY, RIGHT = 0, 1, 3, 4, 5, 6, 8
HELPERS = LAST_COL + 2  # what charts draw and programs read stands off the printed page
