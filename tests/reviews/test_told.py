from __future__ import annotations

from typing import TYPE_CHECKING

from tests.golden.kept import DOCUMENTS, other_lines
from tests.reviews.told import texts

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.reviews.records import Review


def test_a_review_says_what_was_agreed(edited: Review, inputs_of_today: Path) -> None:
    """`python -m tests.golden.prints` writes it anew."""
    for name, text in texts(edited, inputs_of_today).items():
        assert not other_lines(DOCUMENTS / name, text)
