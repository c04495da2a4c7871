"""A pack is sound unless a build of it would be stopped."""

from __future__ import annotations

import pytest

from reportgen.findings import PackState


@pytest.mark.parametrize(
    ("state", "is_sound"),
    [
        (PackState("A"), True),
        (PackState("A", warnings=2, stale=("close 9 days",), older=3), True),
        (PackState("A", blanks=1), False),
        (PackState("A", errors=1), False),
        (PackState("A", trouble="torn"), False),
    ],
)
def test_a_pack_is_sound_unless_a_build_would_be_stopped(
    state: PackState, *, is_sound: bool
) -> None:
    assert state.is_sound is is_sound
