"""What may be typed into the cells of an input: its bounds as data validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from reportgen.expr.nodes import Unit
from reportgen.facts.bounds import A_DAY, ANY
from reportgen.report.tables import limits
from reportgen.xlsx.book import Validation

if TYPE_CHECKING:
    from reportgen.facts.bounds import Bounds
    from reportgen.model.words import Entry
    from reportgen.xlsx.addresses import Area

Kind = Literal["decimal", "whole", "date"]
_KEPT = "A blank override keeps the issued value; a blank is never 0."
_KINDS: dict[Unit, Kind] = {Unit.DATE: "date", Unit.FLAG: "whole"}


@dataclass(slots=True)
class Rules:
    """Collects the cells that share a rule, so that each rule is stored once."""

    _areas: dict[tuple[Kind, Bounds], list[Area]] = field(default_factory=dict)

    def allow(self, entry: Entry, cells: Area) -> None:
        """Hold cells to the bounds of their input."""
        kind = _KINDS.get(entry.unit, "decimal")
        self._areas.setdefault((kind, entry.bounds), []).append(cells)

    def days(self, cells: Area) -> None:
        """Let only days be typed."""
        self._areas.setdefault(("date", A_DAY), []).append(cells)

    def numbers(self, cells: Area) -> None:
        """Let only numbers be typed."""
        self._areas.setdefault(("decimal", ANY), []).append(cells)

    def validations(self) -> list[Validation]:
        """Return the rules collected, each with all its cells."""
        return [
            _validation(kind, bounds, tuple(areas)) for (kind, bounds), areas in self._areas.items()
        ]


_ALLOWED: dict[Kind, str] = {"date": "a day such as 2025-11-30", "whole": "1 (yes) or 0 (no)"}


def _validation(kind: Kind, bounds: Bounds, areas: tuple[Area, ...]) -> Validation:
    low, high, exclusive = limits(bounds)
    allowed = _ALLOWED.get(kind) or str(bounds)
    return Validation(
        areas,
        kind,
        low,
        high,
        exclusive=exclusive,
        error_title="Outside the bounds of this input",
        error_message=f"Allowed: {allowed}. {_KEPT}",
        input_title="Allowed",
        input_message=f"{allowed[0].upper()}{allowed[1:]}. {_KEPT}",
    )
