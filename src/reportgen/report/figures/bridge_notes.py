"""The text beside the rows of the bridges: what they are, or why they are n/a."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.functions import at, known, where
from reportgen.expr.nodes import Unit
from reportgen.model.checks import differences
from reportgen.model.dims import BRIDGE_CASE, BRIDGE_CASES
from reportgen.model.whatif import bridges
from reportgen.model.words import line

if TYPE_CHECKING:
    from reportgen.expr.nodes import Line


def _note(of: Line, name: str, says: str, unless: str) -> Line:
    """Return the text beside a line of both cases."""
    bull, bear = (at(of, BRIDGE_CASE, case) for case in BRIDGE_CASES)
    told = where(known(bull + bear), says, f"n/a: {unless}")
    return line(f"note.bridge.{name}", f"{of.label}: note", Unit.TEXT, told)


_NO_CASE = "a case has no value"
note_effect = _note(bridges.effect, "effect[{driver}]", "", "no value")
SUMS: dict[str, tuple[Line, Line]] = {
    "All drivers": (
        differences.bridge_sum,
        _note(differences.bridge_sum, "sum", "case less base, both before ordering", _NO_CASE),
    ),
    "Case before ordering": (
        bridges.case_raw,
        _note(bridges.case_raw, "case", "weighted value of the case by itself", _NO_CASE),
    ),
    "Left over": (
        differences.bridge_gap,
        _note(differences.bridge_gap, "gap", "0, or Checks says FAIL", _NO_CASE),
    ),
    "Putting the cases in order": (
        bridges.ordering,
        _note(bridges.ordering, "ordering", "what keeps bear <= base <= bull", _NO_CASE),
    ),
}
note_base = line(
    "note.bridge.base",
    "Base, before ordering: note",
    Unit.TEXT,
    where(known(bridges.base_raw), "where both bridges start", "n/a: base has no value"),
)
