"""What may be typed into the cells of an input: its bounds as data validation."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, NamedTuple

from reportgen.expr.nodes import Unit
from reportgen.facts.assumption_keys import ANY, BY_KEY, GROWTH, NOT_NEGATIVE, POSITIVE, SHARE
from reportgen.xlsx.book import Area, Validation

if TYPE_CHECKING:
    from reportgen.facts.assumption_keys import Bounds
    from reportgen.model.words import Entry

Kind = Literal["decimal", "whole", "date"]
FIRST_DAY, LAST_DAY = 61.0, 73_050.0  # 1900-03-01 and 2099-12-31: before it serials are off by one
MOST = 1e15  # beyond it digits are lost; it only keeps text out of a cell for any number
_KEPT = "A blank override keeps the issued value; a blank is never 0."
_KINDS: dict[Unit, Kind] = {Unit.DATE: "date", Unit.FLAG: "whole"}
# Policy constants by the beginning of their key, the first that fits; others are not negative
_POLICY = {
    "reliability.": SHARE,
    "component.": SHARE,
    "conflict.window": POSITIVE,
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

    _areas: dict[tuple[Kind, Bounds], list[Area]] = field(default_factory=dict)

    def allow(self, entry: Entry, cells: Area) -> None:
        """Hold cells to the bounds of their input."""
        kind = _KINDS.get(entry.unit, "decimal")
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
            _validation(kind, bounds, tuple(areas)) for (kind, bounds), areas in self._areas.items()
        ]


class _Limits(NamedTuple):
    allowed: str
    low: float | None
    high: float | None
    exclusive: bool = False


def _limits(kind: str, bounds: Bounds) -> _Limits:
    if kind == "date":
        return _Limits("a day such as 2025-11-30", FIRST_DAY, LAST_DAY)
    if kind == "whole":
        return _Limits("1 (yes) or 0 (no)", 0, 1)
    if bounds.low_open:
        return _Limits(str(bounds), bounds.low, None, exclusive=True)
    low = -MOST if bounds.low is None else bounds.low
    return _Limits(str(bounds), low, MOST if bounds.high is None else bounds.high)


def _validation(kind: Kind, bounds: Bounds, areas: tuple[Area, ...]) -> Validation:
    allowed, low, high, exclusive = _limits(kind, bounds)
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
