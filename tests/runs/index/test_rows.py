"""What the index says of a company, in which order, and what it says needs a person."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.runs.index.records import Concern, Event, Links
from reportgen.runs.index.rows import index_of, number, spelled
from reportgen.runs.manifest import Attention, Cause, NextEvent
from tests.runs.index.cases import NOVEMBER, OCTOBER, SEPTEMBER, issue, moved, reported, saying
from tests.runs.records import manifest

if TYPE_CHECKING:
    from reportgen.runs.index.records import IndexRow
    from reportgen.runs.index.rows import Reported

NAN, INFINITE = float("nan"), float("inf")


def row(found: Reported) -> IndexRow:
    (made,) = index_of(NOVEMBER, [found]).rows
    return made


def test_a_row_says_what_the_report_says() -> None:
    made = row(reported(saying(hype__brokers=9.0), issue(OCTOBER)))
    assert (made.ticker, made.name, made.tags, made.currency) == (
        "ACME",
        "Acme Corporation",
        ("ai",),
        "USD",
    )
    assert (made.stance, made.price, made.bear, made.base, made.bull) == (
        "LONG",
        100.0,
        80.0,
        120.0,
        160.0,
    )
    assert (made.expected, made.hype_adjusted, made.consensus) == (120.0, 130.0, 150.0)
    assert (made.brokers, made.upside, made.skew, made.hype_score) == (9.0, 0.2, 3.0, 40.0)
    assert (made.readiness, made.fails, made.warns) == ("decision-grade", 0.0, 1.0)
    assert (made.stale, made.conflicts) == (("Net cash",), 1)
    assert made.links.report == "ACME/2025-11-30/ACME-2025-11-30.xlsx"


@pytest.mark.parametrize(
    ("old", "new", "change", "relative"),
    [
        (110.0, 120.0, 10.0, 10 / 110),
        (-10.0, -5.0, 5.0, 0.5),
        (0.0, 5.0, 5.0, None),
        (None, 120.0, None, None),
        (110.0, None, None, None),
        (NAN, 120.0, None, None),
        (110.0, INFINITE, None, None),
    ],
)
def test_the_change_is_that_of_the_bridge(
    old: float | None, new: float | None, change: float | None, relative: float | None
) -> None:
    made = row(reported(manifest(since_last_month=moved(old, new, causes=()))))
    assert made.change == change
    assert made.relative_change == (relative if relative is None else pytest.approx(relative))


def test_the_two_largest_causes_are_named_with_their_money() -> None:
    amounts = (("Price", 14.0), ("FX", -4.0), ("Tax", 1.0))
    causes = tuple(Cause(name, name, name, amount) for name, amount in amounts)
    made = row(reported(manifest(since_last_month=moved(100.0, 111.0, causes=causes))))
    assert made.causes == (("Price", 14.0), ("FX", -4.0))


def test_a_cause_of_nothing_is_none() -> None:
    causes = (Cause("price", "Price", "price", 0.0), Cause("fx", "FX", "FX", NAN))
    assert row(reported(manifest(since_last_month=moved(1.0, 1.0, causes=causes)))).causes == ()


@pytest.mark.parametrize(
    ("issued", "split", "restated"),
    [
        (108.0, 1.0, 2.0),
        (220.0, 2.0, 0.0),  # two shares for one: what was issued is 110 a share of today
        (11.0, 0.1, 0.0),
        (None, 1.0, None),
        (110.0, 0.0, 0.0),  # no split at all
        (110.0, -2.0, 0.0),
        (110.0, NAN, 0.0),
    ],
)
def test_restated_is_last_month_by_todays_model_less_what_was_issued(
    issued: float | None, split: float, restated: float | None
) -> None:
    one = manifest(since_last_month=moved(110.0, 120.0, split=split))
    made = row(reported(one, issue(OCTOBER, expected=1.0), issue(OCTOBER, 2, expected=issued)))
    assert made.restated == (restated if restated is None else pytest.approx(restated))


def test_nothing_is_restated_where_last_month_was_not_issued() -> None:
    assert row(reported(manifest(), issue(SEPTEMBER))).restated is None


@pytest.mark.parametrize(
    ("before", "now", "is_new"),
    [
        ("LONG", "LONG", False),
        ("LONG", "NO POSITION", True),
        ("SHORT", "LONG", True),
        ("LONG", "BLOCKED", True),
        ("LONG", None, True),
        ("", "LONG", False),  # the first report is no change
    ],
)
def test_a_stance_is_new_where_the_report_before_had_another(
    before: str, now: str | None, *, is_new: bool
) -> None:
    made = row(reported(saying(stance__call=now), issue(OCTOBER, stance=before)))
    assert made.is_new_stance is is_new


def test_a_stance_before_is_that_of_the_newest_revision_of_the_newest_earlier_report() -> None:
    made = row(
        reported(
            saying(),
            issue(OCTOBER, stance="SHORT"),
            issue(SEPTEMBER, stance="NO POSITION"),
            issue(OCTOBER, 2, stance="BLOCKED"),
            issue(NOVEMBER, stance="LONG"),
        )
    )
    assert (made.stance_before, made.day_before) == ("BLOCKED", OCTOBER)


def test_a_manifest_stands_in_where_nothing_was_issued_before() -> None:
    earlier = manifest(as_of="2025-10-31", values={"stance.call": "SHORT"})
    made = row(reported(manifest(), issue(NOVEMBER), previous=earlier))
    assert (made.stance_before, made.day_before) == ("SHORT", OCTOBER)
    later = manifest(as_of="2025-12-31", values={"stance.call": "SHORT"})
    assert row(reported(manifest(), previous=later)).day_before is None
    assert row(reported(manifest(), previous=manifest())).day_before is None


@pytest.mark.parametrize(
    ("before", "now", "crossed"),
    [
        ({"price": 100.0}, {"price": 100.0}, ()),
        ({"price": 100.0}, {"price": 125.0}, ("above buy-below, base",)),
        ({"price": 170.0}, {"price": 70.0}, ("below buy-below, bear, base, bull",)),
        ({"price": 110.0}, {"price": 110.01}, ("above buy-below",)),  # at a level is not above it
        ({"base": 90.0}, {"price": 100.0}, ("below base",)),  # the level moved, not the price
        ({"price": 100.0, "bear": 120.0}, {"price": 115.0}, ("above buy-below, bear",)),
        ({"price": None}, {"price": 125.0}, ()),
        ({"price": 100.0, "base": None}, {"price": 125.0}, ("above buy-below",)),
        ({"price": 200.0, "base": 240.0, "bear": 160.0, "bull": 320.0, "buy_below": 220.0},
         {"price": 100.0}, ()),  # a split halves all of them
        ({"price": 100.0, "bull": 90.0}, {"price": 115.0}, ("above buy-below", "below bull")),
    ],
)  # fmt: skip
def test_a_level_is_crossed_where_the_price_is_on_its_other_side(
    before: dict[str, float], now: dict[str, float], crossed: tuple[str, ...]
) -> None:
    made = row(reported(saying(**now), issue(OCTOBER, **before)))
    assert made.crossed == crossed


def test_rows_stand_by_importance() -> None:
    companies = [
        reported(manifest("CALM", since_last_month=moved(100.0, 101.0)), issue(OCTOBER)),
        reported(manifest("NONE", since_last_month=moved(None, None)), issue(OCTOBER)),
        reported(manifest("FALL", since_last_month=moved(100.0, 60.0)), issue(OCTOBER)),
        reported(saying("OVER", price=125.0), issue(OCTOBER)),
        reported(saying("TURN", stance__call="SHORT"), issue(OCTOBER)),
        reported(manifest("ALSO", since_last_month=moved(100.0, 101.0)), issue(OCTOBER)),
    ]
    index = index_of(NOVEMBER, companies)
    order = ["TURN", "OVER", "FALL", "ALSO", "CALM", "NONE"]
    assert [one.ticker for one in index.rows] == order
    assert index_of(NOVEMBER, companies[::-1]) == index


def test_movers_are_ranked_by_the_size_of_their_change() -> None:
    companies = [
        reported(manifest("UP", since_last_month=moved(100.0, 110.0))),
        reported(manifest("DOWN", since_last_month=moved(10.0, 8.0))),
        reported(manifest("SAME", since_last_month=moved(100.0, 100.0))),
        reported(manifest("NONE", since_last_month=moved(None, 100.0))),
        reported(manifest("HAIR", since_last_month=moved(100.0, 100.04))),
        reported(manifest("EDGE", since_last_month=moved(2000.0, 2001.0))),  # 0.05 %
    ]
    assert [one.ticker for one in index_of(NOVEMBER, companies).movers] == ["DOWN", "UP", "EDGE"]


def test_the_trail_has_a_value_a_month_as_issued_and_gaps_where_there_was_none() -> None:
    made = row(
        reported(
            saying(expected_value=12.0),
            issue(date(2024, 11, 30), expected=99.0),  # thirteen months ago
            issue(date(2024, 12, 31), expected=1.0),
            issue(date(2025, 8, 31), expected=8.0),
            issue(date(2025, 9, 15), expected=7.0),
            issue(SEPTEMBER, expected=9.0),
            issue(OCTOBER, expected=10.0),
            issue(OCTOBER, 2, expected=11.0),
            issue(NOVEMBER, expected=5.0),  # the manifest says what is now
            issue(date(2025, 12, 31), expected=99.0),
        )
    )
    assert made.trail == (1.0, *(None,) * 7, 8.0, 9.0, 11.0, 12.0)


@pytest.mark.parametrize("odd", [NAN, INFINITE])
def test_what_was_issued_as_no_number_is_none(odd: float) -> None:
    made = row(reported(manifest(), issue(OCTOBER, expected=odd, price=odd, base=odd)))
    assert (made.trail[-2:], made.restated, made.crossed) == ((None, 120.0), None, ())


def test_splits_are_taken_out_of_the_trail() -> None:
    made = row(
        reported(
            manifest(since_last_month=moved(50.0, 60.0, split=2.0)),
            issue(date(2025, 8, 31), expected=1200.0),
            issue(SEPTEMBER, expected=110.0),
            issue(OCTOBER, expected=100.0),
            splits={SEPTEMBER: 10.0},
        )
    )
    assert made.trail[-4:] == (60.0, 55.0, 50.0, 120.0)


@pytest.mark.parametrize(
    ("events", "expected"),
    [
        ((), None),
        ((("2026-02-20", "Results"),), Event(date(2026, 2, 20), "Results")),
        ((("2026-02-20", "Later"), ("2025-12-01", "Next")), Event(date(2025, 12, 1), "Next")),
        ((("", "Some day"), ("2026-02-20", "Results")), Event(date(2026, 2, 20), "Results")),
        ((("", "Some day"), ("2025-11-01", "Gone")), Event(None, "Some day")),
        ((("2025-11-30", "Today"),), Event(NOVEMBER, "Today")),
        ((("soon", "Unread"),), Event(None, "Unread")),
    ],
)
def test_the_next_event_is_the_first_to_come(
    events: tuple[tuple[str, str], ...], expected: Event | None
) -> None:
    one = manifest(events=tuple(NextEvent(*event) for event in events))
    assert row(reported(one)).next_event == expected


def test_all_that_needs_a_person_is_told_the_heaviest_first() -> None:
    one = saying(stance__call="SHORT", price=125.0, readiness="with care")
    attention = (
        Attention("warning", "w"),
        Attention("WARN", "W", "Checks!A9"),
        Attention("?", "q"),
    )
    told = index_of(
        NOVEMBER,
        [
            reported(manifest("QUIET", stale=(), conflicts=0, attention=()), issue(OCTOBER)),
            reported(
                manifest(values=one.values | {"readiness.reason": "1 WARN"}, attention=attention),
                issue(OCTOBER),
            ),
        ],
        [Concern("ZZZ", "", "no report", "why"), Concern("AAA", "", "failed", "it did")],
    ).concerns
    assert [(one.ticker, one.kind, one.text, one.cell) for one in told] == [
        ("AAA", "failed", "it did", ""),
        ("ZZZ", "no report", "why", ""),
        ("ACME", "stance", "SHORT, was LONG on 2025-10-31", ""),
        ("ACME", "level", "the price is above buy-below, base, and was not on 2025-10-31", ""),
        ("ACME", "readiness", "with care: 1 WARN", ""),
        ("ACME", "WARN", "W", "Checks!A9"),
        ("ACME", "conflicts", "1 source conflict is open", ""),
        ("ACME", "stale", "Net cash", ""),
        ("ACME", "warning", "w", ""),
        ("ACME", "?", "q", ""),
    ]
    assert {one.link for one in told[2:]} == {"ACME/2025-11-30/ACME-2025-11-30.xlsx"}


def test_what_a_report_does_not_say_is_told_as_not_available() -> None:
    one = saying(stance__call=None, readiness=None, readiness__reason="2 FAIL")
    told = [
        (one.kind, one.text) for one in index_of(NOVEMBER, [reported(one, issue(OCTOBER))]).concerns
    ]
    assert told[:2] == [("stance", "n/a, was LONG on 2025-10-31"), ("readiness", "n/a: 2 FAIL")]
    bare = saying(readiness="with care", readiness__reason=None)
    (text,) = (
        one.text for one in index_of(NOVEMBER, [reported(bare)]).concerns if one.kind == "readiness"
    )
    assert text == "with care"


@pytest.mark.parametrize(
    ("conflicts", "told"),
    [(1, "1 source conflict is open"), (2, "2 source conflicts are open")],
)
def test_conflicts_are_counted_in_words(conflicts: int, told: str) -> None:
    found = index_of(NOVEMBER, [reported(manifest(conflicts=conflicts))]).concerns
    assert told in [one.text for one in found]


def test_a_manifest_without_its_workbook_needs_a_person() -> None:
    index = index_of(NOVEMBER, [reported(manifest(), links=Links())])
    assert index.concerns[0].kind == "no report"
    assert "ACME-2025-11-30.xlsx is not beside its manifest" in index.concerns[0].text


@pytest.mark.parametrize(
    ("value", "read"),
    [(1, 1.0), (1.5, 1.5), (True, None), ("1", None), (None, None), (NAN, None), ([], None)],
)
def test_only_finite_numbers_are_numbers(value: object, read: float | None) -> None:
    assert number(value) == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (None, ""),
        (3, "3"),
        ("a\nb\x00c\u202e", "a b c "),
        ("W" * 201, "W" * 199 + "…"),
        ("W" * 200, "W" * 200),
        ("=1+1", "=1+1"),
    ],
)
def test_texts_are_of_one_line_and_not_endless(value: object, read: str) -> None:
    assert spelled(value) == read


def test_no_more_than_twenty_tags_are_shown() -> None:
    tags = tuple(f"tag {number}" for number in range(21))
    assert row(reported(manifest(tags=tags))).tags == tags[:20]


def test_counts_beyond_all_numbers_are_none() -> None:
    one = manifest(conflicts=10**400)
    made = row(
        reported(manifest(conflicts=10**400, revisions=(one.newest._replace(number=10**400),)))
    )
    assert (made.conflicts, made.revision) == (0, 1)


def test_the_summary_counts_what_is_worth_a_look() -> None:
    companies = [reported(saying(price=125.0), issue(OCTOBER))]
    told = "1 company: 0 changed stance, 1 crossed a level, 1 moved, 1 needs a person"
    assert index_of(NOVEMBER, companies).summary == told
