"""A period whose name, last day and fiscal year do not agree is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

HEADER = "period_end,period,segment,metric,value,unit,published,source"
CALENDAR = {
    "2024-12-31": "FY2024-Q4",
    "2025-03-31": "FY2025-Q1",
    "2025-06-30": "FY2025-Q2",
    "2025-09-30": "FY2025-Q3",
}


def told(folder: PackFolder, periods: dict[str, str], year_end: str, published: str = "") -> str:
    """The warnings about revenue that was reported for periods, by their last days."""
    rows = [
        f"{end},{name},group,revenue,1000,USD m,{published or '2025-11-20'},filing"
        for end, name in periods.items()
    ]
    folder.write("fundamentals.csv", "\n".join([HEADER, *rows, ""]))
    folder.replace("company.yaml", '"12-31"', f'"{year_end}"')
    return "\n".join(folder.warnings(of="fundamentals.csv"))


@pytest.mark.parametrize(
    ("periods", "year_end"),
    [
        (CALENDAR, "12-31"),
        ({"2025-03-31": "FY2025", "2025-09-30": "FY2026-H1", "2025-06-30": "FY2026-Q1"}, "03-31"),
        ({"2025-09-27": "FY2025", "2025-06-28": "FY2025-Q3"}, "09-30"),  # years of 52 weeks
        ({"2025-02-01": "FY2025", "2025-05-03": "FY2026-Q1"}, "01-31"),
        ({"2024-11-24": "FY2025-Q1", "2025-05-11": "FY2025-Q3", "2025-08-31": "FY2025"}, "08-31"),
        ({"2025-09-06": "FY2025-Q3", "2024-12-28": "FY2024"}, "12-31"),  # of 12 and 16 weeks
        ({"2025-01-10": "FY2025", "2025-07-11": "FY2026-H1"}, "01-10"),
        ({"2025-09-30": "2025-09-30"}, "03-31"),  # a balance
    ],
)
def test_periods_that_end_about_where_their_names_say_are_not_told(
    folder: PackFolder, periods: dict[str, str], year_end: str
) -> None:
    assert told(folder, periods, year_end) == ""


@pytest.mark.parametrize(
    ("end", "name", "line"),
    [
        ("2025-09-30", "FY2025-Q2", 5),
        ("2025-06-30", "FY2025-Q3", 4),
        ("2025-09-30", "FY2026-Q3", 5),
        ("2025-09-30", "FY2025", 5),
        ("2025-06-30", "FY2024-H2", 4),
    ],
)
def test_the_period_that_is_not_named_as_the_others_is_told(
    folder: PackFolder, end: str, name: str, line: int
) -> None:
    found = told(folder, {**CALENDAR, end: name}, "12-31")
    assert f'fundamentals.csv:{line} period: "{name}" does not end on {end}, as the' in found


def test_a_fiscal_year_that_ends_elsewhere_is_told_once(folder: PackFolder) -> None:
    found = told(folder, CALENDAR, "03-31")
    assert "do about 9 months after that of fiscal_year_end" in found
    assert "\n" not in found
    assert "mend fiscal_year_end" in found


def test_quarters_from_before_the_fiscal_year_was_changed_are_told(folder: PackFolder) -> None:
    moved = {"2024-09-30": "FY2025-Q2", "2024-06-30": "FY2025-Q1", **CALENDAR}
    assert "(and alike on 1 more line)" in told(folder, moved, "12-31")


def test_a_result_from_before_its_period_ended_is_told(folder: PackFolder) -> None:
    found = told(folder, {"2025-09-30": "FY2025-Q3"}, "12-31", published="2025-09-15")
    assert "2025-09-15 is before 2025-09-30, the last day of the period" in found


def test_a_balance_of_another_day_than_it_is_named_by_is_told(folder: PackFolder) -> None:
    found = told(folder, {"2025-09-30": "2025-06-30"}, "12-31")
    assert '"2025-06-30" is not the day of period_end, 2025-09-30' in found


WHOLE = "period_end,period,segment,metric,value,unit,yoy,qualifier,published,source,note"


@pytest.mark.parametrize(
    ("rows", "ends", "told"),
    [
        (
            ["2025-09-30,FY2025-Q3,group,revenue,9,USD m,,=,2025-10-20,filing,",
             "2025-09-27,FY2025-Q3,group,eps,1,USD/ADS,,=,2025-10-20,filing,",
             "2025-09-30,FY2025-Q3,group,ebitda,2,USD m,,=,2025-10-20,filing,"],
            {"2025-09-30"},
            ':3 period_end: "FY2025-Q3" ends on 2025-09-27 here, and on 2025-09-30 on line 2',
        ),
        (
            ["2025-09-27,FY2025-Q3,group,revenue,9,USD m,,=,2025-10-20,filing,",
             "2025-09-30,FY2025-Q3,group,revenue,9,USD m,,=,2025-11-20,filing,"],
            {"2025-09-27"},
            ':3 period_end: "FY2025-Q3" ends on 2025-09-30 here, and on 2025-09-27 on line 2',
        ),
        (
            ["2025-09-27,FY2025-Q3,group,revenue,9,USD m,,=,2025-10-20,filing,",
             "2025-09-30,FY2025-Q3,group,revenue,8,USD m,,=,2025-10-20,filing,"],
            None,
            ":2 value: 9 is not what line 3 states (8) for the same segment, metric, period",
        ),
        (
            ["2025-09-30,FY2025-Q3,group,revenue,9,USD m,,=,2025-10-20,filing,",
             "2025-06-30,FY2025-Q3,group,eps,1,USD/ADS,,=,2025-10-20,filing,"],
            {"2025-09-30", "2025-06-30"},
            "does not end on",
        ),
        (
            ["2025-09-30,2025-09-30,group,net_cash,9,USD m,,=,2025-10-20,filing,",
             "2025-09-23,2025-09-23,group,net_cash,9,USD m,,=,2025-10-20,filing,"],
            {"2025-09-30", "2025-09-23"},
            "",
        ),
    ],
)  # fmt: skip
def test_one_period_under_two_ends_is_one_period(
    folder: PackFolder, rows: list[str], ends: set[str] | None, told: str
) -> None:
    folder.write("fundamentals.csv", "\n".join([WHOLE, *rows, ""]))
    if ends is None:
        assert told in "\n".join(folder.errors())
        return
    pack = folder.load()
    assert {str(day)[:10] for day in pack.fundamentals["period_end"]} == ends
    said = [str(one) for one in pack.warnings if "period" in str(one)]
    assert any(told in one for one in said) if told else said == []
