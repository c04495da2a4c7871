"""The text beside a number: how it came about or, where it is n/a, why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import count_known, known, where
from reportgen.expr.units import Unit
from reportgen.model.dims import SCENARIO
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line, Operand

TWO_CASES = 2  # more than two of three cases are all of them
NOTES: list[tuple[Line, Line]] = []  # a line, and the text beside it


def note(of: Line, says: Operand, unless: str) -> Line:
    """Declare the text beside a line of one number or of three cases.

    It says `says` where every number is known, else that and why one is n/a.
    """
    held = count_known(of, SCENARIO) > TWO_CASES if of.dims else known(of)
    key = f"note.{of.key.replace('{scenario}', 'case')}"
    told = line(key, f"{of.label}: note", Unit.TEXT, where(held, says, f"n/a: {unless}"))
    NOTES.append((of, told))
    return told
