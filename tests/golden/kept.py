"""Texts that people read, kept below tests/golden as they were agreed to."""

from __future__ import annotations

import difflib
from pathlib import Path

DOCUMENTS = Path(__file__).parent / "documents"
FEW = 30


def other_lines(path: Path, text: str) -> str:
    """The first lines by which a text differs from the one that is kept; "" for none."""
    old = path.read_text(encoding="utf-8")
    told = difflib.unified_diff(old.splitlines(), text.splitlines(), n=0, lineterm="")
    few = [line[:300] for _, line in zip(range(FEW), told, strict=False)]
    return "\n".join([f"{path}", *few]) if few else ""
