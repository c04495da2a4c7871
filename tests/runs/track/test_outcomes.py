"""What became of past reports, as Track record of a workbook has it, too."""

from __future__ import annotations

import math
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import ReportgenError
from reportgen.facts.rows import Event
from reportgen.facts.scoring import LEVELS
from reportgen.runs.track.outcomes import (
    Facts,
    Outcome,
    deviation,
    is_delisted,
    months_after,
    outcomes,
    outcomes_fault,
    outcomes_of,
    read_outcomes,
    write_outcomes,
    year_after,
)
from reportgen.runs.track.scores import scores
from tests.report.conftest import built
from tests.runs.track.worlds import said

if TYPE_CHECKING:
    from pathlib import Path

THEN, NOW = date(2024, 11, 30), date(2025, 11, 30)


def facts(*closes: tuple[str, float], is_delisted: bool = False, as_of: date = NOW) -> Facts:
    days = [date.fromisoformat(day) for day, _ in closes]
    return Facts(days, [close for _, close in closes], as_of, "USD", is_delisted)


def test_a_workbook_and_the_record_of_all_companies_say_the_same() -> None:
    report = built("track")
    found = outcomes_of(report.pack)
    assert {one.status for one in found} == {"resolved", "pending", "other currency"}
    for one in found:
        shown = report.values[f"past[{one.as_of}].outcome"]
        assert report.values[f"past[{one.as_of}].status"] == one.status
        assert one.close == shown if shown is not None else math.isnan(one.close)
        assert report.values[f"past[{one.as_of}].counts"] == one.is_scored


def test_a_workbook_and_the_record_of_all_companies_score_the_same() -> None:
    report = built("track")
    scored = [one for one in outcomes_of(report.pack) if one.is_scored]
    assert len(scored) == 3
    found = scores(scored)
    for at, one in enumerate(scored):
        of = f"past[{one.as_of}]"
        for level in LEVELS:
            for name in ("met", "met_any_time", "error"):
                expected = getattr(found.levels[level], name)[at]
                shown = report.values[f"{of}.{name}[{level}]"]
                assert shown == pytest.approx(None if math.isnan(expected) else expected)
        for name, value in zip(
            ("inside", "interval_score", "brier", "rps"), found.cases, strict=True
        ):
            shown = report.values[f"{of}.{name}"]
            assert shown == pytest.approx(None if math.isnan(value[at]) else value[at])


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        ("2024-11-30", 12, "2025-11-30"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2023-02-28", 12, "2024-02-28"),
        ("2025-12-31", -1, "2025-11-30"),
        ("2025-12-31", 2, "2026-02-28"),
        ("2025-01-15", -1, "2024-12-15"),
    ],
)
def test_months_are_counted_as_edate_counts_them(day: str, months: int, then: str) -> None:
    assert months_after(date.fromisoformat(day), months) == date.fromisoformat(then)


@pytest.mark.parametrize(
    ("known", "status", "close"),
    [
        (facts(("2025-11-28", 117.0)), "resolved", 117.0),
        (facts(("2025-11-23", 117.0)), "resolved", 117.0),
        (facts(("2025-11-22", 117.0)), "unresolved", math.nan),
        (facts(), "unresolved", math.nan),
        (facts(("2025-06-02", 90.0), is_delisted=True), "delisted", 90.0),
        (facts(("2025-11-28", 90.0), is_delisted=True), "resolved", 90.0),
        (facts(("2025-06-02", 90.0), as_of=date(2025, 11, 29)), "pending", math.nan),
        (facts(("2025-06-02", 90.0), is_delisted=True, as_of=date(2025, 7, 1)), "delisted", 90.0),
        (facts(("2025-11-28", 1.0))._replace(currency="HKD"), "other currency", math.nan),
        (facts(("2025-11-25", 90.0), as_of=date(2025, 11, 26)), "pending", math.nan),
        (facts(is_delisted=True), "delisted", math.nan),  # of a share without a close
        (
            facts(  # dealt in after its year, in which nothing is known
                *(("2024-11-29", 90.0), ("2026-01-05", 50.0)),
                is_delisted=True,
                as_of=date(2026, 1, 31),
            ),
            "unresolved",
            math.nan,
        ),
    ],
)
def test_an_outcome_is_the_close_a_year_later(known: Facts, status: str, close: float) -> None:
    (one,) = outcomes([said(THEN)], known)
    assert one.status == status
    assert one.close == pytest.approx(close, nan_ok=True)


def event(day: str, name: str = "delisting", status: str = "done") -> Event:
    return Event(date.fromisoformat(day), name, None, status, "desk", 0)


@pytest.mark.parametrize(
    ("events", "is_one"),
    [
        ([], False),
        ([event("2025-01-02")], True),
        ([event("2025-01-02", "Delisting")], True),
        ([event("2025-01-02", "results")], False),
        ([event("2025-01-02", status="planned")], False),
        ([event("2025-01-02", status="planned"), event("2025-02-02")], True),
        ([event("2025-02-02"), event("2025-01-02", status="planned")], True),
        ([event("2025-02-02", status="withdrawn"), event("2025-01-02")], False),
        ([event("2025-01-02"), event("2025-02-02", "results", "planned")], True),
    ],
)
def test_a_share_is_delisted_where_the_newest_row_says_that_it_is_done(
    events: list[Event], *, is_one: bool
) -> None:
    assert is_delisted(events) is is_one


def test_closes_known_later_change_nothing() -> None:
    known = facts(("2025-03-03", 99.0), ("2025-11-28", 117.0))
    later = facts(("2025-03-03", 99.0), ("2025-11-28", 117.0), ("2025-12-01", 300.0))
    assert outcomes([said(THEN)], later) == outcomes([said(THEN)], known)
    reports = [said(THEN), said(date(2025, 3, 31))]
    assert str(outcomes(reports, later)) == str(outcomes(reports, known))


def test_the_window_begins_after_the_day_of_the_report_and_ends_with_it() -> None:
    closes = ("2024-11-29", 500.0), ("2024-12-02", 99.0), ("2025-11-28", 101.0)
    (one,) = outcomes([said(THEN)], facts(*closes, ("2025-12-01", 1.0), as_of=date(2026, 1, 31)))
    assert (one.high, one.low) == (101.0, 99.0)


def test_the_deviation_is_that_of_monthly_changes_over_a_year() -> None:
    days = [months_after(NOW, -at) for at in range(36)][::-1]
    path = [100.0 * math.exp(0.1 * (at % 2)) for at in range(36)]
    known = Facts(days, path, NOW, "USD", is_delisted=False)
    changes = [0.1 if at % 2 else -0.1 for at in range(1, 36)]
    mean = sum(changes) / 35
    worked_out = math.sqrt(sum((one - mean) ** 2 for one in changes) / 34 * 12)
    assert deviation(NOW, known) == pytest.approx(worked_out)


@pytest.mark.parametrize(("count", "is_known"), [(24, True), (23, False), (0, False)])
def test_there_is_no_deviation_with_fewer_than_24_closes(count: int, *, is_known: bool) -> None:
    days = [months_after(NOW, -at) for at in range(count)][::-1]
    closes = [100.0 + at % 3 for at in range(count)]
    known = Facts(days, closes, NOW, "USD", is_delisted=False)
    assert math.isnan(deviation(NOW, known)) != is_known


@pytest.mark.parametrize(("days", "is_known"), [(7, True), (8, False)])
def test_a_monthly_close_is_no_older_than_a_week(days: int, *, is_known: bool) -> None:
    then = [months_after(NOW, -at) - timedelta(days) for at in range(36)][::-1]
    known = Facts(then, [100.0 + at % 3 for at in range(36)], NOW, "USD", is_delisted=False)
    assert math.isnan(deviation(NOW, known)) != is_known


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        (f"as_of,more\n{THEN},1\n", ""),
        (f"as_of,more\n{NOW},1\n", "is of other reports"),
        (f"as_of,more\n{THEN},1\n{NOW},1\n", "is of other reports"),
        ("", "is of other reports"),
    ],
)
def test_outcomes_are_those_of_the_reports_of_a_history(
    tmp_path: Path, history: str, fault: str
) -> None:
    path = tmp_path / "outcomes.csv"
    assert outcomes_fault(path, history) == "is gone"
    path.write_text("?")
    assert outcomes_fault(path, history) == "cannot be read"
    write_outcomes(path, outcomes([said(THEN)], facts()))
    assert outcomes_fault(path, history) == fault


def test_a_file_holds_outcomes_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "outcomes.csv"
    found = outcomes_of(built("track").pack)
    write_outcomes(path, found)
    read = read_outcomes(path)
    assert str([one._replace(said=one.said._replace(line_no=0)) for one in found]) == str(
        list(read)
    )
    assert read_outcomes(tmp_path / "none.csv") == ()
    assert path.read_text().partition("\n")[0] == (
        "as_of,scored,currency,price,bear,base,bull,bear_probability,base_probability,"
        "bull_probability,expected,hype_adjusted,consensus,cost_of_equity,dividend,stance,split,"
        "status,close,high,low,deviation"
    )


@pytest.mark.parametrize(
    "spoilt",
    [
        lambda _: "",
        lambda text: text[:-9],
        lambda text: text.replace("118.0", "much"),
        lambda text: text.replace(",USD,", ',"US"D,'),
        lambda text: text.replace(",USD,", ",USD,1.0,"),
        lambda text: text.replace(",USD,100.0,", ",USD,"),
    ],
    ids=["empty", "torn", "no number", "quoted", "a cell more", "a cell less"],
)
def test_a_file_that_is_not_as_it_was_written_is_told(tmp_path: Path, spoilt: object) -> None:
    path = tmp_path / "outcomes.csv"
    known = facts(("2025-11-28", 118.0))
    write_outcomes(path, outcomes([said(THEN), said(THEN - timedelta(1))], known))
    path.write_text(spoilt(path.read_text()))  # type: ignore[operator]  # a function of a text
    with pytest.raises(ReportgenError, match=r"outcomes\.csv: .*; reportgen run --as-of "):
        read_outcomes(path)


def test_a_report_of_the_end_of_february_is_due_in_february() -> None:
    assert year_after(date(2024, 2, 29)) == date(2025, 2, 28)


def test_an_outcome_is_scored_where_it_went_out_in_time_with_a_price() -> None:
    known = facts(("2025-11-28", 117.0))
    rows = said(THEN), said(THEN, scored="no"), said(THEN, math.nan), said(NOW)
    found: tuple[Outcome, ...] = outcomes(rows, known)
    assert [one.is_scored for one in found] == [True, False, False, False]
