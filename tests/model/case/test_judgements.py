"""What the house assumes and signs, as a case of the model holds it."""

from __future__ import annotations

from datetime import date
from math import nan
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.policy import load_policy
from reportgen.model.case.build import build_case
from reportgen.model.case.record import Origin
from reportgen.model.dims import TARGET
from reportgen.model.hype import price_targets
from reportgen.model.inputs import assumptions
from reportgen.model.words import assumption
from reportgen.periods import serial
from tests.facts.pack_folder import PackFolder

if TYPE_CHECKING:
    from pathlib import Path

    from reportgen.model.case.record import Case

BULL_GROWTH = "assumption[growth,bull,anvils]"


@pytest.fixture
def folder(tmp_path: Path) -> PackFolder:
    return PackFolder(tmp_path)


def case_of(folder: PackFolder) -> Case:
    return build_case(folder.load(), load_policy())


def at(day: date) -> float:
    return float(serial(day))


@pytest.mark.parametrize(
    ("key", "day", "held"),
    [
        # a figure as it was known on the day of the signature
        ("target[Coyote,listed,2025-10-01]", "2025-10-01", True),
        ("target[Coyote,listed,2025-10-01]", "2025-09-30", False),
        ("fundamental[group,eps,FY2025-Q3]", "2025-10-20", True),
        ("fundamental[group,eps,FY2025-Q3]", "2025-10-19", False),
        ("claim[price,ADS,wire,2025-11-28]", "2025-11-28", True),
        ("claim[price,ADS,wire,2025-11-28]", "2025-11-27", False),
        (BULL_GROWTH, "2025-10-01", True),
        (BULL_GROWTH, "2025-09-30", False),
        # what is computed, for a year
        ("bull.value", "2024-11-30", True),
        ("bull.value", "2024-11-29", False),
    ],
)
def test_a_signature_holds_for_what_was_known_then(
    folder: PackFolder, key: str, day: str, *, held: bool
) -> None:
    folder.write("confirmed.csv", f'published,key,author,reason\n{day},"{key}",A,right\n')
    case = case_of(folder)
    assert case.confirmed == (frozenset({key}) if held else frozenset())
    marked = case.given[price_targets.confirmed][: len(case.members[TARGET])].tolist()
    first = marked[case.members[TARGET].index("Coyote,listed,2025-10-01")]
    assert (first, sum(marked)) == ((1, 1) if held and key.startswith("target") else (0, 0))


def test_the_newest_signature_of_a_key_counts(folder: PackFolder) -> None:
    rows = "".join(f"{day},bull.value,A,right\n" for day in ("2025-11-01", "2020-11-01"))
    folder.write("confirmed.csv", f"published,key,author,reason\n{rows}")
    assert case_of(folder).confirmed == {"bull.value"}


def test_an_assumption_says_who_judged_when_and_why_else_what_the_method_does(
    folder: PackFolder,
) -> None:
    folder.append("assumptions.csv", "2025-10-05,bull,anvils,growth,0.25,ratio,A. Nalyst,new plant")
    case = case_of(folder)
    assert case.issued[BULL_GROWTH] == Origin("", at(date(2025, 10, 5)), "A. Nalyst", "new plant")
    told = case.issued["assumption[growth,bear,anvils]"]
    assert str(told) == str(Origin("", at(date(2025, 10, 1)), "house", ""))
    default = case.issued["assumption[hype_switch_runup,all,]"]
    assert (default.author, bool(default.reason)) == ("method", True)
    assert assumptions.growth.issued is not None
    assert case.given[assumptions.growth.issued].tolist() == [[0.05, 0.2], [0.05, 0.2], [0.25, 0.2]]
    assert case.given[assumption("peer_pe_discount").issued].item() != 0.25
    constant = case.issued["policy[half_life.price]"]
    assert (constant.author, constant.reason) == (
        "method",
        load_policy().values["half_life.price"].reason,
    )


def test_an_override_stands_beside_what_was_issued_and_one_of_no_input_is_named(
    folder: PackFolder,
) -> None:
    folder.write(
        "overrides.csv",
        "published,key,value,expires,author,reason\n"
        f'2025-10-05,"{BULL_GROWTH}",0.3,2025-12-31,A. Nalyst,"a visit"\n'
        "2025-10-06,policy[half_life.price],3,,B. Oss,slower\n"
        '2025-10-06,"assumption[growth,bull,bolts]",0.3,,A. Nalyst,\n',
    )
    case = case_of(folder)
    assert case.unused_overrides == ("assumption[growth,bull,bolts]",)
    assert case.overridden[BULL_GROWTH] == Origin(
        "", at(date(2025, 10, 5)), "A. Nalyst", "a visit", at(date(2025, 12, 31))
    )
    assert set(case.overridden) == {BULL_GROWTH, "policy[half_life.price]"}
    typed = case.given[assumptions.growth.override].tolist()
    assert str(typed) == str([[nan, nan], [nan, nan], [0.3, nan]])


@pytest.mark.parametrize("code", ["EUR", "USD"])
def test_money_is_in_the_currency_that_it_is_stated_in(folder: PackFolder, code: str) -> None:
    folder.replace("assumptions.csv", ",dividend,1,USD/ADS", f",dividend,1,{code}/ADS")
    given = case_of(folder).given
    assert given[assumptions.dividend_currency] == code
    assert given[assumptions.eps_level_currency] == "USD"  # of the price, where nothing is stated
    assert given[assumptions.base_currency].tolist() == ["USD", "USD"]
    assert given[assumptions.level_currency].tolist() == ["USD", "USD"]
