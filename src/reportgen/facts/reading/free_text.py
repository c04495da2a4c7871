"""Free text in tables that people open in a spreadsheet, which takes some of it for a formula.

A text that begins with = + - @ tab CR or ' is written with one ' before it; readers take one off
where such a character follows. So what is read is what was written.
"""

from __future__ import annotations

_STEERING = ("=", "+", "-", "@", "\t", "\r", "'")


def neutral(text: str) -> str:
    """Return a free text as a cell of a table holds it: no spreadsheet runs it."""
    return f"'{text}" if text.startswith(_STEERING) else text


def as_meant(cell: str) -> str:
    """Return the free text that a cell of a table holds."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_STEERING) else cell
