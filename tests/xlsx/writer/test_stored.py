from __future__ import annotations

from tests.golden.kept import DOCUMENTS, other_lines
from tests.xlsx.writer.stored import NAME, text


def test_books_are_stored_as_was_agreed() -> None:
    """`python -m tests.golden.prints` writes them anew."""
    assert not other_lines(DOCUMENTS / NAME, text())
