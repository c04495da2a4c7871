"""What is told of a target that is not what it was."""

from __future__ import annotations

import pytest

from reportgen.differences.explained import turned

MEASURED = "its optimism, age and run-up are measured from its own day"


@pytest.mark.parametrize(
    ("then", "now", "told"),
    [
        (None, "210 USD of May", f"new in use: 210 USD of May; {MEASURED}"),
        ("200 USD of May", None, "no longer in use: 200 USD of May"),
        ("200", "210", f"200, now 210; {MEASURED}"),
        ("200", "200", "200 as before; rates or look-ups of its day differ"),
    ],
)
def test_a_target_in_use_is_told_before_and_after(
    then: str | None, now: str | None, told: str
) -> None:
    assert turned(then, now) == told
