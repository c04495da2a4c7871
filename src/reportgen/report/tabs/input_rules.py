"""What may be typed into the cells of an input: its bounds as data validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.facts.assumption_keys import ANY, BY_KEY, GROWTH, NOT_NEGATIVE, POSITIVE, SHARE
from reportgen.xlsx.book import Area, Validation

if TYPE_CHECKING:
    from reportgen.facts.assumption_keys import Bounds
    from reportgen.model.words import Entry

FIRST_DAY, LAST_DAY = 61.0, 73_050.0  # 1900-03-01 and 2099-12-31: before it serials are off by one
MOST = 1e15  # beyond it digits are lost; it only keeps text out of a cell for any number
_KEPT = "A blank override keeps the issued value; a blank is never 0."
# Policy constants by the beginning of their key; all others are not negative
_POLICY = {
    "reliability.": SHARE,
    "component.": SHARE,
    "conflict.": SHARE,
    "half_life.": POSITIVE,
    "lookup.": POSITIVE,
    "fresh.": POSITIVE,
    "solver.": GROWTH,
}


def bounds_of(entry: Entry) -> Bounds:
    """Return the values an input may have."""
    kind, _, rest = entry.key.partition("[")
    if kind == "assumption":
        return BY_KEY[rest.split(",")[0]].bounds
    if kind == "policy":
        found = (bounds for start, bounds in _POLICY.items() if rest.startswith(start))
        return next(found, NOT_NEGATIVE)
    return POSITIVE


@dataclass(slots=True)
class Rules:
    """Collects the cells that share a rule, so that each rule is stored once."""

    _areas: dict[tuple[str, Bounds], list[Area]] = field(default_factory=dict)

    def allow(self, entry: Entry, cells: Area) -> None:
        """Hold cells to the bounds of their input."""
        kind = {Unit.DATE: "date", Unit.FLAG: "whole"}.get(entry.unit, "decimal")
        bounds = ANY if kind == "date" else bounds_of(entry)
        self._areas.setdefault((kind, bounds), []).append(cells)

    def days(self, cells: Area) -> None:
        """Let only days be typed."""
        self._areas.setdefault(("date", ANY), []).append(cells)

    def numbers(self, cells: Area) -> None:
        """Let only numbers be typed."""
        self._areas.setdefault(("decimal", ANY), []).append(cells)

    def validations(self) -> list[Validation]:
        """Return the rules collected, each with all its cells."""
        return [
            _validation(kind, bounds, tuple(areas))
            for (kind, bounds), areas in self._areas.items()
        ]


def _validation(kind: str, bounds: Bounds, areas: tuple[Area, ...]) -> Validation:
    if kind == "date":
        allowed, low, high = "a day such as 2025-11-30", FIRST_DAY, LAST_DAY
        return _rule("date", areas, allowed, low, high)
    if kind == "whole":
        return _rule("whole", areas, "1 (yes) or 0 (no)", 0, 1)
    if bounds.low_open:
        return _rule("decimal", areas, str(bounds), bounds.low, None, exclusive=True)
    low = -MOST if bounds.low is None else bounds.low
    high = MOST if bounds.high is None else bounds.high
    return _rule("decimal", areas, str(bounds), low, high)


def _rule(
    kind: str,
    areas: tuple[Area, ...],
    allowed: str,
    low: float | None,
    high: float | None,
    *,
    exclusive: bool = False,
) -> Validation:
    return Validation(
        areas,
        kind,  # type: ignore[arg-type]  # one of the kinds that have a low and a high
        low,
        high,
        exclusive=exclusive,
        error_title="Outside the bounds of this input",
        error_message=f"Allowed: {allowed}. {_KEPT}",
        input_title="Allowed",
        input_message=f"{allowed[0].upper()}{allowed[1:]}. {_KEPT}",
    )
