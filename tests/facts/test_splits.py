"""Every figure per share dated before a split is restated in the shares of after it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.rows import Action
from reportgen.facts.splits import shares_since
from tests.facts.pack_folder import messages, without_lines

if TYPE_CHECKING:
    from reportgen.facts.pack import Pack
    from tests.facts.pack_folder import PackFolder

ACTIONS = "published,ex_date,ratio,note\n"
FOUR_FOR_ONE = ACTIONS + "2025-11-01,2025-11-27,4,\n"
RAW = "Date,Close\n2025-11-25,396\n2025-11-26,400\n2025-11-27,101\n2025-11-28,99\n"
ADJUSTED = "Date,Close\n2025-11-25,99\n2025-11-26,100\n2025-11-27,101\n2025-11-28,99\n"


def test_closes_before_the_split_are_restated(folder: PackFolder) -> None:
    folder.write("actions.csv", FOUR_FOR_ONE).write("prices.csv", RAW)
    assert list(folder.load().prices["close"]) == [99, 100, 101, 99]


def test_closes_that_a_vendor_has_adjusted_are_left_and_said_so(folder: PackFolder) -> None:
    folder.write("actions.csv", FOUR_FOR_ONE).write("prices.csv", ADJUSTED)
    assert list(folder.load().prices["close"]) == [99, 100, 101, 99]
    assert folder.warnings() == [
        (
            "inputs/ACME/prices.csv: has closes already adjusted for the split of 2025-11-27: "
            "they are left as they are"
        )
    ]


def test_a_reverse_split_works_the_other_way(folder: PackFolder) -> None:
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-11-27,0.1,\n")
    folder.write("prices.csv", "Date,Close\n2025-11-26,10\n2025-11-27,101\n")
    assert list(folder.load().prices["close"]) == [100, 101]


@pytest.mark.parametrize(
    ("ratio", "before", "after", "restated"),
    [
        ("1.25", 100, 79, 80),  # a bonus issue of one for four, closes as quoted
        ("1.25", 80, 79, 80),  # the same, adjusted by the vendor
        ("1.1", 110, 99, 100),
        ("1.1", 100, 101, 100),
        ("1.5", 150, 105, 100),  # three for two, with a rise on the day
        ("1.5", 100, 95, 100),
        ("0.8", 80, 101, 100),
        ("0.8", 100, 101, 100),
    ],
)
def test_a_small_ratio_is_read_so_that_the_smaller_jump_is_left(
    folder: PackFolder, ratio: str, before: float, after: float, restated: float
) -> None:
    folder.write("actions.csv", ACTIONS + f"2025-11-01,2025-11-27,{ratio},\n")
    folder.write("prices.csv", f"Date,Close\n2025-11-26,{before}\n2025-11-27,{after}\n")
    assert list(folder.load().prices["close"]) == pytest.approx([restated, after])


LATER = ACTIONS + "2025-12-20,2026-01-05,4,\n"
RAW_FILE = "Date,Close\n2025-11-27,396.1\n2025-11-28,400.3\n2026-01-02,401\n2026-01-05,100.5\n"
ADJUSTED_FILE = (
    "Date,Close\n2025-11-27,99.025\n2025-11-28,100.075\n2026-01-02,100.25\n2026-01-05,100.5\n"
)
MONTH_ENDS = "Date,Close\n2025-11-27,99.025\n2025-11-28,100.075\n2025-12-19,100\n2026-01-30,103\n"
UNSETTLED = (
    "inputs/ACME/prices.csv: is in units that are not settled at the split of 2026-01-05: its "
    "closes are read as raw; add closes of the week around it, or to company.yaml prices: "
    "{splits: raw or adjusted}"
)


def declare(folder: PackFolder, text: str) -> None:
    folder.replace("company.yaml", "peers: []", f"peers: []\nprices: {{{text}}}")


def as_quoted(folder: PackFolder) -> Pack:
    """The pack with the closes that were quoted, and no word of a split."""
    folder.write("prices.csv", "Date,Close\n2025-11-27,396.1\n2025-11-28,400.3\n")
    return folder.load()


@pytest.mark.parametrize("file", [RAW_FILE, ADJUSTED_FILE])
def test_a_later_split_says_what_the_file_holds_and_nothing_that_was_not_known(
    folder: PackFolder, file: str
) -> None:
    before = as_quoted(folder)
    folder.write("actions.csv", LATER).write("prices.csv", file)
    after = folder.load()
    assert without_lines(after) == without_lines(before)
    assert (after.input_hash, after.warnings) == (before.input_hash, before.warnings)


def test_closes_taken_back_are_told_apart_from_what_was_known(folder: PackFolder) -> None:
    folder.write("actions.csv", LATER).write("prices.csv", ADJUSTED_FILE)
    assert messages(folder.load().later_warnings) == [
        (
            "inputs/ACME/prices.csv: has closes already adjusted for the split of 2026-01-05: "
            "they are taken back to what was quoted"
        )
    ]


def test_a_file_may_declare_what_its_closes_do_not_show(folder: PackFolder) -> None:
    before = as_quoted(folder)
    folder.write("actions.csv", LATER).write("prices.csv", MONTH_ENDS)
    declare(folder, "splits: adjusted")
    after = folder.load()
    assert (without_lines(after), after.input_hash) == (without_lines(before), before.input_hash)
    assert after.later_warnings == ()


@pytest.mark.parametrize(("file", "held"), [(RAW, "raw"), (ADJUSTED, "adjusted")])
def test_closes_that_show_themselves_are_read_so_whatever_is_declared(
    folder: PackFolder, file: str, held: str
) -> None:
    folder.write("actions.csv", FOUR_FOR_ONE).write("prices.csv", file)
    said = {"raw": "adjusted", "adjusted": "raw"}[held]
    declare(folder, f"splits: {said}")
    assert list(folder.load().prices["close"]) == [99, 100, 101, 99]
    assert folder.warnings(of="prices.csv") == [
        (
            f"inputs/ACME/prices.csv: has closes that are {held} at the split of 2025-11-27; "
            f"expected {said}, as company.yaml says; they are read as they show themselves; mend "
            "prices: {splits: ...} there"
        )
    ]


@pytest.mark.parametrize(
    ("declared", "warnings"), [("", [UNSETTLED]), ("splits: raw", [])], ids=["not", "raw"]
)
def test_closes_that_show_nothing_are_raw_unless_declared(
    folder: PackFolder, declared: str, warnings: list[str]
) -> None:
    folder.write("actions.csv", LATER).write("prices.csv", MONTH_ENDS)
    declare(folder, declared)
    pack = folder.load()
    assert list(pack.prices["close"]) == [99.025, 100.075]
    assert messages(pack.later_warnings) == warnings


def test_a_file_that_ends_before_a_split_is_not_adjusted_for_it(folder: PackFolder) -> None:
    folder.write("actions.csv", LATER)
    declare(folder, "splits: adjusted")
    pack = folder.load()
    assert list(pack.prices["close"]) == [100, 101.5, 99.25]
    (told,) = messages(pack.later_warnings)
    assert "2026-01-05, before which it ends: its closes are read as raw" in told


def test_units_not_settled_at_a_known_split_are_told_in_the_report(folder: PackFolder) -> None:
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-11-10,4,\n")
    folder.write("prices.csv", "Date,Close\n2025-10-31,400\n2025-11-28,99\n")
    assert list(folder.load().prices["close"]) == [100, 99]
    assert folder.warnings(of="prices.csv") == [UNSETTLED.replace("2026-01-05", "2025-11-10")]


def test_what_was_quoted_is_found_through_the_rounding_of_the_vendor(folder: PackFolder) -> None:
    folder.write("actions.csv", LATER.replace(",4,", ",3,"))
    third = "Date,Close\n2025-11-28,52.433333\n2026-01-02,52.4\n2026-01-05,52.5\n"
    folder.write("prices.csv", third)
    assert list(folder.load().prices["close"]) == [157.3]


def test_a_split_of_last_month_leaves_the_report_of_the_month_before(folder: PackFolder) -> None:
    folder.write("actions.csv", FOUR_FOR_ONE).write("prices.csv", ADJUSTED)
    assert list(folder.load(date(2025, 11, 26)).prices["close"]) == [396, 400]
    assert list(folder.load().prices["close"]) == [99, 100, 101, 99]


@pytest.mark.parametrize("ex_date", ["2025-11-27", "2025-11-29"])
def test_a_ratio_turned_round_is_told(folder: PackFolder, ex_date: str) -> None:
    folder.write("actions.csv", ACTIONS + f"2025-11-01,{ex_date},0.6667,\n")
    file = f"Date,Close\n2025-11-26,150\n{ex_date},101\n"
    pack = folder.write("prices.csv", file).load()
    assert (
        "inputs/ACME/actions.csv:2 ratio: 0.6667 is the reverse of what the closes do on "
        f"{ex_date}; expected new shares for one old; write 1.49993 if it was stated the other "
        "way round"
    ) in messages(pack.warnings)


def test_overrides_of_money_a_share_and_of_shares_are_restated(folder: PackFolder) -> None:
    folder.write("actions.csv", FOUR_FOR_ONE).write("prices.csv", RAW)
    keys = {
        "assumption[dividend,all,]": 2.0,
        "assumption[growth,all,rockets]": 8.0,
        "close[2025-11-26]": 2.0,
        "target[Coyote,listed,2025-10-01]": 2.0,
        "fundamental[group,eps,FY2025-Q3]": 2.0,
        "fundamental[group,shares_diluted,2025-09-30]": 32.0,
        "fundamental[group,revenue,FY2025-Q3]": 8.0,
        "fundamental[group,revenue,FY2025-Q3].yoy": 8.0,
        "claim[price,ADS,wire,2025-11-28]": 2.0,
        "claim[+1].value": 8.0,
    }
    head = "published,key,value,expires,revokes,author,reason\n"
    rows = "".join(f'2025-11-05,"{key}",8,,,JD,\n' for key in keys)
    folder.write("overrides.csv", head + rows)
    overrides = folder.load().overrides
    assert dict(zip(overrides["key"], overrides["value"], strict=True)) == keys
    folder.write("overrides.csv", head + rows.replace("2025-11-05", "2025-11-27"))
    assert set(folder.load().overrides["value"]) == {8.0}


def test_figures_per_share_are_restated_by_when_they_were_said(folder: PackFolder) -> None:
    folder.write("actions.csv", FOUR_FOR_ONE).write("prices.csv", RAW)
    folder.append("targets.csv", "2025-11-27,Coyote,120,USD,ADS,12,broker,,wire")
    folder.append("claims.csv", "price,ADS,400,USD,=,2025-11-26,2025-11-28,wire,,")
    folder.append("claims.csv", "bull_target,,800,USD,>,,2025-11-01,wire,,")
    folder.append("claims.csv", "ai_capex_3y,,8,USD bn,=,,2025-11-01,wire,,")
    folder.write(
        "estimates.csv",
        "published,metric,value,unit,source\n"
        "2025-11-01,eps_ntm,8,USD/ADS,wire\n2025-11-28,eps_ntm,2,USD/ADS,wire\n",
    )
    pack = folder.load()
    assert list(pack.targets["target"]) == [32.5, 27.5, 120]
    assert list(pack.estimates["value"]) == [2, 2]
    assert list(pack.claims["value"]) == [8, 200, 100, 99]
    assert list(pack.fundamentals["value"]) == [200, 0.375, 1000]  # m shares, EPS, USD m
    dividend = pack.assumptions.set_index("key").loc["dividend"]
    assert dividend["value"] == 0.25


def test_a_split_that_is_not_yet_in_force_changes_nothing(folder: PackFolder) -> None:
    before = folder.load()
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-12-15,4,\n2025-12-02,2025-11-20,4,\n")
    assert folder.load().rows == before.rows


def test_two_splits_multiply(folder: PackFolder) -> None:
    folder.write("actions.csv", ACTIONS + "2025-10-02,2025-10-10,2,\n2025-11-01,2025-11-27,4,\n")
    folder.write("prices.csv", RAW)
    assert list(folder.load().targets["target"]) == [130 / 8, 110 / 4]


def test_a_correction_of_a_split_replaces_it(folder: PackFolder) -> None:
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-11-27,5,\n2025-11-02,2025-11-27,4,\n")
    folder.write("prices.csv", RAW)
    pack = folder.load()
    assert list(pack.prices["close"]) == [99, 100, 101, 99]
    assert list(pack.actions["ratio"]) == [4]


@pytest.mark.parametrize("ratio", [None, 3, 8])
def test_a_jump_that_no_split_explains_is_a_mistake(
    folder: PackFolder, ratio: float | None
) -> None:
    folder.write("prices.csv", RAW)
    if ratio is not None:
        folder.write("actions.csv", f"{ACTIONS}2025-11-01,2025-11-27,{ratio * 2},\n")
    (error,) = folder.errors()
    assert error.startswith("inputs/ACME/prices.csv:4 Close: the close of 2025-11-27 is ")
    assert error.endswith(
        "add the split there, with ratio 1 if there was none and the change is real"
    )


@pytest.mark.parametrize("file", [RAW, ADJUSTED])
def test_a_split_that_was_recorded_late_is_named_where_its_jump_stands(
    folder: PackFolder, file: str
) -> None:
    folder.write("prices.csv", file)
    folder.write("actions.csv", ACTIONS + "2025-12-05,2025-11-27,4,\n")
    (error,) = folder.errors()
    assert error.endswith(
        "the split of 2025-11-27 was not known before 2025-12-05: date its row by when it was "
        "announced"
    )


def test_a_jump_may_be_accepted_as_real(folder: PackFolder) -> None:
    folder.write("prices.csv", RAW)
    folder.write("actions.csv", ACTIONS + "2025-11-27,2025-11-27,1,trial failed\n")
    prices = folder.load().prices
    assert dict(zip(prices["date"], prices["close"], strict=True))[date(2025, 11, 26)] == 400


def test_a_ratio_must_be_above_zero(folder: PackFolder) -> None:
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-11-27,0,\n")
    assert folder.errors() == [
        "inputs/ACME/actions.csv:2 ratio: 0 is not above 0; expected a number above 0"
    ]


@pytest.mark.parametrize(
    ("before", "after", "is_settled"),
    [
        ("2025-11-03", "2025-11-17", True),  # a week on either side of the split
        ("2025-11-02", "2025-11-17", False),
        ("2025-11-03", "2025-11-18", False),
        ("2025-11-09", "2025-11-10", True),
    ],
)
def test_closes_of_the_week_around_a_split_settle_it(
    folder: PackFolder, before: str, after: str, *, is_settled: bool
) -> None:
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-11-10,2,\n")
    folder.write("prices.csv", f"Date,Close\n{before},200\n{after},100\n")
    assert bool(folder.warnings(of="prices.csv")) != is_settled


@pytest.mark.parametrize(("ratio", "is_told"), [(1.2, False), (1.25, True), (0.8, True)])
def test_a_move_against_a_small_split_is_one_of_the_market(
    folder: PackFolder, ratio: float, *, is_told: bool
) -> None:
    folder.write("actions.csv", f"{ACTIONS}2025-11-01,2025-11-27,{ratio},\n")
    folder.write("prices.csv", f"Date,Close\n2025-11-26,100\n2025-11-27,{100 * ratio}\n")
    told = [one for one in folder.warnings() if "is the reverse of" in one]
    assert bool(told) == is_told


@pytest.mark.parametrize(
    ("days", "close", "is_mistake"),
    [
        (1, 140, False),  # the limit of the policy
        (1, 141, True),
        (1, 60, False),
        (1, 59, True),
        (7, 141, True),  # a week is no longer than a day
        (14, 160, False),  # e to the square root of 2 times ln 1.4
        (14, 162, True),
        (28, 195, False),  # 1.4 squared
        (28, 197, True),
        (28, 52, False),
        (28, 50, True),
    ],
)
def test_a_close_may_move_further_over_several_weeks(
    folder: PackFolder, days: int, close: float, *, is_mistake: bool
) -> None:
    first = date(2025, 11, 28) - timedelta(days=days)
    folder.write("prices.csv", f"Date,Close\n{first},100\n2025-11-28,{close}\n")
    told = [one for one in folder.problems() if "has no split that explains it" in one]
    assert bool(told) == is_mistake
    assert all(f" is {close / 100 - 1:+.0%} from that of {first}" in one for one in told)


@pytest.mark.parametrize(("first", "is_accepted"), [("2025-11-25", True), ("2025-11-26", False)])
def test_a_jump_is_accepted_after_the_close_before_it(
    folder: PackFolder, first: str, *, is_accepted: bool
) -> None:
    folder.write("prices.csv", f"Date,Close\n{first},100\n2025-11-28,40\n")
    folder.write("actions.csv", ACTIONS + "2025-11-26,2025-11-26,1,trial failed\n")
    told = [one for one in folder.problems() if "has no split that explains it" in one]
    assert bool(told) != is_accepted


@pytest.mark.parametrize(
    ("day", "shares"), [(date(2025, 11, 26), 8), (date(2025, 11, 27), 2), (date(2025, 11, 30), 1)]
)
def test_a_report_knew_the_splits_published_and_in_force_on_its_day(
    day: date, shares: float
) -> None:
    actions = (
        Action(date(2025, 11, 1), date(2025, 11, 27), 4, "", 2),
        Action(date(2025, 11, 30), date(2025, 11, 20), 2, "", 3),  # recorded late
    )
    assert shares_since(day, actions) == shares


@pytest.mark.parametrize(
    ("adjusted", "quoted"), [(0.00125025, 0.005001), (5000.123456, 20000.493824)]
)
def test_what_was_quoted_is_rounded_no_further_than_the_vendor_s_decimals_leave_open(
    folder: PackFolder, adjusted: float, quoted: float
) -> None:
    rows = "".join(f"{day},{adjusted}\n" for day in ("2025-11-28", "2026-01-02", "2026-01-05"))
    folder.write("actions.csv", LATER).write("prices.csv", f"Date,Close\n{rows}")
    assert list(folder.load().prices["close"]) == [quoted]
