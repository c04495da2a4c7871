from __future__ import annotations

from tests.attribution.told import NAME, text
from tests.golden.kept import DOCUMENTS, other_lines


def test_bridges_are_told_as_was_agreed() -> None:
    """`python -m tests.golden.prints` writes them anew."""
    assert not other_lines(DOCUMENTS / NAME, text())
