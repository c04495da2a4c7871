"""Periods as vendors head their columns, in the fiscal years of a company."""

from __future__ import annotations

import pytest

from reportgen.facts.problems import CellError
from reportgen.intake.maps.periods import period_of, placed


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
    ],
)
def test_what_is_no_period_is_told(text: str, told: str) -> None:
    with pytest.raises(CellError, match=told):
        placed(period_of(text), "12-31", None)
