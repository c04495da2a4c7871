from __future__ import annotations

import pytest

from reportgen.model.keys import is_spare, member, spare_rows


@pytest.mark.parametrize(
    ("name", "spare"),
    [
        *((name, True) for name in spare_rows(12)),
        (member("+Plus Markets", "listed", "2025-11-03"), False),
        (member("+1", "listed", "2025-11-03"), False),
        ("+", False),
        ("1", False),
    ],
)
def test_only_a_blank_row_is_a_spare_one(name: str, *, spare: bool) -> None:
    assert is_spare(name) is spare
