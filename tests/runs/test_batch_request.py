"""What is asked of a run: its days and its limits."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.errors import ReportgenError
from reportgen.runs.batch import RunRequest, days_of
from reportgen.runs.lanes import Limits


def test_limits_are_asked_for_in_seconds_and_megabytes() -> None:
    assert RunRequest(seconds=7, megabytes=300).limits == Limits(7, 300 * 1024 * 1024)
    assert RunRequest().limits == Limits(120.0, 4 * 1024**3)


@pytest.mark.parametrize(
    ("months", "days"),
    [
        ("2024-02:2024-02", ["2024-02-29"]),
        ("2024-11:2025-02", ["2024-11-30", "2024-12-31", "2025-01-31", "2025-02-28"]),
    ],
)
def test_months_are_their_last_days(months: str, days: list[str]) -> None:
    assert [day.isoformat() for day in days_of(RunRequest(months=months))] == days


def test_no_more_than_fifty_years_of_months_are_run() -> None:
    assert len(days_of(RunRequest(months="1970-01:2019-12"))) == 600
    with pytest.raises(ReportgenError, match="601 months are more than 600"):
        days_of(RunRequest(months="1970-01:2020-01"))
    assert days_of(RunRequest(as_of="2025-11-29")) == (date(2025, 11, 29),)
