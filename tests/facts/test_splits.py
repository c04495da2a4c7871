"""Every figure per share dated before a split is restated in the shares of after it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
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


def test_a_small_stock_dividend_is_always_restated(folder: PackFolder) -> None:
    folder.write("actions.csv", ACTIONS + "2025-11-01,2025-11-27,1.25,\n")
    folder.write("prices.csv", "Date,Close\n2025-11-26,100\n2025-11-27,99\n")
    assert list(folder.load().prices["close"]) == [80, 99]


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
