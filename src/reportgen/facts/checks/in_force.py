"""The assumptions in force, overrides among them, each with the place that states it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from reportgen.facts.assumptions import standing
from reportgen.facts.catalogue import ALL, BY_KEY
from reportgen.facts.key_syntax import parse_key

if TYPE_CHECKING:
    from datetime import date

    from reportgen.facts.assumptions import Slot
    from reportgen.facts.pack_rows import PackRows

ASSUMPTIONS, OVERRIDES = "assumptions", "overrides"
_PARTS = 3  # of a slot


class InForce(NamedTuple):
    """A value and the row that states it; those stated later, and by overrides, are greater."""

    is_override: bool
    published: date
    row: int
    value: float
    line_no: int

    @property
    def table(self) -> str:
        """The name of the table that the row stands in."""
        return OVERRIDES if self.is_override else ASSUMPTIONS


def in_force(rows: PackRows) -> dict[Slot, InForce]:
    """What is in force for every slot that some assumption or override speaks of."""
    slots = {
        slot: InForce(False, row.published, row.row, row.value, row.line_no)  # noqa: FBT003 - a field
        for slot, row in standing(rows.assumptions).items()
    }
    for number, row in enumerate(rows.overrides):
        slot = _slot(row.key) if row.active else None
        if slot is not None:
            slots[slot] = InForce(True, row.published, number, row.value, row.line_no)  # noqa: FBT003 - a field
    return slots


def _slot(key: str) -> Slot | None:
    """The slot that a key names; None if it is no assumption that there could be."""
    name, members, field = parse_key(key)
    if name != "assumption" or field or len(members) != _PARTS or members[0] not in BY_KEY:
        return None
    parameter, scenario, segment = members
    fits = scenario in (BY_KEY[parameter].scenarios or (ALL,))
    return (parameter, scenario, segment) if fits else None
