"""Hype-adjusted: the columns that all its bands share."""

from __future__ import annotations

WIDTHS = (24, *(11.5,) * 11, 18, *(11.5,) * 3, 44)
LAST_COL = len(WIDTHS) - 1
REST = LAST_COL + 2  # where what only sentences are made of begins, right of the printed page
