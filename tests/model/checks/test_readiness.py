"""Each condition of readiness, one at a time."""

from __future__ import annotations

import pytest

from reportgen.model import stance
from reportgen.model.checks import catalogue, readiness
from reportgen.model.whatif import value_at_stake
from tests.model.by_hand import worked_out


@pytest.mark.parametrize(
    ("fails", "warns", "weak", "word"),
    [
        (0, 0, 0, "decision-grade"),
        (1, 0, 0, "blocked"),
        (0, 1, 0, "with care"),
        (0, 0, 1, "with care"),
        (1, 1, 1, "blocked"),
        (0, 0, float("nan"), "decision-grade"),  # without a price nothing can be at stake
    ],
)
@pytest.mark.parametrize("view", ["LONG", "SHORT"])
def test_readiness_is_lowered_by_a_fail_a_warn_or_a_weak_input(
    fails: int, warns: int, weak: float, word: str, view: str
) -> None:
    given = {
        catalogue.fails: float(fails),
        catalogue.warns: float(warns),
        value_at_stake.weak_over_limit: float(weak),
        stance.view: view,
    }
    assert worked_out(readiness.readiness, given) == word
    assert worked_out(readiness.call, given) == ("BLOCKED" if word == "blocked" else view)


@pytest.mark.parametrize(
    ("fails", "weak", "warns", "reasons"),
    [(0, 0, 0, 0), (1, 0, 0, 1), (0, 2, 0, 2), (0, 0, 4, 4), (1, 2, 4, 7)],
)
def test_what_stands_in_the_way_is_every_fail_weak_input_and_warn(
    fails: int, weak: int, warns: int, reasons: int
) -> None:
    given = {
        catalogue.fails: float(fails),
        readiness.weak_count: float(weak),
        catalogue.warns: float(warns),
    }
    assert worked_out(readiness.count, given) == reasons
