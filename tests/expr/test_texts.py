"""Numbers and days as texts, as a spreadsheet shows them."""

from __future__ import annotations

import pytest

from reportgen.expr import texts
from reportgen.values import fixed

NAN = float("nan")


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (0.0, 0, "0"),
        (1234567.891, 1, "1,234,567.9"),
        (2.5, 0, "3"),  # halves away from zero
        (-2.5, 0, "-3"),
        (0.125, 2, "0.13"),
        (1.005, 2, "1.01"),  # the nearest number to it lies below
        (2.675, 2, "2.68"),
        (-0.001, 2, "0.00"),  # no negative zero
        (-0.4, 0, "0"),
        (1e15, 0, "1,000,000,000,000,000"),
        (123456789012345678.0, 0, "123,456,789,012,346,000"),  # 15 digits
        (1e300, 1, f"1{',000' * 100}.0"),
        (NAN, 2, "n/a"),
        (float("inf"), 2, "n/a"),
    ],
)
def test_a_number_is_shown_with_decimals(number: float, decimals: int, text: str) -> None:
    assert fixed(number, decimals) == text


@pytest.mark.parametrize(
    ("ratio", "decimals", "text"),
    [
        (0.125, 1, "12.5%"),
        (0.145, 0, "15%"),  # 100 times it lies below 14.5
        (-0.0004, 1, "0.0%"),
        (12.5, 0, "1,250%"),
        (NAN, 0, "n/a"),
        (1e307, 0, "n/a"),
    ],
)
def test_a_ratio_is_shown_in_percent(ratio: float, decimals: int, text: str) -> None:
    assert texts.percent(ratio, decimals) == text


@pytest.mark.parametrize(
    ("serial", "text"),
    [
        (45991.0, "2025-11-30"),
        (45991.9, "2025-11-30"),
        (1001.0, "1902-09-27"),
        (1000.0, "n/a"),  # programs count the days of early 1900 differently
        (60.0, "n/a"),
        (-1.0, "n/a"),
        (2958465.0, "9999-12-31"),
        (2958466.0, "n/a"),
        (1e300, "n/a"),
        (NAN, "n/a"),
    ],
)
def test_a_day_is_shown_whatever_the_locale(serial: float, text: str) -> None:
    assert texts.date_text(serial) == text


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        ("2025-11-30", 6, "2025-05-30"),
        ("2025-08-31", 6, "2025-02-28"),  # the end of a shorter month
        ("2024-08-31", 6, "2024-02-29"),
        ("2025-03-31", 1, "2025-02-28"),
        ("2025-01-15", 1, "2024-12-15"),
        ("2025-11-30", 0, "2025-11-30"),
        ("2025-11-30", -3, "2026-02-28"),
        ("2025-11-30", 6.9, "2025-05-30"),
    ],
)
def test_months_are_counted_as_edate_counts_them(day: str, months: float, before: str) -> None:
    assert texts.date_text(texts.months_before(_serial(day), months)) == before


@pytest.mark.parametrize(
    ("serial", "months"), [(1000.0, 1), (NAN, 6), (45991.0, NAN), (1e300, 6), (45991.0, 1e6)]
)
def test_a_day_out_of_range_has_no_day_before(serial: float, months: float) -> None:
    assert texts.months_before(serial, months) != texts.months_before(serial, months)


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("a", "/", 2025.0), "a/2025"),
        ((0.1, " ", -0.5), "0.1 -0.5"),
        ((1 / 3,), "0.333333333333333"),
        ((0.00001,), "0.00001"),
        ((-0.0,), "0"),
        (("no. ", NAN), "no. n/a"),
    ],
)
def test_texts_and_numbers_are_joined(parts: tuple[float | str, ...], text: str) -> None:
    assert texts.concat(*parts) == text


def _serial(day: str) -> float:
    return next(float(n) for n in range(45000, 47000) if texts.date_text(n) == day)
