"""An override stands from the day it was published until it expires or is revoked."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

import pytest

from reportgen.facts.overrides import newer_figures, states, with_standing
from reportgen.facts.rows import Assumption, Fundamental, Override, PackRows
from tests.facts.pack_folder import AS_OF

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


def overridden(key: str, value: float | str, published: str = "2025-10-01") -> str:
    return f'{published},"{key}",{value},,,A. Nalyst,\n'


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("close[2025-11-28]", "-5", "-5 is out of bounds of close[2025-11-28]; expected above 0"),
        ("fx[GBP]", "0", "0 is out of bounds of fx[GBP]; expected above 0"),
        ("assumption[growth,bull,anvils]", "-5", "expected not below -1"),
        ("assumption[conglomerate_discount,base,]", "-3", "expected between 0 and 1"),
        ("assumption[conglomerate_discount,base,]", "30", "write 30% or 0.3 for 30 %"),
        ("assumption[pe_multiple,base,]", "1e17", "not below 0, and at most 1e+15"),
        ("assumption[hype_switch_runup,all,]", "0.5", "expected 0 or 1"),
        ("fundamental[group,shares_diluted,2025-09-30]", "0", "expected above 0"),
        ("fundamental[group,revenue,FY2025-Q3].yoy", "-1.1", "expected not below -1"),
        ("claim[price,ADS,wire,2025-11-28]", "-1", "expected above 0"),
        ("target[Coyote,listed,2025-10-01]", "0", "expected above 0"),
        ("policy[reliability.tier.wire]", "1.2", "expected between 0 and 1"),
        ("company.adr_ratio", "0", "expected above 0"),
        ("company.launch.date", "-3", "expected between 61 and 73050"),
    ],
)
def test_an_override_is_held_to_the_bounds_of_its_input(
    folder: PackFolder, key: str, value: str, message: str
) -> None:
    folder.write("overrides.csv", HEADER + overridden(key, value))
    (error,) = folder.errors()
    assert error.startswith("inputs/ACME/overrides.csv:2 value: ")
    assert message in error


def test_what_an_override_breaks_between_inputs_is_told_at_its_line(folder: PackFolder) -> None:
    folder.write(
        "overrides.csv",
        HEADER
        + overridden("assumption[probability,bull,]", 0.5)
        + overridden("assumption[cost_of_equity,all,]", 0.02)
        + overridden("assumption[launch_discount_rate,all,]", 0.03),
    )
    probabilities, equity, launch = folder.errors()
    assert probabilities == (
        "inputs/ACME/overrides.csv:2 value: with the overrides in force, the probabilities of bear,"
        " base and bull sum to 1.2; expected a sum of 1; change one of them"
    )
    assert equity == (
        "inputs/ACME/overrides.csv:3 value: with the overrides in force, cost_of_equity (0.02) is"
        " not above terminal_growth (0.03); expected cost_of_equity > terminal_growth"
    )
    assert launch.startswith("inputs/ACME/overrides.csv:4 value: with the overrides in force, laun")


def test_the_price_mix_is_summed_with_its_overrides(folder: PackFolder) -> None:
    for variant in ("one", "two"):
        folder.append(
            "assumptions.csv", f"2025-10-01,all,{variant},launch_price_mix,0.5,ratio,house,"
        )
    folder.write("overrides.csv", HEADER + overridden("assumption[launch_price_mix,all,two]", 0.7))
    (error,) = folder.errors()
    assert "the shares of the launch's price mix sum to 1.2" in error


def test_overrides_may_mend_what_the_assumptions_break(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", "bull,,probability,0.3", "bull,,probability,0.4")
    assert len(folder.errors()) == 1
    folder.write("overrides.csv", HEADER + overridden("assumption[probability,bull,]", 0.3))
    folder.load()


def test_an_override_stands_in_for_an_assumption_that_is_absent(folder: PackFolder) -> None:
    folder.replace("assumptions.csv", "2025-10-01,all,,cost_of_equity,0.1,ratio,house,\n", "")
    assert any("states no cost_of_equity" in told for told in folder.warnings())
    folder.write("overrides.csv", HEADER + overridden("assumption[cost_of_equity,all,]", 0.1))
    assert not any("cost_of_equity" in told for told in folder.warnings())


@pytest.mark.parametrize(
    "then",
    [
        '2025-10-02,"assumption[cost_of_equity,all,]",,,2025-10-01,A. Nalyst,\n',
        '2025-10-02,"assumption[cost_of_equity,all,]",0.12,,,A. Nalyst,\n',
    ],
)
def test_an_override_out_of_bounds_that_no_longer_stands_is_no_error(
    folder: PackFolder, then: str
) -> None:
    row = overridden("assumption[cost_of_equity,all,]", 7)
    folder.write("overrides.csv", HEADER + row + then)
    assert folder.load().overrides is not None
    assert len(folder.errors(date(2025, 10, 1))) == 1


def test_an_override_out_of_bounds_dated_later_is_a_warning(folder: PackFolder) -> None:
    folder.write("overrides.csv", HEADER + overridden("fx[GBP]", 0, "2025-12-24"))
    (told,) = map(str, folder.load().later_warnings)
    assert told.startswith("inputs/ACME/overrides.csv:2 value: 0 is out of bounds of fx[GBP]")


def test_a_later_row_that_breaks_a_rule_of_its_table_is_a_warning(folder: PackFolder) -> None:
    folder.append("targets.csv", "2025-12-24,Coyote,-5,USD,ADS,12,broker,Buy,wire")
    (told,) = map(str, folder.load().later_warnings)
    assert told.startswith("inputs/ACME/targets.csv:4 target: -5 is not above 0")


def test_a_revocation_that_takes_back_nothing_is_warned_of(folder: PackFolder) -> None:
    row = f"2025-11-01,{KEY},,,2025-10-02,A. Nalyst,typed in error\n"
    folder.write("overrides.csv", HEADER + SECOND + row)
    assert any(
        'overrides.csv:3 revokes: "2025-10-02" takes back nothing: no override of'
        " assumption[growth,bull,anvils] was published then" in told
        for told in folder.warnings()
    )


def test_a_revocation_takes_back_no_other_keys_row_of_that_day(folder: PackFolder) -> None:
    other = '2025-10-01,"assumption[eps_growth,bull,]",0.2,,,A. Nalyst,\n'
    twice = other.replace("0.2", "0.3")
    folder.write(
        "overrides.csv", f"{HEADER}{SECOND}2025-11-01,{KEY},,,2025-10-01,A,\n{other}{twice}"
    )
    assert "is not what line" in folder.errors()[0]


def test_the_states_of_overrides_are_told_in_a_word() -> None:
    rows = [
        Override(date(2025, 10, day), key, value, "", expires, revokes, "A", "", day)
        for day, key, value, expires, revokes in (
            (1, "a", 1.0, None, ""),
            (2, "a", 2.0, None, ""),
            (3, "b", 1.0, None, ""),
            (4, "b", math.nan, None, "2025-10-03"),
            (5, "c", 1.0, date(2025, 10, 9), ""),
            (6, "d", 1.0, None, ""),
            (7, "e", 1.0, AS_OF, ""),
            (8, "e", 2.0, AS_OF, ""),
        )
    ]
    told = states(with_standing(rows, AS_OF), AS_OF, {"d"})
    assert told == (
        *("replaced", "in force", "revoked", "revokes", "expired", "no such input"),
        *("replaced", "in force"),  # the last day of both is today
    )


STATED = PackRows(
    assumptions=tuple(
        Assumption(date(2025, 10, day), scenario, segment, key, 0.1, "ratio", "A", "", day)
        for day, scenario, segment, key in (
            (9, "bull", "anvils", "growth"),
            (7, "all", "anvils", "growth"),
            (20, "bear", "anvils", "growth"),
            (20, "bull", "rockets", "growth"),
            (20, "bull", "anvils", "multiple"),
        )
    ),
    fundamentals=tuple(
        Fundamental(
            AS_OF, period, segment, metric, 1, "", 0, "", date(2025, 10, day), "filing", "", day
        )
        for day, segment, metric, period in (
            (9, "group", "eps", "FY2025-Q3"),
            (7, "group", "eps", "FY2025-Q3"),
            (20, "group", "eps", "FY2025-Q2"),
            (20, "group", "ebitda", "FY2025-Q3"),
            (20, "anvils", "eps", "FY2025-Q3"),
        )
    ),
)


@pytest.mark.parametrize(
    "key", ["assumption[growth,bull,anvils]", "fundamental[group,eps,FY2025-Q3]"]
)
@pytest.mark.parametrize(("day", "newest"), [(6, 9), (8, 9), (9, None), (10, None)])
def test_an_override_is_told_of_the_newest_figure_of_its_input_that_came_after_it(
    key: str, day: int, newest: int | None
) -> None:
    override = Override(date(2025, 10, day), key, 1, "", None, "", "A", "", 2)
    told = newer_figures(STATED, [override])
    assert told == ({} if newest is None else {key: date(2025, 10, newest)})


def test_what_was_said_of_all_cases_counts_for_each_of_them() -> None:
    key = "assumption[growth,base,anvils]"
    override = Override(date(2025, 10, 6), key, 1, "", None, "", "A", "", 2)
    assert newer_figures(STATED, [override]) == {key: date(2025, 10, 7)}
