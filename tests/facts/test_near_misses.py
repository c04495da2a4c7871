"""How many edits lead from one name to another."""

from __future__ import annotations

import pytest

from reportgen.facts.near_misses import edits


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [
        ("eps", "eps", 0),
        ("dilutd", "diluted", 1),
        ("dliuted", "diluted", 1),
        ("ebita", "ebitda", 1),
        ("revnue", "revenues", 2),
        ("", "eps", 3),
        ("cash", "debt", 4),
    ],
)
def test_the_edits_between_two_names(one: str, other: str, number: int) -> None:
    assert edits(one, other) == edits(other, one) == number
