"""Track record: what became of past reports, worked out by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pytest

from reportgen.model.solved import by_key
from reportgen.pipeline import compose
from reportgen.report.tabs.history.charts import are_in_view
from reportgen.xlsx.writer.workbook import render
from tests.facts.pack_folder import PackFolder
from tests.truth.packs import AS_OF, HISTORY, asked

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from reportgen.pipeline import Report
    from reportgen.values import Value

HEADER = (
    "as_of,scored,currency,price,bear,base,bull,bear_probability,base_probability,"
    "bull_probability,expected,hype_adjusted,consensus,cost_of_equity,dividend,stance\n"
)
EVENTS = "published,event,date,status,source\n"
ACTIONS = "published,ex_date,ratio,note\n"
PRICES = "Date,Close\n"


def row(as_of: str, price: float = 100.0, **said: object) -> str:
    """A row of a history: cases of 80, 120 and 150 at 30/40/30, an expected value of 117."""
    stated: dict[str, object] = {
        "as_of": as_of,
        "scored": "yes",
        "currency": "USD",
        "price": price,
        "bear": 80,
        "base": 120,
        "bull": 150,
        "bear_probability": 0.3,
        "base_probability": 0.4,
        "bull_probability": 0.3,
        "expected": 117,
        "hype_adjusted": 95,
        "consensus": 140,
        "cost_of_equity": 0.1,
        "dividend": 2,
        "stance": "LONG",
    }
    return ",".join(str(value) for value in (stated | said).values()) + "\n"


def told(folder: PackFolder, *rows: str) -> Mapping[str, Value]:
    """What the report of the plain pack with a history of these rows says, by public key."""
    _history(folder, rows)
    return dict(by_key(asked("ACME", folder.inputs).solved))


def report_of(folder: PackFolder, *rows: str) -> Report:
    """That report itself, laid out."""
    return compose("ACME", as_of=AS_OF, inputs=folder.inputs, history=_history(folder, rows))


def _history(folder: PackFolder, rows: Sequence[str]) -> Path:
    """The file of these rows, beside the inputs."""
    history = folder.inputs.parent / HISTORY.name
    history.write_text(HEADER + "".join(rows))
    return history


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path)


class Outcome(NamedTuple):
    """What a report of 2024-11-30 came to."""

    status: str
    close: float | None
    met: float | None = None
    any_time: float | None = None
    inside: float | None = None
    error: float | None = None


def of(report: Mapping[str, Value], day: str = "2024-11-30") -> Outcome:
    keys = ("status", "outcome", "met[expected]", "met_any_time[expected]", "inside")
    found = [report[f"past[{day}].{key}"] for key in (*keys, "error[expected]")]
    return Outcome(*found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("closes", "outcome"),
    [
        ("2025-11-28,117\n", Outcome("resolved", 117, 1, 1, 1, 0.0)),
        ("2025-11-28,116.99\n", Outcome("resolved", 116.99, 0, 0, 1, pytest.approx(-0.0001))),
        ("2025-06-02,117\n2025-11-28,80\n", Outcome("resolved", 80, 0, 1, 1, -0.37)),
        ("2024-11-29,130\n2025-11-28,79\n", Outcome("resolved", 79, 0, 0, 0, -0.38)),  # before
        ("2025-11-28,90\n2025-12-01,200\n", Outcome("resolved", 90, 0, 0, 1, -0.27)),  # after
        ("2025-11-23,150\n", Outcome("resolved", 150, 1, 1, 1, 0.33)),  # seven days old
        ("2025-11-22,150\n", Outcome("unresolved", None)),
        ("2024-11-29,100\n", Outcome("unresolved", None)),
    ],
)
def test_an_outcome_is_the_close_twelve_months_later(
    folder: PackFolder, closes: str, outcome: Outcome
) -> None:
    folder.write("prices.csv", PRICES + closes)
    assert of(told(folder, row("2024-11-30"))) == outcome


@pytest.mark.parametrize(
    ("closes", "met", "any_time"),
    [
        ("2025-06-02,95\n2025-11-28,96\n", 0, 1),
        ("2025-06-02,95.01\n2025-11-28,96\n", 0, 0),
        ("2025-06-02,120\n2025-11-28,95\n", 1, 1),
    ],
)
def test_a_level_below_the_price_is_met_at_it_or_below(
    folder: PackFolder, closes: str, met: float, any_time: float
) -> None:
    folder.write("prices.csv", PRICES + closes)
    values = told(folder, row("2024-11-30"))
    found = [values[f"past[2024-11-30].{key}[hype_adjusted]"] for key in ("met", "met_any_time")]
    assert found == [met, any_time]


def test_twelve_months_end_with_the_month_they_end_in(folder: PackFolder) -> None:
    folder.write("prices.csv", PRICES + "2025-02-28,117\n2025-11-28,110\n")
    values = told(folder, row("2024-02-29"), row("2023-02-28", scored="no"))
    assert values["past[2024-02-29].outcome"] == 117
    assert values["past[2024-02-29].ends"] == 45716.0  # 2025-02-28
    assert values["past[2023-02-28].ends"] == 45350.0  # 2024-02-28, though that month had a 29th


def test_a_window_that_is_not_over_is_pending(folder: PackFolder) -> None:
    assert of(told(folder, row("2024-12-01")), "2024-12-01") == Outcome("pending", None)
    assert told(folder, row("2024-12-01"))["history.pending"] == 1


@pytest.mark.parametrize(
    ("events", "outcome"),
    [
        ("2025-06-03,delisting,2025-06-02,done,wire\n", Outcome("delisted", 118, 1, 1, 1, 0.01)),
        ("2025-06-03,Delisting,2025-06-02,done,wire\n", Outcome("delisted", 118, 1, 1, 1, 0.01)),
        ("2025-06-03,delisting,2025-06-02,announced,wire\n", Outcome("unresolved", None)),
        (
            (
                "2025-06-03,delisting,2025-06-02,done,wire\n"
                "2025-06-04,delisting,2025-06-02,expected,wire\n"
            ),
            Outcome("unresolved", None),
        ),
        ("2025-12-03,delisting,2025-06-02,done,wire\n", Outcome("unresolved", None)),
        ("", Outcome("unresolved", None)),
    ],
)
def test_a_delisted_share_is_held_to_its_last_close(
    folder: PackFolder, events: str, outcome: Outcome
) -> None:
    folder.write("prices.csv", PRICES + "2025-03-03,130\n2025-06-02,118\n")
    folder.write("events.csv", EVENTS + events)
    assert of(told(folder, row("2024-11-30"))) == outcome


def test_a_delisting_ends_windows_that_would_go_on(folder: PackFolder) -> None:
    folder.write("prices.csv", PRICES + "2025-06-02,118\n")
    folder.write("events.csv", EVENTS + "2025-06-03,delisting,2025-06-02,done,wire\n")
    report = told(folder, row("2025-03-31"))
    assert of(report, "2025-03-31") == Outcome("delisted", 118, 1, 1, 1, 0.01)
    assert report["history.delisted_reports"] == 1


def test_what_went_out_late_or_in_another_currency_is_shown_and_never_scored(
    folder: PackFolder,
) -> None:
    folder.write("prices.csv", PRICES + "2025-11-28,117\n")
    report = told(
        folder, row("2024-11-30", scored="no"), row("2024-11-29", currency="HKD"), row("2024-11-28")
    )
    assert of(report) == Outcome("resolved", 117)
    assert of(report, "2024-11-29") == Outcome("other currency", None)
    assert report["history.scored"] == 1
    assert report["history.late"] == 1


def test_values_of_before_a_split_are_held_to_closes_in_the_same_shares(
    folder: PackFolder,
) -> None:
    folder.write("actions.csv", ACTIONS + "2025-05-01,2025-06-02,4,\n")
    folder.write("prices.csv", PRICES + "2025-05-30,480\n2025-06-02,121\n2025-11-28,29.25\n")
    report = told(folder, row("2024-11-30"))
    assert of(report) == Outcome("resolved", 29.25, 1, 1, 1, 0.0)
    assert report["past[2024-11-30].price"] == 25
    assert report["history.restated"] == "restated for the 4:1 split of 2025-06-02"


@pytest.mark.parametrize(
    ("close", "score"),
    [
        (100, 0.7),  # the width alone
        (150, 0.7),
        (155, 0.7 + 10 * 0.05),  # and ten times what lies outside, at alpha .2
        (70, 0.7 + 10 * 0.10),
    ],
)
def test_the_interval_score_is_the_width_and_ten_times_the_miss_by_the_price(
    folder: PackFolder, close: float, score: float
) -> None:
    folder.write("prices.csv", f"{PRICES}2025-11-28,{close}\n")
    values = told(folder, row("2024-11-30"))
    assert values["past[2024-11-30].interval_score"] == pytest.approx(score)


@pytest.mark.parametrize(
    ("close", "brier", "rps"),
    [  # edges: 120 - .409 x 40 = 103.64 and 120 + .409 x 30 = 132.27
        (103.63, 0.49 + 0.16 + 0.09, 0.49 + 0.09),
        (103.64, 0.09 + 0.36 + 0.09, 0.09 + 0.09),
        (132.27, 0.09 + 0.36 + 0.09, 0.09 + 0.09),
        (132.28, 0.09 + 0.16 + 0.49, 0.09 + 0.49),
    ],
)
def test_the_probabilities_are_scored_over_three_bands(
    folder: PackFolder, close: float, brier: float, rps: float
) -> None:
    folder.write("prices.csv", f"{PRICES}2025-11-28,{close}\n")
    values = told(folder, row("2024-11-30"))
    assert values["past[2024-11-30].brier"] == pytest.approx(brier)
    assert values["past[2024-11-30].rps"] == pytest.approx(rps)


@pytest.mark.parametrize("cases", [{"base": 80}, {"bull": 120}, {"base": ""}, {"bear": 130}])
def test_cases_that_are_equal_or_not_known_have_no_bands(
    folder: PackFolder, cases: dict[str, object]
) -> None:
    folder.write("prices.csv", f"{PRICES}2025-11-28,100\n")
    values = told(folder, row("2024-11-30", **cases))
    assert values["past[2024-11-30].brier"] is None
    assert values["history.without_bands"] == 1


def test_scores_are_means_over_what_is_scored(folder: PackFolder) -> None:
    folder.write("prices.csv", PRICES + "2025-06-02,125\n2025-10-31,110\n2025-11-28,130\n")
    values = told(
        folder,
        row("2024-10-31"),
        row("2024-11-30"),
        row("2025-10-31"),  # pending
        row("2023-11-30"),  # no close a year on
    )
    assert values["history.scored"] == 2
    assert values["history.unresolved"] == 1
    assert values["history.pending"] == 1
    assert values["history.independent"] == 1  # the two share eleven months
    assert values["level[expected].met"] == 0.5
    assert values["level[expected].met_any_time"] == 1
    assert values["level[expected].error"] == pytest.approx((-0.07 + 0.13) / 2)
    assert values["level[expected].error_size"] == pytest.approx((0.07 + 0.13) / 2)
    assert values["level[cost_of_equity].error"] == pytest.approx((110 + 130) / 200 - 1.08)
    assert values["history.verdict"] == (
        "too few to judge: 2 of 60 months scored, 1 of them independent"
    )
    assert values["history.headline"] == (
        "Expected value met at the end of 12 months by 50%, at any time by 100% of 2 scored reports"
    )


def test_windows_are_independent_where_they_share_no_day(folder: PackFolder) -> None:
    folder.write("prices.csv", PRICES + "2023-11-30,9\n2024-11-29,9\n2025-11-28,9\n")
    days = ("2022-11-30", "2023-11-30", "2024-11-30", "2023-11-25")
    assert told(folder, *map(row, days))["history.independent"] == 3


def test_the_trail_ends_with_this_report(folder: PackFolder) -> None:
    report = told(folder, row("2024-11-30"))
    assert report["trail[2024-11-30].bear"] == 80
    assert report["trail[now].bear"] == report["bear.value"]
    assert report["trail[now].as_of"] == report["as_of"]


def test_the_axes_make_room_for_closes_since_120_days_before_the_first_report() -> None:
    first, later = 45_000.0, 45_030.0
    dates = np.array([np.nan, first - 121, first - 120, first - 1, later])
    shown = are_in_view(dates, np.array([np.nan, later, first]))
    assert shown.tolist() == [False, False, True, True, True]


def test_rows_of_as_of_and_later_and_their_order_change_no_byte(folder: PackFolder) -> None:
    earlier = row("2024-11-30"), row("2025-10-31", 98)
    plain = render(report_of(folder, *earlier).book)
    later = row("2025-11-30", 50), row("2025-12-31", 51)
    assert render(report_of(folder, *reversed((*earlier, *later))).book) == plain


def test_without_earlier_rows_a_report_has_no_such_tab(folder: PackFolder) -> None:
    without = compose("ACME", as_of=AS_OF, inputs=folder.inputs)
    report = report_of(folder, row("2025-11-30"))
    assert render(report.book) == render(without.book)
    assert "Track record" not in [sheet.name for sheet in without.book.sheets]
    assert "Track record" in [
        sheet.name for sheet in report_of(folder, row("2025-10-31")).book.sheets
    ]
