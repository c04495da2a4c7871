"""An override stands from the day it was published until it expires or is revoked."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.facts.pack_folder import PackFolder

HEADER = "published,key,value,expires,revokes,author,reason\n"
KEY = '"assumption[growth,bull,anvils]"'
FIRST = f"2025-09-01,{KEY},0.1,,,A. Nalyst,one\n"
SECOND = f"2025-10-01,{KEY},0.2,,,A. Nalyst,two\n"


def standing(folder: PackFolder, *rows: str, as_of: date = date(2025, 11, 30)) -> list[float]:
    """The values that stand."""
    folder.write("overrides.csv", HEADER + "".join(rows))
    overrides = folder.load(as_of).overrides
    return sorted(overrides["value"][overrides["active"]])


def test_the_newest_override_of_a_key_stands(folder: PackFolder) -> None:
    other = '2025-08-01,"assumption[cost_of_equity,all,]",0.08,,,A. Nalyst,\n'
    assert standing(folder, SECOND, FIRST, other) == [0.08, 0.2]


def test_an_override_is_known_from_the_day_it_was_published(folder: PackFolder) -> None:
    assert standing(folder, FIRST, SECOND, as_of=date(2025, 9, 30)) == [0.1]
    assert standing(folder, FIRST, SECOND, as_of=date(2025, 8, 31)) == []


@pytest.mark.parametrize(("day", "values"), [(30, [0.1]), (31, [0.1]), (1, [])])
def test_an_override_stands_through_the_day_it_expires(
    folder: PackFolder, day: int, values: list[float]
) -> None:
    row = FIRST.replace("0.1,,", "0.1,2025-10-31,")
    month = 11 if day == 1 else 10
    assert standing(folder, row, as_of=date(2025, month, day)) == values


def test_an_expired_override_does_not_bring_back_the_one_it_replaced(folder: PackFolder) -> None:
    assert standing(folder, FIRST, SECOND.replace("0.2,,", "0.2,2025-10-31,")) == []


def test_a_revoked_override_gives_way_to_the_one_it_replaced(folder: PackFolder) -> None:
    revocation = f"2025-11-01,{KEY},,,2025-10-01,A. Nalyst,typed in error\n"
    assert standing(folder, FIRST, SECOND, revocation) == [0.1]
    assert standing(folder, FIRST, SECOND, revocation, as_of=date(2025, 10, 31)) == [0.2]


def test_a_revocation_that_names_no_day_takes_back_all_before_it(folder: PackFolder) -> None:
    assert standing(folder, FIRST, SECOND, f"2025-11-01,{KEY},,,all,A. Nalyst,\n") == []


def test_a_revocation_may_state_a_new_value(folder: PackFolder) -> None:
    correction = f"2025-10-01,{KEY},0.3,,2025-10-01,A. Nalyst,corrected the same day\n"
    assert standing(folder, SECOND, correction) == [0.3]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (f"2025-10-01,{KEY},,,,A,", ":2 value: is blank; expected a value, or in revokes the day"),
        ("2025-10-01,growth bull,1,,,A,", ':2 key: "growth bull" is not a key'),
        (f"2025-10-01,{KEY},1,2025-09-01,,A,", ":2 expires: 2025-09-01 is before the row was"),
        (f"2025-10-01,{KEY},1,,,,", ":2 author: is blank; expected who decided so; fill it in"),
        (
            f"2025-10-01,{KEY},1,,,A,\n2025-10-01,{KEY},2,,,B,",
            ":3 value: 2 is not what line 2 states (1) for the same key, published",
        ),
    ],
)
def test_an_override_that_cannot_stand_is_told(folder: PackFolder, row: str, message: str) -> None:
    folder.write("overrides.csv", f"{HEADER}{row}\n")
    (error,) = folder.errors()
    assert error.startswith(f"inputs/ACME/overrides.csv{message}")
