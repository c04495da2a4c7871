from __future__ import annotations

import math
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.errors import ReportgenError
from reportgen.periods import (
    FIRST_DAY,
    as_day,
    fiscal_label,
    fiscal_period,
    from_serial,
    last_month,
    parse_as_of,
    parse_iso_day,
    parse_serial,
    serial,
)


@pytest.mark.parametrize(
    ("text", "today", "day"),
    [
        ("2025-11-30", date(2026, 1, 1), date(2025, 11, 30)),
        ("last-month-end", date(2025, 12, 1), date(2025, 11, 30)),
        ("last-month-end", date(2025, 11, 30), date(2025, 10, 31)),
        ("last-month-end", date(2024, 3, 15), date(2024, 2, 29)),
        ("last-month-end", date(2026, 1, 31), date(2025, 12, 31)),
    ],
)
def test_as_of_is_a_day_or_the_end_of_last_month(text: str, today: date, day: date) -> None:
    assert parse_as_of(text, today) == day


@pytest.mark.parametrize(
    "text", ["", "2025-11-31", "30/11/2025", "yesterday", "20251130", "1899-01-01"]
)
def test_any_other_as_of_is_refused_by_name(text: str) -> None:
    with pytest.raises(ReportgenError, match=r"expected YYYY-MM-DD.* or last-month-end"):
        parse_as_of(text, date(2025, 12, 1))


@pytest.mark.parametrize(
    ("day", "number"),
    [(date(1900, 3, 1), 61), (date(2025, 11, 30), 45991), (date(9999, 12, 31), 2958465)],
)
def test_a_day_has_the_serial_number_that_excel_gives_it(day: date, number: int) -> None:
    assert serial(day) == number


@given(st.dates(FIRST_DAY))
def test_a_serial_number_gives_back_its_day(day: date) -> None:
    assert from_serial(serial(day)) == day
    assert from_serial(serial(day) + 0.999) == day


def test_days_on_which_excel_errs_are_refused() -> None:
    with pytest.raises(ValueError, match="1900-03-01"):
        serial(date(1900, 2, 28))
    with pytest.raises(ValueError, match="1900-03-01"):
        from_serial(60)


@pytest.mark.parametrize(
    ("value", "day"),
    [
        (60.99, None),
        (61, date(1900, 3, 1)),
        (45991.75, date(2025, 11, 30)),
        (2958465.99, date(9999, 12, 31)),
        (2958466, None),
        (-1.0, None),
        (math.nan, None),
        (math.inf, None),
        (True, None),
        ("45991", None),
        (None, None),
    ],
)
def test_what_a_cell_holds_is_a_day_or_none(value: object, day: date | None) -> None:
    assert parse_serial(value) == day


@pytest.mark.parametrize(
    ("label", "months", "month_index"),
    [
        ("FY2026-Q2", 3, 2026 * 12 + 6),
        ("FY2025-Q4", 3, 2025 * 12 + 12),
        ("FY2026-H1", 6, 2026 * 12 + 6),
        ("FY2026-H2", 6, 2026 * 12 + 12),
        ("FY2025", 12, 2025 * 12 + 12),
        ("2025-09-30", 0, None),
    ],
)
def test_a_label_tells_the_length_of_its_period(
    label: str, months: int, month_index: float | None
) -> None:
    period = fiscal_period(label)
    assert period is not None
    assert period.months == months
    if month_index is None:
        assert math.isnan(period.month_index)
    else:
        assert period.month_index == month_index


def test_the_last_quarter_of_a_year_and_the_first_of_the_next_are_a_quarter_apart() -> None:
    last, first = fiscal_period("FY2025-Q4"), fiscal_period("FY2026-Q1")
    assert last is not None
    assert first is not None
    assert first.month_index - last.month_index == first.months


@pytest.mark.parametrize(
    "label", ["", "Q2", "FY26-Q2", "FY2026-Q5", "FY2026-H3", "2025-9-30", "fy2026"]
)
def test_any_other_label_names_no_period(label: str) -> None:
    assert fiscal_period(label) is None


@pytest.mark.parametrize(
    ("end", "months", "year_end", "label"),
    [
        ("2025-12-31", 3, "12-31", "FY2025-Q4"),
        ("2025-12-31", 12, "12-31", "FY2025"),
        ("2025-09-30", 3, "03-31", "FY2026-Q2"),
        ("2025-03-31", 12, "03-31", "FY2025"),
        ("2024-12-28", 3, "09-30", "FY2025-Q1"),  # years of 52 and 53 weeks
        ("2025-10-04", 3, "09-30", "FY2025-Q4"),
        ("2025-10-04", 12, "09-30", "FY2025"),
        ("2026-01-03", 3, "09-30", "FY2026-Q1"),
        ("2025-02-01", 12, "01-31", "FY2025"),
        ("2025-11-23", 3, "08-31", "FY2026-Q1"),  # quarters of 12 and 16 weeks
        ("2025-05-11", 3, "08-31", "FY2025-Q3"),
        ("2024-02-29", 3, "02-29", "FY2024-Q4"),
        ("2025-06-30", 0, "12-31", "2025-06-30"),
        ("2025-09-30", 6, "03-31", "FY2026-H1"),
        ("2026-03-31", 6, "03-31", "FY2026-H2"),
        ("2025-03-17", 3, "03-31", "FY2025-Q4"),  # half a month off, and a day more
        ("2025-03-14", 12, "02-28", "FY2025"),
        ("2025-03-15", 12, "03-31", "FY2025"),
    ],
)
def test_a_period_is_named_by_the_step_of_the_fiscal_year_that_it_ends_nearest_to(
    end: str, months: int, year_end: str, label: str
) -> None:
    assert fiscal_label(date.fromisoformat(end), months, year_end) == label


def test_a_period_of_an_unknown_fiscal_year_has_no_name() -> None:
    assert fiscal_label(date(2025, 3, 31), 0, "") == "2025-03-31"
    with pytest.raises(ReportgenError, match=r"2025-03-31: fill in fiscal_year_end"):
        fiscal_label(date(2025, 3, 31), 3, "")


@pytest.mark.parametrize(
    ("day", "month"),
    [("2025-10-14", (2025, 9)), ("2025-10-15", (2025, 10)), ("2026-01-14", (2025, 12))],
)
def test_a_period_ends_with_the_month_whose_end_is_near(day: str, month: tuple[int, int]) -> None:
    assert last_month(date.fromisoformat(day)) == 12 * month[0] + month[1]


def test_days_of_reports_have_a_first_and_a_last() -> None:
    assert as_day("1900-04-01") == date(1900, 4, 1)
    assert as_day(datetime(9998, 11, 30, 12, tzinfo=UTC)) == date(9998, 11, 30)
    with pytest.raises(ReportgenError, match="1900-03-31 is before 1900-04-01, the first day"):
        as_day(date(1900, 3, 31))
    with pytest.raises(ReportgenError, match="9998-12-01 is after 9998-11-30, the last day"):
        as_day("9998-12-01")


def test_days_of_files_begin_with_the_first_that_excel_counts_well() -> None:
    assert parse_iso_day("1900-03-01") == FIRST_DAY
    assert parse_iso_day("1900-02-28") is None
    assert parse_iso_day("9999-12-31") == date(9999, 12, 31)
