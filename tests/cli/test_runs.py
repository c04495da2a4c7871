"""What the commands about many companies print."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.cli.output import plain
from reportgen.cli.runs import companies_page, run_page
from reportgen.runs.batch import Ran
from reportgen.runs.company import Result
from reportgen.runs.standings import Row


def test_each_company_stands_with_its_state_stance_and_reason() -> None:
    rows = [
        Row("ACME", "unchanged", "", "2025-10-31", "LONG", ()),
        Row("BOLT", "stale", "prices.csv", "", "", ()),
    ]
    assert list(plain(companies_page(rows, date(2025, 11, 30)))) == [
        "company  state      newest      stance  why",
        "ACME     unchanged  2025-10-31  LONG",
        "BOLT     stale      -           -       prices.csv",
        "",
        "2 companies as of 2025-11-30: a run would look at 1",
    ]
    assert list(plain(companies_page(rows[1:], date(2025, 11, 30))))[-1] == (
        "1 company as of 2025-11-30: a run would look at 1"
    )


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["2025-11-30"], ["desk/index-2025-11-30.xlsx", "desk/index-2025-11-30.html"]),
        (
            ["2025-09-30", "2025-10-31", "2025-11-30"],
            [
                "desk/index-2025-09-30.html to index-2025-11-30.html: 3 days, each also as .xlsx",
            ],
        ),
    ],
)
def test_a_run_says_where_its_indexes_are_and_of_many_days_in_a_line(
    days: list[str], told: list[str]
) -> None:
    indexes = tuple(f"index-{day}.{kind}" for day in days for kind in ("xlsx", "html"))
    ran = Ran("0001", tuple(Result("ACME", day, "success", "") for day in days), 0, indexes)
    assert list(plain(run_page(ran, "desk")))[3:] == told
