"""The track record of all companies: what stands in it, and what never may."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import numpy as np
import pytest

from reportgen.runs.issued import Issue, issue, issued_path, read_issued
from reportgen.runs.track.outcomes import NAME, months_after, write_outcomes
from reportgen.runs.track.records import outcomes_at, track_record
from reportgen.runs.track.tables import (
    CHANGE,
    PART,
    SCORE,
    SHARE,
    SIZE,
    TOO_FEW,
    MeanFormat,
    track_tables,
)
from tests.runs.records import HEADLINE
from tests.runs.track.worlds import became, company, restated

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.runs.index.records import PlainTable
    from reportgen.runs.track.outcomes import Outcome, Status
    from reportgen.values import Value

DAY = date(2024, 11, 30)
AS_OF = date(2025, 11, 30)


def cells(table: PlainTable, row: str) -> dict[str, Value]:
    """A row by its first cell, the first of each column of one name."""
    (found,) = (one for one in table.rows if one[0] == row)
    shown: dict[str, Value] = {}
    for name, value in zip(table.head, found, strict=True):
        shown.setdefault(name, value)
    return shown


def tables(**found: list[Outcome]) -> dict[str, PlainTable]:
    return {table.title.split(":")[0]: table for table in track_tables(found) or ()}


def world(companies: int, months: int) -> dict[str, list[Outcome]]:
    rng = np.random.default_rng(11)
    return {f"T{at}": list(company(rng, months)) for at in range(companies)}


def test_levels_stand_with_their_baseline() -> None:
    found = tables(ACME=[became(DAY, 117.0)], BETA=[became(DAY, 87.0)])
    row = cells(found["Levels"], "Expected value")
    assert (row["Reports"], row["Months"], row["Independent"]) == (2, 1, 1)
    assert row["Met at the end"] == 0.5
    assert row["Mean error / price"] == pytest.approx(-0.15)
    assert row["Mean size of error"] == pytest.approx(0.15)
    assert row["95 % interval"] == TOO_FEW
    assert [one[0] for one in found["Levels"].rows][-1] == "Price at the cost of equity"


def test_the_expected_value_is_held_against_others_on_the_same_reports() -> None:
    other = became(months_after(DAY, 1), 117.0, consensus=math.nan)
    found = tables(ACME=[became(DAY, 100.0), other])
    row = cells(
        found["The expected value beside other points, on the same reports"], "Consensus of targets"
    )
    assert row["Reports"] == 1
    assert row["Size of error, expected"] == pytest.approx(0.17)
    assert row["Size of error, the other"] == pytest.approx(0.40)
    assert row["Difference"] == pytest.approx(-0.23)


def test_the_cases_stand_beside_the_baseline_where_that_is_known() -> None:
    found = tables(ACME=[became(DAY, 100.0, deviation=0.2), became(months_after(DAY, 1), 300.0)])
    row = cells(found["The cases as a forecast"], "Closes inside bear to bull: 0.8 is right")
    assert (row["Reports"], row["Cases"]) == (2, 0.5)
    assert row["Beside the baseline: reports"] == 1
    assert row["Baseline"] == 1.0


@pytest.mark.parametrize(("months", "is_judged"), [(59, False), (60, True)])
def test_there_are_intervals_from_60_months_on(months: int, *, is_judged: bool) -> None:
    rows = [became(months_after(DAY, at), 90.0 + at % 40) for at in range(months)]
    row = cells(tables(ACME=rows, BETA=rows)["Levels"], "Base")
    assert row["Months"] == months
    assert (row["95 % interval"] == TOO_FEW) != is_judged


def test_the_interval_score_of_a_single_company_never_has_an_interval() -> None:
    alone, together = world(1, 120), world(2, 120)
    for found, is_judged in ((alone, False), (together, True)):
        row = cells(tables(**found)["The cases as a forecast"], "Interval score / price")
        assert (row["95 % interval"] == TOO_FEW) != is_judged
    row = cells(tables(**alone)["The cases as a forecast"], "Brier score of the three cases")
    assert row["95 % interval"] != TOO_FEW


def test_no_interval_reaches_beyond_what_a_share_can_be() -> None:
    for table in tables(**world(3, 72)).values():
        for row in table.rows:
            told = [cell for cell in row if isinstance(cell, str) and "\u00a0to\u00a0" in cell]
            assert not [cell for cell in told if cell.startswith("-") and "+" not in cell]


@pytest.mark.parametrize(
    ("kind", "end", "text"),
    [
        (SHARE, 0.314, "31%"),
        (SHARE, -0.2, "0%"),
        (SHARE, 1.2, "100%"),
        *((SIZE, -0.2, "0%"), (SIZE, 0.005, "0%"), (SIZE, 1.2, "120%")),
        *((PART, -0.2, "0.00"), (PART, 0.5, "0.50"), (PART, 1.2, "1.00"), (SCORE, 1.5, "1.50")),
        *((CHANGE, -0.3, "-30%"), (CHANGE, 1.2, "+120%")),
        (CHANGE, 0.02, "+2%"),
        (CHANGE, -0.004, "0%"),
        (CHANGE, 0.0, "0%"),
        (SCORE, -0.5, "0.00"),
        (MeanFormat("{:.2f}"), -0.001, "0.00"),
        (MeanFormat("{:.2f}"), -0.05, "-0.05"),
    ],
)
def test_the_end_of_an_interval_is_written_as_a_desk_reads_it(
    kind: MeanFormat, end: float, text: str
) -> None:
    assert kind.spelled(end) == text


def test_what_was_issued_late_is_listed_apart_and_never_scored() -> None:
    late = became(DAY, 500.0, scored="no")
    on_time = [became(months_after(DAY, 1), 100.0)]
    found = tables(ACME=[*on_time, late])
    assert found["Never scored"].rows == (("ACME", 1, "2024-11-30", "2024-11-30"),)
    assert found["Levels"] == tables(ACME=on_time)["Levels"]


def test_windows_that_are_not_over_stand_by_the_day_they_end() -> None:
    pending = became(DAY, math.nan)._replace(status="pending")
    found = tables(**{name: [pending] for name in "ABCDEFG"})
    assert found["Pending"].rows == (("2025-11-30", 7, "A, B, C, D, E and 2 more"),)
    late = pending._replace(said=pending.said._replace(scored="no"))
    few = tables(LATE=[late], **{name: [pending] for name in "ABCDE"})
    assert few["Pending"].rows == (("2025-11-30", 5, "A, B, C, D, E"),)
    assert "Levels" not in found


def test_every_report_of_a_company_is_counted_once() -> None:
    statuses: tuple[Status, ...] = ("pending", "delisted", "unresolved", "other currency")
    open_ones = [became(DAY, math.nan)._replace(status=status) for status in statuses]
    rows = [became(DAY, 100.0), *open_ones, became(DAY, 100.0, scored="no")]
    row = cells(tables(ACME=rows)["By company"], "ACME")
    counted = ("Scored", "Pending", "Delisted", "Unresolved", "Other currency", "Issued late")
    assert [row[name] for name in counted] == [1] * 6


def test_companies_stand_in_alphabetical_order_however_right_they_were() -> None:
    found = tables(B=[became(DAY, 120.0)], A=[became(DAY, 20.0)], C=[became(DAY, 117.0)])
    assert [row[0] for row in found["By company"].rows] == ["A", "B", "C"]


def test_the_order_of_companies_and_rows_changes_nothing() -> None:
    found = world(4, 70)
    turned = {ticker: found[ticker][::-1] for ticker in reversed(found)}
    assert track_tables(turned) == track_tables(found)


def test_a_split_changes_no_score() -> None:
    found = world(3, 70)
    for before, after in zip(
        track_tables(found) or (), track_tables(restated(found, 8.0)) or (), strict=True
    ):
        for row, other in zip(before.rows, after.rows, strict=True):
            assert list(row) == [
                pytest.approx(one) if isinstance(one, float) else one for one in other
            ]


def test_nothing_is_said_where_nothing_was_issued_before() -> None:
    assert track_tables({}) is None
    assert track_tables({"ACME": []}) is None


# --- from files ---
def by_company(outputs: Path) -> PlainTable:
    (told,) = (
        one for one in track_record(outputs, AS_OF).tables or () if one.title == "By company"
    )
    return told


def _issue(outputs: Path, ticker: str, as_of: date) -> None:
    path = issued_path(outputs, ticker)
    issue(path, read_issued(path), Issue.of(as_of, as_of, 1, "a" * 64, HEADLINE))


def test_the_newest_outcomes_of_each_company_count(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "ACME" / str(AS_OF) / NAME, [became(DAY, 117.0)])
    assert by_company(tmp_path).rows[0][:4] == ("ACME", 1, 1, 1.0)


def test_what_the_newest_report_up_to_a_day_told_counts_on(tmp_path: Path) -> None:
    for day, close in (("2025-09-30", 100.0), ("2025-10-31", 117.0), ("2025-12-31", 50.0)):
        write_outcomes(tmp_path / "ACME" / day / NAME, [became(DAY, close)])
    (tmp_path / "ACME/2025-11-15").mkdir()  # a draft
    (tmp_path / "ACME/notes").mkdir()
    for day in (DAY, AS_OF, date(2025, 12, 31)):
        _issue(tmp_path, "ACME", day)
    (one,) = outcomes_at(tmp_path, "ACME", AS_OF)
    assert (one.as_of, one.status, one.close) == (DAY, "resolved", 117.0)


def test_what_the_report_of_the_day_itself_tells_is_all(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "ACME" / str(AS_OF) / NAME, [became(DAY, 117.0)])
    for day in (DAY, date(2025, 10, 31), AS_OF):
        _issue(tmp_path, "ACME", day)
    assert [one.as_of for one in outcomes_at(tmp_path, "ACME", AS_OF)] == [DAY]


def test_a_company_that_is_reported_no_more_stays_in_the_record(tmp_path: Path) -> None:
    """Who drops out does so with the worst reports: survivors flatter."""
    october = date(2025, 10, 31)
    pending = became(DAY, math.nan)._replace(status="pending")
    write_outcomes(tmp_path / "GONE" / str(october) / NAME, [pending])
    for day in (DAY, october):
        _issue(tmp_path, "GONE", day)
    statuses = [(one.as_of, one.status) for one in outcomes_at(tmp_path, "GONE", AS_OF)]
    assert statuses == [(DAY, "unresolved"), (october, "pending")]


def test_a_company_of_a_single_report_is_in_the_record_by_what_it_issued(tmp_path: Path) -> None:
    _issue(tmp_path, "ONCE", DAY)
    (one,) = outcomes_at(tmp_path, "ONCE", AS_OF)
    assert (one.status, one.said.price, one.said.expected) == ("unresolved", 100.0, 120.0)
    assert (one.said.scored, one.said.currency, one.said.stance) == ("yes", "USD", "LONG")
    assert one.said.line_no == 0  # of no file of inputs
    told = by_company(tmp_path)
    assert dict(zip(told.head, told.rows[0], strict=True))["Unresolved"] == 1


def test_a_file_that_cannot_be_read_costs_no_other_company(tmp_path: Path) -> None:
    write_outcomes(tmp_path / "ACME" / str(AS_OF) / NAME, [became(DAY, 117.0)])
    torn = tmp_path / "TORN" / str(AS_OF) / NAME
    torn.parent.mkdir(parents=True)
    torn.write_text("as_of,sc")
    told = by_company(tmp_path)
    assert [row[0] for row in told.rows] == ["ACME"]
    assert "outcomes.csv" in track_record(tmp_path, AS_OF).unreadable["TORN"]


def test_outputs_that_are_not_there_have_no_record(tmp_path: Path) -> None:
    assert track_record(tmp_path / "none", AS_OF) == (None, {})
