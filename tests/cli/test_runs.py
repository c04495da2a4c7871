"""What the commands about many companies print."""

from __future__ import annotations

from datetime import date

from reportgen.cli.printing import plain
from reportgen.cli.runs import companies_page
from reportgen.runs.listing import Row


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
