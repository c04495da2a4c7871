"""What reports said first, as the next ones are told it."""

from __future__ import annotations

from datetime import date, timedelta
from math import isnan
from typing import TYPE_CHECKING

import pytest

from reportgen.pipeline import compose
from reportgen.runs.history import history_path, write_history
from reportgen.runs.issued import Issue, issue, issued_path, read_issued
from tests.runs.records import HEADLINE

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.values import Value

SEPTEMBER, OCTOBER, NOVEMBER = date(2025, 9, 30), date(2025, 10, 31), date(2025, 11, 30)


def _issue(outputs: Path, as_of: date, days: int = 1, **said: Value) -> None:
    path = issued_path(outputs, "BABA")
    said_of = HEADLINE | {name.replace("__", "."): value for name, value in said.items()}
    rows = read_issued(path)
    number = 1 + sum(row.as_of == as_of for row in rows)
    issue(path, rows, Issue.of(as_of, as_of + timedelta(days), number, "a" * 64, said_of))


def test_a_history_holds_the_first_revision_of_each_earlier_day(tmp_path: Path) -> None:
    _issue(tmp_path, OCTOBER)
    _issue(tmp_path, OCTOBER, price=1.0)
    _issue(tmp_path, NOVEMBER)
    _issue(tmp_path, SEPTEMBER)
    assert write_history(tmp_path, "BABA", NOVEMBER) == history_path(tmp_path, "BABA")
    header, *rows = history_path(tmp_path, "BABA").read_text().splitlines()
    assert header.startswith("as_of,scored,currency,price,bear,base,bull,")
    assert [row.split(",")[0] for row in rows] == ["2025-09-30", "2025-10-31"]
    assert rows[1].split(",")[3] == "100.0"


@pytest.mark.parametrize(("days", "scored"), [(0, "yes"), (31, "yes"), (32, "no"), (-1, "no")])
def test_a_report_is_scored_if_it_went_out_within_31_days(
    tmp_path: Path, days: int, scored: str
) -> None:
    _issue(tmp_path, OCTOBER, days)
    write_history(tmp_path, "BABA", NOVEMBER)
    assert f"2025-10-31,{scored}," in history_path(tmp_path, "BABA").read_text()


def test_there_is_no_history_before_the_first_report(tmp_path: Path) -> None:
    assert write_history(tmp_path, "BABA", NOVEMBER) is None
    _issue(tmp_path, NOVEMBER)
    assert write_history(tmp_path, "BABA", NOVEMBER) is None
    assert not history_path(tmp_path, "BABA").exists()


def test_a_history_that_says_the_same_is_left_alone(tmp_path: Path) -> None:
    _issue(tmp_path, OCTOBER)
    path = write_history(tmp_path, "BABA", NOVEMBER)
    assert path is not None
    before = path.stat()
    write_history(tmp_path, "BABA", NOVEMBER)
    assert path.stat() == before


def test_what_a_report_said_is_read_back_as_it_was(tmp_path: Path) -> None:
    said = compose("BABA", as_of=OCTOBER).overview
    path = issued_path(tmp_path, "BABA")
    issue(path, (), Issue.of(OCTOBER, NOVEMBER, 1, "a" * 64, said))
    history = write_history(tmp_path, "BABA", NOVEMBER)
    (row,) = compose("BABA", as_of=NOVEMBER, history=history).pack.rows.history
    assert (row.price, row.bear, row.expected) == tuple(
        said[key] for key in ("price", "bear.value", "expected_value")
    )
    keys = ("hype.value", "hype.consensus", "assumption[cost_of_equity,all,]", "dividend")
    assert (row.hype_adjusted, row.consensus, row.cost_of_equity, row.dividend) == tuple(
        said[key] for key in keys
    )


def test_values_that_are_not_known_stay_so(tmp_path: Path) -> None:
    path = issued_path(tmp_path, "BABA")
    said: dict[str, Value] = {"company.price_currency": "USD"}
    issue(path, (), Issue.of(OCTOBER, NOVEMBER, 1, "a" * 64, said))
    history = write_history(tmp_path, "BABA", NOVEMBER)
    (row,) = compose("BABA", as_of=NOVEMBER, history=history).pack.rows.history
    assert isnan(row.price)
    assert isnan(row.bull_probability)
