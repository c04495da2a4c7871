"""What was issued before: an input that a report is given, in the shares of as-of."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.errors import InputErrors
from reportgen.facts.rows import MONEY_OF_A_REPORT
from tests.facts.pack_folder import messages

if TYPE_CHECKING:
    from pathlib import Path

    from tests.facts.pack_folder import PackFolder

HEADER = (
    "as_of,scored,currency,price,bear,base,bull,bear_probability,base_probability,"
    "bull_probability,expected,hype_adjusted,consensus,cost_of_equity,dividend,stance\n"
)
SEPTEMBER = "2025-09-30,yes,USD,100,80,120,160,0.3,0.4,0.3,120,110,140,0.1,1,LONG\n"
OCTOBER = "2025-10-31,no,USD,104,84,120,164,0.3,0.4,0.3,124,,,0.1,1,NO POSITION\n"
NOVEMBER = "2025-11-30,yes,USD,99,80,120,160,0.3,0.4,0.3,120,110,140,0.1,1,LONG\n"
ACTIONS = "published,ex_date,ratio,note\n"


@pytest.fixture
def history(tmp_path: Path) -> Path:
    return tmp_path / "history.csv"


def test_reports_of_days_before_as_of_are_known_and_no_others(
    folder: PackFolder, history: Path
) -> None:
    history.write_text(HEADER + NOVEMBER + OCTOBER + SEPTEMBER)
    rows = folder.load_with(history).rows.history
    assert [(row.as_of, row.scored) for row in rows] == [
        (date(2025, 9, 30), "yes"),
        (date(2025, 10, 31), "no"),
    ]
    assert folder.load_with(history, date(2025, 9, 30)).rows.history == ()


def test_only_rows_that_a_report_shows_are_of_its_hash(folder: PackFolder, history: Path) -> None:
    plain = folder.load().input_hash
    history.write_text(HEADER + NOVEMBER)
    assert folder.load_with(history).input_hash == plain
    history.write_text(HEADER + OCTOBER + SEPTEMBER)
    with_rows = folder.load_with(history).input_hash
    assert with_rows != plain
    history.write_text(HEADER + OCTOBER)
    assert folder.load_with(history).input_hash not in {plain, with_rows}
    history.write_text(HEADER + NOVEMBER + SEPTEMBER + OCTOBER)
    assert folder.load_with(history).input_hash == with_rows


@pytest.mark.parametrize(
    ("actions", "split"),
    [
        ("2025-10-10,2025-11-27,4,\n", 4.0),  # told before the report of October, in force after
        ("2025-11-01,2025-11-27,0.1,\n", 0.1),
        ("2025-09-10,2025-10-06,4,\n", 1.0),  # the report of October was in new shares
        ("2025-11-10,2025-10-06,4,\n", 4.0),  # in force by then, but nobody knew it
        ("2025-09-10,2025-10-06,5,\n2025-11-10,2025-10-06,10,\n", 2.0),  # put right since
        ("2025-12-10,2025-10-06,4,\n", 1.0),  # not known yet
    ],
)
def test_values_are_restated_for_splits_that_the_report_did_not_know(
    folder: PackFolder, history: Path, actions: str, split: float
) -> None:
    history.write_text(HEADER + OCTOBER)
    (as_issued,) = folder.load_with(history).rows.history
    folder.write("actions.csv", ACTIONS + actions).write("prices.csv", "Date,Close\n2025-11-28,9\n")
    (row,) = folder.load_with(history).rows.history
    assert row.split == split
    for name in MONEY_OF_A_REPORT:
        assert getattr(row, name) == pytest.approx(getattr(as_issued, name) / split, nan_ok=True)
    assert (row.base_probability, row.cost_of_equity, row.stance) == (0.4, 0.1, "NO POSITION")


def test_pence_are_read_as_pounds(folder: PackFolder, history: Path) -> None:
    history.write_text(HEADER + SEPTEMBER.replace("USD", "GBp"))
    (row,) = folder.load_with(history).rows.history
    assert (row.currency, row.price, row.bull) == ("GBP", 1.0, 1.6)


def test_a_report_in_another_currency_is_told(folder: PackFolder, history: Path) -> None:
    history.write_text(HEADER + SEPTEMBER.replace("USD", "HKD"))
    assert [one for one in messages(folder.load_with(history).warnings) if "history" in one] == [
        f"{history}:2 currency: HKD is not USD, the price currency: the report is not scored"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (None, "is not there"),
        ("", "is empty"),
        ("as_of,price\n", "lacks the columns"),
        (HEADER + SEPTEMBER.replace("100", "0"), ":2 price: 0 is not above 0"),
        (HEADER + SEPTEMBER.replace("100", "much"), ":2 price: "),
        (HEADER + SEPTEMBER.replace("80", "-80"), ":2 bear: -80 is not not below 0"),
        (HEADER + SEPTEMBER.replace("0.4", "4"), ":2 base_probability: 4 is not between 0 and 1"),
        (HEADER + SEPTEMBER.replace("yes", "often"), ':2 scored: "often" is not a scored'),
        (HEADER + SEPTEMBER.replace("2025-09-30", "2025-13-30"), ":2 as_of: "),
        (HEADER + SEPTEMBER + SEPTEMBER.replace("100", "99"), ":3"),
    ],
)
def test_mistakes_are_told_with_those_of_the_pack(
    folder: PackFolder, history: Path, text: str | None, told: str
) -> None:
    if text is not None:
        history.write_text(text)
    folder.replace("targets.csv", "Coyote,130", "Coyote,-130")
    with pytest.raises(InputErrors) as raised:
        folder.load_with(history)
    problems = messages(raised.value.problems)
    assert any("targets.csv:2" in one for one in problems)
    assert [one for one in problems if str(history) in one and told in one]
