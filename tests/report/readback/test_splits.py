"""The splits that a report lists are read as it was made with them, or it is refused."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.facts.split_words import Split
from reportgen.report.readback.splits import stated_splits
from reportgen.report.readback.workbook import NotAReportError
from tests.report.readback.test_workbook import Said, read

DAY = date(2025, 11, 30)


def listing(text: str) -> Said:
    return {"Key": "report.splits", "Kind": "report", "Issued": text}


@pytest.mark.parametrize(
    ("text", "splits"),
    [
        ("[]", ()),
        ('["2025-11-30 10.0"]', (Split(DAY, 10.0),)),
        ('["2025-11-30 0.0001", "2024-01-02 1"]', (Split(DAY, 1e-4), Split(date(2024, 1, 2), 1.0))),
    ],
)
def test_splits_are_read_in_the_order_in_which_they_are_listed(
    text: str, splits: tuple[Split, ...]
) -> None:
    assert stated_splits(read(listing(text))) == splits


def test_a_report_that_lists_none_does_not_say() -> None:
    assert stated_splits(read()) is None


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "7",
        '["2025-11-30"]',
        '["2025-11-30 0"]',
        '["2025-11-30 -1"]',
        '["2025-11-30 inf"]',
        '["2025-11-30 nan"]',
        '["2025-11-30 ten"]',
        '["2025-11-31 10.0"]',
    ],
)
def test_a_list_that_was_damaged_is_refused(text: str) -> None:
    with pytest.raises(NotAReportError, match=r"report\.splits: .*; use the file as it was issued"):
        stated_splits(read(listing(text)))
