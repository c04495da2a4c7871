"""The constants of the method that formulas read, shown with their reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportgen.facts.constants import CONSTANTS
from reportgen.model.words import constant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from reportgen.model.words import Entry

_POLICIES: Mapping[str, Entry] = {key: constant(key) for key in CONSTANTS}


def policy(key: str) -> Entry:
    """Return the input line of a constant in method.yaml. Raises KeyError for an unknown one."""
    return _POLICIES[key]


def policies() -> tuple[Entry, ...]:
    """Return the input line of every constant that a formula reads, as they stand in the file."""
    return tuple(_POLICIES.values())
