"""Periods as vendors head their columns, in the fiscal years of a company."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.facts.problems import CellError
from reportgen.intake.maps.periods import is_period, period_of, placed


@pytest.mark.parametrize(
    ("text", "year_end", "months", "end", "label"),
    [
        ("3 months Q1 Dec-31-2025", "09-30", None, "2025-12-31", "FY2026-Q1"),
        ("12 months FY2026 Sep-30-2026", "09-30", None, "2026-09-30", "FY2026"),
        ("6 months Jun-30-2026", "12-31", None, "2026-06-30", "FY2026-H1"),
        ("Q2 2026", "12-31", None, "2026-06-30", "FY2026-Q2"),
        ("FY2026-Q2", "03-31", None, "2025-09-30", "FY2026-Q2"),
        ("2Q26", "12-31", None, "2026-06-30", "FY2026-Q2"),
        ("FQ1 2026", "09-30", None, "2025-12-31", "FY2026-Q1"),
        ("H2 2025", "12-31", None, "2025-12-31", "FY2025-H2"),
        ("FY 2025", "12-31", None, "2025-12-31", "FY2025"),
        ("2025A", "06-30", None, "2025-06-30", "FY2025"),
        ("2025", "12-31", None, "2025-12-31", "FY2025"),
        ("FY25", "12-31", None, "2025-12-31", "FY2025"),
        ("Q3 '26", "12-31", None, "2026-09-30", "FY2026-Q3"),
        ("2026-03-31", "12-31", 3, "2026-03-31", "FY2026-Q1"),
        ("31/03/2026", "12-31", 3, "2026-03-31", "FY2026-Q1"),
        ("Mar-2026", "12-31", 3, "2026-03-31", "FY2026-Q1"),
        ("As of Dec 31, 2025", "12-31", 0, "2025-12-31", "2025-12-31"),
        ("Q4 2025", "12-31", 0, "2025-12-31", "2025-12-31"),
        ("FY2025", "02-29", None, "2025-02-28", "FY2025"),
        ("FY2026", "09-28", None, "2026-09-28", "FY2026"),
        ("H1 2026", "06-30", None, "2025-12-31", "FY2026-H1"),
        ("Q4 2026", "12-31", 3, "2026-12-31", "FY2026-Q4"),
        ("H1 Jun-30-2026", "12-31", 3, "2026-06-30", "FY2026-H1"),  # the heading is the nearer word
        ("Jun 30, 2026 Q2", "12-31", None, "2026-06-30", "FY2026-Q2"),
        ("Q2 ended Jun 30, 2026", "12-31", None, "2026-06-30", "FY2026-Q2"),
        ("Fiscal year Jun-30-2026", "06-30", None, "2026-06-30", "FY2026"),
        # what the words say of the length counts before what they name
        ("6 months Q2 Jun-30-2026", "12-31", None, "2026-06-30", "FY2026-H1"),
        ("FY2026 6 months Sep-30-2026", "12-31", None, "2026-09-30", "FY2026-H2"),
        ("3M 2026", "12-31", None, "2026-03-31", "FY2026-Q1"),
        ("6 mos. 2026", "06-30", None, "2025-12-31", "FY2026-H1"),
        ("12m FY2026", "12-31", 3, "2026-12-31", "FY2026"),
        ("Q2 2026", "12-31", 6, "2026-06-30", "FY2026-Q2"),
        ("Three months ended Sep 30, 2026", "12-31", 12, "2026-09-30", "FY2026-Q3"),
        ("Twelve Months Ended 30 September 2026", "12-31", 3, "2026-09-30", "FY2026"),
        ("Quarter ended Jun 30, 2026", "12-31", None, "2026-06-30", "FY2026-Q2"),
        ("half-year ended Jun 30, 2026", "12-31", None, "2026-06-30", "FY2026-H1"),
        ("Year ended Jun 30, 2026", "12-31", None, "2026-06-30", "FY2026"),
        # a quarter beside a month is no day of it
        ("Q4 Dec 2025", "12-31", None, "2025-12-31", "FY2025-Q4"),
        ("Q3 Mar-2026", "06-30", None, "2026-03-31", "FY2026-Q3"),
        ("Q3 9/30/2026", "12-31", None, "2026-09-30", "FY2026-Q3"),
        ("FY Feb 2028", "02-29", None, "2028-02-29", "FY2028"),
        *(
            (f"{word} Quarter 2026", "12-31", None, f"2026-{day}", f"FY2026-Q{step}")
            for step, day, words in (
                *((1, "03-31", ("First", "1st")), (2, "06-30", ("second", "2nd"))),
                *((3, "09-30", ("Third", "3rd")), (4, "12-31", ("fourth", "4th"))),
            )
            for word in words
        ),
        ("1st half 2025", "12-31", None, "2025-06-30", "FY2025-H1"),
        # years that are named by the one in which they end
        ("FY 2025/26", "03-31", None, "2026-03-31", "FY2026"),
        ("2025-2026", "06-30", None, "2026-06-30", "FY2026"),
        ("second half 25/26", "06-30", None, "2026-06-30", "FY2026-H2"),
        ("FY99/00", "12-31", None, "2000-12-31", "FY2000"),
    ],
)
def test_a_heading_is_a_period_of_the_company(
    text: str, year_end: str, months: int | None, end: str, label: str
) -> None:
    found = placed(period_of(text), year_end, months)
    assert (found.end.isoformat(), found.label) == (end, label)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("LTM Sep-30-2026", "no period that was reported"),
        ("2027E", "no period that was reported"),
        ("FY2026 Est.", "no period that was reported"),
        ("Growth", "names no period"),
        ("12", "names no period"),
        ("2025.5", "names no period"),
        ("CY2025", "no period that was reported"),
        ("10/11/2026", "can be read as"),
        ("2026-03-31", "says no length"),
        ("9 months Sep-30-2026", "is of 9 months"),
        *((f"{words} 2026", "is of 9 months") for words in ("9M", "Q3 9 months", "Nine months to")),
        ("2 months 2025", "is of 2 months"),
        ("Year to date Sep 30, 2026", "no period that was reported"),
        ("YTD 2026", "no period that was reported"),
        *((f"{words} 2026", "names no period") for words in ("Half year", "Quarter", "quarter 2")),
        *((f"{words} 2026", "names no period") for words in ("Q5", "5Q", "H3", "Q0", "12m Q2")),
        ("2025/27", "names no period"),
        ("Q3", "names no period"),
    ],
)
def test_what_is_no_period_is_told(text: str, told: str) -> None:
    with pytest.raises(CellError, match=told):
        placed(period_of(text), "12-31", None)


def test_a_day_in_either_order_is_a_period_and_the_order_of_the_sheet_counts() -> None:
    assert is_period("10/11/2026")
    assert not is_period("Growth")
    assert period_of("10/11/2026", "DMY").end == date(2026, 11, 10)
    assert period_of("10/11/2026", "MDY").end == date(2026, 10, 11)
