"""How rows that a file offers stand against a pack: new, the same, revised, late, in conflict."""

from __future__ import annotations

from datetime import date, timedelta

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
    ("day", "period_end"),
    [("2025-10-04", "2025-09-30"), ("2025-10-10", "2025-09-30"), ("2025-09-20", "2025-09-30"),
     ("2025-10-11", "2025-10-11"), ("2025-09-19", "2025-09-19")],
)  # fmt: skip
def test_a_period_ends_when_the_pack_says_where_that_is_near(day: str, period_end: str) -> None:
    later = {"period_end": day, "value": "1", "published": "2026-10-25"}
    files = read_pack("BABA", REPOSITORY / "inputs")
    (found,) = judged([Candidate("fundamentals", REVENUE | later, "a file")], files)
    cells = found.candidate.cells
    assert (found.state, cells["period_end"]) == (State.REVISED, period_end)
    assert cells["period"] == "FY2026-Q2"


def test_what_is_revised_twice_is_told_with_what_was_said_last() -> None:
    changes = [("250,000", "2026-01-25"), ("251,000", "2026-03-25"), ("252,000", "2026-02-25")]
    rows = [
        Candidate("fundamentals", REVENUE | {"value": value, "published": day}, "")
        for value, day in (*changes, ("253,000", "2026-04-25"))
    ]
    assert [said for _, said in told(*rows)] == [
        "the pack has 247,795 CNY m of 2025-11-25",
        "the pack has 250,000 CNY m of 2026-01-25",
        "the pack has 250,000 CNY m of 2026-01-25",
        "the pack has 251,000 CNY m of 2026-03-25",
    ]
    assert {state for state, _ in told(*rows)} == {State.REVISED}


CLAIM = {"key": "price", "variant": "ADS", "value": "157", "unit": "USD", "observed": "2025-11-28",
         "published": "2025-11-29", "source": "tiger-post"}  # fmt: skip
PRODUCT = {"vendor": "RayNeo", "product": "Air 3", "price": "1699", "currency": "CNY",
           "market": "CN", "observed": "2024-11-26", "published": "2024-11-26",
           "source": "press-products"}  # fmt: skip
ESTIMATE = {"published": "2025-01-28", "metric": "eps_ntm", "value": "9.2", "unit": "USD/ADS",
            "source": "house"}  # fmt: skip
PEER = {"published": "2025-08-19", "peer": "BABA", "metric": "pe_fy", "value": "14.16",
        "unit": "x", "source": "zacks"}  # fmt: skip


@pytest.mark.parametrize(
    ("table", "row", "figure", "others"),
    [
        ("claims", CLAIM, "value", {"key": "eps_ntm", "variant": "ORD", "observed": "2025-11-27",
                                    "source": "press-brokers"}),
        ("products", PRODUCT, "price", {"vendor": "Apple", "product": "Air 4", "variant": "Pro",
                                        "market": "US", "source": "tiger-post"}),
        ("estimates", ESTIMATE, "value", {"metric": "eps_fy2031"}),
        ("peers", PEER, "value", {"peer": "PDD", "metric": "ev_ebitda"}),
        ("targets", TARGET | {"published": "2026-05-14", "broker": "Barclays", "target": "195"},
         "target", {"broker": "Nobody", "line": "ordinary"}),
    ],
)  # fmt: skip
def test_rows_are_the_same_where_all_that_tells_them_apart_is(
    table: str, row: dict[str, str], figure: str, others: dict[str, str]
) -> None:
    later = "2026-06-01"
    changes = [{}, {figure: "1"}, {"published": later}]
    changes += [{name: value} for name, value in others.items()]
    states = [state for state, _ in told(*(Candidate(table, row | one, "") for one in changes))]
    assert states == [State.SAME, State.CONFLICT, *[State.NEW] * (len(changes) - 2)]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, State.NEW),
        ({"published": "2026-05-14", "broker": "barclays", "target": "195"}, State.SAME),
        (
            {"published": "2026-05-14", "broker": "Barclays", "target": "195", "currency": "HKD"},
            State.CONFLICT,
        ),
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
    known = date(2025, 5, 20)
    assert [told(row, issued=(day,))[0][0] for day in (known, known - timedelta(days=1))] == [
        *(State.LATE, State.NEW)
    ]
    first = date(2024, 11, 15)  # on which the pack had its first figures of revenue
    before = Candidate("fundamentals", REVENUE | early | {"published": "2024-11-01"}, "a file")
    assert [told(before, issued=(day,))[0][0] for day in (first, first - timedelta(days=1))] == [
        *(State.LATE, State.NEW)
    ]
    unknown = Candidate("fundamentals", REVENUE | early | {"metric": "rent"}, "a file")
    assert told(unknown, issued=days) == [(State.NEW, "")]
