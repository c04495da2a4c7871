"""A split is named as people name it."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.facts.split_words import Split, in_words


@pytest.mark.parametrize(
    ("ratio", "words"),
    [(4, "4:1 split"), (1.5, "3:2 split"), (1.05, "21:20 split"), (0.04, "1:25 reverse split")],
)
def test_a_split_is_named_as_people_name_it(ratio: float, words: str) -> None:
    assert in_words([Split(date(2025, 11, 30), ratio)]) == f"the {words} of 2025-11-30"
    assert in_words([Split(date(2025, 11, 30), 1)]) == ""
