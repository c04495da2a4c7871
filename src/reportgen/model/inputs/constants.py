"""The constants of the method, shown with their reasons: one line each, made when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.expr.nodes import Unit
from reportgen.model.words import entry

if TYPE_CHECKING:
    from reportgen.model.words import Entry

_policies: dict[str, Entry] = {}


def policy(key: str, unit: Unit = Unit.NUMBER) -> Entry:
    """Return the input line of a constant in method.yaml; the same line for the same key."""
    if key not in _policies:
        _policies[key] = entry(f"policy[{key}]", key, unit)
    return _policies[key]


def policies() -> tuple[Entry, ...]:
    """Return every policy line that the model reads, in the order of first use."""
    return tuple(_policies.values())
