from __future__ import annotations

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportgen.facts.problems import CellError
from reportgen.facts.reading.dates import moment, parse_day, settled_order

FEB_13 = date(2026, 2, 13)


@pytest.mark.parametrize(
    "spelled",
    [
        *("2026-02-13", "2026/02/13", "2026/2/13", "2026.02.13", "20260213", " 2026-02-13 "),
        *("13/02/2026", "02/13/2026", "13-02-2026", "2/13/2026", "13.02.2026", "13.2.2026"),
        *("Feb 13, 2026", "February 13, 2026", "Feb. 13 2026", "13 Feb 2026", "13-Feb-2026"),
        *("Feb-13-2026", "13-Feb-26", "13-February-26", "13.Feb.2026", "2026-Feb-13"),
        *(
            "02/13/26",
            "13/02/26",
            "13.2.26",
            "13. Februar 2026",
            "13 févr. 2026",
            "13 de febrero de 2026",
        ),
        *("2026年2月13日", "2026년 2월 13일", "2026- 02- 13", "Friday, February 13, 2026"),
        *("2/13/2026 4:00:00 PM", "2/13/2026, 4:00 p.m.", "Fri, 13 Feb 2026 00:00:00 GMT"),
        *("2026-02-13 00:00:00-05:00", "2026-02-13T16:00:00Z", "2026-02-13 16:00"),
    ],
)
def test_a_day_is_read_as_programs_spell_it(spelled: str) -> None:
    assert parse_day(spelled, None) == FEB_13


@pytest.mark.parametrize(
    "spelled",
    [
        *("2026-02-30", "2026-13-01", "13/13/2026", "02.13.2026", "13-02-26", "Foo 13, 2026"),
        *(
            "tomorrow",
            "2026",
            "202602",
            "0000-00-00",
            "1899-12-31",
            "2026-02-13x",
            "\uff12\uff10\uff12\uff16-02-13",
        ),
    ],
)
def test_what_is_no_day_is_refused(spelled: str) -> None:
    with pytest.raises(CellError):
        parse_day(spelled, "DMY")


def test_a_spreadsheets_serial_number_is_refused_with_a_hint() -> None:
    with pytest.raises(CellError) as raised:
        parse_day("45991", None)
    assert "serial number" in raised.value.remedy


def test_a_day_with_two_readings_is_refused_with_both_unless_the_order_is_settled() -> None:
    with pytest.raises(CellError) as raised:
        parse_day("03/04/2025", None)
    assert raised.value.found == '"03/04/2025" can be read as 2025-04-03 or 2025-03-04'
    assert parse_day("03/04/2025", "DMY") == date(2025, 4, 3)
    assert parse_day("03/04/2025", "MDY") == date(2025, 3, 4)


def test_a_day_whose_order_does_not_matter_is_read() -> None:
    assert parse_day("05/05/2025", None) == date(2025, 5, 5)


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["03/04/2025", "13/04/2025"], "DMY"),
        (["03/04/2025", "04/13/2025"], "MDY"),
        (["03/04/2025", "05/06/2025"], None),
        (["13/04/2025", "04/13/2025"], None),
        (["03/04/2025", "13.04.2025"], None),
    ],
)
def test_the_order_is_settled_by_days_above_twelve(cells: list[str], order: str | None) -> None:
    assert settled_order(cells) == order


def test_a_year_of_two_digits_lies_between_1969_and_2068() -> None:
    assert parse_day("13-Feb-69", None) == date(1969, 2, 13)
    assert parse_day("13-Feb-68", None) == date(2068, 2, 13)


@pytest.mark.parametrize(
    ("text", "seconds", "offset"),
    [
        ("2026-02-13", None, None),
        ("2026-02-13 00:00", 0, None),
        ("2026-02-13T09:30:15.250Z", 34_215, 0),
        ("2026-02-13 12:00 AM", 0, None),
        ("2026-02-13 12:30 pm EST", 45_000, -5),
        ("2026-02-13 09:15:00+05:30", 33_300, 5.5),
        ("2026-02-13 16:00-0500", 57_600, -5),
    ],
)
def test_a_time_and_its_zone_are_taken_from_a_day(
    text: str, seconds: float | None, offset: float | None
) -> None:
    said = moment(text)
    assert said.day == "2026-02-13"
    for found, expected in ((said.seconds, seconds), (said.offset, offset)):
        assert found == expected or (math.isnan(found) and expected is None)


@given(st.dates(date(1900, 3, 1)), st.sampled_from(["DMY", "MDY"]))
def test_every_day_is_read_back_from_either_order(day: date, order: str) -> None:
    spelled = day.strftime("%d/%m/" if order == "DMY" else "%m/%d/") + f"{day.year:04}"
    assert parse_day(spelled, order) == day


@given(st.text(max_size=14))
def test_any_text_is_a_day_or_blank_or_refused(text: str) -> None:
    try:
        day = parse_day(text, None)
    except CellError:
        return
    assert day is not None or not text.strip()
