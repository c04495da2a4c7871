"""How rows that a file offers stand against a pack: new, the same, revised, late, in conflict."""

from __future__ import annotations

from datetime import date

import pytest

from reportgen.facts.reading.pack_files import read_pack
from reportgen.intake.candidates import Candidate, State, judged
from tests.support.tools import REPOSITORY

REVENUE = {
    "period_end": "2025-09-30", "period": "FY2026-Q2", "segment": "group", "metric": "revenue",
    "value": "247,795", "unit": "CNY m", "published": "2025-11-25", "source": "alibaba-6k-2025-09",
}  # fmt: skip
TARGET = {
    "published": "2025-11-26", "broker": "JPMorgan", "target": "230", "currency": "USD",
    "source": "press-brokers",
}  # fmt: skip
OCTOBER = date(2025, 10, 31)


def told(*rows: Candidate, issued: tuple[date, ...] = ()) -> list[tuple[State, str]]:
    files = read_pack("BABA", REPOSITORY / "inputs")
    return [(one.state, one.told) for one in judged(rows, files, issued)]


@pytest.mark.parametrize(
    ("change", "state", "words"),
    [
        ({}, State.SAME, ""),
        ({"published": "2025-12-25"}, State.SAME, ""),
        ({"unit": "CNY bn", "value": "247.795"}, State.SAME, ""),
        ({"period_end": "2025-10-04"}, State.SAME, ""),
        ({"value": "250,000"}, State.CONFLICT, "the pack has 247,795 CNY m of 2025-11-25"),
        ({"unit": "USD m"}, State.CONFLICT, "the pack has 247,795 CNY m of 2025-11-25"),
        (
            {"value": "250,000", "published": "2025-12-25"},
            State.REVISED,
            "the pack has 247,795 CNY m of 2025-11-25",
        ),
        ({"period": "FY2027-Q4", "period_end": "2027-03-31"}, State.NEW, ""),
        ({"value": "many"}, State.SKIPPED, 'value: "many" is not a number'),
        ({"value": "#N/A"}, State.SKIPPED, "value: states no figure"),
        ({"segment": "glasses"}, State.SKIPPED, None),
        ({"published": "soon"}, State.SKIPPED, None),
    ],
)
def test_a_reported_figure_stands_as_the_pack_has_it(
    change: dict[str, str], state: State, words: str | None
) -> None:
    ((found, said),) = told(Candidate("fundamentals", REVENUE | change, "a file"))
    assert found is state
    assert words is None or said.startswith(words)


BALANCE = REVENUE | {"metric": "net_cash", "period": "2025-09-30"}


@pytest.mark.parametrize(
    ("day", "period_end"),
    [("2025-09-30", "2025-09-30"), ("2025-09-27", "2025-09-30"), ("2025-10-06", "2025-09-30"),
     ("2025-10-07", "2025-10-07"), ("2025-09-23", "2025-09-23")],
)  # fmt: skip
def test_balances_nearer_than_a_week_are_one(day: str, period_end: str) -> None:
    later = {"period_end": day, "period": day, "value": "1", "published": "2026-10-25"}
    files = read_pack("BABA", REPOSITORY / "inputs")
    ((row, *_),) = (judged([Candidate("fundamentals", BALANCE | later, "a file")], files),)
    cells = row.candidate.cells
    assert (cells["period_end"], cells["period"]) == (period_end, period_end)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, State.NEW),
        ({"published": "2026-05-14", "broker": "barclays", "target": "195"}, State.SAME),
        ({"published": "2026-05-14", "broker": "Barclays", "target": "196"}, State.CONFLICT),
        ({"published": "2026-05-15", "broker": "Barclays", "target": "195"}, State.NEW),
        ({"target": ""}, State.SKIPPED),
    ],
)
def test_a_target_that_is_repeated_on_another_day_is_new(
    change: dict[str, str], state: State
) -> None:
    ((found, _),) = told(Candidate("targets", TARGET | change, "a file"))
    assert found is state


def test_of_two_rows_alike_the_second_is_the_same() -> None:
    rows = (Candidate("targets", TARGET, "a"), Candidate("targets", TARGET, "b"))
    assert [state for state, _ in told(*rows)] == [State.NEW, State.SAME]


def test_what_an_issued_report_would_have_known_is_late_if_the_pack_had_its_kind() -> None:
    early = {"period": "FY2024-Q4", "period_end": "2024-03-31", "published": "2025-05-20"}
    row = Candidate("fundamentals", REVENUE | early, "a file")
    assert told(row) == [(State.NEW, "")]
    days = (OCTOBER, date(2025, 11, 30))
    assert told(row, issued=days) == [
        (State.LATE, "would change what was issued of 2025-10-31 and 1 more")
    ]
    unknown = Candidate("fundamentals", REVENUE | early | {"metric": "rent"}, "a file")
    assert told(unknown, issued=days) == [(State.NEW, "")]
