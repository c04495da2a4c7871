"""What every tab of every pack shows is what was read and agreed to: see tests/golden/prints.py."""

from __future__ import annotations

import pytest

from tests.golden.kept import other_lines
from tests.golden.prints import FOLDER, PACKS, path_of, prints


@pytest.mark.parametrize("pack", PACKS)
def test_a_report_shows_what_was_agreed(pack: str) -> None:
    """Every text of a pack is as it is kept; `python -m tests.golden.prints` writes them anew."""
    new = prints(pack)
    assert new.keys() == {path.name for path in (FOLDER / pack).glob("*.txt")}
    for name, text in new.items():
        assert not other_lines(path_of(pack, name), text)
