"""What a figure could be, and where that comes from: said in the note beside a blank value.

A suggestion is no assumption: it counts only once somebody signs it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_WRITTEN = re.compile(
    r"suggested (?P<value>-?\d{1,15}(?:\.\d{1,12})?)(?: (?P<unit>[A-Za-z][A-Za-z /]{0,19}))?:"
    r" (?P<told>\S.*)",
    re.DOTALL,
)


class Suggestion(NamedTuple):
    """A value in the unit of its row, or in its own; `told` says where it comes from."""

    value: str
    told: str
    unit: str = ""

    @property
    def note(self) -> str:
        """How a note says it."""
        unit = f" {self.unit}" if self.unit else ""
        told = "".join(letter for letter in " ".join(self.told.split()) if letter.isprintable())
        return f"suggested {self.value}{unit}: {told}"


def suggested_in(note: str) -> Suggestion | None:
    """Return the suggestion that a note begins with; None where it begins otherwise."""
    match = _WRITTEN.fullmatch(note.strip())
    return Suggestion(match["value"], match["told"], match["unit"] or "") if match else None
