"""The end of an override is a day, or told to be none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.reviews.remarks import Stated, stated_day

if TYPE_CHECKING:
    from reportgen.facts.reading.dates import Order
    from reportgen.values import Value


@pytest.mark.parametrize(
    ("value", "order", "stated"),
    [
        (None, None, Stated()),
        ("", None, Stated()),
        (True, None, Stated()),
        (46203.0, None, Stated(date(2026, 6, 30))),
        ("2026-06-30", None, Stated(date(2026, 6, 30))),
        (" 2026-06-30 ", None, Stated(date(2026, 6, 30))),
        (
            "30/06/2026",
            None,
            Stated(date(2026, 6, 30), "until '30/06/2026', read as 2026-06-30"),
        ),
        (
            "05/06/2026",
            "MDY",
            Stated(date(2026, 5, 6), "until '05/06/2026', read as 2026-05-06"),
        ),
        (
            "05/06/2026",
            None,
            Stated(
                fault="until '05/06/2026', which can be read as 2026-06-05 or 2026-05-06: type"
                " YYYY-MM-DD, or name it with --expires"
            ),
        ),
        (
            "for  ever",
            None,
            Stated(
                fault="until 'for ever', which is no day: type YYYY-MM-DD, or name it with"
                " --expires"
            ),
        ),
        (
            1e10,
            None,
            Stated(
                fault="until 1e+10, which is no day: type YYYY-MM-DD, or name it with --expires"
            ),
        ),
    ],
)
def test_the_end_of_an_override_is_a_day_or_told_to_be_none(
    value: Value, order: Order | None, stated: Stated
) -> None:
    assert stated_day(value, order) == stated
