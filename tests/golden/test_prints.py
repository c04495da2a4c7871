"""What every tab of every pack shows is what was read and agreed to: see tests/golden/prints.py."""

from __future__ import annotations

import difflib

import pytest

from tests.golden.prints import FOLDER, PACKS, path_of, prints

FEW = 30


@pytest.mark.parametrize("pack", PACKS)
def test_a_report_shows_what_was_agreed(pack: str) -> None:
    """Every text of a pack is as it is kept; `python -m tests.golden.prints` writes them anew."""
    new = prints(pack)
    old = {path.name: path.read_text(encoding="utf-8") for path in (FOLDER / pack).glob("*.txt")}
    assert new.keys() == old.keys()
    for name, text in new.items():
        told = difflib.unified_diff(old[name].splitlines(), text.splitlines(), n=0, lineterm="")
        few = [line[:300] for _, line in zip(range(FEW), told, strict=False)]
        assert not few, f"{path_of(pack, name)}\n" + "\n".join(few)
