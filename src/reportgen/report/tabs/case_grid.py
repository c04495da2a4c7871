"""One case: the columns that all its blocks share."""

from __future__ import annotations

WIDTHS = (35, 14, 12, 12, 13, 11, 3, 12, 12, 12, 12, 26)
LAST_COL = len(WIDTHS) - 1
