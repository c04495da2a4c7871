"""The causes of a month's change: the largest first, as many as a report shows, or why none."""

from __future__ import annotations

import math

import pytest

from reportgen.attribution.months import causes
from reportgen.attribution.records import Bar, Bridge
from reportgen.model.last_month import CAUSES

NO_MORE = ("no further cause", 0.0)
BARS = tuple(Bar(f"p{k}", f"Cause {k}", "price", 10.0 - k) for k in range(5))
NAMED = tuple((bar.label, bar.amount) for bar in BARS)


def bridge(
    *bars: Bar, old: float | None = 100.0, new: float | None = 90.0, note: str = ""
) -> Bridge:
    return Bridge("expected_value", "Expected", "USD", old, new, bars, "exact", 1, note)


@pytest.mark.parametrize(
    ("of", "told"),
    [
        (bridge(), (NO_MORE,) * CAUSES),
        (bridge(BARS[0]), (NAMED[0], NO_MORE, NO_MORE)),
        (bridge(*BARS[:3]), NAMED[:3]),
        (bridge(*BARS), NAMED),
        (bridge(*BARS[:3], note="all targets as one"), NAMED[:3]),
    ],
)
def test_as_many_causes_as_a_report_shows(of: Bridge, told: tuple[tuple[str, float], ...]) -> None:
    assert causes(of) == told


@pytest.mark.parametrize(
    ("of", "why"),
    [
        (bridge(note="not attributed: n/a at one end"), "not attributed: n/a at one end"),
        (bridge(old=None, new=None), "not attributed: n/a then and now"),
    ],
)
def test_where_they_cannot_be_told_apart_that_is_said(of: Bridge, why: str) -> None:
    ((label, amount),) = causes(of)
    assert label == why
    assert math.isnan(amount)
