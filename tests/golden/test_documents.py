"""What a page, a diff and the index show is what was read and agreed to: see documents.py."""

from __future__ import annotations

import pytest

from tests.golden.documents import DOCUMENTS, FOLDER, document
from tests.golden.kept import other_lines


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_what_was_agreed(name: str) -> None:
    """A document is as it is kept; `python -m tests.golden.prints` writes them anew."""
    assert not other_lines(FOLDER / name, document(name))
