"""What a page, a diff and the index show is what was read and agreed to: see documents.py."""

from __future__ import annotations

import difflib

import pytest

from tests.golden.documents import DOCUMENTS, FOLDER, document

FEW = 30


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_says_what_was_agreed(name: str) -> None:
    """A document is as it is kept; `python -m tests.golden.prints` writes them anew."""
    old, new = (FOLDER / name).read_text(encoding="utf-8"), document(name)
    told = difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="")
    few = [line[:300] for _, line in zip(range(FEW), told, strict=False)]
    assert not few, f"{FOLDER / name}\n" + "\n".join(few)
